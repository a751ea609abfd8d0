#pragma once
// $(command): what it prints.

struct node;

// Runs the command in a child and returns its output without the line ends at the end, in scratch memory.
// shell.substitution_status is its status.
const char *output_of(const struct node *command);
