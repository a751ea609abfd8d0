#include "gui/keys.h"

#include <array>
#include <cctype>
#include <iterator>

#include "gui/layout.h"

namespace peach::gui {

namespace {

struct NamedKey {
    std::string_view name;
    uint16_t key;
};

constexpr std::array kNamedKeys = {
    NamedKey{"Space", kKeySpace},
    NamedKey{"Enter", kKeyEnter},
    NamedKey{"Escape", kKeyEscape},
    NamedKey{"Tab", kKeyTab},
    NamedKey{"Backspace", kKeyBackspace},
    NamedKey{"Delete", kKeyDelete},
    NamedKey{"Left", kKeyLeft},
    NamedKey{"Right", kKeyRight},
    NamedKey{"Up", kKeyUp},
    NamedKey{"Down", kKeyDown},
    NamedKey{"PageUp", kKeyPageUp},
    NamedKey{"PageDown", kKeyPageDown},
    NamedKey{"Home", kKeyHome},
    NamedKey{"End", kKeyEnd},
    NamedKey{"Insert", kKeyInsert},
};

constexpr WindowCommandRow kWindowCommands[] = {
    {WindowCommand::toggle_terminal, "terminal", "Into and out of the terminal", "Ctrl+`",
     "The keyboard goes to the guest until this key is pressed again."},
    {WindowCommand::help, "help", "Keys", "F1", "Shows what every key does."},
    {WindowCommand::larger_font, "larger", "Larger letters", "Ctrl+=", "Panels rearrange to fit."},
    {WindowCommand::smaller_font, "smaller", "Smaller letters", "Ctrl+-", "Panels rearrange to fit."},
    {WindowCommand::usual_font, "usual-size", "Letters of the usual size", "Ctrl+0",
     "Undoes larger and smaller."},
    {WindowCommand::projector, "projector", "Projector", "Ctrl+Shift+L",
     "Light colours and larger letters, and back."},
    {WindowCommand::fit_timeline, "fit", "All of the timeline", "f",
     "The chart shows history from end to end."},
    {WindowCommand::maximise, "maximise", "This panel alone", "Ctrl+m",
     "The panel under the pointer fills the window."},
    {WindowCommand::full_screen, "full-screen", "Full screen", "Alt+Enter",
     "The window takes the whole screen, and gives it back."},
    {WindowCommand::follow_pc, "follow", "Show the next instruction", "h",
     "Source goes back to the program counter."},
    {WindowCommand::palette, "palette", "All commands", "Ctrl+Shift+P",
     "Finds a command by a few of its letters."},
    {WindowCommand::go_to, "go-to", "Go to", "Ctrl+P",
     "A function, variable, address, FILE:LINE, process, bookmark or moment, by a few letters."},
    {WindowCommand::paste, "paste", "Paste", "Ctrl+Shift+V", "Types the clipboard's text into the terminal."},
    {WindowCommand::copy_terminal, "copy-terminal", "Copy", "Ctrl+Shift+C",
     "All of the terminal's text goes to the clipboard."},
};

// Further keys for commands that have one already.
constexpr std::pair<std::string_view, debugger::CommandId> kSecondKeys[] = {
    {"Space", debugger::CommandId::run},
};

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (text.size() <= prefix.size() || !text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

std::optional<KeyChord> parse_chord(std::string_view text) {
    KeyChord chord;
    for (bool more = true; more;) {
        more = false;
        if (take_prefix(text, "Ctrl+")) more = chord.with.ctrl = true;
        if (take_prefix(text, "Shift+")) more = chord.with.shift = true;
        if (take_prefix(text, "Alt+")) more = chord.with.alt = true;
    }
    for (const NamedKey& named : kNamedKeys) {
        if (named.name == text) {
            chord.key = named.key;
            return chord;
        }
    }
    if (text.size() == 1 && text[0] > ' ' && text[0] < 127) {
        chord.key = static_cast<uint16_t>(std::tolower(static_cast<unsigned char>(text[0])));
        return chord;
    }
    if (text.size() >= 2 && text.size() <= 3 && text[0] == 'F') {
        int number = 0;
        for (const char digit : text.substr(1)) {
            if (digit < '0' || digit > '9') return std::nullopt;
            number = number * 10 + (digit - '0');
        }
        if (number < 1 || number > 12) return std::nullopt;
        chord.key = static_cast<uint16_t>(kKeyF1 + number - 1);
        return chord;
    }
    return std::nullopt;
}

std::string chord_text(const KeyChord& chord) {
    std::string text;
    if (chord.with.ctrl) text += "Ctrl+";
    if (chord.with.shift) text += "Shift+";
    if (chord.with.alt) text += "Alt+";
    for (const NamedKey& named : kNamedKeys) {
        if (named.key == chord.key) return text + std::string(named.name);
    }
    if (chord.key >= kKeyF1 && chord.key <= kKeyF12)
        return text + "F" + std::to_string(chord.key - kKeyF1 + 1);
    return text + static_cast<char>(std::toupper(chord.key));
}

std::span<const WindowCommandRow> window_commands() {
    static const std::vector<WindowCommandRow> rows = [] {
        std::vector<WindowCommandRow> all(std::begin(kWindowCommands), std::end(kWindowCommands));
        for (const LayoutRow& layout : layouts()) {
            all.push_back({WindowCommand::layout, layout.name, layout.title, layout.key, layout.sentence,
                           static_cast<size_t>(&layout - layouts().data())});
        }
        return all;
    }();
    return rows;
}

KeyMap::KeyMap() {
    for (const debugger::Command& command : debugger::commands()) {
        if (const auto chord = parse_chord(command.key)) {
            bind({*chord, command.id, nullptr, command.title, command.sentence});
        }
    }
    for (const auto& [key, id] : kSecondKeys) {
        const debugger::Command& command = debugger::command(id);
        if (const auto chord = parse_chord(key)) bind({*chord, id, nullptr, command.title, command.sentence});
    }
    for (const WindowCommandRow& row : window_commands()) {
        if (const auto chord = parse_chord(row.key))
            bind({*chord, std::nullopt, &row, row.title, row.sentence});
    }
}

// The first to claim a key keeps it.
void KeyMap::bind(const KeyBinding& binding) {
    if (find(binding.chord) == nullptr) bindings_.push_back(binding);
}

const KeyBinding* KeyMap::find(const KeyChord& chord) const {
    for (const KeyBinding& binding : bindings_) {
        if (binding.chord == chord) return &binding;
    }
    return nullptr;
}

std::string KeyMap::key_of(debugger::CommandId id) const {
    for (const KeyBinding& binding : bindings_) {
        if (binding.command == id) return chord_text(binding.chord);
    }
    return {};
}

std::string KeyMap::key_of(const WindowCommandRow& row) const {
    for (const KeyBinding& binding : bindings_) {
        if (binding.window_command == &row) return chord_text(binding.chord);
    }
    return {};
}

}  // namespace peach::gui
