// FIFOs: pipes that have a name.

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void show(const char *what, int result) {
    if (result < 0) printf("%s: %s\n", what, strerror(errno));
    else printf("%s: fine\n", what);
}

static void nothing(int signal) { (void)signal; }

static void made_and_looked_at(void) {
    struct stat status;
    show("mkfifo", mkfifo("fifo", 0640));
    show("again", mkfifo("fifo", 0640));
    show("in nothing", mkfifo("nosuch/fifo", 0640));
    stat("fifo", &status);
    printf("is %d, mode %o, size %ld, links %d\n", S_ISFIFO(status.st_mode), (unsigned)status.st_mode & 0777,
           (long)status.st_size, (int)status.st_nlink);
}

// The reader's open waits for the writer's, and the other way round.
static void used(void) {
    char text[64] = "";
    fflush(stdout);
    if (fork() == 0) {
        const int out = open("fifo", O_WRONLY);
        write(out, "hello", 5);
        usleep(20000);
        write(out, " again", 6);
        _exit(0);
    }
    usleep(10000);
    const int in = open("fifo", O_RDONLY);
    int total = 0;
    for (ssize_t count; (count = read(in, text + total, sizeof text - 1 - (size_t)total)) > 0;) total += (int)count;
    printf("read %s, then the end\n", text);
    show("lseek", (int)lseek(in, 0, SEEK_SET));
    show("ftruncate", ftruncate(in, 0));
    wait(NULL);
    printf("without a writer: %d\n", (int)read(in, text, sizeof text));
    close(in);
}

static void without_patience(void) {
    char text[8];
    show("a writer alone", open("fifo", O_WRONLY | O_NONBLOCK));
    const int in = open("fifo", O_RDONLY | O_NONBLOCK);
    show("a reader alone", in);
    printf("read %d\n", (int)read(in, text, sizeof text));
    const int out = open("fifo", O_WRONLY | O_NONBLOCK);
    show("a writer with it", out);
    show("nothing there yet", (int)read(in, text, sizeof text));
    write(out, "abc", 3);
    struct pollfd ready = {.fd = in, .events = POLLIN};
    printf("poll %d, ", poll(&ready, 1, 1000));
    printf("read %d\n", (int)read(in, text, sizeof text));
    close(out);
    printf("poll %d, hung up %d\n", poll(&ready, 1, 1000), (ready.revents & POLLHUP) != 0);
    close(in);
}

static void both_ends(void) {
    char text[8] = "";
    const int both = open("fifo", O_RDWR);
    show("both ends at once", both);
    write(both, "x", 1);
    read(both, text, 1);
    printf("got %s\n", text);
    const int writer = open("fifo", O_WRONLY);
    close(both);
    signal(SIGPIPE, SIG_IGN);
    show("no reader left", (int)write(writer, "x", 1));
    close(writer);
}

static void interrupted(void) {
    const struct sigaction action = {.sa_handler = nothing};
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
    show("interrupted", open("fifo", O_RDONLY));
}

// Bytes go from many to one, each message whole.
static void many_writers(void) {
    enum { WRITERS = 4, MESSAGES = 25 };
    int counts[WRITERS] = {0}, broken = 0;
    fflush(stdout);
    for (int i = 0; i < WRITERS; ++i) {
        if (fork() != 0) continue;
        const int out = open("fifo", O_WRONLY);
        char message[100];
        memset(message, 'a' + i, sizeof message);
        for (int k = 0; k < MESSAGES; ++k) write(out, message, sizeof message);
        _exit(0);
    }
    FILE *in = fopen("fifo", "r");
    char message[100];
    while (fread(message, sizeof message, 1, in) == 1) {
        for (unsigned k = 1; k < sizeof message; ++k) broken += message[k] != message[0];
        ++counts[message[0] - 'a'];
    }
    fclose(in);
    int finished = 0;
    while (wait(NULL) > 0) ++finished;
    printf("%d writers ended, broken %d\n", finished, broken);
}

int main(void) {
    made_and_looked_at();
    used();
    without_patience();
    both_ends();
    interrupted();
    many_writers();
    show("unlink", unlink("fifo"));
    return 0;
}
