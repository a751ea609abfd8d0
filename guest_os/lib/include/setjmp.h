#pragma once

// ra, sp, fp, s1: what a function must give back as it found it.
typedef unsigned jmp_buf[4];
typedef jmp_buf sigjmp_buf;

int setjmp(jmp_buf place) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf place, int value);
#define sigsetjmp(place, save_mask) setjmp(place)
#define siglongjmp(place, value) longjmp(place, value)
