// Answers to our invitations as Google Calendar, Outlook and Exchange, and Apple's Calendar write them: the shapes are
// theirs, the people are not. RFC 5546, RFC 6047, MS-OXCICAL
#include <gtest/gtest.h>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

constexpr auto kUid = "next-abcdefghijklmnopqrstuvwxyz@acme.example";

Message understood(std::string raw) {
  std::string crlf;
  for (const char c : raw) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  Message message{.identity = read_identity(crlf), .content = parse(crlf)};
  classify(message);
  return message;
}

/// What people see of Google's answer comes twice, and the object twice: in the alternative and as a file in base64.
std::string google(const std::string& method, const std::string& partstat, const std::string& start,
                   const std::string& end) {
  return R"(MIME-Version: 1.0
From: Ana Lopez <ana@acme.example>
Sender: Google Calendar <calendar-notification@google.com>
Reply-To: Ana Lopez <ana@acme.example>
To: sales@acme.example
Subject: Accepted: Next contact: Maria @ Thu Dec 3, 2026 10am - 10:30am (CST) (Acme)
Message-ID: <calendar-6a0c2f5d@google.com>
Date: Wed, 02 Dec 2026 15:04:05 +0000
Auto-Submitted: auto-generated
Content-Type: multipart/mixed; boundary="000000000000aa01"

--000000000000aa01
Content-Type: multipart/alternative; boundary="000000000000aa02"

--000000000000aa02
Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes
Content-Transfer-Encoding: base64

QW5hIExvcGV6IGhhcyBhY2NlcHRlZCB0aGlzIGludml0YXRpb24uCg==
--000000000000aa02
Content-Type: text/html; charset="UTF-8"
Content-Transfer-Encoding: quoted-printable

<p>Ana Lopez has accepted this invitation.</p>
--000000000000aa02
Content-Type: text/calendar; charset="UTF-8"; method=)" +
         method + R"(
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:)" +
         method + "\nBEGIN:VEVENT\nDTSTART:" + start + "\nDTEND:" + end + R"(
DTSTAMP:20261202T150405Z
ORGANIZER;CN=Acme:mailto:sales@acme.example
UID:next-abcdefghijklmnopqrstuvwxyz@acme.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=)" +
         partstat + R"(;CN=Ana Lop
 ez;X-NUM-GUESTS=0:mailto:ana@acme.example
CREATED:20261202T150000Z
DESCRIPTION:Next contact with Maria
LAST-MODIFIED:20261202T150405Z
LOCATION:
SEQUENCE:2
STATUS:CONFIRMED
SUMMARY:Next contact: Maria
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR

--000000000000aa02--

--000000000000aa01
Content-Type: application/ics; name="invite.ics"
Content-Disposition: attachment; filename="invite.ics"
Content-Transfer-Encoding: base64

QkVHSU46VkNBTEVOREFSDQpFTkQ6VkNBTEVOREFSDQo=
--000000000000aa01--
)";
}

/// Exchange names zones in Windows' way and brings what they mean; the proposed time stands in DTSTART, the old one in
/// a field of its own, and its SEQUENCE is the one that it answers.
std::string outlook(const std::string& method, const std::string& partstat, const std::string& local_start,
                    const std::string& local_end) {
  const std::string prefix = method == "COUNTER" ? "New Time Proposed: " : "Accepted: ";
  return "From: =?iso-8859-1?Q?Ana_L=F3pez?= <ana@acme.example>\nTo: Acme <sales@acme.example>\nSubject: " + prefix +
         R"(Next contact: Maria
Thread-Topic: Next contact: Maria
Thread-Index: AQHbW0xQq7uLz1eUuUqvJc1Q0g==
Date: Wed, 2 Dec 2026 15:04:05 +0000
Message-ID: <AM0PR0101MB1111222233334444@AM0PR0101.eurprd01.prod.example>
In-Reply-To: <abc.0123456789abcdef@acme.example>
Content-Language: es-MX
X-MS-Has-Attach:
Content-Type: multipart/alternative; boundary="_000_AM0PR01_"
MIME-Version: 1.0

--_000_AM0PR01_
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Prefiero m=E1s tarde
--_000_AM0PR01_
Content-Type: text/calendar; charset="utf-8"; method=)" +
         method + R"(
Content-Transfer-Encoding: 8bit

BEGIN:VCALENDAR
METHOD:)" +
         method + R"(
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=)" +
         partstat + R"(;CN="López, Ana":MAILTO:ana@acme.example
COMMENT;LANGUAGE=es-MX:Prefiero más tarde\, gracias\n
UID:next-abcdefghijklmnopqrstuvwxyz@acme.example
SUMMARY;LANGUAGE=es-MX:Next contact: Maria
DTSTART;TZID=Romance Standard Time:)" +
         local_start + "\nDTEND;TZID=Romance Standard Time:" + local_end + R"(
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261202T150405Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:2
LOCATION;LANGUAGE=es-MX:
X-MICROSOFT-CDO-APPT-SEQUENCE:2
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MS-OLK-ORIGINALSTART;TZID=Romance Standard Time:20261203T170000
X-MS-OLK-ORIGINALEND;TZID=Romance Standard Time:20261203T173000
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:REMINDER
TRIGGER;RELATED=START:-PT15M
END:VALARM
END:VEVENT
END:VCALENDAR
--_000_AM0PR01_--
)";
}

/// Apple's Calendar sends the object as the only part that matters, and says EMAIL= beside the address.
std::string apple(const std::string& partstat) {
  return R"(From: Ana Lopez <ana@acme.example>
To: sales@acme.example
Subject: Declined: Next contact: Maria
Date: Wed, 2 Dec 2026 09:04:05 -0600
Message-Id: <1C2B3A4D-0000-4000-8000-ABCDEF012345@acme.example>
Mime-Version: 1.0 (Mac OS X Mail 16.0)
X-Mailer: iCal
Content-Type: multipart/alternative; boundary="Apple-Mail=_1"

--Apple-Mail=_1
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 7bit

Ana Lopez has declined your invitation.

--Apple-Mail=_1
Content-Type: text/calendar; charset=utf-8; method=REPLY; name="iCal-20261202-090405.ics"
Content-Disposition: attachment; filename="iCal-20261202-090405.ics"
Content-Transfer-Encoding: quoted-printable

BEGIN:VCALENDAR
CALSCALE:GREGORIAN
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 14.4//EN
VERSION:2.0
BEGIN:VTIMEZONE
TZID:America/Mexico_City
BEGIN:STANDARD
DTSTART:20221030T020000
TZNAME:CST
TZOFFSETFROM:-0500
TZOFFSETTO:-0600
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;CN=3DAna Lopez;CUTYPE=3DINDIVIDUAL;EMAIL=3Dana@acme.example;PARTSTAT=3D)" +
         partstat + R"(:=
mailto:ana@acme.example
DTEND;TZID=3DAmerica/Mexico_City:20261203T103000
DTSTAMP:20261202T150405Z
DTSTART;TZID=3DAmerica/Mexico_City:20261203T100000
LAST-MODIFIED:20261202T150405Z
ORGANIZER;CN=3DAcme:mailto:sales@acme.example
SEQUENCE:2
SUMMARY:Next contact: Maria
UID:next-abcdefghijklmnopqrstuvwxyz@acme.example
END:VEVENT
END:VCALENDAR
--Apple-Mail=_1--
)";
}

TEST(CalendarAnswers, OfGoogleAreRead) {
  const auto message = understood(google("REPLY", "ACCEPTED", "20261203T160000Z", "20261203T163000Z"));
  EXPECT_EQ(message.kind, Kind::calendar) << message.kind_reason;
  ASSERT_TRUE(message.content.calendar);
  EXPECT_EQ(message.content.calendar->uid, kUid);
  EXPECT_EQ(message.content.calendar->partstat, "ACCEPTED");
  EXPECT_EQ(message.content.calendar->attendee, "ana@acme.example");
  EXPECT_EQ(message.content.calendar->sequence, 2);
}

TEST(CalendarAnswers, OfGoogleMayProposeAnotherTime) {
  const auto message = understood(google("COUNTER", "TENTATIVE", "20261204T160000Z", "20261204T164500Z"));
  EXPECT_EQ(message.kind, Kind::calendar);
  EXPECT_EQ(message.content.calendar->method, "COUNTER");
  EXPECT_EQ(message.content.calendar->start, "2026-12-04T16:00:00Z");
  EXPECT_EQ(message.content.calendar->end, "2026-12-04T16:45:00Z");
}

TEST(CalendarAnswers, OfOutlookBringTheirZonesAndWords) {
  const auto message = understood(outlook("COUNTER", "TENTATIVE", "20261204T170000", "20261204T173000"));
  EXPECT_EQ(message.kind, Kind::calendar) << message.kind_reason;
  const auto& part = *message.content.calendar;
  EXPECT_EQ(part.uid, kUid);
  EXPECT_EQ(part.start, "2026-12-04T17:00:00+01:00");
  EXPECT_EQ(part.end, "2026-12-04T17:30:00+01:00");
  EXPECT_EQ(part.attendee, "ana@acme.example");
  EXPECT_EQ(part.comment, "Prefiero más tarde, gracias");
  EXPECT_EQ(understood(outlook("REPLY", "ACCEPTED", "20261203T170000", "20261203T173000")).content.calendar->partstat,
            "ACCEPTED");
}

TEST(CalendarAnswers, OfAppleAreRead) {
  const auto message = understood(apple("DECLINED"));
  EXPECT_EQ(message.kind, Kind::calendar) << message.kind_reason;
  const auto& part = *message.content.calendar;
  EXPECT_EQ(part.partstat, "DECLINED");
  EXPECT_EQ(part.uid, kUid);
  EXPECT_EQ(part.start, "2026-12-03T10:00:00-06:00");
  EXPECT_EQ(part.end, "2026-12-03T10:30:00-06:00");
}

TEST(CalendarAnswers, ATimeOfAZoneThatTheyDoNotBringKeepsItsName) {
  auto raw = apple("ACCEPTED");
  raw.erase(raw.find("BEGIN:VTIMEZONE"), raw.find("BEGIN:VEVENT") - raw.find("BEGIN:VTIMEZONE"));
  const auto message = understood(raw);
  EXPECT_EQ(message.content.calendar->start, "2026-12-03T10:00:00");
  EXPECT_EQ(message.content.calendar->zone, "America/Mexico_City");
}

TEST(CalendarAnswers, WhoAsksForTheInvitationAnswersToo) {
  EXPECT_EQ(understood(google("REFRESH", "NEEDS-ACTION", "20261203T160000Z", "20261203T163000Z")).kind, Kind::calendar);
}

}  // namespace
}  // namespace leadmail::mail::message
