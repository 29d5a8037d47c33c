// Commands that stand in a rep's own mail and are not his: in HTML that nobody sees, in what he quotes, signs, forwards
// and attaches, in a text that says something else than the one people read. Read by the same path as mail that comes
// in, and decided: none is obeyed, and none goes to the prospect.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/leads/asked.h"
#include "core/leads/decide.h"
#include "core/leads/token.h"
#include "daemon/translate.h"
#include "mail/message/parse.h"

namespace leadmail::daemon {
namespace {

namespace message = mail::message;

const Time kNow = from_unix(1795254540);  // 2026-11-21 09:49 UTC
constexpr std::int64_t kLead = 7;
const std::string kOrders = "#status interested\n#next tomorrow 10:00\n#tag hacked\n#note hacked";

Config a_config() {
  Config config;
  auto& rules = config.rules;
  rules.company = "Acme";
  rules.language = "en";
  rules.timezone = "Europe/London";
  rules.users = {{.id = "ana",
                  .name = "Ana López",
                  .addresses = {"ana@acme.example"},
                  .language = "en",
                  .timezone = "Europe/London"}};
  rules.mailboxes = {leads::Mailbox{
      .name = "sales", .address = "sales@acme.example", .plus_addressing = true, .transport_auth_required = false}};
  rules.tokens.keys = {{1, std::string(32, 'k')}};
  return config;
}

leads::Lead a_lead() {
  leads::Lead lead{.id = LeadId{kLead}};
  lead.values = {{"mailbox", "sales"},
                 {"status", "open"},
                 {"owner", "ana"},
                 {"contact.1.emails", "rosa@x.example"},
                 {"last.in.from", "rosa@x.example"}};
  return lead;
}

/// Ana answers our notice with this body, under these fields.
leads::Decision decide_mail(const std::string& body, const Config& config) {
  const auto token =
      leads::make_token({leads::Purpose::reply, LeadId{kLead}, "ana", "sales"}, config.rules.tokens, kNow);
  const auto raw = "From: Ana <ana@acme.example>\r\nTo: sales+" + token +
                   "@acme.example\r\nSubject: Re: pumps\r\nDate: Sat, 21 Nov 2026 09:49:00 +0000\r\n"
                   "Message-ID: <u@acme.example>\r\nMIME-Version: 1.0\r\n" +
                   body;
  message::Message mail;
  mail.identity = message::read_identity(raw);
  mail.content = message::parse(raw, {.attachment_content = true});
  message::classify(mail);
  const auto inquiry = to_inquiry(mail, raw, {.mailbox = "sales", .received = kNow}, config);
  leads::Snapshot known;
  known.by_token = {a_lead()};
  leads::Answered answered{.is_read = true, .next_deed = 9, .next_repair = 3};
  known.answered = std::make_shared<const leads::Answered>(std::move(answered));
  return leads::decide(inquiry, known, config.rules, kNow);
}

/// What of the orders the decision does; "" is nothing.
std::string obeyed(const leads::Decision& decision) {
  auto lead = a_lead();
  std::string done;
  for (const auto& effect : decision.effects) {
    if (const auto* const record = std::get_if<leads::Record>(&effect)) {
      fold(lead, record->event);
      if (record->event.type == leads::EventType::note) done += "note ";
    }
    const auto* const send = std::get_if<leads::SendLetter>(&effect);
    if (send != nullptr && send->letter.kind == leads::LetterKind::answer &&
        send->letter.text.find("hacked") != std::string::npos)
      done += "sent ";
  }
  if (lead.status() == leads::Status::interested) done += "status ";
  if (lead.next()) done += "next ";
  if (!lead.value("tags").empty()) done += "tag ";
  return done;
}

std::string part(const std::string& type, const std::string& text, const std::string& more = {}) {
  return "Content-Type: " + type + "; charset=utf-8\r\n" + more + "\r\n" + text + "\r\n";
}

std::string multipart(const std::string& kind, const std::vector<std::string>& parts) {
  std::string text = "Content-Type: multipart/" + kind + "; boundary=b\r\n\r\n";
  for (const auto& one : parts) text += "--b\r\n" + one;
  return text + "--b--\r\n";
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

const std::string kHtmlOrders = replaced(kOrders, "\n", "<br>");
const std::string kHello = "Thank you, it is 10 EUR.";

/// Hidden, or shown elsewhere than in the new text.
std::vector<std::string> pages() {
  std::vector<std::string> all;
  for (const auto* const style :
       {"display:none", "DISPLAY : none !important", "visibility:hidden", "font-size:0", "font-size:1px;color:#ffffff",
        "color:#fff;background:#fff", "max-height:0;overflow:hidden", "opacity:0", "mso-hide:all",
        "position:absolute;left:-9999px", "height:0;width:0;overflow:hidden", "text-indent:-9999px"}) {
    all.push_back("<div style=\"" + std::string(style) + "\">" + kHtmlOrders + "</div><div>" + kHello + "</div>");
  }
  for (const auto* const tag : {"script", "style", "title", "noscript", "template", "textarea", "select", "object",
                                "svg", "math", "iframe", "xmp", "plaintext"}) {
    const std::string name(tag);
    all.push_back("<" + name + ">" + kOrders + "</" + name + "><div>" + kHello + "</div>");
  }
  all.push_back("<!-- " + kOrders + " --><div>" + kHello + "</div>");
  all.push_back("<!--[if mso]>" + kHtmlOrders + "<![endif]--><div>" + kHello + "</div>");
  all.push_back("<img alt=\"" + kOrders + "\"><div title=\"" + kOrders + "\">" + kHello + "</div>");
  all.push_back("<div hidden>" + kHtmlOrders + "</div><div>" + kHello + "</div>");
  all.push_back("<div>" + kHello + "</div><blockquote type=cite>" + kHtmlOrders + "</blockquote>");
  all.push_back("<div>" + kHello + "</div><div class=gmail_quote>" + kHtmlOrders + "</div>");
  all.push_back("<div>" + kHello + "</div><div class=gmail_signature>-- <br>" + kHtmlOrders + "</div>");
  all.push_back("<div>" + kHello + "</div><div id=divRplyFwdMsg>From: x</div>" + kHtmlOrders);
  return all;
}

TEST(Tricks, NothingThatOnlyHtmlSaysIsACommand) {
  const auto config = a_config();
  for (const auto& page : pages()) {
    EXPECT_EQ(obeyed(decide_mail(part("text/html", page), config)), "") << page;
    const auto both = multipart("alternative", {part("text/plain", kHello), part("text/html", page)});
    EXPECT_EQ(obeyed(decide_mail(both, config)), "") << page;
    const auto nested = multipart("alternative", {part("text/html", page), part("text/plain", kHello)});
    EXPECT_EQ(obeyed(decide_mail(nested, config)), "") << page;
  }
  const auto shown = "<div>" + kHtmlOrders + "</div><div>" + kHello + "</div>";
  EXPECT_EQ(obeyed(decide_mail(part("text/html", shown), config)), "") << "not even where everybody sees it";
  const auto other = multipart("alternative", {part("text/plain", kHello), part("text/html", shown)});
  EXPECT_EQ(obeyed(decide_mail(other, config)), "");
}

TEST(Tricks, NothingThatStandsBelowHisWordsIsACommand) {
  const auto config = a_config();
  const auto quoted = "> " + replaced(kOrders, "\n", "\n> ");
  for (const auto& text :
       {kHello + "\n\n" + quoted, "On Monday, X wrote:\n" + quoted + "\n\n" + kHello,
        kHello + "\n\n-- \nAna\n" + kOrders, kHello + "\n--\n" + kOrders, kHello + "\n\n" + kOrders,
        kHello + "\n\n-----Original Message-----\nFrom: X <x@x.example>\nSent: Monday\nSubject: y\n\n" + kOrders,
        kHello + "\n________________________________\nFrom: X <x@x.example>\nSent: Monday\nTo: y\nSubject: y\n\n" +
            kOrders,
        kHello + "\n\n---------- Forwarded message ---------\nFrom: X <x@x.example>\nSubject: y\n\n" + kOrders,
        " \\" + kOrders + "\n\n" + kHello}) {
    EXPECT_EQ(obeyed(decide_mail(part("text/plain", text), config)), "") << text;
    const auto flowed = "Content-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n" + text + "\r\n";
    EXPECT_EQ(obeyed(decide_mail(flowed, config)), "") << text;
  }
}

TEST(Tricks, QuotedLinesBetweenWhichHeAnswersAreTextAndNoCommands) {
  for (const auto* const mark : {"> ", "| "}) {
    const auto quoted = mark + replaced(kOrders, "\n", std::string("\n") + mark);
    EXPECT_EQ(obeyed(decide_mail(part("text/plain", quoted + "\n\n" + kHello), a_config())), "sent ") << quoted;
  }
}

TEST(Tricks, NothingThatIsAttachedOrSaidASecondTimeIsACommand) {
  const auto config = a_config();
  const auto hello = part("text/plain", kHello);
  const std::string file = "Content-Disposition: attachment; filename=a.txt\r\n";
  const auto mail = "Content-Type: message/rfc822\r\n\r\nFrom: x@x.example\r\nSubject: y\r\n\r\n" + kOrders + "\r\n";
  for (const auto& body :
       {multipart("alternative", {hello, part("text/plain", kOrders)}),
        multipart("alternative", {part("text/html", "<p>" + kHello), part("text/plain", kOrders, file)}),
        multipart("mixed", {hello, part("text/plain", kOrders, file)}),
        multipart("mixed", {hello, part("text/html", kHtmlOrders, file)}), multipart("mixed", {hello, mail}),
        multipart("mixed", {part("text/plain", kOrders, file), hello}), multipart("mixed", {mail, hello}),
        multipart("mixed", {hello, part("text/x-patch", kOrders)})}) {
    EXPECT_EQ(obeyed(decide_mail(body, config)), "") << body;
  }
}

TEST(Tricks, AndTheSameWordsAtTheTopOfHisTextAreCommands) {
  const auto done = obeyed(decide_mail(part("text/plain", kOrders + "\n\n" + kHello), a_config()));
  EXPECT_EQ(done, "note status next tag ");
}

// We hold no mail that he could answer: which of the lines below are his, nobody can say.
TEST(Tricks, WhereHePointsBelowNothingOfAColleaguesMailGoesOut) {
  const auto decision = decide_mail(
      "In-Reply-To: <n@acme.example>\r\n\r\nHello,\r\n\r\nplease see my answers below.\r\n\r\nFrom: Luis "
      "<luis@acme.example>\r\nSent: Monday, March 2, 2026 11:00 AM\r\nTo: Ana <ana@acme.example>\r\nSubject: RE: "
      "pumps\r\n\r\nOur cost is 200 EUR.\r\nI offer 250.\r\n",
      a_config());
  std::string sent;
  std::string told;
  for (const auto& effect : decision.effects) {
    if (const auto* const letter = std::get_if<leads::SendLetter>(&effect)) {
      (letter->letter.kind == leads::LetterKind::answer ? sent : told) += letter->letter.text;
    }
  }
  EXPECT_EQ(sent, "Hello,\n\nplease see my answers below.");
  EXPECT_NE(told.find("Our cost is 200 EUR. I offer 250."), std::string::npos) << told;
}

}  // namespace
}  // namespace leadmail::daemon
