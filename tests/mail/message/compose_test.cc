#include "mail/message/compose.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <string>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

Draft a_draft() {
  Draft draft;
  draft.from = {"Acme Sales", "sales@acme.example"};
  draft.to = {{"Bob Ray", "bob@customer.example"}};
  draft.subject = "Your inquiry";
  draft.message_id = "ours.1@acme.example";
  draft.date = from_unix(1'770'000'000);
  draft.text = "Hello Bob,\n\nforty pumps it is.\n";
  return draft;
}

std::string composed(const Draft& draft) {
  auto bytes = compose(draft);
  EXPECT_TRUE(bytes) << (bytes ? "" : bytes.error().what);
  return bytes ? *bytes : std::string{};
}

/// What every server must be able to pass on. RFC 5322 §2.1.1, §2.3
void expect_canonical(const std::string& mail, std::size_t columns = 78) {
  std::size_t line = 0;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    EXPECT_LT(static_cast<unsigned char>(mail[i]), 0x80U);
    EXPECT_NE(mail[i], '\0');
    if (mail[i] == '\n') {
      EXPECT_TRUE(i > 0 && mail[i - 1] == '\r') << "bare LF at " << i;
      EXPECT_LE(line, columns + 1);
      line = 0;
      continue;
    }
    if (mail[i] == '\r') {
      EXPECT_TRUE(i + 1 < mail.size() && mail[i + 1] == '\n') << "bare CR at " << i;
    }
    ++line;
  }
  EXPECT_EQ(line, 0U) << "the last line has no end";
}

TEST(Compose, APlainMailIsExactlyThis) {
  EXPECT_EQ(composed(a_draft()),
            "Date: Mon, 02 Feb 2026 02:40:00 +0000\r\nFrom: Acme Sales <sales@acme.example>\r\nTo: Bob Ray "
            "<bob@customer.example>\r\nSubject: Your inquiry\r\n"
            "Message-ID: <ours.1@acme.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
            "charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
            "Hello Bob,\r\n\r\nforty pumps it is.\r\n");
}

TEST(Compose, TheSameDraftGivesTheSameBytes) {
  auto draft = a_draft();
  draft.html = "<p>Hello</p>";
  draft.attachments = {{.filename = "a.pdf", .content_type = "application/pdf", .content = "x"}};
  EXPECT_EQ(composed(draft), composed(draft));
}

TEST(Compose, TextOfAnyScriptComesBackAsItWas) {
  for (const std::string text : {"Xin chào, chúng tôi báo giá 40 máy bơm – đã gồm thuế.",
                                 "お見積りをお送りいたします。よろしくお願いいたします。", "¡Hola! ¿Qué tal?",
                                 "🎉🎉🎉 прекрасно", "a = b; 100% =3D", "From here on\n.\n..\ntrailing blank \nlast"}) {
    auto draft = a_draft();
    draft.text = text;
    draft.subject = text.substr(0, text.find('\n'));
    draft.from.name = draft.subject;
    const auto mail = composed(draft);
    expect_canonical(mail);
    const auto identity = read_identity(mail);
    EXPECT_EQ(identity.subject, draft.subject);
    EXPECT_EQ(identity.from.at(0).name, draft.subject);
    EXPECT_TRUE(parse(mail).text.starts_with(text)) << parse(mail).text;
  }
}

TEST(Compose, LongSubjectsAreFoldedAndNeverCutInsideACharacter) {
  auto draft = a_draft();
  for (std::size_t i = 0; i < 300; ++i) draft.subject += i % 7 == 0 ? "日" : i % 5 == 0 ? " đ" : "x";
  const auto mail = composed(draft);
  expect_canonical(mail);
  EXPECT_EQ(read_identity(mail).subject, draft.subject);
  draft.subject = std::string(900, 'x') + " end";
  expect_canonical(composed(draft));
  EXPECT_EQ(read_identity(composed(draft)).subject, draft.subject);
}

// O01
TEST(Compose, NoTextBecomesAHeader) {
  auto draft = a_draft();
  draft.subject = "Hi\r\nBcc: evil@evil.example\r\n\r\nbody";
  draft.from.name = "Acme\nBcc: evil@evil.example";
  draft.to[0].name = "Bob\r\nBcc: evil@evil.example\u2028Bcc: x\u202ereversed";
  draft.extra = {{"X-Lead", "L-1\r\nBcc: evil@evil.example"},
                 {"Bad Name\r\nBcc", "evil@evil.example"},
                 {"Bcc", "evil@evil.example"},
                 {"", "x"}};
  draft.in_reply_to = {"a@b>\r\nBcc: evil@evil.example"};
  draft.references = {"x y@z", "fine@acme.example"};
  draft.attachments = {{.filename = "a\"\r\nBcc: evil@evil.example\u202egpj.exe",
                        .content_type = "text/x\r\nBcc: evil@evil.example",
                        .content_id = "c\r\nBcc: x",
                        .content = "x"}};
  const auto mail = composed(draft);
  expect_canonical(mail);
  const auto identity = read_identity(mail);
  EXPECT_FALSE(identity.header.has("Bcc"));
  EXPECT_EQ(identity.to.size(), 1U);
  EXPECT_EQ(identity.in_reply_to.size(), 0U);
  EXPECT_EQ(identity.references, std::vector<std::string>{"fine@acme.example"});
  EXPECT_EQ(identity.to[0].name, "Bob Bcc: evil@evil.example Bcc: xreversed");
  EXPECT_EQ(mail.find("\nBcc:"), std::string::npos);
}

TEST(Compose, ARecipientWhoseAddressNoFieldMayHoldIsNamedAndAddsNothing) {
  for (const std::string address :
       {"bob", "bob@", "@customer.example", "bob@customer.example>\r\nBcc: x@y.example", "bob ray@customer.example",
        "bob@a..b", "bøb@customer.example", "a,b;c:d@e.example", "\"@\", ann@customer.example"}) {
    for (const std::string name : {"Bob Ray", "Bøb", ""}) {
      auto draft = a_draft();
      draft.to = {{name, address}, {"Ann", "ann@customer.example"}};
      const auto mail = composed(draft);
      expect_canonical(mail);
      const auto identity = read_identity(mail);
      ASSERT_EQ(identity.to.size(), 1U) << mail;
      EXPECT_EQ(identity.to[0].address, "ann@customer.example");
      EXPECT_FALSE(identity.header.has("Bcc"));
      if (!name.empty()) {
        EXPECT_EQ(identity.to[0].name, "Ann") << mail;
      }
      EXPECT_EQ(identity.subject, draft.subject);
    }
  }
}

TEST(Compose, ASenderOrAReaderOfAnswersIsAnAddress) {
  for (const std::string address : {"", "bob", "bob@", "@customer.example", "bob@customer.example>\r\nBcc: x",
                                    "bob ray@customer.example", "bob@a..b", "bøb@customer.example"}) {
    auto draft = a_draft();
    draft.from.address = address;
    EXPECT_FALSE(compose(draft)) << address;
    draft = a_draft();
    draft.reply_to = {{"", address}};
    EXPECT_FALSE(compose(draft)) << address;
  }
  auto empty = a_draft();
  empty.to[0].address.clear();
  EXPECT_FALSE(compose(empty));
  auto nobody = a_draft();
  nobody.to.clear();
  EXPECT_FALSE(compose(nobody));
  auto nameless = a_draft();
  nameless.from.address.clear();
  EXPECT_FALSE(compose(nameless));
}

TEST(Compose, ForeignDomainsAreWrittenInPunycode) {
  auto draft = a_draft();
  draft.to[0].address = "bob@münchen.example";
  EXPECT_NE(composed(draft).find("<bob@xn--mnchen-3ya.example>"), std::string::npos);
}

TEST(Compose, ReferencesKeepTheFirstFourAndTheLastSix) {
  auto draft = a_draft();
  for (int i = 0; i < 40; ++i) draft.references.push_back(std::to_string(i) + "@acme.example");
  const auto identity = read_identity(composed(draft));
  ASSERT_EQ(identity.references.size(), 10U);
  EXPECT_EQ(identity.references[3], "3@acme.example");
  EXPECT_EQ(identity.references[4], "34@acme.example");
  EXPECT_EQ(identity.references[9], "39@acme.example");
}

TEST(Compose, AttachmentsKeepNameAndBytes) {
  auto draft = a_draft();
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += static_cast<char>(i);
  const std::string name =
      "Angebot für Müller & Söhne – 見積書 mit einem recht langen Namen, der gefaltet werden muss.pdf";
  draft.attachments = {{.filename = name, .content_type = "application/pdf", .content = bytes},
                       {.filename = "b.eml", .content_type = "message/rfc822", .content = "From: x@y.example\n\nhi\n"}};
  const auto mail = composed(draft);
  expect_canonical(mail);
  const auto content = parse(mail, {.attachment_content = true});
  ASSERT_EQ(content.attachments.size(), 2U);
  EXPECT_EQ(content.attachments[0].filename, name);
  EXPECT_EQ(content.attachments[0].content, bytes);
  EXPECT_EQ(content.attachments[1].content_type, "application/octet-stream");
}

TEST(Compose, HtmlWithImagesIsRelatedInsideTheAlternative) {
  auto draft = a_draft();
  draft.html = "<p>Hello <img src=\"cid:logo@acme.example\"></p>";
  draft.attachments = {{.filename = "logo.png",
                        .content_type = "image/png",
                        .is_inline = true,
                        .content_id = "logo@acme.example",
                        .content = "png"},
                       {.filename = "price.pdf", .content_type = "application/pdf", .content = "pdf"}};
  const auto mail = composed(draft);
  expect_canonical(mail);
  const auto at = [&](std::string_view what) { return mail.find(what); };
  EXPECT_LT(at("multipart/mixed"), at("multipart/alternative"));
  EXPECT_LT(at("multipart/alternative"), at("text/plain"));
  EXPECT_LT(at("text/plain"), at("multipart/related"));
  EXPECT_LT(at("multipart/related"), at("text/html"));
  EXPECT_LT(at("Content-ID: <logo@acme.example>"), at("price.pdf"));
}

TEST(Compose, TheBoundaryOccursInNoPart) {
  auto draft = a_draft();
  draft.html = "<p>x</p>";
  const auto first = composed(draft);
  const auto start = first.find("boundary=\"") + 10;
  draft.text = first.substr(start, first.find('"', start) - start);
  const auto second = composed(draft);
  const auto again = second.find("boundary=\"") + 10;
  EXPECT_NE(second.substr(again, second.find('"', again) - again), draft.text);
  EXPECT_EQ(parse(second).text.substr(0, draft.text.size()), draft.text);
}

Invitation an_invitation() {
  Invitation invitation;
  invitation.uid = "next-7@acme.example";
  invitation.sequence = 2;
  invitation.stamp = from_unix(1'770'000'000);
  invitation.start = *parse_rfc3339("2026-07-15T09:00:00Z");
  invitation.zone = "Europe/Madrid";
  invitation.summary = "Call Bob, about; the \"pumps\"\r\nBEGIN:VALARM";
  invitation.description =
      "Line one\nLine two – with a rather long tail of words that needs folding at seventy-five octets, "
      "見積もりについての電話です。";
  invitation.organizer = {"Acme \"Sales\"", "sales@acme.example"};
  invitation.attendee = {"Rep", "rep@acme.example"};
  return invitation;
}

TEST(ICalendar, AnInvitationHoldsWhatClientsAskFor) {
  const auto text = to_icalendar(an_invitation());
  for (const std::string line :
       {"METHOD:REQUEST\r\n", "UID:next-7@acme.example\r\n", "SEQUENCE:2\r\n", "DTSTAMP:20260202T024000Z\r\n",
        "DTSTART;TZID=Europe/Madrid:20260715T110000\r\n", "DTEND;TZID=Europe/Madrid:20260715T113000\r\n",
        "TZID:Europe/Madrid\r\n", "PARTSTAT=NEEDS-ACTION", "RSVP=TRUE", "mailto:sales@acme.example"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  EXPECT_EQ(text.find("\nBEGIN:VALARM"), std::string::npos);
  std::size_t line = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      EXPECT_TRUE(i > 0 && text[i - 1] == '\r');
      EXPECT_LE(line, 76U) << text.substr(i - line, line);
      line = 0;
    } else {
      ++line;
    }
  }
}

TEST(ICalendar, ZonesFollowTheSystemsTzdata) {
  const auto offset_of = [](const std::string& zone, const std::string& when) {
    auto invitation = an_invitation();
    invitation.zone = zone;
    invitation.start = *parse_rfc3339(when);
    const auto text = to_icalendar(invitation);
    const auto at = text.find("DTSTART;TZID=" + zone + ":");
    return at == std::string::npos ? "none" : text.substr(at + 14 + zone.size(), 15);
  };
  const auto by_libc = [](const std::string& zone, const std::string& when) {
    setenv("TZ", zone.c_str(), 1);
    tzset();
    const std::time_t time = to_unix(*parse_rfc3339(when));
    std::tm local{};
    localtime_r(&time, &local);
    unsetenv("TZ");
    tzset();
    std::string text(32, ' ');
    text.resize(std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%S", &local));
    return text;
  };
  for (const std::string zone : {"Europe/Madrid", "America/Mexico_City", "Asia/Ho_Chi_Minh", "America/New_York",
                                 "Australia/Sydney", "Asia/Kolkata", "America/Sao_Paulo", "Africa/Casablanca"}) {
    for (const std::string when : {"2026-01-15T12:00:00Z", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z",
                                   "2026-07-15T12:00:00Z", "2026-10-25T01:00:00Z", "2028-07-01T00:00:00Z"})
      EXPECT_EQ(offset_of(zone, when), by_libc(zone, when)) << zone << ' ' << when;
  }
  EXPECT_EQ(offset_of("America/Mexico_City", "2026-07-15T18:00:00Z"), "20260715T120000");  // no summer time since 2022
  EXPECT_EQ(offset_of("Europe/Madrid", "2026-07-15T10:00:00Z"), "20260715T120000");
}

TEST(ICalendar, AZoneIsWrittenAsTheTwoRulesItFollows) {
  const auto madrid = to_icalendar(an_invitation());
  EXPECT_NE(madrid.find("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"), std::string::npos) << madrid;
  EXPECT_NE(madrid.find("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"), std::string::npos);
  auto mexico = an_invitation();
  mexico.zone = "America/Mexico_City";
  const auto text = to_icalendar(mexico);
  EXPECT_EQ(text.find("RRULE"), std::string::npos);
  EXPECT_EQ(text.find("DAYLIGHT"), std::string::npos);
  EXPECT_NE(text.find("TZOFFSETTO:-0600\r\n"), std::string::npos);
}

TEST(ICalendar, WithoutAKnownZoneTimesAreUtc) {
  auto invitation = an_invitation();
  invitation.zone = "Mars/Olympus";
  EXPECT_NE(to_icalendar(invitation).find("DTSTART:20260715T090000Z\r\n"), std::string::npos);
}

TEST(ICalendar, ACancellationKeepsItsUid) {
  auto invitation = an_invitation();
  invitation.method = "CANCEL";
  const auto text = to_icalendar(invitation);
  EXPECT_NE(text.find("METHOD:CANCEL\r\n"), std::string::npos);
  EXPECT_NE(text.find("STATUS:CANCELLED\r\n"), std::string::npos);
  EXPECT_NE(text.find("UID:next-7@acme.example\r\n"), std::string::npos);
}

TEST(Compose, AnInvitationStandsInTheAlternativeAndAsAFile) {
  auto draft = a_draft();
  draft.html = "<p>Hello</p>";
  draft.calendar = to_icalendar(an_invitation());
  draft.calendar_method = "REQUEST";
  const auto mail = composed(draft);
  expect_canonical(mail);
  EXPECT_NE(mail.find("Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n"), std::string::npos);
  EXPECT_NE(mail.find("application/ics"), std::string::npos);
  const auto content = parse(mail);
  ASSERT_TRUE(content.calendar);
  EXPECT_EQ(content.calendar->method, "REQUEST");
  EXPECT_EQ(content.calendar->uid, "next-7@acme.example");
  EXPECT_EQ(content.calendar->sequence, 2);
}

TEST(Compose, TheTextOfAMailOfOursCanBeReadBack) {
  for (const std::string text : {"plain\n", "ángulo = ñ\nsegunda línea  \n", "From here\n.\n--=_0\n",
                                 "một hai ba bốn năm sáu bảy tám chín mười\n", ""}) {
    for (const bool with_html : {false, true}) {
      for (const bool with_file : {false, true}) {
        Draft draft;
        draft.from = {"Ana", "sales@acme.example"};
        draft.to = {{"", "maria@x.example"}};
        draft.message_id = "m@acme.example";
        draft.text = text;
        if (with_html) draft.html = "<p>boundary=\"x\" Content-Type: text/plain; charset=utf-8</p>";
        if (with_file)
          draft.attachments.push_back({.filename = "a.pdf", .content_type = "application/pdf", .content = "x"});
        EXPECT_EQ(text_of_composed(*compose(draft)), text.empty() ? "\n" : text);
      }
    }
  }
  EXPECT_EQ(text_of_composed("Subject: none of ours\r\n\r\ntext"), "");
  EXPECT_EQ(text_of_composed("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "), "");
}

TEST(Compose, AMailInAMailCanBeOpenedAgain) {
  Draft inner;
  inner.from = {"Ana", "sales@acme.example"};
  inner.to = {{"", "maria@x.example"}};
  inner.message_id = "inner@acme.example";
  inner.text = "dentro\n";
  const auto bytes = *compose(inner);
  Draft outer = inner;
  outer.message_id = "outer@acme.example";
  outer.attachments.push_back({.filename = "1 dentro.eml", .content_type = "message/rfc822", .content = bytes});
  outer.attachments.push_back(
      {.filename = "raw.eml", .content_type = "message/rfc822", .content = "8-bit: \xe1\r\n\r\n"});
  const auto mail = *compose(outer);
  EXPECT_NE(mail.find("Content-Type: message/rfc822\r\n"), std::string::npos);
  EXPECT_NE(mail.find(bytes), std::string::npos);
  EXPECT_NE(mail.find("Content-Type: application/octet-stream"), std::string::npos) << "what is not 7-bit is a file";
}

}  // namespace
}  // namespace leadmail::mail::message
