#include "mail/message/form.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

std::string describe(std::string_view text) {
  std::string result;
  for (const auto& [label, value] : read_form(text)) result += label + '=' + value + ';';
  return result;
}

TEST(Form, LinesOfLabelAndValueInSixLanguages) {
  EXPECT_EQ(describe("New submission from your website\n\nName: Bob Ray\nEmail: bob@customer.example\nPhone: +1 555 "
                     "123\nMessage: We need\n40 pumps.\n\nIn May.\n"),
            "Name=Bob Ray;Email=bob@customer.example;Phone=+1 555 123;Message=We need\n40 pumps.\n\nIn May.;");
  EXPECT_EQ(describe("Nombre: Ana\nCorreo electrónico: ana@customer.example\nTeléfono: 600 123 123\nMensaje: Hola\n"),
            "Nombre=Ana;Correo electrónico=ana@customer.example;Teléfono=600 123 123;Mensaje=Hola;");
  EXPECT_EQ(describe("Họ và tên: An Nguyễn\nĐiện thoại: 0901234567\nEmail: an@customer.example\nNội dung: Báo giá\n"),
            "Họ và tên=An Nguyễn;Điện thoại=0901234567;Email=an@customer.example;Nội dung=Báo giá;");
  EXPECT_EQ(describe("Nom : Anne\nAdresse e-mail : anne@customer.example\nVotre message : Bonjour\n"),
            "Nom=Anne;Adresse e-mail=anne@customer.example;Votre message=Bonjour;");
  EXPECT_EQ(describe("Vorname: Uta\nNachname: Lang\nE-Mail-Adresse: uta@customer.example\nIhre Nachricht: Hallo\n"),
            "Vorname=Uta;Nachname=Lang;E-Mail-Adresse=uta@customer.example;Ihre Nachricht=Hallo;");
  EXPECT_EQ(describe("Nome: Ana\nE-mail: ana@customer.example\nMensagem: Olá\n"),
            "Nome=Ana;E-mail=ana@customer.example;Mensagem=Olá;");
}

TEST(Form, OtherLayoutsOfFormBuilders) {
  EXPECT_EQ(describe("*Name*: Bob\n*Email*: bob@customer.example\n*Comments*: Hi\n\n---\nThis e-mail was sent from a "
                     "contact form\n"),
            "Name=Bob;Email=bob@customer.example;Comments=Hi;");
  EXPECT_EQ(describe("Name\nBob Ray\n\nEmail\nbob@customer.example\n\nMessage\nWe need 40.\nIn May.\n"),
            "Name=Bob Ray;Email=bob@customer.example;Message=We need 40.\nIn May.;");
  EXPECT_EQ(describe("Name:\nBob Ray\nEmail:\nbob@customer.example\nMessage:\nWe need 40.\n"),
            "Name=Bob Ray;Email=bob@customer.example;Message=We need 40.;");
  EXPECT_EQ(describe("Name | Bob\nEmail | bob@customer.example\nProduct | Pump\n"),
            "Name=Bob;Email=bob@customer.example;Product=Pump;");
  EXPECT_EQ(describe("Name\tBob\nEmail\tbob@customer.example\nProduct\tPump\n"),
            "Name=Bob;Email=bob@customer.example;Product=Pump;");
  EXPECT_EQ(describe("From: Bob Ray <bob@customer.example>\nSubject: Pumps\n\nMessage Body:\nWe need 40.\n\n--\nThis "
                     "e-mail was sent from a contact form on Acme"),
            "From=Bob Ray <bob@customer.example>;Subject=Pumps;Message Body=We need 40.;");
  EXPECT_EQ(
      describe(R"({"name":"Bob","email":"bob@customer.example","details":{"message":"Hi","age":7},"tags":["a","b"]})"),
      "name=Bob;email=bob@customer.example;details.message=Hi;details.age=7;tags=a, b;");
}

TEST(Form, LinesOfAMessageThatLookLikeLabelsStayInIt) {
  EXPECT_EQ(
      describe("Name: Bob\nEmail: bob@customer.example\nMessage: Please quote:\nDelivery note: in May\nColour: blue\n"),
      "Name=Bob;Email=bob@customer.example;Message=Please quote:\nDelivery note: in May\nColour: blue;");
}

TEST(Form, WhatPeopleWriteIsNone) {
  EXPECT_EQ(describe("Hello,\n\nwe need 40 pumps in May. Could you send us a price, please? We are a small company and "
                     "buy pumps every year.\n\nBest regards\nBob Ray\nPhone: +1 555 123\nEmail: "
                     "bob@customer.example\nWeb: customer.example\n"),
            "");
  EXPECT_EQ(describe("Tel: 12"), "");
  EXPECT_EQ(describe("Question: what does it cost?\nAnswer me soon."), "");
  EXPECT_EQ(describe("Fine.\n\n> Name: Bob\n> Email: bob@customer.example\n> Message: Hi\n"), "");
  EXPECT_EQ(describe("Date: 3 May\nTime: 10:00\nPlace: Madrid\n"), "");
  EXPECT_EQ(describe("{\"a\": 1}"), "");
  EXPECT_EQ(describe("{ not json }"), "");
  EXPECT_EQ(describe(""), "");
}

TEST(Form, LabelsMeanTheSameInEveryLanguage) {
  for (const std::string label : {"Email", "E-Mail", "e mail:", "Correo electrónico", "Địa chỉ email", "Courriel",
                                  "E-Mail-Adresse", "Seu e-mail", "EMAIL (required)"})
    EXPECT_EQ(form_key(label), "email") << label;
  for (const std::string label : {"Phone", "Teléfono", "Điện thoại", "SĐT", "Téléphone", "Telefonnummer", "Telemóvel"})
    EXPECT_EQ(form_key(label), "phone") << label;
  for (const std::string label : {"Country", "País", "Quốc gia", "Pays", "Land"})
    EXPECT_EQ(form_key(label), "country") << label;
  EXPECT_EQ(form_key("Favourite colour"), "");
  EXPECT_EQ(form_key(std::string(1000, 'x')), "");
}

std::string values(std::string_view text) {
  std::string result;
  for (const auto& [key, value] : form_values(read_form(text))) result += key + '=' + value + ';';
  return result;
}

TEST(Form, WhatTheBuilderWritesBelowTheLastFieldIsNoMessage) {
  EXPECT_EQ(describe("Name: Bob\nEmail: bob@customer.example\nMessage: Hi\nView in HubSpot <https://x.example>\n"),
            "Name=Bob;Email=bob@customer.example;Message=Hi;");
  EXPECT_EQ(describe("Name\nBob\n\nEmail\nbob@customer.example\n\nMessage\nHi\n\nSent from Acme <https://x.example>\n"),
            "Name=Bob;Email=bob@customer.example;Message=Hi;");
}

TEST(Form, MoreLayouts) {
  EXPECT_EQ(describe("Name = Bob\nEmail = bob@customer.example\nMessage = Hi\n"),
            "Name=Bob;Email=bob@customer.example;Message=Hi;");
  EXPECT_EQ(describe("Name......: Bob\nE-Mail....: bob@customer.example\nNachricht.: Hi\n"),
            "Name=Bob;E-Mail=bob@customer.example;Nachricht=Hi;");
  EXPECT_EQ(describe("1) Name: Bob\n2) Email: bob@customer.example\n3) Message: Hi\n"),
            "Name=Bob;Email=bob@customer.example;Message=Hi;");
  EXPECT_EQ(describe("--- Name ---\n\nBob\n\n--- Email ---\n\nbob@customer.example\n\n--- Message ---\n\nHi\n"),
            "Name=Bob;Email=bob@customer.example;Message=Hi;");
}

TEST(Form, TheValuesUnderOurNames) {
  EXPECT_EQ(values("From: Bob Ray <bob@customer.example>\nSubject: Pumps\n\nMessage Body:\nWe need 40.\n"),
            "subject=Pumps;message=We need 40.;email=bob@customer.example;name=Bob Ray;");
  EXPECT_EQ(values("Vorname: Uta\nName: Lang\nE-Mail: uta@customer.example\nNachricht: Hallo\n"),
            "first_name=Uta;last_name=Lang;email=uta@customer.example;message=Hallo;");
  EXPECT_EQ(
      values("Name: Bob\nWhere can we reach you by email?: bob@customer.example\nEmail consent: yes\nMessage: Hi\n"),
      "name=Bob;message=Hi;email=bob@customer.example;");
}

Message a_notification(const std::string& text, const std::string& subject = "New request of Bob Ray") {
  Message message;
  message.identity = read_identity("From: Site <www@acme.example>\r\nSubject: " + subject + "\r\n\r\n");
  message.content.text = text;
  message.content.form = read_form(text);
  classify(message);
  return message;
}

const std::string kOdd =
    "Who: Bob Ray\nWhere to: bob@customer.example\nColour: red\nStory: We need 40 pumps, and we need them in May, "
    "please.\n";

TEST(Form, OneNotificationTeachesTheConfigOfItsForm) {
  const auto config = learn_form(a_notification(kOdd));
  for (const std::string line : {"[[form]]", "from = \"www@acme.example\"", "subject = \"New request of\"",
                                 "\"Where to\" = \"email\"", "\"Story\" = \"message\"", "\"Colour\" = \"ignore\""})
    EXPECT_NE(config.find(line), std::string::npos) << line << "\n" << config;
  EXPECT_EQ(config.find("bob@customer.example"), std::string::npos);
  EXPECT_EQ(learn_form(a_notification("Hello, we need 40 pumps.")), "");
}

TEST(Form, AFormOfTheConfigIsReadByItsLabels) {
  const std::vector<FormRule> rules{
      {.name = "odd form",
       .from = "www@acme.example",
       .subject = "New request",
       .labels = {{"who", "name"}, {"where to", "email"}, {"colour", "ignore"}, {"story", "message"}}}};
  auto message = a_notification(kOdd, "New request of Eve");
  EXPECT_EQ(message.kind, Kind::person);
  apply_form_rules(message, rules);
  EXPECT_EQ(message.kind, Kind::form);
  EXPECT_EQ(message.kind_reason, "the form 'odd form' of the config");
  std::string said;
  for (const auto& [key, value] : form_values(message.content.form, rules.front())) said += key + '=' + value + ';';
  EXPECT_EQ(said,
            "name=Bob Ray;email=bob@customer.example;message=We need 40 pumps, and we need them in May, please.;");

  auto other = a_notification("Just a letter.", "New request of Eve");
  apply_form_rules(other, rules);
  EXPECT_EQ(other.kind, Kind::person);
  auto another = a_notification(kOdd, "Something else");
  apply_form_rules(another, rules);
  EXPECT_EQ(another.kind, Kind::person);
}

TEST(Form, WhatTheLayoutOfAPageToldServesAFormOfTheConfigToo) {
  const std::vector<FormRule> rules{{.name = "page",
                                     .subject = "New request",
                                     .labels = {{"name", "company"}, {"email", "email"}, {"message", "message"}}}};
  const std::string raw =
      "From: Site <www@acme.example>\r\nSubject: New request\r\nContent-Type: text/html\r\n\r\n"
      "<p><b>Name</b> Hill Ltd</p><p><b>Email</b> bob@hill.example</p><p><b>Message</b> Two pumps.</p>";
  auto message = Message{read_identity(raw), parse(raw)};
  classify(message);
  apply_form_rules(message, rules);
  EXPECT_EQ(message.kind_reason, "the form 'page' of the config");
  const auto values = form_values(message.content.form, rules.front());
  ASSERT_FALSE(values.empty());
  EXPECT_EQ(values.front(), std::pair(std::string("company"), std::string("Hill Ltd")));
}

// What the visitor typed must not become config.
TEST(Form, ALearnedConfigHoldsNothingButItsLines) {
  const auto config =
      learn_form(a_notification("Na\"me\\: Bob\nE-mail\x01: bob@customer.example\nMessage: Hi\n", "x\" ]] evil"));
  EXPECT_EQ(config.find('\x01'), std::string::npos);
  for (std::size_t at = config.find("evil"); at != std::string::npos; at = config.find("evil", at + 1))
    EXPECT_EQ(config.substr(config.rfind('\n', at) + 1, 4) == "name" ||
                  config.substr(config.rfind('\n', at) + 1, 4) == "subj",
              true)
        << config;
}

TEST(Form, HostileTextEndsSoon) {
  for (const std::string piece : {"a:\n", "Name: x\n", "{\"a\":", "[", "Email\nx\n", "\xff:"}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    EXPECT_LE(read_form(text).size(), 200U);
  }
  std::string deep = "{\"email\":";
  deep.append(100'000, '[');
  EXPECT_TRUE(read_form(deep + "}").empty());
}

}  // namespace
}  // namespace leadmail::mail::message
