// What a person does with a session: step, go back, stop at places, record, replay.

#include "debugger/session.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "debugger/commands.h"
#include "debugger/views/catalogue.h"
#include "debugger/views/code.h"
#include "emulator/isa/registers.h"
#include "machines.h"

namespace peach::debugger {
namespace {

using testing::bare;
using testing::kCountingProgram;
using testing::peachos;
using testing::peachos_at_prompt;

void run_to(Session& session, std::string_view place) {
    const auto where = session.resolve(place);
    ASSERT_TRUE(where) << where.error().message;
    session.start_run_to_place(*where);
    session.finish(100'000'000);
    ASSERT_EQ(session.last_stop().cause, StopCause::done);
}

void do_motion(Session& session, Motion motion) {
    session.start(motion);
    session.finish(100'000'000);
}

uint32_t pc(const Session& session) {
    return session.machine().cpu(0).pc;
}

SourcePlace place(const Session& session) {
    return session.place_of(0, pc(session)).value_or(SourcePlace{});
}

TEST(Session, StepsOneInstructionForwardsAndBackwards) {
    auto session = bare(kCountingProgram);
    const uint32_t start = pc(*session);
    do_motion(*session, Motion::step_instruction);
    EXPECT_EQ(pc(*session), start + 4);
    EXPECT_EQ(session->timeline().cursor(), 1u);
    do_motion(*session, Motion::back_instruction);
    EXPECT_EQ(pc(*session), start);
    do_motion(*session, Motion::back_instruction);
    EXPECT_EQ(session->last_stop().cause, StopCause::history_end);
}

TEST(Session, StepsOverACallAndBackOverItAndOutOfIt) {
    auto session = bare(kCountingProgram);
    run_to(*session, "print");
    const uint32_t inside = pc(*session);
    do_motion(*session, Motion::back_instruction);
    const uint32_t call = pc(*session);
    const uint64_t before_call = session->timeline().cursor();
    do_motion(*session, Motion::step_over);
    EXPECT_EQ(pc(*session), call + 4);
    do_motion(*session, Motion::back_over);
    EXPECT_EQ(pc(*session), call);
    EXPECT_EQ(session->timeline().cursor(), before_call);
    do_motion(*session, Motion::step_instruction);
    EXPECT_EQ(pc(*session), inside);
    for (int i = 0; i < 5; ++i) do_motion(*session, Motion::step_instruction);  // the frame is up now
    do_motion(*session, Motion::step_out);
    EXPECT_EQ(pc(*session), call + 4);
    session->seek(before_call + 5);
    do_motion(*session, Motion::back_out);
    EXPECT_EQ(pc(*session), call);
}

// The timer's period and the loop's length have no common divisor: the interrupt comes at each instruction in
// turn.
TEST(Session, AnInterruptOnACalledFunctionsFirstInstructionDoesNotLeadIntoIt) {
    auto session = bare(R"(
        .globl _start
_start: la t0, trap
        csrw tvec, t0
        lui t0, 0xF0001
        li t1, 41
        sw t1, 0(t0)
        lui t0, 0xF0000
        li t1, 1
        sw t1, 4(t0)
        csrw status, t1
loop:   call called
        j loop
called: addi a0, a0, 1
        ret
trap:   lui t0, 0xF0001
        li t1, 41
        sw t1, 0(t0)
        eret
)");
    run_to(*session, "loop");
    const uint32_t loop = pc(*session);
    for (int i = 0; i < 300; ++i) {
        do_motion(*session, Motion::step_over);
        ASSERT_EQ(pc(*session), i % 2 == 0 ? loop + 4 : loop) << "step " << i;
    }
}

TEST(Session, StepsLinesOfTheKernelOverCallsAndContextSwitches) {
    auto session = peachos();
    run_to(*session, "sleep");
    const uint32_t sp = session->machine().cpu(0).x[isa::kSp];
    const auto process = session->current_process(0)->pid;
    // Through switch_away(), where other processes run until this one wakes up.
    for (int i = 0; i < 20; ++i) {
        const SourcePlace before = place(*session);
        do_motion(*session, Motion::step_over);
        ASSERT_EQ(session->last_stop().cause, StopCause::done);
        ASSERT_EQ(session->current_process(0)->pid, process);
        if (session->machine().cpu(0).x[isa::kSp] != sp) {
            EXPECT_GT(session->machine().cpu(0).x[isa::kSp], sp) << "back in the caller";
            const auto switches = session->events().running_stays(0);
            EXPECT_GT(switches.back().begin, session->cycle_before() - 100'000);
            return;
        }
        EXPECT_NE(place(*session), before);
    }
    FAIL() << "sleep() does not end";
}

TEST(Session, StepOverThenBackOverIsTheSameMoment) {
    auto session = peachos();
    run_to(*session, "process_fork");
    do_motion(*session, Motion::step_over);
    for (int i = 0; i < 5; ++i) {
        const uint64_t before = session->timeline().cursor();
        const SourcePlace line = place(*session);
        do_motion(*session, Motion::step_over);
        do_motion(*session, Motion::back_over);
        EXPECT_EQ(session->timeline().cursor(), before) << line.file << ":" << line.line;
        do_motion(*session, Motion::step_over);
    }
}

TEST(Session, StepsAUserProgramOverItsSystemCallsAndInterrupts) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(session->add_breakpoint("primes!main"));
    session->type("primes 20\n");
    do_motion(*session, Motion::run);
    ASSERT_EQ(session->last_stop().cause, StopCause::breakpoint);
    EXPECT_TRUE(session->in_user_mode(0));
    EXPECT_EQ(session->current_process(0)->name, "primes");
    for (int i = 0; i < 8; ++i) {
        do_motion(*session, Motion::step_over);
        ASSERT_TRUE(session->in_user_mode(0)) << "step " << i;
        ASSERT_EQ(session->current_process(0)->name, "primes");
        ASSERT_NE(place(*session).line, 0u);
    }
    const uint64_t there = session->timeline().cursor();
    do_motion(*session, Motion::back_over);
    EXPECT_TRUE(session->in_user_mode(0));
    EXPECT_LT(session->timeline().cursor(), there);
}

TEST(Session, StepsOutOfTheIdleLoopsWaitAndBackIntoIt) {
    auto session = peachos_at_prompt();
    session->type("sleep 1\n");
    do_motion(*session, Motion::run);
    session->seek(session->timeline().frontier() - 500'000);  // in the middle of the second
    ASSERT_TRUE(session->machine().cpu(0).waiting);
    const uint64_t waiting = session->timeline().cursor();
    do_motion(*session, Motion::step_instruction);
    EXPECT_FALSE(session->machine().cpu(0).waiting);
    EXPECT_GT(session->timeline().cursor(), waiting);
    do_motion(*session, Motion::back_instruction);
    EXPECT_FALSE(session->machine().cpu(0).waiting) << "before the wfi, not somewhere in the sleep";
    EXPECT_LT(session->timeline().cursor(), waiting);
}

TEST(Session, BreakpointsStopAtFunctionsLinesAndAddresses) {
    auto session = peachos();
    const auto id = session->add_breakpoint("process_set_state");
    ASSERT_TRUE(id);
    do_motion(*session, Motion::run);
    EXPECT_EQ(session->last_stop().cause, StopCause::breakpoint);
    EXPECT_EQ(session->last_stop().breakpoint, *id);
    const uint64_t first = session->timeline().cursor();
    do_motion(*session, Motion::run);
    EXPECT_GT(session->timeline().cursor(), first);
    do_motion(*session, Motion::run_backwards);
    EXPECT_EQ(session->timeline().cursor(), first);
    do_motion(*session, Motion::run_backwards);
    EXPECT_EQ(session->last_stop().cause, StopCause::history_end);
    EXPECT_EQ(session->timeline().cursor(), 0u);
    session->remove_breakpoint(*id);
    const SourcePlace line = session->place_of(0, session->resolve("dispatch")->addresses.front()).value();
    ASSERT_TRUE(session->add_breakpoint(line.file + ":" + std::to_string(line.line)));
    do_motion(*session, Motion::run);
    EXPECT_EQ(place(*session), line);
}

TEST(Session, ConditionalBreakpointsStopOnlyWhenTheyHold) {
    auto session = peachos();
    ASSERT_TRUE(session->add_breakpoint("process_set_state if p->pid == 2"));
    do_motion(*session, Motion::run);
    ASSERT_EQ(session->last_stop().cause, StopCause::breakpoint);
    const auto pid = session->evaluate("p->pid", 0);
    ASSERT_TRUE(pid);
    EXPECT_EQ(pid->signed_scalar(), 2);
    EXPECT_EQ(session->breakpoints()[0].hits, 1u);
}

TEST(Session, PlacesThatDoNotExistAreRefusedInWords) {
    auto session = peachos();
    for (const std::string_view place : {"no_such_function", "nofile.c:3", "scheduler.c:99999", "nobody!main",
                                         "scheduler.c:x", "process_set_state if p->pidd == 2"}) {
        const auto added = session->add_breakpoint(place);
        ASSERT_FALSE(added) << place;
        EXPECT_FALSE(added.error().message.empty());
    }
    EXPECT_TRUE(session->breakpoints().empty());
}

TEST(Session, ContextSwitchesAreFoundForwardsAndBackwards) {
    auto session = peachos_at_prompt();
    session->type("spin 200000 & spin 200000\n");
    do_motion(*session, Motion::next_switch);
    const uint64_t first = session->timeline().cursor();
    do_motion(*session, Motion::next_switch);
    do_motion(*session, Motion::next_switch);
    const uint64_t third = session->timeline().cursor();
    EXPECT_GT(third, first);
    do_motion(*session, Motion::previous_switch);
    do_motion(*session, Motion::previous_switch);
    EXPECT_EQ(session->timeline().cursor(), first);
    EXPECT_EQ(session->events().transitions()[session->events().transitions_until(first) - 1].cycle, first);
}

TEST(Session, ARecordingPlaysAgainBitForBit) {
    auto session = peachos_at_prompt();
    session->type("echo hi | wc\n");
    session->finish(50'000'000);
    session->move_switch(3, 42);
    session->edit_register(0, 5, 99);
    session->finish(50'000'000);
    const Recording recording = session->recording();
    const auto bytes = encode(recording);
    auto read_back = decode_recording(bytes, "memory");
    ASSERT_TRUE(read_back) << read_back.error().message;
    SessionOptions options;
    options.replay = *std::move(read_back);
    options.share_directory = testing::share_directory();
    auto replay = testing::create(std::move(options));
    replay->start_run_to_cycle(recording.final_cycle);
    replay->finish();
    EXPECT_EQ(replay->timeline().cursor(), recording.final_cycle);
    EXPECT_EQ(replay->machine().hash(), recording.final_hash);
    EXPECT_EQ(replay->timeline().console(), session->timeline().console());
    EXPECT_TRUE(replay->check_replay());
    EXPECT_EQ(encode(replay->recording()), bytes);
}

TEST(Session, ForeignAndDamagedRecordingsAreRefused) {
    const Recording recording = bare(kCountingProgram)->recording();
    const auto good = encode(recording);
    const auto refuses = [](std::vector<std::byte> bytes, std::string_view part) {
        const auto result = decode_recording(bytes, "a file");
        ASSERT_FALSE(result);
        EXPECT_NE(result.error().message.find(part), std::string::npos) << result.error().message;
    };
    refuses({}, "not a Peach recording");
    refuses(std::vector<std::byte>(100, std::byte{'x'}), "not a Peach recording");
    refuses({good.begin(), good.begin() + 12}, "cut off");
    refuses({good.begin(), good.end() - 1}, "damaged");
    auto flipped = good;
    flipped[flipped.size() / 2] ^= std::byte{1};
    refuses(flipped, "damaged");
    auto newer = good;
    newer[8] = std::byte{9};
    refuses(newer, "version 9");
}

TEST(Session, BookmarksLeadBackAndForth) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(9'000);
    session->finish();
    session->seek(5'000);
    session->toggle_bookmark("here");
    session->seek(2'000);
    session->toggle_bookmark("");
    ASSERT_EQ(session->bookmarks().size(), 2u);
    EXPECT_EQ(session->bookmarks()[0].cycle, 2'000u);
    EXPECT_EQ(session->bookmarks()[1].name, "here");
    EXPECT_EQ(session->previous_bookmark(), nullptr);
    ASSERT_TRUE(find_command("next-bookmark")->action(*session, {}));
    EXPECT_EQ(session->timeline().cursor(), 5'000u);
    EXPECT_EQ(session->next_bookmark(), nullptr);
    EXPECT_FALSE(find_command("next-bookmark")->enabled(*session));
    ASSERT_TRUE(find_command("previous-bookmark")->action(*session, {}));
    EXPECT_EQ(session->timeline().cursor(), 2'000u);
    session->toggle_bookmark("");
    EXPECT_EQ(session->bookmarks().size(), 1u);
}

TEST(Session, ABookmarkInAFutureThatIsNoMoreIsNotGoneTo) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(9'000);
    session->finish();
    session->toggle_bookmark("late");
    session->seek(1'000);
    session->type("x");
    EXPECT_EQ(session->next_bookmark(), nullptr);
}

TEST(Session, TheTrailLeadsBackToWhereOneWasAndForthAgain) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(9'000);
    session->finish();
    session->seek(5'000);
    session->seek(2'000);
    session->walk_trail(false);
    EXPECT_EQ(session->timeline().cursor(), 5'000u);
    session->walk_trail(false);
    EXPECT_EQ(session->timeline().cursor(), 9'000u);
    session->walk_trail(true);
    session->walk_trail(true);
    EXPECT_EQ(session->timeline().cursor(), 2'000u);
    EXPECT_FALSE(session->trail().leads_forth());
    session->walk_trail(true);
    EXPECT_EQ(session->timeline().cursor(), 2'000u);
}

TEST(Session, WhoWroteThisGoesToTheWritingInstruction) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(20'000);
    session->finish();
    const uint32_t traps = session->machine().cpu(0).x[9];
    ASSERT_TRUE(session->seek_to_writer("s1"));
    EXPECT_EQ(session->machine().cpu(0).x[9], traps - 1);
    session->start(Motion::step_instruction);
    session->finish();
    EXPECT_EQ(session->machine().cpu(0).x[9], traps);
    const auto never = session->seek_to_writer("gp");
    ASSERT_FALSE(never);
    EXPECT_NE(never.error().message.find("gp"), std::string::npos);
}

TEST(Session, WhoWroteThisFindsTheStoreToAWord) {
    auto session = bare(kCountingProgram);
    session->start_run_to_cycle(20'000);
    session->finish();
    ASSERT_TRUE(session->seek_to_writer("0x8000FFFC"));  // where `print` saves its return address
    const uint64_t before = session->timeline().cursor();
    const auto next = code_view(*session, {.cpu = 0});
    ASSERT_GE(next.current_row, 0);
    EXPECT_TRUE(next.rows[static_cast<size_t>(next.current_row)].text.starts_with("sw")) << before;
    const auto nowhere = session->seek_to_writer("0x10000000");
    ASSERT_FALSE(nowhere);
    const auto never = session->seek_to_writer("0x80020000");
    ASSERT_FALSE(never);
    EXPECT_NE(never.error().message.find("no instruction has written"), std::string::npos);
    EXPECT_EQ(session->timeline().cursor(), before) << "a question without an answer moves nothing";
}

TEST(Session, WhoWroteThisFindsAWriteThatChangedNothing) {
    auto session = bare(
        "        .globl _start\n"
        "_start: li a0, 5\n        li a1, 1\n        li a0, 5\n        li a2, 2\n"
        "1:      j 1b\n");
    session->start_run_to_cycle(100);
    session->finish();
    ASSERT_TRUE(session->seek_to_writer("a0"));
    EXPECT_EQ(pc(*session), 0x80000008u);
    EXPECT_EQ(session->symbolize(0, 0x80000000), "_start") << "the program's own name for it";
}

// An instruction that traps has not written its register.
TEST(Session, WhoWroteThisPassesInstructionsThatTrapped) {
    auto session = bare(
        "        .globl _start\n"
        "_start: la t0, trap\n        csrw tvec, t0\n        li a0, 5\n"
        "        lw a0, 0(zero)\n"
        "        .p2align 2\ntrap:   j trap\n");
    session->start_run_to_cycle(100);
    session->finish();
    ASSERT_TRUE(session->seek_to_writer("a0"));
    EXPECT_EQ(pc(*session), 0x8000000Cu) << "the li, not the lw";
}

std::expected<void, Error> do_command(Session& session, std::string_view name, std::string_view argument) {
    const Command* command = find_command(name);
    return command->action(session, argument);
}

TEST(Session, RunsToAPlaceInItsOwnProgramOnly) {
    auto session = peachos_at_prompt();
    session->type("spin 200 & primes 100\n");
    ASSERT_TRUE(do_command(*session, "run-to", "primes!main"));
    session->finish(50'000'000);
    ASSERT_EQ(session->last_stop().cause, StopCause::done);
    EXPECT_EQ(session->current_process(session->focus_cpu())->name, "primes");
}

// All programs are linked to the same addresses.
TEST(Session, AWatchInOneProcessIgnoresTheOthersMemory) {
    auto session = peachos_at_prompt();
    session->type("spin 300 & spin 300 &\n");
    ASSERT_TRUE(do_command(*session, "run-to", "spin!main"));
    session->finish(50'000'000);
    const uint32_t pid = session->current_process(0)->pid;
    const uint32_t stack = session->machine().cpu(0).x[isa::kSp] - 16;
    ASSERT_TRUE(session->add_watch(std::to_string(stack)));
    for (int i = 0; i < 20; ++i) {
        do_motion(*session, Motion::run);
        if (session->last_stop().cause != StopCause::watch) break;
        EXPECT_EQ(session->current_process(0)->pid, pid);
    }
    EXPECT_GT(session->watches().front().hits, 0u);
}

TEST(Session, ABreakpointTypedAgainIsTakenAwayWithItsCondition) {
    auto session = peachos();
    ASSERT_TRUE(do_command(*session, "break", "swtch if 1"));
    ASSERT_TRUE(do_command(*session, "break", "swtch"));
    EXPECT_EQ(session->breakpoints().size(), 2u) << "they are not the same";
    ASSERT_TRUE(do_command(*session, "break", "swtch if 1"));
    ASSERT_EQ(session->breakpoints().size(), 1u);
    EXPECT_TRUE(session->breakpoints().front().condition.empty());
    EXPECT_FALSE(do_command(*session, "break", "swtch if ")) << "an empty condition is a slip";
}

TEST(Session, SetChangesRegistersVariablesAndWords) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(do_command(*session, "set", "a0 = 7 * 6"));
    EXPECT_EQ(session->machine().cpu(0).x[isa::kA0], 42u);
    ASSERT_TRUE(do_command(*session, "set", "process_table[0].schedule.tickets=77"));
    EXPECT_EQ(session->evaluate("process_table[0].schedule.tickets", 0)->scalar, 77u);
    ASSERT_TRUE(do_command(*session, "set", "&process_table[0].umask = 9"));
    EXPECT_EQ(session->evaluate("process_table[0].umask", 0)->scalar, 9u);
    for (const std::string_view slip :
         {"a0", "a0 == 5", "process_table = 1", "nothing = 1", "a0 = nothing", "0x10 = 1"})
        EXPECT_FALSE(do_command(*session, "set", slip)) << slip;
    EXPECT_TRUE(session->timeline().branches().empty());
    session->seek(1'000);
    ASSERT_TRUE(do_command(*session, "set", "a0 = 1"));
    EXPECT_EQ(session->timeline().branches().size(), 1u) << "in the past, another future begins";
}

TEST(Session, ThereIsNoOtherFutureBeforeOneWasLeft) {
    auto session = peachos();
    const auto refused = do_command(*session, "future", "");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("no other future"), std::string::npos);
}

TEST(Session, AGuestThatCannotHandleItsTrapsIsStuckAndSaysSo) {
    auto session = bare(".globl _start\n_start: li a0, 0x12345678\n jr a0\n");
    session->start(Motion::run);
    EXPECT_EQ(session->finish(10'000'000).cause, StopCause::stuck);
    EXPECT_NE(session->last_stop().sentence.find("trap handler at 0x00000000"), std::string::npos)
        << session->last_stop().sentence;
    session->seek(1);
    EXPECT_EQ(session->timeline().cursor(), 1u);
}

TEST(Session, CommandsAreOneTable) {
    auto session = bare(kCountingProgram);
    for (const Command& row : commands()) {
        EXPECT_EQ(find_command(row.name), &row);
        EXPECT_EQ(&command(row.id), &row);
        EXPECT_TRUE(row.sentence.ends_with('.')) << row.name;
    }
    EXPECT_FALSE(command(CommandId::back_instruction).enabled(*session)) << "nothing lies before";
    ASSERT_TRUE(find_command("seek")->action(*session, "1,000"));
    session->finish();
    EXPECT_EQ(session->timeline().cursor(), 1'000u);
    EXPECT_TRUE(command(CommandId::back_instruction).enabled(*session));
    EXPECT_FALSE(find_command("seek")->action(*session, "soon"));
    EXPECT_EQ(find_command("fly"), nullptr);
}

TEST(Session, BadImagesAreRefusedInWords) {
    SessionOptions nothing;
    EXPECT_FALSE(Session::create(nothing));
    SessionOptions garbage;
    garbage.kernel_bytes.assign(100, std::byte{7});
    EXPECT_FALSE(Session::create(garbage));
    SessionOptions small = testing::peachos_options();
    small.machine.ram_bytes = 4096;
    const auto session = Session::create(small);
    ASSERT_FALSE(session);
    EXPECT_NE(session.error().message.find("memory"), std::string::npos) << session.error().message;
}

TEST(Session, EnterIsACarriageReturnThatTheKernelKnows) {
    auto session = peachos_at_prompt();
    session->type_keys("echo typed\n");
    session->finish(50'000'000);
    EXPECT_NE(session->timeline().console().find("\ntyped\n"), std::string_view::npos);
    EXPECT_EQ(std::get<ConsoleInput>(session->timeline().events().back().what).bytes, "echo typed\r");
    auto plain = bare(kCountingProgram);
    plain->type_keys("\n");
    EXPECT_EQ(std::get<ConsoleInput>(plain->timeline().events().back().what).bytes, "\n");
}

// The next stop of a run.
Stop next_stop(Session& session) {
    session.start(Motion::run);
    session.finish(100'000'000);
    return session.last_stop();
}

TEST(Session, AVariableOfAProgramCanBeWatchedBeforeItBegins) {
    auto session = peachos_at_prompt();
    ASSERT_TRUE(session->add_watch("spin!counter")) << "in spin.c";
    session->type("primes 10; spin 3\n");  // primes has other things at that address
    for (const uint32_t value : {1u, 2u, 3u}) {
        ASSERT_EQ(next_stop(*session).cause, StopCause::watch) << session->last_stop().sentence;
        EXPECT_EQ(session->current_process(0)->name, "spin");
        EXPECT_EQ(session->evaluate("spin!counter", 0)->scalar, value);
        const auto shown = make_view(*session, "watches", "");
        EXPECT_EQ(shown->rows[0].cells[2].text, fmt::format("{} (0x{:X})", value, value));
    }
    session->start(Motion::run_backwards);
    session->finish();
    EXPECT_EQ(session->evaluate("counter", 0)->scalar, 2u);
    EXPECT_FALSE(session->add_watch("spin!nothing"));
    EXPECT_FALSE(session->add_watch("nobody!counter"));
}

TEST(Session, AVariableOfAGivenProgramNeedsNoProgramsName) {
    SessionOptions options = testing::peachos_options();
    options.programs["mine"] = testing::file_bytes(testing::share_directory() / "bin/spin");
    const auto session = testing::create(std::move(options));
    ASSERT_TRUE(session->add_watch("counter"));
    EXPECT_EQ(session->watches()[0].program, "mine");
    session->type("spin 3\n");
    EXPECT_EQ(next_stop(*session).cause, StopCause::idle) << "another program of the same code";
}

TEST(Session, TheProgramsVariablesAreKnownWhileTheKernelWorksForIt) {
    auto session = peachos_at_prompt();
    session->type("spin 100000\n");
    ASSERT_TRUE(session->add_breakpoint("spin!main"));
    ASSERT_EQ(next_stop(*session).cause, StopCause::breakpoint);
    ASSERT_TRUE(session->add_breakpoint("slice_note_tick"));
    ASSERT_EQ(next_stop(*session).cause, StopCause::breakpoint);
    ASSERT_FALSE(session->in_user_mode(0));
    const auto counter = session->evaluate("counter", 0);
    ASSERT_TRUE(counter) << counter.error().message;
    EXPECT_GT(counter->scalar, 100u);
    EXPECT_EQ(session->evaluate("spin!counter", 0)->scalar, counter->scalar);
    EXPECT_FALSE(session->evaluate("argc", 0)) << "a local of a function that does not run";
    const auto other = session->evaluate("primes!main", 0);
    ASSERT_FALSE(other);
    EXPECT_NE(other.error().message.find("does not run primes"), std::string::npos) << other.error().message;
}

TEST(Session, AWatchStopsWhereAVariableOfTheKernelChanges) {
    auto session = peachos();
    ASSERT_TRUE(find_command("watch")->action(*session, "last_pid")) << "a variable of process.c";
    uint64_t value = session->evaluate("last_pid", 0)->scalar;
    for (int i = 0; i < 2; ++i) {
        session->start(Motion::run);
        session->finish(100'000'000);
        ASSERT_EQ(session->last_stop().cause, StopCause::watch) << session->last_stop().sentence;
        EXPECT_EQ(session->evaluate("last_pid", 0)->scalar, value + 1);
        value = session->evaluate("last_pid", 0)->scalar;
    }
    EXPECT_NE(session->last_stop().sentence.find("became"), std::string::npos);
    const uint64_t cycle = session->timeline().cursor();
    // Again, and the same in known history.
    session->seek(session->timeline().first_cycle());
    for (int i = 0; i < 2; ++i) {
        session->start(Motion::run);
        session->finish(100'000'000);
    }
    EXPECT_EQ(session->timeline().cursor(), cycle);
    ASSERT_TRUE(find_command("watch")->action(*session, "last_pid"));
    EXPECT_TRUE(session->watches().empty());
}

// Into functions that have returned, as stepping forwards goes into those that are called.
TEST(Session, SteppingBackGoesIntoTheFunctionThatHasReturned) {
    auto session = peachos_at_prompt();
    session->type("primes 10\n");
    ASSERT_TRUE(do_command(*session, "run-to", "primes!main"));
    session->finish(50'000'000);
    const auto in_main = [&] { return place(*session).file.ends_with("primes.c"); };
    bool was_inside = false;
    for (int i = 0; i < 400 && !(was_inside && in_main()); ++i) {
        do_motion(*session, Motion::step_line);
        was_inside = was_inside || !in_main();
    }
    ASSERT_TRUE(was_inside && in_main());
    const uint64_t returned = session->timeline().cursor();
    do_motion(*session, Motion::back_line);
    if (in_main()) do_motion(*session, Motion::back_line);  // that was what the line did with the result
    EXPECT_FALSE(in_main()) << place(*session).file << ":" << place(*session).line;
    session->seek(returned);
    do_motion(*session, Motion::back_over);
    EXPECT_TRUE(in_main()) << place(*session).file << ":" << place(*session).line;
}

// The same stops as on the way there, in the other order; breakpoints among them.
TEST(Session, RunningBackwardsStopsWhereAWatchedVariableChanged) {
    auto session = peachos();
    ASSERT_TRUE(session->add_watch("last_pid"));
    ASSERT_TRUE(do_command(*session, "break", "exec"));
    struct Stop {
        uint64_t cycle;
        StopCause cause;
        std::string sentence;
        bool operator==(const Stop&) const = default;
    };
    const auto stop = [&] {
        return Stop{session->timeline().cursor(), session->last_stop().cause, session->last_stop().sentence};
    };
    std::vector<Stop> there;
    for (int i = 0; i < 5; ++i) {
        do_motion(*session, Motion::run);
        there.push_back(stop());
    }
    EXPECT_GE(std::ranges::count(there, StopCause::watch, &Stop::cause), 2);
    EXPECT_GE(std::ranges::count(there, StopCause::breakpoint, &Stop::cause), 1);
    for (size_t i = there.size() - 1; i-- > 0;) {
        do_motion(*session, Motion::run_backwards);
        EXPECT_EQ(stop(), there[i]) << session->last_stop().sentence;
    }
    do_motion(*session, Motion::run_backwards);
    EXPECT_EQ(session->last_stop().cause, StopCause::history_end);
    EXPECT_EQ(session->timeline().cursor(), session->timeline().first_cycle());
}

TEST(Session, AWatchChangesNothing) {
    auto watched = peachos();
    ASSERT_TRUE(watched->add_watch("0x80080000"));
    ASSERT_TRUE(watched->add_watch("last_pid"));
    auto plain = peachos();
    for (Session* session : {watched.get(), plain.get()}) {
        session->start_run_to_cycle(600'000);
        session->finish();
    }
    EXPECT_EQ(watched->machine().hash(), plain->machine().hash());
    EXPECT_FALSE(watched->add_watch("no_such_thing").has_value());
}

TEST(Session, PlacesAreFoundInProgramsThatHaveNotBegun) {
    SessionOptions options = testing::peachos_options();
    options.programs["mine"] = testing::file_bytes(testing::share_directory() / "bin/primes");
    const auto session = testing::create(std::move(options));
    const auto place = session->resolve("main");
    ASSERT_TRUE(place) << place.error().message;
    EXPECT_EQ(place->program, "mine");
    EXPECT_FALSE(session->resolve("nobodys_function"));
}

}  // namespace
}  // namespace peach::debugger
