// epoll and eventfd for Swift, whose Glibc module does not import them.
#pragma once
#include <stdint.h>

#define LOOP_READABLE 0x1u
#define LOOP_WRITABLE 0x2u

// One readiness report. `token` is what the descriptor was added with. A hang-up or an error is
// reported as both readable and writable, so that whoever waits finds out by trying.
struct loop_event {
    uint64_t token;
    uint32_t readiness;
};

// Each returns -1 and sets errno on failure.
int loop_create(void);
int loop_add(int loop, int descriptor, uint32_t interest, uint64_t token);
int loop_modify(int loop, int descriptor, uint32_t interest, uint64_t token);
int loop_remove(int loop, int descriptor);

// Waits for at most `milliseconds` (-1: without limit); returns the number of events stored.
// An interrupted wait counts as none.
int loop_wait(int loop, struct loop_event *events, int capacity, int milliseconds);

// A descriptor that another thread makes readable, to end a wait.
int loop_bell_create(void);
void loop_bell_ring(int bell);
void loop_bell_silence(int bell);
