// execve: a new program in an old process. The new address space is made beside the old one, so that a failure
// leaves the caller as it was; then they are exchanged.

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"

#include <peach/limits.h>

// The parts of an ELF file that matter here.
struct elf_header {
    uint8_t magic[4];
    uint8_t class, data, version, padding[9];
    uint16_t type, machine;
    uint32_t format_version, entry, program_headers, section_headers, flags;
    uint16_t header_size, program_header_size, program_header_count;
    uint16_t section_header_size, section_header_count, names;
};

struct elf_program_header {
    uint32_t type, offset, address, physical_address, file_size, memory_size, flags, alignment;
};

#define ELF_CLASS_32 1
#define ELF_DATA_LITTLE 1
#define ELF_EXECUTABLE 2
#define ELF_LOAD 1
#define ELF_FLAG_X 1
#define ELF_FLAG_W 2
#define ELF_FLAG_R 4
#define PROGRAM_HEADERS_MAX 16

#define SCRIPT_LINE_MAX 128

#define MODE_SETUID 04000
#define MODE_SETGID 02000

// A first line "#!interpreter argument" makes the file an argument of another program.
struct script {
    char line[SCRIPT_LINE_MAX];
    const char *words[3];  // of the new argv, instead of argv[0]: interpreter, argument if there is one, path
    uint32_t count;
};

// What is being put together.
struct program {
    struct address_space *space;
    uint32_t entry;
    uint32_t stack_pointer;
    uint32_t argument_count, argv, envp;
    uint32_t euid, egid;  // whose rights it has
    uint32_t blocked_signals;
    char name[PROCESS_NAME_MAX];
};

// ---- the file ----

static bool is_for_us(const struct elf_header *header) {
    return memcmp(header->magic, "\177ELF", 4) == 0 && header->class == ELF_CLASS_32 &&
           header->data == ELF_DATA_LITTLE && header->type == ELF_EXECUTABLE && header->machine == ELF_MACHINE_PEACH &&
           header->program_header_size == sizeof(struct elf_program_header) &&
           header->program_header_count <= PROGRAM_HEADERS_MAX;
}

// The stack's part of the address space stays free for the stack.
static bool is_sensible(const struct elf_program_header *segment) {
    const uint32_t limit = USER_END - USER_STACK_MAX;
    return segment->file_size <= segment->memory_size && segment->address >= USER_START && segment->address < limit &&
           segment->memory_size <= limit - segment->address;
}

static uint32_t page_permissions(const struct elf_program_header *segment) {
    uint32_t bits = PTE_R;  // nothing here is ever execute-only or write-only
    if (segment->flags & ELF_FLAG_W) bits |= PTE_W;
    if (segment->flags & ELF_FLAG_X) bits |= PTE_X;
    return bits;
}

static int add_segment(struct program *program, struct inode *file, const struct elf_program_header *segment) {
    if (!is_sensible(segment)) return -ENOEXEC;
    if (segment->offset > file->disk.size || segment->file_size > file->disk.size - segment->offset) return -ENOEXEC;
    const uint32_t end = page_round_up(segment->address + segment->memory_size);
    struct region *r = region_add(program->space, page_round_down(segment->address), end, page_permissions(segment));
    if (r == 0) return -ENOEXEC;
    r->data_address = segment->address;
    r->data_size = segment->file_size;
    r->data_offset = segment->offset;
    if (end > program->space->heap_start) program->space->heap_start = program->space->heap_end = end;
    return 0;
}

static int add_segments(struct program *program, struct inode *file) {
    struct elf_header header;
    if (inode_type(file) != FILE_TYPE_REGULAR) return -EACCES;
    if (inode_read(file, &header, 0, sizeof header) != (int)sizeof header || !is_for_us(&header)) return -ENOEXEC;
    program->entry = header.entry;
    for (uint32_t i = 0; i < header.program_header_count; i++) {
        struct elf_program_header segment;
        const uint32_t offset = header.program_headers + i * sizeof segment;
        if (inode_read(file, &segment, offset, sizeof segment) != (int)sizeof segment) return -ENOEXEC;
        if (segment.type != ELF_LOAD || segment.memory_size == 0) continue;
        const int error = add_segment(program, file, &segment);
        if (error < 0) return error;
    }
    return 0;
}

// Splits the line in place.
static int read_words(struct script *script, const char *path) {
    char *at = script->line + 2;
    while (*at == ' ' || *at == '\t') at++;
    if (*at == 0) return -ENOEXEC;
    script->words[script->count++] = at;
    while (*at != 0 && *at != ' ' && *at != '\t') at++;
    while (*at == ' ' || *at == '\t') *at++ = 0;
    char *end = at + strlen(at);
    while (end > at && (end[-1] == ' ' || end[-1] == '\t')) *--end = 0;
    if (*at != 0) script->words[script->count++] = at;
    script->words[script->count++] = path;
    return 0;
}

static int read_script(struct inode *file, struct script *script, const char *path) {
    const int length = inode_read(file, script->line, 0, sizeof script->line - 1);
    if (length < 2 || script->line[0] != '#' || script->line[1] != '!') return -ENOEXEC;
    script->line[length] = 0;
    for (char *c = script->line; *c != 0; c++) {
        if (*c == '\n') *c = 0;
    }
    return read_words(script, path);
}

// With the rights of the file's owner, if the file says so.
static void choose_user(struct program *program, const struct inode *file) {
    const struct process *p = current_process();
    program->euid = file->disk.mode & MODE_SETUID ? file->disk.uid : p->euid;
    program->egid = file->disk.mode & MODE_SETGID ? file->disk.gid : p->egid;
}

// If it is a script, `script` is filled in and nothing is loaded; null: that would be one too many.
static int load_file(struct program *program, const char *path, struct script *script) {
    struct inode *file;
    file_system_begin();
    int error = path_find(path, &file);
    if (error == 0) {
        error = inode_may(file, MAY_EXECUTE);
        if (error == 0 && file_is_being_written(file)) error = -ETXTBSY;
        if (error == 0) error = add_segments(program, file);
        if (error == 0) {
            program->space->program = file;
            choose_user(program, file);
        } else {
            if (error == -ENOEXEC && script != 0) error = read_script(file, script, path);
            inode_put(file);
        }
    }
    file_system_end();
    return error;
}

// Otherwise each page is read when it is touched for the first time.
static int load_eagerly(struct address_space *space) {
    int error = 0;
    for (const struct region *r = space->regions; r < space->regions + space->region_slots && error == 0; r++) {
        error = page_fault_in(space, r->start, r->end);
    }
    return error;
}

// ---- the arguments ----

// A list of strings in the caller's memory, ended by a null pointer; a null pointer instead of a list is empty.
struct string_list {
    uint32_t address;
    uint32_t count;
    uint32_t bytes;  // of all strings, with their NULs
    uint32_t first_bytes;         // of the first
    const struct script *script;  // whose words come instead of the first; null: none
};

static int string_bytes(uint32_t address, uint32_t *bytes) {
    uint32_t length = 0;
    do {
        if (length == 0 || (address + length) % PAGE_SIZE == 0) {
            if (user_check(address + length, 1, ACCESS_READ) < 0) return -EFAULT;
        }
        if (length == ARG_MAX) return -E2BIG;
    } while (*(const char *)(address + length++) != 0);
    *bytes = length;
    return 0;
}

static int measure(struct string_list *list) {
    if (list->address == 0) return 0;
    for (;; list->count++) {
        uint32_t string, bytes;
        if (user_word(&string, list->address + list->count * sizeof string) < 0) return -EFAULT;
        if (string == 0) return 0;
        const int error = string_bytes(string, &bytes);
        if (error < 0) return error;
        if (list->count == 0) list->first_bytes = bytes;
        list->bytes += bytes;
        if (list->bytes + list->count * sizeof string > ARG_MAX) return -E2BIG;
    }
}

static void put_script_first(struct string_list *list, const struct script *script) {
    list->script = script;
    list->bytes -= list->first_bytes;
    for (uint32_t i = 0; i < script->count; i++) list->bytes += strlen(script->words[i]) + 1;
    list->count = script->count + (list->count > 0 ? list->count - 1 : 0);
}

// String number i of the list, and its length.
static int find_string(const struct string_list *list, uint32_t i, uint32_t *string, uint32_t *bytes) {
    if (list->script != 0 && i < list->script->count) {
        *string = (uint32_t)list->script->words[i];
        *bytes = strlen(list->script->words[i]) + 1;
        return 0;
    }
    if (list->script != 0) i -= list->script->count - 1;
    if (user_word(string, list->address + i * sizeof *string) < 0) return -EFAULT;
    return string_bytes(*string, bytes);
}

// Copies the strings to *strings and pointers to them, with a null after the last, to `pointers`. There may not be room: a
// string that somebody changes meanwhile is not as long as it was when it was measured.
static int copy_strings(struct program *program, const struct string_list *list, uint32_t pointers,
                        uint32_t *strings) {
    for (uint32_t i = 0; i < list->count; i++, pointers += sizeof pointers) {
        uint32_t string, bytes;
        if (find_string(list, i, &string, &bytes) < 0) return -EFAULT;
        if (page_copy_out(program->space, *strings, (const char *)string, bytes) < 0) return -EFAULT;
        if (page_copy_out(program->space, pointers, strings, sizeof *strings) < 0) return -EFAULT;
        *strings += bytes;
    }
    return 0;  // the null is there: pages begin as zeros
}

// The picture in <peach/abi.h>, from top to bottom.
static int make_stack(struct program *program, struct string_list *arguments, struct string_list *environment) {
    const uint32_t words = 1 + arguments->count + 1 + environment->count + 1;
    uint32_t strings = USER_END - arguments->bytes - environment->bytes;
    program->stack_pointer = (strings - words * sizeof(uint32_t)) & ~15u;
    int error = page_fault_in(program->space, page_round_down(program->stack_pointer), USER_END);
    if (error < 0) return error;
    program->argument_count = arguments->count;
    program->argv = program->stack_pointer + sizeof(uint32_t);
    program->envp = program->argv + (arguments->count + 1) * sizeof(uint32_t);
    page_copy_out(program->space, program->stack_pointer, &arguments->count, sizeof arguments->count);
    program->space->arguments_start = strings;
    error = copy_strings(program, arguments, program->argv, &strings);
    program->space->arguments_end = strings;
    return error < 0 ? error : copy_strings(program, environment, program->envp, &strings);
}

static const char *last_name(const char *path) {
    const char *name = path;
    for (; *path != 0; path++) {
        if (path[0] == '/' && path[1] != 0) name = path + 1;
    }
    return name;
}

static int build(struct program *program, const char *path, uint32_t argv, uint32_t envp) {
    struct script script = {0};
    struct string_list arguments = {.address = argv};
    struct string_list environment = {.address = envp};
    if (!swap_make_reserve()) return -ENOMEM;
    program->space = address_space_create();
    if (program->space == 0) return -ENOMEM;
    program->space->being_made = true;
    program->blocked_signals = current_thread()->blocked_signals;
    copy_name(program->name, last_name(path), sizeof program->name);
    int error = measure(&arguments);
    if (error == 0) error = measure(&environment);
    if (error == 0) error = load_file(program, path, &script);
    if (error == 0 && script.count > 0) {
        put_script_first(&arguments, &script);
        error = load_file(program, script.words[0], 0);
    }
    if (error == 0 && memory_settings.eager) error = load_eagerly(program->space);
    if (error == 0) error = make_stack(program, &arguments, &environment);
    return error;
}

// ---- the exchange ----

// Whoever watches the kernel stops at the first instruction: the process has just got its new name.
__attribute__((noinline)) static void take_over(struct process *p, const struct program *program) {
    struct address_space *old = p->space;
    interrupts_push_off();
    p->space = program->space;
    p->space->being_made = false;
    p->space->pid = p->pid;
    address_space_load(p->space);
    interrupts_pop_off();
    address_space_release(old);

    p->euid = p->saved_uid = program->euid;
    p->egid = p->saved_gid = program->egid;
    p->space->stack_most = min_u32(p->limits[RLIMIT_STACK].rlim_cur, USER_STACK_MAX);
    const uint32_t status = p->trap_frame->status;
    p->has_executed = true;
    p->has_had_threads = false;
    signal_forget_handlers(p);
    *p->trap_frame = (struct trap_frame){
        .epc = program->entry,
        .sp = program->stack_pointer,
        .a0 = program->argument_count,
        .a1 = program->argv,
        .a2 = program->envp,
        .status = status,
        .process = p,
    };
}

static void close_marked_files(struct process *p) {
    for (int i = 0; i < OPEN_MAX; i++) {
        if ((p->close_on_exec & 1u << i) == 0 || p->files[i] == 0) continue;
        file_close(p->files[i]);
        p->files[i] = 0;
    }
    p->close_on_exec = 0;
}

static void become(struct process *p, const struct program *program) {
    copy_name(p->name, program->name, sizeof p->name);
    take_over(p, program);
    close_marked_files(p);
}

// Only the leader is left in the end, whichever thread has called. So another than that leaves what it has built to it, in a
// page, and ends; on its way out, the leader finds the page, and begins anew with it: see process_exit().
int exec(const char *path, uint32_t argv, uint32_t envp) {
    struct process *p = current_process();
    struct program *program = page_allocate_unfilled();
    if (program == 0) return -ENOMEM;
    *program = (struct program){0};
    int error = build(program, path, argv, envp);
    if (error == 0 && !threads_end_others(program)) error = -EINTR;  // the whole process is ending
    if (error == 0) {
        become(p, program);
        error = (int)program->argument_count;  // which goes into a0
    } else if (program->space != 0) {
        address_space_release(program->space);
    }
    page_release(program);
    return error;
}

void exec_as_leader(struct program *program) {
    struct process *p = current_thread();
    p->blocked_signals = program->blocked_signals;
    become(p, program);
    page_release(program);
}
