// Frame rules: how the debugger finds callers, also of what a trap interrupted.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "debugger/frames.h"
#include "debugger/views/backtrace.h"
#include "emulator/isa/instructions.h"
#include "machines.h"

namespace peach::debugger {
namespace {

using testing::peachos_at_prompt;

TEST(FrameRules, LeadFromTheTrapEntryToWhatWasInterrupted) {
    const auto session = peachos_at_prompt();
    const auto kernel = session->kernel();
    const ElfSymbol* leaving = kernel->find_symbol("trap_return");
    ASSERT_NE(leaving, nullptr);
    const FrameRules* rules = kernel->frame_rules_at(leaving->address);
    ASSERT_NE(rules, nullptr);
    EXPECT_TRUE(rules->interrupted);
    EXPECT_FALSE(rules->cfa_from_fp);
    EXPECT_EQ(rules->return_address.kind, RegisterRule::Kind::in_stack);
    EXPECT_EQ(rules->sp.kind, RegisterRule::Kind::in_stack);
    EXPECT_LT(rules->return_address.offset, 0);
}

TEST(FrameRules, FollowAPrologueInstructionByInstruction) {
    const auto session = peachos_at_prompt();
    const auto kernel = session->kernel();
    const Function* function = kernel->find_function("process_set_state");
    ASSERT_NE(function, nullptr);
    const FrameRules* first = kernel->frame_rules_at(function->low_pc);
    ASSERT_NE(first, nullptr);
    EXPECT_FALSE(first->interrupted);
    EXPECT_EQ(first->cfa_offset, 0);
    EXPECT_EQ(first->return_address.kind, RegisterRule::Kind::same);
    const FrameRules* later = kernel->frame_rules_at(kernel->after_prologue(*function));
    ASSERT_NE(later, nullptr);
    EXPECT_TRUE(later->cfa_from_fp);
    EXPECT_EQ(later->return_address.kind, RegisterRule::Kind::in_stack);
    EXPECT_EQ(later->return_address.offset, -4);
    EXPECT_EQ(later->fp.offset, -8);
    EXPECT_EQ(kernel->frame_rules_at(0), nullptr);
}

// What a program's part of the stack looks like: its functions from the inside out, without offsets. Nothing
// while the CPU is on the scheduler's stack, which leads to no program.
std::vector<std::string> user_functions(const Session& session) {
    std::vector<std::string> names;
    bool entered = session.in_user_mode(0);
    for (const Frame& frame : backtrace(session, 0)) {
        const std::string name = frame.function.substr(0, frame.function.find('+'));
        if (frame.inlined) continue;  // come and go within a function
        if (frame.user && entered) names.push_back(name);
        entered |= name == "trap_entry" || name == "trap_return" || name == "from_kernel";
    }
    return names;
}

std::vector<std::string> callers(std::vector<std::string> functions) {
    if (!functions.empty()) functions.erase(functions.begin());
    return functions;
}

// Where a call, a return or a jump out of the function may change who is on the stack.
bool may_leave_function(const Session& session) {
    const CpuMemory memory(session.machine(), 0);
    std::array<std::byte, 4> bytes;
    uint32_t word = 0;
    if (!memory.read(session.machine().cpu(0).pc, bytes)) return true;
    std::memcpy(&word, bytes.data(), sizeof word);
    const auto instruction = isa::decode(word);
    return !instruction || instruction->op == isa::Op::jal || instruction->op == isa::Op::jalr;
}

// From instruction to instruction, through beginnings and ends of functions, interrupts and system calls.
TEST(Frames, AProgramsCallersStayTheSameUntilItCallsOrReturns) {
    auto session = peachos_at_prompt();
    session->type("ls -l /bin | sort | wc & primes 3000\n");
    session->start_run_to_cycle(session->timeline().cursor() + 1'500'000);
    session->finish();
    std::vector<std::string> before;
    int traps = 0, calls = 0;
    bool was_user = false;
    std::string program;
    for (int i = 0; i < 30'000; ++i) {
        const auto process = session->current_process(0);
        const std::string present = process ? process->name : "";
        const bool user = session->in_user_mode(0);
        const std::vector<std::string> now = user_functions(*session);
        if (present == program && !before.empty() && !now.empty() && present != "sh") {
            ASSERT_EQ(callers(now), callers(before)) << "at cycle " << session->machine().cycle();
            ASSERT_EQ(std::ranges::count(now, "_start"), 1)
                << "at cycle " << session->machine().cycle() << "\n"
                << to_text(backtrace_table(*session));
            traps += was_user && !user;
        }
        const bool leaves = user && may_leave_function(*session);
        calls += leaves;
        program = present;
        before = leaves ? std::vector<std::string>{} : now;
        was_user = user;
        session->start(Motion::step_instruction);
        session->finish();
    }
    EXPECT_GT(traps, 3);
    EXPECT_GT(calls, 100);
}

}  // namespace
}  // namespace peach::debugger
