// Who may do what: users, passwords, setuid programs, scripts.

#include <gtest/gtest.h>

#include "emulator/engine.h"
#include "tests/guest/guest_machine.h"

namespace peach::tests {
namespace {

std::string output_of(const std::string& command, const std::string& input = "") {
    return GuestMachine().run({"sh", "-c", command}, {.input = input}).output;
}

TEST(Users, RootIsWhoStarts) {
    EXPECT_EQ(output_of("id; whoami"), "uid=0(root) gid=0(root)\nroot\n");
    EXPECT_EQ(output_of("id student; id nobody"),
              "uid=1000(student) gid=1000(student)\nid: nobody: no such user\n");
}

TEST(Users, SuMakesRootSomebodyElseWithoutAPassword) {
    EXPECT_EQ(output_of("su -c 'id; echo $HOME $USER' student; id"),
              "uid=1000(student) gid=1000(student)\n/home/student student\nuid=0(root) gid=0(root)\n");
}

TEST(Users, SuAsksOthersForThePassword) {
    EXPECT_EQ(output_of("su -c 'su -c whoami root' student", "root\n"), "Password: root\n");
    EXPECT_EQ(output_of("su -c 'su -c whoami root' student", "wrong\n"),
              "Password: su: that is not the password\n");
    EXPECT_EQ(output_of("su -c 'su -c whoami student' guest", "peach\n"), "Password: student\n");
    EXPECT_EQ(output_of("su nobody"), "su: nobody: no such user\n");
}

TEST(Users, OnlyRootSignalsEverybody) {
    EXPECT_NE(output_of("sleep 100 & su -c \"kill $!\" student; kill $!").find("Operation not permitted"),
              std::string::npos);
    EXPECT_EQ(output_of("su -c 'sleep 100 & kill $! && echo its own' student"), "its own\n");
}

TEST(Users, PasswdChangesThePassword) {
    const std::string input = "peach\nplum\nplum\nplum\n";
    EXPECT_EQ(output_of("su -c passwd student; su -c 'su -c whoami student' guest", input),
              "Old password: New password: Again: Password: student\n");
    EXPECT_EQ(output_of("su -c passwd student", "wrong\n"), "Old password: passwd: you may not change it\n");
    EXPECT_EQ(output_of("passwd guest", "a\nb\n"),
              "New password: Again: passwd: these are not the same: nothing is changed\n");
}

TEST(Users, LoginLetsInWhoKnowsThePassword) {
    EXPECT_EQ(output_of("login", "student\npeach\nwhoami; pwd; echo mine >file; cat file\n"),
              "login: Password: Welcome to PeachOS, an operating system under glass.\n"
              "Try: ls /bin, ps, spin & ps, primes | wc -l, cat /src/hello.c\n"
              "student\n/home/student\nmine\n");
    EXPECT_EQ(output_of("login", "student\nroot\nnobody\nx\nroot\nx\n"),
              "login: Password: login: name or password is wrong\n"
              "login: Password: login: name or password is wrong\n"
              "login: Password: login: name or password is wrong\n");
}

// Types when asked, and says what the console shows.
TEST(Users, TheConsoleMayAskWhoIsThere) {
    GuestMachine guest;
    guest.add_file("/etc/inittab", "# Who is there?\n\nlogin\n");
    Engine engine(guest.start({}, {.terminal = true}));
    const auto type = [&engine](const std::string& keys) {
        engine.deliver({.cycle = engine.machine().cycle(), .what = ConsoleInput{keys}});
        RunOutput output;
        engine.run(engine.machine().cycle() + 200'000'000, output);
        return output.console;
    };
    EXPECT_EQ(type(""), "login: ");
    EXPECT_EQ(type("student\n"), "student\nPassword: ");
    EXPECT_EQ(type("wrong\n"), "\nlogin: name or password is wrong\nlogin: ") << "the password is not shown";
    type("student\n");
    EXPECT_TRUE(type("peach\n").ends_with("\n$ "));
    EXPECT_EQ(type("who; id\n"), "who; id\nstudent  console  sh(2)\nuid=1000(student) gid=1000(student)\n$ ");
    EXPECT_EQ(type("sleep 1000\n"), "sleep 1000\n");
    EXPECT_EQ(type("\x03"), "^C\n$ ");
    EXPECT_EQ(type("exit\n"), "exit\nlogin: ") << "the next one is asked";
    type("root\n");
    type("root\n");
    type("poweroff 5\n");
    EXPECT_EQ(engine.machine().exit_status(), 5);
}

TEST(Users, FilesChangeHands) {
    EXPECT_EQ(
        output_of(
            "cd /tmp; echo x >f; chown student:guest f; ls -l f; su -c 'echo y >f; chown root f' student;"
            " cat f; chown :1000 f; chown nobody f; echo $?; sync"),
        "-rw-r--r--  1 student  guest           2 Jan  1 00:00 f\nchown: f: Operation not permitted\ny\n"
        "chown: nobody: no such user\n1\n");
}

TEST(Users, PasswordsAreNotOnTheDisk) {
    const std::string passwd = output_of("cat /etc/passwd");
    EXPECT_NE(passwd.find("student:$5$"), std::string::npos);
    EXPECT_EQ(passwd.find("peach"), std::string::npos);
}

TEST(Scripts, TheFirstLineNamesTheInterpreter) {
    GuestMachine guest;
    guest.add_file("/bin/one", "#!/bin/sh\necho $0 $# \"$2\"\n", 0755);
    guest.add_file("/bin/two", "#! /bin/echo  first second \t\n", 0755);
    guest.add_file("/bin/three", "#!/bin/one\n", 0755);
    guest.add_file("/bin/four", "#!/no/such/program\n", 0755);
    const std::string output = guest.run({"sh", "-c", "one a 'b c'; two x; four 2>&1 || echo $?"}).output;
    EXPECT_TRUE(output.starts_with("/bin/one 2 b c\nfirst second /bin/two x\n")) << output;
    EXPECT_TRUE(output.ends_with("127\n")) << output;
}

}  // namespace
}  // namespace peach::tests
