// What is made of a whole message: which words are its text, which files hang on it, what commands may be read from.
#include "mail/message/parse.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/message/charset.h"
#include "mail/message/sha256.h"

namespace leadmail::mail::message {
namespace {

constexpr std::string_view kHead =
    "From: Ann <ann@client.example>\r\nTo: sales@us.example\r\nSubject: Question\r\nMIME-Version: 1.0\r\n";

std::string mail(std::string_view rest) { return std::string(kHead) + std::string(rest); }

/// One multipart with the given parts, each beginning with its header.
std::string multipart(std::string_view type, std::initializer_list<std::string_view> parts) {
  std::string text = mail("Content-Type: multipart/" + std::string(type) + "; boundary=\"=_b\"\r\n\r\npreamble\r\n");
  for (const auto part : parts) text += "--=_b\r\n" + std::string(part) + "\r\n";
  return text + "--=_b--\r\nepilogue\r\n";
}

std::string names(const Content& content) {
  std::string text;
  for (const auto& attachment : content.attachments) {
    if (!text.empty()) text += ", ";
    text += attachment.filename + ":" + std::to_string(attachment.size) + (attachment.is_inline ? " inline" : "");
  }
  return text;
}

constexpr std::string_view kPlain = "Content-Type: text/plain; charset=utf-8\r\n\r\nplain words";
constexpr std::string_view kHtml = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>html <b>words</b></p>";
constexpr std::string_view kPdf =
    "Content-Type: application/pdf; name=offer.pdf\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: "
    "attachment; "
    "filename=\"offer.pdf\"\r\n\r\naGVsbG8=";

TEST(Parse, PlainTextIsTheText) {
  const auto content = parse(mail("\r\nHello\r\nthere\r\n"));
  EXPECT_EQ(content.text, "Hello\nthere\n");
  EXPECT_EQ(content.content_type, "text/plain");
  EXPECT_TRUE(content.attachments.empty());
  EXPECT_TRUE(content.defects.empty());
}

TEST(Parse, OfTwoAlternativesThePlainOneIsTheTextAndTheHtmlIsKept) {
  const auto content = parse(multipart("alternative", {kPlain, kHtml}));
  EXPECT_EQ(content.text, "plain words");
  EXPECT_EQ(content.html, "<p>html <b>words</b></p>");
}

TEST(Parse, HtmlIsTheTextWhereThePlainOneSaysNothing) {
  EXPECT_EQ(parse(multipart("alternative", {"Content-Type: text/plain\r\n\r\n \r\n", kHtml})).text, "html words\n");
  EXPECT_EQ(parse(multipart("alternative",
                            {"Content-Type: text/plain\r\n\r\nUse an HTML viewer",
                             "Content-Type: text/html\r\n\r\n<p>The whole of a long offer, in many words, in fact in "
                             "more than four times as many as the line beside it</p>"}))
                .text.substr(0, 9),
            "The whole");
  EXPECT_EQ(parse(mail("Content-Type: text/html\r\n\r\n<p>only html")).text, "only html\n");
}

// A text that programs put beside the page for readers that cannot show it.
TEST(Parse, AStubGivesWayToTheHtml) {
  const std::string page =
      "Content-Type: text/html; charset=utf-8\r\n\r\n<h1>Kontaktformular</h1><p>We need twenty pumps and five valves, "
      "delivered to Hamburg before the tenth of May, with certificates for each of them and for what they are packed "
      "in. Please quote for ten and for thirty too, and tell us when the next ship leaves and what it costs to insure "
      "them.</p>";
  const auto beside = [&](std::string_view plain) {
    return parse(
               multipart("alternative", {"Content-Type: text/plain; charset=utf-8\r\n\r\n" + std::string(plain), page}))
        .text;
  };
  const auto alone = parse(mail(page)).text;
  for (const std::string stub :
       {"Ihr E-Mail-Programm unterstützt kein HTML.",
        "Für diese Nachricht benötigen Sie ein HTML-fähiges E-Mail-Programm",
        "Votre messagerie ne prend pas en charge le HTML.", "Kontaktformular", ".", "This mail needs an HTML viewer"})
    EXPECT_EQ(beside(stub), alone) << stub;
  // Whose words they are nobody can tell: both are read.
  for (const std::string other : {"Please open this message in a graphical mail program.",
                                  "Vui lòng dùng trình duyệt khác", "Call Bob on 555 123 first!"}) {
    EXPECT_NE(beside(other).find(alone.substr(0, alone.size() - 1)), std::string::npos) << other;
    EXPECT_EQ(beside(other).find(other), 0U);
  }
  for (const std::string text :
       {"Please quote twenty pumps and five valves, delivered to Hamburg.", "Yes, twenty pumps for Hamburg please"})
    EXPECT_EQ(beside(text), text);
}

TEST(Parse, AShortAnswerAboveAQuoteIsNoStub) {
  const auto content = parse(
      multipart("alternative",
                {"Content-Type: text/plain\r\n\r\nYes",
                 "Content-Type: text/html\r\n\r\n<p>Yes</p><div class=\"gmail_quote\">On Mon, Feb 2, 2026 at 5:14 PM "
                 "Ann &lt;ann@acme.example&gt; wrote:<blockquote>A long offer of many words about pumps and valves and "
                 "their prices, and when they can leave the works</blockquote></div>"}));
  EXPECT_EQ(content.text, "Yes");
}

TEST(Parse, TextAroundAttachmentsIsOneText) {
  const auto content = parse(multipart("mixed", {kPlain, kPdf, "Content-Type: text/plain\r\n\r\nand below"}));
  EXPECT_EQ(content.text, "plain words\nand below");
  EXPECT_EQ(names(content), "offer.pdf:5");
  EXPECT_EQ(content.attachments.front().sha256, sha256_hex("hello"));
  EXPECT_EQ(content.attachments.front().content_type, "application/pdf");
  EXPECT_TRUE(content.attachments.front().content.empty());
  EXPECT_EQ(parse(multipart("mixed", {kPdf}), {.attachment_content = true}).attachments.front().content, "hello");
}

TEST(Parse, PicturesOfTheTextAreInline) {
  const auto content = parse(multipart(
      "related",
      {"Content-Type: text/html\r\n\r\n<p>see <img src=\"cid:1@x\"></p>",
       "Content-Type: image/png; name=a.png\r\nContent-ID: <1@x>\r\nContent-Transfer-Encoding: base64\r\n\r\nQUI="}));
  EXPECT_EQ(content.text, "see\n");
  EXPECT_EQ(names(content), "a.png:2 inline");
  EXPECT_EQ(content.attachments.front().content_id, "1@x");
}

TEST(Parse, FlowedTextFlows) {
  EXPECT_EQ(parse(mail("Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\nlong \r\nline\r\n")).text,
            "longline\n");
}

TEST(Parse, CharsetsAndEncodingsAreUndone) {
  EXPECT_EQ(parse(mail("Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "
                       "quoted-printable\r\n\r\ncaf=E9"))
                .text,
            "café");
  EXPECT_EQ(
      parse(mail("Content-Type: text/plain; charset=\"koi8-r\"\r\nContent-Transfer-Encoding: base64\r\n\r\n8NLJ")).text,
      "При");
  EXPECT_EQ(parse(mail("Content-Type: text/html\r\n\r\n<meta charset=\"windows-1251\"><p>\xCF\xF0\xE8")).text, "При\n");
  EXPECT_EQ(parse(mail("\r\nraw \xE9")).text, "raw é");
}

TEST(Parse, WordsBelowEncodedTextAreKept) {
  EXPECT_EQ(parse(mail("Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n-- \r\nsales mailing list\r\n")).text,
            "hello\n-- \nsales mailing list\n");
}

TEST(Parse, MessageInsideIsAnAttachmentAndToldAsForwarded) {
  const auto content = parse(multipart(
      "mixed",
      {kPlain,
       "Content-Type: message/rfc822\r\n\r\nFrom: Bob <bob@prospect.example>\r\nSubject: Offer?\r\n\r\nI want ten."}));
  EXPECT_EQ(content.text, "plain words");
  ASSERT_TRUE(content.forwarded);
  EXPECT_EQ(content.forwarded->from.address, "bob@prospect.example");
  EXPECT_EQ(content.forwarded->text, "I want ten.");
  ASSERT_EQ(content.attachments.size(), 1U);
  EXPECT_EQ(content.attachments.front().content_type, "message/rfc822");
}

TEST(Parse, OfSeveralMessagesInsideTheFirstIsReadAndTheOthersAreNamed) {
  const std::string bob =
      "Content-Type: message/rfc822\r\n\r\nFrom: Bob <bob@prospect.example>\r\nSubject: Offer?\r\n\r\nI want ten.";
  const std::string eva = "Content-Type: message/rfc822\r\n\r\nFrom: Eva <eva@far.example>\r\nSubject: Pipes\r\n\r\nHi";
  const std::string as_file =
      "Content-Type: application/octet-stream; name=\"Valves.eml\"\r\n\r\nFrom: dora@far.example\r\n"
      "Subject: Valves\r\n\r\nDo you sell them?";
  const auto names = [](const Content& content) {
    std::string all = content.forwarded ? content.forwarded->from.address : "none";
    if (content.forwarded) {
      for (const auto& other : content.forwarded->others) all += "|" + other.from.address + " " + other.subject;
    }
    return all;
  };
  EXPECT_EQ(names(parse(multipart("mixed", {kPlain, bob, eva, as_file}))),
            "bob@prospect.example|eva@far.example Pipes|dora@far.example Valves");
  EXPECT_EQ(names(parse(multipart("mixed", {kPlain, as_file, as_file}))), "dora@far.example|dora@far.example Valves");
  // What is attached to a mail that is forwarded inline is that mail's.
  const std::string inline_forward =
      "Content-Type: text/plain\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ann <ann@x.example>\r\n"
      "Date: Mon, 2 Nov 2026\r\nSubject: Pumps\r\nTo: Acme\r\n\r\nThe old offer is attached.\r\n";
  EXPECT_EQ(names(parse(multipart("mixed", {inline_forward, bob, eva}))), "ann@x.example");
  // A mail within a mail is not the forwarder's to pass on.
  std::string nested = "Content-Type: message/rfc822\r\n\r\nFrom: Bob <bob@prospect.example>\r\nMIME-Version: 1.0\r\n";
  nested +=
      "Content-Type: multipart/mixed; boundary=\"in\"\r\n\r\n--in\r\n" + eva + "\r\n--in\r\n" + eva + "\r\n--in--\r\n";
  EXPECT_EQ(names(parse(multipart("mixed", {kPlain, nested}))), "bob@prospect.example");
}

TEST(Parse, AnInvitationThatIsThereTwiceIsOneFile) {
  const std::string event =
      "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:u@x.example\r\nEND:VEVENT\r\nEND:VCALENDAR";
  const std::string shown = "Content-Type: text/calendar; method=REQUEST\r\n\r\n" + event;
  const std::string file =
      "Content-Type: application/ics; name=\"event.ics\"\r\nContent-Disposition: attachment\r\n\r\n" + event;
  const auto names = [](const Content& content) {
    std::string all;
    for (const auto& attachment : content.attachments) all += attachment.filename + ";";
    return all;
  };
  EXPECT_EQ(names(parse(multipart("mixed", {kPlain, shown, file}))), "event.ics;") << "as Google writes";
  EXPECT_EQ(names(parse(multipart("mixed", {kPlain, shown}))), "invite.ics;");
  EXPECT_EQ(names(parse(multipart("mixed", {kPlain, shown, file + "\r\nX-MORE:1"}))), "invite.ics;event.ics;");
}

TEST(Parse, EncodedMessageInsideIsReadToo) {
  // From: b@p.example\r\nSubject: Offer?\r\n\r\nTen, please.
  const auto content =
      parse(multipart("mixed", {kPlain,
                                "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                                "RnJvbTogYkBwLmV4YW1wbGUNClN1YmplY3Q6IE9mZmVyPw0KDQpUZW4sIHBsZWFzZS4="}));
  ASSERT_TRUE(content.forwarded);
  EXPECT_EQ(content.forwarded->from.address, "b@p.example");
  EXPECT_EQ(content.forwarded->text, "Ten, please.");
}

TEST(Parse, SignedTextIsTextAndASealedOneIsAnAttachment) {
  const auto content =
      parse(multipart("signed", {kPlain, "Content-Type: application/pgp-signature; name=signature.asc\r\n\r\nx"}));
  EXPECT_EQ(content.text, "plain words");
  EXPECT_EQ(names(content), "signature.asc:1");
  EXPECT_EQ(
      names(parse(mail(
          "Content-Type: application/pkcs7-mime; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nQUI="))),
      "smime.p7m:2");
}

TEST(Parse, CalendarAnswerIsRead) {
  const auto content =
      parse(multipart("alternative", {kPlain,
                                      "Content-Type: text/calendar; method=REPLY\r\n\r\n"
                                      "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:u1\r\nSEQUENCE:2\r\n"
                                      "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Ann@Client.example\r\n"
                                      "DTSTART:20261203T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}));
  ASSERT_TRUE(content.calendar);
  EXPECT_EQ(content.calendar->method, "REPLY");
  EXPECT_EQ(content.calendar->uid, "u1");
  EXPECT_EQ(content.calendar->sequence, 2);
  EXPECT_EQ(content.calendar->partstat, "ACCEPTED");
  EXPECT_EQ(content.calendar->attendee, "Ann@client.example");
  EXPECT_EQ(content.calendar->start, "2026-12-03T10:00:00Z");
  EXPECT_EQ(content.text, "plain words");
}

TEST(Parse, FileNamesAreMadeHarmless) {
  const auto name = [](std::string_view written) {
    return parse(multipart("mixed", {"Content-Type: application/x\r\nContent-Disposition: attachment; filename=\"" +
                                     std::string(written) + "\"\r\n\r\nx"}))
        .attachments.at(0)
        .filename;
  };
  EXPECT_EQ(name("../../x"), "x");
  EXPECT_EQ(name("/etc/passwd"), "passwd");
  EXPECT_EQ(name("C:\\Users\\x.doc"), "x.doc");
  EXPECT_EQ(name(".."), "");
  EXPECT_EQ(name("a\xE2\x80\xAEgpj.exe"), "agpj.exe");
  EXPECT_EQ(name(std::string(4096, 'a') + ".pdf").size(), 200U);
  EXPECT_TRUE(name(std::string(4096, 'a') + ".pdf").ends_with(".pdf"));
}

TEST(Parse, MissingStructureIsInferred) {
  EXPECT_EQ(
      parse(mail("Content-Type: multipart/mixed\r\n\r\n--xyz\r\nContent-Type: text/plain\r\n\r\nhi\r\n--xyz--\r\n"))
          .text,
      "hi");
  EXPECT_EQ(parse(mail("Content-Type: multipart/mixed; boundary=never\r\n\r\n--other\r\nContent-Type: "
                       "text/plain\r\n\r\nhi\r\n--other--\r\n"))
                .text,
            "hi");
  EXPECT_EQ(parse(mail("Content-Type: multipart/mixed; boundary=never\r\n\r\njust text\r\n-- \r\nAnn\r\n")).text,
            "just text\n-- \nAnn\n");
  EXPECT_EQ(
      parse(mail("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nopen end"))
          .text,
      "open end");
  EXPECT_FALSE(parse(mail("Content-Type: multipart/mixed; boundary=never\r\n\r\nx")).defects.empty());
}

TEST(CommandText, IsTheFirstPlainTextWithoutQuoteAndSignature) {
  EXPECT_EQ(parse(mail("\r\n#status won\r\n\r\nOn Monday, Bob wrote:\r\n> #status lost\r\n")).command_text,
            "#status won");
  EXPECT_EQ(parse(multipart("alternative", {"Content-Type: text/plain\r\n\r\n#status won", kHtml})).command_text,
            "#status won");
}

TEST(CommandText, IsNothingWhereAnotherReaderMightSeeSomethingElse) {
  EXPECT_EQ(parse(mail("Content-Type: text/html\r\n\r\n<p>#status won</p>")).command_text, "");
  EXPECT_EQ(parse(multipart("alternative", {kHtml, "Content-Type: text/plain\r\n\r\n#status won"})).command_text, "");
  EXPECT_EQ(parse(multipart("alternative", {kPlain, "Content-Type: text/plain\r\n\r\n#status won"})).command_text, "");
  EXPECT_EQ(parse(multipart("mixed", {kPdf, "Content-Type: text/plain\r\n\r\n#status won"})).command_text, "");
  EXPECT_EQ(
      parse(multipart("mixed", {"Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n#status won"}))
          .command_text,
      "");
  EXPECT_EQ(
      parse(multipart("mixed", {"Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n#status won"})).command_text,
      "");
  EXPECT_EQ(parse(multipart("report", {"Content-Type: text/plain\r\n\r\n#status won"})).command_text, "");
  EXPECT_EQ(parse(mail("Content-Type: text/plain; charset=x-nobody-knows\r\n\r\n#status won")).command_text, "");
  EXPECT_EQ(parse(mail("Content-Type: multipart/mixed; boundary=never\r\n\r\n#status won")).command_text, "");
  EXPECT_EQ(parse(mail("Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\n#status won")).command_text, "");
}

TEST(Parse, NothingIsSomething) {
  for (const std::string_view raw :
       {"", "\r\n", "\n", "\0", "x", "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n"}) {
    EXPECT_TRUE(is_valid_utf8(parse(raw).text));
  }
}

}  // namespace
}  // namespace leadmail::mail::message
