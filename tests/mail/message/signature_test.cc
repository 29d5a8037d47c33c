#include "mail/message/signature.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/message/phone_number.h"

namespace leadmail::mail::message {
namespace {

std::string describe(std::string_view text, const Address& from) {
  const auto s = read_signature(text, from);
  std::string result =
      s.name.value + '|' + s.title.value + '|' + s.company.value + '|' + s.website.value + '|' + s.address.value;
  for (const auto& phone : s.phones) result += '|' + phone.kind + ' ' + phone.written + ' ' + phone.e164;
  for (const auto& email : s.emails) result += '|' + email;
  return result;
}

TEST(Signature, TheUsualBlockIsRead) {
  EXPECT_EQ(
      describe("--\nBob Ray\nHead of Purchasing\nCustomer Pumps Inc.\nTel: +1 (555) 123-4567\nMobile: +1 555 765 "
               "4321\nwww.customer.example\nbob@customer.example\n12 Main Street, 90210 Springfield\n",
               {"Bob Ray", "bob@customer.example"}),
      "Bob Ray|Head of Purchasing|Customer Pumps Inc.|www.customer.example|12 Main Street, 90210 Springfield|phone +1 "
      "(555) 123-4567 +15551234567|mobile +1 555 765 4321 +15557654321|bob@customer.example");
}

TEST(Signature, OneLineHoldsSeveral) {
  EXPECT_EQ(
      describe("Ana Ruiz | Gerente de Compras | Bombas S.A.\nCel. 55 1234 5678", {"Ana Ruiz", "ana@bombas.example"}),
      "Ana Ruiz|Gerente de Compras|Bombas S.A.|||mobile 55 1234 5678 ");
}

TEST(Signature, OtherLanguages) {
  EXPECT_EQ(describe("Mit freundlichen Grüßen\n\nUta Lang\nGeschäftsführerin\nLang GmbH\nHauptstraße 5, 10115 "
                     "Berlin\nFax: 030 1234567",
                     {"Uta Lang", "lang@lang.example"})
                .substr(0, 72),
            "Uta Lang|Geschäftsführerin|Lang GmbH||Hauptstraße 5, 10115 Berlin|fax");
  EXPECT_EQ(describe("Trân trọng,\nNguyễn Văn An\nGiám đốc\nCông ty TNHH Máy Bơm Việt\nĐT: +84 28 1234 5678",
                     {"Nguyễn Văn An", "an@maybom.example"}),
            "Nguyễn Văn An|Giám đốc|Công ty TNHH Máy Bơm Việt|||phone +84 28 1234 5678 +842812345678");
}

TEST(Signature, TheNameThatFromConfirmsIsSurer) {
  EXPECT_GT(read_signature("Bob Ray", {"Bob Ray", "x@y.example"}).name.confidence, 0.9);
  EXPECT_LT(read_signature("Jane Roe", {"", "sales7@y.example"}).name.confidence, 0.6);
  EXPECT_EQ(read_signature("call me at noon tomorrow about the pumps", {"Bob", "b@y.example"}).name.value, "");
}

TEST(Signature, NumbersAreKeptAsWritten) {
  EXPECT_EQ(to_e164("+44 (0)20 7946 0958"), "+442079460958");
  EXPECT_EQ(to_e164("0052 55 1234 5678"), "+525512345678");
  EXPECT_EQ(to_e164("555 123 4567"), "");
  EXPECT_EQ(to_e164("+12"), "");
  EXPECT_EQ(to_e164("+1234567890123456"), "");
  EXPECT_EQ(read_signature("Order 4711 of 02.02.2026", {}).phones.size(), 0U);
}

TEST(PhoneNumber, TheRegionSaysTheRest) {
  EXPECT_EQ(to_e164("020 7946 0321", "GB"), "+442079460321");
  EXPECT_EQ(to_e164("55 5123 4567", "MX"), "+525551234567");
  EXPECT_EQ(to_e164("02 1234567", "IT"), "+39021234567");
  EXPECT_EQ(to_e164("8 (495) 123-45-67", "RU"), "+74951234567");
  EXPECT_EQ(to_e164("06 30 123 4567", "HU"), "+36301234567");
  EXPECT_EQ(to_e164("(303) 555-0144", "US"), "+13035550144");
  EXPECT_EQ(to_e164("123", "GB"), "");
  EXPECT_EQ(to_e164("020 7946 0321", "XX"), "");
}

TEST(PhoneNumber, WhereANumberIsFrom) {
  EXPECT_EQ(region_of_domain("ana@acme.com.mx"), "MX");
  EXPECT_EQ(region_of_domain("bob@acme.co.uk"), "GB");
  EXPECT_EQ(region_of_domain("bob@acme.com"), "");
  EXPECT_EQ(region_of_domain("bob@acme.io"), "");
  EXPECT_EQ(region_of_domain("bob@acme.co"), "");
  EXPECT_EQ(region_of_domain("bob@acme.com.co"), "CO");
  EXPECT_EQ(region_of_postal_address("1 Main St, Denver, CO 80202"), "US");
  EXPECT_EQ(region_of_postal_address("46004 Valencia, España"), "ES");
  EXPECT_EQ(region_of_postal_address("Chiletown"), "");
  EXPECT_EQ(read_signature("Ana\nTel. 55 5123 4567", {"Ana", "ana@gmail.com"}, "MX").phones.front().e164,
            "+525551234567");
}

TEST(Signature, NumbersOfTheStateDialNobody) {
  EXPECT_EQ(read_signature("Bob Ray\nCompany No. 01234567\nVAT GB 123 4567 89\nIČO: 12345678", {"Bob Ray", "b@y.co.uk"})
                .phones.size(),
            0U);
}

TEST(Signature, HostileTextEndsSoon) {
  for (const std::string piece : {"1", "+1 ", "@", "a@b.c ", "http://", "| ", "\xc4\x91", "(1"}) {
    std::string text;
    while (text.size() < 200'000) text += piece;
    EXPECT_LE(read_signature(text, {"A", "a@b.example"}).phones.size(), 400U);
  }
}

}  // namespace
}  // namespace leadmail::mail::message
