// Passwords are not kept, only what a one-way function makes of them: here the one that Unix systems call $5$, SHA-256 in
// many rounds with a salt, so that guessing is slow and two users with one password have different hashes.

#include "sha256.h"

#include <crypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SALT = 16, DEFAULT_ROUNDS = 5000, LEAST_ROUNDS = 1000, MOST_ROUNDS = 999999, MOST_PASSWORD = 128 };

struct words {
    const char *password, *salt;
    size_t password_length, salt_length;
    uint8_t from_password[MOST_PASSWORD];  // as long as the password
    uint8_t from_salt[MOST_SALT];          // as long as the salt
};

// Repeats the hash until it has the length.
static void add_repeated(struct sha256 *hash, const uint8_t bytes[SHA256_BYTES], size_t length) {
    for (; length > SHA256_BYTES; length -= SHA256_BYTES) __sha256_add(hash, bytes, SHA256_BYTES);
    __sha256_add(hash, bytes, length);
}

static void repeat(uint8_t *to, const uint8_t bytes[SHA256_BYTES], size_t length) {
    for (size_t i = 0; i < length; ++i) to[i] = bytes[i % SHA256_BYTES];
}

static void first_hash(const struct words *w, uint8_t result[SHA256_BYTES]) {
    struct sha256 hash;
    uint8_t inner[SHA256_BYTES];
    __sha256_begin(&hash);
    __sha256_add(&hash, w->password, w->password_length);
    __sha256_add(&hash, w->salt, w->salt_length);
    __sha256_add(&hash, w->password, w->password_length);
    __sha256_end(&hash, inner);

    __sha256_begin(&hash);
    __sha256_add(&hash, w->password, w->password_length);
    __sha256_add(&hash, w->salt, w->salt_length);
    add_repeated(&hash, inner, w->password_length);
    for (size_t bits = w->password_length; bits > 0; bits >>= 1) {
        if (bits & 1) __sha256_add(&hash, inner, SHA256_BYTES);
        else __sha256_add(&hash, w->password, w->password_length);
    }
    __sha256_end(&hash, result);
}

static void prepare(struct words *w, const uint8_t first[SHA256_BYTES]) {
    struct sha256 hash;
    uint8_t bytes[SHA256_BYTES];
    __sha256_begin(&hash);
    for (size_t i = 0; i < w->password_length; ++i) __sha256_add(&hash, w->password, w->password_length);
    __sha256_end(&hash, bytes);
    repeat(w->from_password, bytes, w->password_length);

    __sha256_begin(&hash);
    for (unsigned i = 0; i < 16u + first[0]; ++i) __sha256_add(&hash, w->salt, w->salt_length);
    __sha256_end(&hash, bytes);
    repeat(w->from_salt, bytes, w->salt_length);
}

static void one_round(const struct words *w, unsigned number, uint8_t bytes[SHA256_BYTES]) {
    struct sha256 hash;
    __sha256_begin(&hash);
    if (number % 2) __sha256_add(&hash, w->from_password, w->password_length);
    else __sha256_add(&hash, bytes, SHA256_BYTES);
    if (number % 3) __sha256_add(&hash, w->from_salt, w->salt_length);
    if (number % 7) __sha256_add(&hash, w->from_password, w->password_length);
    if (number % 2) __sha256_add(&hash, bytes, SHA256_BYTES);
    else __sha256_add(&hash, w->from_password, w->password_length);
    __sha256_end(&hash, bytes);
}

static char *write_digits(char *to, unsigned value, int count) {
    static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (; count > 0; --count, value >>= 6) *to++ = digits[value & 63];
    return to;
}

// Three bytes become four digits, in the order that tradition wants.
static void write_hash(char *to, const uint8_t bytes[SHA256_BYTES]) {
    for (int i = 0, a = 0, b = 10, c = 20; i < 10; ++i) {
        to = write_digits(to, (unsigned)bytes[a] << 16 | (unsigned)bytes[b] << 8 | bytes[c], 4);
        const int next = (a + 21) % 30;
        b = (b + 21) % 30;
        c = (c + 21) % 30;
        a = next;
    }
    to = write_digits(to, (unsigned)bytes[31] << 8 | bytes[30], 3);
    *to = '\0';
}

char *crypt(const char *password, const char *setting) {
    static char result[128];
    struct words w = {.password = password, .password_length = strlen(password)};
    if (strncmp(setting, "$5$", 3) != 0 || w.password_length > MOST_PASSWORD) return NULL;
    unsigned rounds = DEFAULT_ROUNDS;
    const char *at = setting + 3;
    char prefix[24] = "$5$";
    if (strncmp(at, "rounds=", 7) == 0) {
        char *end;
        rounds = (unsigned)strtoul(at + 7, &end, 10);
        if (*end != '$') return NULL;
        at = end + 1;
        if (rounds < LEAST_ROUNDS) rounds = LEAST_ROUNDS;
        if (rounds > MOST_ROUNDS) rounds = MOST_ROUNDS;
        sprintf(prefix, "$5$rounds=%u$", rounds);
    }
    w.salt = at;
    w.salt_length = strcspn(at, "$");
    if (w.salt_length > MOST_SALT) w.salt_length = MOST_SALT;

    uint8_t bytes[SHA256_BYTES];
    first_hash(&w, bytes);
    prepare(&w, bytes);
    for (unsigned i = 0; i < rounds; ++i) one_round(&w, i, bytes);
    const int length = sprintf(result, "%s%.*s$", prefix, (int)w.salt_length, w.salt);
    write_hash(result + length, bytes);
    return result;
}
