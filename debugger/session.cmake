# Session: history, events, commands, runner and views.
find_package(Threads REQUIRED)
target_sources(peach_debugger PRIVATE
  timeline.cpp event_log.cpp execution_counts.cpp recording.cpp
  session.cpp session_places.cpp session_values.cpp bookmarks.cpp breakpoints.cpp watches.cpp frames.cpp lens_probe.cpp program_shelf.cpp
  motions.cpp motions_back.cpp commands.cpp runner.cpp trace.cpp
  views/address_map.cpp views/backtrace.cpp views/catalogue.cpp views/changes.cpp views/code.cpp views/heat.cpp views/lens_table.cpp
  views/memory.cpp views/metrics.cpp views/page_map.cpp views/places.cpp views/policies.cpp views/processes.cpp views/registers.cpp
  views/sentence.cpp views/state_diagram.cpp views/table.cpp views/terminal.cpp views/timeline_chart.cpp views/trace.cpp
  views/variables.cpp
)
target_link_libraries(peach_debugger PUBLIC Threads::Threads)
set_source_files_properties(session.cpp PROPERTIES COMPILE_DEFINITIONS "PEACH_SOURCE_DIR=\"${CMAKE_SOURCE_DIR}\"")
