// From checked values to the Config: defaults, what refers to what, what must not stand twice. Reports every
// contradiction at its place.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/rules.h"
#include "daemon/config_tree.h"

namespace leadmail::daemon {

/// One table of the config with its section's options behind it. What is missing or of the wrong type gives the
/// default of the table of options.
class TableReader {
 public:
  TableReader(std::string_view section, const Node& node) : section_(section), node_(node) {}

  [[nodiscard]] bool has(std::string_view key) const { return given(key) != nullptr; }
  [[nodiscard]] const Node* given(std::string_view key) const;  ///< the value, if it is one of the right type
  [[nodiscard]] Place place(std::string_view key) const;        ///< of its value, else of the table
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;  ///< of dates too, as ISO 8601
  [[nodiscard]] bool boolean(std::string_view key) const;
  [[nodiscard]] int integer(std::string_view key) const;
  [[nodiscard]] std::chrono::seconds duration(std::string_view key) const;
  [[nodiscard]] std::uint64_t size(std::string_view key) const;
  [[nodiscard]] std::chrono::minutes clock(std::string_view key) const;
  [[nodiscard]] std::vector<std::chrono::year_month_day> dates(std::string_view key) const;
  [[nodiscard]] const Node& node() const { return node_; }

 private:
  std::string_view section_;
  const Node& node_;
};

/// Everything of one section: each [[name]], or the one [name].
std::vector<const Node*> tables_of(const Node& root, std::string_view section);

/// An absolute path: a relative one is taken from the folder of the file that says it.
std::string absolute_path(const std::string& path, const std::string& beside);

Config build_config(const ConfigTree& tree, ConfigReport& report);

/// Users, teams: id, name, addresses, hours, absences. Sets Rules::users and Rules::teams.
void read_people(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report);

/// What is kept of a lead: own fields, lists, questions, scores, steps, stages, departments. The users must be known by
/// now. Sets Rules::record.
void read_record(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report);

/// [[assign]], sorted by priority. The users and teams must be known by now.
void read_assignment(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report);

/// [[mailbox]]: both halves of it, in the same order.
void read_mailboxes(const ConfigTree& tree, Config& config, ConfigReport& report);

/// [mailbox.oauth2] of one mailbox.
OAuth2Config read_oauth2(const Node& node, const ConfigTree& tree, ConfigReport& report);

/// [admin]: who is told of trouble, and how. The mailboxes must be known by now.
void read_alarms(const ConfigTree& tree, Config& config, ConfigReport& report);

/// [[form]]: Config::forms.
void read_forms(const ConfigTree& tree, Config& config, ConfigReport& report);

/// [metrics].
void read_metrics(const ConfigTree& tree, Config& config, ConfigReport& report);

enum class SecretKind { password, key };  ///< one line, or many

/// What is wrong with a secret file, if anything is: as for read_login. A missing one is a warning, for a mailbox that
/// can't log in must not keep the others from being read.
void check_secret(const std::string& path, SecretKind kind, Place place, ConfigReport& report);

/// A file in PEM with one certificate at least, that of an authority or our own.
void check_certificate_file(const std::string& path, Place place, ConfigReport& report);

/// A folder that is there.
void check_folder(const std::string& path, Place place, ConfigReport& report);

/// Where the book is, or will be: it need not be there.
void check_book_file(const std::string& path, Place place, ConfigReport& report);

/// Suggestion "did you mean 'ana'?", or "".
std::string suggest(std::string_view word, const std::vector<std::string>& known);

/// The names of all entries, for a suggestion; `name` is a member of theirs.
template <typename Entries, typename Name>
std::vector<std::string> names_of(const Entries& entries, Name name) {
  std::vector<std::string> names;
  names.reserve(std::size(entries));
  for (const auto& entry : entries) names.emplace_back(std::invoke(name, entry));
  return names;
}

}  // namespace leadmail::daemon
