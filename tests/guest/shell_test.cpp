// What the shell and the programs print, compared with what the host's shell and programs print for the same
// line.

#include <gtest/gtest.h>

#include <ostream>

#include "tests/guest/guest_machine.h"

namespace peach::tests {
namespace {

// Standard error is left out: its words differ from one Unix to the next.
constexpr const char* kScript = "cd \"$2\"; sh -c \"$1\" 2>/dev/null";

GuestRun run_on_guest(const std::string& line) {
    return GuestMachine().run({"sh", "-c", kScript, "sh", line, "/tmp"});
}

HostRun run_line_on_host(const std::string& line) {
    const TemporaryFolder folder;
    return run_on_host("sh -c " + shell_word(kScript) + " sh " + shell_word(line) + " " +
                       folder.path().string() + " </dev/null");
}

class SameAsHost : public testing::TestWithParam<const char*> {};

TEST_P(SameAsHost, OutputAndStatus) {
    const HostRun host = run_line_on_host(GetParam());
    const GuestRun guest = run_on_guest(GetParam());
    EXPECT_EQ(guest.output, host.output);
    EXPECT_EQ(guest.status, host.status);
    EXPECT_EQ(guest.disk_problems, std::vector<std::string>{});
}

const char* const kLines[] = {
    // Words and quotes.
    "echo hello world",
    "echo -n no line end",
    "echo one   two  'three   four' \"five   six\"",
    "echo \"a\\\"b\" 'it''s' a\\ b # a comment",
    "echo '$HOME' \"$UNDEFINED|\" \\$x",
    "echo ''; echo '' x; echo \"\" ''",
    "echo a\\\nb",
    "echo 'two\nlines'",
    // Variables.
    "x=3; echo $x \"$x y\" ${x}z '$x'",
    "A='a b  c'; echo $A; echo \"$A\"",
    "A=5 sh -c 'echo [$A]'; echo [$A]",
    "export B=7; sh -c 'echo $B'; B=8; sh -c 'echo $B'; unset B; echo [$B]",
    "C=local; sh -c 'echo [$C]'",
    "sh -c 'echo $0 $1 $2 $#' name first second",
    "sh -c 'echo $# [$@]; for_each=1; echo \"$@\" | wc -w' sh 'a b' c",
    "echo $# \"$@\"",
    // Status.
    "true; echo $?; false; echo $?",
    "exit 3",
    "false",
    "sh -c 'exit 300'; echo $?",
    "! true; echo $?; ! false; echo $?",
    "nosuchprogram; echo $?",
    "/; echo $?",
    "sh -c 'kill -9 $$'; echo $?",
    "sh -c 'kill $$'; echo $?",
    "sh -c 'kill -INT $$'; echo $?",
    // Lists.
    "echo a; echo b;",
    "true && echo yes || echo no",
    "false && echo yes || echo no",
    "false || false || echo third",
    "true || echo never; echo after",
    "echo a &&\necho b",
    "(echo in; exit 4); echo $?",
    "(x=1; cd /; echo $x); echo [$x]",
    "(echo a; echo b) | cat",
    // Pipes.
    "echo hi | wc",
    "echo hi | cat | cat | cat | wc -c",
    "echo a |\ncat",
    "true | false; echo $?",
    "false | true; echo $?",
    "echo one two three | wc -w",
    "cat nosuchfile | wc -l",
    "(echo peach; echo plum; echo apple) | grep p | wc -l",
    "x=1 | cat; echo [$x]",
    // Redirection.
    "echo text >file; cat file; cat <file; wc -c <file",
    "echo one >file; echo two >>file; echo three >>file; cat file; wc file",
    ">empty; wc -c empty; cat empty",
    "cat nosuch >out 2>err; echo $?; wc -c <out",
    "cat nosuch 2>&1 | wc -l",
    "cat <nosuch; echo $?",
    "echo lost >/dev/null; echo kept",
    "echo a >a; echo b >b; cat a b; cat b a >c; cat c",
    "(echo a; echo b >&2) 2>file; cat file",
    "<nosuch cat; echo after",
    "pwd >here; wc -l <here",
    "echo x >nosuch/file; echo $?",
    // Background.
    "sleep 0.01 & wait; echo done",
    "(sleep 0.02; echo second) & echo first; wait",
    "sh -c 'exit 5' & wait $!; echo $?",
    "sleep 100 & kill $!; wait $!; echo $?",
    // Builtins.
    "cd /; pwd; cd nosuchdirectory; echo $?; pwd",
    "mkdir a; cd a; mkdir b; cd b; cd ..; ls; cd ../a/./b; ls | wc -l",
    "cd /bin && cd / && cd - && pwd",
    ": ignored; echo $?",
    // Syntax errors.
    "echo )",
    "true &&",
    "echo 'open",
    "| cat",
    "echo a;; echo b",
    "echo fine\necho )",
    // Programs.
    "echo a b c | wc -l; echo a b c | wc -w; echo a b c | wc -c",
    "echo x >f; echo yy >g; wc f g; wc -l f g; wc f nosuch; echo $?",
    "echo b >b; echo a >a; mkdir d; ls; ls d b a; ls d; ls nosuch; echo $?",
    "mkdir x; touch x/1 x/2 x/.hidden; ls x; ls -a x; ls x x",
    "(echo one; echo two; echo three) | head -n 2",
    ("(echo 1; echo 2; echo 3; echo 4; echo 5; echo 6; echo 7; echo 8; echo 9; echo 10; echo 11) >f; head f "
     "| "
     "wc -l"),
    "echo a >f; cp f g; cat g; mv g h; ls; cat h; rm f; ls; rm nosuch; echo $?",
    "echo a >f; ln f g; rm f; cat g",
    "mkdir -p a/b/c; ls a; rmdir a/b/c; rmdir a; echo $?; rm -r a; ls | wc -l",
    "mkdir d; cd d; touch x; cd ..; rm d; echo $?; rmdir d; echo $?; rm -r d; ls | wc -l",
    "rm -f nosuch; echo $?",
    "(echo peach; echo apple; echo Plum) >f; grep p f; grep -c p f; grep -n l f; grep -v p f; grep -i P f",
    "(echo abc; echo axc; echo a.c; echo ac) >f; grep a.c f; grep -F a.c f; grep 'a[bx]c' f; grep '^ab*c$' f",
    "echo x | grep -q x; echo $?; echo x | grep y; echo $?; grep x nosuch; echo $?",
    "echo x >f; cp f g; grep x f g",
    "cat nosuch; echo $?",
    "echo a >a; echo b | cat a - a",
    "sleep 0.001; echo $?",
    "pwd | wc -l",
    "printf 'a\\nb\\nc\\n' >x; printf 'a\\nc\\nd\\n' >y; diff x y; echo $?; diff -q x y; diff x x; echo $?",
    "seq 1 200 >x; seq 1 200 | grep -v 7 >y; diff x y; diff -u x y | tail -n +3; diff y x | wc",
    "seq 1 60 | grep -v 5 >x; (echo 0; seq 1 60 | grep -v 3; echo 61) >y; diff x y; diff -u x y | tail -n +3",
    "printf 'a\\nb' >x; printf 'a\\nb\\n' >y; diff x y; diff -u y x | tail -n +3; >e; diff e x; diff x e",
    "diff nosuch nosuch; echo $?",
    "mkfifo p; ls -l p | cut -c 1-10; test -p p && echo is; (echo through >p &); cat p; mkfifo p; echo $?; "
    "rm p; ls",
    "mkfifo p; (seq 1 1000 >p; echo written >q) & wc <p; wait; cat q",
};

INSTANTIATE_TEST_SUITE_P(Shell, SameAsHost, testing::ValuesIn(kLines));

// What has no counterpart on the host, or words of our own.
struct Golden {
    const char* line;
    const char* output;
    int status;
};

void PrintTo(const Golden& golden, std::ostream* out) {
    *out << golden.line;
}

class SaysExactly : public testing::TestWithParam<Golden> {};

TEST_P(SaysExactly, OutputAndStatus) {
    const GuestRun guest = GuestMachine().run({"sh", "-c", GetParam().line});
    EXPECT_EQ(guest.output, GetParam().output);
    EXPECT_EQ(guest.status, GetParam().status);
    EXPECT_EQ(guest.disk_problems, std::vector<std::string>{});
}

const Golden kGolden[] = {
    {"frobnicate", "sh: frobnicate: not found\n", 127},
    {"/home", "sh: /home: Permission denied\n", 126},
    {"cat /nosuch", "cat: /nosuch: No such file or directory\n", 1},
    {"sh -c 'kill -9 $$'; echo $?", "Killed\n137\n", 0},
    {"spin & kill $!; wait $!", "", 143},
    {"echo )", "sh: 1: Syntax error: \")\" unexpected\n", 2},
    {"cat <nosuch", "sh: cannot open nosuch: No such file or directory\n", 2},
    {"/bin/kill -l | head -n 2", " 1 HUP\n 2 INT\n", 0},
    {"/bin/kill 9999", "kill: 9999: No such process\n", 1},
    {"kill -NOSUCH 1", "sh: kill: -NOSUCH: no such signal: kill -l lists them\n", 2},
    {"hello", "Hello from PeachOS!\n", 0},
    {"nice; nice nice; nice -n 5 nice -n 3 nice; nice -n 100 nice; nice -n -5 nice", "0\n10\n8\n19\n-5\n", 0},
    {"su -c 'nice -n -5 nice' student 2>&1", "nice: cannot set the nice value: Operation not permitted\n0\n",
     0},
    {"spin & renice 7 $!; sched nice $!; su -c \"renice 9 $!\" student; kill $!",
     "tickets 20, nice 7, length 0\nrenice: 3: Operation not permitted\n", 0},
    {"su -c 'sched fifo; poweroff 3' student; poweroff 7; echo not reached",
     "sched: Operation not permitted\npoweroff: Operation not permitted\n", 7},
    {"mount; df | head -n 1; df / | tail -n 1 | cut -c 1-9; df -i /proc | tail -n 1",
     "/dev/disk on / type peach (rw)\nproc on /proc type proc (ro)\n"
     "Filesystem 1K-blocks      Used      Free Use% Mounted on\n/dev/disk\n"
     "proc               0         0         0   0% /proc\n",
     0},
    {"df | tail -n 1 | tr -s ' ' | (read n all used free rest; echo $((all - used - free)))", "0\n", 0},
    {"grep -c MemFree /proc/meminfo; cat /proc/self/maps | tail -n 1 | cut -c 9-",
     "1\n-80000000 rw-p [stack]\n", 0},
    {"ln -s a /tmp/l; ls -l /tmp/l; ls -ld /tmp | cut -c 1-10; ls -l /bin/su | cut -c 1-10",
     "lrwxrwxrwx  1 root     root            1 Jan  1 00:00 /tmp/l -> a\ndrwxrwxrwt\n-rwsr-xr-x\n", 0},
    {"cd /tmp; echo data >f; ln f g; cp f g; cp f ./f; cat f; mkdir d; cp d e; ls; rm; rm -f",
     "cp: 'f' and 'g' are the same file\ncp: 'f' and './f' are the same file\ndata\n"
     "cp: 'd': is a directory: -r copies it\nd\nf\ng\nusage: rm [-dfirR] file...\n",
     0},
    {"expr 9223372036854775807 + 1; expr 4294967296 '*' 4294967296; expr 99999999999999999999 + 0; "
     "seq 99999999999999999999",
     "expr: the result is too large\nexpr: the result is too large\nexpr: the number is too large\n"
     "seq: 99999999999999999999: Numerical result out of range\n",
     1},
    {"cd -; echo $?; unset HOME; cd; echo $?; sh nosuchfile",
     "sh: cd: OLDPWD not set\n2\nsh: cd: HOME not set\n2\n"
     "sh: cannot open nosuchfile: No such file or directory\n",
     127},
    {"primes 20", "2\n3\n5\n7\n11\n13\n17\n19\n", 0},
    {"primes 10000 | wc -l", "1229\n", 0},
    {"pingpong 2", "ping 1\n  pong 1\nping 2\n  pong 2\n", 0},
    {"forktree 1", "rootl\nrootr\n  root\n", 0},
    {"sched; sched fifo; sched; sched rr 5000",
     "rr, quantum 10000\nfifo, quantum 10000\nfifo, quantum 10000\nrr, quantum 5000\n", 0},
    {"sched nosuch",
     "sched: nosuch: no such policy: choose from rr fifo sjf stcf mlfq lottery stride percpu\n", 1},
    {"grep -n peach /home/fruit.txt", "1:peach\n", 0},
    {"spin & spin & ps | grep -c spin; kill $!", "2\n", 0},
    {"ps | grep -c init", "1\n", 0},
    {"cat /etc/motd | head -n 1", "Welcome to PeachOS, an operating system under glass.\n", 0},
    {"wc /src/nosuch.c", "wc: /src/nosuch.c: No such file or directory\n", 1},
    {"cp /bin/hello /tmp/greet; /tmp/greet", "Hello from PeachOS!\n", 0},
    {"echo 'echo from a script' >/tmp/s; sh /tmp/s", "from a script\n", 0},
    {"echo echo from input | sh", "from input\n", 0},
    // The classic patterns.
    {"fork_wait", "parent: about to fork\nchild: I am the copy\nparent: my child ended with status 7\n", 0},
    {"exec_wait", "it said: captured words\nand ended with status 0\n", 0},
    {"redirect_exec",
     "written: status 0\nthe script runs\nexecuted: status 0\n#!/bin/sh\necho the script runs\n"
     "read back: status 0\n",
     0},
    {"producer_consumer", "1000\nproducer 0, consumer 0\n", 0},
    {"environment", "hello from between fork and exec\nin the parent it is not set\n", 0},
    {"polite_end", "still running: yes\nended by signal 15: Terminated\n", 0},
    {"philosophers 50 | sort | tail -n 2", "philosopher 3 ate 50 times\nphilosopher 4 ate 50 times\n", 0},
    {"matrix 8 2>/dev/null | cut -d ' ' -f 2- | uniq | wc -l", "1\n", 0},
    {"pstree | grep -c init; top -b -n 1 | grep -c top; time true 2>&1 | cut -d . -f 1",
     "1\n1\nreal 0\nuser 0\nsys 0\n", 0},
    {"printf 'a\\nb\\nc\\n' >/tmp/f; printf '2s/b/X&X/\\n,n\\n$d\\n1i\\nfirst\\n.\\n1,2j\\nw\\nq\\n' | ed "
     "/tmp/f; "
     "cat /tmp/f",
     "6\n1\ta\n2\tXbX\n3\tc\n11\nfirsta\nXbX\n", 0},
    {"printf '/c/\\n1m$\\n,p\\nfrob\\nh\\nq\\nq\\n' >/tmp/s; printf 'a\\nb\\nc\\n' >/tmp/f; ed /tmp/f "
     "</tmp/s",
     "6\nc\nb\nc\na\n?\nunexpected command suffix\n?\n", 1},
    {"printf ABC | hexdump", "00000000  41 42 43                                          |ABC|\n00000003\n",
     0},
    {"umask; umask 077; umask; echo x >/tmp/p; ls -l /tmp/p | cut -c 1-10", "0022\n0077\n-rw-------\n", 0},
    {"trap 'echo caught' TERM; kill $$; echo after", "caught\nafter\n", 0},
    {"more /home/proverb.txt | cmp - /home/proverb.txt && echo same", "same\n", 0},
};

INSTANTIATE_TEST_SUITE_P(Shell, SaysExactly, testing::ValuesIn(kGolden));

TEST(Boot, CommandIsRunAndItsStatusIsTheMachines) {
    EXPECT_EQ(GuestMachine().run({"true"}).status, 0);
    EXPECT_EQ(GuestMachine().run({"false"}).status, 1);
    EXPECT_EQ(GuestMachine().run({"sh", "-c", "exit 42"}).status, 42);
    EXPECT_EQ(GuestMachine().run({"sh", "-c", "kill -9 $$"}).status, 128 + 9);
    const GuestRun missing = GuestMachine().run({"nosuchprogram"});
    EXPECT_EQ(missing.status, 127);
    EXPECT_EQ(missing.output, "init: nosuchprogram: not found\n");
    const GuestRun no_program = GuestMachine().run({"/etc/passwd"});
    EXPECT_EQ(no_program.status, 126);
    EXPECT_EQ(no_program.output.find("init: /etc/passwd: "), 0u) << no_program.output;
    EXPECT_EQ(no_program.output.find("not found"), std::string::npos);
}

TEST(Boot, PoweroffSwitchesTheMachineOffIfItIsTheSuperuserWhoAsks) {
    const GuestRun off = GuestMachine().run({"sh", "-c", "poweroff 7; sleep 100"});
    EXPECT_EQ(off.status, 7);
    const GuestRun refused = GuestMachine().run({"sh", "-c", "su -c 'poweroff 7' guest; echo on"});
    EXPECT_EQ(refused.output, "poweroff: Operation not permitted\non\n");
    EXPECT_EQ(refused.status, 0);
}

TEST(Boot, EndlessProgramEndsAtTheCycleLimit) {
    const GuestRun run = GuestMachine().run({"spin"}, {.max_cycles = 5'000'000});
    EXPECT_EQ(run.status, -1);
    EXPECT_EQ(run.cycles, 5'000'000u);
}

TEST(Boot, WordsArriveAsTheyWere) {
    const GuestRun run = GuestMachine().run({"echo", "two words", "", "'quoted'", "$HOME"});
    EXPECT_EQ(run.output, "two words  'quoted' $HOME\n");
}

}  // namespace
}  // namespace peach::tests
