// Recursive Fibonacci numbers: calls and returns.
#include "report.h"

enum { N = 36 };

static uint32_t __attribute__((noinline)) fib(uint32_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

int main(void) { return report("fib", fib(N), 14930352); }
