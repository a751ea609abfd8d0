#pragma once
// The window's way to the machine: visits to the session, one a frame, and the pace of its clockwork.
//
//   RunnerGuest   the guest runs on a thread of its own      (the window)
//   DirectGuest   the guest moves only when it is told to    (pictures and tests)

#include <functional>

#include "debugger/runner.h"
#include "debugger/session.h"

namespace peach::gui {

class Guest {
  public:
    virtual ~Guest() = default;
    // Calls `visitor` while nothing else touches the session.
    virtual void visit(const std::function<void(debugger::Session&)>& visitor) = 0;
    virtual debugger::RunnerStatus status() const = 0;
    virtual debugger::Pace pace() const = 0;
    virtual void set_pace(debugger::Pace pace) = 0;
};

class RunnerGuest final : public Guest {
  public:
    explicit RunnerGuest(debugger::Runner& runner) : runner_(runner) {}
    void visit(const std::function<void(debugger::Session&)>& visitor) override { runner_.with(visitor); }
    debugger::RunnerStatus status() const override { return runner_.status(); }
    debugger::Pace pace() const override { return runner_.pace(); }
    void set_pace(debugger::Pace pace) override { runner_.set_pace(pace); }

  private:
    debugger::Runner& runner_;
};

class DirectGuest final : public Guest {
  public:
    explicit DirectGuest(debugger::Session& session) : session_(session) {}
    void visit(const std::function<void(debugger::Session&)>& visitor) override { visitor(session_); }
    debugger::RunnerStatus status() const override { return {}; }
    debugger::Pace pace() const override { return pace_; }
    void set_pace(debugger::Pace pace) override { pace_ = pace; }

  private:
    debugger::Session& session_;
    debugger::Pace pace_;
};

}  // namespace peach::gui
