#pragma once
// Random programs that two toolchains read alike: RV32E's instructions as `peach as`, GNU as and clang accept
// them.
//
// A program begins with random registers, works on its own words of memory and leaves its registers there.
// Many programs run one after the other in one image:
//
//     _start: program 0 | program 1 | ...  | j finish       `finish` is the platform's: the caller appends it
//     data_start: data of program 0 | data of program 1 | ...  data_end
//
//     data of a program    +--------------------+
//                          | its registers      |
//                          +--------------------+  <- where one register, the program's base, always points
//                          | memory it works on |
//                          +--------------------+
//
// Everything is one section and every line gives as many words on both sides, so that all addresses are the
// same, too. The instructions are the rows of emulator/isa/instructions.inc, all but group E: a new row is
// tested by itself.

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace peach::conformance {

inline constexpr unsigned kRegisterWords = 16;
inline constexpr unsigned kMemoryWords = 48;
inline constexpr unsigned kDataWords = kRegisterWords + kMemoryWords;  // of one program

class RandomAssembly {
  public:
    explicit RandomAssembly(uint64_t seed) : random_(seed) {}

    // An image's text without `finish`.
    std::string image(unsigned programs);
    // The part of the last image that is program `index`.
    std::string_view program(unsigned index) const;

  private:
    uint32_t below(uint32_t limit) { return static_cast<uint32_t>(random_() >> 16) % limit; }
    bool one_in(uint32_t n) { return below(n) == 0; }
    template <class List>
    const auto& any(const List& list) {
        return list[below(static_cast<uint32_t>(std::size(list)))];
    }

    unsigned any_register() { return below(16); }
    unsigned writable_register();  // not one that the program relies on
    std::string source() { return name(any_register()); }
    std::string target() { return name(writable_register()); }
    static std::string name(unsigned reg);
    std::string new_label();
    uint32_t any_word();
    int32_t any_offset(unsigned alignment);  // into the program's memory, from its base register

    void line(const std::string& text) { text_ += "        " + text + "\n"; }
    void label(const std::string& text) { text_ += text + ":\n"; }
    void add_program(unsigned index);
    void statements(unsigned count, unsigned depth);
    void statement(unsigned depth);
    void instruction();
    void pseudo_instruction();
    void constant();
    void access();
    void atomic();
    void reservation();
    void skip(unsigned depth);
    void loop(unsigned depth);
    void call(unsigned depth);
    std::string condition(const std::string& where);

    std::mt19937_64 random_;
    std::string text_;
    std::vector<size_t> starts_;
    uint32_t reserved_ = 0;  // a bit a register
    unsigned base_ = 0;
    unsigned labels_ = 0;
};

}  // namespace peach::conformance
