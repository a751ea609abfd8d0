#pragma once
// What a shell does for a person: prompts, lines that can be edited, history, signals.

#include <stdbool.h>

void become_interactive(void);
void catch_interrupts(void);  // ^C comes to the prompt

// Shows the prompt and reads a line, with its line end; NULL at the end of the input, and after ^C.
char *read_command_line(bool continuing, bool *interrupted);

void check_interrupt(void);    // between commands: leaves them if ^C was typed
void interrupt_command(void);  // in main.c: back to the prompt, if there is one
