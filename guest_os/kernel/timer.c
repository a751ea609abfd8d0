// This CPU's alarm.

#include "kernel.h"

#include "process.h"

// An alarm at a cycle, or none if it is NEVER; `time` is now. There is no regular tick: an idle machine stays idle.
void timer_arm(uint64_t cycle, uint64_t time) {
    if (cycle == NEVER) {
        device_write(TIMER_COUNTDOWN, 0);
        return;
    }
    const uint64_t left = cycle > time ? cycle - time : 1;
    device_write(TIMER_COUNTDOWN, left > UINT32_MAX ? UINT32_MAX : (uint32_t)left);
}
