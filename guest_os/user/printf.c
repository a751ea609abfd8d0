// printf format [argument...]: prints the arguments as the format says. The shell has the same as a builtin.

#include "common/print_format.h"

int main(int argc, char *argv[]) { return print_formatted(argc, argv); }
