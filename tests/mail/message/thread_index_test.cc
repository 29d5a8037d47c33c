#include "mail/message/thread_index.h"

#include <gtest/gtest.h>

#include "mail/message/encode_body.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {
namespace {

const std::string kGuid = "0123456789abcdef";
constexpr const char* kGuidInHex = "30313233343536373839616263646566";

std::string index_of(std::string bytes) {
  auto text = encode_base64(bytes);
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return text;
}

std::string header_of(std::string_view time_bytes) { return std::string(time_bytes) + kGuid; }

std::uint32_t number(std::string_view four) {
  std::uint32_t value = 0;
  for (const char c : four) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

TEST(ThreadIndex, AConversationKeepsItsNameInAllAnswers) {
  const auto first = index_of(header_of(std::string_view("\x01\xdd\x5b\xb2\xe9\xc5", 6)));
  const auto now = *parse_rfc3339("2026-11-25T15:00:00Z");
  const auto second = extend_thread_index(first, now, 0x40);
  const auto third = extend_thread_index(second, now, 0x50);
  EXPECT_EQ(conversation_of(first), kGuidInHex);
  EXPECT_EQ(conversation_of(second), kGuidInHex);
  EXPECT_EQ(conversation_of("  " + third + " "), kGuidInHex);
  EXPECT_EQ(decode_base64(second).size(), 27U);
  EXPECT_EQ(decode_base64(third).size(), 32U);
  EXPECT_TRUE(decode_base64(third).starts_with(decode_base64(second)));
}

TEST(ThreadIndex, AnAnswerTellsHowLongAfterTheBeginningItWasWritten) {
  // The upper bytes of the time of 2026-11-24T15:00:00Z, in both ways of writing them.
  const auto ticks =
      static_cast<std::uint64_t>(to_unix(*parse_rfc3339("2026-11-24T15:00:00Z")) + 11'644'473'600) * 10'000'000U;
  std::string old_way;
  for (int shift = 56; shift >= 16; shift -= 8) old_way += static_cast<char>(ticks >> shift & 0xFFU);
  std::string new_way("\x01");
  for (int shift = 56; shift >= 24; shift -= 8) new_way += static_cast<char>(ticks >> shift & 0xFFU);
  for (const auto& way : {old_way, new_way}) {
    const auto answer =
        decode_base64(extend_thread_index(index_of(header_of(way)), *parse_rfc3339("2026-11-25T15:00:00Z"), 7));
    ASSERT_EQ(answer.size(), 27U);
    const auto day = std::uint64_t{86'400} * 10'000'000U >> 18;
    EXPECT_NEAR(number(answer.substr(22, 4)), static_cast<double>(day), 70);  // the header keeps 1.7 s at best
    EXPECT_EQ(answer.back(), 7);
    const auto late =
        decode_base64(extend_thread_index(index_of(header_of(way)), *parse_rfc3339("2029-11-24T15:00:00Z"), 7));
    EXPECT_NE(number(late.substr(22, 4)) & 0x80000000U, 0U);  // beyond 1.7 years the coarser scale
  }
}

TEST(ThreadIndex, WhatIsDamagedNamesNoConversation) {
  const auto good = header_of(std::string_view("\x01\xdd\x5b\xb2\xe9\xc5", 6));
  EXPECT_FALSE(conversation_of(""));
  EXPECT_FALSE(conversation_of("not base64 at all"));
  EXPECT_FALSE(conversation_of(index_of(good.substr(1))));
  EXPECT_FALSE(conversation_of(index_of(good + "abcd")));
  EXPECT_FALSE(conversation_of(index_of("\x02" + good.substr(1))));
  EXPECT_FALSE(conversation_of(index_of(good.substr(0, 6) + std::string(16, '\0'))));
  EXPECT_FALSE(conversation_of(index_of(good + std::string(5 * 201, 'x'))));
  EXPECT_FALSE(conversation_of(std::string(1 << 20, 'A')));
  EXPECT_EQ(extend_thread_index("", Time{}, 0), "");
  EXPECT_EQ(extend_thread_index(index_of(good + std::string(5 * 200, 'x')), Time{}, 0), "");
}

}  // namespace
}  // namespace leadmail::mail::message
