#pragma once
// What programs that move about in the tree of files have in common.

#include <stdbool.h>

const char *last_part(const char *path);                 // behind the last slash
char *join(const char *folder, const char *name);        // "folder/name", from malloc
bool is_folder(const char *path);                        // or a link to one
bool confirm(const char *question, const char *path);    // asks on standard error

// Calls `visit` for the path of each entry, in the order of the names; they are read first, so that `visit` may remove
// them. Returns 0 or 1 if any call did; -1, with errno, if the folder cannot be read.
int for_each_entry(const char *folder, int (*visit)(const char *path));

// The operands "file name" or "file... folder" of cp, mv and ln: calls `act` for each file with its new name. Returns
// 0 or 1; -1 if there are too few operands.
int for_each_target(const char *program, char *operands[], int count, int (*act)(const char *file, const char *name));
