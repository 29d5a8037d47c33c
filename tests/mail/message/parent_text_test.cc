#include "mail/message/parent_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "mail/message/parse.h"
#include "mail/message/reply_text.h"

namespace leadmail::mail::message {
namespace {

const std::string kParent =
    "Dear Bob,\n\nwe can deliver forty pumps in May, if you order before the tenth of March.\nShall we send the "
    "drawings "
    "as well?\n\nRegards\nAnn\nAcme Pumps\n";

std::string reply(std::string_view text) { return split_reply(text, {.parent = kParent}).reply; }

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
  EXPECT_EQ(split_reply("同意\n\n我们可以提供四十台水泵，每台\n一百二十欧元，五月交货。请在星期五\n之前答复我们。\n",
                        {.parent = parent})
                .reply,
            "同意");
}

TEST(ParentText, AnswersBetweenItsLinesStayWhole) {
  const std::string inline_text =
      "See my answers below.\n\nFrom: Ann Bell <ann@acme.example>\nSent: Monday, 2 February 2026\nTo: Bob\nSubject: "
      "Pumps\n\nDear Bob,\n\nwe can deliver forty pumps in May, if you order before the tenth of March.\n\nPlease take "
      "this "
      "as our order.\n\nShall we send the drawings as well?\n\nYes, as DWG.\n\nRegards\nAnn\nAcme Pumps\n";
  const auto parts = split_reply(inline_text, {.parent = kParent});
  EXPECT_TRUE(parts.answers_inside);
  EXPECT_NE(parts.reply.find("See my answers below."), std::string::npos);
  EXPECT_NE(parts.reply.find("Please take this as our order."), std::string::npos);
  EXPECT_NE(parts.reply.find("Shall we send the drawings"), std::string::npos) << "an answer needs its question";
  EXPECT_NE(parts.reply.find("Yes, as DWG."), std::string::npos);
  EXPECT_EQ(parts.reply.find("Acme Pumps"), std::string::npos) << "nothing was answered below";
  EXPECT_EQ(parts.reply.find("Sent:"), std::string::npos);
  EXPECT_EQ(split_reply(inline_text).reply + '\n', inline_text) << "whose is whose nobody can tell without the parent";
  EXPECT_TRUE(split_reply(inline_text).points_below);
  EXPECT_EQ(split_reply(inline_text).opening, "See my answers below.");
}

// Outlook marks no line of what it quotes, or all of them: what the parent has not is the answer.
TEST(ParentText, ShortAnswersInsideAreFoundWhereHeWroteNothingElse) {
  const std::string header =
      "From: Ann Bell <ann@acme.example>\nSent: Monday, 2 February 2026\nTo: Bob\nSubject: Pumps\n\n";
  const std::string inside =
      "Dear Bob,\nwe can deliver forty pumps in May, if you order before the tenth of March.\nok\nShall we send the "
      "drawings as well?\nja\nRegards\nAnn\nAcme Pumps\n";
  for (const std::string above :
       {"siehe unten\n\n", "See below in red.\n\nBob\n\n", "", "Dear Bob,\n\nplease see my answer below.\n\nAnn\n\n",
        "My reply is below.\n\n", "My answers in your mail.\n\n", "Bonjour, voir mes réponses ci-dessous\n\n",
        "Hola Bob:\n\nrespondo en tu correo.\n\n", "Em trả lời phía dưới ạ\n\n"}) {
    const auto parts = split_reply(above + header + inside, {.parent = kParent});
    EXPECT_NE(parts.reply.find("\nok\n"), std::string::npos) << parts.reply;
    EXPECT_NE(parts.reply.find("\nja"), std::string::npos) << parts.reply;
  }
  std::string marked = "> " + header + inside;
  for (auto at = marked.find('\n'); at + 1 < marked.size(); at = marked.find('\n', at + 1)) marked.insert(at + 1, "> ");
  Content content;
  content.text = marked, content.reply = "siehe unten";
  EXPECT_TRUE(reread_reply(content, kParent, true));
  EXPECT_NE(content.reply.find("> ja"), std::string::npos) << content.reply;
  // Where nothing at all was new, what is not in the parent may be quoted from elsewhere.
  for (const auto& text : {marked, header + kParent}) {
    content.text = text, content.reply = "";
    EXPECT_FALSE(reread_reply(content, kParent, true));
  }
  EXPECT_EQ(reply("See below.\n\n" + header + kParent), "See below.");
}

// Our notices mark what the prospect wrote, and Outlook marks nothing of a notice.
TEST(ParentText, AnswersAmongMarkedLinesOfAnUnmarkedQuoteAreHis) {
  const std::string parent =
      "Good morning,\nHow much do twenty of your pumps cost?\nWhen could you deliver them to our site?\n"
      "Do you offer a service contract for three years?\nMaria\n";
  const std::string header =
      "-----Original Message-----\nFrom: Maria (Acme) <sales@acme.example>\nSent: Monday\nTo: Ana\n"
      "Subject: Pumps\n\nName: Maria\nStatus: Lead\n\n";
  const std::string inside =
      "> Good morning,\n> How much do twenty of your pumps cost?\n400 EUR each.\n> When could you deliver "
      "them to our site?\n> Do you offer a service contract for three years?\n> Maria\n";
  const std::string above = "Dear Maria,\n\nthank you, please call me.\n\nAna\n\n";
  EXPECT_NE(split_reply(above + header + inside, {.parent = parent}).reply.find("\n400 EUR each."), std::string::npos);
  // In a chain it may be a colleague who wrote that, and not for her.
  const std::string colleague =
      "-----Original Message-----\nFrom: Luis <luis@acme.example>\nSent: Monday\nTo: Ana\n"
      "Subject: Fwd: Pumps\n\nSee my remarks.\n\n";
  EXPECT_EQ(split_reply(above + colleague + header + inside, {.parent = parent, .goes_out = true}).reply,
            "Dear Maria,\n\nthank you, please call me.\n\nAna");
  EXPECT_EQ(split_reply(above + header + parent, {.parent = parent}).reply,
            "Dear Maria,\n\nthank you, please call me.\n\nAna");
}

const std::string kHeader365 =
    "From: Ann Bell <ann@acme.example>\nSent: Monday, 2 February 2026 10:00 AM\nTo: Bob Ray <bob@plant.example>\nCc: "
    "Cy Bo <cy@plant.example>\nSubject: RE: Pumps\n\n";
const std::string kInside =
    "Dear Bob,\nwe can deliver forty pumps in May, if you order before the tenth of March.\nWe order today.\nShall we "
    "send the drawings as well?\nYes, as DWG.\nRegards\nAnn\nAcme Pumps\n";

// A header with addresses is one mail, not one for each line with an address or a time.
TEST(ParentText, AnswersInsideAreFoundBelowTheWholeHeaderOfOutlook) {
  for (const std::string above : {"See below.\n\n", "Hi Ann,\n\nhere you go.\n\nBob\n\n",
                                  "I call you at 10:30 (my time)\n\nBob Ray <bob@plant.example>\n\n"}) {
    for (const bool goes_out : {false, true}) {
      const auto parts = split_reply(above + kHeader365 + kInside, {.parent = kParent, .goes_out = goes_out});
      EXPECT_NE(parts.reply.find("\nWe order today."), std::string::npos) << above << parts.reply;
      EXPECT_NE(parts.reply.find("\nYes, as DWG."), std::string::npos) << above << parts.reply;
      const auto later =
          "\nOn Sunday, 1 February 2026 at 9:00, Bob Ray <bob@plant.example> wrote:\n\nWho sells pumps?\n";
      EXPECT_NE(split_reply(above + kHeader365 + kInside + later, {.parent = kParent, .goes_out = goes_out})
                    .reply.find("\nWe order today."),
                std::string::npos);
    }
  }
}

// What a colleague wrote to us does not go to the customer, whatever the words above seem to point to.
TEST(ParentText, NothingOfAColleaguesMailGoesOutOfAChain) {
  const std::string colleague =
      "From: Luis <luis@acme.example>\nSent: Monday, March 2, 2026 11:00 AM\nTo: Ana <ana@acme.example>\nSubject: RE: "
      "Pumps\n\nOur cost is 200 EUR.\nThis client pays late.\n\nLuis\n\n";
  for (const auto& header : {kHeader365, std::string("From: Ann\nSent: Monday\nTo: Luis\nSubject: Pumps\n\n")}) {
    for (const std::string own : {"We can deliver them in blue.", "See below.", "My answers in red."}) {
      Content content;
      content.text = "Hi Bob,\n\n" + own + "\n\nAna\n\n" + colleague + header + kInside;
      auto parts = split_reply(content.text);
      content.reply = parts.reply, content.own_words = parts.own_words;
      (void)reread_reply(content, kParent, true);
      EXPECT_EQ(content.reply, "Hi Bob,\n\n" + own + "\n\nAna");
      EXPECT_EQ(content.own_words, "");
      if (own == "See below.") {
        EXPECT_NE(content.below_quote.find("We order today."), std::string::npos) << "he has to be told";
      }
    }
  }
}

TEST(ParentText, OfAChainOnlyTheParentsLinesStandBetweenTheAnswers) {
  const std::string text =
      "Hi Bob,\n\nOn Monday, 2 March 2026 at 11:00, Luis <luis@acme.example> wrote:\n> Our cost is 200 EUR.\n\nI offer "
      "them "
      "250.\n\n> On Monday, 2 March 2026 at 10:00, Ann Bell <ann@acme.example> wrote:\n>> Dear Bob,\n>> we can deliver "
      "forty pumps in May, if you order before the tenth of "
      "March.\n\nThey order today.\n\n>> Shall we send the drawings as well?\n\nYes, as DWG.\n";
  const auto out = split_reply(text, {.parent = kParent, .goes_out = true}).reply;
  EXPECT_EQ(out.find("200 EUR"), std::string::npos) << out;
  EXPECT_NE(out.find("They order today."), std::string::npos) << out;
  EXPECT_NE(out.find(">> Shall we send the drawings as well?"), std::string::npos) << "an answer needs its question\n"
                                                                                   << out;
  EXPECT_NE(split_reply(text, {.parent = kParent}).reply.find("> Our cost is 200 EUR."), std::string::npos);
  Content content;
  content.text = text, content.reply = split_reply(text).reply;
  (void)reread_reply(content, kParent, true);
  EXPECT_EQ(content.reply.find("200 EUR"), std::string::npos) << content.reply;
}

// The mail that he answers may be an older one than the one that we hold.
TEST(ParentText, AProspectWhoPointsBelowIsShownWholeWhereNothingTellsWhichLinesAreHis) {
  Content content;
  content.text = "See my answers below.\n\n" + kHeader365 + kInside;
  auto parts = split_reply(content.text);
  content.reply = parts.reply, content.own_words = parts.own_words;
  auto sent = content;
  (void)reread_reply(content, "What we wrote later, about something else altogether: our new valves.\n", false);
  EXPECT_NE(content.reply.find("We order today."), std::string::npos);
  (void)reread_reply(sent, "What we wrote later, about something else altogether: our new valves.\n", true);
  EXPECT_EQ(sent.reply, "See my answers below.");
  EXPECT_NE(sent.below_quote.find("We order today."), std::string::npos);
}

TEST(ParentText, WhatPointsBelowWithoutAParentKeepsTheWordsAboveApart) {
  const auto parts = split_reply("See below.\n\n" + kHeader365 + kInside);
  EXPECT_TRUE(parts.points_below);
  EXPECT_EQ(parts.own_words, "See below.");
  for (const std::string ordinary :
       {"Yes, we have them in blue.", "Sí, los tenemos en azul.", "Oui, nous l'avons en bleu.", "Có màu xanh ạ.",
        "The offer follows in your mail tomorrow.", "Llega más abajo de 100 EUR.", "Wir haben sie in blau.",
        "价格如下"})
    EXPECT_FALSE(split_reply(ordinary + "\n\n" + kHeader365 + kInside).points_below) << ordinary;
}

TEST(ParentText, WordsBelowAQuoteThatNobodyMarkedAreNamed) {
  const std::string quote =
      "Ordered!\n\n-----Original Message-----\nFrom: Ann <ann@acme.example>\nSent: Monday\nTo: Bob\nSubject: "
      "Pumps\n\n" +
      kParent;
  const auto below = [&](std::string_view words) {
    const auto parts = split_reply(quote + std::string(words), {.parent = kParent});
    EXPECT_EQ(parts.reply, "Ordered!") << words;
    return parts.below_quote;
  };
  EXPECT_EQ(below("\nYes, send the drawings to our plant.\n"), "Yes, send the drawings to our plant.");
  EXPECT_EQ(below("\nAnd two valves.\nBoth in steel.\n\nRegards\nBob\n"), "And two valves.\nBoth in steel.");
  for (const auto* const nothing :
       {"", "\n\n", "\nSent from my iPhone\n", "\n-- \nBob Miller\nMiller Plants\n",
        "\nFrom: Cy <cy@x.example>\nSent: Sunday\nTo: Ann\nSubject: Pumps\n\nWho sells pumps?\n",
        "\n> What somebody else wrote before.\n", "\n<https://acme.example/unsubscribe>\n",
        "\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you are not the "
        "intended recipient, please delete it.\n"})
    EXPECT_EQ(below(nothing), "") << nothing;
  const auto signed_above = [&](const std::string& words) {
    const auto text = "Ordered!\n\nBob\n\n" + kHeader365 + kParent + words;
    return split_reply(text, {.parent = kParent, .goes_out = true}).below_quote;
  };
  EXPECT_EQ(signed_above("\nWe need two more.\n\nBob\n"), "We need two more.\n\nBob") << "his name stands above, too";
  EXPECT_EQ(signed_above("\nWe need two more (in steel)\n"), "We need two more (in steel)");
  EXPECT_EQ(signed_above("\nWe need two more.\nTime: two weeks\n"), "We need two more.\nTime: two weeks");
  EXPECT_EQ(
      signed_above("\nWe need two more.\n\nFrom: Cy <cy@x.example>\nSent: Sunday\nTo: Ann\nSubject: Pumps\n\nWho?\n"),
      "We need two more.");
  std::string endless = "\nhello my friend\n";
  for (int i = 0; i < 20'000; ++i) endless += "Regards\nBob\n";
  EXPECT_EQ(signed_above(endless).substr(0, 15), "hello my friend");

  auto content = Content{};
  content.text = quote + "\nYes, send the drawings to our plant.\n";
  content.reply = "Ordered!";
  EXPECT_TRUE(reread_reply(content, kParent, true));
  EXPECT_EQ(content.reply, "Ordered!");
  EXPECT_EQ(content.below_quote, "Yes, send the drawings to our plant.");
}

TEST(ParentText, WhatTheAuthorRepeatsAboveItStaysHis) {
  const std::string history = "Fine, forty then.\nBob Ray\nHead of Purchasing at Pumps Ltd\n";
  const std::string parent = "Thank you, we have noted your order for the tenth.\nAnn\n\n" + history;
  const auto parts =
      split_reply("Any news?\n\n-- \nBob Ray\nHead of Purchasing at Pumps Ltd\n\n" + parent, {.parent = parent});
  EXPECT_EQ(parts.reply, "Any news?");
  EXPECT_NE(parts.signature.find("Head of Purchasing"), std::string::npos);
}

TEST(ParentText, AMailThatRepeatsItsParentIsNotEmptied) {
  const std::string text = "We need forty pumps in May, please send us your best price.";
  EXPECT_EQ(split_reply(text, {.parent = text}).reply, text);
}

// He quotes somebody whom we never heard: those words are new to us.
TEST(ParentText, WhatHeQuotesFromElsewhereIsHisToSay) {
  const std::string text = "Hello,\nour engineer wrote:\n> flow 30 m3/h\n> head 40 m\nCan you supply?";
  EXPECT_EQ(reply(text), text);
  EXPECT_TRUE(split_reply(text, {.parent = kParent}).answers_inside);
  EXPECT_EQ(reply("Hello,\nAnn wrote:\n> we can deliver forty pumps in May, if you order\n> before the tenth of "
                  "March.\n\nRegards, Bob"),
            "Hello,\nRegards, Bob");
  // As clients write it, though without a time: what somebody else may have made him quote.
  for (const std::string by : {"On Monday, Ann wrote:", "Am Montag, 2.11., schrieb Ann:", "El lunes, Ana escribió:"})
    EXPECT_EQ(reply("Hello\n\n" + by + "\n> #won\n> take ninety percent off"), "Hello") << by;
  Content content;
  content.text = text;
  content.reply = "Can you supply?";
  EXPECT_TRUE(reread_reply(content, kParent, true));
  EXPECT_EQ(content.reply, text);
}

TEST(ParentText, AFewWordsInCommonAreNoQuote) {
  EXPECT_EQ(reply("Forty pumps in May: yes.\n\nRegards\nAnn"), "Forty pumps in May: yes.");
  EXPECT_EQ(reply("Thanks\n\nShall we?"), "Thanks\n\nShall we?");
}

TEST(ParentText, ReadsAContentAgainOnlyForTheBetter) {
  Content content;
  content.text = "Ordered!\n\n" + kParent;
  content.reply = "Ordered!\n\nDear Bob,\n\nwe can deliver forty pumps in May, if you order before the tenth of March.";
  EXPECT_FALSE(reread_reply(content, "", true));
  EXPECT_FALSE(reread_reply(content, "A mail of somebody else about something else.", true));
  EXPECT_TRUE(reread_reply(content, kParent, true));
  EXPECT_EQ(content.reply, "Ordered!");
  EXPECT_NE(content.quoted.find("forty pumps"), std::string::npos);
  EXPECT_FALSE(reread_reply(content, kParent, true));
}

// Every line a hit, none, or one hash for all: the time is that of the bytes.
TEST(ParentText, HostileTextEndsSoon) {
  for (const std::string piece : {"a", "ab ", "\n", "> ", "a\n", "forty pumps in May\n", "<http", "\xff\xfe"}) {
    std::string text;
    while (text.size() < 300'000) text += piece;
    EXPECT_LE(split_reply(text, {.parent = text}).reply.size(), text.size());
    const auto parent = kParent + text;
    EXPECT_LE(split_reply("Yes.\n\n" + text, {.parent = parent}).reply.size(), text.size() + 6);
  }
}

// The definition of find_parent by brute force, for texts that hold no links.
struct Plainly {
  std::vector<bool> quoted{};
  std::size_t first = 0;
};

std::string letters_of(std::string_view line) {
  std::string letters;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.substr(i).starts_with("\u00a0") || line.substr(i).starts_with("»")) {
      ++i;
    } else if (std::string_view(" \t<>|*_-[]()\"'.,;:\n").find(line[i]) == std::string_view::npos) {
      letters += line[i] >= 'A' && line[i] <= 'Z' ? static_cast<char>(line[i] + 32) : line[i];
    }
  }
  return letters;
}

Plainly find_plainly(const std::string& parent, std::span<const Line> lines) {
  constexpr std::size_t kWindow = 16;
  const auto theirs = letters_of(parent);
  std::string ours;
  std::vector<std::size_t> line_of, all(lines.size()), same(lines.size()), place(lines.size(), theirs.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    ours += letters_of(lines[i].body);
    all[i] = ours.size() - line_of.size();
    line_of.resize(ours.size(), i);
  }
  std::vector<bool> seen(ours.size());
  for (std::size_t at = 0; at + kWindow <= ours.size(); ++at) {
    const auto found = theirs.find(ours.substr(at, kWindow));
    for (auto i = at; found != std::string::npos && i < at + kWindow; ++i) {
      if (seen[i]) continue;
      seen[i] = true;
      ++same[line_of[i]];
      place[line_of[i]] = std::min(place[line_of[i]], found + (i - at));
    }
  }
  Plainly result{std::vector<bool>(lines.size()), lines.size()};
  const auto is_quoted = [&](std::size_t i) { return all[i] > 0 && same[i] * 5 >= all[i] * 4; };
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (is_quoted(i) && (result.first == lines.size() || place[i] < place[result.first])) result.first = i;
  std::size_t total = 0, left = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    result.quoted[i] = i >= result.first && is_quoted(i);
    total += result.quoted[i] ? same[i] : 0;
    left += !lines[i].blank && !lines[i].quoted && !result.quoted[i];
  }
  if (left == 0 || total < std::min<std::size_t>(40, theirs.size() / 2 + 1))
    result = {std::vector<bool>(lines.size()), lines.size()};
  return result;
}

TEST(ParentText, FindsInAnyTextWhatItsDefinitionSays) {
  std::mt19937 random(5);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  const std::vector<std::string> words{"forty", "pumps",  "May",      "aaaa",  "aa", "ä",
                                       "»",     "\u00a0", "水泵",     "(Bob)", "<",  "delivery",
                                       "> ",    "a.b.c.", "drawings", "\n",    "\n", "Ann"};
  const auto write = [&](std::size_t count) {
    std::string text;
    for (; count > 0; --count) text += words[below(words.size())] + (below(3) == 0 ? "" : " ");
    return text;
  };
  std::size_t found_some = 0;
  for (int round = 0; round < 4000; ++round) {
    const auto parent = write(below(60));
    std::string text = write(below(12)) + "\n";
    // Pieces of the parent, in any order, wrapped anew, between words of his own.
    for (auto pieces = below(5); pieces > 0; --pieces) {
      auto piece = parent.substr(below(parent.size() + 1));
      piece.resize(below(piece.size() + 1));
      std::replace_if(
          piece.begin(), piece.end(), [&](char c) { return c == ' ' && below(6) == 0; }, '\n');
      text += piece + (below(2) == 0 ? "\n" : "") + (below(2) == 0 ? write(below(8)) + "\n" : "");
    }
    const auto lines = read_lines(text);
    const auto found = find_parent(parent, lines);
    const auto expected = find_plainly(parent, lines);
    ASSERT_EQ(found.quoted, expected.quoted) << parent << "\n-----\n" << text;
    ASSERT_EQ(found.first, expected.first);
    found_some += found.first < lines.size();
  }
  EXPECT_GT(found_some, 500U);
}

TEST(ParentText, LinksInBracketsDoNotCount) {
  const auto lines =
      read_lines("Yes.\nWe can deliver forty pumps in May <https://acme.example/a>, if you order before.\n");
  const auto found = find_parent("we can deliver forty pumps <http://x.example> in May, if you order before.", lines);
  EXPECT_EQ(found.quoted, (std::vector<bool>{false, true}));
}

}  // namespace
}  // namespace leadmail::mail::message
