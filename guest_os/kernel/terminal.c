// Whose terminal is it, and how is it set?

#include "kernel.h"

#include "terminal.h"

#include "file.h"
#include "memory.h"
#include "process.h"
#include "system_call.h"
#include "trap.h"

#define CONTROL(letter) ((letter) - '@')

struct terminal terminal = {
    .lock = {.name = "terminal"},
    .settings =
        {
            .c_iflag = ICRNL,
            .c_oflag = OPOST | ONLCR,
            .c_cflag = CREAD | CS8,
            .c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN,
            .c_cc = {[VINTR] = CONTROL('C'), [VQUIT] = CONTROL('\\'), [VERASE] = 0x7F, [VKILL] = CONTROL('U'),
                     [VEOF] = CONTROL('D'), [VMIN] = 1, [VSUSP] = CONTROL('Z'), [VWERASE] = CONTROL('W')},
        },
    .size = {.ws_row = 24, .ws_col = 80},
};

// ---- the session that has it ----

void terminal_opened(void) {
    const struct process *p = current_process();
    acquire(&terminal.lock);
    if (terminal.session == 0 && p->session == p->pid && !console_is_plain()) {
        terminal.session = p->session;
        terminal.foreground = p->group;
    }
    release(&terminal.lock);
}

bool terminal_is_of(int session) { return session != 0 && terminal.session == session; }

// When the one who logged in is gone, the terminal is free for the next.
void terminal_leave(const struct process *p) {
    acquire(&terminal.lock);
    const bool is_over = p->session == p->pid && terminal.session == p->session;
    const int foreground = terminal.foreground;
    if (is_over) terminal.session = terminal.foreground = 0;
    release(&terminal.lock);
    if (!is_over) return;
    process_signal_group(foreground, SIGHUP);
    process_signal_group(foreground, SIGCONT);
}

static bool is_in_background(const struct process *p) {
    acquire(&terminal.lock);
    const bool is = p->session == terminal.session && p->group != terminal.foreground && !console_is_plain();
    release(&terminal.lock);
    return is;
}

// One who ignores or blocks SIGTTOU may write; one who ignores or blocks SIGTTIN cannot read all the same.
int terminal_wait_for_foreground(int signal) {
    struct process *p = current_process();
    while (is_in_background(p)) {
        acquire(&process_lock);
        const bool refuses = signal_is_ignored_or_blocked(current_thread(), signal);
        const bool is_orphaned = group_is_orphaned(p->group);
        release(&process_lock);
        if (signal == SIGTTOU && refuses) return 0;
        if (refuses || is_orphaned) return -EIO;
        process_signal_group(p->group, signal);
        acquire(&process_lock);
        const bool must_give_up = signal_wants_out(current_thread());
        release(&process_lock);
        if (must_give_up) return -EINTR;
    }
    return 0;
}

// ---- system calls ----

static int check_terminal(uint32_t descriptor) {
    const struct file *file = descriptor < OPEN_MAX ? current_process()->files[descriptor] : 0;
    if (file == 0) return -EBADF;
    return file->operations == &console_operations && !console_is_plain() ? 0 : -ENOTTY;
}

static int check_own_terminal(uint32_t descriptor) {
    const int error = check_terminal(descriptor);
    if (error < 0) return error;
    return terminal.session != 0 && terminal.session == current_process()->session ? 0 : -ENOTTY;
}

int system_tcsetpgrp(const uint32_t *argument) {
    const int group = (int)argument[1];
    int error = check_own_terminal(argument[0]);
    if (error == 0 && group <= 0) error = -EINVAL;
    if (error == 0 && !group_is_in_session(group, current_process()->session)) error = -EPERM;
    if (error == 0) error = terminal_wait_for_foreground(SIGTTOU);
    if (error < 0) return error;
    acquire(&terminal.lock);
    terminal.foreground = group;
    release(&terminal.lock);
    return 0;
}

int system_tcgetpgrp(const uint32_t *argument) {
    const int error = check_own_terminal(argument[0]);
    return error < 0 ? error : terminal.foreground;
}

int system_tcgetattr(const uint32_t *argument) {
    struct termios settings;
    const int error = check_terminal(argument[0]);
    if (error < 0) return error;
    if (user_check(argument[1], sizeof settings, ACCESS_WRITE) < 0) return -EFAULT;
    acquire(&terminal.lock);
    settings = terminal.settings;
    release(&terminal.lock);
    memcpy((void *)argument[1], &settings, sizeof settings);
    return 0;
}

int system_tcsetattr(const uint32_t *argument) {
    struct termios settings;
    int error = check_terminal(argument[0]);
    if (error < 0) return error;
    if (argument[1] > TCSAFLUSH) return -EINVAL;
    if (user_check(argument[2], sizeof settings, ACCESS_READ) < 0) return -EFAULT;
    memcpy(&settings, (const void *)argument[2], sizeof settings);
    error = terminal_wait_for_foreground(SIGTTOU);
    if (error < 0) return error;
    acquire(&terminal.lock);
    if (argument[1] == TCSAFLUSH) console_forget_input();
    if ((settings.c_lflag & ICANON) == 0) console_commit_input();
    terminal.settings = settings;
    release(&terminal.lock);
    return 0;
}

// Either pointer may be null.
int system_window_size(const uint32_t *argument) {
    struct winsize size, old;
    const int error = check_terminal(argument[0]);
    if (error < 0) return error;
    if (argument[1] != 0 && user_check(argument[1], sizeof size, ACCESS_READ) < 0) return -EFAULT;
    if (argument[2] != 0 && user_check(argument[2], sizeof old, ACCESS_WRITE) < 0) return -EFAULT;
    if (argument[1] != 0) memcpy(&size, (const void *)argument[1], sizeof size);
    acquire(&terminal.lock);
    old = terminal.size;
    if (argument[1] != 0) terminal.size = size;
    const int foreground = terminal.foreground;
    release(&terminal.lock);
    if (argument[2] != 0) memcpy((void *)argument[2], &old, sizeof old);
    if (argument[1] != 0 && memcmp(&size, &old, sizeof size) != 0) process_signal_group(foreground, SIGWINCH);
    return 0;
}
