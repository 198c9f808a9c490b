#ifndef CTERMINAL_H
#define CTERMINAL_H

#include <stdint.h>

/* How the terminal hands its input over. */
typedef enum {
    /* Every key at once, no echo, no signals: the line editor draws. */
    CTERMINAL_KEYS = 0,
    /* Whole lines, echoed by the kernel; Ctrl-C ends the line instead of raising a signal. */
    CTERMINAL_LINES = 1,
    /** The same without an echo: for a password. */
    CTERMINAL_HIDDEN = 2
} cterminal_mode;

/* Chooses the C.UTF-8 character type, so that wcwidth and the terminal agree. 0 or -1. */
int cterminal_use_utf8(void);

/* Saves the settings of `fd`, then changes its mode; `farewell` is written to `out` on the way back.
   The settings return at cterminal_leave, at exit and at a fatal signal. 0, or -1 with errno. */
int cterminal_enter(int fd, int out, cterminal_mode mode, const char *farewell);

/* Puts the saved settings back. Harmless when there are none; safe in a signal handler. */
void cterminal_leave(void);

/* Window size in cells; 0 where it is unknown. */
void cterminal_size(int fd, int *columns, int *rows);

/* Waits for input on `fd` or for a byte on `wake`: 1 input, 2 woken, 0 time-out, -1 error.
   A negative time-out waits for ever. */
int cterminal_wait(int fd, int wake, int milliseconds);

/* Cells that the C library gives to a scalar; -1 for a control character. */
int cterminal_scalar_width(uint32_t scalar);

#endif
