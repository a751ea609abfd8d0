#include <sched.h>

const char *const sched_policy_names[POLICY_COUNT] = {
#define POLICY(number, constant, name, object, sentence) [number] = name,
#include <peach/policies.inc>
#undef POLICY
};
