#pragma once

extern unsigned error_message_count;

// "program: message" on standard error, with ": " and the words for errno's value `number` behind it if that is not 0.
// Ends the program if the status is not 0.
void error(int status, int number, const char *format, ...) __attribute__((format(printf, 3, 4)));
