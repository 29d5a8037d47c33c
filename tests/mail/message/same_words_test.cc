#include "mail/message/same_words.h"

#include <gtest/gtest.h>

#include "mail/message/forwarded.h"
#include "mail/message/parse.h"

namespace leadmail::mail::message {
namespace {

TEST(SameWords, TagsBlanksAndQuoteMarksMakeNoDifference) {
  EXPECT_TRUE(
      says_the_same("<html><head><title>x</title><style><!-- p {a > b} --></style></head>"
                    "<body class='a>b'>Thanks,<br>we   need <b>t</b>wo.<p>&gt; Ann &amp; Bo&nbsp;wrote</p></body>",
                    "Thanks,\r\nwe need two.\r\n\r\n> Ann & Bo wrote\r\n"));
  EXPECT_TRUE(says_the_same("", " \n"));
  EXPECT_TRUE(says_the_same("<o:p></o:p><!-- a comment with words -->", ""));
}

TEST(SameWords, AWordMoreOnEitherSideIsADifference) {
  EXPECT_FALSE(says_the_same("<p>Thanks</p><p>From: Ann</p>", "Thanks"));
  EXPECT_FALSE(says_the_same("<p>Thanks</p>", "Thanks\nFrom: Ann"));
  EXPECT_FALSE(says_the_same("<p>Thanks</p>", "thanks"));
}

TEST(SameWords, InDoubtTheyAreNotTheSame) {
  for (const auto* const html :
       {"Thanks<textarea></textarea>", "Thanks<", "Thanks<p", "Thanks<!-- ", "Thanks&eacute;", "Thanks<style>",
        "Thanks<p a='", "Thanks< b>", "Thanks<template></template>", "Thanks&"})
    EXPECT_FALSE(says_the_same(html, "Thanks")) << html;
}

TEST(Forwarded, ATextThatNamesNoSenderHoldsNoForwardHoweverItIsBroken) {
  EXPECT_FALSE(may_hold_forward("Thanks!\n\nOn Tue, 14 Jan 2025, Sales Team wrote:\n> We ship at 10:30.\n"));
  for (const auto* const text :
       {"Thanks -- From: Ann Lee Sent: Monday To: Bob Subject: Pumps", "Thanks. *Von:* Ann Gesendet: Montag",
        "a b c De : Ann Envoyé : lundi", "谢谢发件人：安", "| From | Ann |", "On Monday, ann@x.example wrote:"})
    EXPECT_TRUE(may_hold_forward(text)) << text;
  EXPECT_TRUE(may_hold_forward(std::string(1000, ':'))) << "looked at no longer than is worth it";
}

TEST(Forwarded, AHeaderBlockThatPlainTextRunsTogetherIsReadFromThePage) {
  const std::string mail =
      "From: luis@acme.example\r\nSubject: Fwd: Pumps\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: text/plain\r\n\r\n"
      "For you. From: Ann Lee Sent: Monday, 2 March 2026 10:00 To: Luis Subject: Pumps We need two.\r\n"
      "--b\r\nContent-Type: text/html\r\n\r\n"
      "<p>For you.</p><p>From: Ann Lee<br>Sent: Monday, 2 March 2026 10:00<br>To: Luis<br>Subject: Pumps</p>"
      "<p>We need two.</p>\r\n--b--\r\n";
  const auto content = parse(mail);
  ASSERT_TRUE(content.forwarded);
  EXPECT_EQ(content.forwarded->from.name, "Ann Lee");
}

}  // namespace
}  // namespace leadmail::mail::message
