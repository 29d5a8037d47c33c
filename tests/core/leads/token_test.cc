#include "core/leads/token.h"

#include <cstdlib>
#include <random>

#include "core/leads/address.h"
#include "core/leads/base32.h"
#include "tests/core/leads/world.h"

namespace leadmail::leads {
namespace {

using namespace world;

const TokenKeys kKeys = rules().tokens;

TEST(Base32, IsThatOfTheRfcInLowerCase) {
  const auto encode = [](std::string_view text) {
    return to_base32(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
  };
  // RFC 4648 §10
  EXPECT_EQ(encode("f"), "my");
  EXPECT_EQ(encode("fo"), "mzxq");
  EXPECT_EQ(encode("foo"), "mzxw6");
  EXPECT_EQ(encode("foobar"), "mzxw6ytboi");
  EXPECT_EQ(from_base32("MZXW6ytboi"), (std::vector<std::uint8_t>{'f', 'o', 'o', 'b', 'a', 'r'}));
  EXPECT_FALSE(from_base32("mz1w6"));
  EXPECT_FALSE(from_base32("a")) << "no encoder makes one character";
  EXPECT_FALSE(from_base32("mz")) << "bits are left over";
}

TEST(Token, SaysWhatItWasMadeFor) {
  const auto text = make_token({Purpose::reply, LeadId{4294967295}, "ana", "sales"}, kKeys, now());
  ASSERT_EQ(text.size(), kTokenLength);
  const auto token = verify_token(text, "ana", "sales", kKeys, now());
  ASSERT_TRUE(token);
  EXPECT_EQ(token->purpose, Purpose::reply);
  EXPECT_EQ(token->lead, LeadId{4294967295});
  EXPECT_EQ(token->user, "ana");
}

TEST(Token, HoldsOnlyForItsUserItsMailboxAndNinetyDays) {
  const auto text = make_token({Purpose::reply, LeadId{7}, "ana", "sales"}, kKeys, now());
  EXPECT_FALSE(verify_token(text, "luis", "sales", kKeys, now()));
  EXPECT_FALSE(verify_token(text, "", "sales", kKeys, now()));
  EXPECT_FALSE(verify_token(text, "ana", "support", kKeys, now()));
  EXPECT_TRUE(verify_token(text, "ana", "sales", kKeys, now() + 24h * 90));
  EXPECT_FALSE(verify_token(text, "ana", "sales", kKeys, now() + 24h * 91));
  EXPECT_TRUE(verify_token(text, "ana", "sales", kKeys, now() - 24h)) << "a clock put back by a day";
  EXPECT_FALSE(verify_token(text, "ana", "sales", kKeys, now() - 24h * 2));
}

TEST(Token, SurvivesServersThatFoldCase) {
  auto text = make_token({Purpose::reply, LeadId{7}, "ana", "sales"}, kKeys, now());
  for (std::size_t i = 0; i < text.size(); i += 2) text[i] = static_cast<char>(std::toupper(text[i]));
  EXPECT_TRUE(verify_token(text, "ANA", "sales", kKeys, now()));
  std::ranges::transform(text, text.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
  EXPECT_TRUE(verify_token(text, "ana", "sales", kKeys, now()));
}

TEST(Token, TwoKeysHoldWhileTheyAreRotated) {
  const auto text = make_token({Purpose::reply, LeadId{7}, "ana", "sales"}, kKeys, now());
  const TokenKeys::Key newer{2, std::string(32, 'n')};
  const TokenKeys::Key newest{3, std::string(32, 'm')};
  EXPECT_TRUE(verify_token(text, "ana", "sales", {{newer, kKeys.keys[0]}}, now()));
  EXPECT_FALSE(verify_token(text, "ana", "sales", {{newest, newer, kKeys.keys[0]}}, now())) << "the third is void";
  EXPECT_FALSE(verify_token(text, "ana", "sales", {{{1, std::string(32, 'x')}}}, now())) << "same number, other secret";
  EXPECT_FALSE(verify_token(text, "ana", "sales", {}, now()));
  EXPECT_EQ(make_token({}, {}, now()), "");
}

/// 10^6, or what LEADMAIL_TOKENS says: script/faults tries 10^7.
int guesses() {
  const char* const wanted = std::getenv("LEADMAIL_TOKENS");  // NOLINT(concurrency-mt-unsafe): nobody sets it here
  return wanted == nullptr ? 1'000'000 : std::max(1, std::atoi(wanted));
}

TEST(Token, AMillionGuessesAndChangesAreRefused) {
  std::mt19937_64 random(20261124);  // NOLINT: the same guesses every time
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
  const auto genuine = make_token({Purpose::reply, LeadId{7}, "ana", "sales"}, kKeys, now());
  int accepted = 0;
  for (int i = 0, most = guesses(); i < most; ++i) {
    auto text = genuine;
    if (i % 3 != 0) {  // anything, or a guessed signature
      for (std::size_t at = i % 10 == 1 ? 13 : 0; at < text.size(); ++at) text[at] = kAlphabet[random() % 32];
    } else {
      const auto at = random() % text.size();
      text[at] = kAlphabet[(kAlphabet.find(text[at]) + 1 + random() % 31) % 32];
      if (i % 2 == 0) text[random() % text.size()] = kAlphabet[random() % 32];
    }
    if (text != genuine && verify_token(text, "ana", "sales", kKeys, now())) ++accepted;
  }
  EXPECT_EQ(accepted, 0);
}

TEST(Token, OtherShapesAreRefusedAtOnce) {
  const auto genuine = make_token({Purpose::reply, LeadId{7}, "ana", "sales"}, kKeys, now());
  for (const auto& text : {std::string{}, genuine + "a", genuine.substr(1), std::string(32, '='),
                           std::string(1 << 20, 'a'), std::string(32, '\0'), "é" + genuine.substr(2)}) {
    EXPECT_FALSE(verify_token(text, "ana", "sales", kKeys, now()));
  }
}

TEST(ReplyAddress, CarriesTheTokenWhereItFits) {
  const auto token = token_for("ana");
  auto mailbox = rules().mailboxes[0];
  EXPECT_EQ(reply_address(mailbox, token), "sales+" + token + "@acme.example");
  EXPECT_LE(local_part_of(reply_address(mailbox, token)).size(), 64U);
  mailbox.address = "a-mailbox-with-a-very-long-name@acme.example";  // 31 characters, 64 with the token
  EXPECT_EQ(local_part_of(reply_address(mailbox, token)).size(), 64U);
  mailbox.address = "a-mailbox-with-an-even-longer-name@acme.example";
  EXPECT_EQ(reply_address(mailbox, token), mailbox.address);
  mailbox = rules().mailboxes[0];
  mailbox.plus_addressing = false;
  EXPECT_EQ(reply_address(mailbox, token), "sales@acme.example");
}

TEST(MessageId, IsTheSameForTheSameCause) {
  const auto mailbox = rules().mailboxes[0];
  const auto token = token_for("ana");
  const auto id = make_message_id(token, "notice:f1:ana", mailbox, kKeys);
  EXPECT_EQ(id, make_message_id(token, "notice:f1:ana", mailbox, kKeys));
  EXPECT_NE(id, make_message_id(token, "copy:f1:ana", mailbox, kKeys));
  EXPECT_TRUE(id.starts_with(token + "."));
  EXPECT_TRUE(id.ends_with("@acme.example"));
  EXPECT_EQ(id.size(), token.size() + 1 + 16 + std::string_view("@acme.example").size());
  EXPECT_EQ(token_in(id), token);
}

TEST(FindTokens, LooksWhereProgramsPutThem) {
  auto mail = inquiry();
  const auto token = [](char c) { return std::string(32, c); };
  mail.subject = "Re: [L-7-" + token('e') + "] pumps";
  mail.references = {token('c') + ".00@acme.example", token('d') + ".00@acme.example"};
  mail.in_reply_to = {token('b') + ".00@acme.example"};
  mail.cc = {{"", "Sales+" + token('A') + "@acme.example"}};
  std::string found;
  for (const auto& candidate : find_tokens(mail)) found += candidate.text.substr(0, 1) + " " + candidate.where + "; ";
  EXPECT_EQ(found, "a recipient; b in-reply-to; d references; c references; e subject; ");
}

TEST(FindTokens, IsBounded) {
  auto mail = inquiry();
  std::mt19937_64 random(1);  // NOLINT
  for (int i = 0; i < 5000; ++i) {
    std::string word(32, 'a');
    for (auto& c : word) c = static_cast<char>('a' + random() % 26);
    mail.references.push_back(word + "@x.example");
  }
  EXPECT_EQ(find_tokens(mail).size(), 64U);
  EXPECT_LE(query(mail, rules(), now()).message_ids.size(), 33U);
}

TEST(SubjectTag, TellsOurTagFromThatOfAnother) {
  const auto tag = subject_tag(LeadId{123}, kKeys);
  EXPECT_EQ(lead_in_subject("Re: " + tag + " pumps", kKeys), LeadId{123});
  EXPECT_EQ(lead_in_subject("RE: [list] " + tag, kKeys), LeadId{123});
  EXPECT_FALSE(lead_in_subject("Re: [L-123-abcd] pumps", kKeys) && tag != "[L-123-abcd]");
  for (const auto* const other :
       {"[L-1", "[]", "[", "L-123", "[L--5-abcd]", "[L-99999999999999999999-abcd]", "[L-5-]"}) {
    EXPECT_FALSE(lead_in_subject(other, kKeys)) << other;
  }
}

}  // namespace
}  // namespace leadmail::leads
