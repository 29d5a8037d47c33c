#include "core/leads/numbered.h"

#include <array>
#include <charconv>

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 3> kDeals{"opportunity", "quotation", "order"};

std::string prefix_of(std::string_view kind, int number) {
  return std::string(kind) + "." + std::to_string(number) + ".";
}

}  // namespace

std::map<int, Parts> numbered_of(const Lead& lead, std::string_view kind) {
  std::map<int, Parts> found;
  const auto prefix = std::string(kind) + ".";
  for (auto value = lead.values.lower_bound(prefix); value != lead.values.end() && value->first.starts_with(prefix);
       ++value) {
    const auto rest = std::string_view(value->first).substr(prefix.size());
    const auto dot = rest.find('.');
    int number = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + std::min(dot, rest.size()), number);
    if (dot == std::string_view::npos || read.ec != std::errc{} || read.ptr != rest.data() + dot || number <= 0)
      continue;
    if (!value->second.empty()) found[number].emplace(rest.substr(dot + 1), value->second);
  }
  return found;
}

void put_numbered(Lead& lead, std::string_view kind, int number, const Parts& parts) {
  const auto prefix = prefix_of(kind, number);
  std::erase_if(lead.values, [&](const auto& value) { return value.first.starts_with(prefix); });
  for (const auto& [part, value] : parts) lead.values[prefix + part] = value;
}

void name_again(Parts& parts, const std::map<std::string, Numbers, std::less<>>& now) {
  for (const auto& [kind, numbers] : now) {
    const auto named = parts.find(kind);
    if (named == parts.end()) continue;
    int before = 0;
    std::from_chars(named->second.data(), named->second.data() + named->second.size(), before);
    if (const auto found = numbers.find(before); found != numbers.end()) named->second = std::to_string(found->second);
  }
}

std::map<std::string, Numbers, std::less<>> add_deals(Lead& to, const Lead& from) {
  std::map<std::string, Numbers, std::less<>> now;
  for (const auto kind : kDeals) {
    const auto known = numbered_of(to, kind);
    int last = known.empty() ? 0 : known.rbegin()->first;
    for (auto [number, parts] : numbered_of(from, kind)) {
      name_again(parts, now);
      put_numbered(to, kind, ++last, parts);
      now[std::string(kind)][number] = last;
    }
  }
  return now;
}

void close_gaps(Lead& lead) {
  std::map<std::string, Numbers, std::less<>> now;
  for (const auto kind : kDeals) {
    int last = 0;
    for (auto [number, parts] : numbered_of(lead, kind)) {
      name_again(parts, now);
      put_numbered(lead, kind, number, {});
      put_numbered(lead, kind, ++last, parts);
      now[std::string(kind)][number] = last;
    }
  }
}

Numbers reversed(const Numbers& numbers) {
  Numbers back;
  for (const auto& [before, now] : numbers) back[now] = before;
  return back;
}

}  // namespace leadmail::leads
