#include "mail/message/subject.h"

#include <gtest/gtest.h>

#include <string>

namespace leadmail::mail::message {
namespace {

TEST(Subject, PrefixesOfAllClientsFallAway) {
  for (const std::string prefix :
       {"Re: ",   "RE: ",   "re[2]: ", "Re^3: ",  "Re (4): ", "AW: ",      "SV: ", "VS: ",  "RES: ",        "Antw: ",
        "Odp: ",  "Vá: ",   "YNT: ",   "Ynt: ",   "Σχετ: ",   "ΑΠ: ",      "НА: ", "Отв: ", "回复：",       "回覆: ",
        "答复: ", "返信: ", "답장: ",  "תגובה: ", "رد: ",     "Trả lời: ", "R: ",  "Rif: ", "Re: Re: AW: ", "Re : "}) {
    const auto subject = read_subject(prefix + "Pumps for May");
    EXPECT_EQ(subject.base, "Pumps for May") << prefix;
    EXPECT_TRUE(subject.is_reply) << prefix;
    EXPECT_FALSE(subject.is_forward) << prefix;
  }
  for (const std::string prefix :
       {"Fwd: ", "FW: ", "WG: ", "TR: ", "RV: ", "ENC: ", "I: ", "VB: ", "Doorst: ", "PD: ", "İLT: ", "ΠΡΘ: ",
        "Пересл: ", "转发: ", "轉寄: ", "転送: ", "전달: ", "Továbbítás: ", "Chuyển tiếp: "})
    EXPECT_TRUE(read_subject(prefix + "Pumps").is_forward) << prefix;
  EXPECT_TRUE(read_subject("Pumps (fwd)").is_forward);
  EXPECT_EQ(read_subject("Pumps (fwd)").base, "Pumps");
}

TEST(Subject, WhatOnlyLooksLikeAPrefixStays) {
  for (const std::string subject :
       {"Request: 40 pumps", "Price: 12", "Regarding: pumps", "12:30 meeting", "Re-order of pumps", ""}) {
    EXPECT_EQ(read_subject(subject).base, subject);
    EXPECT_FALSE(read_subject(subject).is_reply);
  }
}

TEST(Subject, OurTagIsTakenOutAndGivenBack) {
  EXPECT_EQ(read_subject("Re: [L-123-k7] Pumps").tag, "L-123-k7");
  EXPECT_EQ(read_subject("Re: [L-123-k7] Pumps").base, "Pumps");
  EXPECT_EQ(read_subject("[L-123-k7] Re: Pumps").base, "Pumps");
  EXPECT_EQ(read_subject("Re: Pumps [L-9-zz]").tag, "L-9-zz");
  EXPECT_EQ(read_subject("Re: Pumps [L-9-zz]").base, "Pumps");
  EXPECT_EQ(read_subject("[L-x] Pumps").tag, "");
  EXPECT_EQ(read_subject("[L-1 2] Pumps").base, "[L-1 2] Pumps");
}

TEST(Subject, TagsOfListsStay) {
  EXPECT_EQ(read_subject("Re: [pumps] Re: New model").base, "[pumps] New model");
  EXPECT_EQ(read_subject("[pumps] New model").base, "[pumps] New model");
  EXPECT_FALSE(read_subject("[pumps] New model").is_reply);
}

TEST(Subject, MarksOfGatewaysFallAway) {
  for (const char* written :
       {"[EXTERNAL] Re: Pumps", "Re: [EXT] Pumps", "***SPAM*** Pumps", "RE: [External] RE: Pumps"}) {
    EXPECT_EQ(read_subject(written).base, "Pumps") << written;
  }
  EXPECT_EQ(read_subject("[RFQ-12] Pumps").base, "[RFQ-12] Pumps");
  EXPECT_EQ(read_subject("External pumps").base, "External pumps");
}

TEST(Subject, KeysCompareWithoutCaseBlanksAndWidths) {
  EXPECT_EQ(read_subject("Re: STRASSE  \u3000 42").key, read_subject("straße 42").key);
  EXPECT_EQ(read_subject("Ｐｕｍｐｓ").key, read_subject("pumps").key);
  EXPECT_NE(read_subject("pumps").key, read_subject("pump").key);
}

TEST(Subject, EndlessPrefixesEnd) {
  std::string subject;
  for (int i = 0; i < 100'000; ++i) subject += "Re: ";
  EXPECT_EQ(read_subject(subject).base, "");
  EXPECT_LE(read_subject(std::string(1'000'000, 'x')).base.size(), 4000U);
}

}  // namespace
}  // namespace leadmail::mail::message
