#include "core/leads/traces.h"

#include <gtest/gtest.h>

namespace leadmail::leads {
namespace {

struct TracesTest : testing::Test {
  TracesTest() {
    maria.add_address("Maria@x.example");
    maria.add_phone("+52 55 1234 5678");
    maria.add_phrase("María Pérez");
    maria.add_message_id("CAF-17@mail.x.example");
    maria.add_text(
        "Hola Ana,\n\nnecesitamos cuarenta bombas azules para la planta de Puebla antes del invierno.\n"
        "¿Cuánto cuestan?\n\nGracias\n");
  }
  [[nodiscard]] std::string cut(std::string_view text) const {
    return without(text, [this](std::string_view one) { return maria.find(one); }).value_or("(nothing)");
  }
  Traces maria{};
};

TEST_F(TracesTest, AddressesAreFoundHoweverTheyAreWritten) {
  EXPECT_EQ(cut("write to MARIA@X.example."), "write to erased@erased.invalid.");
  EXPECT_EQ(cut("<mailto:maria@x.example>"), "<mailto:erased@erased.invalid>");
  EXPECT_EQ(cut("maria+news@x.example"), "erased@erased.invalid");
  EXPECT_EQ(cut("?to=maria%40x.example&a=1"), "?to=erased@erased.invalid&a=1");
  EXPECT_EQ(cut("bounce+maria=x.example@lists.example"), "bounce+erased@erased.invalid@lists.example");
}

TEST_F(TracesTest, AddressesOfOthersAreLeftAlone) {
  for (const auto* other : {"anamaria@x.example", "maria@x.example.org", "maria@xx.example", "maria@y.example", "maria",
                            "x.example", "@", "maria@", "=x.example", "%40x.example"}) {
    EXPECT_EQ(cut(other), "(nothing)") << other;
  }
}

TEST_F(TracesTest, PhonesAreFoundByTheirDigits) {
  EXPECT_EQ(cut("Tel. (55) 1234-5678"), "Tel. ([erased]");
  EXPECT_EQ(cut("+525512345678, ext. 3"), "+[erased], ext. 3");
  EXPECT_EQ(cut("on 2026-11-22 055 1234 5678"), "on 2026-11-22 [erased]");
  EXPECT_EQ(cut("55 1234 5679"), "(nothing)");
  EXPECT_EQ(cut("45678"), "(nothing)");
}

TEST_F(TracesTest, NamesAreFoundAsAWhole) {
  EXPECT_EQ(cut("Cc: María Pérez, Luis"), "Cc: [erased], Luis");
  EXPECT_EQ(cut("María wrote"), "(nothing)");
}

TEST_F(TracesTest, MessageIdsAreFound) {
  EXPECT_EQ(cut("<a@b.example> <caf-17@mail.x.example>"), "<a@b.example> <erased@erased.invalid>");
}

TEST_F(TracesTest, QuotesAreFoundWhereverTheirLinesAreBroken) {
  EXPECT_EQ(cut("See below.\n> Hola Ana,\n>\n> necesitamos cuarenta bombas\n> azules para la planta de Puebla antes\n"
                "> del invierno.\n> ¿Cuánto cuestan?\n>\n> Gracias\n\nLuis"),
            "See below.\n> [erased]\n\nLuis");
  EXPECT_EQ(cut("x NECESITAMOS\u00a0cuarenta bombas azules para la y"), "x [erased] y");
}

TEST_F(TracesTest, WhatOthersWriteThemselvesStays) {
  EXPECT_EQ(cut("Hola Ana,\nte mando la oferta.\nGracias\nLuis"), "(nothing)");
  EXPECT_EQ(cut("la planta de Puebla"), "(nothing)");
  EXPECT_EQ(cut(""), "(nothing)");
}

TEST_F(TracesTest, OfAValueLinesThatAreHisGo) {
  EXPECT_EQ(maria.without_him("maria@x.example\nluis@x.example"), "luis@x.example");
  EXPECT_EQ(maria.without_him("maria@x.example María Pérez"), "");
  EXPECT_EQ(maria.without_him("call María Pérez"), "call [erased]");
  EXPECT_EQ(maria.without_him("a\n\nb"), "a\n\nb");
}

TEST_F(TracesTest, LongTextsCostLinearTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "55 1=2@3%40x.example ";
  EXPECT_EQ(cut(text), "(nothing)");
  EXPECT_EQ(cut(std::string(2'000'000, '@')), "(nothing)");
  EXPECT_EQ(cut(std::string(2'000'000, '5')), "(nothing)");
  EXPECT_EQ(cut(std::string(2'000'000, '=') + "@x.example"), "(nothing)");
}

}  // namespace
}  // namespace leadmail::leads
