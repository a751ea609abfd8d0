// The execution loop: from record to record by computed goto ("direct threading"). What the instructions do
// stands in operations.inc and semantics.inc; this is the loop around them.
//
// Counting. No instruction counts cycles. The loop keeps the address that `record` would have if it ran
// straight on until the limit:
//
//     record                                            limit = horizon + kRecordsSpan
//       |-- instructions left * sizeof(Record) ---------->|
//
// Straight-line code moves `record` towards it. A taken branch by d records moves both by d and the limit
// back by the one record of the branch itself. So the limit can be met in two ways only: at a transfer of
// control (including the end of a page), or, if it lies within the present page, at a record. Transfers
// compare with `horizon`, which is the limit less a page of records; beyond it, near_limit sees to it that a
// record between the present one and the limit is marked: its handler is replaced by `mark`, which looks
// again. The mark is put half way, so that a loop near the limit meets it, or leaves it behind the limit, a
// few times only and not in every round. Stops are exact and there is no slower mode.
//
// Pairs. Where two instructions have a handler together (pairs.inc), it stands in the first one's record; the
// second has its record and its handler as ever. So nothing changes for who jumps to the second, for the
// program counter, or for the count. A mark or a stop address on the second takes the pair apart.
//
// A just-in-time compiler could enter here: a handler may do any number of records' work, given that it
// leaves `record` and `horizon` as they would be, ends before a marked record or a stop address, and is
// forgotten by CodeCache::forget() with each word that it was made of.

#include <cstring>

#include "emulator/engine/engine_impl.h"
#include "emulator/engine/operations.h"

// Labels as values are an extension of GCC and Clang. Addresses of guest memory and of records are computed
// as integers and become pointers at the last moment, because a translation may begin before the object it
// leads into. NOLINTBEGIN(performance-no-int-to-ptr, bugprone-macro-parentheses)
#pragma GCC diagnostic ignored "-Wpedantic"

namespace peach {

namespace {

constexpr uint32_t kPageMask = isa::kPageSize - 1;

// Memory of the guest at a host address that a translation cache gave.
template <class T>
T read_host(uintptr_t address) {
    T value;
    std::memcpy(&value, reinterpret_cast<const void*>(address), sizeof value);
    return value;
}

template <class T>
void write_host(uintptr_t address, uint32_t value) {
    const T narrow = static_cast<T>(value);
    std::memcpy(reinterpret_cast<void*>(address), &narrow, sizeof narrow);
}

}  // namespace

HandlerTable Engine::Impl::handler_table() {
    HandlerTable table{};
    run_records(nullptr, nullptr, 0, &table);
    return table;
}

ExecuteResult Engine::Impl::execute(Core& core, uint64_t end_cycle) {
    return run_records(this, &core, end_cycle, nullptr);
}

// Operands of the record that executes.
#define RD core->x[record->rd]
#define RS1 core->x[record->rs1]
#define RS2 core->x[record->rs2]
#define IMMEDIATE static_cast<uint32_t>(record->immediate)

// The bytes of records between the present one and the limit: what is left of the run.
#define BYTES_LEFT (horizon + kRecordsSpan - reinterpret_cast<uintptr_t>(record))
#define NOW (end_cycle - BYTES_LEFT / sizeof(Record))
#define PC static_cast<uint32_t>((reinterpret_cast<uintptr_t>(record) - code_host) / kRecordBytesPerByte)

#define DISPATCH() goto * record->handler
#define NEXT()      \
    do {            \
        ++record;   \
        DISPATCH(); \
    } while (false)

// After an access that the translation caches did not answer.
#define NEXT_WATCHED()                      \
    do {                                    \
        if (engine->watch_hit) [[unlikely]] \
            goto completed;                 \
        NEXT();                             \
    } while (false)

// Continues at a record to which control was transferred.
#define DISPATCH_CHECKED()                                               \
    do {                                                                 \
        if (reinterpret_cast<uintptr_t>(record) >= horizon) [[unlikely]] \
            goto near_limit;                                             \
        DISPATCH();                                                      \
    } while (false)

#define JUMP_IN_PAGE()                                                                       \
    do {                                                                                     \
        const intptr_t distance = record->immediate;                                         \
        horizon += static_cast<uintptr_t>(distance - static_cast<intptr_t>(sizeof(Record))); \
        record = reinterpret_cast<const Record*>(reinterpret_cast<uintptr_t>(record) +       \
                                                 static_cast<uintptr_t>(distance));          \
        DISPATCH_CHECKED();                                                                  \
    } while (false)

// Continues at any address, having completed the present instruction.
#define JUMP_TO(address)                          \
    do {                                          \
        pc = (address);                           \
        bytes_left = BYTES_LEFT - sizeof(Record); \
        goto enter;                               \
    } while (false)

// --- what the kinds of operations.inc do, when nothing is in the way ---

#define DO_COMPUTE(name) RD = operations::name(RS1, RS2, IMMEDIATE, PC);

#define DO_LOAD(name)                                                                         \
    {                                                                                         \
        using Operation = operations::name;                                                   \
        const uint32_t address = RS1 + IMMEDIATE;                                             \
        const uint64_t key = address ^ context;                                               \
        const TranslationCache::Entry& entry = core->load.entry(key);                         \
        if (entry.tag != TranslationCache::tag_of(key, sizeof(Operation::Type))) [[unlikely]] \
            goto name##_slowly;                                                               \
        RD = Operation::register_value(read_host<Operation::Type>(entry.host + address));     \
    }

#define DO_STORE(name)                                                                        \
    {                                                                                         \
        using Operation = operations::name;                                                   \
        const uint32_t address = RS1 + IMMEDIATE;                                             \
        const uint64_t key = address ^ context;                                               \
        const TranslationCache::Entry& entry = core->store.entry(key);                        \
        if (entry.tag != TranslationCache::tag_of(key, sizeof(Operation::Type))) [[unlikely]] \
            goto name##_slowly;                                                               \
        write_host<Operation::Type>(entry.host + address, RS2);                               \
    }

#define DO_BRANCH(name) \
    if (operations::name(RS1, RS2)) JUMP_IN_PAGE();

#define DO_JUMP(name) goto name;

// --- a handler for each row of operations.inc ---

#define COMPUTE(name, value) \
    name:                    \
    DO_COMPUTE(name)         \
    NEXT();

#define LOAD(name, type, converted)                                                           \
    name:                                                                                     \
    DO_LOAD(name)                                                                             \
    NEXT();                                                                                   \
    name##_slowly : {                                                                         \
        const std::optional<uint32_t> loaded =                                                \
            engine->load_slowly(*core, RS1 + IMMEDIATE, sizeof(operations::name::Type), NOW); \
        if (!loaded) goto trap;                                                               \
        RD = operations::name::register_value(*loaded);                                       \
        NEXT_WATCHED();                                                                       \
    }

#define STORE(name, type)                                                                           \
    name:                                                                                           \
    DO_STORE(name)                                                                                  \
    NEXT();                                                                                         \
    name##_slowly : {                                                                               \
        const StoreResult result =                                                                  \
            engine->store_slowly(*core, RS1 + IMMEDIATE, RS2, sizeof(operations::name::Type), NOW); \
        if (result == StoreResult::fault) goto trap;                                                \
        if (result == StoreResult::device) goto completed;                                          \
        NEXT();                                                                                     \
    }

#define BRANCH(name, condition)                                           \
    name:                                                                 \
    DO_BRANCH(name)                                                       \
    NEXT();                                                               \
    name##_far : if (operations::name(RS1, RS2)) JUMP_TO(PC + IMMEDIATE); \
    NEXT();

// Both instructions of a pair. Each has a record of its own: what is unusual about either goes on in its own
// handler, as if it had been dispatched to.
// clang-format off
#define BOTH(kind1, id1, kind2, id2) \
    id1##_then_##id2:                \
    DO_##kind1(id1)                  \
    ++record;                        \
    DO_##kind2(id2)                  \
    NEXT();
// clang-format on

// Loading and storing translations at hand: the same as a load and a store, which nobody can come between.
#define ATOMIC(name)                                                                            \
    name: {                                                                                     \
        const uint32_t address = RS1;                                                           \
        const uint64_t key = address ^ context;                                                 \
        const uint64_t tag = TranslationCache::tag_of(key, sizeof(uint32_t));                   \
        const TranslationCache::Entry& from = core->load.entry(key);                            \
        const TranslationCache::Entry& to = core->store.entry(key);                             \
        if (from.tag == tag && to.tag == tag) [[likely]] {                                      \
            const uint32_t old = read_host<uint32_t>(from.host + address);                      \
            write_host<uint32_t>(to.host + address, atomic_result(isa::Op::name, old, RS2));    \
            RD = old;                                                                           \
            NEXT();                                                                             \
        }                                                                                       \
        const std::optional<uint32_t> old = engine->atomic(*core, isa::Op::name, address, RS2); \
        if (!old) goto trap;                                                                    \
        RD = *old;                                                                              \
        NEXT_WATCHED();                                                                         \
    }

#define KERNEL_ONLY() \
    if (core->cpu->user_mode()) goto privileged

// Runs, or, if asked for the table, only says where its labels are.
ExecuteResult Engine::Impl::run_records(Engine::Impl* engine, Core* core, uint64_t end_cycle,
                                        HandlerTable* table) {
    if (table != nullptr) {
        *table = {
#define INSTRUCTION(id, ...) &&id,
#include "emulator/isa/instructions.inc"
#undef INSTRUCTION
            &&decode,  &&page_end, &&mark,     &&stop,    &&illegal, &&beq_far, &&bne_far,       &&blt_far,
            &&bge_far, &&bltu_far, &&bgeu_far, &&jal_far, &&jump,    &&move,    &&load_constant,
#define PAIR(kind1, id1, kind2, id2) &&id1##_then_##id2,
#include "emulator/engine/pairs.inc"
#undef PAIR
        };
        return ExecuteResult::boundary;
    }

    const Record* record = nullptr;
    uintptr_t horizon = 0;  // see the top of this file
    uintptr_t code_host =
        0;  // of the present page: address of the record - virtual address * kRecordBytesPerByte
    uint64_t context = 0;         // a copy of the core's
    uint32_t pc = core->cpu->pc;  // where to go, when going to `enter`; so is bytes_left
    uintptr_t bytes_left = (end_cycle - engine->cycle) * sizeof(Record);

enter: {
    context = core->context;
    const uint64_t key = pc ^ context;
    const TranslationCache::Entry& entry = core->fetch.entry(key);
    if (entry.tag == TranslationCache::tag_of(key, 4)) [[likely]] {
        code_host = entry.host;
    } else {
        if (bytes_left == 0) goto leave;
        core->cpu->pc = pc;
        const uint64_t now = end_cycle - bytes_left / sizeof(Record);
        if (engine->stops_before(*core->cpu, now)) {
            engine->cycle = now;
            engine->code.clear_mark();
            return ExecuteResult::stop;
        }
        const DecodedPage* page = engine->fetch_slowly(*core, pc);
        if (page == nullptr) {
            engine->raise(*core, static_cast<uint32_t>(engine->trap.cause), engine->trap.badaddr, now);
            pc = core->cpu->pc;
            bytes_left -= sizeof(Record);
            if (engine->clock_changes(*core)) goto leave;
            goto enter;
        }
        code_host = core->fetch.entry(key).host;
    }
    const uintptr_t target = code_host + uintptr_t{pc} * kRecordBytesPerByte;
    record = reinterpret_cast<const Record*>(target);
    horizon = target + bytes_left - kRecordsSpan;
    DISPATCH_CHECKED();
}

near_limit: {  // at a record to which control was transferred
    const uintptr_t here = reinterpret_cast<uintptr_t>(record);
    const uintptr_t distance = horizon + kRecordsSpan - here;
    if (engine->code.mark() - here <= distance) [[likely]]  // it lies between here and the limit
        DISPATCH();
    if (distance == 0) goto limit;
    const uint32_t index = (PC & kPageMask) / 4;
    const uintptr_t ahead = distance / sizeof(Record);
    if (index + ahead < kWordsPerPage) {
        const uintptr_t page = code_host + uintptr_t{PC & ~kPageMask} * kRecordBytesPerByte;
        engine->code.set_mark(*reinterpret_cast<DecodedPage*>(page), index + ahead - ahead / 2);
    }
    DISPATCH();
}

mark:
    engine->code.clear_mark();
    goto near_limit;

page_end:
    pc = PC;
    bytes_left = BYTES_LEFT;
    goto enter;

    // --- ways out ---

completed:  // the present instruction is done, and run() has to look at the machine
    if (engine->watch_hit) engine->watch_hit->pc = PC;
    pc = PC + 4;
    bytes_left = BYTES_LEFT - sizeof(Record);
    goto leave;

limit:
    pc = PC;
    bytes_left = BYTES_LEFT;

leave:
    core->cpu->pc = pc;
    engine->cycle = end_cycle - bytes_left / sizeof(Record);
    engine->code.clear_mark();
    return ExecuteResult::boundary;

stop: {
    const uint32_t here = PC;
    const uint64_t now = NOW;
    if (engine->code.is_stop_address(here) && now != engine->exempt_cycle) {
        core->cpu->pc = here;
        engine->cycle = now;
        engine->code.clear_mark();
        return ExecuteResult::stop;
    }
    const DecodedPage& page =
        *reinterpret_cast<const DecodedPage*>(code_host + uintptr_t{here & ~kPageMask} * kRecordBytesPerByte);
    const uint32_t index = (here & kPageMask) / 4;
    goto * engine->code.handler_below_stop(page, index);
}

    // --- decoding ---

decode: {
    const uint32_t here = PC;
    auto& page =
        *reinterpret_cast<DecodedPage*>(code_host + uintptr_t{here & ~kPageMask} * kRecordBytesPerByte);
    const uint32_t index = (here & kPageMask) / 4;
    goto * engine->code.decode(page, index, engine->ram.page(page.physical_page));
}

    // --- traps ---

illegal:
    engine->trap.cause = isa::TrapCause::illegal_instruction;
    goto trap_with_word;

privileged:
    engine->trap.cause = isa::TrapCause::privileged_instruction;

trap_with_word: {
    const uint32_t here = PC;
    const auto& page =
        *reinterpret_cast<const DecodedPage*>(code_host + uintptr_t{here & ~kPageMask} * kRecordBytesPerByte);
    engine->trap.badaddr = word_at(engine->ram.page(page.physical_page), (here & kPageMask) / 4);
}

trap:  // the present instruction traps, for engine->trap
    core->cpu->pc = PC;
    engine->raise(*core, static_cast<uint32_t>(engine->trap.cause), engine->trap.badaddr, NOW);
    if (!engine->clock_changes(*core)) JUMP_TO(core->cpu->pc);
    goto leave_at_cpu_pc;

continue_at_cpu_pc:  // after what may have changed mode, translation or whether interrupts are enabled
    if (engine->interrupt_is_due(*core) || engine->clock_changes(*core)) {
    leave_at_cpu_pc:
        pc = core->cpu->pc;
        bytes_left = BYTES_LEFT - sizeof(Record);
        goto leave;
    }
    JUMP_TO(core->cpu->pc);

#include "emulator/engine/operations.inc"
#include "emulator/engine/semantics.inc"
#define PAIR BOTH
#include "emulator/engine/pairs.inc"
#undef PAIR
}

}  // namespace peach

// NOLINTEND(performance-no-int-to-ptr, bugprone-macro-parentheses)
