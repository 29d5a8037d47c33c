#include "core/leads/country.h"

#include <gtest/gtest.h>

namespace leadmail::leads {
namespace {

TEST(Country, IsKnownByItsCodesAndNames) {
  for (const auto* text : {"MX", "mx", "MEX", "mex", "Mexico", "MÉXICO", "mexico", "Mexique", "Mexiko", "Méjico",
                           "Estados Unidos Mexicanos", "🇲🇽 México", "Mexico (México)", "MX - Mexico", "メキシコ"}) {
    EXPECT_EQ(country_code(text), "MX") << text;
  }
  for (const auto* text : {"UK", "uk", "U.K.", "GB", "GBR", "United Kingdom", "the United Kingdom", "Reino Unido",
                           "England", "Great Britain", "Vương quốc Anh", "Anh", "Grande-Bretagne"}) {
    EXPECT_EQ(country_code(text), "GB") << text;
  }
  for (const auto* text : {"US", "USA", "U.S.A.", "U. S.", "United States", "United States of America", "EE. UU.",
                           "EE.UU.", "Estados Unidos", "Hoa Kỳ", "Mỹ", "Vereinigte Staaten"}) {
    EXPECT_EQ(country_code(text), "US") << text;
  }
  for (const auto* text : {"Germany", "DE", "Deutschland", "Alemania", "Allemagne", "Đức", "GERMANY", "BRD",
                           "Germany (Deutschland)", "Deutschland / Germany"}) {
    EXPECT_EQ(country_code(text), "DE") << text;
  }
  for (const auto* text : {"Việt Nam", "Viet Nam", "Vietnam", "VN", "VNM", "Vietnam (Việt Nam)"}) {
    EXPECT_EQ(country_code(text), "VN") << text;
  }
  for (const auto* text : {"ES", "España", "Spain", "espana", "Tây Ban Nha", "Espagne", "Espanya"}) {
    EXPECT_EQ(country_code(text), "ES") << text;
  }
}

TEST(Country, IsKnownInTheLanguagesOfThoseWhoLiveThere) {
  EXPECT_EQ(country_code("Österreich"), "AT");
  EXPECT_EQ(country_code("Schweiz"), "CH");
  EXPECT_EQ(country_code("Suisse"), "CH");
  EXPECT_EQ(country_code("Svizzera"), "CH");
  EXPECT_EQ(country_code("Suomi"), "FI");
  EXPECT_EQ(country_code("Ísland"), "IS");
  EXPECT_EQ(country_code("Česko"), "CZ");
  EXPECT_EQ(country_code("Ελλάδα"), "GR");
  EXPECT_EQ(country_code("Россия"), "RU");
  EXPECT_EQ(country_code("中国"), "CN");
  EXPECT_EQ(country_code("日本"), "JP");
  EXPECT_EQ(country_code("대한민국"), "KR");
  EXPECT_EQ(country_code("ประเทศไทย"), country_code("ไทย"));
  EXPECT_EQ(country_code("भारत"), "IN");
  EXPECT_EQ(country_code("Brasil"), "BR");
  EXPECT_EQ(country_code("Éire"), "IE");
}

TEST(Country, IsKnownByFormerShortAndOfficialNames) {
  EXPECT_EQ(country_code("Czech Republic"), "CZ");
  EXPECT_EQ(country_code("Turkey"), "TR");
  EXPECT_EQ(country_code("Türkiye"), "TR");
  EXPECT_EQ(country_code("Hong Kong"), "HK");
  EXPECT_EQ(country_code("Burma"), "MM");
  EXPECT_EQ(country_code("Myanmar"), "MM");
  EXPECT_EQ(country_code("Korea, Republic of"), "KR");
  EXPECT_EQ(country_code("Cote d'Ivoire"), "CI");
  EXPECT_EQ(country_code("Ivory Coast"), "CI");
  EXPECT_EQ(country_code("The Netherlands"), "NL");
  EXPECT_EQ(country_code("Bosnia and Herzegovina"), "BA");
  EXPECT_EQ(country_code("Trinidad and Tobago"), "TT");
  EXPECT_EQ(country_code("Russian Federation"), "RU");
  EXPECT_EQ(country_code("Congo (Kinshasa)"), "CD");
  EXPECT_EQ(country_code("Saint Vincent and the Grenadines"), "VC");
  EXPECT_EQ(country_code("Saint Lucia"), "LC");
  EXPECT_EQ(country_code("St Lucia"), "LC");
  EXPECT_EQ(country_code("the Gambia"), "GM");
  EXPECT_EQ(country_code("Kosovo"), "XK");
}

TEST(Country, WhatLooksLikeACodeOfAnotherOneIsTakenAsItIsWritten) {
  EXPECT_EQ(country_code("my"), "MY");
  EXPECT_EQ(country_code("Mỹ"), "US");
  EXPECT_EQ(country_code("Nga"), "RU");
  EXPECT_EQ(country_code("NGA"), "NG");
  EXPECT_EQ(country_code("Áo"), "AT");
  EXPECT_EQ(country_code("AO"), "AO");
  EXPECT_EQ(country_code("Niger"), "NE");
  EXPECT_EQ(country_code("Nigeria"), "NG");
  EXPECT_EQ(country_code("Guinea"), "GN");
  EXPECT_EQ(country_code("Guinea-Bissau"), "GW");
  EXPECT_EQ(country_code("Dominica"), "DM");
  EXPECT_EQ(country_code("República Dominicana"), "DO");
}

TEST(Country, StandsBehindItsCity) {
  EXPECT_EQ(country_code("Ciudad de México, México"), "MX");
  EXPECT_EQ(country_code("San Francisco, CA, USA"), "US");
  EXPECT_EQ(country_code("Georgia, USA"), "US");
  EXPECT_EQ(country_code("San Francisco, CA"), "") << "a state there, and Canada's code";
}

TEST(Country, IsNotGuessed) {
  for (const auto* text : {"", " ", "XX", "ZZ", "EU", "Prussia", "Europe", "Latin America", "Mexico / Guatemala",
                           "I live in Mexico", "12345", "-", "()", ",", "\xff\xfe", "Mexicoo"}) {
    EXPECT_EQ(country_code(text), "") << text;
  }
  EXPECT_EQ(country_code(std::string(100'000, '(')), "");
}

TEST(Country, HasAnEnglishNameThatIsItsOwn) {
  const auto names = country_names();
  EXPECT_GT(names.size(), 240U);
  for (const auto& name : names) EXPECT_EQ(country_code(name).size(), 2U) << name;
}

}  // namespace
}  // namespace leadmail::leads
