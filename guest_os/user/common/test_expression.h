#pragma once
// test and [: argv[0] says which; for "[" the last argument must be "]". 0: true, 1: false, 2: wrong usage.

int test_expression(int argc, char **argv);
