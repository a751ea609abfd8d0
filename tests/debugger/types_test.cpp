// C types as read from DWARF: their shape, their names in C's words, and looking them up.

#include "debugger/types.h"

#include <gtest/gtest.h>

#include "guest_program.h"

namespace peach::debugger {
namespace {

using testing::GuestProgram;

const char* const kProgram = R"(
struct later;
enum mode { OFF = -1, ON = 1 };
typedef struct { unsigned char bytes[4]; } four;
struct table {
    const char *name;
    volatile int *counter;
    int (*handler)(struct table *table, unsigned long size);
    int matrix[2][3];
    int (*rows)[3];
    struct later *later;
    enum mode mode;
    four inner;
    _Bool flag;
    double ratio;
    long long wide;
    struct table *const fixed;
    void (*callbacks[2])(void);
};
struct table the_table;
void _start(void) { for (;;) ; }
)";

GuestProgram& program() {
    static GuestProgram the_program(kProgram);
    return the_program;
}

const Type& table() {
    return *program().info->types().find_structure("table");
}

const Type& member_type(std::string_view name) {
    return *table().find_member(name)->type;
}

TEST(Types, AreNamedInCsWords) {
    EXPECT_EQ(type_name(table()), "struct table");
    EXPECT_EQ(type_name(member_type("name")), "const char *");
    EXPECT_EQ(type_name(member_type("counter")), "volatile int *");
    EXPECT_EQ(type_name(member_type("handler")), "int (*)(struct table *, unsigned long)");
    EXPECT_EQ(type_name(member_type("matrix")), "int[2][3]");
    EXPECT_EQ(type_name(member_type("rows")), "int (*)[3]");
    EXPECT_EQ(type_name(member_type("mode")), "enum mode");
    EXPECT_EQ(type_name(member_type("inner")), "four");
    EXPECT_EQ(type_name(member_type("fixed")), "struct table *const");
    EXPECT_EQ(type_name(member_type("callbacks")), "void (*[2])(void)");
}

TEST(Types, HaveTheGuestsSizesAndOffsets) {
    EXPECT_EQ(member_type("name").size, 4U);
    EXPECT_EQ(member_type("matrix").size, 24U);
    EXPECT_EQ(member_type("matrix").count, 2U);
    EXPECT_EQ(member_type("matrix").target->count, 3U);
    EXPECT_EQ(member_type("inner").size, 4U);
    EXPECT_EQ(member_type("flag").stripped().kind, TypeKind::boolean);
    EXPECT_EQ(member_type("ratio").stripped().kind, TypeKind::floating);
    EXPECT_EQ(member_type("wide").size, 8U);
    EXPECT_EQ(table().find_member("counter")->offset_bytes, 4U);
    EXPECT_EQ(table().find_member("matrix")->offset_bytes, 12U);
}

TEST(Types, EnumerationsKnowTheirNumbers) {
    const Type& mode = member_type("mode").stripped();
    EXPECT_TRUE(mode.is_signed);
    ASSERT_NE(mode.find_enumerator(-1), nullptr);
    EXPECT_EQ(mode.find_enumerator(-1)->name, "OFF");
    EXPECT_EQ(mode.find_enumerator(7), nullptr);
    EXPECT_EQ(program().info->types().find_enumerator("ON")->second, 1);
}

TEST(Types, AreFoundByTheirNames) {
    const TypeTable& types = program().info->types();
    EXPECT_EQ(types.find("struct table"), &table());
    EXPECT_EQ(types.find("table"), &table());
    EXPECT_EQ(types.find("enum mode"), types.find_enumeration("mode"));
    EXPECT_EQ(types.find("enum table"), nullptr);
    EXPECT_EQ(types.find("struct nothing"), nullptr);
    EXPECT_EQ(types.find("four")->kind, TypeKind::alias);
    EXPECT_EQ(type_name(*types.find("unsigned")), "unsigned int");
    EXPECT_EQ(types.find("unsigned long long int")->size, 8U);
    EXPECT_EQ(types.find("bool"), types.find("_Bool"));
}

TEST(Types, AreDerivedOnce) {
    const TypeTable& types = program().info->types();
    EXPECT_EQ(types.pointer_to(&table()), types.pointer_to(&table()));
    EXPECT_EQ(types.array_of(types.int32(), 3), types.array_of(types.int32(), 3));
    EXPECT_EQ(types.array_of(types.int32(), 3)->size, 12U);
}

TEST(Types, OnlyDeclaredOnesAreMarked) {
    const Type& later = *member_type("later").target;
    EXPECT_TRUE(later.is_declaration);
    EXPECT_EQ(later.size, 0U);
}

TEST(Types, OfSeveralFilesAreOneType) {
    const std::string header = "struct shared { int a; struct hidden *b; };\n";
    const GuestProgram two(
        {{"shared.h", header},
         {"one.c", "#include \"shared.h\"\nstruct shared x; void _start(void) { for (;;) ; }"},
         {"two.c",
          "struct hidden { int inside; };\n#include \"shared.h\"\nstruct shared y;\n"
          "struct hidden z;"}},
        "-O0");
    const Variable* x = two.info->find_global("x");
    const Variable* y = two.info->find_global("y");
    EXPECT_EQ(x->type, y->type);
    const Type& hidden = *x->type->find_member("b")->type->target;
    EXPECT_FALSE(hidden.is_declaration) << "defined by the other file";
    EXPECT_NE(hidden.find_member("inside"), nullptr);
}

}  // namespace
}  // namespace peach::debugger
