// /proc: files that the kernel makes up when they are read.
//
//     /proc/meminfo ...        one row of system_files each
//     /proc/PID/status ...     one row of process_files each
//
// The number of an inode says what it is: PROC_ROOT, the process's pid, and which row, from 1; row 0 is the directory.
//
//     31     30              8 7      0
//     +------+----------------+--------+
//     |  1   | pid or 0       | row    |
//     +------+----------------+--------+

#include "kernel.h"

#include "file.h"
#include "file_system.h"
#include "memory.h"
#include "process.h"
#include "proc_text.h"

#include <peach/abi.h>

struct proc_file {
    const char *name;
    void (*write)(struct text *text, const struct process_status *process);  // null: a link, to the caller's pid
};

static uint32_t pid_of(uint32_t number) { return (number & ~PROC_ROOT) >> 8; }
static uint32_t row_of(uint32_t number) { return number & 0xFF; }
static uint32_t number_of(uint32_t pid, uint32_t row) { return PROC_ROOT | pid << 8 | row; }

// ---- contents ----

static const char *state_name(const struct process_status *s) {
    static const char *const names[] = {"U (unused)", "E (embryo)", "S (sleeping)", "Q (runnable)", "R (running)", "Z (zombie)"};
    return s->stop_signal != 0 && s->state == SLEEPING ? "T (stopped)" : names[s->state];
}

static const struct process *find_slot(int pid) {
    for (const struct process *p = process_table; p < process_table_end; p++) {
        if (p->state != UNUSED && p->pid == pid) return p;
    }
    return 0;
}

static void write_status(struct text *text, const struct process_status *s) {
    const struct process *p = find_slot(s->pid);
    text_print(text, "Name:\t%s\nState:\t%s\nWhy:\t%s\nPid:\t%u\nPPid:\t%u\nGroup:\t%u\n", s->name, state_name(s),
               s->wait_reason, s->pid, s->parent_pid, s->group);
    if (p != 0) text_print(text, "Uid:\t%u\t%u\nGid:\t%u\t%u\n", p->leader->uid, p->leader->euid, p->leader->gid,
                             p->leader->egid);
    text_print(text, "Memory:\t%u kB\nCpu:\t%u\nSwitches:\t%u\nFaults:\t%u\nSystemCalls:\t%u\n", s->memory_bytes / 1024,
               s->cpu, s->switches, s->faults, s->system_calls);
    text_print(text, "UserCycles:\t");
    text_number(text, s->user_cycles);
    text_print(text, "\nKernelCycles:\t");
    text_number(text, s->run_cycles - s->user_cycles);
    text_print(text, "\n");
}

static void write_process_stat(struct text *text, const struct process_status *s) {
    text_print(text, "%u (%s) %c %u %u ", s->pid, s->name, state_name(s)[0], s->parent_pid, s->group);
    text_number(text, s->run_cycles);
    text_print(text, " %u %u %u %u\n", s->switches, s->faults, s->system_calls, s->memory_bytes);
}

// What the process was called with: each word with its NUL, from its own memory.
static void write_cmdline(struct text *text, const struct process_status *s) {
    const struct process *p = find_slot(s->pid);
    sleep_lock_acquire(&memory_lock);
    struct address_space *space = p == 0 ? 0 : p->space;
    if (space != 0) {
        const uint32_t bytes = space->arguments_end - space->arguments_start;
        const uint32_t room = (uint32_t)(text->end - text->at);
        text->at += page_copy_in(space, space->arguments_start, text->at, min_u32(bytes, room));
    }
    sleep_lock_release(&memory_lock);
}

static void write_range(struct text *text, uint32_t start, uint32_t end, uint32_t permissions, const char *name) {
    if (start >= end) return;
    text_print(text, "%x-%x %c%c%cp %s\n", start, end, permissions & PTE_R ? 'r' : '-', permissions & PTE_W ? 'w' : '-',
               permissions & PTE_X ? 'x' : '-', name);
}

static const struct region *next_region(const struct address_space *space, uint32_t from) {
    const struct region *next = 0;
    for (const struct region *r = space->regions; r < space->regions + space->region_slots; r++) {
        if (r->start != r->end && r->start >= from && (next == 0 || r->start < next->start)) next = r;
    }
    return next;
}

static void write_space(struct text *text, const struct address_space *space, const char *program) {
    bool heap_is_due = true;
    for (const struct region *r = next_region(space, 0); r != 0; r = next_region(space, r->end)) {
        if (heap_is_due && r->start >= space->heap_end) {
            write_range(text, space->heap_start, page_round_up(space->heap_end), PTE_R | PTE_W, "[heap]");
            heap_is_due = false;
        }
        write_range(text, r->start, r->end, r->permissions, r->data_size != 0 ? program : "");
    }
    if (heap_is_due) write_range(text, space->heap_start, page_round_up(space->heap_end), PTE_R | PTE_W, "[heap]");
    write_range(text, space->stack_start, USER_END, PTE_R | PTE_W, "[stack]");
}

// What an address space consists of, from the lowest address on.
static void write_maps(struct text *text, const struct process_status *s) {
    const struct process *p = find_slot(s->pid);
    sleep_lock_acquire(&memory_lock);
    const struct address_space *space = p == 0 ? 0 : p->space;
    if (space != 0) write_space(text, space, s->name);
    sleep_lock_release(&memory_lock);
}

static void write_uptime(struct text *text, const struct process_status *) {
    text_seconds(text, now());
    text_print(text, "\n");
}

static void write_cpuinfo(struct text *text, const struct process_status *) {
    for (int i = 0; i < CPU_MAX; i++) {
        if (cpus[i].scheduler.sp == 0) continue;
        text_print(text, "processor\t: %u\nmodel name\t: Peach-32\ncycles per second\t: %u\n\n", i, CYCLES_PER_SECOND);
    }
}

// A line for each CPU: the cycles in which it worked, and those in which it had nothing to run. Their sum is the time
// since the start; a CPU that is idle as this is read has not counted its present rest yet.
static void write_stat(struct text *text, const struct process_status *) {
    const uint64_t time = now();
    for (int i = 0; i < CPU_MAX; i++) {
        if (cpus[i].scheduler.sp == 0) continue;
        acquire(&process_lock);
        const uint64_t idle = cpus[i].idle_cycles;
        release(&process_lock);
        text_print(text, "cpu%u busy ", i);
        text_number(text, time - idle);
        text_print(text, " idle ");
        text_number(text, idle);
        text_print(text, "\n");
    }
}

static void write_mounts(struct text *text, const struct process_status *) {
    text_print(text, "/dev/disk / peach rw 0 0\nproc /proc proc ro 0 0\n");
}

static void write_meminfo(struct text *text, const struct process_status *) {
    struct memory_status s;
    swap_describe(&s);
    const uint32_t page_kb = PAGE_SIZE / 1024;
    text_print(text, "MemTotal:\t%u kB\nMemFree:\t%u kB\nMemPrograms:\t%u kB\nSwapTotal:\t%u kB\nSwapFree:\t%u kB\n",
               s.frames * page_kb, s.free_frames * page_kb, s.user_frames * page_kb, s.swap_slots * page_kb,
               s.free_swap_slots * page_kb);
}

static void write_files(struct text *text, const struct process_status *) {
    text_print(text, "open files\t%u\ninodes in use\t%u\n", file_count(), inode_count_used());
}

static const struct proc_file system_files[] = {
    {"uptime", write_uptime}, {"cpuinfo", write_cpuinfo}, {"stat", write_stat}, {"meminfo", write_meminfo},
    {"mounts", write_mounts}, {"files", write_files},     {"self", 0},
};

static const struct proc_file process_files[] = {
    {"status", write_status}, {"stat", write_process_stat}, {"cmdline", write_cmdline}, {"maps", write_maps},
};

// ---- processes ----

static bool describe_pid(uint32_t pid, struct process_status *status) {
    for (int slot = 0; slot < PROCESS_COUNT; slot++) {
        if (process_describe(slot, status) == 1 && (uint32_t)status->pid == pid) return true;
    }
    return false;
}

// The row of a number; null for a directory, or if there is none.
static const struct proc_file *file_of_number(uint32_t number) {
    const bool of_process = pid_of(number) != 0;
    const uint32_t count = of_process ? LENGTH(process_files) : LENGTH(system_files);
    const uint32_t row = row_of(number);
    if (row == 0 || row > count) return 0;
    return of_process ? &process_files[row - 1] : &system_files[row - 1];
}

// ---- reading ----

static void write_contents(struct text *text, const struct inode *inode) {
    struct process_status status;
    const struct proc_file *file = file_of_number(inode->number);
    const uint32_t pid = pid_of(inode->number);
    if (file->write == 0) {
        text_print(text, "%u", current_process()->pid);
    } else if (pid == 0 || describe_pid(pid, &status)) {
        file->write(text, &status);
    }
}

static int proc_read(struct inode *inode, void *to, uint32_t offset, uint32_t count) {
    char *page = page_allocate();
    if (page == 0) return -ENOMEM;
    struct text text = {.at = page, .end = page + PAGE_SIZE};
    write_contents(&text, inode);
    const uint32_t length = (uint32_t)(text.at - page);
    count = offset >= length ? 0 : min_u32(count, length - offset);
    memcpy(to, page + offset, count);
    page_release(page);
    return (int)count;
}

// ---- directories ----

static bool parse_pid(const char *name, uint32_t *pid) {
    *pid = 0;
    for (; *name >= '0' && *name <= '9' && *pid < 100000; name++) *pid = *pid * 10 + (uint32_t)(*name - '0');
    return *name == 0 && *pid != 0;
}

static uint32_t find_row(const struct proc_file *files, uint32_t count, const char *name) {
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(files[i].name, name) == 0) return i + 1;
    }
    return 0;
}

static uint32_t proc_find(struct inode *directory, const char *name, uint32_t *) {
    const uint32_t pid = pid_of(directory->number);
    struct process_status status;
    uint32_t found;
    if (strcmp(name, ".") == 0) return directory->number;
    if (strcmp(name, "..") == 0) return pid == 0 ? ROOT_INODE : PROC_ROOT;
    if (pid == 0 && parse_pid(name, &found)) return describe_pid(found, &status) ? number_of(found, 0) : NO_INODE;
    const uint32_t row = pid == 0 ? find_row(system_files, LENGTH(system_files), name)
                                  : find_row(process_files, LENGTH(process_files), name);
    return row == 0 ? NO_INODE : number_of(pid, row);
}

// Entry `n` of a directory: 1, 0 if there is nothing in that place, or -1 behind the last.
//
//     /proc:      .  ..  files...  one for each slot of the process table
//     /proc/PID:  .  ..  files...
static int entry_at(const struct inode *directory, uint32_t n, struct directory_entry *entry) {
    const uint32_t pid = pid_of(directory->number);
    const uint32_t count = pid == 0 ? LENGTH(system_files) : LENGTH(process_files);
    struct process_status status;
    memset(entry, 0, sizeof *entry);
    struct text name = {.at = entry->name, .end = entry->name + FILE_NAME_MAX};
    if (n < 2) {
        entry->inode = n == 0 ? directory->number : pid == 0 ? ROOT_INODE : PROC_ROOT;
        text_print(&name, n == 0 ? "." : "..");
    } else if (n < count + 2) {
        entry->inode = number_of(pid, n - 1);
        text_print(&name, "%s", file_of_number(entry->inode)->name);
    } else {
        const int in_use = pid == 0 ? process_describe((int)(n - count - 2), &status) : -1;
        if (in_use != 1) return in_use < 0 ? -1 : 0;
        entry->inode = number_of((uint32_t)status.pid, 0);
        text_print(&name, "%u", status.pid);
    }
    return 1;
}

static int proc_entries(struct inode *directory, uint32_t *offset, void *to, uint32_t count) {
    struct directory_entry entry;
    uint32_t copied = 0;
    while (copied + sizeof entry <= count) {
        const int found = entry_at(directory, *offset / DIRECTORY_ENTRY_SIZE, &entry);
        if (found < 0) break;
        *offset += DIRECTORY_ENTRY_SIZE;
        if (found == 0) continue;
        memcpy((char *)to + copied, &entry, sizeof entry);
        copied += sizeof entry;
    }
    return (int)copied;
}

static const struct inode_operations proc_operations = {
    .find = proc_find,
    .entries = proc_entries,
    .read = proc_read,
    .device = 2,
    .read_only = true,
};

bool proc_inode_fill(struct inode *inode) {
    const uint32_t pid = pid_of(inode->number);
    const struct proc_file *file = file_of_number(inode->number);
    struct process_status status;
    if (pid != 0 && !describe_pid(pid, &status)) return false;
    if (file == 0 && row_of(inode->number) != 0) return false;
    const bool is_link = file != 0 && file->write == 0;
    const uint32_t mode = file == 0 ? FILE_TYPE_DIRECTORY | 0555 : is_link ? FILE_TYPE_LINK | 0777 : FILE_TYPE_REGULAR | 0444;
    inode->operations = &proc_operations;
    inode->disk = (struct disk_inode){.mode = (uint16_t)mode, .links = file == 0 ? 2 : 1};
    if (is_link) {
        char digits[12];
        struct text text = {.at = digits, .end = digits + sizeof digits};
        text_print(&text, "%u", current_process()->pid);
        inode->disk.size = (uint32_t)(text.at - digits);
    }
    return true;
}
