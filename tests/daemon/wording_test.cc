// Templates: the built-in ones, a company's own over them, and what is wrong with those.
#include "daemon/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "daemon/config.h"
#include "daemon/document.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::Folder;

std::string link(std::string_view command) { return mailto("sales@acme.example", "L-1", command); }

Words some_words() {
  Words words;
  words.values = {{"company", "Acme"}, {"name", "María"},  {"lead", "L-1"},       {"tag", "[L-1]"},
                  {"title", "Bombas"}, {"quoted", "Hola"}, {"owner_name", "Ana"}, {"shared", "sales@acme.example"}};
  words.lists["facts"] = {{{"label", "Teléfono"}, {"value", "+52 55"}}};
  return words;
}

std::vector<std::string> complaints(const Folder& folder) {
  std::vector<std::string> found;
  for (const auto& error : Wording::check(folder.path(""))) {
    auto text = to_string(error);
    const auto begin = text.find(folder.path(""));
    if (begin == 0) text.erase(0, folder.path("").size());
    found.push_back(text);
  }
  return found;
}

TEST(Wording, TheBuiltInTemplatesAreWithoutFault) {
  EXPECT_THAT(Wording::check(""), IsEmpty());
  EXPECT_THAT(Wording::check("/nowhere/at/all"), IsEmpty());
}

TEST(Wording, ACompanysOwnTextMakesBothFormsOfThatMailInThatLanguage) {
  const Folder folder;
  folder.write("es/notice.txt",
               "Subject: Nuevo {{title}}\n\n= Para {{owner_name}}\n\n> {{quoted}}\n\n[Ya] #status open\n");
  EXPECT_THAT(complaints(folder), IsEmpty());
  const auto wording = Wording::load(folder.path(""));
  ASSERT_TRUE(wording) << wording.error().what;
  const auto mail = wording->render("notice", "es", some_words(), link);
  EXPECT_EQ(mail.subject, "Nuevo Bombas");
  EXPECT_EQ(mail.text, "Para Ana\n\n> Hola\n\nYa: #status open\n");
  EXPECT_THAT(mail.html, HasSubstr(">Para Ana</h1>"));
  EXPECT_THAT(mail.html, HasSubstr("href=\"mailto:sales@acme.example?subject=L-1&amp;body=%23status%20open\""));
  EXPECT_THAT(wording->render("notice", "en", some_words()).text, HasSubstr("this lead is yours"));
  EXPECT_THAT(wording->render("copy", "es", some_words()).text, HasSubstr("escribió"));
}

TEST(Wording, ACompanysOwnTextMayNameTheFieldsOfALead) {
  const Folder folder;
  folder.write("en/notice.txt",
               "Subject: {{title}}\n\n{{#field.budget}}\nBudget: {{field.budget}}\n{{/field.budget}}\n\n"
               "In {{field.country}}, by {{field.ship-date}}.\n\n> {{quoted}}\n");
  const auto fields = template_fields({.fields = {{.name = "budget"}, {.name = "ship-date"}}});
  EXPECT_THAT(Wording::check(folder.path(""), fields), IsEmpty());
  const auto wording = Wording::load(folder.path(""), fields);
  ASSERT_TRUE(wording) << wording.error().what;
  auto words = some_words();
  words.values["field.country"] = "MX {{field.budget}} <b>";
  words.values["field.ship-date"] = "2026-12-03";
  EXPECT_EQ(wording->render("notice", "en", words).text, "In MX {{field.budget}} <b>, by 2026-12-03.\n\n> Hola\n")
      << "a section without a value is not there; a value is text";
  words.values["field.budget"] = "5,000 EUR";
  EXPECT_THAT(wording->render("notice", "en", words).text, testing::StartsWith("Budget: 5,000 EUR\n"));
  EXPECT_FALSE(Wording::load(folder.path(""))) << "a company without such a field";
}

TEST(Wording, ASubjectOfAnyLengthMakesAHeaderOfBearableLength) {
  const Folder folder;
  folder.write("en/notice.txt", "Subject: {{title}} {{tag}}\n\n> {{quoted}}\n");
  const auto wording = Wording::load(folder.path(""));
  ASSERT_TRUE(wording) << wording.error().what;
  auto words = some_words();
  words.values["tag"] = "[L-1]";
  words.values["title"].clear();
  while (words.values["title"].size() < 60'000) words.values["title"] += "Máquinas ";
  const auto subject = wording->render("notice", "en", words).subject;
  EXPECT_LT(subject.size(), 4100U);
  EXPECT_TRUE(subject.ends_with(" [L-1]")) << "what the reply is known by stays";
}

TEST(Wording, ACompanysOwnPageStandsAroundOneMailOrAroundAll) {
  const Folder folder;
  folder.write("en/frame.html",
               "<html lang=\"{{language}}\"><title>{{subject}}</title>{{{content}}}<p>ours</p></html>");
  folder.write("en/copy.html",
               "<b>{{name}}</b> {{quoted}} {{#buttons}}<a href=\"{{link}}\">{{label}}</a>{{/buttons}}\n");
  EXPECT_THAT(complaints(folder), IsEmpty());
  const auto wording = Wording::load(folder.path(""));
  ASSERT_TRUE(wording) << wording.error().what;
  auto words = some_words();
  words.values["quoted"] = "1 < 2\n<b>";
  EXPECT_THAT(wording->render("notice", "en", words).html, HasSubstr("<p>ours</p>"));
  EXPECT_THAT(wording->render("notice", "es", words).html, Not(HasSubstr("<p>ours</p>")));
  const auto copy = wording->render("copy", "en", words, link).html;
  EXPECT_THAT(copy, HasSubstr("<b>María</b> 1 &lt; 2<br>&lt;b&gt; <a href=\"mailto:sales@acme.example?"));
  EXPECT_THAT(copy, HasSubstr(">Remind me tomorrow 10:00</a>"));
}

struct BadTemplate {
  const char* file;
  const char* text;
  const char* complaint;
};
class BadTemplates : public testing::TestWithParam<BadTemplate> {};

TEST_P(BadTemplates, AreToldWithTheirPlaceAndNotUsed) {
  const Folder folder;
  folder.write(GetParam().file, GetParam().text);
  const auto found = complaints(folder);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), std::string(GetParam().file) + GetParam().complaint);
  const auto wording = Wording::load(folder.path(""));
  ASSERT_FALSE(wording);
  EXPECT_THAT(wording.error().what, HasSubstr(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadTemplates,
    testing::Values(
        BadTemplate{"es/notice.txt", "Hola\n\n{{quoted}}\n", ":1:1: error: the first line is no \"Subject: …\""},
        BadTemplate{"es/notice.txt", "Subject: x\n{{quoted}}\n",
                    ":2:1: error: an empty line has to stand between the subject and the text"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n\n  {{quotd}} {{quoted}}\n",
                    ":4:3: error: nothing here is called {{quotd}} (did you mean {{quoted}}?)"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{label}} {{quoted}}\n",
                    ":3:1: error: nothing here is called {{label}}"},
        BadTemplate{"es/notice.txt", "Subject: x\n\nHola\n",
                    ":1:1: error: {{quoted}} is missing: this mail can't do without it"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{#facts}}\n{{quoted}}\n",
                    ":3:1: error: section {{#facts}} has no end ({{/facts}})"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{/facts}}{{quoted}}\n", ":3:1: error: {{/facts}} ends no section"},
        BadTemplate{"es/notice.txt", "Subject: {{#title}}x\n\n{{/title}}{{quoted}}\n",
                    ":1:10: error: section {{#title}} has no end ({{/title}})"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{quoted\n}}\n", ":3:1: error: {{ without }} on its line"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{{quoted}}}\n",
                    ":3:1: error: a value without escaping (write {{quoted}})"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{&quoted}}\n",
                    ":3:1: error: a value without escaping (write {{quoted}})"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{>facts}}{{quoted}}\n",
                    ":3:1: error: '>facts' is no name of a value (names are written in small letters)"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{quoted}}\n#help\n",
                    ":4:1: error: a line that begins with '#' is a command to us (write [label] #command, or other "
                    "words)"},
        BadTemplate{"es/notice.txt", "Subject: x\nLayout: fancy\n\n{{quoted}}\n",
                    ":2:1: error: there is no layout 'fancy' (frame or plain)"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{quoted}} \x07\n",
                    ":3:12: error: a control character (save it as plain text in UTF-8)"},
        BadTemplate{"es/notice.txt", "Subject: x\n\n{{quoted}} \xe1\n",
                    ": error: the file is not in UTF-8 (save it as UTF-8)"},
        BadTemplate{"en/frame.html", "<p>Hello</p>",
                    ":1:1: error: {{content}} is missing: this mail can't do without it"},
        BadTemplate{"en/frame.html", "{{{content}}}\n<img src=\"https://acme.example/logo.png\">",
                    ":2:6: error: 'src=' is fetched from outside, which mail programs hide or tell others of"},
        BadTemplate{"en/frame.html", "{{{content}}}<script>x</script>",
                    ":1:14: error: '<script' no mail program runs it, and spam filters refuse it"},
        BadTemplate{"en/frame.html", "<p onclick='x'>{{{content}}}</p>",
                    ":1:4: error: 'onclick' no mail program runs it, and spam filters refuse it"},
        BadTemplate{"en/frame.html", "{{{content}}}<a href=\"http://acme.example\">x</a>",
                    ":1:17: error: a link to nowhere safe (https://, mailto: or tel:, or {{link}} of {{#buttons}})"},
        BadTemplate{"en/copy.html", "{{quoted}}<a href=\"{{name}}\">x</a>",
                    ":1:14: error: a link to nowhere safe (https://, mailto: or tel:, or {{link}} of {{#buttons}})"},
        BadTemplate{"en/copy.html", "{{{quoted}}}", ":1:1: error: a value without escaping (write {{quoted}})"}));

TEST(Wording, AFileThatBelongsToNoMailIsPointedOutAndDoesNoHarm) {
  const Folder folder;
  folder.write("en/notcie.txt", "Subject: x\n\ny\n");
  folder.write("fr/notice.txt", "Subject: x\n\ny\n");
  folder.write("en/README", "anything");
  EXPECT_THAT(complaints(folder),
              ElementsAre("en/notcie.txt: warning: not used: no mail is called notcie (did you mean notice?)",
                          "fr: warning: not used: templates stand in the folders en, es and vi"));
  EXPECT_TRUE(Wording::load(folder.path("")));
}

TEST(Wording, ATemplateFromAnotherSystemMayHaveAMarkAndItsLineEnds) {
  const Folder folder;
  folder.write("en/notice.txt", "\xef\xbb\xbfSubject: Hi {{name}}\r\n\r\n= A\r\n\r\n> {{quoted}}\r\n");
  const auto wording = Wording::load(folder.path(""));
  ASSERT_TRUE(wording) << wording.error().what;
  EXPECT_EQ(wording->render("notice", "en", some_words()).text, "A\n\n> Hola\n");
  EXPECT_EQ(wording->render("notice", "en", some_words()).subject, "Hi María");
}

/// The blocks of a template's text, written so that a person can compare them.
std::string blocks(const std::string& rendered) {
  static constexpr std::array<const char*, 11> kNames{"heading", "section", "paragraph", "fine", "warning", "quote",
                                                      "facts",   "changes", "items",     "bars", "buttons"};
  std::string text;
  for (const auto& block : read_document(rendered)) {
    text += std::string(kNames.at(static_cast<std::size_t>(block.kind))) + ":";
    for (const auto& row : block.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? " " : "|") + row[i];
      text += ";";
    }
    text += "\n";
  }
  return text;
}

TEST(Document, BlocksAreKnownByHowTheirLinesBegin) {
  EXPECT_EQ(blocks("= Title\nfirst\nsecond\n\nnext\n! care\n> said\n> more\n~ small\n"),
            "heading: Title;\nparagraph: first\nsecond;\nparagraph: next;\nwarning: care;\nquote: said\nmore;\n"
            "fine: small;\n");
  EXPECT_EQ(blocks("| a | b\n| c | d\n\n| e | f -> g\n"), "facts: a|b; c|d;\nchanges: e|f|g;\n");
  EXPECT_EQ(blocks("* one\n  under\n  more\n* [two] #show L-2\n  below\nno item\n"),
            "items: one||under|more; two|#show L-2|below;\nparagraph: no item;\n");
  EXPECT_EQ(blocks("% Open | 40 | 12\n[Do] #next\n[Not a button] but words\n"),
            "bars: Open|40|12;\nbuttons: Do|#next;\nparagraph: [Not a button] but words;\n");
}

TEST(Document, WhatIsEmptyIsLeftOut) {
  const auto none = fence_value("");
  EXPECT_EQ(blocks("! " + none + "\n| Note | " + none + "\n[Undo] " + none + "\n> " + none + "\n" + none + "\n"), "");
}

TEST(Document, AValueNeverBeginsABlockNorEndsACell) {
  const auto hostile = fence_value("= h\n! w\n| a | b -> c\n* i\n[x] #dnc\n\x02\x03\x1f");
  EXPECT_EQ(blocks(hostile), "paragraph: = h\n! w\n| a | b -> c\n* i\n[x] #dnc;\n");
  EXPECT_EQ(blocks("| a | " + fence_value("x | y -> z") + "\n"), "facts: a|x | y -> z;\n");
  EXPECT_EQ(blocks("| a | " + fence_value("x -> y") + " -> " + fence_value("z") + "\n"), "changes: a|x -> y|z;\n");
}

TEST(Document, NoLineOfTheTextBeginsLikeACommand) {
  const auto text = to_text(read_document("= " + fence_value("#status won") + "\n\n" + fence_value("a\n #dnc\nb") +
                                          "\n> " + fence_value("#lost") + "\n"));
  EXPECT_EQ(text, "- #status won\n\na\n-  #dnc\nb\n\n> #lost\n");
}

TEST(Document, AChartIsReadableAsTextToo) {
  EXPECT_EQ(to_text(read_document("% Open | 100 | 12 (24,000 EUR)\n% Lost | 5 | 1\n% None | 0 | 0\n")),
            "Open: ████████████████████ 12 (24,000 EUR)\nLost: █ 1\nNone: 0\n");
}

TEST(Document, ControlCharactersAndTurnedTextAreTakenOut) {
  EXPECT_EQ(clean_text("a\x1b[31m\r\nb\rc\u202Ed\u2066e\u0085\x7f\tf\u200f"), "a[31m\nb\ncde\tf\u200f");
}

TEST(Document, LongBlocksAreCutUntilTheMailFits) {
  std::string rendered = "= Title\n";
  for (int i = 0; i < 3000; ++i) rendered += "* lead " + std::to_string(i) + "\n  some words about it\n";
  auto document = read_document(rendered + "\n> " + fence_value(std::string(50'000, '&')) + "\n");
  shorten(document, {}, 90'000);
  EXPECT_LE(to_html(document, {}).size(), 90'000U);
  EXPECT_GT(to_html(document, {}).size(), 40'000U);
  EXPECT_THAT(to_text(document), HasSubstr("  […]\n"));
  EXPECT_THAT(to_text(document), HasSubstr("> […]\n"));
}

}  // namespace
}  // namespace leadmail::daemon
