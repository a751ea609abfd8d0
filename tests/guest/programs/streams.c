// What a FILE remembers between calls: characters pushed back, its end, its place; and how far scanf reads.

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *file_with(const char *text) {
    FILE *file = fopen("streams.txt", "w+");
    if (file == NULL) exit(1);
    fputs(text, file);
    rewind(file);
    return file;
}

static void pushed_back(void) {
    FILE *file = file_with("12 abc");
    int number = 0;
    printf("%d", fscanf(file, "%d", &number));
    printf(" %d", ungetc('x', file));  // behind scanf, which has looked one character ahead
    for (int i = 0; i < 3; ++i) printf(" %c", fgetc(file));
    printf(" %ld", ftell(file));
    ungetc('Q', file);
    printf(" %ld", ftell(file));
    fseek(file, 0, SEEK_CUR);
    printf(" %c\n", fgetc(file));
    while (fgetc(file) != EOF) {}
    printf("%d %d", feof(file) != 0, ungetc('z', file));
    printf(" %d", feof(file) != 0);
    printf(" %c", fgetc(file));
    printf(" %d\n", fgetc(file));
    fclose(file);
}

static void end_and_more(void) {
    FILE *reader = file_with("a"), *writer = fopen("streams.txt", "a");
    printf("%d", fgetc(reader));
    printf(" %d", fgetc(reader));
    fputs("b", writer);
    fflush(writer);
    printf(" %d", fgetc(reader));  // the end stays the end
    clearerr(reader);
    printf(" %d\n", fgetc(reader));
    fclose(reader);
    fclose(writer);
}

static void places_when_appending(void) {
    fclose(file_with("0123456789"));
    FILE *file = fopen("streams.txt", "a");
    fputs("abc", file);
    printf("%ld", ftell(file));
    fflush(file);
    printf(" %ld\n", ftell(file));
    fclose(file);
}

static void reading_when_appending(void) {
    char text[20] = "";
    fclose(file_with("0123456789"));
    FILE *file = fopen("streams.txt", "a+");
    printf("%ld", ftell(file));
    printf(" %c", fgetc(file));
    fseek(file, 0, SEEK_CUR);
    fputs("abc", file);
    fflush(file);
    printf(" %ld", ftell(file));
    rewind(file);
    printf(" %s\n", fgets(text, sizeof text, file));
    fclose(file);
}

static void short_lines(void) {
    char text[4] = "abc";
    FILE *file = file_with("0123456789");
    printf("%d", fgets(text, 1, file) == text);
    printf(" '%s'", text);
    printf(" %d", fgets(text, 2, file) == text);
    printf(" '%s'\n", text);
    fclose(file);
}

static volatile sig_atomic_t rings;
static void ring(int signal_number) { rings += signal_number == SIGALRM; }

// A read that a signal interrupts is a failure, but the next line is one again.
static void interrupted(void) {
    int ends[2];
    if (pipe(ends) != 0) exit(1);
    const struct sigaction action = {.sa_handler = ring};
    sigaction(SIGALRM, &action, NULL);
    FILE *file = fdopen(ends[0], "r");
    char line[20] = "";
    alarm(1);
    const bool failed = fgets(line, sizeof line, file) == NULL;
    printf("%d %d %d\n", failed, errno == EINTR, ferror(file) != 0);
    if (write(ends[1], "late\n", 5) != 5) exit(1);
    printf("%d %s", fgets(line, sizeof line, file) != NULL, line);
    fclose(file);
    close(ends[1]);
}

static void floats(void) {
    static const char *const texts[] = {"12.5abc", "98.6F", "1e5x", "0x1.8p1z", "-.5.5", "inf!", "nano", "+", ".", "7up"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; ++i) {
        double value = -1;
        char rest[20] = "";
        const int count = sscanf(texts[i], "%lf%19s", &value, rest);
        printf("%s: %d", texts[i], count);
        if (count > 0) printf(" %g '%s'", value, rest);
        putchar('\n');
    }
}

// What does not match leaves its place as it was.
static void sets(void) {
    char text[10] = "as it was";
    printf("%d", sscanf(",x", "%[^,]", text));
    printf(" %s", text);
    printf(" %d", sscanf("a,x", "%[^,]", text));
    printf(" %s\n", text);
}

static void counts(void) {
    struct {
        signed char small, guard;
    } bytes = {1, 77};
    short middle = 1;
    long long large = 1;
    int all = 1;
    char text[40];
    sprintf(text, "ab%hhncd%hnef%nghi%lln", &bytes.small, &middle, &all, &large);
    printf("%s %d %d %d %d %lld\n", text, bytes.small, bytes.guard, middle, all, large);
}

int main(void) {
    pushed_back();
    end_and_more();
    places_when_appending();
    reading_when_appending();
    short_lines();
    interrupted();
    floats();
    sets();
    counts();
    remove("streams.txt");
    return 0;
}
