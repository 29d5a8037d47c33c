#include "daemon/newsletter_mail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/leads/token.h"
#include "daemon/letters.h"
#include "mail/message/parse.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace message = mail::message;

const Time kNow = from_unix(1796292000);

struct NewsletterMail : testing::Test {
  NewsletterMail() {
    auto& rules = settings.config.rules;
    rules.company = "Acme";
    rules.mailboxes.push_back({.name = "sales", .address = "sales@acme.example"});
    rules.tokens.keys.push_back({1, std::string(32, 'k')});
    lead.values = {{"name", "Rosa {{company}}\r\nBcc: x@evil.example"}, {"contact.1.emails", "rosa@far.example"}};
  }

  message::Identity compose(const std::string& text) {
    folder.write("es/newsletter-spring.txt", text);
    auto wording = Wording::load(folder.path(""));
    EXPECT_TRUE(wording) << wording.error().what;
    settings.wording = std::move(*wording);
    leads::Letter letter{.kind = leads::LetterKind::newsletter, .cause = "newsletter:spring:rosa@far.example"};
    letter.mailbox = "sales";
    letter.to = {{"Rosa", "rosa@far.example"}};
    letter.language = "es";
    letter.template_name = "spring";
    auto made = LetterWriter(settings, kNow).compose(letter, &lead);
    EXPECT_TRUE(made) << made.error().what;
    outgoing = *made;
    body = message::parse(outgoing.bytes).text;
    return message::read_identity(outgoing.bytes);
  }

  tests::Folder folder{};
  Settings settings{};
  leads::Lead lead{.id = LeadId{12}};
  store::Outgoing outgoing{};
  std::string body{};
};

constexpr const char* kText = "Subject: Primavera, {{name}}\n\nHola {{name}}:\n\nmenos este mes.\n";

TEST_F(NewsletterMail, SaysHowToEndIt) {
  const auto mail = compose(kText);
  const auto ways = std::string(*mail.header.first("List-Unsubscribe"));
  EXPECT_THAT(ways, HasSubstr("<mailto:sales+"));
  EXPECT_THAT(ways, HasSubstr("?subject=unsubscribe>"));
  EXPECT_FALSE(mail.header.has("List-Unsubscribe-Post")) << "one click needs an https address";
  EXPECT_THAT(body, HasSubstr("Para no recibir más boletines"));
  const auto token = leads::token_in(ways);
  ASSERT_TRUE(token);
  const auto read = leads::verify_token(*token, "", "sales", settings.config.rules.tokens, kNow);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->purpose, leads::Purpose::unsubscribe);
  EXPECT_EQ(read->lead, LeadId{12});
}

// RFC 8058 §3.1
TEST_F(NewsletterMail, OffersOneClickOnlyWithAnHttpsAddress) {
  settings.config.rules.unsubscribe_url = "https://acme.example/u?list=1";
  const auto mail = compose(kText);
  EXPECT_THAT(std::string(*mail.header.first("List-Unsubscribe")), HasSubstr("<https://acme.example/u?list=1&u="));
  EXPECT_EQ(*mail.header.first("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
}

TEST_F(NewsletterMail, WithoutPlusAddressingTheTokenStandsInTheSubject) {
  settings.config.rules.mailboxes[0].plus_addressing = false;
  const auto ways = std::string(*compose(kText).header.first("List-Unsubscribe"));
  EXPECT_THAT(ways, HasSubstr("<mailto:sales@acme.example?subject=unsubscribe%20%5BL-12-"));
}

TEST_F(NewsletterMail, ValuesAreInsertedLiterallyAndReachNoHeader) {
  const auto mail = compose(kText);
  EXPECT_EQ(outgoing.rcpt_to, std::vector<std::string>{"rosa@far.example"});
  EXPECT_FALSE(mail.header.has("Bcc"));
  EXPECT_THAT(mail.subject, HasSubstr("Rosa {{company}}"));
  EXPECT_EQ(*mail.header.first("Precedence"), "bulk");
  EXPECT_EQ(*mail.header.first("Auto-Submitted"), "auto-generated");
}

TEST_F(NewsletterMail, ATemplateThatSaysItItselfIsLeftAsItIs) {
  compose("Subject: x\n\nHola. Baja: {{unsubscribe}}\n");
  EXPECT_THAT(body, Not(HasSubstr("Para no recibir más")));
  EXPECT_THAT(body, HasSubstr("Baja: mailto:sales+"));
}

TEST_F(NewsletterMail, ItsWayOutIsOneTapAway) {
  compose(kText);
  const auto html = message::parse(outgoing.bytes).html;
  EXPECT_THAT(html, HasSubstr("<a href=\"mailto:sales+"));
  EXPECT_THAT(html, HasSubstr("?subject=unsubscribe\">sales@acme.example</a>"));
  EXPECT_EQ(with_tappable("<a href=\"mailto:a?b&amp;c\">x</a> mailto:a?b&amp;c", "mailto:a?b&c", "me"),
            "<a href=\"mailto:a?b&amp;c\">x</a> <a href=\"mailto:a?b&amp;c\">me</a>");
}

TEST_F(NewsletterMail, AWrongTemplateIsToldBeforeAnybodyGetsIt) {
  folder.write("en/newsletter-bad.txt", "no subject {{#open}}");
  EXPECT_FALSE(Wording::load(folder.path("")));
}

}  // namespace
}  // namespace leadmail::daemon
