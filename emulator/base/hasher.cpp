#include "emulator/base/hasher.h"

#include <xxhash.h>

#include "emulator/base/assert.h"

namespace peach {

struct Hasher::State {
    XXH3_state_t* xxh;
};

Hasher::Hasher() : state_(std::make_unique<State>(State{XXH3_createState()})) {
    PEACH_ASSERT(state_->xxh != nullptr);
    XXH3_64bits_reset(state_->xxh);
}

Hasher::~Hasher() {
    XXH3_freeState(state_->xxh);
}

void Hasher::add_bytes(std::span<const std::byte> bytes) {
    XXH3_64bits_update(state_->xxh, bytes.data(), bytes.size());
}

uint64_t Hasher::result() const {
    return XXH3_64bits_digest(state_->xxh);
}

uint64_t hash_bytes(std::span<const std::byte> bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace peach
