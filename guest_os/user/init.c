// init: the first process. It gives itself a console, then runs what /etc/boot-command says and switches the machine
// off with its status; without that file it runs what /etc/inittab says, and again whenever that ends. It is also the
// parent of every orphan, so it collects the status of children that it never had.
//
// /etc/boot-command holds the words of a command, each followed by a NUL; /etc/inittab a line of text: "sh" for a shell of
// root's at once, "login" to ask first who is there.

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORDS = 256, MOST_BYTES = 16 * 1024 };

static char command_text[MOST_BYTES + 1];
static char *command[MOST_WORDS + 1];

static void open_console(void) {
    int descriptor;
    do {
        descriptor = open("/dev/console", O_RDWR);
    } while (descriptor >= 0 && descriptor < STDERR_FILENO);
    if (descriptor > STDERR_FILENO) close(descriptor);
}

// Reads the command's words; returns how many there are, 0 if there is no such file.
static int read_boot_command(void) {
    const int file = open("/etc/boot-command", O_RDONLY);
    if (file < 0) return 0;
    const ssize_t length = read(file, command_text, MOST_BYTES);
    close(file);
    int count = 0;
    for (char *at = command_text; at < command_text + length && count < MOST_WORDS; at += strlen(at) + 1) {
        command[count++] = at;
    }
    return count;
}

// A line that begins with "#" is a comment. Without a command there, it is a shell.
static void read_inittab(void) {
    FILE *file = fopen("/etc/inittab", "r");
    bool found = false;
    while (file != NULL && !found && fgets(command_text, MOST_BYTES, file) != NULL) {
        int count = 0;
        for (char *word = strtok(command_text, " \t\n"); word != NULL && count < MOST_WORDS; word = strtok(NULL, " \t\n")) {
            command[count++] = word;
        }
        command[count] = NULL;
        found = count > 0 && command[0][0] != '#';
    }
    if (file != NULL) fclose(file);
    if (!found) command[0] = "sh", command[1] = NULL;
}

static pid_t start(char *argv[]) {
    const pid_t child = fork();
    if (child != 0) return child;
    setsid();
    const int terminal = open("/dev/console", O_RDWR);  // becomes the new session's
    if (terminal >= 0) close(terminal);
    execvp(argv[0], argv);
    const bool missing = errno == ENOENT;
    dprintf(STDERR_FILENO, "init: %s: %s\n", argv[0], missing ? "not found" : strerror(errno));
    _exit(missing ? 127 : 126);  // as a shell says it
}

// Waits until this child has ended; returns its status.
static int wait_for(pid_t child) {
    int status = 0;
    for (pid_t ended = 0; ended != child;) {
        ended = wait(&status);
        if (ended < 0) return WAIT_STATUS_EXITED(1);
    }
    return status;
}

// No shell stands between, so it is init that tells of a death by signal.
static void run_boot_command(void) {
    const pid_t child = start(command);
    const int status = child < 0 ? WAIT_STATUS_EXITED(1) : wait_for(child);
    if (!WIFSIGNALED(status)) poweroff(WEXITSTATUS(status));
    dprintf(STDERR_FILENO, "%s: %s\n", command[0], strsignal(WTERMSIG(status)));
    poweroff(128 + WTERMSIG(status));
}

int main(void) {
    open_console();
    setenv("PATH", "/bin", 1);
    setenv("HOME", "/home", 1);
    if (read_boot_command() > 0) run_boot_command();

    read_inittab();
    chdir("/home");
    for (;;) {
        const pid_t child = start(command);
        const bool was_fine = child > 0 && wait_for(child) != WAIT_STATUS_EXITED(127);
        if (!was_fine) sleep(1);  // not again and again as fast as it can
    }
}
