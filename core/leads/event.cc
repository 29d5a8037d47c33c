#include "core/leads/event.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/leads/json_text.h"

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 15> kTypeNames = {"captured", "mail-in", "mail-out", "note",    "status",
                                                         "assigned", "next",    "reminded", "contact", "fields",
                                                         "deal",     "flagged", "repaired", "event",   "undone"};
static_assert(kTypeNames.size() == static_cast<std::size_t>(EventType::undone) + 1);

/// Reads one {"field", "before", "after"}; the last two may be absent, nothing else may be there.
std::optional<Change> read_change(const nlohmann::json& object) {
  if (!object.is_object() || !object.contains("field")) return std::nullopt;
  Change change;
  for (const auto& [key, value] : object.items()) {
    if (!value.is_string()) return std::nullopt;
    std::string* const target = key == "field"    ? &change.field
                                : key == "before" ? &change.before
                                : key == "after"  ? &change.after
                                                  : nullptr;
    if (target == nullptr) return std::nullopt;
    *target = value.get<std::string>();
  }
  if (change.field.empty()) return std::nullopt;
  return change;
}

}  // namespace

std::string_view name(EventType type) { return kTypeNames.at(static_cast<std::size_t>(type)); }

std::optional<EventType> event_type_named(std::string_view name) {
  const auto* const found = std::ranges::find(kTypeNames, name);
  if (found == kTypeNames.end()) return std::nullopt;
  return static_cast<EventType>(found - kTypeNames.begin());
}

void fold(Lead& lead, const Event& event) {
  if (event.type == EventType::captured && lead.created == Time{}) lead.created = event.at;
  for (const auto& change : event.changes) {
    if (change.after.empty()) {
      lead.values.erase(change.field);
    } else {
      lead.values.insert_or_assign(change.field, change.after);
    }
  }
}

Change change(const Lead& lead, std::string_view field, std::string_view after) {
  return {std::string(field), std::string(lead.value(field)), std::string(after)};
}

std::string changes_to_json(const std::vector<Change>& changes) {
  std::string list;
  const auto add = [&](std::string_view key, std::string_view value) {
    list.append(list.ends_with('{') ? "" : ",").append(key);
    append_json(list, value);
  };
  for (const auto& change : changes) {
    list += list.empty() ? "[{" : ",{";
    if (!change.after.empty()) add(R"("after":)", change.after);
    if (!change.before.empty()) add(R"("before":)", change.before);
    add(R"("field":)", change.field);
    list += '}';
  }
  return list.empty() ? "[]" : list + "]";
}

std::optional<std::vector<Change>> changes_from_json(std::string_view json) {
  const auto list = nlohmann::json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (!list.is_array()) return std::nullopt;
  std::vector<Change> changes;
  changes.reserve(list.size());
  for (const auto& object : list) {
    auto change = read_change(object);
    if (!change) return std::nullopt;
    changes.push_back(std::move(*change));
  }
  return changes;
}

}  // namespace leadmail::leads
