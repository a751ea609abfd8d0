#include "emulator/cpu.h"

namespace peach {

void Cpu::enter_trap(uint32_t trap_cause, uint32_t bad_address) {
    status = (status & (status::kInterruptEnable | status::kUser)) << 4;
    epc = pc;
    cause = trap_cause;
    badaddr = bad_address;
    pc = tvec;
    drop_reservation();
}

void Cpu::return_from_trap() {
    status = (status & ~(status::kInterruptEnable | status::kUser)) | (status >> 4 & 3);
    pc = epc;
    drop_reservation();
}

void Cpu::drop_reservation() {
    reserved = false;
    reserved_address = 0;
}

uint32_t Cpu::read_control(isa::Control number) const {
    switch (number) {
        case isa::Control::status:
            return status;
        case isa::Control::epc:
            return epc;
        case isa::Control::cause:
            return cause;
        case isa::Control::badaddr:
            return badaddr;
        case isa::Control::tvec:
            return tvec;
        case isa::Control::ptbr:
            return ptbr;
        case isa::Control::scratch:
            return scratch;
        case isa::Control::cpuid:
        case isa::Control::cycle:
        case isa::Control::cycleh:
            return 0;
    }
    return 0;
}

void Cpu::write_control(isa::Control number, uint32_t value) {
    switch (number) {
        case isa::Control::status:
            status = value & status::kWritable;
            break;
        case isa::Control::epc:
            epc = value;
            break;
        case isa::Control::cause:
            cause = value;
            break;
        case isa::Control::badaddr:
            badaddr = value;
            break;
        case isa::Control::tvec:
            tvec = value & ~3u;
            break;
        case isa::Control::ptbr:
            ptbr = value & ptbr::kWritable;
            break;
        case isa::Control::scratch:
            scratch = value;
            break;
        case isa::Control::cpuid:
        case isa::Control::cycle:
        case isa::Control::cycleh:
            break;
    }
}

}  // namespace peach
