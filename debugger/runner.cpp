#include "debugger/runner.h"

#include <algorithm>
#include <chrono>

namespace peach::debugger {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration;
using std::chrono::milliseconds;

constexpr auto kSlice = milliseconds(2);
constexpr auto kMeasure = milliseconds(500);
// Within a slice the session is asked for portions of this size, so that a guest that falls idle in the
// middle of one has not slept through much of its time unnoticed: 20 ms of it.
constexpr uint64_t kPortionCycles = 20'000;
// With idleness skipped there is nothing to notice.
constexpr uint64_t kSkippingPortionCycles = 200'000;
// How far a pace may fall behind and still catch up.
constexpr double kMostDebtSeconds = 0.05;
// A pace slower than this is waited for; a faster one works in slices.
constexpr auto kLongestNap = milliseconds(10);

bool all_wait(const Machine& machine) {
    for (unsigned cpu = 0; cpu < machine.cpu_count(); ++cpu) {
        if (!machine.cpu(cpu).waiting) return false;
    }
    return true;
}

bool moves_by_itself(Motion motion) {
    return motion == Motion::run || motion == Motion::run_to_cycle || motion == Motion::run_to_place;
}

}  // namespace

// What the worker remembers between slices.
struct Runner::Clockwork {
    Pace pace;
    RunnerStatus status;
    std::function<void()> wake;
    Clock::time_point last = Clock::now();  // when time was last accounted for
    double credit_cycles = 0;               // what the pace allows by now
    double idle_credit_cycles = 0;
    uint64_t measured_cycles = 0;
    Clock::duration measured_time{};  // busy only
    uint64_t console_bytes = 0;       // seen so far

    // The host's time that has passed becomes credit.
    void earn(Clock::time_point now) {
        const double seconds = std::min(duration<double>(now - last).count(), kMostDebtSeconds);
        last = now;
        const double rate = pace.instructions_per_second;
        const double most = std::max(1.0, rate * kMostDebtSeconds);
        // Slow paces collect fractions of an instruction for as long as it takes.
        credit_cycles = std::min(credit_cycles + seconds * rate, most);
        idle_credit_cycles =
            std::min(idle_credit_cycles + seconds * static_cast<double>(kNominalCyclesPerSecond),
                     static_cast<double>(kNominalCyclesPerSecond) * kMostDebtSeconds);
    }

    void measure(uint64_t cycles, Clock::duration time) {
        measured_cycles += cycles;
        measured_time += time;
        if (measured_time < kMeasure) return;
        status.instructions_per_second =
            static_cast<double>(measured_cycles) / duration<double>(measured_time).count();
        measured_cycles = 0;
        measured_time = {};
    }

    // Does a slice of what is under way. Returns how long there is nothing to do; nothing: go on at once.
    std::optional<Clock::duration> slice(Session& session) {
        const auto begin = Clock::now();
        earn(begin);
        while (session.motion() != Motion::none) {
            if (!moves_by_itself(session.motion())) {
                session.advance(kPortionCycles);
            } else if (const auto nap = portion(session)) {
                return nap;
            }
            const auto now = Clock::now();
            if (now - begin >= kSlice) return std::nullopt;
        }
        return std::nullopt;
    }

    std::optional<Clock::duration> portion(Session& session) {
        status.idle = all_wait(session.machine()) && !pace.idle_skips;
        if (status.idle) return idle_portion(session);
        if (pace.instructions_per_second <= 0) {
            busy(session, pace.idle_skips ? kSkippingPortionCycles : kPortionCycles);
            return std::nullopt;
        }
        if (credit_cycles < 1) {
            const double wait = (1 - credit_cycles) / pace.instructions_per_second;
            return std::chrono::duration_cast<Clock::duration>(duration<double>(wait));
        }
        const auto allowed = std::min<uint64_t>(static_cast<uint64_t>(credit_cycles), kPortionCycles);
        credit_cycles -= static_cast<double>(busy(session, allowed));
        return std::nullopt;
    }

    uint64_t busy(Session& session, uint64_t cycles) {
        const auto begin = Clock::now();
        const Progress progress = session.advance(cycles);
        measure(progress.cycles, Clock::now() - begin);
        return progress.cycles;
    }

    // Guest time passes with the host's clock.
    std::optional<Clock::duration> idle_portion(Session& session) {
        if (idle_credit_cycles < 1000) return milliseconds(2);
        const Progress progress = session.advance(static_cast<uint64_t>(idle_credit_cycles));
        idle_credit_cycles -= static_cast<double>(std::max<uint64_t>(progress.cycles, 1));
        return std::nullopt;
    }
};

Runner::Visit::Visit(const Runner& runner) : runner_(runner) {
    ++runner_.visitors_;
    runner_.mutex_.lock();
}

Runner::Visit::~Visit() {
    --runner_.visitors_;
    runner_.mutex_.unlock();
    runner_.changed_.notify_all();
}

Runner::Runner(std::unique_ptr<Session> session)
    : session_(std::move(session)), clockwork_(std::make_unique<Clockwork>()), worker_([this] { work(); }) {}

Runner::~Runner() {
    {
        const Visit visit(*this);  // the worker leaves the lock to nobody else
        quit_ = true;
    }
    worker_.join();
}

void Runner::work() {
    std::unique_lock lock(mutex_);
    bool was_running = false;
    while (!quit_) {
        // Whoever waits for the lock comes first.
        changed_.wait(lock, [&] { return quit_ || visitors_ == 0; });
        const bool running = session_->motion() != Motion::none;
        if (!running && !was_running) {
            changed_.wait(lock, [&] { return quit_ || session_->motion() != Motion::none; });
            clockwork_->last = Clock::now();
            continue;
        }
        std::optional<Clock::duration> nap;
        clockwork_->status.running = running;
        if (running) nap = clockwork_->slice(*session_);
        const bool ended = session_->motion() == Motion::none;
        was_running = !ended;
        const uint64_t console_bytes = session_->timeline().console().size();
        const bool has_news = ended || console_bytes != clockwork_->console_bytes;
        clockwork_->console_bytes = console_bytes;
        if (ended) {
            clockwork_->status.running = false;
            clockwork_->status.idle = session_->last_stop().cause == StopCause::idle;
            ++clockwork_->status.stops;
        }
        if (has_news && clockwork_->wake) {
            const auto wake = clockwork_->wake;
            lock.unlock();
            wake();
            lock.lock();
        }
        if (nap && visitors_ == 0) changed_.wait_for(lock, std::min<Clock::duration>(*nap, kLongestNap));
    }
}

void Runner::set_pace(Pace pace) {
    const Visit visit(*this);
    clockwork_->pace = pace;
    clockwork_->credit_cycles = 0;
}

Pace Runner::pace() const {
    const Visit visit(*this);
    return clockwork_->pace;
}

RunnerStatus Runner::status() const {
    const Visit visit(*this);
    RunnerStatus status = clockwork_->status;
    status.running = session_->motion() != Motion::none;
    return status;
}

void Runner::set_wake(std::function<void()> wake) {
    const Visit visit(*this);
    clockwork_->wake = std::move(wake);
}

bool Runner::wait_until_stopped(std::chrono::milliseconds timeout) {
    const auto end = Clock::now() + timeout;
    while (look([](const Session& session) { return session.motion(); }) != Motion::none) {
        if (Clock::now() >= end) return false;
        std::this_thread::sleep_for(milliseconds(1));
    }
    return true;
}

}  // namespace peach::debugger
