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

TEST(Run, BuildsAddedAssemblyThatBeginsByItself) {
    const ScratchFile program(
        "own.s", "    .globl _start\n_start:\n    li a5, 1\n    li a0, 7\n    ecall\n    j _start\n");
    EXPECT_EQ(run_peach({"run", "--add", program.path() + ":/bin/own", "--", "own"}).status, 7);
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

TEST(Run, AddedProgramsGoWhereAShellFindsThem) {
    const ScratchFile source("made.c", "int main(void) { return 9; }\n");
    const ScratchFile program("made", "");
    const ScratchFile text("words", "some words\n");
    ASSERT_EQ(run_peach({"cc", "-o", program.path(), source.path()}).status, 0);
    const std::string name = std::filesystem::path(program.path()).filename().string();
    EXPECT_EQ(run_peach({"run", "--add", program.path(), "--", name}).status, 9);
    const std::string text_name = std::filesystem::path(text.path()).filename().string();
    EXPECT_EQ(run_peach({"run", "--add", text.path(), "--", "cat", "/" + text_name}).output, "some words\n");
}

TEST(Run, TheStackProtectorNoticesAnArrayThatRanOver) {
    const ScratchFile source("smash.c",
                             "#include <string.h>\n"
                             "static void keep(const char *text) { char room[8]; strcpy(room, text); }\n"
                             "int main(int argc, char **argv) { keep(argv[1]); return argc; }\n");
    const ScratchFile program("smash", "");
    ASSERT_EQ(run_peach({"cc", "-O0", "-fstack-protector-all", "-o", program.path(), source.path()}).status,
              0);
    const auto outcome_of = [&](const std::string& word) {
        return run_peach({"run", "--add", program.path() + ":/bin/smash", "--", "smash", word});
    };
    EXPECT_EQ(outcome_of("fits").status, 2);
    const Outcome smashed = outcome_of("much more than fits into it");
    EXPECT_EQ(smashed.status, 128 + 6) << smashed.output << smashed.errors;
    EXPECT_NE(smashed.output.find("*** stack smashing detected ***: terminated\n"), std::string::npos)
        << smashed.output;
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

TEST(Run, ARecordingShowsTheProcessesThatTheRunHad) {
    const ScratchFile recording("shown.peach", "");
    run_peach({"run", "--record", recording.path(), "--", "sh", "-c", "sleep 5; true"});
    const Outcome shown =
        run_peach({"show", "processes", "--replay", recording.path(), "--at", "1,500,000", "--json"});
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_NE(shown.output.find("sleep"), std::string::npos) << shown.output;
}

TEST(Run, ARecordingPlaysAsFarAsOneLikes) {
    const ScratchFile recording("part.peach", "");
    const ScratchFile trace("part.json", "");
    run_peach({"run", "--record", recording.path(), "--", "sh", "-c", "echo one; sleep 5; echo two"});
    const Outcome part = run_peach(
        {"run", "--replay", recording.path(), "--max-cycles", "3000000", "--stats", "--trace", trace.path()});
    EXPECT_EQ(part.status, 124);
    EXPECT_EQ(part.output, "one\n");
    EXPECT_NE(part.errors.find("3000000 cycles"), std::string::npos) << part.errors;
    EXPECT_EQ(nlohmann::json::parse(trace.text())["otherData"]["cycles"], 3'000'000);
}

TEST(Run, ATraceSaysWhatHappened) {
    const ScratchFile trace("trace.json", "");
    const Outcome outcome = run_peach({"run", "--trace", trace.path(), "--", "sh", "-c", "echo hi | wc"});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    const auto events = nlohmann::json::parse(trace.text())["traceEvents"];
    const auto names = [&](const std::string& phase) {
        std::string all;
        for (const auto& event : events) {
            if (event["ph"] == phase) all += event["name"].get<std::string>() + "\n";
        }
        return all;
    };
    EXPECT_NE(names("X").find("system call fork"), std::string::npos);
    EXPECT_NE(names("X").find("SLEEPING"), std::string::npos);
    EXPECT_NE(names("i").find("wc: RUNNABLE to RUNNING"), std::string::npos) << names("i");
}

TEST(Run, WhatCannotBeWrittenIsSaid) {
    for (const char* option : {"--trace", "--record", "--save", "--save-disk"}) {
        const Outcome outcome = run_peach({"run", option, "/nonexistent/file", "--", "true"});
        EXPECT_EQ(outcome.status, 1) << option;
        EXPECT_NE(outcome.errors.find("/nonexistent/file"), std::string::npos) << outcome.errors;
    }
}

TEST(Run, StatsTellCyclesSpeedAndState) {
    const Outcome outcome = run_peach({"run", "--stats", "--", "true"});
    EXPECT_TRUE(std::regex_match(
        outcome.errors,
        std::regex(
            R"(peach: \d+ cycles in [\d.]+ s of host time, [\d.]+ million a second; state [0-9a-f]{16}\n)")))
        << outcome.errors;
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

TEST(Run, ABareProgramThatJumpsToNowhereIsToldApartFromOneThatRunsForEver) {
    const ScratchFile program("nowhere.s", "    .globl _start\n_start:\n    li a0, 0x12345678\n    jr a0\n");
    const Outcome outcome = run_peach({"run", "--bare", program.path()});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.errors.find("trap handler"), std::string::npos) << outcome.errors;
}

TEST(Run, WhatASavedFileHeldIsThereUntilTheNewOneIsComplete) {
    const ScratchFile saved("saved.machine", "what was there before");
    const Outcome outcome = run_peach({"run", "--save", saved.path(), "--max-cycles", "1000"});
    EXPECT_EQ(outcome.status, 124) << outcome.errors;
    const Outcome goes_on = run_peach({"show", "status", "--load", saved.path(), "--at", "2000"});
    EXPECT_EQ(goes_on.status, 0) << goes_on.errors;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(saved.path()).parent_path())) {
        const std::string name = entry.path().string();
        EXPECT_FALSE(name != saved.path() && name.starts_with(saved.path())) << name;
    }
}

TEST(Shot, OfABareMachineAndOfAnyLayout) {
    const ScratchFile program("loop.s", "    .globl _start\n_start:\n    j _start\n");
    const ScratchFile picture("bare.png", "");
    const Outcome bare = run_peach({"shot", picture.path(), "--bare", program.path(), "--layout", "cpu"});
    EXPECT_EQ(bare.status, 0) << bare.errors;
    EXPECT_GT(std::filesystem::file_size(picture.path()), 10'000u);
    const Outcome past =
        run_peach({"shot", picture.path(), "--layout", "scheduling", "--do", "seek 100,000"});
    EXPECT_EQ(past.status, 0) << past.errors;
    const Outcome unknown = run_peach({"shot", picture.path(), "--do", "dance"});
    EXPECT_EQ(unknown.status, 1);
    EXPECT_NE(unknown.errors.find("step-over"), std::string::npos) << unknown.errors;
    EXPECT_EQ(run_peach({"shot", picture.path(), "--layout", "round"}).status, 2);
    const Outcome never = run_peach({"shot", picture.path(), "--do", "run-to primes!main"});
    EXPECT_EQ(never.status, 1) << "nobody starts primes";
    EXPECT_NE(never.errors.find("did not get there"), std::string::npos) << never.errors;
}

// With a command, what is to be done begins at the beginning; what is typed need not keep the CPU busy.
TEST(Shot, BeginsWhereOneWouldExpect) {
    const ScratchFile picture("begins.png", "");
    const ScratchFile recording("begins.peach", "");
    const Outcome command =
        run_peach({"shot", picture.path(), "--do", "run-to primes!main", "--", "primes", "10"});
    EXPECT_EQ(command.status, 0) << command.errors;
    const Outcome idle = run_peach({"shot", picture.path(), "--type", "ls\n"});
    EXPECT_EQ(idle.status, 0) << idle.errors;
    run_peach({"run", "--record", recording.path(), "--", "primes", "10"});
    const Outcome replayed =
        run_peach({"shot", picture.path(), "--replay", recording.path(), "--do", "run-to primes!main"});
    EXPECT_EQ(replayed.status, 0) << replayed.errors;
}

TEST(Shot, KnowsTheSymbolsOfAddedPrograms) {
    const ScratchFile program("adder.c", "int main(void) { return 4; }\n");
    const ScratchFile picture("adder.png", "");
    const Outcome outcome = run_peach({"shot", picture.path(), "--add", program.path() + ":/bin/adder",
                                       "--type", "adder\n", "--cycles", "0", "--do", "run-to adder!main"});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
}

TEST(Show, ProcessesHaveInitAndTheShell) {
    const Outcome outcome = run_peach({"show", "processes"});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_NE(outcome.output.find("init"), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find("SLEEPING"), std::string::npos) << outcome.output;
}

TEST(Show, TheViewsOfTheKernelsLensToo) {
    const Outcome pages = run_peach({"show", "pages"});
    EXPECT_EQ(pages.status, 0) << pages.errors;
    EXPECT_NE(pages.output.find("FRAME_"), std::string::npos) << pages.output.substr(0, 500);
    const Outcome unknown = run_peach({"show", "nothing"});
    EXPECT_EQ(unknown.status, 2);
    for (const char* view : {"pages", "metrics", "frames"})
        EXPECT_NE(unknown.errors.find(view), std::string::npos) << unknown.errors;
}

TEST(Show, TheRegistersOfAnyCpu) {
    const Outcome second = run_peach({"show", "registers", "--cpus", "2", "--cpu", "1", "--at", "1,000"});
    ASSERT_EQ(second.status, 0) << second.errors;
    EXPECT_NE(second.output, run_peach({"show", "registers", "--cpus", "2", "--at", "1000"}).output);
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
    for (const char* option : {"--cpus", "--ram", "--quantum", "--disk-latency", "--slice", "--clock",
                               "--power-cut", "--torn", "--max-cycles", "--seed"}) {
        for (const char* value : {"-1", "99999999999999999999"})
            expect_complaint({"run", option, value, "--", "true"}, 2, option);
        expect_complaint({"run", option, "many"}, 2, option);
        expect_complaint({"run", option}, 2, option);
    }
    for (const char* option : {"--at", "--since"})
        expect_complaint({"show", "status", option, "-1"}, 2, option);
    for (const char* option : {"--cpus", "--ram", "--quantum", "--disk-latency", "--slice", "--power-cut"})
        expect_complaint({"run", option, "0", "--", "true"}, 2, option);
    expect_complaint({"shot", "/tmp", "--cycles", "1"}, 1, "/tmp");
    expect_complaint({"run", "--load", "/dev/zero"}, 1, "/dev/zero has more than 1024 MiB");
    expect_complaint({"dis", "/dev/zero"}, 1, "/dev/zero has more than 1024 MiB");
    expect_complaint({"run", "--save", "/tmp/peach-twice", "--record", "/tmp/./peach-twice", "--", "true"}, 1,
                     "written twice");
    expect_complaint({"help", "dance"}, 2, "peach help");
    expect_complaint({"run", "--clock", "1", "--", "true"}, 2, "give real or book");
    expect_complaint({"run", "ls"}, 2, "peach run -- ls");
    expect_complaint({"run", "--add", ":", "--", "true"}, 1, "HOSTFILE");
    expect_complaint({"show", "heat", "--since", "5", "--at", "3"}, 2, "comes after");
    expect_complaint({"shot", "/tmp/x.png", "--cycles", "1", "--do", "future"}, 1, "future");
    expect_complaint({"shot", "/tmp/x.png", "--cycles", "1", "--do", "dance"}, 1, "step-instruction");
    expect_complaint({"show", "status", "--at", "-5"}, 2, "whole number");
    expect_complaint({"show", "status", "--at", "soon"}, 2, "whole number");
    expect_complaint({"show", "status", "--cpu", "3"}, 2, "CPU 3");
    expect_complaint({"run", "--max-cycles", "-5"}, 2, "whole number");
    expect_complaint({"run", "--seed", "-1"}, 2, "whole number");
    for (const char* option : {"--replay", "--load", "--disk", "--bare"})
        expect_complaint({"run", option, "/tmp"}, 1, "/tmp is a directory");
    for (const char* option : {"--save", "--save-disk", "--record"}) {
        expect_complaint({"run", option, "/tmp", "--", "true"}, 1, "/tmp is a directory");
        expect_complaint({"run", option, "/nonexistent/x", "--", "true"}, 1,
                         "/nonexistent/x cannot be written");
    }
}

TEST(BadUsage, WhatWouldBeLeftOutIsRefused) {
    const auto expect_refused = [](const std::vector<std::string>& words, const std::string& part) {
        const Outcome outcome = run_peach(words);
        EXPECT_EQ(outcome.status, 2) << outcome.errors;
        EXPECT_NE(outcome.errors.find(part), std::string::npos) << outcome.errors;
    };
    for (const char* word : {"run", "show"}) {
        std::vector<std::string> words{word};
        if (words[0] == "show") words.emplace_back("status");
        words.insert(words.end(), {"--replay", "run.peach", "--cpus", "2"});
        expect_refused(words, "--cpus");
    }
    expect_refused({"run", "--replay", "run.peach", "--policy", "fifo"}, "--policy");
    expect_refused({"run", "--replay", "run.peach", "--", "ls"}, "recorded run has its command");
    expect_refused({"run", "--load", "machine", "--ram", "8"}, "--ram");
    expect_refused({"run", "--load", "machine", "--", "ls"}, "leave the command away");
    expect_refused({"run", "--load", "machine", "--bare", "a.s"}, "--bare");
    expect_refused({"run", "--load", "machine", "--login"}, "--login");
    expect_refused({"run", "--bare", "a.s", "--", "ls"}, "a bare program gets no command");
    expect_refused({"run", "--bare", "a.s", "--add", "a.c"}, "--disk");
    expect_refused({"run", "--torn", "8", "--", "true"}, "--power-cut");
}

TEST(BadUsage, AFileThatCannotBeWrittenIsNotedBeforeTheRunAndNotAfterIt) {
    const Outcome outcome = run_peach({"run", "--save", "/nonexistent/x", "--", "echo", "for nothing"});
    EXPECT_EQ(outcome.output, "");
}

TEST(BadUsage, AnEmptyBootImageIsNamed) {
    const ScratchFile empty("empty.elf", "");
    const Outcome outcome = run_peach({"run", "--bare", empty.path()});
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.errors.find(empty.path() + " is empty"), std::string::npos) << outcome.errors;
}

TEST(Help, OfAWordIsWhatTheWordItselfSays) {
    for (const std::string word : {"run", "show", "trace", "shot", "as", "cc", "dis"}) {
        const Outcome help = run_peach({"help", word});
        EXPECT_EQ(help.status, 0) << word;
        EXPECT_EQ(help.output, run_peach({word, "--help"}).output);
        EXPECT_NE(help.output, run_peach({"help"}).output);
    }
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
