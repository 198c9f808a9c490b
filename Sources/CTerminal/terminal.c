#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* One process has one controlling terminal, and a signal handler needs to find it: hence statics. */
static struct termios saved;
static volatile sig_atomic_t entered = 0;
static int input = -1;
static int output = -1;
static char farewell_text[64];
static size_t farewell_length = 0;

static const int fatal[] = {SIGHUP, SIGTERM, SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP};
enum { FATAL_COUNT = sizeof fatal / sizeof fatal[0] };
static struct sigaction before[FATAL_COUNT];

int cterminal_use_utf8(void) {
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : -1;
}

static void give_back(void) {
    if (!entered) return;
    entered = 0;
    int error = errno;
    tcsetattr(input, TCSANOW, &saved);
    if (farewell_length > 0 && write(output, farewell_text, farewell_length) < 0) { /* the terminal is gone */ }
    errno = error;
}

static void on_fatal(int number) {
    give_back();
    for (int i = 0; i < FATAL_COUNT; i++)
        if (fatal[i] == number) sigaction(number, &before[i], NULL);
    raise(number);
}

static void catch_fatal(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_fatal;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < FATAL_COUNT; i++) {
        sigaction(fatal[i], NULL, &before[i]);
        /* A signal that somebody ignores or handles stays theirs. */
        if (before[i].sa_handler == SIG_DFL) sigaction(fatal[i], &action, NULL);
    }
}

static void release_fatal(void) {
    for (int i = 0; i < FATAL_COUNT; i++) {
        struct sigaction now;
        sigaction(fatal[i], NULL, &now);
        if (now.sa_handler == on_fatal) sigaction(fatal[i], &before[i], NULL);
    }
}

int cterminal_enter(int fd, int out, cterminal_mode mode, const char *farewell) {
    static int registered = 0;
    if (entered) cterminal_leave();
    if (tcgetattr(fd, &saved) != 0) return -1;
    struct termios wanted = saved;
    if (mode == CTERMINAL_KEYS) {
        wanted.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
        wanted.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
        wanted.c_cc[VMIN] = 1;
        wanted.c_cc[VTIME] = 0;
    } else {
        wanted.c_lflag |= ICANON | ECHO | ECHOE;
        if (mode == CTERMINAL_HIDDEN) wanted.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHONL);
        wanted.c_lflag &= ~(tcflag_t)(ISIG);
        wanted.c_iflag |= ICRNL | IUTF8;
        wanted.c_cc[VEOL] = 3;
    }
    input = fd;
    output = out;
    farewell_length = strnlen(farewell, sizeof farewell_text);
    memcpy(farewell_text, farewell, farewell_length);
    if (!registered) {
        atexit(give_back);
        registered = 1;
    }
    if (tcsetattr(fd, TCSADRAIN, &wanted) != 0) return -1;
    entered = 1;
    catch_fatal();
    return 0;
}

void cterminal_leave(void) {
    if (!entered) return;
    give_back();
    release_fatal();
}

void cterminal_size(int fd, int *columns, int *rows) {
    struct winsize size;
    memset(&size, 0, sizeof size);
    if (ioctl(fd, TIOCGWINSZ, &size) != 0) memset(&size, 0, sizeof size);
    *columns = size.ws_col;
    *rows = size.ws_row;
}

int cterminal_wait(int fd, int wake, int milliseconds) {
    struct pollfd ends[2] = {{.fd = fd, .events = POLLIN}, {.fd = wake, .events = POLLIN}};
    for (;;) {
        int ready = poll(ends, 2, milliseconds);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return ready;
        return ends[1].revents ? 2 : 1;
    }
}

int cterminal_scalar_width(uint32_t scalar) {
    return wcwidth((wchar_t)scalar);
}
