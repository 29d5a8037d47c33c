#include <libical/ical.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "mail/message/compose.h"
#include "mail/message/encode_header.h"

namespace leadmail::mail::message {
namespace {

using namespace std::chrono;
using std::string_view;

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
  void operator()(char* text) const { icalmemory_free_buffer(text); }
};
using Component = std::unique_ptr<icalcomponent, Free>;

icaltimetype to_ical(sys_seconds time, bool utc) {
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  auto result = icaltime_null_time();
  result.year = static_cast<int>(date.year());
  result.month = static_cast<int>(static_cast<unsigned>(date.month()));
  result.day = static_cast<int>(static_cast<unsigned>(date.day()));
  result.hour = static_cast<int>(clock.hours().count());
  result.minute = static_cast<int>(clock.minutes().count());
  result.second = static_cast<int>(clock.seconds().count());
  if (utc) result.zone = icaltimezone_get_utc_timezone();
  return result;
}

struct Offset {
  seconds east{};
  bool summer = false;
  bool operator==(const Offset&) const = default;
};

Offset offset_at(icaltimezone* zone, Time time) {
  auto utc = to_ical(time, true);
  int summer = 0;
  const int east = icaltimezone_get_utc_offset_of_utc_time(zone, &utc, &summer);
  return {seconds(east), summer != 0};
}

// When the zone's offset changes.
struct Change {
  Time at{};
  Offset before{}, after{};

  [[nodiscard]] sys_seconds local() const { return at + before.east; }  // the clock that is put forward or back
};

std::vector<Change> changes_between(icaltimezone* zone, Time from, Time to) {
  std::vector<Change> changes;
  auto known = offset_at(zone, from);
  for (auto time = from; time < to; time += days(1)) {
    const auto next = offset_at(zone, time + days(1));
    if (next == known) continue;
    auto low = time, high = time + days(1);
    while (high - low > seconds(1)) {
      const auto middle = low + (high - low) / 2;
      (offset_at(zone, middle) == known ? low : high) = middle;
    }
    changes.push_back({high, known, offset_at(zone, high)});
    known = next;
  }
  return changes;
}

// "The last Sunday of October" as libical writes it: month and weekday rule of a local day.
std::string yearly_rule(sys_days day, bool last) {
  static constexpr std::array kDays{"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  const year_month_day date(day);
  const auto week = (static_cast<unsigned>(date.day()) - 1) / 7 + 1;
  return "FREQ=YEARLY;BYMONTH=" + std::to_string(static_cast<unsigned>(date.month())) +
         ";BYDAY=" + (last ? "-1" : std::to_string(week)) + kDays[weekday(day).c_encoding()];
}

bool is_last_of_month(sys_days day) { return year_month_day(day).month() != year_month_day(day + days(7)).month(); }

// The rule that both changes follow, one year apart.
std::optional<std::string> common_rule(const Change& first, const Change& second) {
  if (first.before != second.before || first.after != second.after) return std::nullopt;
  const auto a = floor<days>(first.local()), b = floor<days>(second.local());
  if (first.local() - a != second.local() - b) return std::nullopt;
  if (is_last_of_month(a) && is_last_of_month(b) && yearly_rule(a, true) == yearly_rule(b, true))
    return yearly_rule(a, true);
  if (yearly_rule(a, false) == yearly_rule(b, false)) return yearly_rule(a, false);
  return std::nullopt;
}

void add_observance(icalcomponent* zone, sys_seconds local, const Offset& before, const Offset& after,
                    const std::optional<std::string>& rule) {
  auto* observance = icalcomponent_new(after.summer ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
  icalcomponent_add_property(observance, icalproperty_new_dtstart(to_ical(local, false)));
  icalcomponent_add_property(observance, icalproperty_new_tzoffsetfrom(static_cast<int>(before.east.count())));
  icalcomponent_add_property(observance, icalproperty_new_tzoffsetto(static_cast<int>(after.east.count())));
  if (rule)
    icalcomponent_add_property(observance, icalproperty_new_rrule(icalrecurrencetype_from_string(rule->c_str())));
  icalcomponent_add_component(zone, observance);
}

// What the zone does around the meeting, from the system's tzdata: two yearly rules where it has them, else the single
// changes. The whole history since 1900 helps nobody and trips some clients. RFC 5545 §3.6.5
icalcomponent* zone_component(icaltimezone* zone, const std::string& name, Time start) {
  auto* component = icalcomponent_new(ICAL_VTIMEZONE_COMPONENT);
  icalcomponent_add_property(component, icalproperty_new_tzid(name.c_str()));
  const auto begin = start - days(370), end = start + days(740);
  const auto changes = changes_between(zone, begin, end);

  const auto first = offset_at(zone, begin);
  const auto epoch = sys_seconds(sys_days(1970y / January / 1));
  if (changes.empty()) {
    add_observance(component, epoch, first, {first.east, false}, std::nullopt);
    return component;
  }
  std::vector<std::optional<std::string>> rules;
  for (std::size_t i = 0; i + 2 < changes.size() && i < 2; ++i)
    rules.push_back(common_rule(changes[i], changes[i + 2]));
  if (rules.size() == 2 && rules[0] && rules[1]) {
    for (std::size_t i = 0; i < 2; ++i)
      add_observance(component, changes[i].local(), changes[i].before, changes[i].after, rules[i]);
    return component;
  }
  add_observance(component, epoch, first, first, std::nullopt);
  for (const auto& change : changes)
    add_observance(component, change.local(), change.before, change.after, std::nullopt);
  return component;
}

// CN is quoted by libical; a quote inside it has no spelling. RFC 5545 §3.2
std::string common_name(const Address& address) {
  auto name = clean_text(address.name.empty() ? address.address : address.name);
  std::replace(name.begin(), name.end(), '"', '\'');
  return name;
}

std::string mailto(const Address& address) { return "mailto:" + clean_text(address.address); }

// Text of several lines: controls cleaned line by line.
std::string clean_lines(string_view text) {
  std::string clean;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    clean += clean_text(text.substr(0, end));
    if (end < text.size()) clean += '\n';
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return clean;
}

void add_time(icalcomponent* event, icalproperty* property, const std::string& zone) {
  if (!zone.empty()) icalproperty_set_parameter(property, icalparameter_new_tzid(zone.c_str()));
  icalcomponent_add_property(event, property);
}

icaltimezone* zone_of(const Invitation& invitation) {
  if (invitation.zone.empty() || invitation.zone == "UTC") return nullptr;
  return icaltimezone_get_builtin_timezone(invitation.zone.c_str());
}

Component new_calendar() {
  Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  icalcomponent_add_property(calendar.get(), icalproperty_new_version("2.0"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_prodid("-//Leadmail//leadmaild//EN"));
  icalcomponent_add_property(calendar.get(), icalproperty_new_calscale("GREGORIAN"));
  return calendar;
}

icalproperty_method method_of(const Invitation& invitation) {
  if (invitation.method == "CANCEL") return ICAL_METHOD_CANCEL;
  return invitation.method == "DECLINECOUNTER" ? ICAL_METHOD_DECLINECOUNTER : ICAL_METHOD_REQUEST;
}

/// What, when and where; who is another matter.
icalcomponent* new_event(const Invitation& invitation) {
  auto* zone = zone_of(invitation);
  auto* event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
  const auto add = [&](icalproperty* property) { icalcomponent_add_property(event, property); };
  add(icalproperty_new_uid(clean_text(invitation.uid).c_str()));
  add(icalproperty_new_dtstamp(to_ical(invitation.stamp, true)));
  add(icalproperty_new_sequence(static_cast<int>(std::clamp<std::int64_t>(invitation.sequence, 0, 2'000'000'000))));

  const auto local = [&](Time time) {
    return zone == nullptr ? to_ical(time, true) : to_ical(time + offset_at(zone, time).east, false);
  };
  const std::string zone_name = zone == nullptr ? "" : invitation.zone;
  add_time(event, icalproperty_new_dtstart(local(invitation.start)), zone_name);
  add_time(event, icalproperty_new_dtend(local(invitation.start + invitation.length)), zone_name);

  add(icalproperty_new_summary(clean_text(invitation.summary).c_str()));
  if (!invitation.description.empty()) add(icalproperty_new_description(clean_lines(invitation.description).c_str()));
  if (!invitation.location.empty()) add(icalproperty_new_location(clean_text(invitation.location).c_str()));
  const auto method = method_of(invitation);
  if (method != ICAL_METHOD_DECLINECOUNTER)
    add(icalproperty_new_status(method == ICAL_METHOD_CANCEL ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED));
  add(icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
  return event;
}

void add_people(icalcomponent* event, const Invitation& invitation) {
  auto* organizer = icalproperty_new_organizer(mailto(invitation.organizer).c_str());
  icalproperty_add_parameter(organizer, icalparameter_new_cn(common_name(invitation.organizer).c_str()));
  icalcomponent_add_property(event, organizer);
  const bool asks = method_of(invitation) == ICAL_METHOD_REQUEST;
  auto* attendee = icalproperty_new_attendee(mailto(invitation.attendee).c_str());
  icalproperty_add_parameter(attendee, icalparameter_new_cn(common_name(invitation.attendee).c_str()));
  icalproperty_add_parameter(attendee, icalparameter_new_cutype(ICAL_CUTYPE_INDIVIDUAL));
  icalproperty_add_parameter(attendee, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
  icalproperty_add_parameter(attendee, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
  icalproperty_add_parameter(attendee, icalparameter_new_rsvp(asks ? ICAL_RSVP_TRUE : ICAL_RSVP_FALSE));
  icalcomponent_add_property(event, attendee);
}

std::string text_of(icalcomponent* calendar) {
  const std::unique_ptr<char, Free> text(icalcomponent_as_ical_string_r(calendar));
  return text ? std::string(text.get()) : std::string{};
}

}  // namespace

std::string to_icalendar(const Invitation& invitation) {
  const auto calendar = new_calendar();
  icalcomponent_add_property(calendar.get(), icalproperty_new_method(method_of(invitation)));
  if (auto* const zone = zone_of(invitation))
    icalcomponent_add_component(calendar.get(), zone_component(zone, invitation.zone, invitation.start));
  auto* const event = new_event(invitation);
  add_people(event, invitation);
  icalcomponent_add_component(calendar.get(), event);
  return text_of(calendar.get());
}

std::string to_icalendar(const std::string& name, const std::vector<Invitation>& entries) {
  const auto calendar = new_calendar();
  auto* const label = icalproperty_new_x(clean_text(name).c_str());
  icalproperty_set_x_name(label, "X-WR-CALNAME");
  icalcomponent_add_property(calendar.get(), label);
  // Times are written in UTC: one VTIMEZONE could not tell all the years that the entries may be in.
  for (auto entry : entries) {
    entry.zone.clear();
    icalcomponent_add_component(calendar.get(), new_event(entry));
  }
  return text_of(calendar.get());
}

}  // namespace leadmail::mail::message
