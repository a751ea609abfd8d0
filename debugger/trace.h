#pragma once
// The event log as trace JSON, the format of Chrome's and Perfetto's timeline viewers
// (https://ui.perfetto.dev).
//
//     "CPUs"         CPU 0           who runs:  | 3 primes |      | 4 spin |      complete events ("X")
//                    CPU 0, kernel   why:                  | timer interrupt |
//     "Processes"    3 primes        its state: | RUNNING  | RUNNABLE         |
//                                    changes:   !          !                      instants ("i"), as
//                                    sentences
//                    4 spin                  from the waker ---> to the woken     flows ("s", "f")
//
// A microsecond there is a cycle here. What is open at the end is drawn up to the end of history.

#include <iosfwd>

#include "debugger/session.h"

namespace peach::debugger {

void write_trace(const Session& session, std::ostream& out);

}  // namespace peach::debugger
