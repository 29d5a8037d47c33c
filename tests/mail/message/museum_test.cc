// Mails that broke somebody once (tests/corpus/museum): each stands there with what we make of it and why it is kept.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "mail/message/charset.h"
#include "mail/message/json.h"
#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

const std::filesystem::path kMuseum = "tests/corpus/museum";

std::string file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string list(const std::vector<Address>& addresses) {
  std::string text;
  for (const auto& address : addresses)
    text += (text.empty() ? "" : ", ") + address.name + " <" + address.address + ">";
  return text;
}

std::string describe(const std::string& raw) {
  const auto identity = read_identity(raw);
  const auto content = parse(raw);
  std::string text = "from: " + list(identity.from) + (identity.from_is_plain ? "" : " (no identity)") +
                     "\nto: " + list(identity.to) + "\nsubject: " + identity.subject + "\ndate: " +
                     (identity.date ? to_rfc3339(*identity.date, std::chrono::minutes{identity.date_offset}) : "none") +
                     "\nmessage-id: " + identity.message_id + "\n";
  for (const auto& attachment : content.attachments) {
    text += "attached: " + attachment.filename + " " + attachment.content_type + " " + std::to_string(attachment.size) +
            "\n";
  }
  if (content.forwarded)
    text += "forwarded: " + list({content.forwarded->from}) + " " + content.forwarded->subject + "\n";
  return text + "reply:\n" + content.reply + "\n";
}

TEST(Museum, EveryMailIsReadAsItStandsBesideIt) {
  std::size_t seen = 0;
  const std::string reasons = file(kMuseum / "README.md");
  for (const auto& entry : std::filesystem::directory_iterator(kMuseum)) {
    if (entry.path().extension() != ".eml") continue;
    ++seen;
    const auto raw = file(entry.path());
    const auto said = describe(raw);
    EXPECT_TRUE(is_valid_utf8(to_json({.identity = read_identity(raw), .content = parse(raw)}, "x"))) << entry.path();
    auto beside = entry.path();
    beside.replace_extension(".txt");
    if (std::getenv("LEADMAIL_WRITE_MUSEUM") != nullptr) std::ofstream(beside, std::ios::binary) << said;
    EXPECT_EQ(said, file(beside)) << entry.path();
    EXPECT_NE(reasons.find("| " + entry.path().stem().string() + " |"), std::string::npos)
        << "no reason for " << entry.path();
  }
  EXPECT_GE(seen, 38U);
}

}  // namespace
}  // namespace leadmail::mail::message
