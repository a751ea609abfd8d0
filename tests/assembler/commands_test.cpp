// as, dis and cc, as they are used: files, options, complaints, exit statuses.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "assembler/program_file.h"
#include "assembler/toolchain.h"
#include "assembler/toolchain_files.h"
#include "tests/assembler/assembling.h"

namespace peach::toolchain {
namespace {

namespace fs = std::filesystem;

struct Outcome {
    int status = 0;
    std::string output = {};
    std::string complaints = {};
};

class Commands : public ::testing::Test {
  protected:
    using Command = int (*)(std::span<const std::string>);

    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "peach-test-XXXXXX").string();
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        directory_ = name;
    }
    void TearDown() override { fs::remove_all(directory_); }

    std::string path(const std::string& name) const { return (directory_ / name).string(); }

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path(name)) << text;
        return path(name);
    }

    static Outcome run(Command command, const std::vector<std::string>& args) {
        ::testing::internal::CaptureStdout();
        ::testing::internal::CaptureStderr();
        Outcome outcome{.status = command(args)};
        outcome.output = ::testing::internal::GetCapturedStdout();
        outcome.complaints = ::testing::internal::GetCapturedStderr();
        return outcome;
    }

    fs::path directory_;
};

TEST_F(Commands, AsMakesAProgramAndDisShowsItWithItsSource) {
    const std::string source = write("a.s", "_start:\n    li a0, 3   # three\n    j _start\n");
    EXPECT_EQ(run(as_main, {source, "-o", path("a")}).status, 0);
    EXPECT_NE(fs::status(path("a")).permissions() & fs::perms::owner_exec, fs::perms::none);
    const Outcome shown = run(dis_main, {path("a")});
    EXPECT_EQ(shown.status, 0);
    EXPECT_EQ(shown.output,
              "section .text\n"
              "\n"
              "_start:\n"
              "; a.s:2      li a0, 3   # three\n"
              "   10000:  20A00003    li a0, 3\n"
              "; a.s:3      j _start\n"
              "   10004:  700FFFFC    j _start\n");
    EXPECT_EQ(run(dis_main, {"--no-source", "--no-aliases", path("a")}).output,
              "section .text\n"
              "\n"
              "_start:\n"
              "   10000:  20A00003    addi a0, zero, 3\n"
              "   10004:  700FFFFC    jal zero, _start\n");
}

TEST_F(Commands, AsTakesSeveralFilesABaseAndAnEntry) {
    const std::string a = write("a.s", "begin: call f\n");
    const std::string b = write("b.s", ".globl f\nf: ret\n");
    EXPECT_EQ(run(as_main, {a, b, "--text-base", "0x80000000", "--entry=begin", "-o" + path("a")}).status, 0);
    EXPECT_NE(run(dis_main, {path("a")}).output.find("80000000:  70100004    jal f"), std::string::npos);
}

TEST_F(Commands, AsLeavesTheOldProgramWhenThereAreErrors) {
    const std::string source = write("a.s", "_start: adi a0, a0, 1\n");
    write("a", "the old program");
    const Outcome outcome = run(as_main, {source, "-o", path("a")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.complaints.find("a.s:1:9: error: unknown instruction `adi`; did you mean `addi`?"),
              std::string::npos);
    std::ostringstream text;
    text << std::ifstream(path("a")).rdbuf();
    EXPECT_EQ(text.str(), "the old program");
}

TEST_F(Commands, BadUsageIsStatusTwo) {
    EXPECT_EQ(run(as_main, {}).status, 2);
    EXPECT_EQ(run(as_main, {"--fast", "a.s"}).status, 2);
    EXPECT_EQ(run(as_main, {"a.s", "-o"}).complaints, "peach: -o needs a value\n");
    EXPECT_EQ(run(as_main, {"a.s", "--text-base", "here"}).status, 2);
    EXPECT_EQ(run(dis_main, {}).status, 2);
    EXPECT_EQ(run(dis_main, {"a", "b"}).status, 2);
    EXPECT_EQ(run(cc_main, {}).status, 2);
    EXPECT_EQ(run(cc_main, {"--fast", "a.c"}).status, 2);
}

TEST_F(Commands, MissingFilesAreNamed) {
    EXPECT_EQ(run(as_main, {path("none.s")}).complaints,
              "peach: cannot read " + path("none.s") + ": No such file or directory\n");
    EXPECT_EQ(run(dis_main, {path("none")}).status, 1);
    EXPECT_EQ(run(cc_main, {path("none.c")}).complaints,
              "peach: cannot read " + path("none.c") + ": no such file\n");
    const std::string source = write("a.s", "_start: ret\n");
    EXPECT_EQ(run(as_main, {source, "-o", path("no/where")}).status, 1);
}

TEST_F(Commands, DisRefusesWhatIsNotAProgramOfOurs) {
    EXPECT_NE(run(dis_main, {"/proc/self/exe"}).complaints.find("is a program for another machine"),
              std::string::npos);
    EXPECT_NE(run(dis_main, {write("text", "hello")}).complaints.find("is not an ELF file"),
              std::string::npos);
    EXPECT_NE(run(dis_main, {directory_.string()}).complaints.find("is a directory"), std::string::npos);
}

TEST_F(Commands, DisSurvivesEveryTruncation) {
    const std::string source = write("a.s", "_start: la a0, x\n.data\nx: .word 1\n");
    ASSERT_EQ(run(as_main, {source, "-o", path("a")}).status, 0);
    std::ostringstream whole;
    whole << std::ifstream(path("a")).rdbuf();
    for (size_t length = 0; length < whole.str().size(); length += 61) {
        const Outcome outcome = run(dis_main, {write("cut", whole.str().substr(0, length))});
        EXPECT_EQ(outcome.status, 1) << length;
        EXPECT_NE(outcome.complaints, "");
    }
}

TEST_F(Commands, CcCompilesSeveralFilesWithoutTheLibrary) {
    const std::string a = write("a.c", "int twice(int);\nvoid _start(void) { for (;;) twice(NUMBER); }\n");
    const std::string b = write("b.c", "int twice(int x) { return x * 2; }\n");
    const std::string c = write("c.S", "#define ONE 1\n.globl one\none: li a0, ONE\n ret\n");
    const Outcome outcome = run(cc_main, {"--no-libc", "-O0", "-DNUMBER=21", a, b, c, "-o", path("prog")});
    EXPECT_EQ(outcome.complaints, "");
    ASSERT_EQ(outcome.status, 0);
    const std::string listing = run(dis_main, {path("prog")}).output;
    EXPECT_NE(listing.find("li a0, 21"), std::string::npos);
    EXPECT_NE(listing.find("; b.c:1  int twice(int x) { return x * 2; }"), std::string::npos);
    EXPECT_NE(listing.find("jal twice"), std::string::npos);
}

TEST_F(Commands, CcStopsAtAssemblyOnRequest) {
    const std::string a = write("a.c", "int f(int x) { return x; }\n");
    EXPECT_EQ(run(cc_main, {"-S", a, "-o", path("out.s")}).status, 0);
    std::ostringstream text;
    text << std::ifstream(path("out.s")).rdbuf();
    EXPECT_NE(text.str().find("f:"), std::string::npos);
}

TEST_F(Commands, CcReportsUndefinedFunctionsWhereTheyAreCalled) {
    const std::string a = write("a.c", "int missing(int);\nvoid _start(void) {\n    missing(1);\n}\n");
    const Outcome outcome = run(cc_main, {"--no-libc", "-O0", a, "-o", path("prog")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.complaints.find("a.c:3:5: error: `missing` is not defined\n    3 |     missing(1);\n"),
              std::string::npos)
        << outcome.complaints;
}

TEST_F(Commands, CcSaysWhatToInstallWhenClangIsMissing) {
    const std::string a = write("a.c", "int x;\n");
    const std::string before = std::getenv("PATH");
    setenv("PATH", directory_.c_str(), 1);
    const Outcome outcome = run(cc_main, {"--no-libc", a, "-o", path("prog")});
    setenv("PATH", before.c_str(), 1);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.complaints,
              "peach: clang-19 is not installed, and compiling C needs it: run `apt-get install clang-19` as "
              "root\n");
}

TEST_F(Commands, TheShareDirectoryCanBeChosen) {
    setenv("PEACH_SHARE", directory_.c_str(), 1);
    EXPECT_EQ(share_directory(), directory_);
    const std::string a = write("a.c", "int main(void) { return 0; }\n");
    const Outcome outcome = run(cc_main, {a, "-o", path("prog")});
    unsetenv("PEACH_SHARE");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.complaints.find("PeachOS's C library is not in"), std::string::npos);
}

// The words of the command in the first line of `dis --assembly`, with its file and where to put the program.
std::vector<std::string> command_in(const std::string& assembly, const std::string& file,
                                    const std::string& made) {
    std::istringstream line(assembly.substr(0, assembly.find('\n')));
    std::string word;
    line >> word >> word >> word;  // # peach as
    std::vector<std::string> words;
    while (line >> word) words.push_back(word == "FILE.s" ? file : word);
    words.insert(words.end(), {"-o", made});
    return words;
}

void expect_the_same(const ProgramFile& before, const ProgramFile& after, const std::string& name) {
    EXPECT_EQ(after.entry, before.entry) << name;
    ASSERT_EQ(after.code.size(), before.code.size()) << name;
    for (size_t i = 0; i < before.code.size(); ++i) {
        EXPECT_EQ(after.code[i].address, before.code[i].address) << name;
        EXPECT_TRUE(after.code[i].bytes == before.code[i].bytes) << name;
    }
    EXPECT_TRUE(after.data == before.data) << name;
}

// Every program of the guest and its kernel, and what was made of one, once more.
TEST_F(Commands, DisCanShowAssemblyThatGivesTheSameProgramAgain) {
    std::vector<fs::path> programs = {fs::path(PEACH_BUILD_DIR) / "share/peach/kernel.elf"};
    for (const fs::directory_entry& entry : fs::directory_iterator(PEACH_BUILD_DIR "/share/peach/bin"))
        programs.push_back(entry.path());
    ASSERT_GT(programs.size(), 10u);
    programs.emplace_back(path("again"));
    for (const fs::path& program : programs) {
        for (const char* aliases : {"--assembly", "--no-aliases"}) {
            const Outcome shown = run(dis_main, {"--assembly", aliases, program.string()});
            ASSERT_EQ(shown.status, 0) << shown.complaints;
            const auto before = read_program(program);
            ASSERT_TRUE(before);
            const std::string source = write("again.s", shown.output);
            const Outcome made = run(as_main, command_in(shown.output, source, path("again")));
            ASSERT_EQ(made.status, 0) << made.complaints.substr(0, 1000);
            const auto after = read_program(path("again"));
            ASSERT_TRUE(after);
            expect_the_same(*before, *after, program.string());
        }
    }
}

TEST_F(Commands, DisShowsDataAsAssembly) {
    const std::string source = write("a.s",
                                     "_start: j _start\n.section .rodata\n.word 7, 0, 0\n.byte 1\n.data\n"
                                     ".balign 8\n.half 2\n.bss\n.space 12\n");
    ASSERT_EQ(run(as_main, {source, "--keep-all", "-o", path("a")}).status, 0);
    EXPECT_EQ(run(dis_main, {"--assembly", path("a")}).output,
              "# peach as -w --keep-all --text-base 0x10000 --entry __entry FILE.s\n"
              "\n\"_start\":\n__entry:\n        j 0x10000\n"
              "\n        .section \".rodata\", \"a\"\n        .balign 1\n        .word 0x00000007\n"
              "        .zero 8\n        .byte 0x01\n"
              "\n        .section \".data\", \"aw\"\n        .balign 8\n        .byte 0x02\n"
              "        .byte 0x00\n"
              "\n        .section \".bss\", \"aw\", @nobits\n        .balign 1\n        .zero 12\n");
}

TEST_F(Commands, TheOutputIsNeverOneOfTheInputs) {
    const std::string text = "_start: j _start\n";
    const std::string source = write("a.s", text);
    const std::string c_file = write("a.c", "void _start(void) { for (;;) continue; }\n");
    fs::create_symlink("a.s", path("link"));
    const auto refused = [&](Command command, const std::vector<std::string>& words,
                             const std::string& output) {
        const Outcome outcome = run(command, words);
        EXPECT_EQ(outcome.status, 2);
        EXPECT_EQ(
            outcome.complaints,
            fmt::format("peach: -o {} would overwrite what it is made of: name another file\n", output));
    };
    refused(as_main, {source, "-o", source}, source);
    refused(as_main, {source, "-o", path("link")}, path("link"));
    refused(cc_main, {"--no-libc", c_file, source, "-o", c_file}, c_file);
    refused(cc_main, {"-S", c_file, "-o", c_file}, c_file);
    EXPECT_EQ(read_file(source).value_or(""), text);
}

TEST_F(Commands, ALinkToTheOutputStaysALink) {
    write("program", "the old one");
    fs::create_symlink("program", path("link"));
    ASSERT_EQ(run(as_main, {write("a.s", "_start: j _start\n"), "-o", path("link")}).status, 0);
    EXPECT_TRUE(fs::is_symlink(path("link")));
    EXPECT_TRUE(read_program(path("program")));
}

TEST_F(Commands, CcMakesTheSameProgramEachTime) {
    const std::string source = write(
        "st.c", "static int calls;\nstatic void f(void) { calls++; }\nvoid _start(void) { for (;;) f(); }\n");
    const std::string hand = write("hand.S", ".globl g\ng: ret\n.section .text.x, \"axR\"\n x: ret\n");
    for (const char* name : {"one", "two"})
        ASSERT_EQ(run(cc_main, {"--no-libc", "-O0", source, hand, "-o", path(name)}).status, 0);
    const std::string one = read_file(path("one")).value_or("");
    EXPECT_TRUE(one == read_file(path("two")).value_or(""));
    EXPECT_NE(one.find(std::string("\0st.c\0", 6)), std::string::npos);  // the symbol for the file
    EXPECT_EQ(one.find("peach-cc-"), std::string::npos);
}

TEST_F(Commands, CcPlacesDoubleDefinitionsInTheirSources) {
    const std::string one = write("one.c", "int x = 1;\nvoid _start(void) { for (;;) x++; }\n");
    const std::string two = write("two.c", "int x = 2;\n\nvoid _start(void) {\n}\n");
    const Outcome outcome = run(cc_main, {"--no-libc", one, two, "-o", path("prog")});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.complaints.find("two.c:3:1: error: `_start` is defined in two files\n"
                                      "    3 | void _start(void) {\n"),
              std::string::npos)
        << outcome.complaints;
    EXPECT_NE(outcome.complaints.find("one.c:2:1: note: the other definition is here\n"), std::string::npos)
        << outcome.complaints;
    // Data has no lines: the assembly is shown, and said to be that.
    EXPECT_NE(outcome.complaints.find("two.c (compiled):"), std::string::npos) << outcome.complaints;
}

TEST_F(Commands, CcWritesWhatAFileIncludes) {
    const fs::path before = fs::current_path();
    fs::current_path(directory_);
    write("inc.h", "#define N 1\n");
    write("m.c", "#include \"inc.h\"\nvoid _start(void) { for (;;) continue; }\n");
    EXPECT_EQ(run(cc_main, {"--no-libc", "-MMD", "m.c", "-o", "m"}).status, 0);
    EXPECT_EQ(read_file("m.d").value_or(""), "m: m.c inc.h\n");
    EXPECT_EQ(run(cc_main, {"--no-libc", "-MD", "-MF", "other.d", "-MT", "it", "m.c", "-o", "m"}).status, 0);
    EXPECT_EQ(read_file("other.d").value_or(""), "it: m.c inc.h\n");
    EXPECT_EQ(run(cc_main, {"-MM", "m.c", "-o", "listed.d"}).status, 0);
    EXPECT_EQ(read_file("listed.d").value_or(""), "m.o: m.c inc.h\n");
    EXPECT_EQ(run(cc_main, {"-fsyntax-only", "m.c"}).complaints, "");
    EXPECT_FALSE(fs::exists("a.out"));
    EXPECT_FALSE(fs::exists("m.o"));
    fs::current_path(before);
}

TEST_F(Commands, CcChoosesTheAssemblersWarnings) {
    const std::string hand = write("w.s", ".globl _start\n_start: li zero, 5\ncall f\nj _start\n");
    const std::string c_file = write("f.c", "void f(void) {}\n");
    const auto with = [&](const std::string& option) {
        return run(cc_main, {"--no-libc", option, hand, c_file, "-o", path("prog")});
    };
    EXPECT_NE(with("-O1").complaints.find("[-Wlost-result]"), std::string::npos);
    EXPECT_EQ(with("-w").complaints, "");
    EXPECT_EQ(with("-Wno-lost-result").complaints, "");
    EXPECT_EQ(with("-Werror").status, 1);
    EXPECT_NE(with("-Wno-unused").complaints.find("[-Wlost-result]"), std::string::npos);
}

TEST_F(Commands, CcTakesFilesInStepsAndLibraries) {
    const std::string one =
        write("one.c", "int two(void);\nint three(void);\nint main(void) { return two() + three(); }\n");
    const std::string two = write("two.c", "#ifdef N\nint two(void) { return N; }\n#endif\n");
    write("libthree.s", ".globl three\nthree: li a0, 3\nret\n");
    EXPECT_EQ(run(cc_main, {"-c", one, "-o", path("one.o")}).status, 0);
    EXPECT_EQ(run(cc_main, {"-c", "-DN=2", two, "-o", path("two.o")}).status, 0);
    const Outcome linked =
        run(cc_main, {path("one.o"), path("two.o"), "-L", path(""), "-lthree", "-lm", "-o", path("prog")});
    EXPECT_EQ(linked.status, 0) << linked.complaints;
    EXPECT_TRUE(fs::exists(path("prog")));
    EXPECT_EQ(run(cc_main, {"-c", path("libthree.s"), "-o", path("three.o")}).status, 0);
    EXPECT_EQ(
        run(cc_main, {"-static", path("one.o"), path("two.o"), path("three.o"), "-o", path("prog")}).status,
        0);
    EXPECT_EQ(run(cc_main, {"-ansi", "-pedantic", "-pipe", "-Wall", "-no-pie", "-iquote", path(""), "-E",
                            "-DN=2", two, "-o", path("two.i")})
                  .status,
              0);
    EXPECT_TRUE(fs::exists(path("two.i")));
}

// A file as the standard input, while it lives.
class StandardInput {
  public:
    explicit StandardInput(const std::string& path) : before_(dup(STDIN_FILENO)) {
        const int file = open(path.c_str(), O_RDONLY);
        dup2(file, STDIN_FILENO);
        close(file);
    }
    ~StandardInput() {
        dup2(before_, STDIN_FILENO);
        close(before_);
    }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;

  private:
    int before_;
};

TEST_F(Commands, CcReadsTheStandardInput) {
    const std::string c_text = write("text", "int twice(int x) { return x * TWO; }\n");
    const auto compiled = [&](const std::vector<std::string>& options) {
        const StandardInput input(c_text);
        std::vector<std::string> words = {"-DTWO=2", "-o", path("out")};
        words.insert(words.end(), options.begin(), options.end());
        const Outcome outcome = run(cc_main, words);
        EXPECT_EQ(outcome.status, 0) << outcome.complaints;
        return read_file(path("out")).value_or("");
    };
    EXPECT_NE(compiled({"-S", "-x", "c", "-"}).find("twice:"), std::string::npos);
    EXPECT_NE(compiled({"-E", "-"}).find("return x * 2;"), std::string::npos);
    EXPECT_NE(compiled({"-E", "-dM", "-"}).find("#define TWO 2\n"), std::string::npos);
    compiled({"--no-libc", "--entry", "twice", "-xc", "-"});
    const StandardInput input(write("hand", "_start: j _start\n"));
    EXPECT_EQ(run(cc_main, {"-nostdlib", "-x", "assembler", "-", "-o", path("out")}).status, 0);
    EXPECT_NE(run(dis_main, {path("out")}).output.find("_start:\n; <stdin>:1"), std::string::npos);
}

TEST_F(Commands, CcTakesWhatBuildScriptsGiveIt) {
    const std::string text = write("m", "int main(void) { return 0; }\n");
    const std::string words =
        write("words", "-x c\n  --std=c11 '-DA=\"a b\"' -DB=\\\"b\n" + text + " -x none");
    const std::string more = write("more.s", ".globl more\nmore: ret\n");
    const Outcome outcome = run(cc_main, {"-march=rv32ema", "-mabi=ilp32e", "-static", "@" + words, more,
                                          "-s", "-o", path("stripped")});
    EXPECT_EQ(outcome.status, 0) << outcome.complaints;
    const ProgramFile stripped = read_program(path("stripped")).value();
    EXPECT_TRUE(stripped.symbols.empty());
    EXPECT_EQ(run(cc_main, {"-fPIC", "-pie", "-rdynamic", "-x", "c", text, "-o", path("out")}).status, 0);
    EXPECT_EQ(run(cc_main, {"@" + words, "-E", "-nostdinc", "-dD", "-o", path("out")}).status, 0);
    EXPECT_NE(read_file(path("out")).value_or("").find("#define A \"a b\"\n"), std::string::npos);
    EXPECT_NE(read_file(path("out")).value_or("").find("#define B \"b\n"), std::string::npos);
    const std::string headers = write("h.c", "#include <stdio.h>\n");
    EXPECT_EQ(run(cc_main, {"-fsyntax-only", headers}).status, 0);
    EXPECT_EQ(run(cc_main, {"-fsyntax-only", "-nostdinc", headers}).status, 1);
}

// Each header by itself, then all of them together, under every standard.
TEST_F(Commands, HeadersAreCleanUnderEveryStandard) {
    const fs::path include = share_directory() / "include";
    std::string all;
    for (const auto& entry :
         fs::recursive_directory_iterator(include, fs::directory_options::follow_directory_symlink)) {
        const std::string name = fs::relative(entry.path(), include).string();
        if (entry.path().extension() != ".h" || name.starts_with("peach/"))
            continue;  // those are the kernel's
        const std::string line = fmt::format("#include <{}>\n", name);
        all += line;
        const std::string file = write("alone.c", line + "int main(void) { return 0; }\n");
        const Outcome alone =
            run(cc_main, {"-std=c11", "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", file});
        EXPECT_EQ(alone.status, 0) << name << alone.complaints;
    }
    const std::string file = write("all.c", all + "int main(void) { return 0; }\n");
    for (const char* standard : {"c89", "gnu89", "c99", "c11", "c17", "gnu17", "c23", "gnu23"}) {
        const Outcome together = run(cc_main, {fmt::format("-std={}", standard), "-pedantic", "-Wall",
                                               "-Werror", "-fsyntax-only", file});
        EXPECT_EQ(together.status, 0) << standard << together.complaints;
    }
}

TEST_F(Commands, CcAnswersForTheCompiler) {
    for (const char* question : {"--version", "-dumpmachine", "-dumpversion"})
        EXPECT_EQ(run(cc_main, {question}).status, 0);
}

TEST_F(Commands, CcSaysWhatItDoesNotTake) {
    const std::string file = write("a.c", "int main(void) { return 0; }\n");
    const auto complaint = [&](std::vector<std::string> options) {
        options.push_back(file);
        const Outcome outcome = run(cc_main, options);
        EXPECT_NE(outcome.status, 0);
        return outcome.complaints;
    };
    EXPECT_EQ(complaint({"-lnothing"}), "peach: there is no libnothing.s: name its directory with -L\n");
    EXPECT_EQ(complaint({"-march=rv64gc"}), "peach: -march=rv64gc: the machine is always Peach-32\n");
    EXPECT_EQ(complaint({"-save-temps"}), "peach: -save-temps: use -E and -S, which keep what they make\n");
    EXPECT_EQ(complaint({"-x", "pascal"}),
              "peach: -x pascal: expected c, assembler, assembler-with-cpp or none\n");
    EXPECT_EQ(complaint({"-"}),
              "peach: -: say what is in the standard input: -x c or -x assembler before it\n");
    EXPECT_EQ(complaint({"@" + write("self", "-O1 @" + path("self"))}),
              fmt::format("peach: @{}: such files are nested too deeply\n", path("self")));
    EXPECT_EQ(complaint({"-shared"}), "peach: -shared: PeachOS has no shared libraries\n");
    EXPECT_EQ(complaint({"-fsanitize=address"}),
              "peach: -fsanitize=address: PeachOS has no sanitizers; the machine stops at bad addresses\n");
    EXPECT_EQ(complaint({"-Wa,-x"}), "peach: -Wa,-x: give the assembler's options to peach cc itself\n");
    EXPECT_EQ(complaint({"-flto"}), "peach: -flto: there is no linker that could optimise\n");
    EXPECT_EQ(complaint({"--frobnicate"}), "peach: cc has no option --frobnicate: see peach cc --help\n");
    EXPECT_EQ(complaint({"-c", path("none.s")}),
              fmt::format("peach: cannot read {}: No such file or directory\n", path("none.s")));
    EXPECT_EQ(complaint({"-S", path("none.s")}),
              fmt::format("peach: {} is assembly already: expected a .c or .S file\n", path("none.s")));
    EXPECT_EQ(complaint({"-c", "-o", "x", file}),
              "peach: -o takes one file here: leave it out, or name one input\n");
}

TEST_F(Commands, AsFindsIncludedFilesAndMindsItsWarnings) {
    fs::create_directory(path("inc"));
    write("inc/one.inc", ".set one, 1\n");
    write("two.inc", ".set two, 2\n");
    const std::string source =
        write("a.s", ".include \"one.inc\"\n.include \"two.inc\"\n_start: li a0, one + two\n");
    EXPECT_EQ(run(as_main, {source, "-o", path("a")}).status, 1);
    const Outcome warned = run(as_main, {source, "-I", path("inc"), "-o", path("a")});
    EXPECT_EQ(warned.status, 0);
    EXPECT_NE(warned.complaints.find("[-Wfall-through]"), std::string::npos) << warned.complaints;
    EXPECT_EQ(run(as_main, {source, "-I", path("inc"), "-Wno-fall-through", "-o", path("a")}).complaints, "");
    EXPECT_EQ(run(as_main, {source, "-I", path("inc"), "-Werror", "-o", path("a")}).status, 1);
    EXPECT_EQ(run(as_main, {source, "-Wnonsense"}).complaints,
              "peach: there is no warning -Wnonsense: the warnings are fall-through, stack-alignment, "
              "lost-result, user\n");
}

}  // namespace
}  // namespace peach::toolchain
