#pragma once
// The panels. Each draws itself into its area of the ImGui window that is open, names its widgets, wishes for
// what it wants to see next time, and asks for what is to be done.

#include "gui/frame.h"
#include "gui/keys.h"

namespace peach::gui {

void draw_transport(Frame& frame, const Area& area, const KeyMap& keys);
void draw_time_slider(Frame& frame, const Area& area);
void draw_status_line(Frame& frame, const Area& area);
void draw_source(Frame& frame, const Area& area);
void draw_registers(Frame& frame, const Area& area);
void draw_processes(Frame& frame, const Area& area);
void draw_diagram(Frame& frame, const Area& area);
void draw_timeline(Frame& frame, const Area& area);
// Whether a picture that begins at that moment shows all that happened.
std::string_view promise_of(const debugger::Chart& chart, uint64_t begin);
void draw_terminal(Frame& frame, const Area& area);
void draw_memory(Frame& frame, const Area& area);
void draw_page_walk(Frame& frame, const Area& area);
// Every page of RAM as a square in the colour of whoever has it.
void draw_page_map(Frame& frame, const Area& area);
// The pages of the running process's address space: which are in memory, which are not.
void draw_address_map(Frame& frame, const Area& area);
void draw_events(Frame& frame, const Area& area);
// A table by the name it has in the debugger's catalogue or in the kernel's lens.
void draw_view(Frame& frame, const Area& area, std::string_view name);
void draw_help(Frame& frame, const Area& window, const KeyMap& keys);

// What a panel that has nothing to show says instead, in the middle of its area.
void draw_message(Frame& frame, const Area& area, std::string_view words);

}  // namespace peach::gui
