// The console: characters out at once; characters in through line editing.
//
// Typed characters wait in a ring until a program reads them. On a terminal a line belongs to the person who types
// it until Return, and so can be changed:
//
//     input:   l s \n e c h o   h
//              ^taken ^committed  ^edited        taken .. committed: programs may read this
//                                                committed .. edited: the line being typed
//
//     Backspace  takes back a character     ^U  takes back the line
//     ^D         ends the input for the reader, or hands over the unfinished line
//     ^C         drops the line and sends SIGINT to the terminal's foreground group; one of it that ignores the
//                signal and waits for a line (a shell) gets EINTR, so that it can ask anew
//
// If switch 2 of the front panel says "plain bytes", there is no echo and no editing, and the end of input is the
// device's.

#include "kernel.h"

#include "file.h"
#include "process.h"
#include "trap.h"

#include <peach/signal.h>

#define INPUT_SIZE 1024  // a power of 2

#define CONTROL(letter) ((letter) - '@')
#define DELETE 0x7F

#define STATUS_CHARACTER 1  // bits of the device's status register
#define STATUS_ENDED 2

static struct {
    struct spinlock lock;  // guards the rest
    char input[INPUT_SIZE];
    uint32_t taken;      // these three count characters since the start; modulo INPUT_SIZE they are places in input
    uint32_t committed;
    uint32_t edited;
    bool line_closed;    // the interrupt line is, until there is room
    bool ended;          // there will be no more
    uint32_t interrupts; // how often ^C was typed
    int foreground;      // the process group that ^C is for
} console = {.lock = {.name = "console"}};

void console_put(char c) { device_write(CONSOLE_DATA, (uint8_t)c); }

// ---- typing ----

static bool is_full(void) { return console.edited - console.taken == INPUT_SIZE; }

static void commit(void) {
    console.committed = console.edited;
    wakeup(&console, "console input");
}

static void append(char c) {
    if (!is_full()) console.input[console.edited++ % INPUT_SIZE] = c;
}

static bool take_back(void) {
    if (console.edited == console.committed) return false;
    console.edited--;
    console_put('\b');
    console_put(' ');
    console_put('\b');
    return true;
}

static void interrupt_key(void) {
    console_put('^');
    console_put('C');
    console_put('\n');
    console.edited = console.committed;
    console.interrupts++;
    process_signal_group(console.foreground, SIGINT);
    wakeup(&console, "^C was typed");
}

// A full ring keeps one place for the end of the line.
static void type_ordinary(char c) {
    if ((uint8_t)c < ' ' && c != '\t') return;
    if (console.edited - console.taken >= INPUT_SIZE - 1) return;
    console_put(c);
    append(c);
}

static void type(char c) {
    switch (c) {
        case '\b':
        case DELETE: take_back(); break;
        case CONTROL('U'):
            while (take_back()) {
            }
            break;
        case CONTROL('C'): interrupt_key(); break;
        case CONTROL('D'):
            if (console.edited == console.committed) append(c);  // else it only hands the line over
            commit();
            break;
        case '\r':
        case '\n':
            console_put('\n');
            append('\n');
            commit();
            break;
        default: type_ordinary(c);
    }
}

static void take_plain_bytes(void) {
    while (!is_full() && (device_read(CONSOLE_STATUS) & STATUS_CHARACTER)) append((char)device_read(CONSOLE_DATA));
    commit();
}

static void take_typed_characters(void) {
    while (device_read(CONSOLE_STATUS) & STATUS_CHARACTER) type((char)device_read(CONSOLE_DATA));
}

// The device keeps its line raised while a character is left, or the input has ended: a line that we cannot satisfy
// must be closed.
static void close_line_if_stuck(void) {
    const uint32_t status = device_read(CONSOLE_STATUS);
    if (status == 0) return;
    console.line_closed = true;
    interrupt_line_disable(INTERRUPT_CONSOLE);
    if ((status & STATUS_ENDED) == 0) return;
    console.ended = true;
    commit();
}

void console_interrupt(void) {
    acquire(&console.lock);
    if (console_is_plain()) {
        take_plain_bytes();
    } else {
        take_typed_characters();
    }
    close_line_if_stuck();
    release(&console.lock);
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

// Copies at most a line. At ^D it stops: with nothing copied, that is the end of the file.
static uint32_t take_line(char *to, uint32_t count) {
    const bool plain = console_is_plain();
    uint32_t copied = 0;
    while (copied < count && console.taken != console.committed) {
        const char c = console.input[console.taken % INPUT_SIZE];
        if (c == CONTROL('D') && !plain) {
            if (copied == 0) console.taken++;  // else the next read meets it
            break;
        }
        console.taken++;
        to[copied++] = c;
        if (c == '\n') break;
    }
    return copied;
}

int console_read(void *buffer, uint32_t count) {
    acquire(&console.lock);
    const uint32_t interrupts = console.interrupts;
    while (console.taken == console.committed && !console.ended) {
        const bool interrupted = console.interrupts != interrupts && current_process()->group == console.foreground;
        if (interrupted || current_process()->killed_by != 0) {
            release(&console.lock);
            return -EINTR;
        }
        sleep(&console, &console.lock, "waiting for console input");
    }
    const uint32_t copied = take_line(buffer, count);
    ask_for_open_line();
    release(&console.lock);
    return (int)copied;
}

// In pieces, so that interrupts never stay off for long.
int console_write(const void *buffer, uint32_t count) {
    const char *text = buffer;
    for (uint32_t done = 0; done < count;) {
        acquire(&console.lock);
        for (int piece = 0; piece < 128 && done < count; piece++) console_put(text[done++]);
        release(&console.lock);
    }
    return (int)count;
}

void console_set_foreground(int group) { console.foreground = group; }

int console_foreground(void) { return console.foreground; }
