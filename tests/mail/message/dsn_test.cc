#include "mail/message/dsn.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

Identity from_daemon(const std::string& subject, const std::string& more = "") {
  return read_identity(
      "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example>\r\nTo: "
      "sales@acme.example\r\nSubject: " +
      subject + "\r\n" + more + "\r\n");
}

std::string describe(const std::optional<Bounce>& bounce) {
  if (!bounce) return "none";
  std::string text;
  for (const auto& r : bounce->recipients) text += r.address + ' ' + r.action + ' ' + r.status + "; ";
  return text + bounce->original_message_id;
}

std::string prose(const std::string& subject, const std::string& text, const std::string& more = "") {
  const std::vector<ReportPart> parts{{"text/plain", text}};
  return describe(read_bounce(from_daemon(subject, more), {.report_type = "", .parts = parts}));
}

TEST(Bounce, TheFieldsOfAReportAreReadAndTheOriginalIsNamed) {
  const std::vector<ReportPart> parts{
      {"text/plain", "Sorry, your mail came back."},
      {"message/delivery-status",
       "Reporting-MTA: dns; mx.example\nArrival-Date: x\n\nFinal-Recipient: rfc822; bob@customer.example\nAction: "
       "failed\nStatus: 5.1.1\n"
       "Diagnostic-Code: smtp; 550 5.1.1 no such\n user here\n\nOriginal-Recipient: "
       "rfc822;ann@customer.example\nAction: Delayed\nStatus: 4.2.2 (mailbox full)\n"},
      {"text/rfc822-headers",
       "From: sales@acme.example\nMessage-ID: <ours.1@acme.example>\nTo: bob@customer.example\n"}};
  const auto bounce = read_bounce(from_daemon("Undelivered Mail"), {.report_type = "delivery-status", .parts = parts});
  EXPECT_EQ(describe(bounce),
            "bob@customer.example failed 5.1.1; ann@customer.example delayed 4.2.2; ours.1@acme.example");
  EXPECT_EQ(bounce->recipients[0].diagnostic, "550 5.1.1 no such user here");
}

TEST(Bounce, AStatusThatOnlyRepeatsItsClassGivesWayToTheDiagnostic) {
  const std::vector<ReportPart> parts{{"message/delivery-status",
                                       "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; b@c.example\nAction: "
                                       "failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 552 5.2.2 over quota\n"}};
  EXPECT_EQ(describe(read_bounce(from_daemon("x"), {.report_type = "delivery-status", .parts = parts})),
            "b@c.example failed 5.2.2; ");
}

TEST(Bounce, ProseOfTheUsualMailSystems) {
  EXPECT_EQ(prose("failure notice",
                  "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message "
                  "to the following addresses.\n\n"
                  "<bob@customer.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 "
                  "<bob@customer.example>: User unknown\nGiving up on 192.0.2.1.\n\n"
                  "--- Below this line is a copy of the message.\n\nReturn-Path: <sales@acme.example>\nMessage-ID: "
                  "<ours.2@acme.example>\n"),
            "bob@customer.example failed 5.1.1; ours.2@acme.example");
  EXPECT_EQ(prose("Mail delivery failed: returning message to sender",
                  "This message was created automatically by mail delivery software.\n\nA message that you sent could "
                  "not be delivered to one or more of its\nrecipients. "
                  "The following address(es) failed:\n\n  bob@customer.example\n    SMTP error from remote mail server "
                  "after RCPT TO:<bob@customer.example>:\n    host mx [192.0.2.20]: 554 5.7.1 Relay denied\n\n"
                  "------ This is a copy of the message, including all the headers. ------\n\nMessage-Id: "
                  "<ours.3@acme.example>\nFrom: sales@acme.example\nTo: bob@customer.example\n"),
            "bob@customer.example failed 5.7.1; ours.3@acme.example");
  EXPECT_EQ(prose("Undeliverable: Quote",
                  "Your message\n\n  To:      bob@customer.example\n  Subject: Quote\n\ndid not reach the following "
                  "recipient(s):\n\nbob@customer.example on Thu, 29 Apr 2026 16:51:51 -0500\n    The recipient name is "
                  "not recognized\n"),
            "bob@customer.example failed ; ");
  EXPECT_EQ(
      prose("Returned mail: User unknown",
            "   ----- Transcript of session follows -----\nWhile talking to customer.example:\n>>> RCPT "
            "To:<bob@customer.example>\n<<< 550 5.1.1 No such user\n550 <bob@customer.example>... User unknown\n\n"
            "   ----- Unsent message follows -----\nReceived: by acme.example\nFrom: sales@acme.example\nMessage-Id: "
            "<ours.4@acme.example>\n"),
      "bob@customer.example failed 5.1.1; ours.4@acme.example");
  EXPECT_EQ(prose("Undeliverable message",
                  "------- Failure Reasons  --------\n\nUser not listed in public Name & Address "
                  "Book\nbob@customer.example\n\n------- Returned Message --------\nReceived: from a\nMessage-ID: "
                  "<ours.5@acme.example>\n"),
            "bob@customer.example failed ; ours.5@acme.example");
  EXPECT_EQ(prose("Delivery Status Notification (Delay)",
                  "Delivery to the following recipient has been delayed:\n\n     bob@customer.example\n\nMessage will "
                  "be retried for 2 more day(s)\n"),
            "bob@customer.example delayed ; ");
  EXPECT_EQ(prose("Mail failure - malformed recipient address",
                  "A message that you sent contained one or more recipient addresses that were\nincorrectly "
                  "constructed:\n\n  ann@acme.example <bob@customer.example>: malformed address\n"),
            "bob@customer.example failed ; ");
}

TEST(Bounce, XFailedRecipientsNamesWhomTheProseDoesNot) {
  EXPECT_EQ(prose("Delivery Status Notification (Failure)", "The group you tried to contact may not exist.",
                  "X-Failed-Recipients: group@lists.example\r\nIn-Reply-To: <ours.6@acme.example>\r\n"),
            "group@lists.example failed ; ours.6@acme.example");
}

TEST(Bounce, AMailThatTheOwnerSentToHimselfStillNamesHim) {
  EXPECT_EQ(prose("failure notice",
                  "I wasn't able to deliver your message.\n\n<sales@acme.example>:\nquota exceeded 552 5.2.2\n"),
            "sales@acme.example failed 5.2.2; ");
}

TEST(Bounce, WhatPeopleWriteIsNone) {
  const auto person = read_identity(
      "From: Bob <bob@customer.example>\r\nTo: sales@acme.example\r\nSubject: Undelivered Mail Returned to "
      "Sender\r\n\r\n");
  const std::vector<ReportPart> parts{
      {"text/plain", "My mail to ann@customer.example could not be delivered (550 5.1.1). What now?"}};
  EXPECT_EQ(describe(read_bounce(person, {.report_type = "", .parts = parts})), "none");
}

TEST(Bounce, OtherReportsAreNone) {
  const std::vector<ReportPart> parts{{"message/feedback-report", "Feedback-Type: abuse\n"}};
  EXPECT_EQ(describe(read_bounce(from_daemon("x"), {.report_type = "feedback-report", .parts = parts})), "none");
  EXPECT_EQ(describe(read_bounce(from_daemon("x"), {.report_type = "disposition-notification", .parts = parts})),
            "none");
}

TEST(Bounce, AddressesThatAreNoneAreNotInvented) {
  const std::vector<ReportPart> parts{
      {"message/delivery-status",
       "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; /var/spool/x\nAction: failed\nStatus: 5.2.1\n"},
      {"message/rfc822", "To: Bob <bob@customer.example>\nMessage-ID: <ours.7@acme.example>\n\nhello\n"}};
  EXPECT_EQ(describe(read_bounce(from_daemon("x"), {.report_type = "delivery-status", .parts = parts})),
            "bob@customer.example failed 5.2.1; ours.7@acme.example");
}

TEST(Bounce, NumbersThatAreNoStatusAreNotTaken) {
  EXPECT_EQ(
      prose("failure notice",
            "Could not be delivered.\n\n<bob@customer.example>:\nhost 5.9.1.2 version 5.1.1.7, 2026.5.1.4 refused\n"),
      "bob@customer.example failed ; ");
}

TEST(Bounce, ThousandsOfRecipientsAreCutAtAHundred) {
  std::string fields = "Reporting-MTA: dns; a\n";
  for (int i = 0; i < 5000; ++i)
    fields += "\nFinal-Recipient: rfc822; u" + std::to_string(i) + "@c.example\nAction: failed\nStatus: 5.1.1\n";
  const std::vector<ReportPart> parts{{"message/delivery-status", fields}};
  EXPECT_EQ(read_bounce(from_daemon("x"), {.report_type = "delivery-status", .parts = parts})->recipients.size(), 100U);
}

}  // namespace
}  // namespace leadmail::mail::message
