#include "mail/message/calendar.h"

#include <gtest/gtest.h>

#include "mail/message/charset.h"

namespace leadmail::mail::message {
namespace {

std::string event(const std::string& lines, const std::string& zone = {}) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\n" + zone + "BEGIN:VEVENT\r\n" + lines +
         "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

const std::string kMadrid =
    "BEGIN:VTIMEZONE\r\nTZID:Romance Standard "
    "Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
    "DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;"
    "BYMONTH=3\r\n"
    "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n";

TEST(Calendar, StartIsAnInstantByTheZoneThatTheObjectBrings) {
  EXPECT_EQ(read_calendar(event("DTSTART;TZID=Romance Standard Time:20261203T100000\r\n", kMadrid))->start,
            "2026-12-03T10:00:00+01:00");
  EXPECT_EQ(read_calendar(event("DTSTART;TZID=\"Romance Standard Time\":20260703T100000\r\n", kMadrid))->start,
            "2026-07-03T10:00:00+02:00");
  EXPECT_EQ(read_calendar(event("DTSTART:20261203T100000Z\r\n"))->start, "2026-12-03T10:00:00Z");
  EXPECT_EQ(read_calendar(event("DTSTART;VALUE=DATE:20261203\r\n"))->start, "2026-12-03");
  EXPECT_EQ(read_calendar(event("DTSTART;TZID=Nowhere:20261203T100000\r\n"))->start, "2026-12-03T10:00:00");
  EXPECT_EQ(read_calendar(event("DTSTART:20261332T100000Z\r\n"))->start, "");
}

TEST(Calendar, FoldedLinesAndQuotedParametersAreRead) {
  const auto part =
      read_calendar(event("UID:very-\r\n long\r\nATTENDEE;CN=\"Lee; Ann: x\";PARTSTAT=tentative:MAILTO:ann@x.exam\r\n "
                          "ple\r\nSEQUENCE:3\r\n"));
  ASSERT_TRUE(part);
  EXPECT_EQ(part->method, "REQUEST");
  EXPECT_EQ(part->uid, "very-long");
  EXPECT_EQ(part->partstat, "TENTATIVE");
  EXPECT_EQ(part->attendee, "ann@x.example");
  EXPECT_EQ(part->sequence, 3);
}

TEST(Calendar, OfSeveralAttendeesTheOneWhoAnswersCounts) {
  const auto part =
      read_calendar(event("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:a@x\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x\r\n"
                          "ATTENDEE;PARTSTAT=DECLINED:mailto:c@x\r\n"));
  EXPECT_EQ(part->attendee, "b@x");
  EXPECT_EQ(part->partstat, "ACCEPTED");
}

TEST(Calendar, WhatIsTooLongIsCutBetweenCharacters) {
  for (const std::size_t before : {0U, 1U, 2U}) {
    std::string letters(before, 'a');
    for (int i = 0; i < 20'000; ++i) letters += "\u20ac";
    const auto part = read_calendar(event("UID:" + letters + "\r\nATTENDEE:mailto:" + letters + "\r\n"));
    ASSERT_TRUE(part);
    EXPECT_TRUE(is_valid_utf8(part->uid));
    EXPECT_TRUE(is_valid_utf8(part->attendee));
  }
}

TEST(Calendar, WhatIsNoneIsNone) {
  EXPECT_FALSE(read_calendar(""));
  EXPECT_FALSE(read_calendar("Hello"));
  EXPECT_TRUE(read_calendar("BEGIN:VCALENDAR"));
  std::string deep = "BEGIN:VCALENDAR\n";
  for (int i = 0; i < 50000; ++i) deep += "BEGIN:X\n";
  EXPECT_TRUE(read_calendar(deep));
}

}  // namespace
}  // namespace leadmail::mail::message
