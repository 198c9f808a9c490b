#include "CEventLoop.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { batch = 64 };

static uint32_t epoll_bits(uint32_t interest) {
    return (interest & LOOP_READABLE ? EPOLLIN | EPOLLRDHUP : 0)
        | (interest & LOOP_WRITABLE ? EPOLLOUT : 0);
}

static int control(int loop, int operation, int descriptor, uint32_t interest, uint64_t token) {
    struct epoll_event event = {.events = epoll_bits(interest), .data.u64 = token};
    return epoll_ctl(loop, operation, descriptor, &event);
}

int loop_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int loop_add(int loop, int descriptor, uint32_t interest, uint64_t token) {
    return control(loop, EPOLL_CTL_ADD, descriptor, interest, token);
}

int loop_modify(int loop, int descriptor, uint32_t interest, uint64_t token) {
    return control(loop, EPOLL_CTL_MOD, descriptor, interest, token);
}

int loop_remove(int loop, int descriptor) {
    return control(loop, EPOLL_CTL_DEL, descriptor, 0, 0);
}

int loop_wait(int loop, struct loop_event *events, int capacity, int milliseconds) {
    struct epoll_event ready[batch];
    int count = epoll_wait(loop, ready, capacity < batch ? capacity : batch, milliseconds);
    if (count < 0) return errno == EINTR ? 0 : -1;
    for (int i = 0; i < count; i++) {
        uint32_t bits = ready[i].events;
        uint32_t ended = bits & (EPOLLERR | EPOLLHUP);
        events[i].token = ready[i].data.u64;
        events[i].readiness = (bits & (EPOLLIN | EPOLLRDHUP) || ended ? LOOP_READABLE : 0)
            | (bits & EPOLLOUT || ended ? LOOP_WRITABLE : 0);
    }
    return count;
}

int loop_bell_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// A full counter or an empty one is no failure: the bell rings, or it is silent, already.
void loop_bell_ring(int bell) {
    uint64_t one = 1;
    ssize_t ignored = write(bell, &one, sizeof one);
    (void)ignored;
}

void loop_bell_silence(int bell) {
    uint64_t count;
    ssize_t ignored = read(bell, &count, sizeof count);
    (void)ignored;
}
