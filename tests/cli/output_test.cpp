// Output that cannot be written, descriptors that are closed, places that are not there: what a shell script
// may do to any program.

#include <gtest/gtest.h>

#include "tests/cli/host_process.h"

namespace peach::tests {
namespace {

// A line of the host's shell in which $P is peach.
Outcome shell(const std::string& line) {
    return run_shell("P=" PEACH_PROGRAM "; " + line);
}

TEST(Output, AFullDeviceIsAFailureThatIsNamed) {
    for (const char* words : {"help", "help show", "show processes", "show '?'", "trace --to 100",
                              "run -- ls /bin", "dis " PEACH_BUILD_DIR "/share/peach/bin/echo"}) {
        const Outcome outcome = shell(std::string("$P ") + words + " >/dev/full");
        EXPECT_EQ(outcome.status, 1) << words;
        EXPECT_NE(outcome.errors.find("standard output cannot be written: No space left on device"),
                  std::string::npos)
            << words << ": " << outcome.errors;
    }
}

TEST(Output, AReaderThatGoesAwayEndsARunQuietly) {
    const Outcome outcome = shell("{ $P run -- sh -c 'seq 40000; exit 3'; echo status $? >&2; } | head -n 1");
    EXPECT_EQ(outcome.output, "1\n");
    EXPECT_EQ(outcome.errors, "status 141\n");
}

TEST(Output, TheStatusIsTheSameWhetherAnybodyReadsTheMessageOrNot) {
    for (const char* redirection : {"2>/dev/full", "2>&-", ""}) {
        const std::string at_end = std::string(" ") + redirection;
        EXPECT_EQ(shell("$P bogus" + at_end).status, 2) << redirection;
        EXPECT_EQ(shell("$P run --cpus 99" + at_end).status, 2) << redirection;
        EXPECT_EQ(shell("$P show nothing" + at_end).status, 2) << redirection;
        EXPECT_EQ(shell("$P run --bare nothing.s" + at_end).status, 1) << redirection;
        EXPECT_EQ(shell("$P run --stats -- nosuch" + at_end).status, 127) << redirection;
    }
}

TEST(Output, AClosedInputIsAnEmptyOne) {
    const Outcome outcome = shell("$P run --max-cycles 300000000 -- cat <&-");
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_EQ(outcome.output, "");
}

TEST(Output, WithoutAPlaceForTemporaryFilesOneSaysSo) {
    const ScratchFile source("h.c", "int main(void) { return 0; }\n");
    const ScratchFile named(source.path().substr(source.path().rfind('/') + 1) + ".c", source.text());
    const Outcome outcome = shell("TMPDIR=/nonexistent $P run --add " + named.path() + ":/bin/h -- h");
    EXPECT_NE(outcome.status, 0);
    EXPECT_EQ(outcome.errors.find("internal error"), std::string::npos) << outcome.errors;
    EXPECT_NE(outcome.errors.find("TMPDIR"), std::string::npos) << outcome.errors;
}

TEST(Output, FilesThatAreLookedForInTheWrongPlaceAreNamedWithTheVariable) {
    const Outcome outcome = shell("PEACH_SHARE=/nonexistent $P run -- true");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.errors.find("correct PEACH_SHARE"), std::string::npos) << outcome.errors;
}

}  // namespace
}  // namespace peach::tests
