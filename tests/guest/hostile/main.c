// hostile KIND SEED FIRST COUNT: so many attacks of a kind, one after the other. After each: everything of the attacker's
// is killed and removed, a shell must answer, and what the kernel has given out must have come back. Then a line
//
//     @ 17 fine          or what is wrong
//
// and a byte is read from standard input: meanwhile the other side looks into the kernel. Three harmless attacks come first,
// of which nothing is expected.

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../kernel/counts.h"
#include "../kernel/remove_all.h"
#include "hostile.h"

enum { ATTACKER = 1000, ROOM_BLOCKS = 80, ROOM_INODES = 60, WARM_UPS = 3 };

const struct attack attacks[] = {
    {"instructions", attack_with_instructions, 100}, {"calls", attack_with_calls, 400},
    {"pointers", attack_with_pointers, 400},         {"forks", attack_with_forks, 1000},
    {"memory", attack_with_memory, 3000},            {"descriptors", attack_with_descriptors, 500},
    {"files", attack_with_files, 3000},              {"threads", attack_with_threads, 600},
};
const unsigned attack_count = sizeof attacks / sizeof attacks[0];

static void do_no_harm(void) { usleep(2000); }
static const struct attack harmless = {"nothing", do_no_harm, 100};

uint32_t random_state;

uint32_t next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static uint32_t mixed(uint32_t seed, uint32_t kind, uint32_t index) {
    uint32_t value = seed * 2654435761u + kind * 0x9E3779B9u + index * 0x85EBCA6Bu + 1;
    value ^= value >> 15;
    value *= 0x2C1B3C6Du;
    value ^= value >> 13;
    return value | 1;
}

// ---- one attack ----

static unsigned long long now(void) {
    unsigned long long cycles;
    clock_cycles(&cycles);
    return cycles;
}

static void lose_all_rights(void) {
    const struct rlimit time = {1, 2};
    const int nothing = open("/dev/null", O_RDWR);
    for (int i = 0; i < 3; i++) dup2(nothing, i);
    close(nothing);
    setrlimit(RLIMIT_CPU, &time);
    setpgid(0, 0);
    setgid(ATTACKER);
    setuid(ATTACKER);
}

static int attackers_left(void) {
    struct process_status process;
    int left = 0;
    for (int slot = 0, found; (found = process_status(slot, &process)) >= 0; slot++) {
        left += found == 1 && process.uid == ATTACKER;
    }
    return left;
}

// All at once: one by one they would make others faster.
static void kill_attackers(void) {
    while (attackers_left() > 0) {
        seteuid(ATTACKER);
        kill(-1, SIGKILL);
        seteuid(0);
        while (waitpid(-1, NULL, WNOHANG) > 0) continue;
        usleep(500);
    }
}

static void attack_once(const struct attack *attack, uint32_t seed) {
    mkdir("arena", 0700);
    chown("arena", ATTACKER, ATTACKER);
    const int pid = fork();
    if (pid == 0) {
        chdir("arena");
        random_state = seed;
        lose_all_rights();
        attack->run();
        _exit(0);
    }
    const unsigned long long end = now() + attack->milliseconds * 1000ull;
    int has_ended = 0;
    while (now() < end && !(has_ended = waitpid(pid, NULL, WNOHANG) != 0)) usleep(1000);
    if (!has_ended) {  // perhaps it has not even lost its rights yet
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
    }
    kill_attackers();
    chdir("arena");
    remove_all();
    chdir("..");
    rmdir("arena");
}

// ---- is the machine as it was? ----

static int shell_answers(void) {
    int ends[2];
    char answer[16] = "";
    pipe(ends);
    const int pid = fork();
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", "echo alive", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    read(ends[0], answer, sizeof answer - 1);
    close(ends[0]);
    waitpid(pid, NULL, 0);
    return strcmp(answer, "alive\n") == 0;
}

static void tell(uint32_t index, const struct counts *before) {
    struct counts after;
    char answer;
    const int alive = shell_answers();
    const int restored = come_to_be_restored(before, &after);
    printf("@ %u", index);
    if (!alive) printf(" the shell does not answer;");
    if (!restored) print_differences(before, &after);
    printf(alive && restored ? " fine\n" : "\n");
    fflush(stdout);
    read(STDIN_FILENO, &answer, 1);
}

// ---- a disk with little room, so that it is full soon ----

static void leave_little_room(void) {
    static char block[4096];
    struct statvfs disk;
    char name[32];
    mkdir("/ballast", 0700);
    statvfs("/", &disk);
    for (unsigned i = disk.f_ffree; i > ROOM_INODES; i--) {
        snprintf(name, sizeof name, "/ballast/%u", i);
        mknod(name, S_IFCHR | 0600, 0);
    }
    const int file = open("/ballast/blocks", O_WRONLY | O_CREAT, 0600);
    for (int full = 0; !full; full = disk.f_bfree <= ROOM_BLOCKS) {
        for (int i = 0; i < 8; i++) write(file, block, sizeof block);
        statvfs("/", &disk);
    }
    close(file);
}

static unsigned find_kind(const char *name) {
    unsigned kind = 0;
    while (kind < attack_count && strcmp(attacks[kind].name, name) != 0) kind++;
    if (kind < attack_count) return kind;
    printf("there are no attacks with %s\n", name);
    exit(2);
}

int main(int argc, char *argv[]) {
    if (argc != 5) return 2;
    const unsigned kind = find_kind(argv[1]);
    const uint32_t seed = strtoul(argv[2], NULL, 10), first = strtoul(argv[3], NULL, 10);
    const uint32_t count = strtoul(argv[4], NULL, 10);
    struct counts before;
    chdir("/tmp");
    if (attacks[kind].run == attack_with_files) leave_little_room();
    fill_block_cache();
    for (int i = 0; i < WARM_UPS; i++) {  // everything that this program needs itself has been there after that
        count_everything(&before);
        attack_once(&harmless, 1);
        tell(i, &before);
    }
    count_everything(&before);
    for (uint32_t i = first; i < first + count; i++) {
        attack_once(&attacks[kind], mixed(seed, kind, i));
        tell(i, &before);
    }
    return 0;
}
