#pragma once
// How the terminal treats what is typed, shared by kernel and libc. Names and values are those of Unix.

#define NCCS 12

struct termios {
    unsigned c_iflag;
    unsigned c_oflag;
    unsigned c_cflag;
    unsigned c_lflag;
    unsigned char c_cc[NCCS];  // the special characters; 0: there is none
};

// c_iflag
#define IGNCR 0x0080  // Return is not a character
#define ICRNL 0x0100  // Return is read as a new line

// c_oflag: the console returns its carriage at a new line by itself
#define OPOST 0x0001
#define ONLCR 0x0004

// c_cflag
#define CREAD 0x0080
#define CS8 0x0030

// c_lflag
#define ISIG 0x0001    // VINTR, VQUIT and VSUSP send signals
#define ICANON 0x0002  // a line is read whole, and can be edited before; without it, character by character
#define ECHO 0x0008    // what is typed is shown
#define ECHOE 0x0010   // and what is erased disappears
#define ECHOK 0x0020
#define ECHONL 0x0040  // the new line is shown even without ECHO
#define TOSTOP 0x0100  // SIGTTOU for a background process that writes
#define IEXTEN 0x8000

// Kept, and without effect: there is no wire on which a character could be broken.
#define IGNBRK 0x0001
#define BRKINT 0x0002
#define PARMRK 0x0008
#define INPCK 0x0010
#define ISTRIP 0x0020
#define INLCR 0x0040
#define IXON 0x0400
#define IXOFF 0x1000
#define CSIZE 0x0030
#define CSTOPB 0x0040
#define PARENB 0x0100
#define CLOCAL 0x0800
#define NOFLSH 0x0080

// c_cc
#define VINTR 0   // ^C: SIGINT
#define VQUIT 1   // ^backslash: SIGQUIT
#define VERASE 2  // Backspace: takes back a character (so does ^H)
#define VKILL 3   // ^U: takes back the line
#define VEOF 4    // ^D: ends the input, or hands over the unfinished line
#define VTIME 5   // without ICANON: if VMIN is 0, how many tenths of a second a read waits for a character
#define VMIN 6    // without ICANON: how many characters a read waits for
#define VSTART 7
#define VSTOP 8
#define VSUSP 9  // ^Z: SIGTSTP
#define VEOL 10    // ends a line as Return does, and is part of it
#define VWERASE 11  // ^W: takes back a word

// When tcsetattr() changes it. Output never waits here, so that the first two are the same.
#define TCSANOW 0
#define TCSADRAIN 1
#define TCSAFLUSH 2  // what was typed and not read is forgotten

struct winsize {
    unsigned short ws_row;
    unsigned short ws_col;
    unsigned short ws_xpixel;
    unsigned short ws_ypixel;
};
