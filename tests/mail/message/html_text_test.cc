#include <gtest/gtest.h>

#include "mail/message/charset.h"
#include "mail/message/html_guard.h"
#include "mail/message/reply_text.h"

namespace leadmail::mail::message {
namespace {

TEST(HtmlToText, KeepsParagraphsListsTablesAndLinks) {
  EXPECT_EQ(html_to_text("<p>One</p><p>Two<br>Three</p>"), "One\n\nTwo\nThree\n");
  EXPECT_EQ(html_to_text("<div>One</div><div><br></div><div>Two</div>"), "One\n\nTwo\n");
  EXPECT_EQ(html_to_text("We need <ul><li>ten</li><li>red</li></ul>"), "We need\n\n- ten\n- red\n");
  EXPECT_EQ(html_to_text("<ol><li>first<li>second</ol>"), "1. first\n2. second\n");
  EXPECT_EQ(html_to_text("<table><tr><th>Name</th><td>Ann</td></tr><tr><td>Tel</td><td>12</td></tr></table>"),
            "Name\tAnn\nTel\t12\n");
  EXPECT_EQ(html_to_text("see <a href=\"https://x.example/list\">our list</a> now"),
            "see our list <https://x.example/list> now\n");
  EXPECT_EQ(html_to_text("<a href=\"https://x.example/\">www.x.example</a> <a href=\"mailto:a@b\">a@b</a>"),
            "www.x.example a@b\n");
  EXPECT_EQ(html_to_text("<pre>a\n  b</pre>"), "a\n  b\n");
  EXPECT_EQ(html_to_text("a &amp; b &lt;c&gt; &eacute;&nbsp;&#8364;"), "a & b <c> é €\n");
  EXPECT_EQ(html_to_text("<p class=MsoNormal>One</p><p class=MsoNormal>Two</p>"), "One\nTwo\n");
}

TEST(HtmlToText, ShowsOnlyWhatIsSeen) {
  EXPECT_EQ(
      html_to_text(
          "<style>p{}</style><script>alert('x')</script><p>seen</p><!-- not --><p style=\"display: none\">hidden</p>"),
      "seen\n");
  EXPECT_EQ(html_to_text("<head><title>t</title></head><body>seen"), "seen\n");
  EXPECT_EQ(html_to_text("<p>a<script>never closed"), "anever closed\n")
      << "no text is lost to a tag that does not end";
  EXPECT_EQ(html_to_text("<form action=\"https://evil.example\"><input value=x>words</form>"), "words\n");
  EXPECT_EQ(html_to_text("<img src=\"file:///etc/passwd\" alt=\"a picture\">words"), "words\n");
  EXPECT_EQ(html_to_text("no tags, 1 < 2"), "no tags, 1 < 2\n");
  EXPECT_EQ(html_to_text(""), "");
}

TEST(HtmlToText, MarksWhatGmailQuotes) {
  EXPECT_EQ(
      html_to_text("<div>Yes.</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Monday Ann wrote:<br></div>"
                   "<blockquote class=\"gmail_quote\">Shall we?</blockquote></div>"),
      "Yes.\n> On Monday Ann wrote:\n>\n> Shall we?\n");
}

TEST(HtmlToText, KeepsAnswersBetweenQuotesFree) {
  EXPECT_EQ(html_to_text("<div class=\"gmail_quote\">On Monday Ann wrote:<blockquote>One?</blockquote><div>Yes</div>"
                         "<blockquote>Two?</blockquote><div>No</div></div>"),
            "> On Monday Ann wrote:\n>\n> One?\n\nYes\n\n> Two?\n\nNo\n");
}

TEST(HtmlToText, MarksWhatOutlookYahooAndThunderbirdQuote) {
  EXPECT_EQ(html_to_text("<div>Yes.</div><div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> "
                         "Ann</div><div>Shall we?</div>"),
            "Yes.\n> From: Ann\n> Shall we?\n");
  EXPECT_EQ(html_to_text("<p class=MsoNormal>Yes.</p><div><div style=\"border:none;border-top:solid #E1E1E1 "
                         "1.0pt;padding:3.0pt 0in 0in "
                         "0in\"><p class=MsoNormal><b>From:</b> Ann</p></div></div><p class=MsoNormal>Shall we?</p>"),
            "Yes.\n> From: Ann\n> Shall we?\n");
  EXPECT_EQ(html_to_text("Yes.<div id=\"ydp12yahoo_quoted_34\" class=\"ydp12yahoo_quoted\"><div>Ann "
                         "wrote:</div><div>Shall we?</div></div>"),
            "Yes.\n> Ann wrote:\n> Shall we?\n");
  EXPECT_EQ(html_to_text("<div class=\"moz-cite-prefix\">Am Montag schrieb Ann:</div><blockquote type=\"cite\">Shall "
                         "we?</blockquote>Yes."),
            "> Am Montag schrieb Ann:\n>\n> Shall we?\n\nYes.\n");
}

TEST(HtmlToText, NestsQuotesByDepth) {
  EXPECT_EQ(html_to_text("a<blockquote>b<blockquote>c</blockquote></blockquote>"), "a\n\n> b\n>\n>> c\n");
}

TEST(HtmlGuard, BoundsDepthTagsAndAttributes) {
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<div>";
  EXPECT_LE(tame_html(deep).size(), deep.size() / 10);
  std::string many = "<p";
  for (int i = 0; i < 100000; ++i) many += " a" + std::to_string(i) + "=1";
  EXPECT_LE(tame_html(many + ">x").size(), 100U);
  std::string bold;
  for (int i = 0; i < 10000; ++i) bold += "<p><b id=" + std::to_string(i) + "></p>";
  EXPECT_LE(tame_html(bold).size(), 10000U * 30);
  EXPECT_EQ(html_to_text(deep + "x"), "x\n");
}

TEST(HtmlGuard, ClosesWhatIsOpen) {
  EXPECT_EQ(tame_html("<b><i>x</b>y"), "<b><i>x</i></b>y");
  EXPECT_EQ(tame_html("x</b>y"), "xy");
  EXPECT_EQ(tame_html("<div onclick=\"evil()\" class='a\"b'>"), "<div class=\"a&quot;b\"></div>");
  EXPECT_EQ(tame_html("a < b <- c"), "a &lt; b &lt;- c");
}

TEST(HtmlToText, IsValidUtf8WhateverComesIn) {
  EXPECT_TRUE(is_valid_utf8(html_to_text("<p>\xC3\xA9 &#xD800; &#0; &#1114112; \xEF\xBF\xBD</p>")));
}

}  // namespace
}  // namespace leadmail::mail::message
