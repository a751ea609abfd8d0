#pragma once
// Simple commands: assignments, words, redirections.

struct node;

int run_simple(const struct node *node);
// In a child: the process becomes the command, without another fork where it can.
_Noreturn void become_simple(const struct node *node);
