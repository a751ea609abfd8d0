// test: tells whether an expression is true, by its exit status. The shell has the same as a builtin, and as "[".

#include "common/test_expression.h"

int main(int argc, char *argv[]) { return test_expression(argc, argv); }
