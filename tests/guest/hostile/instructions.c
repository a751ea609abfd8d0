// Random instructions: words in memory that may be executed, and executable files made of them.

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hostile.h"

enum { WORDS = 1024, HEADER_WORDS = 21, START = 0x10000 };

// Most are probably instructions: the first digit names a group of them, the second one of the group.
static uint32_t random_word(void) {
    static const uint8_t groups[] = {1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 7, 8, 0xA, 0xE};
    const uint32_t word = next_random();
    const uint32_t opcode = (uint32_t)groups[below(sizeof groups)] << 28 | below(10) << 24;
    switch (below(4)) {
        case 0: return word;
        case 1: return (word & 0x00FFF000u) | opcode;  // three registers
        case 2: return (word & 0x00FF003Cu) | opcode;  // a small immediate
        default: return (word & 0x00FFFFFFu) | opcode;
    }
}

static void execute_in_memory(void) {
    uint32_t *words = mmap(NULL, WORDS * sizeof *words, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (words == MAP_FAILED) return;
    for (int i = 0; i < WORDS; i++) words[i] = random_word();
    __asm__ volatile("fence.i" : : : "memory");
    ((void (*)(void))(words + below(WORDS)))();
}

// An ELF file that asks for one segment with all rights; perhaps with something wrong in its headers.
static void make_file(uint32_t file[WORDS]) {
    static const uint32_t header[HEADER_WORDS] = {
        0x464C457F, 0x00010101, 0, 0,                 // magic, 32 bits, little-endian
        0, 1, START + 4 * HEADER_WORDS, 52, 0, 0,     // type and machine, version, entry, program headers
        52 | 32u << 16, 1, 0,                         // sizes, one program header
        1, 0, START, START, 4 * WORDS, 8 * WORDS, 7,  // load: offset, addresses, sizes, rights
        4096};
    memcpy(file, header, sizeof header);
    for (int i = HEADER_WORDS; i < WORDS; i++) file[i] = random_word();
}

// Type and machine are those of a program that works.
static uint32_t type_and_machine(void) {
    uint32_t words[5] = {0};
    const int file = open("/bin/true", O_RDONLY);
    read(file, words, sizeof words);
    close(file);
    return words[4];
}

static void execute_file(void) {
    static uint32_t file[WORDS];
    make_file(file);
    file[4] = type_and_machine();
    for (uint32_t i = below(4); i > 0; i--) file[below(HEADER_WORDS)] = below(2) == 0 ? next_random() : below(100);
    const int output = open("program", O_WRONLY | O_CREAT | O_TRUNC, 0755);
    write(output, file, sizeof file);
    close(output);
    execl("program", "program", (char *)NULL);
}

void attack_with_instructions(void) { below(4) == 0 ? execute_file() : execute_in_memory(); }
