#pragma once
// Both may change the path, and return a part of it or a constant.

char *basename(char *path);
char *dirname(char *path);
