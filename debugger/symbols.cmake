# Symbols: executables, DWARF, types, expressions, lenses.
target_sources(peach_debugger PRIVATE
  elf_image.cpp types.cpp dwarf_types.cpp dwarf_loader.cpp frame_rules.cpp location.cpp debug_info.cpp
  memory_reader.cpp source_tree.cpp value.cpp
  expression_lexer.cpp expression_types.cpp expression_parser.cpp expression_names.cpp expression_evaluator.cpp
  expression.cpp
  lens_syntax.cpp lens_compiler.cpp lens.cpp
)
