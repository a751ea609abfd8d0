#pragma once
// Scheduling as a textbook has it: jobs with whole numbers of units, switching free. What the kernel does
// under the book clock must come out the same. Nothing here is taken from the kernel; the rules of each
// policy are those of docs/scheduling.md.

#include <cstdint>
#include <string>
#include <vector>

namespace peach::tests {

enum class PolicyKind : uint8_t { round_robin, fifo, sjf, stcf, mlfq, lottery, stride, per_cpu };
inline constexpr PolicyKind kAllPolicies[] = {
    PolicyKind::round_robin, PolicyKind::fifo,    PolicyKind::sjf,    PolicyKind::stcf,
    PolicyKind::mlfq,        PolicyKind::lottery, PolicyKind::stride, PolicyKind::per_cpu};

const char* name_of(PolicyKind kind);  // as the guest's programs call it

struct Job {
    std::vector<uint64_t> phases = {};  // computes, blocks, computes, ...
    uint64_t arrival = 0;
    uint64_t tickets = 100;
};

struct PolicySettings {
    PolicyKind kind = PolicyKind::round_robin;
    std::vector<uint64_t> quanta = {1};     // mlfq: of each level; else the first
    std::vector<uint64_t> allotments = {};  // mlfq: of each level, in quanta; missing ones are 1
    uint64_t boost = 0;                     // 0: never
    uint32_t seed = 1;
};

struct JobResult {
    uint64_t first_run = 0;
    uint64_t completion = 0;
    uint64_t waited = 0;  // ready, without a CPU
};

std::vector<JobResult> schedule(const std::vector<Job>& jobs, const PolicySettings& settings);

// The command line for `workload`, and what it must print.
std::string workload_arguments(const std::vector<Job>& jobs, const PolicySettings& settings);
std::string workload_output(const std::vector<Job>& jobs, const PolicySettings& settings);

}  // namespace peach::tests
