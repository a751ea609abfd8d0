# Session: history, events, commands, runner and views.
target_sources(peach_debugger PRIVATE
  timeline.cpp event_log.cpp recording.cpp
)
