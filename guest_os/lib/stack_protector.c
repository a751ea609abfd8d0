// What -fstack-protector asks for: a word that functions put between their arrays and their return address, and what
// happens if it has been overwritten when they return.

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

// A string that runs over its array cannot leave this behind: no string function writes a zero and goes on, no reader
// of lines goes beyond the others. Always the same, so that a run can be repeated.
uintptr_t __stack_chk_guard = 0xFF0A0D00;

_Noreturn void __stack_chk_fail(void);
void __stack_chk_fail(void) {
    static const char message[] = "*** stack smashing detected ***: terminated\n";
    write(STDERR_FILENO, message, sizeof message - 1);  // whatever stderr was is not to be trusted any more
    abort();
}
