#include "tests/guest/scheduling_oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>

namespace peach::tests {

namespace {

constexpr uint64_t kNever = std::numeric_limits<uint64_t>::max();
constexpr uint64_t kStrideOfOneTicket = 25'200'000;

uint64_t length_of(const Job& job) {
    uint64_t length = 0;
    for (size_t i = 0; i < job.phases.size(); i += 2) length += job.phases[i];
    return length;
}

// A policy: jobs are numbers. `ran` is how long a job has computed since the policy last heard of it.
class Policy {
  public:
    virtual ~Policy() = default;
    virtual void enqueue(size_t job) = 0;
    virtual void put_back(size_t job) { enqueue(job); }
    virtual std::optional<size_t> pick() = 0;
    virtual uint64_t slice(size_t) { return kNever; }
    virtual void has_run(size_t, uint64_t) {}
    virtual bool preempts(size_t, size_t) { return false; }
    virtual uint64_t next_boost() { return kNever; }
    virtual void boost() {}
};

class RoundRobin : public Policy {  // first in first out, if the quantum never ends
  public:
    explicit RoundRobin(uint64_t quantum) : quantum_(quantum) {}
    void enqueue(size_t job) override { queue_.push_back(job); }
    std::optional<size_t> pick() override {
        if (queue_.empty()) return std::nullopt;
        const size_t job = queue_.front();
        queue_.pop_front();
        return job;
    }
    uint64_t slice(size_t) override { return quantum_; }

  private:
    uint64_t quantum_;
    std::deque<size_t> queue_;
};

class Shortest : public Policy {
  public:
    Shortest(const std::vector<Job>& jobs, bool preemptive) : preemptive_(preemptive) {
        for (const Job& job : jobs) left_.push_back(length_of(job));
    }
    void enqueue(size_t job) override { queue_.push_back(job); }
    void put_back(size_t job) override { queue_.push_front(job); }
    std::optional<size_t> pick() override {
        const auto best = std::ranges::min_element(queue_, {}, [&](size_t job) { return left_[job]; });
        if (best == queue_.end()) return std::nullopt;
        const size_t job = *best;
        queue_.erase(best);
        return job;
    }
    void has_run(size_t job, uint64_t time) override {
        if (preemptive_) left_[job] -= time;
    }
    bool preempts(size_t job, size_t running) override { return preemptive_ && left_[job] < left_[running]; }

  private:
    bool preemptive_;
    std::vector<uint64_t> left_;
    std::deque<size_t> queue_;
};

class Feedback : public Policy {
  public:
    Feedback(size_t jobs, const PolicySettings& settings)
        : settings_(settings), queues_(settings.quanta.size()), boost_(settings.boost) {
        settings_.allotments.resize(queues_.size(), 1);
        for (size_t i = 0; i < jobs; ++i) places_.push_back(at(0));
    }
    void enqueue(size_t job) override { queues_[places_[job].level].push_back(job); }
    void put_back(size_t job) override { queues_[places_[job].level].push_front(job); }
    std::optional<size_t> pick() override {
        for (auto& queue : queues_) {
            if (queue.empty()) continue;
            const size_t job = queue.front();
            queue.pop_front();
            return job;
        }
        return std::nullopt;
    }
    uint64_t slice(size_t job) override { return places_[job].quantum_left; }
    void has_run(size_t job, uint64_t time) override {
        Place& place = places_[job];
        place.quantum_left -= time;
        if (place.quantum_left > 0) return;
        if (--place.quanta_left > 0) {
            place.quantum_left = settings_.quanta[place.level];
        } else {
            place = at(std::min(place.level + 1, queues_.size() - 1));
        }
    }
    bool preempts(size_t job, size_t running) override { return places_[job].level < places_[running].level; }
    uint64_t next_boost() override { return boost_ == 0 ? kNever : boost_; }
    void boost() override {
        boost_ += settings_.boost;
        for (size_t level = 1; level < queues_.size(); ++level) {
            queues_[0].insert(queues_[0].end(), queues_[level].begin(), queues_[level].end());
            queues_[level].clear();
        }
        std::ranges::fill(places_, at(0));
    }

  private:
    struct Place {
        size_t level = 0;
        uint64_t quantum_left = 0;
        uint64_t quanta_left = 0;
    };
    Place at(size_t level) const { return {level, settings_.quanta[level], settings_.allotments[level]}; }

    PolicySettings settings_;
    std::vector<std::deque<size_t>> queues_;
    std::vector<Place> places_;
    uint64_t boost_;
};

class Lottery : public Policy {
  public:
    Lottery(const std::vector<Job>& jobs, const PolicySettings& settings)
        : jobs_(jobs), quantum_(settings.quanta[0]), random_(settings.seed) {}
    void enqueue(size_t job) override { queue_.push_back(job); }
    std::optional<size_t> pick() override {
        uint64_t tickets = 0;
        for (const size_t job : queue_) tickets += jobs_[job].tickets;
        if (tickets == 0) return std::nullopt;
        random_ ^= random_ << 13;
        random_ ^= random_ >> 17;
        random_ ^= random_ << 5;
        uint64_t drawn = random_ % tickets;
        auto winner = queue_.begin();
        for (; drawn >= jobs_[*winner].tickets; ++winner) drawn -= jobs_[*winner].tickets;
        const size_t job = *winner;
        queue_.erase(winner);
        return job;
    }
    uint64_t slice(size_t) override { return quantum_; }

  private:
    const std::vector<Job>& jobs_;
    uint64_t quantum_;
    uint32_t random_;
    std::deque<size_t> queue_;
};

class Stride : public Policy {
  public:
    Stride(const std::vector<Job>& jobs, uint64_t quantum)
        : jobs_(jobs), quantum_(quantum), pass_(jobs.size()) {}
    void enqueue(size_t job) override {
        pass_[job] = std::max(pass_[job], front_);
        queue_.push_back(job);
    }
    std::optional<size_t> pick() override {
        const auto least = std::ranges::min_element(queue_, {}, [&](size_t job) { return pass_[job]; });
        if (least == queue_.end()) return std::nullopt;
        const size_t job = *least;
        queue_.erase(least);
        front_ = pass_[job];
        pass_[job] += kStrideOfOneTicket / jobs_[job].tickets;
        return job;
    }
    uint64_t slice(size_t) override { return quantum_; }

  private:
    const std::vector<Job>& jobs_;
    uint64_t quantum_;
    std::vector<uint64_t> pass_;
    uint64_t front_ = 0;
    std::deque<size_t> queue_;
};

std::unique_ptr<Policy> make_policy(const std::vector<Job>& jobs, const PolicySettings& settings) {
    switch (settings.kind) {
        case PolicyKind::fifo:
            return std::make_unique<RoundRobin>(kNever);
        case PolicyKind::sjf:
            return std::make_unique<Shortest>(jobs, false);
        case PolicyKind::stcf:
            return std::make_unique<Shortest>(jobs, true);
        case PolicyKind::mlfq:
            return std::make_unique<Feedback>(jobs.size(), settings);
        case PolicyKind::lottery:
            return std::make_unique<Lottery>(jobs, settings);
        case PolicyKind::stride:
            return std::make_unique<Stride>(jobs, settings.quanta[0]);
        case PolicyKind::round_robin:
        case PolicyKind::per_cpu:  // the same, on one CPU
            break;
    }
    return std::make_unique<RoundRobin>(settings.quanta[0]);
}

class Simulation {
  public:
    Simulation(const std::vector<Job>& jobs, const PolicySettings& settings)
        : jobs_(jobs), policy_(make_policy(jobs, settings)), states_(jobs.size()), results_(jobs.size()) {
        for (size_t job = 0; job < jobs.size(); ++job) wake_at(jobs[job].arrival, job);
    }

    std::vector<JobResult> run() {
        while (unfinished_ > 0) {
            if (!running_) choose();
            running_ ? compute() : skip();
        }
        return results_;
    }

  private:
    struct State {
        size_t phase = 0;
        uint64_t left = 0;  // of the phase
        uint64_t ready_since = 0;
        bool has_run = false;
    };
    struct Wake {
        uint64_t time;
        size_t job;
    };

    // Those who wake at the same time do so in the order in which they fell asleep.
    void wake_at(uint64_t time, size_t job) {
        const auto place = std::ranges::upper_bound(wakes_, time, {}, &Wake::time);
        wakes_.insert(place, Wake{time, job});
    }

    uint64_t next_wake() const { return wakes_.empty() ? kNever : wakes_.front().time; }

    // Everybody who is due; whether one of them takes the CPU away from the one that runs.
    bool wake_all() {
        bool preempted = false;
        while (next_wake() <= time_) {
            const size_t job = wakes_.front().job;
            wakes_.pop_front();
            State& state = states_[job];
            state.left = jobs_[job].phases[state.phase];
            state.ready_since = time_;
            policy_->enqueue(job);
            preempted = preempted || (running_ && policy_->preempts(job, *running_));
        }
        return preempted;
    }

    void choose() {
        boost_if_due();
        wake_all();
        running_ = policy_->pick();
        if (!running_) return;
        State& state = states_[*running_];
        results_[*running_].waited += time_ - state.ready_since;
        if (!state.has_run) results_[*running_].first_run = time_;
        state.has_run = true;
        begin_slice();
    }

    void begin_slice() {
        const uint64_t slice = policy_->slice(*running_);
        slice_end_ = slice == kNever ? kNever : time_ + slice;
    }

    void skip() { time_ = std::min(next_wake(), policy_->next_boost()); }

    void boost_if_due() {
        while (policy_->next_boost() <= time_) policy_->boost();
    }

    void leave_cpu() {
        states_[*running_].ready_since = time_;
        running_.reset();
    }

    // Until something happens: the phase ends, the slice, somebody wakes, or the boost.
    void compute() {
        const size_t job = *running_;
        State& state = states_[job];
        const uint64_t phase_end = time_ + state.left;
        const uint64_t until = std::min({phase_end, slice_end_, next_wake(), policy_->next_boost()});
        policy_->has_run(job, until - time_);
        state.left -= until - time_;
        time_ = until;
        const bool slice_ended = slice_end_ == time_;
        const bool boosted = policy_->next_boost() <= time_;
        boost_if_due();
        if (state.left == 0) {
            end_phase(job);
        } else if (slice_ended) {
            policy_->enqueue(job);
            leave_cpu();
        } else {
            if (boosted) begin_slice();
            if (!wake_all()) return;
            policy_->put_back(job);
            leave_cpu();
        }
    }

    void end_phase(size_t job) {
        running_.reset();
        State& state = states_[job];
        if (state.phase + 1 >= jobs_[job].phases.size()) {
            results_[job].completion = time_;
            --unfinished_;
            return;
        }
        wake_at(time_ + jobs_[job].phases[state.phase + 1], job);
        state.phase += 2;
    }

    const std::vector<Job>& jobs_;
    std::unique_ptr<Policy> policy_;
    std::vector<State> states_;
    std::vector<JobResult> results_;
    std::deque<Wake> wakes_;
    std::optional<size_t> running_;
    uint64_t slice_end_ = kNever;
    uint64_t time_ = 0;
    size_t unfinished_ = jobs_.size();
};

std::string average(uint64_t sum, uint64_t count) {
    const uint64_t hundredths = (sum * 200 / count + 1) / 2;
    return fmt::format("{}.{:02}", hundredths / 100, hundredths % 100);
}

}  // namespace

const char* name_of(PolicyKind kind) {
    switch (kind) {
        case PolicyKind::round_robin:
            return "rr";
        case PolicyKind::fifo:
            return "fifo";
        case PolicyKind::sjf:
            return "sjf";
        case PolicyKind::stcf:
            return "stcf";
        case PolicyKind::mlfq:
            return "mlfq";
        case PolicyKind::lottery:
            return "lottery";
        case PolicyKind::stride:
            return "stride";
        case PolicyKind::per_cpu:
            return "percpu";
    }
    return "";
}

std::vector<JobResult> schedule(const std::vector<Job>& jobs, const PolicySettings& settings) {
    return Simulation(jobs, settings).run();
}

std::string workload_arguments(const std::vector<Job>& jobs, const PolicySettings& settings) {
    std::string text = fmt::format("-p {}", name_of(settings.kind));
    const bool levels = settings.kind == PolicyKind::mlfq;
    text += levels ? fmt::format(" -q {}", fmt::join(settings.quanta, ","))
                   : fmt::format(" -q {}", settings.quanta[0]);
    if (!settings.allotments.empty()) text += fmt::format(" -a {}", fmt::join(settings.allotments, ","));
    if (settings.boost != 0) text += fmt::format(" -b {}", settings.boost);
    text += fmt::format(" -s {}", settings.seed);
    for (const Job& job : jobs) {
        text += fmt::format(" {}@{}x{}", fmt::join(job.phases, "/"), job.arrival, job.tickets);
    }
    return text;
}

std::string workload_output(const std::vector<Job>& jobs, const PolicySettings& settings) {
    const std::vector<JobResult> results = schedule(jobs, settings);
    std::string text = fmt::format("policy {}, unit 1000\n", name_of(settings.kind));
    text += "job  arrival   length    first-run   completion    response  turnaround        wait\n";
    uint64_t response = 0;
    uint64_t turnaround = 0;
    uint64_t wait = 0;
    for (size_t i = 0; i < jobs.size(); ++i) {
        const Job& job = jobs[i];
        const JobResult& r = results[i];
        text += fmt::format("{:3} {:8} {:8} {:9}.00 {:9}.00 {:8}.00 {:8}.00 {:8}.00\n", i + 1, job.arrival,
                            length_of(job), r.first_run, r.completion, r.first_run - job.arrival,
                            r.completion - job.arrival, r.waited);
        response += r.first_run - job.arrival;
        turnaround += r.completion - job.arrival;
        wait += r.waited;
    }
    const uint64_t count = jobs.size();
    return text + fmt::format("average response {}, turnaround {}, wait {}\n", average(response, count),
                              average(turnaround, count), average(wait, count));
}

}  // namespace peach::tests
