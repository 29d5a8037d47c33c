#include "daemon/admin/oauth2_answers.h"

#include <algorithm>

#include "daemon/admin/setup.h"
#include "daemon/config_check.h"
#include "daemon/config_read.h"

namespace leadmail::daemon::admin {
namespace {

constexpr std::string_view kSection{"mailbox.oauth2"};

/// The value as a config says it; paths absolute, for it lies elsewhere.
std::string toml_of(const Option& option, const Node& value, const std::string& file) {
  if (option.type == OptionType::path) return toml_text(absolute_path(value.text, file));
  switch (value.kind) {
    case NodeKind::integer: return std::to_string(value.integer);
    case NodeKind::boolean: return value.boolean ? "true" : "false";
    case NodeKind::list: {
      std::string list;
      for (const auto& item : value.items) list += (list.empty() ? "" : ", ") + toml_text(item.text);
      return "[" + list + "]";
    }
    default: return toml_text(value.text);  // dates too: quoted or not is the same
  }
}

bool check(const Member& member, ConfigReport& report) {
  const auto* const option = find_option(kSection, member.key);
  if (option == nullptr) {
    std::vector<std::string> keys;
    for (const auto& known : options_of(kSection)) keys.emplace_back(known.key);
    report.error(member.place, "unknown key '" + member.key + "'", suggest(member.key, keys));
    return false;
  }
  if (fits(*option, member.value)) return true;
  report.error(member.value.place, member.key + " must be " + std::string{name(option->type)},
               option->choices.empty() ? "" : "one of " + std::string{option->choices});
  return false;
}

}  // namespace

std::string_view oauth2_provider_of(std::string_view provider) {
  if (provider == "gmail") return "google";
  return provider == "microsoft365" ? "microsoft" : "";
}

OAuth2Answers read_oauth2_answers(const Node& node, std::string_view provider, const ConfigTree& tree,
                                  ConfigReport& report) {
  auto complete = node;
  if (complete.find("provider") == nullptr) {
    Member named;
    named.key = "provider";
    named.place = node.place;
    named.value.kind = NodeKind::text;
    named.value.place = node.place;
    named.value.text = oauth2_provider_of(provider).empty() ? "generic" : oauth2_provider_of(provider);
    const auto place = std::ranges::lower_bound(complete.members, named.key, {}, &Member::key);
    complete.members.insert(place, std::move(named));
  }
  OAuth2Answers answers;
  bool right = true;
  for (const auto& member : complete.members) {
    if (!check(member, report)) {
      right = false;
    } else {
      const auto* const option = find_option(kSection, member.key);
      answers.lines.emplace_back(member.key, toml_of(*option, member.value, tree.files[member.value.place.file]));
    }
  }
  // What everything else follows from comes first.
  std::ranges::stable_partition(answers.lines, [](const auto& line) { return line.first == "provider"; });
  if (right) answers.config = read_oauth2(complete, tree, report);
  return answers;
}

}  // namespace leadmail::daemon::admin
