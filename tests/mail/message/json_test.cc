#include "mail/message/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

Content everything() {
  Content content;
  content.text = std::string("text with \0 in it", 17);
  content.reply = "reply";
  content.signature = "Ann";
  content.quoted = "> quoted";
  content.command_text = "#status won";
  content.html = "<p>";
  content.language = "es";
  content.content_type = "multipart/report";
  content.report_type = "delivery-status";
  content.attachments = {{.filename = "é.pdf",
                          .content_type = "application/pdf",
                          .size = 1ULL << 40U,
                          .sha256 = "ab",
                          .is_inline = true,
                          .content_id = "1@x",
                          .content = std::string("\xFF\x00\x01", 3)}};
  content.bounce =
      Bounce{.recipients = {{"a@b.example", "failed", "5.1.1", "no such user"}}, .original_message_id = "1@us.example"};
  content.forwarded =
      Forwarded{.from = {"Bob", "bob@p.example"}, .date = "2026-02-02T10:00:00Z", .subject = "s", .text = "t"};
  content.calendar = CalendarPart{
      .method = "REPLY", .uid = "u", .sequence = -2, .partstat = "DECLINED", .attendee = "a@b", .start = "x"};
  content.form = {{"Name", "Ann"}, {"Tel", "1"}, {"Tel", "2"}};
  content.is_feedback_report = true;
  content.is_receipt = true;
  content.is_encrypted = true;
  content.reaction = "👍";
  content.recalled = "Order 12";
  content.defects = {"one", "two"};
  return content;
}

TEST(Serialise, GivesBackWhatItWasGiven) {
  const std::string bytes = serialise(everything());
  const auto back = deserialise(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(serialise(*back), bytes);
  EXPECT_EQ(back->text, everything().text);
  EXPECT_EQ(back->attachments.at(0).size, 1ULL << 40U);
  EXPECT_EQ(back->attachments.at(0).content, everything().attachments.at(0).content);
  EXPECT_EQ(back->calendar->sequence, -2);
  EXPECT_EQ(back->bounce->recipients.at(0).status, "5.1.1");
  EXPECT_EQ(back->form, everything().form);
  EXPECT_TRUE(back->is_receipt);
  EXPECT_TRUE(back->is_encrypted);
  EXPECT_EQ(back->reaction, "👍");
  EXPECT_EQ(back->recalled, "Order 12");
  EXPECT_TRUE(deserialise(serialise(Content{})));
}

// The worker may have been taken over by the mail it read.
TEST(Deserialise, BelievesNoLengthAndNoEnd) {
  const std::string bytes = serialise(everything());
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) EXPECT_FALSE(deserialise(bytes.substr(0, cut))) << cut;
  EXPECT_FALSE(deserialise(bytes + "x"));
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string broken = bytes;
    broken[at] = '\xFF';
    (void)deserialise(broken);
  }
  for (std::size_t at = 8; at + 8 <= bytes.size() && at < 200; ++at) {
    std::string broken = bytes;
    broken.replace(at, 8, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F");
    (void)deserialise(broken);
  }
  EXPECT_EQ(deserialise("").error().next, Next::quarantine);
}

TEST(ToJson, HasTheKeysThatAreDocumented) {
  Message message{.content = everything(), .kind = Kind::bounce, .kind_reason = "because"};
  message.identity.date = from_unix(1796292000);
  message.identity.date_offset = -360;
  message.identity.from = {{"Ann", "ann@x.example"}};
  const auto json = nlohmann::json::parse(to_json(message, "dir/a.eml"));
  for (const char* key :
       {"file",        "message_id",  "date",   "from",        "reply_to",  "to",       "cc",        "subject",
        "in_reply_to", "references",  "kind",   "kind_reason", "text",      "reply",    "signature", "quoted",
        "language",    "attachments", "bounce", "form",        "forwarded", "calendar", "defects"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["date"], "2026-12-03T04:00:00-06:00");
  EXPECT_EQ(json["kind"], "bounce");
  EXPECT_EQ(json["from"]["address"], "ann@x.example");
  EXPECT_EQ(json["form"]["Tel"], "1\n2");
  EXPECT_EQ(json["bounce"]["recipients"][0]["action"], "failed");
  EXPECT_EQ(json["attachments"][0]["inline"], true);

  const auto empty = nlohmann::json::parse(to_json(Message{}, "x"));
  EXPECT_TRUE(empty["date"].is_null());
  EXPECT_TRUE(empty["bounce"].is_null());
  EXPECT_TRUE(empty["form"].is_null());
  EXPECT_EQ(empty["from"]["address"], "");
}

TEST(ToJson, IsOneLineOfValidUtf8EvenForAFileNameThatIsNot) {
  const auto text = to_json(Message{}, "caf\xE9\n.eml");
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_FALSE(nlohmann::json::parse(text).empty());
}

}  // namespace
}  // namespace leadmail::mail::message
