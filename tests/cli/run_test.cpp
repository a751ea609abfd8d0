// `peach run` and its neighbours, used as a person uses them.

#include "tests/cli/host_process.h"

#include <gtest/gtest.h>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace peach::tests {
namespace {

class WithoutDisplay {
  public:
    WithoutDisplay() {
        for (const char* name : kNames) {
            const char* value = std::getenv(name);
            values_.emplace_back(value == nullptr ? std::nullopt : std::optional<std::string>(value));
            unsetenv(name);
        }
    }
    ~WithoutDisplay() {
        for (size_t i = 0; i < std::size(kNames); i++) {
            if (values_[i]) setenv(kNames[i], values_[i]->c_str(), 1);
        }
    }
    WithoutDisplay(const WithoutDisplay&) = delete;
    WithoutDisplay& operator=(const WithoutDisplay&) = delete;

  private:
    static constexpr const char* kNames[] = {"DISPLAY", "WAYLAND_DISPLAY"};
    std::vector<std::optional<std::string>> values_;
};

TEST(Run, PrintsWhatAUnixPrintsAndExitsWithTheCommandsStatus) {
    const Outcome outcome = run_peach({"run", "--", "sh", "-c", "echo hi | wc; exit 3"});
    EXPECT_EQ(outcome.status, 3);
    EXPECT_TRUE(std::regex_match(outcome.output, std::regex(R"(\s*1\s+1\s+3\n)"))) << outcome.output;
    EXPECT_EQ(outcome.errors, "");
}

TEST(Run, PassesStandardInputThroughUntilItEnds) {
    const Outcome outcome = run_peach({"run", "--", "cat"}, "one\ntwo\nno newline at the end");
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.output, "one\ntwo\nno newline at the end");
}

TEST(Run, LoginAsksWhoIsThere) {
    const Outcome outcome = run_peach({"run", "--login"}, "student\npeach\nwhoami; exit 3\n");
    EXPECT_EQ(outcome.status, 3) << outcome.errors;
    EXPECT_TRUE(outcome.output.starts_with("login: Password: ")) << outcome.output;
    EXPECT_TRUE(outcome.output.ends_with("\nstudent\n")) << outcome.output;
    EXPECT_EQ(run_peach({"run", "--login", "--", "sh"}).status, 2);
}

TEST(Window, WithoutADisplayTheSameMachineStartsInTheTerminal) {
    const WithoutDisplay nowhere;
    const Outcome outcome = run_peach({"--cpus", "2", "--policy", "fifo", "--projector"}, "sched\nexit 4\n");
    EXPECT_EQ(outcome.status, 4) << outcome.errors;
    EXPECT_NE(outcome.output.find("fifo"), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.errors.find("in this terminal instead"), std::string::npos) << outcome.errors;
}

TEST(Window, RefusesAnOptionThatDoesNotExist) {
    const Outcome outcome = run_peach({"--sideways"});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.errors.find("--sideways"), std::string::npos) << outcome.errors;
}

TEST(Run, TheShellReadsAScriptFromStandardInput) {
    const Outcome outcome = run_peach({"run"}, "echo first\necho second | cat\nexit 5\n");
    EXPECT_EQ(outcome.status, 5);
    EXPECT_NE(outcome.output.find("first\n"), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find("second\n"), std::string::npos) << outcome.output;
}

TEST(Run, ReportsADeathBySignalAsAShellDoes) {
    const ScratchFile program("null.c", "int main(void) { return *(volatile int *)0; }\n");
    const Outcome outcome = run_peach({"run", "--add", program.path() + ":/bin/null", "--", "null"});
    EXPECT_EQ(outcome.status, 128 + 11) << outcome.output << outcome.errors;
    EXPECT_NE(outcome.output.find("null: Segmentation fault\n"), std::string::npos) << outcome.output;
}

TEST(Run, AProgramThatJumpsToNowhereDiesAndTheMachineLives) {
    const ScratchFile program("nowhere.c", "int main(void) { ((void (*)(void))0x7000000)(); return 0; }\n");
    const Outcome outcome = run_peach(
        {"run", "--add", program.path() + ":/bin/nowhere", "--", "sh", "-c", "nowhere; echo alive"});
    EXPECT_NE(outcome.output.find("alive\n"), std::string::npos) << outcome.output << outcome.errors;
}

TEST(Run, AnEndlessProgramStopsAtTheLimitWithStatus124) {
    const Outcome outcome = run_peach({"run", "--max-cycles", "5000000", "--", "spin"});
    EXPECT_EQ(outcome.status, 124);
    EXPECT_NE(outcome.errors.find("5000000 cycles"), std::string::npos) << outcome.errors;
}

TEST(Run, BuildsAddedSources) {
    const ScratchFile program(
        "sum.c",
        "#include <stdio.h>\n"
        "int main(int argc, char **argv) { printf(\"%d %s\\n\", argc, argv[1]); return 7; }\n");
    const Outcome outcome =
        run_peach({"run", "--add", program.path() + ":/bin/sum", "--", "sum", "two words"});
    EXPECT_EQ(outcome.output, "2 two words\n") << outcome.errors;
    EXPECT_EQ(outcome.status, 7);
}

TEST(Run, AnAddedFileCanBeExecutedIfItCanBeHere) {
    const ScratchFile script("greet", "#!/bin/sh\necho hello\n");
    const std::vector<std::string> arguments = {"run", "--add", script.path() + ":/tmp/greet", "--",
                                                "sh",  "-c",    "/tmp/greet; echo $?"};
    EXPECT_TRUE(run_peach(arguments).output.ends_with("126\n"));
    std::filesystem::permissions(script.path(), std::filesystem::perms::owner_all);
    EXPECT_EQ(run_peach(arguments).output, "hello\n0\n");
}

TEST(Run, ARecordingPlaysBackAsTheSameRun) {
    const ScratchFile recording("run.peach", "");
    const Outcome first = run_peach(
        {"run", "--record", recording.path(), "--", "sh", "-c", "cat; echo done; exit 4"}, "typed\n");
    EXPECT_EQ(first.status, 4) << first.errors;
    const Outcome again = run_peach({"run", "--replay", recording.path()});
    EXPECT_EQ(again.status, 4) << again.errors;
    EXPECT_EQ(again.output, first.output);
    EXPECT_EQ(again.errors, "");
}

TEST(Run, ADamagedRecordingIsRefused) {
    const ScratchFile recording("damaged.peach", "this is no recording");
    const Outcome outcome = run_peach({"run", "--replay", recording.path()});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.errors.find("recording"), std::string::npos) << outcome.errors;
}

TEST(Run, ThePolicyIsChosenByName) {
    for (const char* policy : {"fifo", "rr", "sjf", "stcf", "mlfq", "lottery", "stride", "percpu"}) {
        const Outcome outcome = run_peach({"run", "--policy", policy, "--", "sched"});
        EXPECT_EQ(outcome.status, 0) << outcome.errors;
        EXPECT_NE(outcome.output.find(policy), std::string::npos) << outcome.output;
    }
    const Outcome wrong = run_peach({"run", "--policy", "psychic", "--", "true"});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_NE(wrong.errors.find("fifo"), std::string::npos)
        << "the message lists the policies: " << wrong.errors;
}

TEST(Run, ABareProgramRunsWithoutAnOperatingSystem) {
    const ScratchFile program("bare.s",
                              "    .globl _start\n"
                              "_start:\n"
                              "    li a0, 0xF0002000\n"
                              "    li a1, 'P'\n"
                              "    sw a1, 0(a0)\n"
                              "    li a0, 0xF0005000\n"
                              "    li a1, 42\n"
                              "    sw a1, 0(a0)\n");
    const Outcome outcome = run_peach({"run", "--bare", program.path()});
    EXPECT_EQ(outcome.output, "P") << outcome.errors;
    EXPECT_EQ(outcome.status, 42);
}

TEST(Show, ProcessesHaveInitAndTheShell) {
    const Outcome outcome = run_peach({"show", "processes"});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_NE(outcome.output.find("init"), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find("SLEEPING"), std::string::npos) << outcome.output;
}

TEST(Show, AnyMomentAsJson) {
    const Outcome outcome = run_peach({"show", "registers", "--at", "1000", "--json"});
    ASSERT_EQ(outcome.status, 0) << outcome.errors;
    const auto table = nlohmann::json::parse(outcome.output);
    EXPECT_GE(table["rows"].size(), 17u);
}

TEST(BadUsage, SaysWhatIsWrongAndWhatToDo) {
    const auto expect_complaint = [](const std::vector<std::string>& words, int status,
                                     const std::string& part) {
        const Outcome outcome = run_peach(words);
        EXPECT_EQ(outcome.status, status) << outcome.errors;
        EXPECT_TRUE(outcome.errors.starts_with("peach: ")) << outcome.errors;
        EXPECT_NE(outcome.errors.find(part), std::string::npos) << outcome.errors;
    };
    expect_complaint({"dance"}, 2, "peach help");
    expect_complaint({"run", "--fast"}, 2, "--fast");
    expect_complaint({"run", "--cpus", "99"}, 2, "cpus");
    expect_complaint({"show", "nothing"}, 2, "processes");
    expect_complaint({"show"}, 2, "VIEW");
    expect_complaint({"run", "--disk", "/nonexistent.img", "--", "true"}, 1, "/nonexistent.img");
    expect_complaint({"run", "--bare", "/nonexistent.s"}, 1, "/nonexistent.s");
    expect_complaint({"run", "--add", "/nonexistent.txt", "--", "true"}, 1, "/nonexistent.txt");
    expect_complaint({"shot", "/nonexistent/x.png", "--cycles", "1"}, 1, "/nonexistent/x.png");
}

TEST(BadUsage, ForeignImagesAreRefused) {
    const ScratchFile text("text.elf", "not an executable at all");
    const Outcome bare = run_peach({"run", "--bare", text.path()});
    EXPECT_EQ(bare.status, 1);
    EXPECT_NE(bare.errors.find("ELF"), std::string::npos) << bare.errors;
    const Outcome foreign = run_peach({"run", "--bare", "/bin/true"});
    EXPECT_EQ(foreign.status, 1);
    EXPECT_NE(foreign.errors.find("Peach"), std::string::npos) << foreign.errors;
    const ScratchFile disk("short.img", std::string(5000, 'x'));
    const Outcome truncated = run_peach({"run", "--disk", disk.path(), "--", "true"});
    EXPECT_EQ(truncated.status, 1);
    EXPECT_NE(truncated.errors.find(disk.path()), std::string::npos) << truncated.errors;
}

}  // namespace
}  // namespace peach::tests
