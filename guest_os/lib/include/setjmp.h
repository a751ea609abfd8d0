#pragma once

// ra, sp, fp, s1: what a function must give back as it found it.
typedef unsigned jmp_buf[4];
typedef unsigned sigjmp_buf[6];  // and whether the mask of blocked signals was saved, and the mask

int setjmp(jmp_buf place) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf place, int value);
int sigsetjmp(sigjmp_buf place, int save_mask) __attribute__((returns_twice));
_Noreturn void siglongjmp(sigjmp_buf place, int value);
