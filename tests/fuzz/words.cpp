// peach_words: all 2^32 words, decoded, disassembled and assembled again (`./dev fuzz words`). Each is an
// instruction whose text assembles to the same word, with aliases and without, or it is illegal and shown as
// data. An argument above 1 takes only every so manyth word.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "assembler/assembler.h"
#include "assembler/disassembler.h"
#include "emulator/isa/instructions.h"

namespace {

using namespace peach;

constexpr uint32_t kTextBase = 0x10000000;
constexpr uint64_t kAllWords = uint64_t{1} << 32;
constexpr uint64_t kWordsAtATime = uint64_t{1} << 20;
constexpr size_t kLinesAtATime = 1u << 16;

struct Totals {
    std::atomic<uint64_t> next = 0;
    std::atomic<uint64_t> instructions = 0;
    std::atomic<uint64_t> illegal = 0;
    std::atomic<uint64_t> faults = 0;
};

// Assembles what the words' disassembly says and counts those that come out differently.
class RoundTrip {
  public:
    RoundTrip(assembler::Aliases aliases, Totals& totals) : aliases_(aliases), totals_(totals) {}

    void add(uint32_t word) {
        const uint32_t pc = kTextBase + static_cast<uint32_t>(4 * words_.size());
        text_ += assembler::disassemble(word, pc, {.aliases = aliases_, .symbolizer = nullptr});
        text_ += '\n';
        words_.push_back(word);
        if (words_.size() == kLinesAtATime) check();
    }

    void check() {
        const assembler::Source source{.name = "words.s", .text = std::move(text_)};
        const assembler::Result result =
            assembler::assemble({&source, 1}, {.text_base = kTextBase, .entry_at_text_base = true});
        if (!words_.empty()) compare(result);
        words_.clear();
        text_.clear();
    }

  private:
    void compare(const assembler::Result& result) {
        const bool whole = result.image && !result.image->sections.empty() &&
                           result.image->sections[0].bytes.size() == 4 * words_.size();
        if (!whole) {
            fmt::print("these words do not assemble:\n{}",
                       assembler::render(result.diagnostics).substr(0, 500));
            ++totals_.faults;
            return;
        }
        const std::byte* bytes = result.image->sections[0].bytes.data();
        for (size_t i = 0; i < words_.size(); ++i) {
            uint32_t again = 0;
            std::memcpy(&again, bytes + 4 * i, sizeof again);
            if (again == words_[i]) continue;
            fmt::print("{:08X} comes back as {:08X}: {}\n", words_[i], again,
                       assembler::disassemble(words_[i], kTextBase + static_cast<uint32_t>(4 * i),
                                              assembler::DisassemblerOptions{.aliases = aliases_}));
            ++totals_.faults;
        }
    }

    assembler::Aliases aliases_;
    Totals& totals_;
    std::string text_;
    std::vector<uint32_t> words_;
};

void check_words(Totals& totals, uint64_t stride) {
    RoundTrip with_aliases(assembler::Aliases::prefer, totals);
    RoundTrip without(assembler::Aliases::never, totals);
    while (totals.faults < 20) {
        const uint64_t begin = totals.next.fetch_add(kWordsAtATime);
        if (begin >= kAllWords) break;
        if (begin % (kAllWords / 16) == 0) fmt::print(stderr, "{:08X} ...\n", begin);
        uint64_t instructions = 0;
        uint64_t illegal = 0;
        for (uint64_t word = begin; word < begin + kWordsAtATime; word += stride) {
            const auto value = static_cast<uint32_t>(word);
            const auto decoded = isa::decode(value);
            if (!decoded) {
                // Most words are illegal, and all of them take the same way: a sample shows it.
                if (illegal++ % 256 == 0) with_aliases.add(value);
                continue;
            }
            ++instructions;
            if (isa::encode(*decoded) != value) {
                fmt::print("{:08X} is not what its parts encode to\n", value);
                ++totals.faults;
            }
            with_aliases.add(value);
            without.add(value);
        }
        totals.instructions += instructions;
        totals.illegal += illegal;
    }
    with_aliases.check();
    without.check();
}

}  // namespace

int main(int argc, char** argv) {
    uint64_t stride = 1;
    const std::string_view argument = argc > 1 ? argv[1] : "1";
    const auto [end, problem] = std::from_chars(argument.data(), argument.data() + argument.size(), stride);
    if (problem != std::errc{} || end != argument.data() + argument.size() || stride == 0) {
        fmt::print(stderr, "peach: words takes a number: every so manyth word\n");
        return 2;
    }
    Totals totals;
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back(check_words, std::ref(totals), stride);
    for (std::thread& thread : threads) thread.join();
    fmt::print("{} instructions the same afterwards, {} illegal words, {} faults\n",
               totals.instructions.load(), totals.illegal.load(), totals.faults.load());
    return totals.faults == 0 ? 0 : 1;
}
