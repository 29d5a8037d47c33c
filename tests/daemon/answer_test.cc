// What a prospect gets of a rep's mail, whatever the rep's program makes of our notice.
#include "daemon/answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "core/leads/decide.h"
#include "core/leads/token.h"
#include "daemon/letters.h"
#include "daemon/translate.h"
#include "mail/message/parse.h"

namespace leadmail::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace message = mail::message;

const Time kNow = from_unix(1796292000);  // 2026-12-03 10:00 UTC

Settings company(const std::string& language) {
  Settings settings;
  auto& rules = settings.config.rules;
  rules.company = "Acme";
  rules.language = language;
  for (const std::string id : {"ana", "luis"}) {
    leads::User user;
    user.id = id;
    user.name = id == "ana" ? "Ana López" : "Luis Ortega";
    user.addresses = {id + "@acme.example"};
    user.language = language;
    rules.users.push_back(user);
  }
  leads::Mailbox sales;
  sales.name = "sales";
  sales.address = "sales@acme.example";
  rules.mailboxes.push_back(sales);
  rules.tokens.keys.push_back({1, std::string(32, 'k')});
  MailboxConfig wires;
  wires.name = "sales";
  wires.trusted_authserv = {"mx.acme.example"};
  settings.config.mailboxes.push_back(wires);
  settings.wording = *Wording::load("");
  return settings;
}

leads::Lead a_lead(const std::string& language) {
  leads::Lead lead;
  lead.id = LeadId{12};
  lead.values = {{"mailbox", "sales"},
                 {"name", "María Pérez"},
                 {"status", "open"},
                 {"owner", "ana"},
                 {"contact.1.name", "María Pérez"},
                 {"contact.1.emails", "maria@x.example"},
                 {"contact.2.name", "Hidden Contact"},
                 {"contact.2.emails", "hidden.contact@x.example"},
                 {"campaign", "CanaryCampaign"},
                 {"source", "CanarySource"},
                 {"phones", "+52 55 0000 7777"},
                 {"language", language},
                 {"last.in.from", "maria@x.example"},
                 {"last.in.name", "María Pérez"},
                 {"last.in.id", "first@x.example"},
                 {"last.in.subject", "Pumps"}};
  return lead;
}

const std::string kProspectWords = "How much are ten pumps?\nAnd do you ship to Puebla?";

std::string prefixed(const std::string& text, const std::string& prefix, std::size_t width = 1000) {
  std::string out;
  std::string_view rest = text;
  while (!rest.empty()) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    do {
      auto piece = line.substr(0, width);
      if (piece.size() == width && piece.rfind(' ') != std::string_view::npos)
        piece = piece.substr(0, piece.rfind(' ') + 1);
      out += prefix + std::string(piece) + "\n";
      line.remove_prefix(piece.size());
    } while (!line.empty());
  }
  return out;
}

struct Notice {
  store::Outgoing outgoing;
  std::string text;
  std::string from;
};

/// A way in which mail programs, and people, answer.
struct Style {
  std::string name;
  std::function<std::string(const std::string& words, const Notice&)> write;
};

const std::vector<Style>& styles() {
  static const std::vector<Style> kStyles{
      {"gmail",
       [](const auto& words, const Notice& n) {
         return words + "\n\nOn Thu, Dec 3, 2026 at 10:05 AM " + n.from + " wrote:\n\n" + prefixed(n.text, "> ");
       }},
      {"gmail in Spanish, wrapped",
       [](const auto& words, const Notice& n) {
         return words + "\n\nEl jue, 3 dic 2026 a las 10:05, " + n.from + "\nescribió:\n\n" +
                prefixed(n.text, "> ", 60);
       }},
      {"outlook",
       [](const auto& words, const Notice& n) {
         return words + "\n\n-----Original Message-----\nFrom: " + n.from +
                "\nSent: Thursday, December 3, 2026 10:05 AM\n" + "To: Ana López\nSubject: notice\n\n" + n.text;
       }},
      {"outlook with a line",
       [](const auto& words, const Notice& n) {
         return words + "\n\n________________________________\nDe: " + n.from +
                "\nEnviado: jueves, 3 de diciembre de 2026 10:05\nPara: Ana López\nAsunto: aviso\n\n" + n.text;
       }},
      {"below the quote",
       [](const auto& words, const Notice& n) {
         return "On 03/12/2026 10:05, " + n.from + " wrote:\n" + prefixed(n.text, "> ") + "\n" +
                words.substr(words.find("Rep words")) + "\n";  // commands stand at the top or nowhere
       }},
      {"between the quoted lines",
       [](const auto&, const Notice& n) {
         const auto quoted = prefixed(n.text, "> ");
         const auto at = quoted.find("> > How much");
         const auto cut = quoted.find('\n', at) + 1;
         return "On 03/12/2026 10:05, " + n.from + " wrote:\n" + quoted.substr(0, cut) + "Rep words: 10 EUR each.\n" +
                quoted.substr(cut) + "\nRegards, Ana\n";
       }},
      {"between the quoted lines, with commands above",
       [](const auto& words, const Notice& n) {
         const auto quoted = prefixed(n.text, "> ");
         const auto at = quoted.find("> > How much");
         const auto cut = quoted.find('\n', at) + 1;
         return words.substr(0, words.find("Rep words")) + "On 03/12/2026 10:05, " + n.from + " wrote:\n" +
                quoted.substr(0, cut) + "Rep words: 10 EUR each.\n" + quoted.substr(cut);
       }},
      {"quoted with another mark",
       [](const auto& words, const Notice& n) { return words + "\n\n" + prefixed(n.text, "| "); }},
      {"nothing between", [](const auto& words, const Notice& n) { return words + "\n\n" + n.text; }},
      {"nothing between, wrapped",
       [](const auto& words, const Notice& n) { return words + "\n\n" + prefixed(n.text, "", 72); }},
      {"alone", [](const auto& words, const Notice&) { return words + "\n"; }},
  };
  return kStyles;
}

struct Relayed {
  std::string bytes;
  message::Identity identity;
  message::Content content;
};

class Answer : public testing::TestWithParam<std::string> {
 protected:
  Notice notice() {
    leads::Letter letter;
    letter.kind = leads::LetterKind::notice;
    letter.cause = "notice:1";
    letter.mailbox = "sales";
    letter.to_user = "ana";
    letter.text = kProspectWords;
    letter.warning = "Canary warning about this lead";
    leads::Inquiry inquiry;
    inquiry.subject = "Pumps";
    inquiry.message_id = "first@x.example";
    auto made = LetterWriter(settings, kNow - std::chrono::hours{1}, &inquiry).compose(letter, &lead);
    EXPECT_TRUE(made);
    const auto identity = message::read_identity(made->bytes);
    return {*made, message::text_of_composed(made->bytes),
            "María Pérez (Acme) <" + identity.reply_to.front().address + ">"};
  }

  /// The whole way: the rep's bytes are parsed, decided upon, and written for the prospect.
  std::optional<Relayed> relay(const Notice& notice, const std::string& text, const std::string& html = {},
                               const std::vector<message::Attachment>& attachments = {}) {
    message::Draft draft;
    draft.from = {"Ana López", "ana@acme.example"};
    draft.to = {{"", message::read_identity(notice.outgoing.bytes).reply_to.front().address}};
    draft.cc = {{"Boss", "boss@acme.example"}};
    draft.subject = "Re: " + message::read_identity(notice.outgoing.bytes).subject;
    draft.message_id = "reply@acme.example";
    draft.in_reply_to = {notice.outgoing.message_id};
    draft.date = kNow;
    draft.text = text;
    draft.html = html;
    draft.attachments = attachments;
    const auto bytes =
        "Authentication-Results: mx.acme.example; auth=pass smtp.auth=ana@acme.example\r\n"
        "Bcc: secret.friend@x.example\r\n" +
        *message::compose(draft);
    message::Message mail;
    mail.identity = message::read_identity(bytes);
    mail.content = message::parse(bytes, {.attachment_content = true});
    message::classify(mail);
    auto inquiry = to_inquiry(mail, bytes, {"sales", false, false, kNow}, settings.config);
    inquiry.authenticated = true;

    leads::Snapshot known;
    known.by_token = {lead};
    known.thread_ids[lead.id] = {"first@x.example"};
    known.conversations[lead.id] = {kProspectWords, kNow - std::chrono::hours{2}, notice.outgoing.words};
    const auto decision = leads::decide(inquiry, known, settings.config.rules, kNow);
    for (const auto& effect : decision.effects) {
      const auto* const send = std::get_if<leads::SendLetter>(&effect);
      if (send == nullptr || send->letter.kind != leads::LetterKind::answer) continue;
      auto made = LetterWriter(settings, kNow, &inquiry, &mail.content).compose(send->letter, &lead);
      EXPECT_TRUE(made) << made.error().what;
      EXPECT_EQ(made->rcpt_to, std::vector<std::string>{"maria@x.example"});
      return Relayed{made->bytes, message::read_identity(made->bytes), message::parse(made->bytes)};
    }
    ADD_FAILURE() << leads::describe(decision) << "\n" << decision.reason;
    return {};
  }

  Settings settings = company(GetParam());
  leads::Lead lead = a_lead(GetParam());
};

TEST_P(Answer, CarriesTheRepsWordsAndNothingThatOnlyTheRepWasTold) {
  const auto told = notice();
  const auto token = *leads::token_in(message::read_identity(told.outgoing.bytes).reply_to.front().address);
  for (const auto& style : styles()) {
    for (const bool as_html : {false, true}) {
      const auto text = style.write("#next tomorrow 10:00\n#note CanaryNote for us\n\nRep words: 10 EUR each.", told);
      const auto html = as_html ? "<p>Rep words</p><blockquote type=\"cite\">" + told.text + "</blockquote>" : "";
      const auto sent = relay(told, text, html);
      ASSERT_TRUE(sent) << style.name;
      SCOPED_TRACE(style.name + (as_html ? ", HTML" : "") + "\n--- written\n" + text + "\n--- sent\n" +
                   sent->content.text);
      for (const auto& seen : {sent->content.text, sent->content.html, sent->bytes}) {
        for (const std::string& canary :
             {std::string("CanaryNote"), std::string("CanaryCampaign"), std::string("CanarySource"),
              std::string("Canary warning"), std::string("0000 7777"), std::string("hidden.contact"), token,
              std::string("#next"), std::string("#status"), std::string("#siguiente"), std::string("[L-12"),
              std::string("sales+"), std::string("boss@"), std::string("secret.friend"), std::string("luis@"),
              std::string("ana@acme"), std::string("X-Leadmail-Lead")}) {
          EXPECT_THAT(seen, Not(HasSubstr(canary)));
        }
      }
      EXPECT_THAT(sent->content.text, HasSubstr("Rep words: 10 EUR each."));
      EXPECT_THAT(sent->content.text, HasSubstr("> How much are ten pumps?"));
      EXPECT_EQ(sent->content.html.empty(), !as_html);
      EXPECT_EQ(sent->identity.in_reply_to, std::vector<std::string>{"first@x.example"});
      EXPECT_EQ(sent->identity.from.front(), (message::Address{"Ana López", "sales@acme.example"}));
    }
  }
}

TEST_P(Answer, QuotesWhatItAnswersSoThatAMailProgramKnowsTheHistory) {
  const auto sent = relay(notice(), "Rep words: 10 EUR each.\n", "<p>Rep words: 10 EUR each.</p>");
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->content.reply, "Rep words: 10 EUR each.");
  EXPECT_THAT(sent->content.html, HasSubstr("gmail_quote"));
  EXPECT_THAT(sent->content.html, HasSubstr("maria@x.example"));
}

message::Attachment attachment(const std::string& name, const std::string& cid) {
  message::Attachment file;
  file.filename = name;
  file.content_type = cid.empty() ? "application/pdf" : "image/png";
  file.content = "bytes of " + name;
  file.size = file.content.size();
  file.is_inline = !cid.empty();
  file.content_id = cid;
  return file;
}

std::vector<std::string> names(const message::Content& content) {
  std::vector<std::string> all;
  for (const auto& one : content.attachments) {
    all.push_back(one.filename + (one.is_inline ? " <" + one.content_id + ">" : ""));
  }
  return all;
}

TEST_P(Answer, KeepsAttachmentsAndTheImagesOfItsNewTextWithTheirCid) {
  const auto sent =
      relay(notice(), "Rep words: see the drawing.\n[image: drawing.png]\n\nAna\n",
            "<div>Rep words: see the drawing.<img src=\"cid:d1@acme\"></div>"
            "<div class=\"gmail_quote\">old<img src=\"cid:old@x\"></div>",
            {attachment("offer.pdf", ""), attachment("drawing.png", "d1@acme"), attachment("logo.png", "old@x")});
  ASSERT_TRUE(sent);
  EXPECT_THAT(names(sent->content), testing::UnorderedElementsAre("drawing.png <d1@acme>", "offer.pdf"));
  EXPECT_THAT(sent->content.html, HasSubstr("<img src=\"cid:d1@acme\""));
  EXPECT_THAT(sent->content.html, Not(HasSubstr("old@x")));
}

TEST_P(Answer, PassesOnNoEnvelopeOfTheWholeMailAndNoNoticeOfOurs) {
  const auto told = notice();
  std::vector<message::Attachment> files{attachment("offer.pdf", "")};
  const auto add = [&](const std::string& name, const std::string& type, const std::string& content) {
    files.push_back(attachment(name, ""));
    files.back().content_type = type;
    files.back().content = content;
    files.back().size = content.size();
  };
  add("", "message/rfc822", told.outgoing.bytes);
  add("notice.eml", "application/octet-stream", told.outgoing.bytes);
  add("winmail.dat", "application/octet-stream", "#note CanaryNote");
  add("smime.p7m", "application/pkcs7-mime", "#note CanaryNote");
  add("ATT00001.htm", "text/html", "<p>On Tuesday " + told.from + " wrote: " + told.text);
  add("other.eml", "message/rfc822", "From: a@b.example\r\nSubject: what the rep wants to show\r\n\r\nHi\r\n");
  add("ATT00002.txt", "text/plain", "Text of the rep's below his attachment.");
  const auto sent = relay(told, "Rep words: see the attachments.", "", files);
  ASSERT_TRUE(sent);
  EXPECT_THAT(names(sent->content), testing::UnorderedElementsAre("offer.pdf", "other.eml", "ATT00002.txt"));
}

TEST_P(Answer, AnImageBelowAQuoteIsTheRepsOwnWhenHeWritesBelow) {
  const auto told = notice();
  const auto sent =
      relay(told, styles()[4].write("Rep words: see the drawing.", told),
            "<blockquote type=\"cite\">old</blockquote><p>Rep words: see the drawing.<img src=\"cid:d1@acme\"></p>",
            {attachment("drawing.png", "d1@acme")});
  ASSERT_TRUE(sent);
  EXPECT_THAT(names(sent->content), testing::ElementsAre("drawing.png <d1@acme>"));
}

INSTANTIATE_TEST_SUITE_P(Languages, Answer, testing::Values("en", "es", "vi"));

}  // namespace
}  // namespace leadmail::daemon
