#include "mail/message/form.h"

#include <gtest/gtest.h>

#include <string>

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
