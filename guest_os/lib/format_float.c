#include "format_float.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "decimal.h"

enum { MOST_PLACES = 1100 };  // behind the point; a double has 1,074 at most

struct writer {
    char *text;
    int length;
    int zeros, zeros_at;
};

static void put(struct writer *w, char c) { w->text[w->length++] = c; }

static void put_exponent(struct writer *w, char letter, int exponent, int least_digits) {
    char digits[8];
    int count = 0;
    put(w, letter);
    put(w, exponent < 0 ? '-' : '+');
    unsigned rest = exponent < 0 ? -(unsigned)exponent : (unsigned)exponent;
    for (; rest != 0 || count < least_digits; rest /= 10) digits[count++] = (char)('0' + rest % 10);
    while (count > 0) put(w, digits[--count]);
}

// Digits from the power of ten `power` on: one or more in front of the point, `places` behind it.
static void put_digits(struct writer *w, const struct decimal *d, int power, int point_power, int places, bool point) {
    for (; power >= point_power; --power) put(w, (char)('0' + __decimal_digit(d, power)));
    if (places > 0 || point) put(w, '.');
    const int shown = places < MOST_PLACES ? places : MOST_PLACES;
    for (int i = 0; i < shown; ++i) put(w, (char)('0' + __decimal_digit(d, power--)));
    w->zeros = places - shown;
    w->zeros_at = w->length;
}

static void put_fixed(struct writer *w, struct decimal *d, int places, bool point) {
    __decimal_round(d, -places);
    const int exponent = __decimal_exponent(d);
    put_digits(w, d, exponent > 0 ? exponent : 0, 0, places, point);
}

static void put_scientific(struct writer *w, struct decimal *d, int places, bool point, char letter) {
    __decimal_round(d, __decimal_exponent(d) - places);
    const int exponent = __decimal_exponent(d);
    put_digits(w, d, exponent, exponent, places, point);
    put_exponent(w, letter, exponent, 2);
}

// %g: as many significant digits as the precision says, in the shorter of the two ways, without zeros at the end.
static void put_general(struct writer *w, struct decimal *d, int precision, bool alternate, char letter) {
    if (precision == 0) precision = 1;
    __decimal_round(d, __decimal_exponent(d) - (precision - 1));
    const int exponent = __decimal_exponent(d);
    int places = precision - 1;
    if (!alternate) {
        const int last = d->first == d->end ? exponent : (DECIMAL_POINT - d->end) * DIGITS_PER_GROUP;
        while (places > 0 && (exponent - places < last || __decimal_digit(d, exponent - places) == 0)) --places;
    }
    if (exponent < -4 || exponent >= precision) {
        put_digits(w, d, exponent, exponent, places, alternate);
        put_exponent(w, letter, exponent, 2);
    } else {
        const int behind = places - exponent > 0 ? places - exponent : 0;
        put_digits(w, d, exponent > 0 ? exponent : 0, 0, behind, alternate);
    }
}

// %a: 0x1.8p+1
static void put_hexadecimal(struct writer *w, uint64_t mantissa, int exponent, const struct float_format *format) {
    const bool capitals = format->conversion == 'A';
    const char *digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
    int places = format->precision;
    if (mantissa == 0) exponent = 0;
    if (places >= 0 && places < 13) {
        const int drop = (13 - places) * 4;
        const uint64_t half = 1ull << (drop - 1), below = mantissa & (2 * half - 1);
        mantissa >>= drop;
        if (below > half || (below == half && (mantissa & 1) != 0)) ++mantissa;
        mantissa <<= drop;
    }
    if (places < 0) {
        for (places = 13; places > 0 && (mantissa >> (13 - places) * 4 & 0xF) == 0;) --places;
    }
    put(w, '0');
    put(w, capitals ? 'X' : 'x');
    put(w, digits[mantissa >> 52]);
    if (places > 0 || format->alternate) put(w, '.');
    const int shown = places < 13 ? places : 13;
    for (int i = 1; i <= shown; ++i) put(w, digits[mantissa >> (52 - 4 * i) & 0xF]);
    w->zeros = places - shown;
    w->zeros_at = w->length;
    put_exponent(w, capitals ? 'P' : 'p', exponent, 1);
}

int __format_float(char text[FLOAT_TEXT_MAX], double magnitude, const struct float_format *format, int *zeros,
                   int *zeros_at) {
    union {
        double value;
        uint64_t bits;
    } u = {magnitude};
    struct writer w = {.text = text};
    const bool capitals = isupper((unsigned char)format->conversion);
    const int exponent = (int)(u.bits >> 52) & 0x7FF;
    uint64_t mantissa = u.bits & 0xFFFFFFFFFFFFF;
    *zeros = *zeros_at = 0;
    if (exponent == 0x7FF) {
        const char *word = mantissa != 0 ? (capitals ? "NAN" : "nan") : capitals ? "INF" : "inf";
        memcpy(text, word, 3);
        return 3;
    }
    if (exponent != 0) mantissa |= 1ull << 52;
    const int scale = exponent != 0 ? exponent : 1;
    if (tolower((unsigned char)format->conversion) == 'a') {
        put_hexadecimal(&w, mantissa, scale - 1023, format);
    } else {
        struct decimal d;
        const int precision = format->precision < 0 ? 6 : format->precision;
        __decimal_from_integer(&d, mantissa);
        __decimal_scale(&d, scale - 1075);
        switch (format->conversion) {
            case 'f':
            case 'F': put_fixed(&w, &d, precision, format->alternate); break;
            case 'e':
            case 'E': put_scientific(&w, &d, precision, format->alternate, format->conversion); break;
            default: put_general(&w, &d, precision, format->alternate, capitals ? 'E' : 'e');
        }
    }
    *zeros = w.zeros;
    *zeros_at = w.zeros_at;
    return w.length;
}
