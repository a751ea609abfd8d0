#pragma once
// The host terminal while a guest uses it: every key goes to the guest, and the terminal is given back as it
// was on every way out: return, exit(), a signal that ends the process, a crash. While the process is
// stopped, it is as it was, too.

#include <string>

namespace peach::cli {

// The key that leaves an interactive run; everything else, ^C included, belongs to the guest. Ctrl+], as in
// telnet.
inline constexpr char kLeaveKey = 0x1D;

// While one lives, standard input delivers keys one by one, unechoed. At most one lives at a time: the
// terminal is one per process.
class RawTerminal {
  public:
    RawTerminal();  // does nothing if standard input is no terminal
    ~RawTerminal();
    RawTerminal(const RawTerminal&) = delete;
    RawTerminal& operator=(const RawTerminal&) = delete;
};

// True once SIGTERM, SIGHUP or SIGINT asked this process to end; the handlers only note it. Installed by
// watch_for_end().
void watch_for_end();
bool end_requested();
int end_signal();

// What has arrived on standard input.
struct InputChunk {
    std::string bytes;
    bool ended = false;  // end of file
};

// Waits up to `timeout_milliseconds` (0: just looks) for input and takes what is there.
InputChunk read_standard_input(int timeout_milliseconds);

// Writes everything to standard output; false if nobody reads it any more.
bool write_standard_output(const std::string& bytes);

}  // namespace peach::cli
