// FILEs in memory, strptime, and other calls that are younger than the rest.

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static void growing(void) {
    char *text = NULL;
    size_t size = 99;
    FILE *file = open_memstream(&text, &size);
    fflush(file);
    printf("'%s' %d", text, (int)size);
    fprintf(file, "hello %d", 42);
    fflush(file);
    printf(" '%s' %d", text, (int)size);
    for (int i = 0; i < 1000; ++i) fprintf(file, " %d", i);
    printf(" %ld", ftell(file));
    const long end = ftell(file);
    fseek(file, 0, SEEK_SET);
    fputs("HELLO", file);
    fseek(file, end, SEEK_SET);
    fclose(file);
    printf(" %d %.20s %s\n", (int)size, text, text + size - 4);
    free(text);
}

static void arrays(void) {
    char array[16] = "one two three x", word[16];
    FILE *file = fmemopen(array, 13, "r");
    while (fscanf(file, "%15s", word) == 1) printf("%s,", word);
    printf("%d", feof(file) != 0);
    rewind(file);
    printf(" %c", fgetc(file));
    printf(" %d", fputc('x', file));
    fclose(file);
    file = fmemopen(array, sizeof array, "w");
    fputs("twelve bytes", file);
    fflush(file);
    printf(" '%s'", array);
    fclose(file);
    strcpy(array, "start");
    file = fmemopen(array, sizeof array, "a+");
    fputs("+end", file);
    rewind(file);
    printf(" %s", fgets(word, sizeof word, file));
    fclose(file);
    file = fmemopen(NULL, 100, "w+");
    fputs("own memory", file);
    rewind(file);
    printf(" %s", fgets(word, sizeof word, file));
    printf(" %d\n", fileno(file));
    fclose(file);
}

static void times(void) {
    static const struct {
        const char *text, *format;
    } cases[] = {{"2024-02-29 13:14:15", "%Y-%m-%d %H:%M:%S"}, {"Thu Jan  1 00:00:00 1970", "%c"}, {"11:59:01 pm", "%r"},
                 {"12:05 AM", "%I:%M %p"}, {"3 march 99", "%d %B %y"}, {"12/31/24rest", "%D"}, {"2023-13-01", "%F"},
                 {"x", "%d"}, {"  7:8", "%R"}, {"Friday 100%", "%A %j%%"}, {"86400", "%s"}, {"23:59:60", "%T"}};
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; ++i) {
        struct tm t = {.tm_mday = 1, .tm_year = 70};
        const char *rest = strptime(cases[i].text, cases[i].format, &t);
        printf("%s:", cases[i].text);
        if (rest == NULL) puts(" no");
        else printf(" %d-%d-%d %d:%d:%d %d %d '%s'\n", t.tm_year, t.tm_mon, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec,
                    t.tm_wday, t.tm_yday, rest);
    }
}

static void children(void) {
    siginfo_t told;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(7);
    int result = waitid(P_PID, (id_t)child, &told, WEXITED);
    printf("%d %d %d %d %d", result, told.si_pid == child, told.si_signo == SIGCHLD, told.si_code == CLD_EXITED, told.si_status);
    fflush(stdout);
    child = fork();
    if (child == 0) for (;;) pause();
    memset(&told, 0, sizeof told);
    result = waitid(P_ALL, 0, &told, WEXITED | WNOHANG);
    printf(" | %d %d", result, told.si_pid);
    kill(child, SIGTERM);
    result = waitid(P_ALL, 0, &told, WEXITED);
    printf(" | %d %d %d", result, told.si_code == CLD_KILLED, told.si_status);
    result = waitid(P_ALL, 0, &told, WEXITED);
    printf(" | %d %d", result, errno == ECHILD);
    result = waitid(P_ALL, 0, &told, 0);
    printf(" | %d %d\n", result, errno == EINVAL);
}

static void spawning(void) {
    pid_t child;
    int status;
    char line[40] = "";
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "spawned.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, 7);
    posix_spawn_file_actions_addclose(&actions, STDIN_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    posix_spawnattr_setsigdefault(&attributes, &set);
    signal(SIGTERM, SIG_IGN);
    char *const arguments[] = {"sh", "-c", "echo one; echo $word >&7; kill $$", NULL}, *const environment[] = {"word=two", NULL};
    printf("%d", posix_spawnp(&child, "sh", &actions, &attributes, arguments, environment));
    waitpid(child, &status, 0);
    signal(SIGTERM, SIG_DFL);
    printf(" %d", WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    FILE *file = fopen("spawned.txt", "r");
    while (fgets(line, sizeof line, file) != NULL) printf(" %.3s", line);
    fclose(file);
    remove("spawned.txt");
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    printf(" %d", posix_spawn(&child, "/no/such", NULL, NULL, arguments, environ) == ENOENT);
    printf(" %d\n", waitpid(-1, &status, 0) < 0 && errno == ECHILD);
}

static void users(void) {
    struct passwd user, *found_user;
    struct group group, *found_group;
    char text[2000];
    printf("%d", getpwnam_r("root", &user, text, sizeof text, &found_user));
    printf(" %d %d %s", found_user == &user, (int)user.pw_uid, user.pw_name);
    printf(" %d", getpwuid_r(54321, &user, text, sizeof text, &found_user));
    printf(" %d", found_user == NULL);
    printf(" %d", getpwuid_r(0, &user, text, 5, &found_user) == ERANGE);
    printf(" %d", getgrgid_r(0, &group, text + 1, sizeof text - 1, &found_group));
    printf(" %d %s", found_group == &group, group.gr_name);
    printf(" %d", getgrnam_r("nobody-here", &group, text, sizeof text, &found_group));
    printf(" %d\n", found_group == NULL);
    char name[] = "/tmp/madeXXXXXX";
    const int made = mkostemp(name, O_CLOEXEC | O_APPEND);
    printf("%d %d %d\n", made >= 0, fcntl(made, F_GETFD) == FD_CLOEXEC, (fcntl(made, F_GETFL) & O_APPEND) != 0);
    unlink(name);
}

int main(void) {
    growing();
    arrays();
    times();
    children();
    spawning();
    users();
    return 0;
}
