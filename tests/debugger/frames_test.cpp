// Frame rules: how the debugger finds callers, also of what a trap interrupted.

#include <gtest/gtest.h>

#include "debugger/frames.h"
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

}  // namespace
}  // namespace peach::debugger
