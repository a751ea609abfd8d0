// Functions before main and after exit, in the order of their numbers; and sections that a program walks through.

#include <stdio.h>
#include <stdlib.h>

static int ready;

static void __attribute__((constructor)) last(void) { printf("last: %d\n", ++ready); }
static void __attribute__((constructor(200))) second(void) { printf("second: %d\n", ++ready); }
static void __attribute__((constructor(101))) first(void) { printf("first: %d\n", ++ready); }
static void __attribute__((destructor)) one(void) { puts("one"); }
static void __attribute__((destructor(300))) two(void) { puts("two"); }

static void at_exit(void) { puts("at exit"); }

#define REGISTER(name) static const char *registered_##name __attribute__((used, section("registry"))) = #name;
REGISTER(apples)
REGISTER(pears)
REGISTER(peaches)
extern const char *__start_registry[], *__stop_registry[];

int main(void) {
    printf("main: %d\n", ready);
    for (const char **name = __start_registry; name < __stop_registry; name++) puts(*name);
    atexit(at_exit);
    return 0;
}
