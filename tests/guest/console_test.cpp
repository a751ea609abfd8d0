// A person at the console: echo, line editing, ^C, ^D, and a shell that survives it all.

#include <gtest/gtest.h>

#include <algorithm>

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
    // All that ever appeared.
    const std::string& screen() const { return screen_; }

  private:
    std::string advance() {
        RunOutput output;
        idle_ = engine_.run(engine_.machine().cycle() + kPatienceCycles, output).reason == StopReason::idle;
        screen_ += output.console;
        return output.console;
    }

    Engine engine_;
    std::string screen_;
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

TEST(Console, ControlCharactersCanBePartOfALine) {
    Terminal terminal;
    terminal.type("stty -isig; hexdump; stty isig\n");
    EXPECT_EQ(terminal.type("\x03\x1a\x01\x7f\n"), "^C^Z^A\b \b\b \b\n");
    const std::string dump = terminal.type("\x04");
    EXPECT_NE(dump.find("03 1a 0a"), std::string::npos) << dump;
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

// What stands on the screen's last line, if the terminal does what it is told.
std::string last_line(const std::string& output) {
    std::string line;
    size_t column = 0;
    for (size_t i = 0; i < output.size(); ++i) {
        if (output[i] == '\n') {
            line.clear();
            column = 0;
        } else if (output[i] == '\r') {
            column = 0;
        } else if (output[i] == '\b') {
            --column;
        } else if (output.compare(i, 3, "\033[K") == 0) {
            line.resize(column);
            i += 2;
        } else {
            line.resize(std::max(line.size(), column + 1), ' ');
            line[column++] = output[i];
        }
    }
    return line;
}

std::string line_after(Terminal& terminal, const std::string& keys) {
    terminal.type(keys);
    return last_line(terminal.screen());
}

TEST(Console, ALineCanBeEdited) {
    Terminal terminal;
    EXPECT_EQ(line_after(terminal, "ecko\x1b[D\x7f\x1b[C\x1b[Dh"), "$ echo") << "left, delete, right, insert";
    EXPECT_EQ(line_after(terminal, "\x05 two words\x17\x01# \x05!"), "$ # echo two !");
    terminal.type("\x15");
    EXPECT_TRUE(terminal.type("echo abc\x1b[D\x1b[D\x0b\n").ends_with("\na\n$ ")) << "^K";
}

TEST(Console, EarlierLinesComeBack) {
    Terminal terminal;
    terminal.type("echo one\n");
    terminal.type("echo two\n");
    EXPECT_EQ(line_after(terminal, "half\x1b[A"), "$ echo two");
    EXPECT_EQ(line_after(terminal, "\x1b[A"), "$ echo one");
    EXPECT_EQ(line_after(terminal, "\x1b[B\x1b[B"), "$ half");
    EXPECT_TRUE(terminal.type("\x15\x10\x10\n").ends_with("\none\n$ "));
    EXPECT_TRUE(terminal.type("!!\n").ends_with("\necho one\none\n$ "));
    EXPECT_TRUE(terminal.type("!echo t\n").find("one t\n") != std::string::npos);
    EXPECT_TRUE(terminal.type("!nosuch\n").find("no such line") != std::string::npos);
}

TEST(Console, TabCompletes) {
    Terminal terminal;
    EXPECT_EQ(line_after(terminal, "pwd; mkd\t"), "$ pwd; mkdir ");
    terminal.type("\x15");
    EXPECT_EQ(line_after(terminal, "cat /home/fr\t"), "$ cat /home/fruit.txt ");
    terminal.type("\x15");
    EXPECT_EQ(line_after(terminal, "ls /ho\t"), "$ ls /home/");
    const std::string both = terminal.type("\t");
    EXPECT_NE(both.find("\nfruit.txt"), std::string::npos) << both;
    EXPECT_NE(both.find("proverb.txt  student/\n"), std::string::npos) << both;
    EXPECT_TRUE(terminal
                    .type("\x15"
                          "echo alive\n")
                    .ends_with("alive\n$ "));
}

TEST(Console, JobsStopAndGoOn) {
    Terminal terminal;
    EXPECT_EQ(terminal.type("sleep 1000\n"), "sleep 1000\n");
    EXPECT_EQ(terminal.type("\x1a"), "^Z\n[1] + Stopped                    sleep 1000\n$ ");
    EXPECT_EQ(terminal.type("jobs\n"), "jobs\n[1] + Stopped                    sleep 1000\n$ ");
    EXPECT_EQ(terminal.type("bg\n"), "bg\n[1] sleep 1000\n$ ");
    EXPECT_EQ(terminal.type("jobs\n"), "jobs\n[1] + Running                    sleep 1000\n$ ");
    EXPECT_EQ(terminal.type("fg\n"), "fg\nsleep 1000\n");
    EXPECT_EQ(terminal.type("\x03"), "^C\n$ ");
    EXPECT_EQ(terminal.type("jobs\n"), "jobs\n$ ");
    terminal.type("sleep 1000 | cat &\n");
    EXPECT_EQ(terminal.type("kill %1; wait\n"), "kill %1; wait\n$ ");
    terminal.type("spin | cat\n");
    terminal.type("\x1a");
    terminal.type("kill %1\n");
    EXPECT_NE(terminal.type("jobs\n").find("Terminated"), std::string::npos) << "a stopped job ends, too";
}

TEST(Console, SttyShowsAndChangesTheTerminal) {
    Terminal terminal;
    EXPECT_EQ(terminal.type("stty size\n"), "stty size\n24 80\n$ ");
    EXPECT_NE(terminal.type("stty -a\n").find("intr = ^C; quit = ^\\; erase = ^?"), std::string::npos);
    terminal.type("stty intr ^X -echo; cat\n");
    EXPECT_EQ(terminal.type("typed\n"), "typed\n") << "once: it is not echoed";
    EXPECT_TRUE(terminal.type("\x03\x18").ends_with("$ ")) << "^X is the new ^C";
    terminal.type("stty sane\n");
    EXPECT_NE(terminal.type("stty\n").find("intr = ^C"), std::string::npos);
}

TEST(Console, ALoopOfBuiltinsCanBeInterrupted) {
    Terminal terminal;
    terminal.type("while :; do :; done\n");
    EXPECT_FALSE(terminal.is_idle());
    EXPECT_EQ(terminal.type("\x03"), "^C\n$ ");
    EXPECT_EQ(terminal.type("echo $?\n"), "echo $?\n130\n$ ");
}

}  // namespace
}  // namespace peach::tests
