// execve: arguments, environment, scripts, other people's rights, and what cannot be executed.

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"

static char *const nothing[] = {NULL};

static void put(const char *path, const char *text, int mode) {
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    write(file, text, strlen(text));
    close(file);
    chmod(path, (mode_t)mode);
}

static int with_environment(void) {
    char *const argv[] = {"sh", "-c", "test \"$A\" = 'b c' && test $# = 2 && test \"$2\" = 'x  y'", "sh", "1", "x  y", NULL};
    char *const envp[] = {"A=b c", NULL};
    execve("/bin/sh", argv, envp);
    return 99;
}

static int a_script(void) {
    char *const argv[] = {"script", "given", NULL};
    execve("./script", argv, nothing);
    return 99;
}

static int too_much(void) {
    static char word[40000];
    memset(word, 'x', sizeof word - 1);
    char *const argv[] = {"true", word, NULL};
    return FAILS(execve("/bin/true", argv, nothing), E2BIG) ? 0 : 1;
}

static int with_rights(void) {
    char *const argv[] = {"id", NULL};
    dup2(open("rights", O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    setuid(1000);
    execve("./id", argv, nothing);
    return 99;
}

static int descriptors(void) {
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    const int stays = open("/etc/passwd", O_RDONLY), goes = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    char text[64];
    snprintf(text, sizeof text, "head -n 1 <&%d >/dev/null && ! head -n 1 <&%d >/dev/null 2>&1", stays, goes);
    char *const argv[] = {"sh", "-c", text, NULL};
    execve("/bin/sh", argv, nothing);
    return 99;
}

int main(void) {
    put("script", "#!/bin/sh -e\ntest \"$1\" = given\n", 0755);
    put("not executable", "echo no\n", 0644);
    put("rubbish", "\177ELF and no more", 0755);
    CHECK(in_child(with_environment) == 0);
    CHECK(in_child(a_script) == 0);
    CHECK(in_child(too_much) == 0);
    CHECK(in_child(descriptors) == 0);
    CHECK(FAILS(execve("./none", nothing, nothing), ENOENT));
    CHECK(FAILS(execve("./not executable", nothing, nothing), EACCES));
    CHECK(FAILS(execve("./rubbish", nothing, nothing), ENOEXEC));
    CHECK(FAILS(execve("/tmp", nothing, nothing), EACCES));
    CHECK(system("cp /bin/id id && chmod 4755 id") == 0);
    CHECK(in_child(with_rights) == 0 && system("grep -q 'uid=1000.*euid=0' rights") == 0);
    return report();
}
