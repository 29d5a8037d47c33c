#include "daemon/admin/manual.h"

#include <CLI/CLI.hpp>

#include "daemon/manual.h"

namespace leadmail::daemon::admin {
namespace {

struct Argument {
  std::string name{};  ///< "--json", or "FILE" of one that has no dashes
  std::string text{};
  std::string words{};  ///< what it may be, blanks between; "" for anything
  bool takes_value = false;
  bool is_positional = false;
  bool is_required = false;
};

/// CLI11 describes a choice as "TEXT:{list,show}".
std::string words_of(const CLI::Option& option) {
  const auto type = option.get_type_name();
  const auto open = type.find('{');
  const auto close = type.find('}', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) return {};
  auto words = type.substr(open + 1, close - open - 1);
  for (char& c : words) {
    if (c == ',') c = ' ';
  }
  return words;
}

std::vector<Argument> arguments_of(const CLI::App& command) {
  std::vector<Argument> all;
  for (const auto* option : command.get_options()) {
    Argument argument;
    argument.is_positional = option->get_positional();
    argument.name = argument.is_positional ? option->get_name(true) : "--" + option->get_lnames().front();
    argument.text = option->get_description();
    argument.words = words_of(*option);
    argument.takes_value = option->get_items_expected_max() > 0;
    argument.is_required = option->get_required();
    all.push_back(std::move(argument));
  }
  return all;
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::string upper(std::string word) {
  for (char& c : word) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 0x20);
  }
  return word;
}

std::string synopsis(const CLI::App& command) {
  std::string line = ".SS " + roff(command.get_name());
  for (const auto& argument : arguments_of(command)) {
    if (!argument.is_positional) continue;
    line += argument.is_required ? " " + roff(argument.name) : " [" + roff(argument.name) + "]";
  }
  return line + "\n" + roff(command.get_description()) + ".\n";
}

std::string entry(const Argument& argument) {
  std::string out = ".TP\n";
  if (argument.is_positional) {
    out += ".I " + roff(argument.name) + "\n";
  } else if (argument.takes_value) {
    out += ".BI " + roff(argument.name) + " \" " + upper(argument.name.substr(2)) + "\"\n";
  } else {
    out += ".B " + roff(argument.name) + "\n";
  }
  out += roff(argument.text);
  if (!argument.words.empty()) out += " (" + roff(argument.words) + ")";
  return out + ".\n";
}

constexpr std::string_view kHead =
    R"(.TH LEADMAIL 1 "" "Leadmail" "User commands"
.SH NAME
leadmail \- looks into the book of leadmaild and changes it
.SH SYNOPSIS
.B leadmail
.RI [ OPTION \|.\|.\|.]
.I COMMAND
.RI [ ARGUMENT \|.\|.\|.]
.SH DESCRIPTION
What only looks opens the database for reading and may run at any time.
What changes something asks the running
.BR leadmaild (8)
over its control socket; when none runs, it is done directly, under the daemon's lock.
Leads are named L\-123; 123 is accepted.
.SH OPTIONS
)";

constexpr std::string_view kFoot =
    R"(.SH EXIT STATUS
.TP
.B 0
all went well.
.TP
.B 1
a failure at run time.
.TP
.B 2
wrong usage.
.TP
.B 3
the config is in error.
.TP
.B 4
the database cannot be opened.
.SH SEE ALSO
.BR leadmaild (8),
.BR leadmail.toml (5)
)";

std::string words_in_order(const CLI::App& command) {
  std::string words;
  for (const auto& argument : arguments_of(command)) {
    const auto& more = argument.is_positional ? argument.words : argument.name;
    if (!more.empty()) words += (words.empty() ? "" : " ") + more;
  }
  return words;
}

/// Between single quotes of a shell, inside the brackets of _arguments.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else if (c == '[' || c == ']' || c == ':') {
      out += std::string{"\\"} + c;
    } else {
      out += c;
    }
  }
  return out;
}

std::string zsh_argument(const Argument& argument) {
  const auto action = argument.words.empty() ? "_files" : "(" + argument.words + ")";
  if (argument.is_positional) return "'*:" + zsh_text(argument.text) + ":" + action + "'";
  const auto value = argument.takes_value ? ":" + zsh_text(argument.name) + ":" + action : std::string{};
  return "'" + argument.name + "[" + zsh_text(argument.text) + "]" + value + "'";
}

std::string zsh_arguments(const CLI::App& command) {
  std::string out = "_arguments";
  bool has_positional = false;
  for (const auto& argument : arguments_of(command)) {
    if (argument.is_positional && has_positional) continue;  // the first stands for all that follow
    has_positional = has_positional || argument.is_positional;
    out += " " + zsh_argument(argument);
  }
  return out;
}

}  // namespace

std::string tool_manual(const CLI::App& app) {
  std::string page{kHead};
  for (const auto& argument : arguments_of(app)) page += entry(argument);
  page += ".SH COMMANDS\n";
  for (const auto* command : commands_of(app)) {
    page += synopsis(*command);
    for (const auto& argument : arguments_of(*command)) {
      if (argument.name != "--help") page += entry(argument);
    }
  }
  return page += kFoot;
}

std::string bash_completion(const CLI::App& app) {
  std::string names;
  std::string cases;
  for (const auto* command : commands_of(app)) {
    names += (names.empty() ? "" : "|") + command->get_name();
    cases += "    " + command->get_name() + ") words='" + words_in_order(*command) + "' ;;\n";
  }
  auto top = words_in_order(app);
  for (const auto* command : commands_of(app)) top += " " + command->get_name();
  return "# bash completion for leadmail(1)\n"
         "_leadmail() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} word words command=\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    case $word in " +
         names +
         ") command=$word; break ;; esac\n"
         "  done\n"
         "  case $command in\n" +
         cases + "    *) words='" + top +
         "' ;;\n"
         "  esac\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
         "}\n"
         "complete -o bashdefault -o default -F _leadmail leadmail\n";
}

std::string zsh_completion(const CLI::App& app) {
  std::string commands;
  std::string cases;
  for (const auto* command : commands_of(app)) {
    commands += "    '" + command->get_name() + ":" + zsh_text(command->get_description()) + "'\n";
    cases += "        " + command->get_name() + ") " + zsh_arguments(*command) + " ;;\n";
  }
  return "#compdef leadmail\n"
         "_leadmail() {\n"
         "  local state\n"
         "  local -a commands=(\n" +
         commands +
         "  )\n"
         "  " +
         zsh_arguments(app) +
         " '1: :->command' '*:: :->rest'\n"
         "  case $state in\n"
         "    command) _describe command commands ;;\n"
         "    rest)\n"
         "      case $words[1] in\n" +
         cases +
         "      esac ;;\n"
         "  esac\n"
         "}\n"
         "_leadmail \"$@\"\n";
}

}  // namespace leadmail::daemon::admin
