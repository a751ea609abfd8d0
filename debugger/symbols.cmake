# Symbols: executables, DWARF, types, expressions, lenses.
target_sources(peach_debugger PRIVATE
  types.cpp
)
