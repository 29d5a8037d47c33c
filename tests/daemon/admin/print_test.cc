#include "daemon/admin/print.h"

#include <gtest/gtest.h>

namespace leadmail::daemon::admin {
namespace {

TEST(Width, CountsColumnsAndNotBytes) {
  EXPECT_EQ(width_of("Ana López"), 9U);
  EXPECT_EQ(width_of("Nguyễn Thị Hương"), 16U);
  EXPECT_EQ(width_of("Nguye\u0302\u0303n"), 6U) << "combining marks take no room";
  EXPECT_EQ(width_of("王氏水泵"), 8U);
  EXPECT_EQ(width_of("ｶﾅ"), 2U) << "halfwidth";
  EXPECT_EQ(width_of("\xff\xfe"), 2U) << "broken bytes are shown as one each";
  EXPECT_EQ(width_of(""), 0U);
}

TEST(Shown, KeepsStrangersFromTheTerminal) {
  EXPECT_EQ(shown("a\033[31mb"), "a\uFFFD[31mb");
  EXPECT_EQ(shown("a\r\nb\tc"), "a b c");
  EXPECT_EQ(shown("exe\u202Egpj"), "exe\uFFFDgpj") << "nobody turns the order of reading round";
  EXPECT_EQ(shown("\xc2\x9b"
                  "31m"),
            "\uFFFD31m")
      << "the C1 form of an escape";
  EXPECT_EQ(shown("\xff"), "\uFFFD");
  EXPECT_EQ(shown_lines("a\nb\033c"), "a\nb\uFFFDc");
}

TEST(Cut, NeverCutsACharacterInTwo) {
  EXPECT_EQ(cut("López", 5), "López");
  EXPECT_EQ(cut("López", 4), "Lóp…");
  EXPECT_EQ(cut("王氏水泵", 6), "王氏…");
  EXPECT_EQ(cut("王氏水泵", 7), "王氏水…");
  EXPECT_EQ(cut("王", 1), "…");
  EXPECT_EQ(cut("x", 0), "");
}

TEST(Table, LinesUpForEveryScriptAndLeavesEmptyColumnsOut) {
  Table table({"NAME", "NOTHING", "OWNER"});
  table.add({{"王氏", Colour::none}, {"", Colour::none}, {"ana", Colour::none}});
  table.add({{"Hương", Colour::bold}, {"", Colour::none}, {"a\nb", Colour::none}});
  EXPECT_EQ(table.text({}),
            "NAME   OWNER\n"
            "王氏   ana\n"
            "Hương  a b\n");
}

TEST(Table, FitsTheTerminalAndIsColouredOnlyThere) {
  Table table({"ID", "REASON"});
  table.add({{"1", Colour::bold}, {"a reason that is much too long", Colour::red}});
  EXPECT_EQ(table.text({.colours = false, .width = 20}), "ID  REASON\n1   a reason that i…\n");
  EXPECT_EQ(table.text({.colours = true, .width = 20}),
            "\033[2mID\033[0m  \033[2mREASON\033[0m\n\033[1m1\033[0m   \033[31ma reason that i…\033[0m\n");
}

}  // namespace
}  // namespace leadmail::daemon::admin
