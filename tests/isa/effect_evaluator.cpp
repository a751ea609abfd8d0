#include "tests/isa/effect_evaluator.h"

#include "emulator/isa/traps.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace peach::tests {
namespace {

using isa::Control;

constexpr uint32_t kStatusNow = 0x03;       // ie and user
constexpr uint32_t kStatusPrevious = 0x30;  // the same two, as they were before a trap

int32_t as_signed(uint32_t value) {
    return static_cast<int32_t>(value);
}

uint32_t divide(const std::string& name, uint32_t a, uint32_t b) {
    const bool overflow = a == 0x80000000 && b == 0xFFFFFFFF;
    if (name == "divs")
        return b == 0 ? 0xFFFFFFFF : overflow ? a : static_cast<uint32_t>(as_signed(a) / as_signed(b));
    if (name == "divu") return b == 0 ? 0xFFFFFFFF : a / b;
    if (name == "rems") return b == 0 ? a : overflow ? 0 : static_cast<uint32_t>(as_signed(a) % as_signed(b));
    return b == 0 ? a : a % b;
}

// Recursive descent over one effect; evaluation happens while parsing, always on the old state.
class Evaluator {
  public:
    Evaluator(const isa::Decoded& instruction, const ModelState& before)
        : instruction_(instruction), old_(before), new_(before) {
        new_.pc = before.pc + 4;
    }

    ModelState run() {
        std::string_view rest = isa::instruction(instruction_.op).effect;
        while (!rest.empty()) {
            const size_t end = std::min(rest.find(';'), rest.size());
            text_ = rest.substr(0, end);
            position_ = 0;
            statement();
            skip_spaces();
            if (position_ != text_.size()) fail("text left over");
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        new_.x[0] = 0;
        return new_;
    }

  private:
    [[noreturn]] void fail(const std::string& why) const {
        throw std::invalid_argument("effect \"" + std::string(text_) + "\": " + why);
    }

    void skip_spaces() {
        while (position_ < text_.size() && text_[position_] == ' ') ++position_;
    }

    bool accept(std::string_view token) {
        skip_spaces();
        if (!text_.substr(position_).starts_with(token)) return false;
        position_ += token.size();
        return true;
    }

    void expect(std::string_view token) {
        if (!accept(token)) fail("expected " + std::string(token));
    }

    std::string word() {
        skip_spaces();
        std::string result;
        while (position_ < text_.size() &&
               (std::isalnum(static_cast<unsigned char>(text_[position_])) != 0)) {
            result += text_[position_++];
        }
        return result;
    }

    // ---- statements ----

    void statement() {
        if (accept("if ")) {
            const bool condition = expression() != 0;
            expect(":");
            if (!condition) {
                position_ = text_.size();
                return;
            }
        }
        if (accept("trap ")) return trap();
        if (accept("return from trap")) return return_from_trap();
        if (accept("unreserve")) {
            new_.reserved = false;
        } else if (accept("reserve ")) {
            expression();
            new_.reserved = true;
        } else if (accept("flush")) {
            skip_spaces();
            if (position_ < text_.size())
                expression();  // flushing the TLB changes nothing that this model has
        } else if (!accept("wait") && !accept("nothing")) {
            assignment();
        }
    }

    void assignment() {
        const std::string target = word();
        uint32_t address = 0;
        if (accept("[")) {
            address = expression();
            expect("]");
        }
        expect("=");
        const uint32_t value = expression();
        if (target == "rd") {
            new_.x[instruction_.rd] = value;
        } else if (target == "pc") {
            new_.pc = value;
        } else if (target == "csr") {
            new_.control[static_cast<uint8_t>(address)] = value;
        } else if (target.starts_with("mem")) {
            const int bytes = std::stoi(target.substr(3)) / 8;
            for (int i = 0; i < bytes; ++i) new_.memory[address + i] = static_cast<uint8_t>(value >> 8 * i);
        } else {
            fail("cannot assign to " + target);
        }
    }

    uint32_t control(Control which) const {
        const auto found = old_.control.find(static_cast<uint8_t>(which));
        return found == old_.control.end() ? 0 : found->second;
    }

    void set_control(Control which, uint32_t value) { new_.control[static_cast<uint8_t>(which)] = value; }

    void trap() {
        std::string name;
        skip_spaces();
        while (position_ < text_.size() && text_[position_] != ' ') name += text_[position_++];
        const auto* row = std::ranges::find(isa::kTrapCauses, name, &isa::TrapCauseRow::name);
        if (row == std::end(isa::kTrapCauses)) fail("no trap cause called " + name);
        set_control(Control::epc, old_.pc);
        set_control(Control::cause, row->number);
        set_control(Control::badaddr, 0);
        set_control(Control::status, (control(Control::status) & kStatusNow) << 4);
        new_.pc = control(Control::tvec);
    }

    void return_from_trap() {
        const uint32_t status = control(Control::status);
        set_control(Control::status, (status & kStatusPrevious) | (status & kStatusPrevious) >> 4);
        new_.pc = control(Control::epc);
    }

    // ---- expressions, loosest first ----

    uint32_t expression() {
        uint32_t left = bit_operations();
        while (true) {
            if (accept("=="))
                left = left == bit_operations();
            else if (accept("!="))
                left = left != bit_operations();
            else if (accept("<s"))
                left = as_signed(left) < as_signed(bit_operations());
            else if (accept(">=s"))
                left = as_signed(left) >= as_signed(bit_operations());
            else if (accept("<u"))
                left = left < bit_operations();
            else if (accept(">=u"))
                left = left >= bit_operations();
            else
                return left;
        }
    }

    uint32_t bit_operations() {
        uint32_t left = shifts();
        while (true) {
            if (accept("&"))
                left &= shifts();
            else if (accept("|"))
                left |= shifts();
            else if (accept("^"))
                left ^= shifts();
            else
                return left;
        }
    }

    uint32_t shifts() {
        uint32_t left = sums();
        while (true) {
            if (accept("<<"))
                left <<= sums();
            else if (accept(">>s"))
                left = static_cast<uint32_t>(as_signed(left) >> sums());
            else if (accept(">>"))
                left >>= sums();
            else
                return left;
        }
    }

    uint32_t sums() {
        uint32_t left = products();
        while (true) {
            if (accept("+"))
                left += products();
            else if (accept("-"))
                left -= products();
            else
                return left;
        }
    }

    uint32_t products() {
        uint32_t left = primary();
        while (accept("*")) left *= primary();
        return left;
    }

    uint32_t primary() {
        if (accept("~")) return ~primary();
        if (accept("(")) {
            const uint32_t value = expression();
            expect(")");
            return value;
        }
        const std::string name = word();
        if (name.empty()) fail("expected a value");
        if (std::isdigit(static_cast<unsigned char>(name[0])) != 0)
            return static_cast<uint32_t>(std::stoul(name));
        if (name == "not") return primary() == 0;
        if (accept("[")) {
            const uint32_t index = expression();
            expect("]");
            return read(name, index);
        }
        if (accept("(")) return call(name);
        return operand(name);
    }

    uint32_t operand(const std::string& name) const {
        if (name == "rs1") return old_.x[instruction_.rs1];
        if (name == "rs2") return old_.x[instruction_.rs2];
        if (name == "pc") return old_.pc;
        if (name == "imm" || name == "upper" || name == "shift" || name == "control") {
            return static_cast<uint32_t>(instruction_.immediate);
        }
        if (name == "target") return old_.pc + static_cast<uint32_t>(instruction_.immediate);
        if (name == "reserved") return old_.reserved ? 1 : 0;
        fail("no operand called " + name);
    }

    uint32_t read(const std::string& what, uint32_t index) const {
        if (what == "csr") return control(static_cast<Control>(index));
        if (!what.starts_with("mem")) fail("cannot index " + what);
        uint32_t value = 0;
        for (int i = 0; i < std::stoi(what.substr(3)) / 8; ++i) {
            const auto found = old_.memory.find(index + i);
            value |= static_cast<uint32_t>(found == old_.memory.end() ? 0 : found->second) << 8 * i;
        }
        return value;
    }

    uint32_t call(const std::string& name) {
        const uint32_t a = expression();
        uint32_t b = 0;
        if (accept(",")) b = expression();
        expect(")");
        if (name == "sext8") return static_cast<uint32_t>(static_cast<int8_t>(a));
        if (name == "sext16") return static_cast<uint32_t>(static_cast<int16_t>(a));
        if (name == "mulh") return static_cast<uint32_t>(int64_t{as_signed(a)} * as_signed(b) >> 32);
        if (name == "mulhu") return static_cast<uint32_t>(uint64_t{a} * b >> 32);
        if (name == "mulhsu") return static_cast<uint32_t>(int64_t{as_signed(a)} * int64_t{b} >> 32);
        if (name == "mins") return as_signed(a) < as_signed(b) ? a : b;
        if (name == "maxs") return as_signed(a) > as_signed(b) ? a : b;
        if (name == "minu") return std::min(a, b);
        if (name == "maxu") return std::max(a, b);
        if (name.starts_with("div") || name.starts_with("rem")) return divide(name, a, b);
        fail("no function called " + name);
    }

    const isa::Decoded& instruction_;
    const ModelState& old_;
    ModelState new_;
    std::string_view text_;
    size_t position_ = 0;
};

}  // namespace

ModelState execute_effect(const isa::Decoded& instruction, const ModelState& before) {
    return Evaluator(instruction, before).run();
}

}  // namespace peach::tests
