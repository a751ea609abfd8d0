// Where a variable is: a DWARF location description executed on the registers and memory of a moment.

#include <dwarf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "debugger/debug_info.h"

namespace peach::debugger {
namespace {

constexpr int kRegisterCount = 16;

ValueLocation unavailable(std::string why) {
    return {.kind = ValueLocation::Kind::unavailable, .number = 0, .why = std::move(why)};
}

uint64_t low_bits(uint64_t value, uint64_t bits) {
    return bits >= 64 ? value : value & ((uint64_t{1} << bits) - 1);
}

uint64_t sign_extended(uint64_t value, uint64_t bits) {
    if (bits == 0 || bits >= 64) return value;
    const uint64_t sign = uint64_t{1} << (bits - 1);
    return (low_bits(value, bits) ^ sign) - sign;
}

// A stack machine; what it leaves is an address, unless an operation said otherwise.
class LocationMachine {
  public:
    LocationMachine(const RegisterValues& registers, const MemoryReader& memory, const Function* function)
        : registers_(registers), memory_(memory), function_(function) {}

    ValueLocation run(const std::vector<LocationOperation>& operations) {
        if (operations.empty()) return unavailable("optimised out");
        for (const LocationOperation& operation : operations) {
            if (!step(operation)) return unavailable(why_.empty() ? "its location is not understood" : why_);
        }
        if (has_pieces_) return {.kind = ValueLocation::Kind::value, .number = pieces_, .why = {}};
        return current_location();
    }

  private:
    using Kind = ValueLocation::Kind;

    ValueLocation current_location() const {
        if (kind_ == Kind::register_number) return {.kind = kind_, .number = register_, .why = {}};
        if (stack_.empty()) return unavailable("optimised out");
        const uint64_t top = kind_ == Kind::memory ? low_bits(stack_.back(), 32) : stack_.back();
        return {.kind = kind_, .number = top, .why = {}};
    }

    bool fail(std::string why) {
        why_ = std::move(why);
        return false;
    }

    bool push(uint64_t value) {
        stack_.push_back(value);
        return true;
    }

    bool step(const LocationOperation& op) {
        if (op.code >= DW_OP_lit0 && op.code <= DW_OP_lit31) return push(op.code - DW_OP_lit0);
        if (op.code >= DW_OP_breg0 && op.code <= DW_OP_breg31)
            return push_register(op.code - DW_OP_breg0, op.first);
        if (op.code >= DW_OP_reg0 && op.code <= DW_OP_reg31) return name_register(op.code - DW_OP_reg0);
        switch (op.code) {
            case DW_OP_addr:
            case DW_OP_const1u:
            case DW_OP_const1s:
            case DW_OP_const2u:
            case DW_OP_const2s:
            case DW_OP_const4u:
            case DW_OP_const4s:
            case DW_OP_const8u:
            case DW_OP_const8s:
            case DW_OP_constu:
            case DW_OP_consts:
                return push(op.first);
            case DW_OP_regx:
                return name_register(op.first);
            case DW_OP_bregx:
                return push_register(op.first, op.second);
            case DW_OP_fbreg:
                return push_frame_offset(op.first);
            case DW_OP_implicit_value:
                kind_ = Kind::value;
                return op.first <= 8 ? push(op.second) : fail("a constant that is too large to show");
            case DW_OP_stack_value:
                kind_ = Kind::value;
                return true;
            case DW_OP_piece:
                return add_piece(op.first);
            case DW_OP_entry_value:
            case DW_OP_GNU_entry_value:
                return fail("optimised out (only its value at the call was known)");
            case DW_OP_nop:
                return true;
            default:
                return compute(op);
        }
    }

    bool name_register(uint64_t number) {
        if (number >= kRegisterCount) return fail("in a register that Peach-32 does not have");
        kind_ = Kind::register_number;
        register_ = number;
        return true;
    }

    bool push_register(uint64_t number, uint64_t offset) {
        if (number >= kRegisterCount) return fail("in a register that Peach-32 does not have");
        return push(registers_.x[number] + offset);
    }

    bool push_frame_offset(uint64_t offset) {
        if (function_ == nullptr || function_->frame_base.empty()) return fail("its frame is not known here");
        const LocationOperation& base = function_->frame_base.front();
        if (base.code < DW_OP_reg0 || base.code >= DW_OP_reg0 + kRegisterCount)
            return fail("its frame is not known here");
        return push_register(base.code - DW_OP_reg0, offset);
    }

    // A value in several places, such as a 64-bit number in two registers: collected from the lowest piece
    // up.
    bool add_piece(uint64_t size_bytes) {
        has_pieces_ = true;
        if (size_bytes > 8 || piece_bytes_ + size_bytes > 8) return fail("spread over several places");
        const ValueLocation place = current_location();
        uint64_t part = place.number;
        if (place.kind == Kind::unavailable) return fail("partly optimised out");
        if (place.kind == Kind::register_number) part = registers_.x[place.number];
        if (place.kind == Kind::memory && !read(static_cast<uint32_t>(place.number), size_bytes, part))
            return false;
        pieces_ |= low_bits(part, size_bytes * 8) << (piece_bytes_ * 8);
        piece_bytes_ += size_bytes;
        kind_ = Kind::memory;
        stack_.clear();
        return true;
    }

    bool read(uint32_t address, uint64_t size_bytes, uint64_t& value) {
        value = 0;
        std::span<std::byte> out = std::as_writable_bytes(std::span(&value, 1)).first(size_bytes);
        return memory_.read(address, out) || fail(fmt::format("no memory at {:#010x}", address));
    }

    // Operations on the top of the stack.
    bool compute(const LocationOperation& op) {
        if (stack_.empty()) return false;
        uint64_t& top = stack_.back();
        switch (op.code) {
            case DW_OP_deref:
                return read(static_cast<uint32_t>(top), 4, top);
            case DW_OP_deref_size:
                return op.first <= 8 && read(static_cast<uint32_t>(top), op.first, top);
            case DW_OP_plus_uconst:
                top += op.first;
                return true;
            case DW_OP_neg:
                top = -top;
                return true;
            case DW_OP_not:
                top = ~top;
                return true;
            case DW_OP_dup:
                return push(stack_.back());
            case DW_OP_drop:
                stack_.pop_back();
                return true;
            case DW_OP_convert:
                if (op.first != 0)
                    top = op.second != 0 ? sign_extended(top, op.first) : low_bits(top, op.first);
                return true;
            default:
                return combine(op.code);
        }
    }

    // Operations on the two topmost.
    bool combine(uint8_t code) {
        if (stack_.size() < 2) return false;
        const uint64_t b = stack_.back();
        stack_.pop_back();
        uint64_t& a = stack_.back();
        switch (code) {
            case DW_OP_plus:
                a += b;
                return true;
            case DW_OP_minus:
                a -= b;
                return true;
            case DW_OP_mul:
                a *= b;
                return true;
            case DW_OP_and:
                a &= b;
                return true;
            case DW_OP_or:
                a |= b;
                return true;
            case DW_OP_xor:
                a ^= b;
                return true;
            case DW_OP_shl:
                a = b > 63 ? 0 : a << b;
                return true;
            case DW_OP_shr:
                a = b > 63 ? 0 : low_bits(a, 32) >> b;
                return true;
            case DW_OP_shra:
                a = static_cast<uint64_t>(static_cast<int64_t>(sign_extended(a, 32)) >>
                                          std::min<uint64_t>(b, 63));
                return true;
            default:
                return false;
        }
    }

    const RegisterValues& registers_;
    const MemoryReader& memory_;
    const Function* function_;
    std::vector<uint64_t> stack_;
    Kind kind_ = Kind::memory;
    uint64_t register_ = 0;
    bool has_pieces_ = false;
    uint64_t pieces_ = 0;
    uint64_t piece_bytes_ = 0;
    std::string why_;
};

}  // namespace

ValueLocation DebugInfo::locate(const Variable& variable, const RegisterValues& registers,
                                const MemoryReader& memory) const {
    const auto holds = [&](const LocationChoice& choice) { return choice.where.contains(registers.pc); };
    const auto choice = std::ranges::find_if(variable.locations, holds);
    if (choice != variable.locations.end()) {
        return LocationMachine(registers, memory, function_at(registers.pc)).run(choice->operations);
    }
    if (variable.constant) {
        const auto value = static_cast<uint64_t>(*variable.constant);
        return {.kind = ValueLocation::Kind::value, .number = value, .why = {}};
    }
    return unavailable("optimised out");
}

}  // namespace peach::debugger
