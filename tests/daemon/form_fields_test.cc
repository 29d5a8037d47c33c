// Fields of the company's own, as forms fill them.
#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/translate.h"
#include "mail/message/form.h"
#include "mail/message/parse.h"

namespace leadmail::daemon {
namespace {

namespace message = mail::message;

std::string notification() {
  return "From: www@acme.example\r\nTo: sales@acme.example\r\nSubject: New inquiry\r\n"
         "Date: Wed, 18 Nov 2026 09:29:00 +0000\r\nMessage-ID: <f@acme.example>\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=utf-8\r\n\r\n"
         "Name: Vera Visitor\r\nEmail: vera@y.example\r\nSuperficie: 1200\r\nShip until: 3 December 2026\r\n"
         "Message: What would it cost?\r\n";
}

Config config() {
  Config config;
  config.rules.mailboxes = {leads::Mailbox{.name = "sales", .address = "sales@acme.example"}};
  config.rules.record.fields = {
      {.name = "area", .type = leads::FieldType::number, .labels = {{"es", "Superficie"}}, .custom = true},
      {.name = "ship_date", .type = leads::FieldType::date, .custom = true}};
  return config;
}

/// What was found under that name; "" for nothing.
std::string found(const Config& config, const std::string& field) {
  const auto bytes = notification();
  message::Message mail;
  mail.identity = message::read_identity(bytes);
  mail.content = message::parse(bytes);
  message::classify(mail);
  message::apply_form_rules(mail, config.forms);
  const auto inquiry = to_inquiry(mail, bytes, {"sales", false, false, from_unix(1795080540)}, config);
  const auto finding = std::ranges::find(inquiry.findings, field, &leads::Finding::field);
  return finding == inquiry.findings.end() ? std::string() : finding->value;
}

TEST(FormFields, ALabelThatIsCalledLikeAnOwnFieldIsThatField) {
  EXPECT_EQ(found(config(), "area"), "1200");
  EXPECT_EQ(found(config(), "ship_date"), "") << "nobody has said what \"Ship until\" means";
  EXPECT_EQ(found(config(), "email"), "vera@y.example");
}

TEST(FormFields, TheConfigMaySayWhichFieldALabelIs) {
  auto described = config();
  described.forms = {
      {.name = "site",
       .from = "www@acme.example",
       .labels = {{message::fold_label("Ship until"), "ship_date"}, {message::fold_label("Name"), "name"}}}};
  EXPECT_EQ(found(described, "ship_date"), "3 December 2026");
  EXPECT_EQ(found(described, "area"), "1200");
}

}  // namespace
}  // namespace leadmail::daemon
