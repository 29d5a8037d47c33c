#include "core/leads/meeting.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace leadmail::leads {
namespace {

constexpr std::string_view kPrefix = "event.";

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string meeting_field(int number, std::string_view part) {
  return std::string(kPrefix) + std::to_string(number) + "." + std::string(part);
}

std::optional<Meeting> meeting_of(const Lead& lead, int number) {
  Meeting meeting{.number = number, .kind = std::string(lead.value(meeting_field(number, "kind")))};
  if (meeting.kind.empty()) return std::nullopt;
  meeting.at = from_unix(number_in(lead.value(meeting_field(number, "at"))).value_or(0));
  meeting.length = std::chrono::minutes{number_in(lead.value(meeting_field(number, "length"))).value_or(0)};
  meeting.place = lead.value(meeting_field(number, "place"));
  meeting.by = lead.value(meeting_field(number, "by"));
  meeting.sequence = number_in(lead.value(meeting_field(number, "sequence"))).value_or(0);
  meeting.uid = lead.value(meeting_field(number, "uid"));
  return meeting;
}

std::vector<Meeting> meetings_of(const Lead& lead) {
  std::set<int> numbers;
  for (auto value = lead.values.lower_bound(kPrefix); value != lead.values.end() && value->first.starts_with(kPrefix);
       ++value) {
    const auto rest = std::string_view(value->first).substr(kPrefix.size());
    const auto number = number_in(rest.substr(0, rest.find('.')));
    if (number && *number > 0 && *number < 1'000'000) numbers.insert(static_cast<int>(*number));
  }
  std::vector<Meeting> meetings;
  for (const auto number : numbers) {
    if (auto meeting = meeting_of(lead, number)) meetings.push_back(std::move(*meeting));
  }
  return meetings;
}

bool has_meeting_of(const Lead& lead, std::string_view user, Time since) {
  const auto meetings = meetings_of(lead);
  return std::ranges::any_of(
      meetings, [&](const Meeting& meeting) { return meeting.by == user && meeting.at + meeting.length >= since; });
}

}  // namespace leadmail::leads
