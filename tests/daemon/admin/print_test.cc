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
  EXPECT_EQ(table.text({.colours = false, .width = 20}), "ID  REASON\n 1  a reason that i…\n");
  EXPECT_EQ(table.text({.colours = true, .width = 20}),
            "\033[2mID\033[0m  \033[2mREASON\033[0m\n \033[1m1\033[0m  \033[31ma reason that i…\033[0m\n");
}

TEST(Table, CutsNothingWhereNobodyLooks) {
  Table table({"NAME", "REASON"});
  const std::string name(70, 'x');
  table.add({{name}, {"why"}});
  EXPECT_EQ(table.text({}), "NAME" + std::string(68, ' ') + "REASON\n" + name + "  why\n");
}

TEST(Table, TheWidestColumnGivesWayAndFiguresStayWhole) {
  Table table({"LEAD", "NAME", "LEADS", "COMPANY"});
  table.add({{"L-1"}, {"王氏水泵有限公司与合伙人"}, {"12345"}, {"Công ty TNHH Thương mại Bơm Công nghiệp"}});
  table.add({{"L-22"}, {"Ana"}, {"7"}, {"Acme"}});
  const auto text = table.text({.colours = false, .width = 48});
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = text.find('\n', at);
    EXPECT_LE(width_of(text.substr(at, end - at)), 48U) << text;
    at = end + 1;
  }
  EXPECT_NE(text.find("12345"), std::string::npos);
  EXPECT_NE(text.find("    7"), std::string::npos) << "figures end in one column";
  EXPECT_NE(text.find("…"), std::string::npos);
}

TEST(Wrapped, BreaksBetweenWordsAndIndents) {
  const Terminal narrow{.colours = false, .width = 30};
  EXPECT_EQ(wrapped("one two three four five six", 8, narrow), "one two three four\n        five six");
  EXPECT_EQ(wrapped("王氏 水泵 有限 公司 合伙", 8, narrow), "王氏 水泵 有限 公司\n        合伙");
  EXPECT_EQ(wrapped("one two three four five six", 8, {}), "one two three four five six");
  EXPECT_EQ(wrapped(std::string(50, 'x'), 8, narrow), std::string(50, 'x')) << "a word that fits nowhere";
}

TEST(Width, OfKoreanInPartsIsThatOfItsSyllables) {
  EXPECT_EQ(width_of("\u1112\u1161\u11ab"), 2U);
  EXPECT_EQ(width_of("한"), 2U);
}

}  // namespace
}  // namespace leadmail::daemon::admin
