// counted PROGRAM...: runs each program in an empty folder and tells whether all that it was given has come back.
//
//     @ NAME
//     ...what it prints...
//     @ status 0, restored          or what is not
//
// After that it reads a byte of standard input: meanwhile the other side looks into the kernel.

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "counts.h"
#include "remove_all.h"

static int run(const char *name) {
    const int pid = fork();
    if (pid == 0) {
        const int input = open("/etc/counted-input", O_RDONLY);
        dup2(input, STDIN_FILENO);
        close(input);
        execlp(name, name, "word", "two words", (char *)NULL);
        _exit(127);
    }
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int run_counted(const char *name) {
    struct counts before, after;
    count_everything(&before);
    printf("@ %s\n", name);
    fflush(stdout);
    mkdir(name, 0755);
    chdir(name);
    const int status = run(name);
    remove_all();
    chdir("..");
    rmdir(name);
    const int restored = come_to_be_restored(&before, &after);
    printf("@ status %d, %s", status, restored ? "restored" : "not restored:");
    print_differences(&before, &after);
    printf("\n");
    fflush(stdout);
    char answer;
    read(STDIN_FILENO, &answer, 1);
    return restored;
}

int main(int argc, char *argv[]) {
    int restored = 1;
    mkdir("/tmp/here", 0755);
    chdir("/tmp/here");  // and there each in a folder of its own: one that has grown stays large
    fill_block_cache();
    for (int i = 0; i < 2; i++) restored = run_counted("true");  // all of this program's own pages have come after that
    for (int i = 1; i < argc; i++) restored &= run_counted(argv[i]);
    return restored ? 0 : 1;
}
