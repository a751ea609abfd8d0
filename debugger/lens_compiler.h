#pragma once
// Compiles a lens file. Private to lens.cpp. The language is described in docs/lenses.md.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "debugger/lens_programs.h"
#include "debugger/lens_syntax.h"

namespace peach::debugger {

class LensCompiler {
  public:
    LensCompiler(std::string_view text, std::string_view file_name, std::shared_ptr<const DebugInfo> info);

    std::expected<std::shared_ptr<const Lens>, Error> compile();

  private:
    using Statement = detail::LensStatement;
    enum class Block : uint8_t { none, states, view, event };

    void statement(Statement statement);
    bool begin_block(const std::string& keyword, Statement& statement);
    bool statement_of_block(const std::string& keyword, Statement& statement);
    void unknown(const std::string& keyword, size_t offset);

    void begin_states(Statement& statement);
    void state_row(const std::string& enumerator, size_t offset, Statement& statement);
    void begin_view(Statement& statement);
    void view_list(Statement& statement);
    void view_column(Statement& statement);
    void begin_event(Statement& statement);
    void event_field(Statement& statement);
    void condition(Statement& statement);
    void row_number(Statement& statement, NodeHandle& number, std::string_view what);
    void value(Statement& statement);
    void invariant(Statement& statement);
    void end_block();

    NodeHandle expression(Statement& statement, const Scope& scope);
    NodeHandle expression_after_equals(Statement& statement, const Scope& scope);
    std::string name_after(std::string_view what, Statement& statement);
    const Scope& block_scope() const;
    void fail(size_t offset, std::string message);

    std::string_view text_;
    std::string file_name_;
    std::string storage_;
    std::shared_ptr<Lens> lens_;
    Scope global_scope_;

    Block block_ = Block::none;
    size_t block_offset_ = 0;
    bool block_failed_ = false;  // its heading was wrong: do not complain about its rows
    Scope scope_;                // of the block
    std::unique_ptr<Lens::View::Program> view_program_;
    std::unique_ptr<Lens::Event::Program> event_program_;

    std::string errors_;
    int error_count_ = 0;
};

}  // namespace peach::debugger
