// Who may do what: users, passwords, setuid programs, scripts.

#include <gtest/gtest.h>

#include "tests/guest/guest_machine.h"

namespace peach::tests {
namespace {

std::string output_of(const std::string& command, const std::string& input = "") {
    return GuestMachine().run({"sh", "-c", command}, {.input = input}).output;
}

TEST(Users, RootIsWhoStarts) {
    EXPECT_EQ(output_of("id; whoami"), "uid=0(root) gid=0\nroot\n");
    EXPECT_EQ(output_of("id student; id nobody"), "uid=1000(student) gid=1000\nid: nobody: no such user\n");
}

TEST(Users, SuMakesRootSomebodyElseWithoutAPassword) {
    EXPECT_EQ(output_of("su -c 'id; echo $HOME $USER' student; id"),
              "uid=1000(student) gid=1000\n/home student\nuid=0(root) gid=0\n");
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
    EXPECT_EQ(output_of("login", "student\npeach\nwhoami\n"), "login: Password: student\n");
    EXPECT_EQ(output_of("login", "student\nroot\nnobody\nx\nroot\nx\n"),
              "login: Password: login: name or password is wrong\n"
              "login: Password: login: name or password is wrong\n"
              "login: Password: login: name or password is wrong\n");
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
