#pragma once
// Signals by name, for kill and for the shell.

int signal_of_name(const char *name);    // "KILL", "SIGKILL", "9"; -1 if there is no such signal
const char *name_of_signal(int signal);  // "KILL"; its number in digits if it has no name
void list_signals(const char *which);    // all; or the name of a number, or of the signal in an exit status
