#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/leads/zone.h"
#include "daemon/admin/commands.h"
#include "daemon/config_values.h"

namespace leadmail::daemon::admin {
namespace {

/// An RFC 3339 time, or the end of a day in the company's zone.
std::optional<Time> time_named(const std::string& text, const std::string& zone) {
  if (const auto time = parse_rfc3339(text)) return time;
  const auto day = date_from(text);
  if (!day) return std::nullopt;
  const std::chrono::local_days next = std::chrono::local_days{*day} + std::chrono::days{1};
  return leads::to_utc(next, zone) - seconds{1};
}

}  // namespace

int run_show(Desk& desk, const ShowArguments& arguments) {
  const auto id = lead_named(arguments.lead);
  if (!id) return desk.fail("'" + arguments.lead + "' names no lead; like L-123", usage);
  if (!desk.open_book()) return desk.status();
  std::optional<Time> at;
  if (!arguments.at.empty()) {
    at = time_named(arguments.at, desk.config().rules.timezone);
    if (!at) return desk.fail("'" + arguments.at + "' is no time; like 2026-03-01 or 2026-03-01T10:00:00Z", usage);
  }

  auto lead = at ? desk.book().lead_at(*id, *at) : desk.book().lead(*id);
  if (!lead) return desk.fail(lead.error());
  if (!*lead) return desk.fail("no such lead: " + to_string(*id));
  auto timeline = desk.book().timeline(*id);
  if (!timeline) return desk.fail(timeline.error());
  if (at) std::erase_if(*timeline, [&](const leads::Event& event) { return event.at > *at; });

  if (desk.is_json()) {
    desk.print_json(lead_json(**lead, *timeline, desk.place().record));
  } else {
    desk.print(lead_text(**lead, *timeline, desk.place(), desk.terminal()));
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
