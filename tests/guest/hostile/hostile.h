#pragma once
// Programs that mean harm. Each kind of attack is a function that a child without rights executes until it
// dies, ends, or is killed; what it does follows from its seed alone.

#include <stdint.h>

struct attack {
    const char* name;
    void (*run)(void);
    unsigned milliseconds;  // so long it may go on
};

extern const struct attack attacks[];
extern const unsigned attack_count;

void attack_with_instructions(void);
void attack_with_calls(void);
void attack_with_pointers(void);
void attack_with_forks(void);
void attack_with_memory(void);
void attack_with_descriptors(void);
void attack_with_files(void);
void attack_with_threads(void);

// ---- random numbers: the same for the same seed ----

extern uint32_t random_state;

uint32_t next_random(void);
static inline uint32_t below(uint32_t limit) {
    return next_random() % limit;
}

// ---- calls.c: the system calls as the kernel's table says them ----

#define ARGUMENTS_MAX 5

enum argument_kind { ARGUMENT_NUMBER, ARGUMENT_DESCRIPTOR, ARGUMENT_COUNT, ARGUMENT_PATH, ARGUMENT_POINTER };

struct call {
    unsigned number;
    const char* name;
    unsigned argument_count;
    enum argument_kind kinds[ARGUMENTS_MAX];
};

unsigned call_table(const struct call** calls);  // how many there are
void make_call(unsigned number, const uint32_t arguments[ARGUMENTS_MAX]);
uint32_t sensible_argument(enum argument_kind kind);
uint32_t wild_argument(void);
const char* random_path(void);
void interrupt_what_waits(void);  // every few milliseconds
