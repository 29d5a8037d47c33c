// The language of commands by mail and of `leadmail do`: one table of verbs, and what a mail's first lines say in it.
// Reading only; what a command does stands in execute.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/lead.h"

namespace leadmail::leads {

inline constexpr std::size_t kMostCommands = 10;     ///< in one mail
inline constexpr std::size_t kLongestCommand = 500;  ///< bytes of its line

enum class Verb {
  create,
  status,
  next,
  snooze,
  assign,
  claim,
  note,
  event,
  contact,
  address,
  set,
  tag,
  qualify,
  score,
  step,
  opportunity,
  stage,
  quote,
  lost,
  won,
  order,
  customer,
  dnc,
  merge,
  split,
  move,
  show,
  list,
  find,
  away,
  accept,
  block,
  undo,
  confirm,
  help
};

/// One verb in all languages, as people write it; alternatives are separated by "|".
struct VerbRow {
  Verb verb;
  std::string_view en;
  std::string_view es;
  std::string_view vi;
  std::string_view example;  ///< in English, without "#"
  bool can_be_done = false;  ///< by this version
  bool is_simple = false;    ///< needs no reply token: docs/overview.md, "Who may command"
};

std::span<const VerbRow> verbs();
const VerbRow& row_of(Verb verb);

/// "#status", "#estado", "#trạng thái": the name in that language.
std::string verb_name(Verb verb, std::string_view language);

/// One status in all languages.
struct StatusRow {
  Status status;
  std::string_view en;
  std::string_view es;
  std::string_view vi;
};

std::span<const StatusRow> statuses();

/// "Lost Quotation", "Cotización perdida", "Mất báo giá".
std::string_view label(Status status, std::string_view language);

/// The status that somebody wrote: its label in any language or its spelling in JSON; case and accents do not matter.
std::optional<Status> read_status(std::string_view text);

/// One command line, taken apart.
struct Command {
  Verb verb = Verb::help;
  std::string line{};       ///< as written
  std::string arguments{};  ///< what follows the verb
};

/// What the top of a mail asks for.
struct CommandText {
  std::vector<Command> commands{};
  std::string rest{};     ///< what is left for the prospect: the text below the command lines
  std::string refused{};  ///< why nothing of this mail may be done; empty when all is well
};

/// Reads the command lines at the top of `text`: lines that begin with "#", blank lines between them; the first other
/// line ends them. Refused as a whole: an unknown verb (near ones are named), more than 10 commands or 500 bytes, a
/// command line further down (it would reach the customer), a long command that may run on into the text.
CommandText read_commands(std::string_view text, std::string_view language);

/// All verbs with an example each, for `#help`.
std::string help_text(std::string_view language);

}  // namespace leadmail::leads
