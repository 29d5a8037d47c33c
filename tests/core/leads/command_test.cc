#include "core/leads/command.h"

#include <gtest/gtest.h>

#include <set>

#include "core/leads/fold.h"
#include "core/leads/phrases.h"

namespace leadmail::leads {
namespace {

/// "status(interested) next(tomorrow 10:00) | the rest", or what was refused.
std::string read(std::string_view text, std::string_view language = "en") {
  const auto result = read_commands(text, language);
  if (!result.refused.empty()) return "refused: " + result.refused;
  std::string words;
  for (const auto& command : result.commands) {
    const auto name = row_of(command.verb).en;
    words += std::string(name.substr(0, name.find('|'))) + "(" + command.arguments + ") ";
  }
  return words + "| " + result.rest;
}

TEST(Commands, AreTheFirstLinesThatBeginWithAHash) {
  EXPECT_EQ(read("#status interested\n\n\n#next tomorrow 10:00\n\nDear María,\n\nthanks\n"),
            "status(interested) next(tomorrow 10:00) | Dear María,\n\nthanks");
  EXPECT_EQ(read("\n\n#note inside"), "note(inside) | ");
  EXPECT_EQ(read("Dear María\n"), "| Dear María");
  EXPECT_EQ(read(""), "| ");
  EXPECT_EQ(read("#status interested\r\n\r\nDear María\r\n"), "status(interested) | Dear María");
}

TEST(Commands, OfThreeLanguagesAreOne) {
  for (const auto* const line : {"#status open", "#STATUS open", "#estado open", "#Estado: open", "#trạng thái open",
                                 "#trang thai open", "#trạngthái open", "#trang-thai open", "# status open"}) {
    EXPECT_EQ(read(line), "status(open) | ") << line;
  }
  for (const auto* const line :
       {"#next mai", "#siguiente mai", "#próximo mai", "#tiếp theo mai", "#tiếp mai", "#hẹn mai"}) {
    EXPECT_EQ(read(line), "next(mai) | ") << line;
  }
}

TEST(Commands, EveryVerbIsFoundInEveryLanguageAndMeansOneThing) {
  std::set<std::string> seen;
  // Without accents two verbs are one word: who writes none takes the lead, and is asked when more follows.
  const auto is_known = [](const std::string& name) { return name == "nhãn" || name == "đổi"; };
  for (const auto& row : verbs()) {
    for (auto list : {row.en, row.es, row.vi}) {
      while (!list.empty()) {
        const auto end = std::min(list.find('|'), list.size());
        const auto name = std::string(list.substr(0, end));
        const auto result = read_commands("#" + name + " x", "en");
        ASSERT_EQ(result.commands.size(), 1U) << name << ": " << result.refused;
        EXPECT_EQ(result.commands[0].verb, row.verb) << name;
        EXPECT_TRUE(seen.insert(fold(name)).second || list == row.es || list == row.vi || is_known(name)) << name;
        list.remove_prefix(std::min(end + 1, list.size()));
      }
    }
  }
}

TEST(Commands, AnUnknownVerbNamesTheNearestAndStopsTheMail) {
  EXPECT_EQ(read("#stauts open"), "refused: There is no command \"#stauts open\". Did you mean #status?");
  EXPECT_EQ(read("#nex tomorrow"), "refused: There is no command \"#nex tomorrow\". Did you mean #new, #next, #set?");
  EXPECT_EQ(read("#1 of our products"), "refused: There is no command \"#1 of our products\". #help lists them all.");
  EXPECT_EQ(read("#"), "refused: There is no command \"#\". #help lists them all.");
  EXPECT_EQ(read("#estdo abierto", "es"), "refused: No existe la orden \"#estdo abierto\". ¿Quiso decir #estado?");
}

TEST(Commands, AreBounded) {
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "#note n\n";
  EXPECT_EQ(read_commands(ten + "text", "en").commands.size(), 10U);
  EXPECT_EQ(read(ten + "#note n"), "refused: One mail may hold at most 10 commands.");
  const auto longest = "#note " + std::string(494, 'x');
  EXPECT_EQ(read_commands(longest, "en").commands.size(), 1U);
  EXPECT_EQ(read(longest + "x"), "refused: A command may be at most 500 bytes long.");
}

// docs/security.md, A13
TEST(Commands, InQuotesCountForNothing) {
  EXPECT_EQ(read("Fine.\n> #status lost\n"), "| Fine.\n> #status lost");
  EXPECT_EQ(read("> #status lost\n"), "| > #status lost");
  EXPECT_EQ(read(" #status lost\n").substr(0, 8), "refused:") << "below nothing, but not at the line's beginning";
}

TEST(Commands, BelowTheTextRefuseTheMailBecauseTheyWouldReachTheCustomer) {
  EXPECT_EQ(read("Dear María\n#note difficult").substr(0, 8), "refused:");
  EXPECT_EQ(read("#next mañana\nDear María\n\n  #nota difícil").substr(0, 8), "refused:");
  EXPECT_EQ(read("Dear María,\n#1 is the red one\n##\n#blessed"), "| Dear María,\n#1 is the red one\n##\n#blessed");
}

TEST(Commands, ThatAProgramOrAKeyboardHasDisguisedAreCommandsOrRefuseTheMail) {
  for (const auto* typed :
       {"\u200b#note hush", "\ufeff#note hush", "\u00a0#note hush", "\uff03note hush", "\uff03nota hush"}) {
    EXPECT_EQ(read(std::string(typed) + "\n\nDear María"), "note(hush) | Dear María") << typed;
    EXPECT_EQ(read("Dear María\n\n" + std::string(typed)).substr(0, 8), "refused:") << typed;
  }
  for (const auto* disguised : {"*#note hush*", "*\u200b# note hush", "__#note hush__"}) {
    EXPECT_EQ(read(std::string(disguised) + "\n\nDear María").substr(0, 8), "refused:") << disguised;
    EXPECT_EQ(read("Dear María\n\n" + std::string(disguised)).substr(0, 8), "refused:") << disguised;
  }
  EXPECT_EQ(read("*#1 is the red one*"), "| *#1 is the red one*");
}

TEST(Commands, AnItemOfAListOrAQuotedOneIsNoTextForTheCustomer) {
  for (const auto* marked : {"- #next tomorrow 10:00", "\u2022 #next tomorrow 10:00", "1. #next tomorrow 10:00",
                             "12) #next tomorrow 10:00", "\u201c#next tomorrow 10:00\u201d", "`#next tomorrow 10:00`",
                             "\u2013 #siguiente mañana 10:00", " - *#next tomorrow*"}) {
    EXPECT_EQ(read(marked).substr(0, 8), "refused:") << marked;
    EXPECT_EQ(read("Dear María,\n\nfine.\n" + std::string(marked)).substr(0, 8), "refused:") << marked;
  }
  EXPECT_EQ(read("- #1 is the red one\n#1) order it soon"), "| - #1 is the red one\n#1) order it soon");
}

TEST(Commands, ALongLineThatRunsOnIsAskedAbout) {
  for (const auto* const line : {"#note she is very sensitive about the price and wants to be called",
                                 "#lost the customer says that we are far too expensive and that our",
                                 "#next tomorrow 10:00 gọi lại vì khách nói rằng chúng ta quá đắt và",
                                 "#assign luis because he speaks the language of the customer best,"}) {
    EXPECT_EQ(read(std::string(line) + "\nafter five, be careful").substr(0, 8), "refused:") << line;
    EXPECT_EQ(read(std::string(line) + "\n\nDear María").find("refused"), std::string::npos) << line;
    EXPECT_EQ(read(std::string(line) + "\n#status open").find("refused"), std::string::npos) << line;
  }
  EXPECT_EQ(read("#note see\nhttps://far.example/a/long/address/that/no/program/may/break/in/two").substr(0, 8),
            "refused:");
  EXPECT_EQ(read("#note short\nDear María"), "note(short) | Dear María");
}

TEST(Statuses, AreReadInEveryLanguageAndSpelling) {
  for (const auto& row : statuses()) {
    for (const auto text : {row.en, row.es, row.vi, name(row.status)}) {
      EXPECT_EQ(read_status(text), row.status) << text;
      EXPECT_EQ(read_status(fold(text)), row.status) << text;
    }
  }
  EXPECT_EQ(read_status("lost_quotation"), Status::lost_quotation);
  EXPECT_FALSE(read_status("great"));
  EXPECT_FALSE(read_status(""));
}

TEST(Help, NamesOnlyWhatCanBeDone) {
  const auto help = help_text("vi");
  EXPECT_NE(help.find("#trạng thái interested\n"), std::string::npos);
  EXPECT_NE(help.find("#hoàn tác\n"), std::string::npos);
}

TEST(Phrases, TakeTheirArgumentsLiterally) {
  EXPECT_EQ(say(Phrase::unknown_verb, "en", {"{1}", "%s{{x}}"}), "There is no command \"{1}\". Did you mean %s{{x}}?");
  EXPECT_EQ(say(Phrase::not_yet, "xx", {"#won"}), "This version can't do #won yet.");
  EXPECT_EQ(say(Phrase::not_yet, "es"), "Esta versión todavía no sabe hacer {0}.");
}

TEST(Fold, DropsCaseAndAccentsAndKeepsOtherScripts) {
  EXPECT_EQ(fold("Trạng Thái ĐÃ BÁN"), "trang thai da ban");
  EXPECT_EQ(fold("MAÑANA ¿Cuándo?"), "manana ¿cuando?");
  EXPECT_EQ(fold("Straße ØRE Łódź İstanbul"), "strasse ore lodz istanbul");
  EXPECT_EQ(fold("ガギグ 見積"), "ガギグ 見積");
  EXPECT_EQ(fold("ＡＢＣ"), "abc");
  EXPECT_EQ(fold("한국어"), "한국어");
  EXPECT_EQ(fold("a\xff\x62"), "a\xEF\xBF\xBD\x62");
  EXPECT_EQ(fold(""), "");
}

}  // namespace
}  // namespace leadmail::leads
