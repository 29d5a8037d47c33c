#include "mail/message/fold_case.h"

#include <gtest/gtest.h>

namespace leadmail::mail::message {
namespace {

std::string folded(std::string_view text) {
  std::string room;
  return std::string(fold_case(text, room));
}

TEST(FoldCase, LowersEveryScriptBeyondAsciiAndKeepsEveryByteInItsPlace) {
  EXPECT_EQ(folded("À Ämne Đã Gửi Отправлено ΘΈΜΑ"), "à ämne đã Gửi отправлено θέμα");
  EXPECT_EQ(folded("ẤẬ 差出人 제목"), "ấậ 差出人 제목");
  for (const std::string_view text : {"İstanbul", "\xC4\xB0lk", "K\xE2\x84\xAA", "\xFF\xC3", "\xC3"})
    EXPECT_EQ(folded(text).size(), text.size());
}

TEST(FoldCase, LeavesAsciiAndDamageAsTheyAre) {
  EXPECT_EQ(folded("From"), "From");
  EXPECT_EQ(folded("\xFF\xC3"), "\xFF\xC3");
}

}  // namespace
}  // namespace leadmail::mail::message
