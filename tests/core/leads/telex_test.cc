// Vietnamese as a keyboard leaves it when it does not put the accents on.
#include "core/leads/telex.h"

#include <gtest/gtest.h>

namespace leadmail::leads {
namespace {

TEST(Telex, ReadsSyllablesByTheirKeys) {
  for (const auto& [typed, meant] : {std::pair{"trangj thais quan taam", "trạng thái quan tâm"},
                                     {"henj", "hẹn"},
                                     {"heenj", "hện"},
                                     {"Nhaanj", "nhận"},
                                     {"nhanx", "nhãn"},
                                     {"baos giá", "báo giá"},
                                     {"ghi chus ddax gois", "ghi chú đã gói"},
                                     {"khoong lieen heej", "không liên hệ"},
                                     {"thawngs", "thắng"},
                                     {"dduowcj", "được"},
                                     {"dduwowcj", "được"},
                                     {"duocjdw", "được"},
                                     {"hoanf tacs", "hoàn tác"},
                                     {"hoaf quaf gias", "hòa quà giá"},
                                     {"suwj kieenj", "sự kiện"}}) {
    EXPECT_EQ(telex_read(typed), meant) << typed;
  }
}

TEST(Telex, LeavesWhatIsFinishedOrNoSyllable) {
  for (const auto* const text : {"mai 10h", "L-12", "giá", "300tr", "xin", "abcdefghijklmnops", ""}) {
    EXPECT_EQ(telex_read(text), text);
  }
}

}  // namespace
}  // namespace leadmail::leads
