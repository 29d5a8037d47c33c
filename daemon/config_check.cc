#include "daemon/config_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/leads/address.h"
#include "core/leads/zone.h"
#include "daemon/config_values.h"

namespace leadmail::daemon {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// "no 'x'", and what was probably meant.
struct Complaint {
  std::string message{};
  std::string suggestion{};
};
using Verdict = std::optional<Complaint>;

std::string quoted(std::string_view text) {
  constexpr std::size_t kShown = 80;
  return "'" + std::string{text.substr(0, kShown)} + (text.size() > kShown ? "…'" : "'");
}

std::string did_you_mean(const std::string& word) { return word.empty() ? word : "did you mean " + quoted(word) + "?"; }

std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> found;
  while (!words.empty()) {
    const auto end = std::min(words.find('|'), words.size());
    found.emplace_back(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return found;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

Complaint wrong(const Option& option, const Node& value) {
  auto message = std::string{option.key} + " must be " + std::string{name(option.type)};
  // Where a number is wanted, the wrong one is named itself: "not a number" would be a riddle.
  const bool wants_number =
      option.type == OptionType::integer || option.type == OptionType::number || option.type == OptionType::size;
  const bool is_integer = value.kind == NodeKind::integer;
  if (value.kind == NodeKind::text) {
    message += ", not " + quoted(value.text);
  } else if (wants_number && (is_integer || value.kind == NodeKind::number)) {
    message += ", not " + (is_integer ? std::to_string(value.integer) : fmt::format("{}", value.number));
  } else {
    message += ", not " + std::string{name(value.kind)};
  }
  return {std::move(message), {}};
}

bool is_line(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Verdict check_zone(const Option& option, const Node& value) {
  if (leads::is_zone(value.text)) return std::nullopt;
  return Complaint{std::string{option.key} + ": " + quoted(value.text) + " is no time zone",
                   did_you_mean(nearest_zone(value.text))};
}

Verdict check_choice(const Option& option, const Node& value) {
  const auto choices = split(option.choices);
  if (std::ranges::find(choices, value.text) != choices.end()) return std::nullopt;
  const auto close = nearest(value.text, choices);
  return Complaint{std::string{option.key} + ": " + quoted(value.text) + " is none of " + joined(choices),
                   did_you_mean(close)};
}

Verdict check_url(const Option& option, const Node& value, std::string_view service) {
  std::string why;
  if (server_from(value.text, service, why)) return std::nullopt;
  return Complaint{std::string{option.key} + ": " + why,
                   "like \"" + std::string{service} + "s://" + std::string{service} + ".acme.example\""};
}

bool is_folder(std::string_view text) { return is_line(text) && text.size() <= 1000; }

bool is_processed(std::string_view text) {
  if (text == "keep" || text == "seen") return true;
  return text.starts_with("move:") && text.size() > 5 && is_folder(text);
}

/// A single value that stands as a text in the file.
Verdict check_text(const Option& option, const Node& value) {
  const auto& text = value.text;
  const auto must = [&](bool holds) { return holds ? Verdict{} : wrong(option, value); };
  switch (option.type) {
    case OptionType::texts:
    case OptionType::labels:
    case OptionType::mapping:
    case OptionType::text: return must(!text.empty() && text.size() <= 10'000 && is_line(text));
    case OptionType::duration: return must(duration_from(text).has_value());
    case OptionType::size: return must(size_from(text).has_value());
    case OptionType::clock: return must(time_of_day_from(text).has_value());
    case OptionType::dates:
    case OptionType::date: return must(date_from(text).has_value());
    case OptionType::days: return must(std::ranges::find(kDays, leads::to_lower(text)) != kDays.end());
    case OptionType::addresses:
    case OptionType::address: return must(is_address(text));
    case OptionType::ids:
    case OptionType::id: return must(is_id(leads::to_lower(text)));
    case OptionType::hosts:
    case OptionType::host: return must(is_host(text));
    case OptionType::folder: return must(is_folder(text));
    case OptionType::path: return must(!text.empty() && text.size() < 4096 && is_line(text));
    case OptionType::baseline: return must(text == "now" || text == "off" || date_from(text));
    case OptionType::processed: return must(is_processed(text));
    case OptionType::zone: return check_zone(option, value);
    case OptionType::choice: return check_choice(option, value);
    case OptionType::imap_url: return check_url(option, value, "imap");
    case OptionType::smtp_url: return check_url(option, value, "smtp");
    case OptionType::boolean:
    case OptionType::integer:
    case OptionType::number:
    case OptionType::condition:
    case OptionType::strategy:
    case OptionType::table:
    case OptionType::tables: break;
  }
  return wrong(option, value);
}

/// What may stand in the file without quotes too.
bool is_written_as_text(OptionType type, NodeKind kind) {
  if (kind == NodeKind::text) return true;
  if (kind == NodeKind::date) {
    return type == OptionType::date || type == OptionType::dates || type == OptionType::baseline;
  }
  return kind == NodeKind::time && type == OptionType::clock;
}

Verdict check_value(const Option& option, const Node& value) {
  const auto must = [&](bool holds) { return holds ? Verdict{} : wrong(option, value); };
  const bool is_number = value.kind == NodeKind::integer || value.kind == NodeKind::number;
  switch (option.type) {
    case OptionType::boolean: return must(value.kind == NodeKind::boolean);
    case OptionType::integer:
      return must(value.kind == NodeKind::integer && value.integer >= 0 && value.integer <= 1'000'000'000);
    case OptionType::number: return must(is_number);
    case OptionType::condition:
    case OptionType::strategy:
    case OptionType::table: return must(value.kind == NodeKind::table);
    case OptionType::size:
      if (value.kind == NodeKind::integer) return must(value.integer >= 0);
      break;
    default: break;
  }
  return is_written_as_text(option.type, value.kind) ? check_text(option, value) : wrong(option, value);
}

bool is_list(OptionType type) {
  return type == OptionType::texts || type == OptionType::dates || type == OptionType::days ||
         type == OptionType::addresses || type == OptionType::ids || type == OptionType::hosts;
}

bool is_mapping(OptionType type) { return type == OptionType::labels || type == OptionType::mapping; }

class Checker {
 public:
  Checker(const ConfigTree& tree, ConfigReport& report) : tree_(tree), report_(report) {}

  void check_root() {
    for (const auto& member : tree_.root.members) {
      const auto* section = find_section(member.key);
      if (section == nullptr || member.key.find('.') != std::string::npos) {
        unknown_section(member);
      } else {
        check_section(*section, member.place, member.value);
      }
    }
    for (const auto& section : sections()) {
      if (section.use != Use::required || tree_.root.find(section.name) != nullptr) continue;
      report_.error({0, 1, 1}, "there is no [[" + std::string{section.name} + "]]", std::string{section.text});
    }
  }

 private:
  void unknown_section(const Member& member) {
    std::vector<std::string> names;
    for (const auto& section : sections()) {
      if (section.name.find('.') == std::string_view::npos) names.emplace_back(section.name);
    }
    auto suggestion = did_you_mean(nearest(member.key, names));
    if (member.key == "include") suggestion = "there are no includes: put further files into conf.d/ beside this one";
    if (suggestion.empty()) suggestion = home_of(member.key);
    const bool is_section = member.value.kind == NodeKind::table || member.value.kind == NodeKind::list;
    report_.error(member.place, std::string{is_section ? "unknown section " : "unknown key "} + quoted(member.key),
                  std::move(suggestion));
  }

  /// "it belongs into [company]", if there is a section with such a key.
  static std::string home_of(std::string_view key) {
    const auto found = std::ranges::find(options(), key, &Option::key);
    if (found == options().end()) return {};
    const auto* section = find_section(found->section);
    const bool is_list = section != nullptr && section->is_list;
    return "it belongs into " + std::string{is_list ? "[[" : "["} + std::string{found->section} +
           (is_list ? "]]" : "]");
  }

  /// "password" for "password_file": no secret stands here, and the file is what is named.
  static std::string beginning_with(const std::string& word, const std::vector<std::string>& keys) {
    const auto found = std::ranges::find_if(keys, [&](const std::string& key) { return key.starts_with(word); });
    return found == keys.end() ? std::string{} : *found;
  }

  void check_section(const Section& section, Place place, const Node& node) {
    const std::string title{section.name};
    if (!section.is_list && node.kind != NodeKind::table) {
      report_.error(place, "'" + title + "' must be a table", "write [" + title + "]");
      return;
    }
    if (section.is_list && node.kind != NodeKind::list) {
      report_.error(place, "'" + title + "' must be a list of tables", "write [[" + title + "]]");
      return;
    }
    if (section.use == Use::later) {
      const auto first = node.kind == NodeKind::list && !node.items.empty() ? node.items.front().place : place;
      report_.warn(first, "this version does not use '" + title + "' yet");
    }
    if (!section.is_list) check_table(section, node);
    for (const auto& item : node.items) {
      if (item.kind == NodeKind::table) {
        check_table(section, item);
      } else {
        report_.error(item.place, "'" + title + "' must be a list of tables", "write [[" + title + "]]");
      }
    }
  }

  void check_table(const Section& section, const Node& table) {
    const auto known = options_of(section.name);
    for (const auto& member : table.members) {
      const auto* option = find_option(section.name, member.key);
      if (option == nullptr) {
        std::vector<std::string> keys;
        keys.reserve(known.size());
        for (const auto& candidate : known) keys.emplace_back(candidate.key);
        auto suggestion = did_you_mean(nearest(member.key, keys));
        if (suggestion.empty()) suggestion = did_you_mean(beginning_with(member.key + "_", keys));
        if (suggestion.empty()) suggestion = home_of(member.key);
        report_.error(member.place, "unknown key " + quoted(member.key), std::move(suggestion));
      } else {
        check_member(section, *option, member);
      }
    }
    for (const auto& option : known) {
      if (option.use != Use::required || table.find(option.key) != nullptr) continue;
      report_.error(table.place, "this '" + std::string{section.name} + "' has no '" + std::string{option.key} + "'",
                    "for example " + std::string{option.key} + " = " + std::string{option.example});
    }
  }

  void check_member(const Section& section, const Option& option, const Member& member) {
    const auto subsection = std::string{section.name} + "." + member.key;
    const auto* part = find_section(subsection);
    if (option.use == Use::later && section.use != Use::later && (part == nullptr || part->use != Use::later)) {
      report_.warn(member.place, "this version does not use '" + member.key + "' yet");
    }
    if (part != nullptr) {
      check_section(*part, member.place, member.value);
    } else if (is_list(option.type)) {
      check_list(option, member.value);
    } else if (is_mapping(option.type)) {
      check_mapping(option, member.value);
    } else if (auto complaint = check_value(option, member.value)) {
      report_.error(member.value.place, std::move(complaint->message), std::move(complaint->suggestion));
    }
  }

  void check_list(const Option& option, const Node& value) {
    if (value.kind != NodeKind::list) {
      auto complaint = wrong(option, value);
      const bool is_item = value.kind == NodeKind::text && !check_text(option, value);
      report_.error(value.place, std::move(complaint.message), is_item ? "write it as [\"" + value.text + "\"]" : "");
      return;
    }
    for (const auto& item : value.items) {
      if (auto complaint = check_value(option, item)) {
        report_.error(item.place, std::move(complaint->message), std::move(complaint->suggestion));
      }
    }
  }

  void check_mapping(const Option& option, const Node& value) {
    if (value.kind != NodeKind::table) {
      report_.error(value.place, wrong(option, value).message);
      return;
    }
    for (const auto& member : value.members) {
      if (member.value.kind != NodeKind::text || check_text(option, member.value)) {
        report_.error(member.value.place, "'" + member.key + "' must be a text");
      }
      if (option.type == OptionType::labels && member.key != "en" && member.key != "es" && member.key != "vi") {
        report_.error(member.place, "there is no language " + quoted(member.key), "one of en, es, vi");
      }
    }
  }

  const ConfigTree& tree_;
  ConfigReport& report_;
};

}  // namespace

void check_options(const ConfigTree& tree, ConfigReport& report) { Checker(tree, report).check_root(); }

bool fits(const Option& option, const Node& value) {
  if (is_list(option.type)) {
    return value.kind == NodeKind::list &&
           std::ranges::all_of(value.items, [&](const Node& item) { return !check_value(option, item); });
  }
  if (option.type == OptionType::tables) return value.kind == NodeKind::list;
  if (is_mapping(option.type)) return value.kind == NodeKind::table;
  return !check_value(option, value);
}

}  // namespace leadmail::daemon
