#pragma once
// Where the shell's input comes from, a character at a time.

#include <stdbool.h>

struct source {
    const char *name;  // in front of syntax errors; NULL: that of the script, $0
    int line_number;
    const char *text;  // of -c, eval, trap; NULL: read the descriptor
    int descriptor;
    bool ahead;        // the descriptor is ours alone: it may be read in blocks
    bool interactive;  // lines come from the line editor
    bool continuing;   // the next line belongs to a command that has begun: PS2
    bool interrupted;  // ^C at the prompt: the line is forgotten
    char *line;        // what the editor gave, or the block that was read
    int position, filled;
};

enum { NO_MORE = -1 };

struct source string_source(const char *text);
struct source file_source(int descriptor, bool ours_alone);
int next_of(struct source *source);  // or NO_MORE
