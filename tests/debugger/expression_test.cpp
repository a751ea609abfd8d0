// The expression language: what it understands, what it answers, and how it refuses.

#include "debugger/expression.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "guest_program.h"

namespace peach::debugger {
namespace {

using testing::GuestProgram;

const char* const kProgram = R"(
enum color { RED, GREEN = 5, BLUE };
typedef unsigned int word;
struct point { short x, y; };
struct node {
    int value;
    struct node *next;
    enum color color;
    char name[8];
    unsigned low : 3, high : 5;
    int delta : 4;
    struct point place;
    union { int whole; unsigned char part[4]; };
    const char *label;
    unsigned long long big;
};
struct node third = { .value = 30, .name = "third", .big = 0x123456789aULL };
struct node second = { .value = 20, .next = &third, .name = "second", .color = BLUE };
struct node nodes[3] = {
    { .value = 10, .next = &second, .color = GREEN, .name = "first", .low = 5, .high = 17, .delta = -3,
      .place = { -7, 9 }, .whole = 0x04030201, .label = "a label" },
    { .value = 11, .name = "12345678" },
    { .value = 12 },
};
struct node *head = &nodes[0];
int numbers[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
int minus = -5;
unsigned char byte = 200;
char letter = 'p';
word flags = 0xF0;
_Bool yes = 1;
void *nowhere = 0;
int *wild = (int *)0x10;
void *memcpy(void *to, const void *from, unsigned count) { return count ? to : (void *)from; }
int f(int a, long long b, struct node by_value, char *text) {
    int local = a * 2;
    return local + (int)b + by_value.value + text[0];
}
void _start(void) { f(1, 2, nodes[0], 0); for (;;) ; }
)";

// One program for all tests: what they ask does not change it.
GuestProgram& program() {
    static GuestProgram the_program(kProgram);
    return the_program;
}

// The answer as text; errors in angle brackets.
std::string ask(std::string_view text, const RegisterValues* registers = nullptr,
                const Scope* scope = nullptr) {
    Scope plain{.info = program().info, .pc = {}, .at_entry = false, .rows = {}};
    const auto expression = Expression::compile(text, scope != nullptr ? *scope : plain);
    if (!expression)
        return "<" + std::to_string(expression.error().column) + ": " + expression.error().message + ">";
    const auto value = expression->evaluate({.memory = program().memory, .registers = registers, .cpu = 1});
    if (!value) return "<" + value.error() + ">";
    return format_value(*value, program().info.get(), &program().memory);
}

std::string address_of(std::string_view name) {
    return fmt::format("{:#010x}", program().info->find_symbol(name)->address);
}

TEST(Expression, ReadsVariablesOfEveryKind) {
    EXPECT_EQ(ask("minus"), "-5");
    EXPECT_EQ(ask("byte"), "200");
    EXPECT_EQ(ask("letter"), "'p'");
    EXPECT_EQ(ask("flags"), "240");
    EXPECT_EQ(ask("yes"), "true");
    EXPECT_EQ(ask("nowhere"), "null");
    EXPECT_EQ(ask("head"), address_of("nodes") + " <nodes>");
    EXPECT_EQ(ask("numbers"), "[[1, 2, 3], [4, 5, 6]]");
    EXPECT_EQ(ask("nodes[0].place"), "{x = -7, y = 9}");
}

TEST(Expression, FollowsMembersAndPointers) {
    EXPECT_EQ(ask("head->value"), "10");
    EXPECT_EQ(ask("head->next->next->value"), "30");
    EXPECT_EQ(ask("head.next.value"), "20") << "a dot follows pointers too";
    EXPECT_EQ(ask("nodes[0]->value"), "10");
    EXPECT_EQ(ask("(*head).color"), "GREEN");
    EXPECT_EQ(ask("nodes[1].name"), "\"12345678\"") << "no NUL at its end";
    EXPECT_EQ(ask("head->name[1]"), "'i'");
    EXPECT_EQ(ask("head->whole"), "67305985") << "a member of an unnamed union";
    EXPECT_EQ(ask("head->part[2]"), "3");
    EXPECT_EQ(ask("third.big"), "78187493530");
    EXPECT_EQ(ask("numbers[1][2]"), "6");
    EXPECT_EQ(ask("*(numbers[0] + 1)"), "2");
}

TEST(Expression, ReadsBitFields) {
    EXPECT_EQ(ask("head->low"), "5");
    EXPECT_EQ(ask("head->high"), "17");
    EXPECT_EQ(ask("head->delta"), "-3");
    EXPECT_EQ(ask("&head->low"), "<1: a bit field has no address>");
}

TEST(Expression, ComputesAsCDoes) {
    EXPECT_EQ(ask("2 + 3 * 4 - 1"), "13");
    EXPECT_EQ(ask("(2 + 3) * 4 % 7"), "6");
    EXPECT_EQ(ask("-7 / 2"), "-3");
    EXPECT_EQ(ask("-7 >> 1"), "-4");
    EXPECT_EQ(ask("1 << 31"), "-2147483648");
    EXPECT_EQ(ask("1u << 31"), "2147483648");
    EXPECT_EQ(ask("~0"), "-1");
    EXPECT_EQ(ask("~0u"), "4294967295");
    EXPECT_EQ(ask("0xFFFFFFFF + 1"), "0") << "an unsigned int wraps around";
    EXPECT_EQ(ask("0x100000000 + 1"), "4294967297");
    EXPECT_EQ(ask("2147483647 + 1"), "-2147483648");
    EXPECT_EQ(ask("0b1010 | 0x5 ^ 1 & 3"), "14");
    EXPECT_EQ(ask("flags & 0x30 == 0x30"), "0") << "== binds tighter than &, as in C";
    EXPECT_EQ(ask("(flags & 0x30) == 0x30"), "1");
    EXPECT_EQ(ask("byte > 100 && minus < 0 || 1 / 0"), "1") << "stops as soon as it knows";
    EXPECT_EQ(ask("!head"), "0");
    EXPECT_EQ(ask("'a' + 1"), "98");
    EXPECT_EQ(ask("minus < 0u"), "0") << "unsigned, as in C";
    EXPECT_EQ(ask("-2147483648 / -1"), "2147483648") << "a 64-bit constant";
    EXPECT_EQ(ask("1 / (1 - 1)"), "<division by zero>");
    EXPECT_EQ(ask("true ? 1 : 2"), "1");
    EXPECT_EQ(ask("minus > 0 ? head->value : minus > -10 ? 7 : 8"), "7");
}

TEST(Expression, ComparesEnumerationsByName) {
    EXPECT_EQ(ask("head->color == GREEN"), "1");
    EXPECT_EQ(ask("second.color"), "BLUE");
    EXPECT_EQ(ask("(enum color) 5"), "GREEN");
    EXPECT_EQ(ask("(enum color) 3"), "3") << "no enumerator has this value";
    EXPECT_EQ(ask("BLUE + 1"), "7");
}

TEST(Expression, DoesPointerArithmetic) {
    EXPECT_EQ(ask("(head + 1)->value"), "11");
    EXPECT_EQ(ask("head[2].value"), "12");
    EXPECT_EQ(ask("&nodes[2] - head"), "2");
    EXPECT_EQ(ask("&nodes[1] > head"), "1");
    EXPECT_EQ(ask("head == nodes"), "1");
    EXPECT_EQ(ask("head == 0"), "0");
    EXPECT_EQ(ask("nowhere == NULL"), "1");
    EXPECT_EQ(ask("&minus"), address_of("minus") + " <minus>");
    EXPECT_EQ(ask("*&minus"), "-5");
    EXPECT_EQ(ask("head + head"), "<6: pointers can be compared, subtracted, and moved by an integer>");
}

TEST(Expression, Casts) {
    EXPECT_EQ(ask("(unsigned char) 0x1FF"), "255");
    EXPECT_EQ(ask("(signed char) 0x1FF"), "-1");
    EXPECT_EQ(ask("(word) minus"), "4294967291");
    EXPECT_EQ(ask("(long long) minus"), "-5");
    EXPECT_EQ(ask("((struct node *) &second)->value"), "20");
    EXPECT_EQ(ask("*(short *) &head->place"), "-7");
    EXPECT_EQ(ask("(const char *) head->label"), ask("head->label"));
    EXPECT_EQ(ask("sizeof(struct point)"), "4");
    EXPECT_EQ(ask("sizeof nodes / sizeof nodes[0]"), "3");
    EXPECT_EQ(ask("(struct none *) 0"), "<2: there is no type 'struct none' in this program>");
    EXPECT_EQ(ask("(int) nodes[0]"), "<1: struct node cannot be cast to int>");
}

TEST(Expression, KnowsStrings) {
    EXPECT_EQ(ask("(string) head->label"), "\"a label\"");
    EXPECT_EQ(ask("(string) nodes[1].name"), "\"12345678\"");
    EXPECT_EQ(ask("head->label == \"a label\""), "1");
    EXPECT_EQ(ask("head->name != \"second\""), "1");
    EXPECT_EQ(ask("(string) second.label"), "\"\"") << "a null pointer is no text";
    EXPECT_EQ(ask("minus > 0 ? \"yes\" : \"no\""), "\"no\"");
    EXPECT_EQ(ask("(string) minus"), "<1: (string) needs a pointer to or an array of characters, not int>");
    EXPECT_EQ(ask("(string) (char *) 0x10"), "<no memory at 0x00000010>");
}

TEST(Expression, SlicesArrays) {
    EXPECT_EQ(ask("numbers[1][0:2]"), "[4, 5]");
    EXPECT_EQ(ask("(&numbers[0][0])[1:4]"), "[2, 3, 4]");
    EXPECT_EQ(ask("numbers[0][0:numbers[0][0] + 1]"), "[1, 2]") << "the bounds may be variables";
}

TEST(Expression, AsksQuestionsAboutLists) {
    EXPECT_EQ(ask("count(n in nodes)"), "3");
    EXPECT_EQ(ask("count(n in nodes : n.value > 10)"), "2");
    EXPECT_EQ(ask("count(n in nodes[0:2] : n.value > 10)"), "1");
    EXPECT_EQ(ask("sum(n from head via next : n.value)"), "60");
    EXPECT_EQ(ask("any(n from head via next : n.name == \"third\")"), "1");
    EXPECT_EQ(ask("all(n in nodes : n.value < 12)"), "0");
    EXPECT_EQ(ask("count(a in nodes : any(b in nodes : b.value == a.value + 1))"), "2");
    EXPECT_EQ(ask("count(n in head)"),
              "<9: struct node * is no array: name an array, a slice, or write 'from POINTER via MEMBER'>");
    EXPECT_EQ(ask("any(n in nodes)"), "<15: ': EXPRESSION' should follow the list, not ')'>");
}

TEST(Expression, ReadsRegistersAndTheCpuNumber) {
    RegisterValues registers;
    registers.x[10] = 42;
    registers.x[8] = 7;
    registers.pc = program().info->find_function("f")->low_pc;
    EXPECT_EQ(ask("$a0 + 1", &registers), "43");
    EXPECT_EQ(ask("$fp == $s0 && $x8 == 7", &registers), "1");
    EXPECT_EQ(ask("(void *) $pc", &registers), address_of("f") + " <f>");
    EXPECT_EQ(ask("cpu"), "1");
    EXPECT_EQ(ask("$a0"), "<no registers here>");
    EXPECT_TRUE(ask("$a9").starts_with("<1: there is no register 'a9'"));
}

TEST(Expression, ReadsLocalsInTheirFrame) {
    const DebugInfo& info = *program().info;
    const Function& f = *info.find_function("f");
    RegisterValues registers;
    registers.pc = info.after_prologue(f);
    registers.x[8] = info.find_symbol("numbers")->address + 16;  // a "frame" whose contents are known
    const Scope scope{.info = program().info, .pc = registers.pc, .at_entry = false, .rows = {}};
    EXPECT_EQ(ask("&local == $fp - 20 || &local != 0", &registers, &scope), "1");
    EXPECT_EQ(ask("local"), "<1: there is no 'local' here>") << "out of scope";
    EXPECT_EQ(ask("local", nullptr, &scope), "<no registers here>");
}

TEST(Expression, BindsParametersAtEntryByTheCallingConvention) {
    const DebugInfo& info = *program().info;
    const Function& f = *info.find_function("f");
    RegisterValues registers;
    registers.pc = f.low_pc;
    registers.x[10] = 3;                                    // a
    registers.x[11] = 0xFFFFFFFF;                           // b, low word
    registers.x[12] = 0x1;                                  // b, high word
    registers.x[13] = info.find_symbol("second")->address;  // by_value, as its address
    registers.x[14] = 0;
    const Scope scope{.info = program().info, .pc = f.low_pc, .at_entry = true, .rows = {}};
    EXPECT_EQ(ask("a", &registers, &scope), "3");
    EXPECT_EQ(ask("b", &registers, &scope), "8589934591");
    EXPECT_EQ(ask("by_value.value", &registers, &scope), "20");
    EXPECT_EQ(ask("by_value.next->name", &registers, &scope), "\"third\"");
    EXPECT_EQ(ask("text", &registers, &scope), "null");
    EXPECT_EQ(ask("&a", &registers, &scope), "<it is in a register and has no address>");
}

TEST(Expression, SaysWhereAValueStands) {
    const Scope scope{.info = program().info, .pc = {}, .at_entry = false, .rows = {}};
    const EvaluationContext context{.memory = program().memory, .registers = nullptr, .cpu = 0};
    const auto value = Expression::compile("second.color", scope)->evaluate(context);
    ASSERT_TRUE(value.has_value());
    EXPECT_EQ(value->address, program().info->find_symbol("second")->address + 8);
    EXPECT_EQ(type_name(*value->type), "enum color");
    const auto sum = Expression::compile("second.color + 0", scope)->evaluate(context);
    EXPECT_FALSE(sum->address.has_value());
    EXPECT_EQ(Expression::compile("&second", scope)->evaluate_number(context).value(),
              program().info->find_symbol("second")->address);
}

TEST(Expression, ShowsThePartsOfAValue) {
    const auto parts = [](std::string_view text) {
        const EvaluationContext context{.memory = program().memory, .registers = nullptr, .cpu = 0};
        const auto value = evaluate_once(text, program().info, context);
        std::string result;
        for (const NamedValue& part : children(*value, program().memory))
            result += part.name + "=" + format_value(part.value, nullptr, nullptr) + " ";
        return result;
    };
    EXPECT_EQ(parts("head->place"), "x=-7 y=9 ");
    EXPECT_EQ(parts("numbers[1]"), "[0]=4 [1]=5 [2]=6 ");
    EXPECT_EQ(parts("&minus"), "*=-5 ");
    EXPECT_EQ(parts("nowhere"), "");
    EXPECT_EQ(parts("minus"), "");
}

TEST(Expression, RefusesWithTheColumn) {
    EXPECT_EQ(ask(""), "<1: an expression should stand here>");
    EXPECT_EQ(ask("1 +"), "<4: a value should stand here, not the end>");
    EXPECT_EQ(ask("(1 + 2"), "<7: ')' should follow the expression in parentheses, not the end>");
    EXPECT_EQ(ask("head->valu"), "<7: struct node has no member 'valu'; did you mean `value`?>");
    EXPECT_EQ(ask("hed->value"), "<1: there is no 'hed' here; did you mean `head`?>");
    EXPECT_EQ(ask("minus = 3"), "<7: expressions only look and cannot assign: did you mean '=='?>");
    EXPECT_EQ(ask("f(1)"), "<2: expressions cannot call functions: that would change the machine>");
    EXPECT_EQ(ask("1 2"), "<3: an operator should stand before a number>");
    EXPECT_EQ(ask("minus @ 2"), "<7: '@' has no meaning in an expression>");
    EXPECT_EQ(ask("\"abc"), "<1: the closing \" is missing>");
    EXPECT_EQ(ask("0x"), "<1: digits should follow here>");
    EXPECT_EQ(ask("99999999999999999999"), "<1: the number does not fit into 64 bits>");
    EXPECT_EQ(ask("minus.x"), "<7: int is no struct and has no member 'x'>");
    EXPECT_EQ(ask("minus[0]"), "<6: int is neither array nor pointer and has no elements>");
    EXPECT_EQ(ask("*minus"), "<1: int is not a pointer>");
    EXPECT_EQ(ask("*nowhere"), "<1: it points to void: cast it first, as in *(int *) p>");
    EXPECT_EQ(ask("&5"), "<1: only what stands in memory has an address>");
    EXPECT_EQ(ask("nodes[0] + 1"), "<10: this operator does not work on struct node>");
    EXPECT_EQ(ask("nodes[0] ? 1 : 2"), "<10: struct node is neither true nor false>");
    EXPECT_EQ(ask("head->"), "<7: a member's name should follow '->'>");
}

TEST(Expression, SaysWhyThereIsNoValue) {
    EXPECT_EQ(ask("*wild"), "<null pointer (0x00000010)>");
    EXPECT_EQ(ask("*(int *) 0x90000000"), "<no memory at 0x90000000>");
    EXPECT_EQ(ask("third.next->value"), "<null pointer (0x00000000)>");
    EXPECT_EQ(ask("sum(n from wild via next : 1)"), "<21: int has no member 'next'>");
}

TEST(Expression, PutsACaretUnderTheMistake) {
    const EvaluationContext context{.memory = program().memory, .registers = nullptr, .cpu = 0};
    const auto value = evaluate_once("head->valu + 1", program().info, context);
    ASSERT_FALSE(value.has_value());
    EXPECT_EQ(value.error().message,
              "struct node has no member 'valu'; did you mean `value`?\n"
              "  head->valu + 1\n"
              "        ^");
}

TEST(Expression, DeepNestingIsRefusedNotFatal) {
    EXPECT_TRUE(ask(std::string(100000, '(')).ends_with("nested too deeply>"));
    EXPECT_TRUE(ask(std::string(100000, '-') + "1").ends_with("nested too deeply>"));
    std::string sum = "1";
    for (int i = 0; i < 2000; ++i) sum += " + 1";
    EXPECT_EQ(ask(sum), "2001");
}

}  // namespace
}  // namespace peach::debugger
