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

// Again and again: the first may come before anything waits.
static void ring_again(int signal) {
    (void)signal;
    alarm(1);
}

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
    const int polled = poll(&ready, 1, 1000);
    printf("poll %d, hung up %d\n", polled, (ready.revents & POLLHUP) != 0);
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
    const struct sigaction action = {.sa_handler = ring_again};
    sigaction(SIGALRM, &action, NULL);
    alarm(1);
    const int result = open("fifo", O_RDONLY);
    const int error = errno;
    alarm(0);
    errno = error;
    show("interrupted", result);
}

// Bytes go from many to one, each message whole. The reader holds a writing end until all have written: one writer
// may end before another has begun.
static void many_writers(void) {
    enum { WRITERS = 4, MESSAGES = 25 };
    int counts[WRITERS] = {0}, broken = 0;
    fflush(stdout);
    const int held = open("fifo", O_RDWR);
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
    for (int k = 0; k < WRITERS * MESSAGES && fread(message, sizeof message, 1, in) == 1; ++k) {
        for (unsigned i = 1; i < sizeof message; ++i) broken += message[i] != message[0];
        ++counts[message[0] - 'a'];
    }
    int finished = 0;
    while (wait(NULL) > 0) ++finished;
    close(held);
    printf("%d writers ended, broken %d, left over %d\n", finished, broken, (int)fread(message, 1, sizeof message, in));
    for (int i = 0; i < WRITERS; ++i) printf("from %c: %d\n", 'a' + i, counts[i]);
    fclose(in);
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
