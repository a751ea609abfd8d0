// uname [-asnrvm]: the name of the system, and more about it.

#include <stdbool.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    static const char letters[] = "snrvm";
    bool wanted[sizeof letters] = {false};
    bool any = false;
    for (int option; (option = getopt(argc, argv, "asnrvm")) != -1; any = true) {
        if (option == '?') return 1;
        for (int i = 0; letters[i]; ++i) wanted[i] |= option == 'a' || option == letters[i];
    }
    if (!any) wanted[0] = true;
    struct utsname name;
    uname(&name);
    const char *const parts[] = {name.sysname, name.nodename, name.release, name.version, name.machine};
    const char *between = "";
    for (int i = 0; letters[i]; ++i) {
        if (!wanted[i]) continue;
        printf("%s%s", between, parts[i]);
        between = " ";
    }
    putchar('\n');
    return 0;
}
