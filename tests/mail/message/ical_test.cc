// Every invitation that we write can be read by libical, and its VTIMEZONE says the same instant as the system's
// tzdata, in every zone and season. With LEADMAIL_ICS_FOLDER set the objects are left there, named by their instant,
// for another reader (tests/e2e/icalendar_test.py).
#include <date/tz.h>
#include <gtest/gtest.h>
#include <libical/ical.h>

#include <cstdlib>
#include <fstream>
#include <memory>

#include "mail/message/compose.h"

namespace leadmail::mail::message {
namespace {

using namespace std::chrono;

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

Invitation an_invitation(std::string zone, Time start) {
  Invitation invitation;
  invitation.uid = "next-abcdefghijklmnopqrstuvwxyz@acme.example";
  invitation.sequence = 3;
  invitation.stamp = from_unix(1'770'000'000);
  invitation.start = start;
  invitation.zone = std::move(zone);
  invitation.summary = "Próximo contacto: \"María\", pumps; \\n and more than seventy-five octets of it in one line";
  invitation.description = "Zeile 1\nGọi về báo giá, 20 máy\n#status won\nEND:VCALENDAR";
  invitation.location = "Calle 5; piso 2, México";
  invitation.organizer = {"Acme, \"Sales\"", "sales@acme.example"};
  invitation.attendee = {"Ana López", "ana@acme.example"};
  return invitation;
}

/// What a program that knows no zones but the object's own makes of DTSTART.
Time start_in(icalcomponent* calendar) {
  auto* const event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
  auto local = icalcomponent_get_dtstart(event);
  if (auto* const zone = icalcomponent_get_first_component(calendar, ICAL_VTIMEZONE_COMPONENT)) {
    auto* const own = icaltimezone_new();
    icaltimezone_set_component(own, icalcomponent_new_clone(zone));
    local.zone = own;
    const auto utc = icaltime_as_timet_with_zone(local, own);
    icaltimezone_free(own, 1);
    return from_unix(utc);
  }
  return from_unix(icaltime_as_timet_with_zone(local, icaltimezone_get_utc_timezone()));
}

void leave(const std::string& text, const Time start, int number) {
  const auto* const folder = std::getenv("LEADMAIL_ICS_FOLDER");
  if (folder == nullptr || *folder == '\0') return;
  std::ofstream(std::string(folder) + "/" + std::to_string(number) + "_" + std::to_string(to_unix(start)) + ".ics")
      << text;
}

void check(const std::string& text, Time start, const std::string& where) {
  const std::unique_ptr<icalcomponent, Free> calendar(icalparser_parse_string(text.c_str()));
  ASSERT_TRUE(calendar) << where;
  EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0) << where << "\n" << text;
  // Of a DECLINECOUNTER libical's table knows less than RFC 5546 §3.2.8 allows.
  if (text.find("METHOD:DECLINECOUNTER") == std::string::npos) {
    EXPECT_TRUE(icalrestriction_check(calendar.get())) << where << "\n" << icalcomponent_as_ical_string(calendar.get());
  }
  EXPECT_EQ(start_in(calendar.get()), start) << where << "\n" << text;
}

TEST(Ical, EveryZoneAndSeasonIsReadAsTheInstantThatWasMeant) {
  int number = 0;
  for (const auto& zone : date::get_tzdb().zones) {
    if (zone.name().find('/') == std::string::npos && zone.name() != "UTC") continue;  // "EST5EDT", "localtime"
    for (const auto month : {1, 3, 4, 7, 10, 11}) {
      const Time start = sys_days{year{2026} / month / 29} + 16h + 30min;
      const auto text = to_icalendar(an_invitation(zone.name(), start));
      check(text, start, zone.name() + " " + to_rfc3339(start));
      if (number % 7 == 0) leave(text, start, number);
      ++number;
    }
  }
  EXPECT_GT(number, 1000);
}

TEST(Ical, AroundAChangeOfTheClockToo) {
  int number = 100'000;
  for (const auto* const zone : {"Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Santiago"}) {
    auto info = date::locate_zone(zone)->get_info(Time{sys_days{year{2026} / 1 / 1}});
    for (int change = 0; change < 4; ++change) {
      for (const auto away : {-25h, -2h, 3h, 25h}) {  // not the hour that comes twice: no local time names it
        const Time start = time_point_cast<seconds>(info.end) + away;
        const auto text = to_icalendar(an_invitation(zone, start));
        check(text, start, std::string(zone) + " " + to_rfc3339(start));
        leave(text, start, number++);
      }
      info = date::locate_zone(zone)->get_info(info.end);
    }
  }
}

TEST(Ical, EachMethodKeepsToItsRules) {
  for (const auto* const method : {"REQUEST", "CANCEL", "DECLINECOUNTER"}) {
    auto invitation = an_invitation("Europe/Madrid", *parse_rfc3339("2026-12-03T09:00:00Z"));
    invitation.method = method;
    const auto text = to_icalendar(invitation);
    EXPECT_NE(text.find("METHOD:" + std::string(method) + "\r\n"), std::string::npos);
    EXPECT_NE(text.find("\r\nSEQUENCE:3\r\n"), std::string::npos);
    EXPECT_EQ(text.find("\r\nEND:VCALENDAR"), text.rfind("\r\nEND:VCALENDAR")) << "no text ends the object";
    check(text, invitation.start, method);
    for (std::size_t at = 0, end = 0; at < text.size(); at = end + 2) {
      end = text.find("\r\n", at);
      ASSERT_NE(end, std::string::npos);
      EXPECT_LE(end - at, 75U) << "RFC 5545 §3.1";
    }
  }
}

TEST(Ical, ACalendarToSubscribeToNamesNobodyAndIsReadWhole) {
  std::vector<Invitation> entries;
  for (const auto* const start : {"2026-12-03T09:00:00Z", "2027-07-03T09:00:00Z"}) {
    entries.push_back(an_invitation("Europe/Madrid", *parse_rfc3339(start)));
    entries.back().uid = std::string(start) + "@acme.example";
  }
  const auto text = to_icalendar("Acme: Ana", entries);
  EXPECT_EQ(text.find("mailto:"), std::string::npos);
  EXPECT_EQ(text.find("METHOD"), std::string::npos);
  const std::unique_ptr<icalcomponent, Free> calendar(icalparser_parse_string(text.c_str()));
  ASSERT_TRUE(calendar);
  EXPECT_EQ(icalcomponent_count_errors(calendar.get()), 0);
  EXPECT_EQ(icalcomponent_count_components(calendar.get(), ICAL_VEVENT_COMPONENT), 2);
}

}  // namespace
}  // namespace leadmail::mail::message
