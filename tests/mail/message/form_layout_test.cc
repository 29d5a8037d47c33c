#include <gtest/gtest.h>

#include <string>

#include "mail/message/form.h"
#include "mail/message/form_labels.h"

namespace leadmail::mail::message {
namespace {

std::string describe(std::string_view text) {
  std::string result;
  for (const auto& [key, value] : form_values(read_form(text))) result += key + '=' + value + ';';
  return result;
}

TEST(FormLayout, LabelsThatStandInNoTableMeanWhatTheirWordsMean) {
  EXPECT_EQ(form_key("Best number to reach you"), "phone");
  EXPECT_EQ(form_key("Name des Ansprechpartners"), "name");
  EXPECT_EQ(form_key("Nom et prénom du contact"), "name");
  EXPECT_EQ(form_key("Nome do responsável"), "name");
  EXPECT_EQ(form_key("Empresa / Institución"), "company");
  EXPECT_EQ(form_key("Sản phẩm cần báo giá"), "product");
  EXPECT_EQ(form_key("Was können wir für Sie tun?"), "message");
  EXPECT_EQ(form_key("Company phone"), "phone");
  EXPECT_EQ(form_key("Country of residence"), "country");
}

TEST(FormLayout, WhatWasTypedConfirmsALabelWithStrangeWords) {
  EXPECT_EQ(form_key("Ville du chantier", "Bastia"), "city");
  EXPECT_EQ(form_key("Wo liegt Ihr Hafen (Ort)?", "Wilhelmshaven"), "city");
  EXPECT_EQ(form_key("Correo para responderle", "no tengo"), "");
  EXPECT_EQ(form_key("¿Con quién hablamos?"), "name");
}

TEST(FormLayout, OneUnknownWordOrAContradictionLeavesALabelUnknown) {
  EXPECT_EQ(form_key("Hull length of your boat"), "");
  EXPECT_EQ(form_key("Website enquiry"), "");
  EXPECT_EQ(form_key("Phone or e-mail"), "");
  EXPECT_EQ(form_key("please enter your"), "");
  EXPECT_EQ(form_key("Country code"), "");
}

TEST(FormLayout, LabelsSideBySideAboveTheirValues) {
  EXPECT_EQ(
      describe("Name\tE-mail\tPhone\tMessage\nBob Ray\tbob@customer.example\t+1 555 123 4567\tWe need\n40 pumps.\n"),
      "name=Bob Ray;email=bob@customer.example;phone=+1 555 123 4567;message=We need\n40 pumps.;");
  EXPECT_EQ(describe("| Name | E-mail | Message |\n|---|---|---|\n| Bob Ray | bob@customer.example | Hi |\n"),
            "name=Bob Ray;email=bob@customer.example;message=Hi;");
  // Two rows are a list of people, not what one of them typed.
  EXPECT_EQ(describe("Name\tE-mail\tMessage\nBob\tbob@customer.example\tHi\nAnn\tann@customer.example\tHo\n"), "");
}

TEST(FormLayout, QuestionsAndAnswers) {
  EXPECT_EQ(describe("New chat\n\nQ: Your name?\nA: Bob Ray\n\nQ: Your e-mail?\nA: bob@customer.example\n\n"
                     "Q: How can we help?\nA: We need\n40 pumps.\n\nIn May.\n"),
            "name=Bob Ray;email=bob@customer.example;message=We need\n40 pumps.\n\nIn May.;");
  EXPECT_EQ(describe("Frage 1: Ihr Name\nAntwort 1: Uta Lang\nFrage 2: E-Mail\nAntwort 2: uta@customer.example\n"
                     "Frage 3: Nachricht\nAntwort 3: Hallo\n"),
            "name=Uta Lang;email=uta@customer.example;message=Hallo;");
}

TEST(FormLayout, AnUnknownLabelEndsTheValueAboveWhereTheLayoutSaysSo) {
  EXPECT_EQ(
      describe("1) Name\n   Bob Ray\n2) E-mail\n   bob@customer.example\n3) Hull length\n   12 m\n4) Message\n   Hi\n"),
      "name=Bob Ray;email=bob@customer.example;message=Hi;");
  EXPECT_EQ(
      describe(
          "Name\n----\nBob Ray\n\nE-mail\n------\nbob@customer.example\n\nHull length\n-----------\n12 m\n\nMessage\n"
          "-------\nHi\n"),
      "name=Bob Ray;email=bob@customer.example;message=Hi;");
  EXPECT_EQ(
      describe("Name          Bob Ray\nE-mail        bob@customer.example\nHull length   12 m\nMessage       Hi\n"),
      "name=Bob Ray;email=bob@customer.example;message=Hi;");
}

TEST(FormLayout, ALineOfTheMessageIsNoRowBecauseItLooksLikeOne) {
  EXPECT_EQ(describe("Nom: Anne\nE-mail: anne@customer.example\nMessage: Bonjour\nBudget : 8 000 €\n"),
            "name=Anne;email=anne@customer.example;message=Bonjour\nBudget : 8 000 €;");
  EXPECT_EQ(describe("Name: Bob\nEmail: bob@customer.example\nMessage: Two chillers.\nNote: doors of 90 cm.\n"),
            "name=Bob;email=bob@customer.example;message=Two chillers.\nNote: doors of 90 cm.;");
}

TEST(FormLayout, TheWebsitesOwnClosingIsNoPartOfTheMessage) {
  EXPECT_EQ(describe("Name: Bob\nEmail: bob@customer.example\nMessage: Hi\n\nKind regards,\nyour website\n"),
            "name=Bob;email=bob@customer.example;message=Hi;");
  EXPECT_EQ(describe("Name: Bob\nEmail: bob@customer.example\nMessage: Hi\n\nThanks,\nBob Ray\n"),
            "name=Bob;email=bob@customer.example;message=Hi\n\nThanks,\nBob Ray;");
}

TEST(FormLayout, HostileTablesEndSoon) {
  for (const std::string piece :
       {"Name\tEmail\tMessage\n", "x\n", "Q: Name\n", "A: x\n", "Name  x\n", "Name\n----\n", "1) Name\n", "|"}) {
    std::string text = "Name\tEmail\tMessage\nBob\tb@c.example\tHi\n";
    while (text.size() < 300'000) text += piece;
    EXPECT_LE(read_form(text).size(), 200U);
  }
}

}  // namespace
}  // namespace leadmail::mail::message
