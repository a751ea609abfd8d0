#pragma once
// Permissions as chmod and umask take them: octal (644) or like u+x, go-w, a=r, +x,u=rw, g=u.

#include <stdbool.h>

// What `mode` becomes; -1 if the text is no mode. `for_nobody`: what "+x" may change, which does not say for whom; `folder`:
// for X.
int change_mode(const char *text, unsigned mode, unsigned for_nobody, bool folder);
