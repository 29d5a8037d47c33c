#include "mail/message/parent_text.h"

#include <gtest/gtest.h>

#include "mail/message/parse.h"
#include "mail/message/reply_text.h"

namespace leadmail::mail::message {
namespace {

const std::string kParent =
    "Dear Bob,\n\nwe can deliver forty pumps in May, if you order before the tenth of March.\nShall we send the "
    "drawings "
    "as well?\n\nRegards\nAnn\nAcme Pumps\n";

std::string reply(std::string_view text) { return split_reply(text, kParent).reply; }

TEST(ParentText, IsFoundAtTheEndHoweverItIsWrappedAndMarked) {
  for (const std::string tail : {
           "Dear Bob, we can deliver forty pumps in May,\nif you order before the tenth\nof March. Shall we send\nthe "
           "drawings as well?\nRegards Ann\nAcme Pumps\n",
           "   Dear Bob,\n\n   we can deliver forty pumps in May, if you order before the tenth of March.\n   Shall we "
           "send the drawings as well?\n\n   Regards\n   Ann\n   Acme Pumps\n",
           "| Dear Bob,\n\n» we can deliver forty pumps in May, if you order before the tenth of March.\n",
           "> Dear Bob,\n> we can deliver forty pumps in May, if you order before the\n tenth of March.\n> Shall we "
           "send "
           "the drawings as well?\n",
       })
    EXPECT_EQ(reply("Ordered!\n\n" + tail), "Ordered!") << tail;
}

TEST(ParentText, TakesTheLineAboveItForAnAttributionInAnyLanguage) {
  EXPECT_EQ(reply("Ordered!\n\nAnn Bell <ann@acme.example> 2026-02-02 17:14 -an yazgan:\n\n" + kParent), "Ordered!");
  EXPECT_EQ(reply("Ordered!\n\nFrom: Ann\nSent: Monday\nTo: Bob\nSubject: Pumps\n\n" + kParent), "Ordered!");
}

TEST(ParentText, NeedsNoBlanksBetweenWords) {
  const std::string parent = "我们可以提供四十台水泵，每台一百二十欧元，五月交货。\n请在星期五之前答复我们。\n";
  EXPECT_EQ(
      split_reply("同意\n\n我们可以提供四十台水泵，每台\n一百二十欧元，五月交货。请在星期五\n之前答复我们。\n", parent)
          .reply,
      "同意");
}

TEST(ParentText, AnswersBetweenItsLinesStayWhole) {
  const std::string inline_text =
      "See my answers below.\n\nFrom: Ann Bell <ann@acme.example>\nSent: Monday, 2 February 2026\nTo: Bob\nSubject: "
      "Pumps\n\nDear Bob,\n\nwe can deliver forty pumps in May, if you order before the tenth of March.\n\nPlease take "
      "this "
      "as our order.\n\nShall we send the drawings as well?\n\nYes, as DWG.\n\nRegards\nAnn\nAcme Pumps\n";
  const auto parts = split_reply(inline_text, kParent);
  EXPECT_TRUE(parts.answers_inside);
  EXPECT_NE(parts.reply.find("See my answers below."), std::string::npos);
  EXPECT_NE(parts.reply.find("Please take this as our order."), std::string::npos);
  EXPECT_NE(parts.reply.find("Shall we send the drawings"), std::string::npos) << "an answer needs its question";
  EXPECT_NE(parts.reply.find("Yes, as DWG."), std::string::npos);
  EXPECT_EQ(parts.reply.find("Acme Pumps"), std::string::npos) << "nothing was answered below";
  EXPECT_EQ(parts.reply.find("Sent:"), std::string::npos);
  EXPECT_EQ(split_reply(inline_text).reply, "See my answers below.") << "which nobody can tell without the parent";
}

TEST(ParentText, WhatTheAuthorRepeatsAboveItStaysHis) {
  const std::string history = "Fine, forty then.\nBob Ray\nHead of Purchasing at Pumps Ltd\n";
  const std::string parent = "Thank you, we have noted your order for the tenth.\nAnn\n\n" + history;
  const auto parts = split_reply("Any news?\n\n-- \nBob Ray\nHead of Purchasing at Pumps Ltd\n\n" + parent, parent);
  EXPECT_EQ(parts.reply, "Any news?");
  EXPECT_NE(parts.signature.find("Head of Purchasing"), std::string::npos);
}

TEST(ParentText, AMailThatRepeatsItsParentIsNotEmptied) {
  const std::string text = "We need forty pumps in May, please send us your best price.";
  EXPECT_EQ(split_reply(text, text).reply, text);
}

TEST(ParentText, AFewWordsInCommonAreNoQuote) {
  EXPECT_EQ(reply("Forty pumps in May: yes.\n\nRegards\nAnn"), "Forty pumps in May: yes.");
  EXPECT_EQ(reply("Thanks\n\nShall we?"), "Thanks\n\nShall we?");
}

TEST(ParentText, ReadsAContentAgainOnlyForTheBetter) {
  Content content;
  content.text = "Ordered!\n\n" + kParent;
  content.reply = "Ordered!\n\nDear Bob,\n\nwe can deliver forty pumps in May, if you order before the tenth of March.";
  EXPECT_FALSE(reread_reply(content, ""));
  EXPECT_FALSE(reread_reply(content, "A mail of somebody else about something else."));
  EXPECT_TRUE(reread_reply(content, kParent));
  EXPECT_EQ(content.reply, "Ordered!");
  EXPECT_NE(content.quoted.find("forty pumps"), std::string::npos);
  EXPECT_FALSE(reread_reply(content, kParent));
}

// Every line a hit, none, or one hash for all: the time is that of the bytes.
TEST(ParentText, HostileTextEndsSoon) {
  for (const std::string piece : {"a", "ab ", "\n", "> ", "a\n", "forty pumps in May\n", "<http", "\xff\xfe"}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    EXPECT_LE(split_reply(text, text).reply.size(), text.size());
    EXPECT_LE(split_reply("Yes.\n\n" + text, kParent + text).reply.size(), text.size() + 6);
  }
}

}  // namespace
}  // namespace leadmail::mail::message
