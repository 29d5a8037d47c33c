// Forms in HTML whose layout alone tells labels from what was typed.
#include <gtest/gtest.h>

#include "mail/message/form.h"
#include "mail/message/form_reader.h"

namespace leadmail::mail::message {
namespace {

std::string value(const FormFields& fields, std::string_view key) {
  for (const auto& [name, text] : form_values(fields))
    if (name == key) return text;
  return "(none)";
}

TEST(FormPage, BoldIsTheLabelWithoutAnySignBehindIt) {
  const auto fields = read_form_page(
      "<p><b>Your name</b> Bob Hill</p><p><b>Your e-mail</b> <a href='mailto:bob@hill.example'>bob@hill.example</a></p>"
      "<p><b>How can we help?</b> Two pumps.<br>By May.</p><p>Sent from acme.example</p>");
  EXPECT_EQ(value(fields, "name"), "Bob Hill");
  EXPECT_EQ(value(fields, "email"), "bob@hill.example");
  EXPECT_EQ(value(fields, "message"), "Two pumps.\nBy May.");
}

TEST(FormPage, PlainIsTheLabelWhereTheValueIsBold) {
  const auto fields = read_form_page(
      "<h2>New enquiry</h2><div>Name <strong>Bob Hill</strong></div><div>Email <strong>bob@hill.example</strong></div>"
      "<div>Town <strong>Leeds</strong></div><div>Message <strong>Two pumps.</strong></div>");
  EXPECT_EQ(value(fields, "name"), "Bob Hill");
  EXPECT_EQ(value(fields, "city"), "Leeds");
  EXPECT_EQ(value(fields, "message"), "Two pumps.");
}

TEST(FormPage, AGreyLineAboveABlackOneIsItsLabel) {
  const std::string grey = "<div><p style='color:#777'><small>", black = "</small></p><p><strong>",
                    end = "</strong></p></div>";
  const auto fields =
      read_form_page(grey + "Nombre" + black + "Ana Ruiz" + end + grey + "Correo" + black + "ana@ruiz.example" + end +
                     grey + "Ciudad" + black + "León" + end + grey + "Mensaje" + black + "¿Precio?" + end);
  EXPECT_EQ(value(fields, "name"), "Ana Ruiz");
  EXPECT_EQ(value(fields, "city"), "León");
  EXPECT_EQ(value(fields, "message"), "¿Precio?");
}

TEST(FormPage, StripedRowsAreOneTable) {
  const auto row = [](const char* background, const char* label, const char* text) {
    return std::string("<tr style='background:") + background + "'><td>" + label + "</td> <td>" + text + "</td></tr>";
  };
  const auto fields = read_form_page("<table>" + row("#eee", "Who are you", "Bob") + row("#fff", "Name", "Bob Hill") +
                                     row("#eee", "Email", "bob@hill.example") +
                                     row("#fff", "Message", "<p>Two pumps.</p><p>By May.</p>") + "</table>");
  EXPECT_EQ(value(fields, "email"), "bob@hill.example");
  EXPECT_EQ(value(fields, "message"), "Two pumps.\n\nBy May.");
}

TEST(FormPage, ALabelInARowOfItsOwnIsReadWithTheRowBelow) {
  const auto field = [](const char* label, const char* text) {
    return std::string("<tr bgcolor='#EAF2FA'><td colspan='2'><font style='font-size:12px'><strong>") + label +
           "</strong></font></td></tr><tr bgcolor='#FFFFFF'><td width='20'>&nbsp;</td><td><font "
           "style='font-size:12px'>" +
           text + "</font></td></tr>";
  };
  const auto fields = read_form_page("<table>" + field("Name", "Bob Hill") + field("Email", "bob@hill.example") +
                                     field("Phone", "") + field("Comments", "Two pumps.") + "</table>");
  EXPECT_EQ(value(fields, "name"), "Bob Hill");
  EXPECT_EQ(value(fields, "phone"), "(none)");
  EXPECT_EQ(value(fields, "message"), "Two pumps.");
}

TEST(FormPage, ALetterWithBoldWordsIsNoForm) {
  EXPECT_TRUE(read_form_page("<p><b>Hello</b> all,</p><p><b>please</b> send me your prices.</p><p><b>Bob</b> Hill</p>"
                             "<p><b>Tel</b> 0123 456789</p><p><b>Mail</b> bob@hill.example</p>")
                  .empty());
}

TEST(FormPage, WhatIsQuotedIsNobodysForm) {
  EXPECT_TRUE(read_form_page("<p>See below.</p><div class='gmail_quote'><p><b>Name</b> Bob</p>"
                             "<p><b>Email</b> bob@hill.example</p><p><b>Message</b> Two pumps.</p></div>")
                  .empty());
}

TEST(FormPage, HiddenRowsSayNothing) {
  const auto fields = read_form_page(
      "<p><b>Name</b> Bob</p><p style='display:none'><b>Email</b> eve@evil.example</p><p><b>Email</b> "
      "bob@hill.example</p>"
      "<p><b>Message</b> Two pumps.</p>");
  EXPECT_EQ(value(fields, "email"), "bob@hill.example");
}

TEST(FormPage, TheTextCountsWhereThePageTellsNoMore) {
  const auto fields = read_form("Name: Bob\nEmail: bob@hill.example\nMessage: Two pumps.\n",
                                "<p><b>Name</b> Bob</p><p><b>Message</b> Two pumps.</p>");
  EXPECT_EQ(value(fields, "email"), "bob@hill.example");
}

TEST(FormPage, APageOfManyThousandRowsIsBounded) {
  std::string page;
  for (int i = 0; i < 20'000; ++i)
    page += "<p><b>Name</b> Bob</p><p><b>Email</b> b@x.example</p><p><b>Message</b> Hi</p>";
  EXPECT_LE(read_form_page(page).size(), kFormFields);
}

}  // namespace
}  // namespace leadmail::mail::message
