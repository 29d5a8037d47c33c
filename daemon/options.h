// Every section and key that a config may have: the one source of the check, its suggestions, the shipped example and
// the man page. What a later version will use stands here too, so that its type is checked from the beginning.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::daemon {

enum class OptionType {
  text,   ///< not empty, one line
  texts,  ///< a list of them
  boolean,
  integer,  ///< 0 or more
  number,
  size,      ///< "150MB", or bytes
  duration,  ///< "9m"
  clock,     ///< "09:00"
  date,      ///< "2026-12-25", quoted or not
  dates,
  days,     ///< ["mon", "tue"]
  address,  ///< user@host
  addresses,
  zone,    ///< "America/Mexico_City"
  choice,  ///< one of Option::choices
  id,      ///< what others refer to: ASCII, case does not matter
  ids,
  host,
  hosts,
  folder,  ///< of a mailbox; \"\" for none
  path,    ///< of a file or folder; taken from the folder of the config when it is relative
  imap_url,
  smtp_url,
  baseline,   ///< "now", "off", or a date
  processed,  ///< "keep", "seen", "move:FOLDER"
  labels,     ///< { es = "…", vi = "…" }
  mapping,    ///< { label = "field" }: a table of texts
  condition,  ///< assignment: when
  strategy,   ///< assignment: to
  table,      ///< has its own section in this table
  tables,
};

/// "a text", "a duration like \"9m\"", …: for messages and the man page.
std::string_view name(OptionType type);

enum class Use {
  now,
  shown,  ///< as now, and the example sets it
  required,
  later,  ///< checked, but this version does nothing with it
};

struct Option {
  std::string_view section{};  ///< "mailbox", "company.hours"
  std::string_view key{};
  OptionType type = OptionType::text;
  Use use = Use::now;
  std::string_view default_value{};  ///< as TOML; "" when there is none
  std::string_view example{};        ///< as TOML; "" when the default will do
  std::string_view text{};           ///< one line: what it is for, and why its default is what it is
  std::string_view choices{};        ///< "keep|seen", of a choice
};

struct Section {
  std::string_view name{};  ///< "company"; "mailbox.oauth2" is a table of a mailbox
  bool is_list = false;     ///< [[name]]
  Use use = Use::now;
  std::string_view text{};
};

std::span<const Section> sections();
std::span<const Option> options();

const Section* find_section(std::string_view name);
const Option* find_option(std::string_view section, std::string_view key);
/// All keys of a section, in their order.
std::vector<Option> options_of(std::string_view section);

/// The one of `known` that is most like `word`, if it is like it at all: at most one change in three letters. ""
/// otherwise.
std::string nearest(std::string_view word, std::span<const std::string> known);

/// config/leadmail.toml: every section and key with its text; a default stands behind "#".
std::string example_config();

}  // namespace leadmail::daemon
