// The console: characters out at once; characters in through line editing.
//
// Typed characters wait in a ring until a program reads them. On a terminal a line belongs to the person who types
// it until Return, and so can be changed:
//
//     input:   l s \n e c h o   h
//              ^taken ^committed  ^edited        taken .. committed: programs may read this
//                                                committed .. edited: the line being typed
//
//     Backspace  takes back a character     ^W  a word     ^U  the line
//     ^D         ends the input for the reader, or hands over the unfinished line
//     ^C ^\ ^Z   drop the line and send SIGINT, SIGQUIT, SIGTSTP to the terminal's foreground group
//
// A program can change these keys, and turn echo, editing and signals off: see terminal.h. If switch 2 of the front
// panel says "plain bytes", there is none of all this, and the end of input is the device's.

#include "kernel.h"

#include "file.h"
#include "process.h"
#include "terminal.h"
#include "trap.h"

#include <peach/abi.h>
#include <peach/poll.h>

#define INPUT_SIZE 1024  // a power of 2

#define CONTROL(letter) ((letter) - '@')

#define CYCLES_PER_TENTH (CYCLES_PER_SECOND / 10)

// terminal.lock guards this.
static struct {
    char input[INPUT_SIZE];
    uint32_t taken;      // these three count characters since the start; modulo INPUT_SIZE they are places in input
    uint32_t committed;
    uint32_t edited;
    bool line_closed;    // the interrupt line is, until there is room
    bool ended;          // there will be no more
    uint64_t typed_cycle;  // when the last character came
} console;

static bool is_set(uint32_t local_flag) { return (terminal.settings.c_lflag & local_flag) != 0; }

static bool is_key(int which, char c) { return c != 0 && terminal.settings.c_cc[which] == (unsigned char)c; }

void console_put(char c) { device_write(CONSOLE_DATA, (uint8_t)c); }

// ---- typing ----

static bool is_full(void) { return console.edited - console.taken == INPUT_SIZE; }

static void commit(void) {
    console.committed = console.edited;
    console.typed_cycle = now();
    wakeup(&console, "console input");
    poll_wakeup();
}

static void append(char c) {
    if (!is_full()) console.input[console.edited++ % INPUT_SIZE] = c;
}

static char last_edited(void) { return console.input[(console.edited - 1) % INPUT_SIZE]; }

// Control characters are shown as ^A to ^_.
static bool is_control(char c) { return (uint8_t)c < ' ' && c != '\t' && c != '\n'; }

static void echo(char c) {
    if (is_control(c)) {
        console_put('^');
        c += '@';
    }
    console_put(c);
}

static bool take_back(void) {
    if (console.edited == console.committed) return false;
    const int columns = !is_set(ECHO) ? 0 : is_control(last_edited()) ? 2 : 1;
    console.edited--;
    for (int i = 0; i < columns; i++) {
        for (const char *c = "\b \b"; *c != 0; c++) console_put(*c);
    }
    return true;
}

static void take_back_word(void) {
    while (console.edited != console.committed && last_edited() == ' ') take_back();
    while (console.edited != console.committed && last_edited() != ' ') take_back();
}

static void take_back_line(void) {
    while (take_back()) {
    }
}

// ^C and its like.
static bool type_signal(char c) {
    const int signal = is_key(VINTR, c) ? SIGINT : is_key(VQUIT, c) ? SIGQUIT : is_key(VSUSP, c) ? SIGTSTP : 0;
    if (signal == 0) return false;
    if (is_set(ECHO)) {
        echo(c);
        console_put('\n');
    }
    console.edited = console.committed;
    process_signal_group(terminal.foreground, signal);
    wakeup(&console, "a signal key was typed");
    return true;
}

// A full ring keeps one place for the end of the line.
static void type_ordinary(char c) {
    if (console.edited - console.taken >= INPUT_SIZE - 1) return;
    if (is_set(ECHO)) echo(c);
    append(c);
}

static bool ends_line(char c) { return c == '\n' || is_key(VEOL, c); }

static void type_into_line(char c) {
    if (is_key(VERASE, c) || c == '\b') {
        take_back();
    } else if (is_key(VKILL, c)) {
        take_back_line();
    } else if (is_key(VWERASE, c)) {
        take_back_word();
    } else if (is_key(VEOF, c)) {
        if (console.edited == console.committed) append(c);  // else it only hands the line over
        commit();
    } else if (ends_line(c)) {
        if (is_set(ECHO) || (c == '\n' && is_set(ECHONL))) echo(c);
        append(c);
        commit();
    } else {
        type_ordinary(c);
    }
}

static void type(char c) {
    if (c == '\r' && (terminal.settings.c_iflag & IGNCR)) return;
    if (c == '\r' && (terminal.settings.c_iflag & ICRNL)) c = '\n';
    if (is_set(ISIG) && type_signal(c)) return;
    if (is_set(ICANON)) {
        type_into_line(c);
        return;
    }
    if (is_set(ECHO)) console_put(c);
    append(c);
    commit();
}

void console_forget_input(void) { console.taken = console.edited = console.committed; }

void console_commit_input(void) { commit(); }

static bool has_character(void) { return device_read(CONSOLE_STATUS) & CONSOLE_STATUS_CHARACTER; }

static void take_plain_bytes(void) {
    while (!is_full() && has_character()) append((char)device_read(CONSOLE_DATA));
    commit();
}

static void take_typed_characters(void) {
    while (has_character()) type((char)device_read(CONSOLE_DATA));
}

// The device keeps its line raised while a character is left, or the input has ended: a line that we cannot satisfy
// must be closed.
static void close_line_if_stuck(void) {
    const uint32_t status = device_read(CONSOLE_STATUS);
    if (status == 0) return;
    console.line_closed = true;
    interrupt_line_disable(INTERRUPT_CONSOLE);
    if ((status & CONSOLE_STATUS_ENDED) == 0) return;
    console.ended = true;
    commit();
}

void console_interrupt(void) {
    acquire(&terminal.lock);
    if (console_is_plain()) {
        take_plain_bytes();
    } else {
        take_typed_characters();
    }
    close_line_if_stuck();
    release(&terminal.lock);
}

// CPU 0 answers the console, and only it can open its line; a reader on any CPU asks it to.
static void ask_for_open_line(void) {
    if (!console.line_closed || console.ended) return;
    console.line_closed = false;
    interrupt_cpus(1u << 0);
}

void console_open_line(void) {
    if (!console.line_closed) interrupt_line_enable(INTERRUPT_CONSOLE);
}

// ---- for programs ----

// Is it read line by line?
static bool has_lines(void) { return is_set(ICANON) && !console_is_plain(); }

// Copies at most a line. At ^D it stops: with nothing copied, that is the end of the file.
static uint32_t take_line(char *to, uint32_t count) {
    uint32_t copied = 0;
    while (copied < count && console.taken != console.committed) {
        const char c = console.input[console.taken % INPUT_SIZE];
        if (is_key(VEOF, c)) {
            if (copied == 0) console.taken++;  // else the next read meets it
            break;
        }
        console.taken++;
        to[copied++] = c;
        if (ends_line(c)) break;
    }
    return copied;
}

static uint32_t take_characters(char *to, uint32_t count) {
    uint32_t copied = 0;
    while (copied < count && console.taken != console.committed) to[copied++] = console.input[console.taken++ % INPUT_SIZE];
    return copied;
}

bool console_has_input(uint32_t count) {
    const bool all_at_once = has_lines() || console_is_plain();
    const uint32_t wanted = all_at_once ? 1 : min_u32(count, terminal.settings.c_cc[VMIN]);
    return console.ended || console.committed - console.taken >= wanted;
}

// Until which cycle a read that began then waits. With VMIN 0, VTIME is for the whole read; otherwise it begins anew with
// each character.
static uint64_t patience(uint64_t began) {
    const unsigned char *control = terminal.settings.c_cc;
    const uint64_t time = control[VTIME] * CYCLES_PER_TENTH;
    if (has_lines() || console_is_plain()) return NEVER;
    if (control[VMIN] == 0) return began + time;
    return time == 0 || console.committed == console.taken ? NEVER : console.typed_cycle + time;
}

// Returns when there is something, or patience has ended; -EINTR, or -EIO for one in the background.
static int wait_for_input(const struct file *file, uint32_t count) {
    const uint64_t began = now();
    for (bool undisturbed = true;;) {
        release(&terminal.lock);
        const int error = terminal_wait_for_foreground(SIGTTIN);
        acquire(&terminal.lock);
        if (error < 0) return error;
        if (console.committed != console.taken && console_has_input(count)) return 0;
        const uint64_t limit = patience(began);
        if (console.ended || now() >= limit) return 0;
        if (file->flags & O_NONBLOCK) return -EAGAIN;
        if (!undisturbed) return -EINTR;
        undisturbed = sleep_interruptible_until(&console, &terminal.lock, limit, "waiting for console input");
    }
}

static int console_read(struct file *file, void *buffer, uint32_t count) {
    acquire(&terminal.lock);
    int result = wait_for_input(file, count);
    if (result == 0) {
        result = (int)(has_lines() ? take_line(buffer, count) : take_characters(buffer, count));
        ask_for_open_line();
    }
    release(&terminal.lock);
    return result;
}

// In pieces, so that interrupts never stay off for long.
static int console_write(struct file *, const void *buffer, uint32_t count) {
    const char *text = buffer;
    if (is_set(TOSTOP)) {
        const int error = terminal_wait_for_foreground(SIGTTOU);
        if (error < 0) return error;
    }
    for (uint32_t done = 0; done < count;) {
        acquire(&terminal.lock);
        for (int piece = 0; piece < 128 && done < count; piece++) console_put(text[done++]);
        release(&terminal.lock);
    }
    return (int)count;
}

static uint32_t console_poll(struct file *) {
    acquire(&terminal.lock);
    const bool has_input = console.ended || (console.committed != console.taken && console_has_input(1));
    release(&terminal.lock);
    return POLLOUT | (has_input ? POLLIN : 0);
}

const struct file_operations console_operations = {
    .read = console_read,
    .write = console_write,
    .poll = console_poll,
};
