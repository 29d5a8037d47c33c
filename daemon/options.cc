#include "daemon/options.h"

#include <algorithm>
#include <array>

#include "core/leads/address.h"

namespace leadmail::daemon {
namespace {

constexpr std::size_t kMaxWord = 64;  // longer ones are no misspelt keys

/// How many letters must be added, dropped, changed or swapped with a neighbour.
std::size_t distance(std::string_view from, std::string_view to) {
  std::array<std::array<std::size_t, kMaxWord + 1>, 3> rows{};  // the row before last, the last one, this one
  for (std::size_t i = 0; i <= to.size(); ++i) rows[1][i] = i;
  for (std::size_t i = 1; i <= from.size(); ++i) {
    rows[2][0] = i;
    for (std::size_t j = 1; j <= to.size(); ++j) {
      const std::size_t changed = from[i - 1] == to[j - 1] ? 0 : 1;
      rows[2][j] = std::min({rows[1][j] + 1, rows[2][j - 1] + 1, rows[1][j - 1] + changed});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
        rows[2][j] = std::min(rows[2][j], rows[0][j - 2] + 1);
      }
    }
    std::ranges::rotate(rows, rows.begin() + 1);
  }
  return rows[1][to.size()];
}

/// Text as comment lines of bearable width.
std::string comment(std::string_view text) {
  constexpr std::size_t kWidth = 110;
  std::string out;
  while (!text.empty()) {
    auto end = text.size();
    if (end > kWidth) {
      end = text.rfind(' ', kWidth);
      if (end == std::string_view::npos) end = std::min(text.find(' '), text.size());
    }
    out += "# ";
    out += text.substr(0, end);
    out += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool is_table(const Option& option) { return option.type == OptionType::table || option.type == OptionType::tables; }

bool is_set_in_example(Use use) { return use == Use::shown || use == Use::required; }

std::string spaced(std::string_view choices) {
  std::string text;
  for (const char c : choices) text += c == '|' ? std::string{", "} : std::string{c};
  return text;
}

/// "Where history ends; for example 7." from its parts.
std::string sentence(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 0x20);
  return text + '.';
}

std::string explanation(const Option& option, bool is_set) {
  std::string text{option.text};
  if (!option.choices.empty()) text += ": " + spaced(option.choices);
  const bool has_default = !option.default_value.empty() && option.default_value != "[]";
  if (option.use == Use::later) text += "; not used by this version";
  if (option.use == Use::required) text += "; must be set";
  if (is_set && has_default) text += "; without it " + std::string{option.default_value};
  if (!is_set && option.use != Use::required && option.default_value.empty()) text += "; no default";
  if (!is_set && !option.default_value.empty() && !option.example.empty()) {
    text += "; for example " + std::string{option.example};
  }
  return sentence(std::move(text));
}

std::string example_of(const Option& option, bool section_is_set) {
  const bool is_set = section_is_set && is_set_in_example(option.use);
  const bool shows_default = !is_set && !option.default_value.empty();
  const auto value = shows_default || option.example.empty() ? option.default_value : option.example;
  return comment(explanation(option, is_set)) + (is_set ? "" : "# ") + std::string{option.key} + " = " +
         std::string{value} + "\n";
}

}  // namespace

std::string_view name(OptionType type) {
  switch (type) {
    case OptionType::text: return "a text";
    case OptionType::texts: return "a list of texts";
    case OptionType::boolean: return "true or false";
    case OptionType::integer: return "a whole number, 0 or more";
    case OptionType::number: return "a number";
    case OptionType::size: return "a size like \"150MB\"";
    case OptionType::duration: return "a duration like \"9m\" or \"1h30m\"";
    case OptionType::clock: return "a time of day like \"09:00\"";
    case OptionType::date: return "a date like \"2026-12-25\"";
    case OptionType::dates: return "a list of dates like \"2026-12-25\"";
    case OptionType::days: return "a list of days: mon, tue, wed, thu, fri, sat, sun";
    case OptionType::address: return "an address like \"sales@acme.example\"";
    case OptionType::addresses: return "a list of addresses like \"sales@acme.example\"";
    case OptionType::zone: return "a time zone like \"America/Mexico_City\"";
    case OptionType::choice: return "one of the known words";
    case OptionType::id: return "a short name of letters, digits, '.', '_' and '-'";
    case OptionType::ids: return "a list of short names of letters, digits, '.', '_' and '-'";
    case OptionType::host: return "the name of a host";
    case OptionType::hosts: return "a list of names of hosts";
    case OptionType::folder: return "the name of a folder";
    case OptionType::path: return "the path of a file";
    case OptionType::imap_url: return "a URL like \"imaps://imap.acme.example\"";
    case OptionType::smtp_url: return "a URL like \"smtps://smtp.acme.example\"";
    case OptionType::baseline: return "\"now\", \"off\" or a date like \"2026-12-25\"";
    case OptionType::processed: return "\"keep\", \"seen\" or \"move:FOLDER\"";
    case OptionType::labels: return "a table of texts by language, like { es = \"…\" }";
    case OptionType::mapping: return "a table of texts, like { \"Your name\" = \"name\" }";
    case OptionType::condition: return "a condition like { field = \"country\", is = \"MX\" }";
    case OptionType::strategy: return "a table like { round_robin = [\"ana\"] }";
    case OptionType::table: return "a table";
    case OptionType::tables: return "a list of tables";
  }
  return "nothing";
}

const Section* find_section(std::string_view name) {
  const auto found = std::ranges::find(sections(), name, &Section::name);
  return found == sections().end() ? nullptr : &*found;
}

const Option* find_option(std::string_view section, std::string_view key) {
  const auto found = std::ranges::find_if(
      options(), [&](const Option& option) { return option.section == section && option.key == key; });
  return found == options().end() ? nullptr : &*found;
}

std::vector<Option> options_of(std::string_view section) {
  std::vector<Option> found;
  std::ranges::copy_if(options(), std::back_inserter(found),
                       [&](const Option& option) { return option.section == section; });
  return found;
}

std::string nearest(std::string_view word, std::span<const std::string> known) {
  if (word.empty() || word.size() > kMaxWord) return {};
  const auto wanted = leads::to_lower(word);
  const std::size_t bearable = std::max<std::size_t>(1, wanted.size() / 3);
  std::string best;
  std::size_t best_distance = bearable + 1;
  for (const auto& candidate : known) {
    if (candidate.size() > kMaxWord) continue;
    const auto changes = distance(wanted, leads::to_lower(candidate));
    if (changes >= best_distance) continue;
    best = candidate;
    best_distance = changes;
  }
  return best;
}

std::string example_config() {
  std::string out = comment(
                        "The config of Leadmail, TOML 1.0. A line that begins with \"#\" and sets a key shows its "
                        "default, or an example.") +
                    comment(
                        "Files conf.d/*.toml beside this one are read too: lists of tables ([[user]]) are joined, and "
                        "no key may be set "
                        "twice.") +
                    comment(
                        "`leadmail check` tells every mistake with its place. Durations: \"90s\", \"9m\", \"2h\", "
                        "\"30d\", \"1h30m\".");
  for (const auto& section : sections()) {
    const bool is_part = section.name.find('.') != std::string_view::npos;
    const bool is_set = section.is_list ? is_set_in_example(section.use) : section.use != Use::later && !is_part;
    std::string text{section.text};
    if (section.use == Use::later) text += "; not used by this version";
    out += '\n';
    out += comment(sentence(std::move(text)));
    out += is_set ? "" : "# ";
    out += section.is_list ? "[[" : "[";
    out += section.name;
    out += section.is_list ? "]]\n" : "]\n";
    for (const auto& option : options()) {
      if (option.section == section.name && !is_table(option)) out += example_of(option, is_set);
    }
  }
  return out;
}

}  // namespace leadmail::daemon
