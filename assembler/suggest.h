#pragma once
// "Did you mean": the known word that is nearest to a misspelt one.

#include <cstdint>
#include <string>
#include <string_view>

namespace peach::assembler {

class Suggestion {
  public:
    explicit Suggestion(std::string_view misspelt);

    void consider(std::string_view candidate);

    // "; did you mean `addi`?", or nothing if no candidate is near enough.
    std::string text() const;

  private:
    std::string_view misspelt_;
    std::string_view best_;
    size_t best_distance_;
};

// How many letters must be inserted, removed, replaced or swapped with their neighbour.
size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace peach::assembler
