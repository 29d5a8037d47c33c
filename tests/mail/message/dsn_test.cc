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

TEST(Bounce, XFailedRecipientsTellsWhichAddressOfTheProseFailed) {
  EXPECT_EQ(
      prose("Mail delivery failed",
            "A message sent by\n\n  <vendor+123@acme.example>\n\ncould not be delivered to one or more of its "
            "recipients. The following\naddress(es) failed:\n\n  b.ray@provider.example\n    (ultimately generated "
            "from bob@customer.example)\n    all hosts have been failing\n",
            "X-Failed-Recipients: B.Ray@provider.example\r\n"),
      "b.ray@provider.example failed ; ");
  const std::vector<ReportPart> parts{
      {"text/plain",
       "The following address(es) failed:\n\n  b.ray@provider.example\n    (generated from "
       "bob@customer.example)\n    quota exceeded\n"}};
  const auto bounce = read_bounce(from_daemon("Mail delivery failed"), {.report_type = "", .parts = parts});
  ASSERT_EQ(bounce->recipients.size(), 1U);
  EXPECT_EQ(bounce->recipients[0].written_to, "bob@customer.example");
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

// A mail with a text and nothing else, from a sender who may be anybody.
std::string plain_mail(const std::string& from, const std::string& subject, const std::string& text,
                       const std::string& more = "") {
  const auto identity =
      read_identity("From: " + from + "\r\nTo: sales@acme.example\r\nSubject: " + subject + "\r\n" + more + "\r\n");
  const std::vector<ReportPart> parts{{"text/plain", text}};
  return describe(read_bounce(identity, {.report_type = "", .parts = parts}));
}

TEST(Bounce, GatewaysThatDoNotCallThemselvesADaemonAreKnownByTheFormOfTheirNotices) {
  EXPECT_EQ(plain_mail("imss@gate.example", "Mail could not be delivered",
                       "****** Message from the gateway ******\n\nSent <<< RCPT TO:<bob@customer.example>\n\nUnable to "
                       "deliver message to <bob@customer.example> (and other recipients in the same domain).\n"),
            "bob@customer.example failed ; ");
  EXPECT_EQ(plain_mail("AntiVirus_for_SMTP@gate.example", "Delivery failure notification",
                       "Your message with Subject: Pumps\ncould not be delivered to the following "
                       "recipients:\n\nbob@customer.example\n\nPlease do not resend your original message.\n\nDelivery "
                       "attempts will continue to be made for 5 day(s).\n"),
            "bob@customer.example delayed ; ");
  EXPECT_EQ(
      plain_mail("relay@bank.example", "RE: Pumps : non remis (delivery failed)",
                 "****\nVotre message n'a pas pu etre delivre a\nbob@customer.example\n\n****\nYour message could "
                 "not be delivered to\nbob@customer.example\n"),
      "bob@customer.example failed ; ");
  EXPECT_EQ(plain_mail("Mail_Service@gate.example", "Returned Mail - Error During Delivery",
                       "------ Failed Recipients ------\n\n<bob@customer.example>: Requested action not taken: mailbox "
                       "unavailable. [SMTP Error Code 550]\n-------- Returned Mail --------\n\nFrom: "
                       "sales@acme.example\nTo: bob@customer.example\nMessage-ID: <ours.8@acme.example>\n"),
            "bob@customer.example failed ; ours.8@acme.example");
  EXPECT_EQ(plain_mail("\"Postmaster\" <postmaster@gate.example>", "Undeliverable Mail",
                       "Delivery failed 20 attempts: bob@customer.example\n\nOriginal message follows.\n\nhello\n"),
            "bob@customer.example failed ; ");
}

TEST(Bounce, ADaemonIsUnderstoodInALanguageThatNobodyExpected) {
  const std::vector<ReportPart> parts{
      {"text/plain", "Xin loi, thu khong den.\n\n<bob@customer.example>:\nHop thu day.\n"},
      {"message/rfc822",
       "From: sales@acme.example\nTo: bob@customer.example\nMessage-ID: <ours.9@acme.example>\n\nhi\n"}};
  EXPECT_EQ(describe(read_bounce(from_daemon(""), {.report_type = "", .parts = parts})),
            "bob@customer.example failed ; ours.9@acme.example");
}

TEST(Bounce, HabitsOfMailSystemsInManyLanguages) {
  struct Habit {
    std::string from, subject, text, expected;
  };
  const std::string null_path = "Return-Path: <>\r\n";
  const std::string dead = "bob@customer.example failed 5.1.1; ";
  const std::vector<Habit> habits{
      {"MailMarshal <postmaster@gate.example>", "Undeliverable Mail: \"Quote\"",
       "Your message:\n   From:    sales@acme.example\n   Subject: Quote\n\nCould not be delivered because of\n\n550 "
       "5.1.1 "
       "User unknown\n\nThe following recipients were affected:\n   bob@customer.example\n\nOriginal Sender: "
       "<sales@acme.example>\n",
       dead},
      {"postmaster@mta2.example", "There were errors sending your mail",
       "We had trouble delivering your message.\n\n1 error(s):\n\nSMTP Server <mta2.example> rejected recipient "
       "<bob@customer.example>\n  (Error following RCPT command). It responded as follows: [550 5.1.1 User unknown]\n",
       dead},
      {"post@kundenserver.example", "Zustellungsfehler: Benutzer nicht im Verzeichnis",
       "Ihre Nachricht\n\n  Betreff: Angebot\n\nwurde nicht zugestellt an:\n\n  bob@customer.example\n\nweil:\n\n  "
       "Benutzer nicht im Verzeichnis (5.1.1)\n",
       dead},
      {"postmaster@laposte.example", "Échec de la remise",
       "Votre message n'a pas pu être remis au destinataire suivant :\n\nbob@customer.example\n\nMotif : 550 5.1.1 "
       "Adresse "
       "inconnue\n",
       dead},
      {"postmaster@terra.example", "Mensaje no entregado",
       "Su mensaje no ha podido ser entregado a los siguientes destinatarios:\n\nbob@customer.example\n\n550 5.1.1 "
       "usuario "
       "desconocido\n",
       dead},
      {"MAILER-DAEMON@uol.example", "Não foi possível entregar sua mensagem",
       "Não foi possível entregar sua mensagem para:\n\n<bob@customer.example>\n\nMotivo: 550 5.1.1 inexistente\n",
       dead},
      {"postmaster@pec.example", "Avviso di mancata consegna: Preventivo",
       "Il messaggio indirizzato a \"bob@customer.example\"\nnon è stato consegnato per il seguente motivo:\n\n550 "
       "5.1.1 "
       "utente sconosciuto\n",
       dead},
      {"MAILER-DAEMON@wp.example", "Wiadomość niedostarczona",
       "Wiadomość nie mogła zostać dostarczona do:\n\n<bob@customer.example>: 550 5.1.1 brak konta\n", dead},
      {"postmaster@nl.example", "Onbestelbaar: Offerte",
       "Uw bericht kon niet worden bezorgd bij:\n\nbob@customer.example\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n",
       dead},
      {"mailer-daemon@mail.example", "Недоставленное сообщение",
       "К сожалению, Ваше письмо не может\nбыть доставлено:\n\n<bob@customer.example>: 550 5.1.1 нет такого\n", dead},
      {"PostMaster@qq.example", "这是一封退信",
       "很抱歉，您的邮件被退回，具体信息如下：\n\n收件人： bob@customer.example\n退信原因： 550 5.1.1 收件人不存在。\n",
       dead},
      {"MAILER-DAEMON@naver.example", "[발송실패 안내]",
       "메일 발송에 실패하였습니다.\n\n받는사람 : bob@customer.example\n실패이유 : 550 5.1.1\n", dead},
      {"postmaster@jp.example", "配信不能: 見積",
       "メッセージは次の宛先に配信できませんでした:\n\n  bob@customer.example\n\n理由: 5.1.1\n", dead},
      {"MAILER-DAEMON@vn.example", "Thư không gửi được",
       "Thư của bạn không gửi được đến địa chỉ sau:\n\n<bob@customer.example>\n\nLý do: 550 5.1.1\n", dead},
      {"postmaster@customer.example", "Delivery delayed: Quote",
       "Delivery is delayed to these recipients or groups:\n\nbob@customer.example\n\nSubject: Quote\n\nThis message "
       "hasn't been delivered yet. Delivery will continue to be attempted.\n",
       "bob@customer.example delayed ; "},
  };
  for (const auto& habit : habits)
    EXPECT_EQ(plain_mail(habit.from, habit.subject, habit.text, null_path), habit.expected) << habit.subject;
}

TEST(Bounce, WhatANoticeShowsOnlyInHtmlIsRead) {
  const std::vector<ReportPart> parts{
      {"text/html",
       "<html><head><style>p{font:x@y.example}</style></head><body><p>Your message could not be delivered "
       "to</p><p><b>bob@customer.example</b></p><p>550 5.1.1 user unknown</p></body></html>"}};
  EXPECT_EQ(describe(read_bounce(from_daemon("Undelivered: Quote"), {.report_type = "", .parts = parts})),
            "bob@customer.example failed 5.1.1; ");
}

TEST(Bounce, ASendingServicesJsonIsRead) {
  const std::string json =
      R"({"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":)"
      R"("bob@customer.example","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 unknown"}]},"mail":{"commonHeaders":)"
      R"({"messageId":"<ours.11@acme.example>"}}})";
  EXPECT_EQ(plain_mail("no-reply@sns.example", "AWS Notification Message", json + "\n\n--\nTo stop, click here\n"),
            "bob@customer.example failed 5.1.1; ours.11@acme.example");
  EXPECT_EQ(plain_mail("no-reply@sns.example", "x", "{\"notificationType\":\"Bounce\",\"bounce\":[[[{\"Bounce\""),
            "none");
  EXPECT_EQ(plain_mail("no-reply@sns.example", "x", std::string(100'000, '[') + "\"Bounce\""), "none");
}

TEST(Bounce, AMailboxThatRefusesWithAReceiptDidNotTakeTheMail) {
  const std::string fields =
      "Reporting-UA: mail; Dovecot\nFinal-Recipient: rfc822; bob@customer.example\nOriginal-Message-ID: "
      "<ours.12@acme.example>\nDisposition: automatic-action/MDN-sent-automatically; deleted\n";
  const auto read = [&](const std::string& text) {
    const std::vector<ReportPart> parts{
        {"text/plain", text},
        {"message/disposition-notification", fields},
        {"message/rfc822", "Message-ID: <ours.12@acme.example>\nTo: bob@customer.example\n\n"}};
    return describe(read_bounce(from_daemon("Automatically rejected mail"),
                                {.report_type = "disposition-notification", .parts = parts}));
  };
  EXPECT_EQ(read("Your message to <bob@customer.example> was automatically rejected:\nQuota exceeded\n"),
            "bob@customer.example failed ; ours.12@acme.example");
  EXPECT_EQ(read("Your message was deleted without being read.\n"), "none");
}

TEST(Bounce, WhoFailedIsNotWhoIsOnlyMentioned) {
  // A directory's suggestion, the address of a helper, an example in the explanation.
  EXPECT_EQ(
      prose("Returned mail: user unknown",
            "The address to which your message was addressed, bob.ray@customer.example, did not exactly match.\n"
            "You may look for:\n\n  R. Bob    +1 555 0100   user4@customer.example\n\nOriginal message as received "
            "is as follows:\n====\n>Received: from a by b for <bob.ray@customer.example>; today\n"),
      "bob.ray@customer.example failed ; ");
  EXPECT_EQ(
      prose("Returned mail - nameserver error",
            "--- Message not delivered to the following:\n\n bob    No matches to nameserver query\n\nIf an address "
            "such as, if\nmike.fox@customer.example fails, try michael.fox@customer.example instead.\n"),
      "");
  EXPECT_EQ(prose("Undeliverable: Pumps",
                  "Your message\n\n  To:      list@customer.example\n  Subject: Pumps\n\ndid not reach the following "
                  "recipient(s):\n\nc=US;a= ;p=Acme;dda:SMTP=bob@customer.example; on Fri, 4 Oct 2002\n    The "
                  "recipient name is not recognized\n"),
            "bob@customer.example failed ; ");
}

TEST(Bounce, TheListBelowAWordLikeTheEndOfTheNoticeIsStillRead) {
  EXPECT_EQ(
      prose("Permanent Delivery Failure",
            "The attached message had PERMANENT fatal delivery errors!\n\nThe following addresses did NOT receive "
            "a copy of your message:\n\n> bob@customer.example\n\n--- Session Transcript ---\n RCPT "
            "To:<bob@customer.example>\n 552 5.2.2 over quota\n"),
      "bob@customer.example failed 5.2.2; ");
}

TEST(Bounce, TheAliasThatWeWroteToIsKept) {
  const std::vector<ReportPart> parts{
      {"message/delivery-status",
       "Reporting-MTA: dns; a\n\nOriginal-Recipient: rfc822;bob@customer.example\nFinal-Recipient: "
       "rfc822;b.ray@provider.example\nAction: failed\nStatus: 5.1.1\n"},
      {"message/rfc822", "To: Bob <bob@customer.example>\nMessage-ID: <ours.10@acme.example>\n\nhello\n"}};
  const auto bounce = read_bounce(from_daemon("x"), {.report_type = "delivery-status", .parts = parts});
  ASSERT_EQ(bounce->recipients.size(), 1U);
  EXPECT_EQ(bounce->recipients[0].address, "b.ray@provider.example");
  EXPECT_EQ(bounce->recipients[0].written_to, "bob@customer.example");
}

TEST(Bounce, AReportThatAPersonPassesOnIsThatPersonsMail) {
  const std::string fields = "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; bob@customer.example\nAction: failed\n";
  const auto person = read_identity(
      "From: Ann <ann@customer.example>\r\nTo: sales@acme.example\r\nSubject: Fwd: Undelivered Mail "
      "Returned to Sender\r\n\r\n");
  const std::vector<ReportPart> attached{{"text/plain", "Do you know why?"},
                                         {"message/rfc822", "Subject: Undelivered Mail\n\n"},
                                         {"text/plain", "could not be delivered to bob@customer.example", true},
                                         {"message/delivery-status", fields, true}};
  EXPECT_EQ(describe(read_bounce(person, {.report_type = "", .parts = attached})), "none");
  const std::vector<ReportPart> inlined{{"text/plain", "Do you know why?"}, {"message/delivery-status", fields}};
  EXPECT_EQ(describe(read_bounce(person, {.report_type = "", .parts = inlined})), "none");
  // A gateway's mail is no person's.
  EXPECT_EQ(describe(read_bounce(from_daemon("Undelivered"), {.report_type = "", .parts = attached})),
            "bob@customer.example failed ; ");
}

// Nobody's inquiry may be lost for its subject, its sender's office or what it quotes.
TEST(Bounce, GenuineMailsAboutDeliveryAreNone) {
  const std::string report =
      "This is the mail system at host mx.example.\n\nI'm sorry to have to inform you that your message could not\nbe "
      "delivered to one or more recipients.\n\n<bob@customer.example>: host mx[192.0.2.1] said: 550 5.1.1 User "
      "unknown\n";
  const auto quoted = [&](std::string text) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos && at + 1 < text.size(); at += 3)
      text.insert(at + 1, "> ");
    return "> " + text;
  };
  const std::string person = "Ann Ray <ann@customer.example>";
  EXPECT_EQ(plain_mail(person, "Re: Undelivered Mail Returned to Sender",
                       "Bob has left, write to carl@customer.example.\n\nAnn\n\nOn Mon, 1 Jun 2026 MAILER-DAEMON "
                       "wrote:\n" +
                           quoted(report)),
            "none");
  EXPECT_EQ(
      plain_mail(person, "Undelivered Mail Returned to Sender", "Hello,\n\nthis came back, what now?\n\n" + report),
      "none");
  EXPECT_EQ(plain_mail(person, "Fwd: Undelivered Mail Returned to Sender",
                       "FYI\n\n---------- Forwarded message ---------\nFrom: MAILER-DAEMON@mx.example\n\n" + report),
            "none");
  EXPECT_EQ(plain_mail(person, "Delivery failure of your product",
                       "Pump 7 could not be delivered to our plant; the carrier said nobody was there. Call "
                       "ann@customer.example or bob@customer.example."),
            "none");
  EXPECT_EQ(
      plain_mail("Ann Ray <postmaster@customer.example>", "Mail delivery problems",
                 "Hello,\n\nmail from acme.example was rejected by our filter (550 5.7.1) when it went to\n"
                 "bob@customer.example\n\nPlease fix your SPF record. We also need 40 pumps.\n\nBest regards,\nAnn"),
      "none");
  EXPECT_EQ(plain_mail("Parcel Service <info@parcel.example>", "Zustellung fehlgeschlagen: Ihr Paket",
                       "Ihr Paket konnte nicht zugestellt werden.\n\nFragen an service@parcel.example\n",
                       "Auto-Submitted: auto-generated\r\nReturn-Path: <>\r\n"),
            "none");
  EXPECT_EQ(plain_mail("Newsletter <news@delivery.example>", "Delivery failed? 7 tips",
                       "Was your newsletter not delivered? Our experts know why mails are undeliverable.\n\n"
                       "sales@delivery.example\n",
                       "List-Unsubscribe: <https://delivery.example/u>\r\n"),
            "none");
  EXPECT_EQ(plain_mail("Bob Ray <bob@customer.example>", "Automatic reply: Pumps",
                       "Bob Ray no longer works here and this mailbox is not read: your message was not delivered to a "
                       "person. Please write to\ncarl@customer.example\n",
                       "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\n"),
            "none");
  EXPECT_EQ(plain_mail("Spam Guard <noreply@guard.example>", "Re: Pumps (action required)",
                       "Your message was not delivered yet. Please click the link to be added to the list of\n"
                       "bob@customer.example\n"),
            "none");
}

TEST(Bounce, AComplaintNamesTheMailThatItIsAboutAndNobodyElse) {
  for (const std::string type : {"message/rfc822", "text/rfc822-headers"}) {
    const std::vector<ReportPart> parts{{"text/plain", "An abuse report for gone@customer.example"},
                                        {"message/feedback-report", "Feedback-Type: abuse\nVersion: 1\n"},
                                        {type, "From: sales@acme.example\nMessage-ID: <ours@acme.example>\n\nx\n"}};
    EXPECT_EQ(describe(read_bounce(from_daemon("x"), {.report_type = "feedback-report", .parts = parts})),
              "ours@acme.example");
  }
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
