// An interactive run on a real (pseudo) terminal: the person's terminal is given back as it was, on every way
// out.

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <string>

namespace {

constexpr int kPatienceMilliseconds = 60'000;

class PeachOnATerminal {
  public:
    PeachOnATerminal() {
        EXPECT_EQ(openpty(&person_, &terminal_, nullptr, nullptr, nullptr), 0);
        EXPECT_EQ(tcgetattr(terminal_, &before_), 0);
        child_ = fork();
        if (child_ == 0) {
            setsid();
            for (int i = 0; i < 3; ++i) dup2(terminal_, i);
            close(person_);
            execl(PEACH_PROGRAM, "peach", "run", nullptr);
            _exit(127);
        }
    }
    ~PeachOnATerminal() {
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
        close(person_);
        close(terminal_);
    }
    PeachOnATerminal(const PeachOnATerminal&) = delete;
    PeachOnATerminal& operator=(const PeachOnATerminal&) = delete;

    void type(const std::string& keys) const {
        ASSERT_EQ(write(person_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
    }

    // Reads until `text` has been shown; false if it does not come.
    bool wait_for(const std::string& text) {
        while (screen_.find(text) == screen_.npos) {
            pollfd waiting{.fd = person_, .events = POLLIN, .revents = 0};
            if (poll(&waiting, 1, kPatienceMilliseconds) <= 0) return false;
            std::array<char, 4096> buffer;
            const ssize_t count = read(person_, buffer.data(), buffer.size());
            if (count <= 0) return false;
            screen_.append(buffer.data(), static_cast<size_t>(count));
        }
        screen_.erase(0, screen_.find(text) + text.size());
        return true;
    }

    void send_signal(int signal) const { kill(child_, signal); }

    bool wait_until_stopped() const {
        int status = 0;
        return waitpid(child_, &status, WUNTRACED) == child_ && WIFSTOPPED(status);
    }

    int wait_for_end() {
        int status = 0;
        waitpid(child_, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    bool settings_are_restored() const {
        termios now{};
        EXPECT_EQ(tcgetattr(terminal_, &now), 0);
        return now.c_lflag == before_.c_lflag && now.c_iflag == before_.c_iflag &&
               now.c_oflag == before_.c_oflag;
    }

  private:
    int person_ = -1;
    int terminal_ = -1;
    pid_t child_ = -1;
    termios before_{};
    std::string screen_;
};

TEST(Terminal, AnInteractiveShellAnswersAndExits) {
    PeachOnATerminal peach;
    ASSERT_TRUE(peach.wait_for("$ "));
    peach.type("echo sum $?\r");
    ASSERT_TRUE(peach.wait_for("sum 0\r\n"));
    peach.type("exit 6\r");
    EXPECT_EQ(peach.wait_for_end(), 6);
    EXPECT_TRUE(peach.settings_are_restored());
}

TEST(Terminal, PoweroffInTheGuestEndsTheRunWithItsStatus) {
    PeachOnATerminal peach;
    ASSERT_TRUE(peach.wait_for("$ "));
    peach.type("poweroff 5\r");
    EXPECT_EQ(peach.wait_for_end(), 5);
    EXPECT_TRUE(peach.settings_are_restored());
}

TEST(Terminal, TheDeathOfTheGuestsShellEndsTheRun) {
    PeachOnATerminal peach;
    ASSERT_TRUE(peach.wait_for("$ "));
    peach.type("kill -9 $$\r");
    EXPECT_EQ(peach.wait_for_end(), 128 + SIGKILL);
    EXPECT_TRUE(peach.settings_are_restored());
}

TEST(Terminal, AStoppedPeachGivesTheTerminalBackAndTakesItAgain) {
    PeachOnATerminal peach;
    ASSERT_TRUE(peach.wait_for("$ "));
    peach.send_signal(SIGTSTP);
    EXPECT_TRUE(peach.wait_until_stopped());
    EXPECT_TRUE(peach.settings_are_restored());
    peach.send_signal(SIGCONT);
    for (int i = 0; i < kPatienceMilliseconds && peach.settings_are_restored(); ++i) usleep(1000);
    EXPECT_FALSE(peach.settings_are_restored());
    peach.type("spin\r");
    ASSERT_TRUE(peach.wait_for("spin"));
    usleep(200'000);
    peach.type("\x03");
    ASSERT_TRUE(peach.wait_for("$ ")) << "^C is the guest's";
    peach.type("exit 0\r");
    EXPECT_EQ(peach.wait_for_end(), 0);
    EXPECT_TRUE(peach.settings_are_restored());
}

TEST(Terminal, SignalsThatEndPeachGiveTheTerminalBack) {
    for (const int signal : {SIGUSR1, SIGALRM, SIGQUIT}) {
        PeachOnATerminal peach;
        ASSERT_TRUE(peach.wait_for("$ "));
        peach.send_signal(signal);
        EXPECT_EQ(peach.wait_for_end(), 128 + signal);
        EXPECT_TRUE(peach.settings_are_restored()) << signal;
    }
}

TEST(Terminal, ControlCEndsTheGuestsProgramAndNotPeach) {
    PeachOnATerminal peach;
    ASSERT_TRUE(peach.wait_for("$ "));
    peach.type("spin\r");
    ASSERT_TRUE(peach.wait_for("spin"));
    usleep(200'000);
    peach.type("\x03");
    ASSERT_TRUE(peach.wait_for("$ "));
    peach.type("echo alive\r");
    ASSERT_TRUE(peach.wait_for("alive\r\n"));
    peach.type("\x1D");
    EXPECT_EQ(peach.wait_for_end(), 0);
    EXPECT_TRUE(peach.settings_are_restored());
}

TEST(Terminal, ASignalRestoresTheTerminal) {
    for (const int signal : {SIGTERM, SIGHUP, SIGINT, SIGSEGV}) {
        PeachOnATerminal peach;
        ASSERT_TRUE(peach.wait_for("$ "));
        peach.send_signal(signal);
        EXPECT_EQ(peach.wait_for_end(), 128 + signal);
        EXPECT_TRUE(peach.settings_are_restored()) << signal;
    }
}

}  // namespace
