#include "daemon/letters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/leads/command.h"
#include "core/leads/token.h"
#include "daemon/wording.h"
#include "mail/message/parse.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
namespace message = mail::message;

const Time kNow = from_unix(1796292000);  // 2026-12-03 10:00 UTC

Settings some_settings() {
  Settings settings;
  auto& rules = settings.config.rules;
  rules.company = "Acme";
  rules.language = "es";
  rules.timezone = "America/Mexico_City";
  leads::User ana;
  ana.id = "ana";
  ana.name = "Ana López";
  ana.addresses = {"ana@acme.example"};
  ana.language = "es";
  ana.timezone = "America/Mexico_City";
  rules.users.push_back(ana);
  leads::Mailbox sales;
  sales.name = "sales";
  sales.address = "sales@acme.example";
  rules.mailboxes.push_back(sales);
  rules.admins = {"it@acme.example"};
  rules.tokens.keys.push_back({1, std::string(32, 'k')});
  settings.wording = *Wording::load("");
  return settings;
}

leads::Lead a_lead() {
  leads::Lead lead;
  lead.id = LeadId{12};
  lead.values = {{"name", "María Pérez"},
                 {"status", "open"},
                 {"contact.1.name", "María Pérez"},
                 {"contact.1.emails", "maria@x.example"},
                 {"owner", "ana"}};
  return lead;
}

leads::Letter a_letter(leads::LetterKind kind) {
  leads::Letter letter;
  letter.kind = kind;
  letter.cause = "test:1";
  letter.mailbox = "sales";
  letter.lead = LeadId{12};
  return letter;
}

/// The mail as its reader's program would see it.
struct Read {
  message::Identity identity;
  message::Content content;
};
Read read(const store::Outgoing& outgoing) {
  return {message::read_identity(outgoing.bytes), message::parse(outgoing.bytes)};
}

TEST(Letters, ANoticeShowsTheInquiryAndNeverALineThatIsACommand) {
  const auto settings = some_settings();
  const auto lead = a_lead();
  auto letter = a_letter(leads::LetterKind::notice);
  letter.to_user = "ana";
  letter.text = "#status lost\nQuisiera doce bombas.";
  leads::Inquiry inquiry;
  inquiry.subject = "Cotización";
  auto made = LetterWriter(settings, kNow, &inquiry).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  const auto mail = read(*made);
  EXPECT_EQ(made->rcpt_to, std::vector<std::string>{"ana@acme.example"});
  EXPECT_EQ(mail.identity.from.front().address, "sales@acme.example");
  EXPECT_THAT(mail.identity.subject, HasSubstr("Cotización"));
  EXPECT_THAT(mail.content.text, HasSubstr("> #status lost"));
  EXPECT_THAT(mail.content.text, Not(HasSubstr("\n#status lost")));
}

TEST(Letters, ACopySaysWhoWroteAndWhoGetsTheAnswer) {
  const auto settings = some_settings();
  auto lead = a_lead();
  lead.values["last.in.from"] = "maria@x.example";
  lead.values["last.in.name"] = "María Pérez";
  auto letter = a_letter(leads::LetterKind::copy);
  letter.to_user = "ana";
  letter.text = "Yo también.";
  letter.quoted_from = {"María Pérez", "maria@evil.example"};
  auto made = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_THAT(read(*made).content.text, HasSubstr("María Pérez <maria@evil.example> escribió"));
  EXPECT_THAT(read(*made).content.text, HasSubstr("llegará a María Pérez desde"));

  lead.values["contact.2.emails"] = "jefe@x.example";
  lead.values["last.in.from"] = "jefe@x.example";
  lead.values["last.in.name"] = "El Jefe";
  letter.quoted_from = {"El Jefe", "jefe@x.example"};
  made = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(read(*made).identity.from.front().name, "El Jefe (Acme)");
  EXPECT_THAT(read(*made).content.text, HasSubstr("El Jefe escribió"));
  EXPECT_THAT(read(*made).content.text, HasSubstr("llegará a El Jefe desde"));
}

TEST(Letters, TheReplyAddressOfANoticeIsSignedForItsReaderAlone) {
  const auto settings = some_settings();
  const auto lead = a_lead();
  auto letter = a_letter(leads::LetterKind::notice);
  letter.to_user = "ana";
  auto made = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  const auto mail = read(*made);
  ASSERT_EQ(mail.identity.reply_to.size(), 1U);
  const auto token = leads::token_in(mail.identity.reply_to.front().address);
  ASSERT_TRUE(token);
  const auto& keys = settings.config.rules.tokens;
  ASSERT_TRUE(leads::verify_token(*token, "ana", "sales", keys, kNow));
  EXPECT_EQ(leads::verify_token(*token, "ana", "sales", keys, kNow)->lead, LeadId{12});
  EXPECT_FALSE(leads::verify_token(*token, "luis", "sales", keys, kNow));
  EXPECT_FALSE(leads::verify_token(*token, "", "sales", keys, kNow));
}

TEST(Letters, AnAnswerComesFromTheSharedAddressWithTheNameOfWhoWroteIt) {
  const auto settings = some_settings();
  const auto lead = a_lead();
  auto letter = a_letter(leads::LetterKind::answer);
  letter.on_behalf_of = "ana";
  letter.to = {{"María Pérez", "maria@x.example"}};
  letter.subject = "Re: Cotización";
  letter.text = "Con gusto.";
  letter.in_reply_to = {"a@x.example"};
  letter.references = {"a@x.example"};
  auto made = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  const auto mail = read(*made);
  EXPECT_EQ(mail.identity.from.front(), (message::Address{"Ana López", "sales@acme.example"}));
  EXPECT_EQ(mail.identity.in_reply_to, std::vector<std::string>{"a@x.example"});
  EXPECT_FALSE(mail.identity.header.has("X-Leadmail-Lead")) << "our numbers stay inside";
  EXPECT_FALSE(mail.identity.header.has("Auto-Submitted")) << "a person wrote this";
  EXPECT_EQ(mail.content.reply, "Con gusto.");
}

TEST(Letters, AnAcknowledgementEchoesNothingOfTheSender) {
  const auto settings = some_settings();
  auto lead = a_lead();
  lead.values["name"] = "BUY http://spam.example";
  leads::Inquiry inquiry;
  inquiry.subject = "CHEAP http://spam.example";
  inquiry.text = "http://spam.example";
  auto letter = a_letter(leads::LetterKind::ack);
  letter.to = {{"BUY http://spam.example", "victim@x.example"}};
  letter.language = "en";
  letter.text = inquiry.text;
  auto made = LetterWriter(settings, kNow, &inquiry).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  const auto mail = read(*made);
  EXPECT_THAT(mail.content.text, Not(HasSubstr("spam")));
  EXPECT_THAT(mail.identity.subject, Not(HasSubstr("spam")));
  EXPECT_EQ(mail.identity.header.first("Auto-Submitted"), "auto-replied");
}

TEST(Letters, AnAcknowledgementThatWouldEchoSomethingIsRefused) {
  for (const char* name : {"title", "name", "tag", "text", "quoted", "to_name", "lead", "user_name"}) {
    const tests::Folder folder;
    folder.write("en/ack.txt", "Subject: Hello\n\n{{company}} {{" + std::string(name) + "}}\n");
    const auto wording = Wording::load(folder.path(""));
    ASSERT_FALSE(wording) << name;
    EXPECT_THAT(wording.error().what,
                HasSubstr("en/ack.txt:3:13: error: nothing here is called {{" + std::string(name)));
  }
}

TEST(Letters, AnAcknowledgementTellsNoFieldEither) {
  const tests::Folder folder;
  folder.write("en/ack.txt", "Subject: Hello\n\n{{company}} {{field.country}}\n");
  EXPECT_FALSE(Wording::load(folder.path(""), template_fields({})));
}

TEST(Letters, ACompanysOwnFieldsStandInTheNoticeAndWhereItsTemplatesNameThem) {
  auto settings = some_settings();
  settings.config.rules.record.fields = {
      {.name = "budget", .type = leads::FieldType::money, .labels = {{"es", "Presupuesto"}}, .custom = true}};
  auto lead = a_lead();
  lead.values["budget"] = "12000.5 EUR";
  lead.values["potential"] = "high";
  auto letter = a_letter(leads::LetterKind::notice);
  letter.to_user = "ana";
  LetterWriter writer(settings, kNow);
  const auto built_in = writer.compose(letter, &lead);
  ASSERT_TRUE(built_in) << built_in.error().what;
  EXPECT_THAT(read(*built_in).content.text, HasSubstr("Presupuesto: 12.000,50 EUR"));

  const tests::Folder folder;
  folder.write("es/notice.txt",
               "Subject: {{title}}\n\n{{field.potential}}, {{field.budget}}, {{field.email}}\n\n> {{quoted}}\n");
  settings.wording = *Wording::load(folder.path(""), template_fields(settings.config.rules.record));
  const auto own = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(own) << own.error().what;
  EXPECT_THAT(read(*own).content.text, HasSubstr("high, 12.000,50 EUR, maria@x.example"));
}

TEST(Letters, AmountsOfDealsStandInOneLineWithTheirCurrency) {
  const auto settings = some_settings();
  auto lead = a_lead();
  lead.values["quotation.1.currency"] = "EUR";
  auto letter = a_letter(leads::LetterKind::result);
  letter.to_user = "ana";
  letter.results = {{"quotation.1.lines", "", "3 3900 Pump P-100\n1 300.5 Freight"},
                    {"quotation.1.total", "", "12000.5"},
                    {"quotation.1.currency", "", "EUR"},
                    {"evaluation.total", "", "19"}};
  const auto mail = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(mail) << mail.error().what;
  const auto text = read(*mail).content.text;
  EXPECT_THAT(text, HasSubstr("Cotización: total: – → 12.000,50 EUR"));
  EXPECT_THAT(text, HasSubstr("3 × Pump P-100, 3900; 1 × Freight, 300,5"));
  EXPECT_THAT(text, Not(HasSubstr("moneda")));
}

store::Claim waiting(const store::Outgoing& mail) {
  store::Claim claim;
  claim.mailbox = "sales";
  claim.message_id = mail.message_id;
  claim.bytes = mail.bytes;
  return claim;
}

TEST(Letters, ManyMailsInOneHoldEachAsItIsUnderItsSubject) {
  auto settings = some_settings();
  settings.config.limits.notices_an_hour = 2;
  const auto lead = a_lead();
  std::vector<store::Claim> mails;
  for (const std::string number : {"uno", "dos"}) {
    auto letter = a_letter(leads::LetterKind::notice);
    letter.cause = "notice:" + number;
    letter.to_user = "ana";
    letter.text = "#status lost\nQuisiera " + number;
    leads::Inquiry inquiry;
    inquiry.subject = "Asunto " + number;
    auto made = LetterWriter(settings, kNow, &inquiry).compose(letter, &lead);
    ASSERT_TRUE(made) << made.error().what;
    EXPECT_EQ(made->reader, "ana");
    EXPECT_EQ(made->merge_above, 2);
    mails.push_back(waiting(*made));
  }
  auto merged = LetterWriter(settings, kNow).merge("ana", mails);
  ASSERT_TRUE(merged) << merged.error().what;
  EXPECT_EQ(merged->rcpt_to, std::vector<std::string>{"ana@acme.example"});
  EXPECT_EQ(merged->reader, "") << "it is not merged again";
  const auto mail = read(*merged);
  for (const std::string number : {"uno", "dos"}) {
    EXPECT_THAT(mail.content.text, HasSubstr("Asunto " + number));
    EXPECT_THAT(mail.content.text, HasSubstr("> Quisiera " + number));
  }
  EXPECT_THAT(mail.content.text, Not(HasSubstr("\n#status lost")));
  for (const auto& one : mails) EXPECT_THAT(merged->bytes, HasSubstr(one.bytes)) << "each as it was";
  EXPECT_EQ(merged->message_id, LetterWriter(settings, kNow).merge("ana", mails)->message_id);
  EXPECT_FALSE(LetterWriter(settings, kNow).merge("nobody", mails));
}

TEST(Letters, TheOwnerOfAMailThatCameBackIsOfferedTheOtherAddressesAndHisWords) {
  const auto settings = some_settings();
  auto lead = a_lead();
  lead.values["contact.2.emails"] = "jefe@x.example\nvieja@x.example";
  lead.values["dead"] = "vieja@x.example";
  auto letter = a_letter(leads::LetterKind::bounced);
  letter.to_user = "ana";
  letter.text = "maria@x.example\n550 5.1.1 no such user";
  letter.quoted = "Con gusto: 10 EUR.";
  const auto made = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(made);
  const auto text = message::text_of_composed(made->bytes);
  EXPECT_THAT(text, HasSubstr("Otras direcciones: jefe@x.example\n"));
  EXPECT_THAT(text, HasSubstr("> Con gusto: 10 EUR."));
  EXPECT_EQ(made->reader, "ana");
}

TEST(Letters, TheSameCauseAlwaysMakesTheSameBytes) {
  const auto settings = some_settings();
  const auto lead = a_lead();
  auto letter = a_letter(leads::LetterKind::reminder);
  letter.to_user = "ana";
  letter.next = leads::NextContact{kNow, "ana", "llamar", 1};
  const auto one = LetterWriter(settings, kNow).compose(letter, &lead);
  const auto two = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->bytes, two->bytes);
}

TEST(Letters, TemplateSyntaxAndLineBreaksInANameAreJustText) {
  const auto settings = some_settings();
  auto lead = a_lead();
  lead.values["name"] = "{{company}}\r\nBcc: evil@x.example";
  leads::Inquiry inquiry;
  inquiry.subject = "x\r\nBcc: evil@x.example";
  auto letter = a_letter(leads::LetterKind::notice);
  letter.to_user = "ana";
  letter.text = "{{#facts}}%s{{/facts}}";
  auto made = LetterWriter(settings, kNow, &inquiry).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  const auto mail = read(*made);
  EXPECT_FALSE(mail.identity.header.has("Bcc"));
  EXPECT_EQ(made->rcpt_to, std::vector<std::string>{"ana@acme.example"});
  EXPECT_THAT(mail.content.text, HasSubstr("{{#facts}}%s{{/facts}}"));
}

TEST(Letters, AnInvitationCarriesTheCalendarThatMovesByItsSequence) {
  const auto settings = some_settings();
  const auto lead = a_lead();
  auto letter = a_letter(leads::LetterKind::invitation);
  letter.to_user = "ana";
  letter.next = leads::NextContact{kNow, "ana", "llamar", 3};
  auto made = LetterWriter(settings, kNow).compose(letter, &lead);
  ASSERT_TRUE(made) << made.error().what;
  const auto mail = read(*made);
  ASSERT_TRUE(mail.content.calendar);
  EXPECT_EQ(mail.content.calendar->method, "REQUEST");
  EXPECT_EQ(mail.content.calendar->sequence, 3);
  EXPECT_EQ(mail.content.calendar->uid, "next.L-12.ana@acme.example");
}

/// The commands that a text offers to its reader: "…: #next tomorrow 10:00, #status interested".
std::vector<std::string> commands_in(const std::string& text) {
  std::vector<std::string> commands;
  for (auto at = text.find(" #"); at != std::string::npos; at = text.find(" #", at + 1)) {
    const auto end = text.find_first_of(",\n", at);
    const auto command = text.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    if (command.size() > 2 && command[1] != ' ') commands.push_back(command);
  }
  return commands;
}

TEST(Letters, EveryCommandThatATemplateOffersIsOneThatWeUnderstand) {
  const auto settings = some_settings();
  const auto lead = a_lead();
  for (const char* language : {"en", "es", "vi"}) {
    for (const auto kind : {leads::LetterKind::notice, leads::LetterKind::copy, leads::LetterKind::reminder}) {
      auto there = settings;
      there.config.rules.users.front().language = language;
      auto letter = a_letter(kind);
      letter.to_user = "ana";
      letter.text = "texto";
      letter.next = leads::NextContact{kNow, "ana", "", 0};
      auto made = LetterWriter(there, kNow).compose(letter, &lead);
      ASSERT_TRUE(made) << made.error().what;
      const auto offered = commands_in(read(*made).content.text);
      EXPECT_FALSE(offered.empty()) << language << " " << leads::name(kind);
      for (const auto& command : offered) {
        const auto understood = leads::read_commands(command, language);
        EXPECT_EQ(understood.refused, "") << command;
        EXPECT_EQ(understood.commands.size(), 1U) << command;
      }
    }
  }
}

TEST(Letters, EveryTemplateOfEveryLanguageIsComplete) {
  const auto settings = some_settings();
  const auto lead = a_lead();
  for (const char* language : {"en", "es", "vi"}) {
    for (const auto kind : {leads::LetterKind::notice, leads::LetterKind::copy, leads::LetterKind::result,
                            leads::LetterKind::reminder, leads::LetterKind::invitation, leads::LetterKind::bounced}) {
      auto there = settings;
      there.config.rules.users.front().language = language;
      auto letter = a_letter(kind);
      letter.to_user = "ana";
      letter.text = "texto";
      letter.next = leads::NextContact{kNow, "ana", "", 0};
      auto made = LetterWriter(there, kNow).compose(letter, &lead);
      ASSERT_TRUE(made) << made.error().what;
      const auto mail = read(*made);
      EXPECT_THAT(mail.identity.subject, HasSubstr("L-12")) << language << " " << leads::name(kind);
      EXPECT_THAT(mail.content.text, Not(HasSubstr("{{"))) << language << " " << leads::name(kind);
    }
  }
}

}  // namespace
}  // namespace leadmail::daemon
