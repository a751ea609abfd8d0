#pragma once
// The thread on which a session runs, and the only place that knows the host's clock.
//
// The worker advances the session in slices of about 2 ms and lets waiting front ends in between two slices,
// so that `with()` returns soon and a pause takes effect at once. With nothing to do it sleeps and costs no
// host CPU.
//
// Pace. A busy guest runs at the chosen number of instructions a second, or as fast as it can. An idle guest
// (every CPU waits) lets guest time pass at 1,000,000 cycles a second of host time at every speed, which is
// the machine's nominal clock: `sleep 1` in an otherwise idle machine takes a second. Pace::idle_skips drops
// that wait (headless runs).

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "debugger/session.h"

namespace peach::debugger {

inline constexpr uint64_t kNominalCyclesPerSecond = 1'000'000;

struct Pace {
    double instructions_per_second = 0;  // 0: as fast as it can
    bool idle_skips = false;             // guest time jumps over idleness
    bool operator==(const Pace&) const = default;
};

struct RunnerStatus {
    bool running = false;                // a motion is under way
    bool idle = false;                   // ... but the guest has nothing to do
    double instructions_per_second = 0;  // measured over the last half second, idleness not counted
    uint64_t stops = 0;                  // motions that have ended so far: look again when it grows
};

class Runner {
  public:
    explicit Runner(std::unique_ptr<Session> session);
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    // Calls `f` with the session, between two slices, on the caller's thread; returns what it returns. Not to
    // be nested.
    template <typename F>
    decltype(auto) with(F&& f) {
        Visit visit(*this);
        return std::forward<F>(f)(*session_);
    }
    // The same for one who only looks.
    template <typename F>
    decltype(auto) look(F&& f) {
        Visit visit(*this);
        return std::forward<F>(f)(static_cast<const Session&>(*session_));
    }

    void set_pace(Pace pace);
    Pace pace() const;
    RunnerStatus status() const;

    // Called on the worker's thread, outside the lock, when a motion has ended or the guest has sent
    // something to its console; for waking a front end's event loop. Must not call back into the runner.
    void set_wake(std::function<void()> wake);

    // Blocks until nothing is under way, or the timeout is over; true: nothing is under way.
    bool wait_until_stopped(std::chrono::milliseconds timeout);

  private:
    class Visit {
      public:
        explicit Visit(const Runner& runner);
        ~Visit();

      private:
        const Runner& runner_;
    };
    struct Clockwork;

    void work();

    std::unique_ptr<Session> session_;
    std::unique_ptr<Clockwork> clockwork_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;  // a visitor has left, or the worker should look again
    mutable std::atomic<int> visitors_ = 0;    // waiting for the lock or holding it
    std::atomic<bool> quit_ = false;
    std::thread worker_;
};

}  // namespace peach::debugger
