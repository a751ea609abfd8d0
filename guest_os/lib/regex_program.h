#pragma once
// What a regular expression becomes: a program for a machine that is in many places at once. It reads the text once, character
// by character, and each place of the program that a character leads on from moves on. So no pattern takes longer than the
// length of the text times that of the program.
//
//     a*b|c      0: SPLIT 6      go on at both, the next and number 0 + 6
//                1: SPLIT 3
//                2: ONE a
//                3: JUMP -2
//                4: ONE b
//                5: JUMP 2
//                6: ONE c
//                7: FOUND

#include <regex.h>

enum regex_operation {
    ONE,  // value: the character
    ANY,
    SET,  // value: which of the sets, which have a bit for each character
    LINE_BEGIN,
    LINE_END,
    GROUP_BEGIN,  // value: the group, from 1
    GROUP_END,
    SAME_AS_GROUP,  // what the group has matched, once more
    SPLIT,          // value: how far to jump
    JUMP,
    FOUND,
};

struct __regex_instruction {
    enum regex_operation operation;
    int value;
};
