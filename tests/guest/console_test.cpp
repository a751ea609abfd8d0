// A person at the console: echo, line editing, ^C, ^D, and a shell that survives it all.

#include <gtest/gtest.h>

#include "tests/guest/guest_machine.h"

namespace peach::tests {
namespace {

constexpr uint64_t kPatienceCycles = 5'000'000;

class Terminal {
  public:
    Terminal() : engine_(GuestMachine().start({}, {.terminal = true})) { started_ = advance(); }

    // Types, waits until nothing happens any more (or patience ends), and returns what appeared.
    std::string type(const std::string& keys) {
        engine_.deliver({.cycle = engine_.machine().cycle(), .what = ConsoleInput{keys}});
        return advance();
    }
    const std::string& started() const { return started_; }
    bool is_idle() const { return idle_; }

  private:
    std::string advance() {
        RunOutput output;
        idle_ = engine_.run(engine_.machine().cycle() + kPatienceCycles, output).reason == StopReason::idle;
        return output.console;
    }

    Engine engine_;
    std::string started_;
    bool idle_ = false;
};

TEST(Console, AShellAsksAndAnswers) {
    Terminal terminal;
    EXPECT_EQ(terminal.started(), "$ ");
    EXPECT_TRUE(terminal.is_idle());
    EXPECT_EQ(terminal.type("echo hello\n"), "echo hello\nhello\n$ ");
    EXPECT_EQ(terminal.type("pwd\n"), "pwd\n/home\n$ ");
    EXPECT_EQ(terminal.type("\n"), "\n$ ");
    EXPECT_EQ(terminal.type("nosuch\n"), "nosuch\nsh: nosuch: not found\n$ ");
    EXPECT_EQ(terminal.type("echo 'two\n"), "echo 'two\n> ");
    EXPECT_EQ(terminal.type("lines'\n"), "lines'\ntwo\nlines\n$ ");
}

TEST(Console, BackspaceAndKillLine) {
    Terminal terminal;
    EXPECT_EQ(terminal.type("ecko\x7f\x7fho hi\n"), "ecko\b \b\b \bho hi\nhi\n$ ");
    terminal.type("rubbish\x15");
    EXPECT_EQ(terminal.type("echo kept\n"), "echo kept\nkept\n$ ");
    terminal.type("\x7f\x7f\x7f");
    EXPECT_EQ(terminal.type("echo ok\n"), "echo ok\nok\n$ ");
}

TEST(Console, ControlCEndsTheForegroundAndNotTheShell) {
    Terminal terminal;
    EXPECT_EQ(terminal.type("spin\n"), "spin\n");
    EXPECT_FALSE(terminal.is_idle());
    EXPECT_EQ(terminal.type("\x03"), "^C\n$ ");
    EXPECT_TRUE(terminal.is_idle());
    EXPECT_EQ(terminal.type("echo $?\n"), "echo $?\n130\n$ ");
    EXPECT_EQ(terminal.type("spin | cat\n"), "spin | cat\n");
    EXPECT_EQ(terminal.type("\x03"), "^C\n$ ");
    EXPECT_EQ(terminal.type("ps | grep -c spin\n"), "ps | grep -c spin\n0\n$ ");
    EXPECT_EQ(terminal.type("half a line\x03"), "half a line^C\n$ ") << "the line is forgotten";
    EXPECT_EQ(terminal.type("echo on\n"), "echo on\non\n$ ");
}

TEST(Console, BackgroundJobsAreNotTouchedByControlC) {
    Terminal terminal;
    const std::string started = terminal.type("spin &\n");
    EXPECT_TRUE(started.starts_with("spin &\n[")) << started;
    terminal.type("sleep 100\n");
    terminal.type("\x03");
    EXPECT_EQ(terminal.type("ps | grep -c spin\n"), "ps | grep -c spin\n1\n$ ");
    std::string reported = terminal.type("kill $!\n");
    reported += terminal.type("\n");
    EXPECT_NE(reported.find("Terminated"), std::string::npos) << reported;
}

TEST(Console, ControlZStopsAndTheShellContinues) {
    Terminal terminal;
    terminal.type("spin\n");
    EXPECT_NE(terminal.type("\x1a").find("^Z\n"), std::string::npos);
    EXPECT_TRUE(terminal.is_idle()) << "nothing runs any more";
    EXPECT_EQ(terminal.type("ps | grep -c 'stopped by SIGTSTP'\n"),
              "ps | grep -c 'stopped by SIGTSTP'\n1\n$ ");
    terminal.type("bg\n");
    EXPECT_FALSE(terminal.is_idle()) << "it spins in the background";
    terminal.type("\x03");
    EXPECT_EQ(terminal.type("ps | grep -c spin\n"), "ps | grep -c spin\n1\n$ ") << "^C is not for it";
    terminal.type("fg\n");
    terminal.type("\x03");
    EXPECT_TRUE(terminal.is_idle());
    EXPECT_EQ(terminal.type("ps | grep -c spin\n"), "ps | grep -c spin\n0\n$ ");
}

TEST(Console, ABackgroundProcessThatReadsStops) {
    Terminal terminal;
    terminal.type("cat &\n");
    EXPECT_EQ(terminal.type("ps | grep -c 'stopped by SIGTTIN'\n"),
              "ps | grep -c 'stopped by SIGTTIN'\n1\n$ ");
    terminal.type("fg\n");
    EXPECT_EQ(terminal.type("now it reads\n"), "now it reads\nnow it reads\n");
    EXPECT_EQ(terminal.type("\x04"), "$ ");
}

TEST(Console, ControlBackslashQuits) {
    Terminal terminal;
    terminal.type("spin\n");
    const std::string shown = terminal.type("\x1c");
    EXPECT_TRUE(shown.starts_with("^\\\nQuit")) << shown;
    EXPECT_EQ(terminal.type("echo $?\n"), "echo $?\n131\n$ ");
}

TEST(Console, ControlWTakesBackAWord) {
    Terminal terminal;
    terminal.type("cat\n");
    const std::string shown = terminal.type("keep drop\x17it\n");
    EXPECT_TRUE(shown.ends_with("keep it\n")) << shown;
}

TEST(Console, EndOfInput) {
    Terminal terminal;
    EXPECT_EQ(terminal.type("cat\n"), "cat\n");
    EXPECT_EQ(terminal.type("line\n"), "line\nline\n");
    EXPECT_EQ(terminal.type("\x04"), "$ ");
    EXPECT_EQ(terminal.type("wc -c\n"), "wc -c\n");
    EXPECT_EQ(terminal.type("abc\x04\x04"), "abc3\n$ ") << "the first hands over the line, the second ends";
    EXPECT_EQ(terminal.type("\x04"), "\n$ ") << "init starts another shell";
    EXPECT_EQ(terminal.type("echo again\n"), "echo again\nagain\n$ ");
}

TEST(Console, TypingAheadIsNotLost) {
    Terminal terminal;
    const std::string output = terminal.type("sleep 0.1\necho first\necho second\n");
    EXPECT_NE(output.find("first\n"), std::string::npos);
    EXPECT_TRUE(output.ends_with("second\n$ ")) << output;
}

}  // namespace
}  // namespace peach::tests
