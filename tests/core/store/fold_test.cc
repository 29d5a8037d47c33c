#include "core/store/fold.h"

#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

TEST(Fold, CaseAndAccentsVanish) {
  EXPECT_EQ(fold_for_search("¿Cuánto CUESTA la Máquina?"), "cuanto cuesta la maquina");
  EXPECT_EQ(fold_for_search("Đặng Thị Ngọc — báo giá"), "dang thi ngoc bao gia");
  EXPECT_EQ(fold_for_search("STRASSE Straße ŁÓDŹ Øre"), "strasse strasse lodz ore");
}

TEST(Fold, AWordIsWhatStandsBetweenAnythingElse) {
  EXPECT_EQ(fold_for_search("<maria@x.example>, +52 (55) 1234-5678\t\n"), "maria x example 52 55 1234 5678");
  EXPECT_EQ(fold_for_search(" \"'-- ,"), "");
  EXPECT_EQ(fold_for_search(""), "");
}

TEST(Fold, ScriptsWithoutSpacesAreCutIntoPairs) {
  EXPECT_EQ(fold_for_search("東京都"), "東京 京都 都");
  EXPECT_EQ(fold_for_search("見積り API の件"), "見積 積り り api の件 件");
  EXPECT_EQ(fold_for_search("猫"), "猫");
  EXPECT_EQ(fold_for_search("ﾊﾞﾅﾅ"), fold_for_search("バナナ"));
}

TEST(Fold, DamagedBytesSeparateWords) {
  EXPECT_EQ(fold_for_search("caf\xe9 ol\xc3"), "caf ol");
  EXPECT_EQ(fold_for_search(std::string_view("a\0b\xff\xfe", 5)), "a b");
}

TEST(Fold, ALongTextCountsOnlyToItsLimit) {
  EXPECT_EQ(fold_for_search("uno dos tres", 7), "uno dos");
  EXPECT_LE(fold_for_search(std::string(1'000'000, 'x')).size(), 64U);
}

TEST(Fold, AQuestionIsWordsAndNothingElse) {
  const auto words = [](std::string_view text) {
    std::string told;
    for (const auto& word : asked_words(text)) told += word.text + (word.is_whole ? " " : "* ");
    return told;
  };
  EXPECT_EQ(words("Máquina OR \"precio\" NEAR(1) *"), "maquina* or* precio* near* 1 ");
  EXPECT_EQ(words("東京都"), "東京 京都 ");
  EXPECT_EQ(words("猫"), "猫* ");
  EXPECT_EQ(words("-- ; '"), "");
  std::string many;
  for (int i = 0; i < 100; ++i) many += "w" + std::to_string(i) + " ";
  EXPECT_EQ(asked_words(many).size(), 32U);
}

struct FindTest : testing::Test {
  LeadId add(int n, const std::string& subject, const std::string& text) {
    auto inquiry = an_inquiry(n);
    inquiry.subject = subject;
    inquiry.reply = inquiry.text = text;
    return take(*book, a_new_lead(inquiry), inquiry, n).lead.value();
  }
  std::string find(std::string_view text) {
    std::string found;
    auto done = open_reader(path)->find(text, [&](const leads::Lead& lead) {
      found += to_string(lead.id) + " ";
      return true;
    });
    EXPECT_TRUE(done) << (done ? "" : done.error().what);
    return found;
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
};

TEST_F(FindTest, SpanishIsFoundWithAndWithoutAccents) {
  add(1, "Cotización", "Necesitamos una máquina de café");
  add(2, "Pedido", "Queremos pagar");
  for (const char* words : {"maquina", "MÁQUINA café", "cotizacion", "maq caf", "cafe cotiz"}) {
    EXPECT_EQ(find(words), "L-1 ") << words;
  }
  EXPECT_EQ(find("maquina pagar"), "");
  EXPECT_EQ(find("aquina"), "");
}

TEST_F(FindTest, VietnameseIsFoundAsItIsTyped) {
  add(1, "Báo giá", "Chúng tôi cần mua đường ống ở Đà Nẵng");
  EXPECT_EQ(find("da nang"), "L-1 ");
  EXPECT_EQ(find("Đà Nẵng đường"), "L-1 ");
  EXPECT_EQ(find("bao gia"), "L-1 ");
  EXPECT_EQ(find("ha noi"), "");
}

TEST_F(FindTest, JapaneseIsFoundInTheMiddleOfASentence) {
  add(1, "お見積りのお願い", "東京都の株式会社山田製作所です。カタログを送ってください。");
  add(2, "件名", "京都大学です");
  EXPECT_EQ(find("製作所"), "L-1 ");
  EXPECT_EQ(find("カタログ"), "L-1 ");
  EXPECT_EQ(find("ｶﾀﾛｸﾞ"), "L-1 ");
  EXPECT_EQ(find("京都"), "L-2 L-1 ");
  EXPECT_EQ(find("所"), "L-1 ");
  EXPECT_EQ(find("い"), "L-1 ");
  EXPECT_EQ(find("大阪"), "");
}

TEST_F(FindTest, ALeadIsFoundByItsValuesItsNotesAndItsPeopleAndToldOnce) {
  const auto lead = add(1, "Hola", "uno");
  PlainComposer composer;
  auto note = an_event(leads::EventType::note, {});
  note.text = "Llamar después de Semana Santa";
  auto transaction = begin(*book);
  ASSERT_TRUE(transaction->apply(
      only({leads::Record{{lead}, note},
            leads::Record{{lead}, an_event(leads::EventType::fields, {{"company", "", "Aceros Ñandú SA"}})}}),
      kNow, composer));
  ASSERT_TRUE(transaction->commit());
  for (const char* words : {"nandu", "semana santa", "maria perez", "maria@x.example", "hola"}) {
    EXPECT_EQ(find(words), "L-1 ") << words;
  }
  EXPECT_EQ(find("ana"), "");  // the owner is no word of the lead
}

TEST_F(FindTest, TheBeginningOfManyWordsIsFoundAsWellAsThatOfAFew) {
  add(1, "bomba", "bombas bombeo b1");
  std::string many;
  for (int i = 0; i < 1200; ++i) many += "tubo" + std::to_string(i) + " ";
  add(2, "tuberías", many);
  add(3, "bombas y tubos", "tubo7 bombear");
  EXPECT_EQ(find("bomb"), "L-3 L-1 ");
  EXPECT_EQ(find("bombas"), "L-3 L-1 ");
  EXPECT_EQ(find("tub"), "L-3 L-2 ");
  EXPECT_EQ(find("tubo"), "L-3 L-2 ");
  EXPECT_EQ(find("tubo29"), "L-2 ");
  EXPECT_EQ(find("tub bomb"), "L-3 ");
  EXPECT_EQ(find("tubo7 bombear y"), "L-3 ");
  EXPECT_EQ(find("bombz"), "");
  EXPECT_EQ(find("bomb bombz"), "");
}

TEST_F(FindTest, QuotedTextIsFoundWithTheMailItIsQuotedFrom) {
  const auto lead = add(1, "Hola", "uno");
  auto answer = an_inquiry(2);
  answer.reply = "de acuerdo";
  answer.text = "de acuerdo\n> palabra citada";
  answer.signature = "Maria, Tornillos del Norte";
  take(*book, threaded(answer, lead), answer, 2);
  EXPECT_EQ(find("acuerdo"), "L-1 ");
  EXPECT_EQ(find("tornillos norte"), "L-1 ");
  EXPECT_EQ(find("citada"), "");
}

TEST_F(FindTest, WordsOfAMessageThatWasUndoneAreNotFound) {
  PlainComposer composer;
  auto transaction = begin(*book);
  for (int n = 1; n <= 2; ++n) {
    auto inquiry = an_inquiry(n);
    inquiry.reply = inquiry.text = n == 1 ? "desaparece" : "permanece";
    auto done = transaction->savepoint([&]() -> Result<void> {
      EXPECT_TRUE(transaction->apply(a_new_lead(inquiry), incoming(inquiry, n), composer));
      if (n == 1) return Error{Next::give_up, "no"};
      return {};
    });
    EXPECT_EQ(static_cast<bool>(done), n == 2);
  }
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(find("desaparece"), "");
  EXPECT_EQ(find("permanece"), "L-1 ");
  EXPECT_EQ(find("maria"), "L-1 ");
}

TEST_F(FindTest, NothingAPersonTypesBreaksTheQuery) {
  add(1, "Hola", "uno");
  for (const char* words :
       {"\"", "uno\"", "uno OR", "NOT uno", "text:uno", "uno*", "(uno", "^uno", "uno + +", "\xff uno"}) {
    auto done = open_reader(path)->find(words, [](const leads::Lead&) { return true; });
    EXPECT_TRUE(done) << words;
  }
  EXPECT_EQ(find(""), "");
}

}  // namespace
}  // namespace leadmail::store::tests
