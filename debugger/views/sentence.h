#pragma once
// What last happened, in a sentence, for the status line and the event list.

#include <optional>
#include <string>

#include "debugger/session.h"
#include "debugger/views/table.h"

namespace peach::debugger {

// "timer interrupt: 3 primes used up its time slice; 4 spin runs now"
std::string what_happened(const Session& session);
// "3 primes, user mode" or "kernel, for 3 primes: system call read"
std::string where_it_stands(const Session& session, unsigned cpu);
// One transition: "3 primes: RUNNING to RUNNABLE, time slice used up (timer interrupt)".
std::string describe(const Session& session, const Transition& transition);
// What made it happen: "woken by 4 cat", "timer interrupt"; empty if that is not known.
std::string cause_text(const Session& session, const Transition& transition);
// A value of the cause register in words: "timer interrupt", "system call read", "load page fault at 0x10".
// `detail`: the system call's number, or the address that is complained about; nothing if it is not known.
std::string describe_cause(const Session& session, uint32_t cause, std::optional<uint32_t> detail = {});
// "3 primes": by the name that it had at that moment.
std::string process_text(const Session& session, uint32_t process, uint64_t cycle);
Table events_table(const Session& session);  // the last transitions up to the cursor

}  // namespace peach::debugger
