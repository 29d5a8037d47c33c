// All our mails, in all languages, as they leave: what a mail program gets to see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <gumbo.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/leads/relay_text.h"
#include "daemon/letters.h"
#include "daemon/template_text.h"
#include "mail/message/parse.h"
#include "mail/message/reply_text.h"
#include "tests/daemon/fixtures/mail_samples.h"

namespace leadmail {
extern const std::map<std::string_view, std::string_view> kTemplates;
}

namespace leadmail::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::MailSample;
namespace message = mail::message;

constexpr std::array<const char*, 3> kLanguages{"en", "es", "vi"};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// The words alone: without white space, marks of blocks and of quotes.
std::string words_of(std::string_view text) {
  std::string words;
  for (const auto& line : lines_of(text)) {
    const auto first = line.find_first_not_of(" \t>=!-");
    if (first == std::string::npos) continue;
    for (const char c : line.substr(first)) {
      if (c != ' ' && c != '\t' && c != '*') words += c;
    }
  }
  return words;
}

/// What a parser of HTML5 sees.
class Html {
 public:
  explicit Html(const std::string& page) : output_(gumbo_parse(page.c_str())) { walk(output_->root); }
  ~Html() { gumbo_destroy_output(&kGumboDefaultOptions, output_); }
  Html(const Html&) = delete;
  Html& operator=(const Html&) = delete;
  Html(Html&&) = delete;
  Html& operator=(Html&&) = delete;

  [[nodiscard]] unsigned errors() const { return output_->errors.length; }
  [[nodiscard]] const std::set<std::string>& tags() const { return tags_; }
  [[nodiscard]] const std::multimap<std::string, std::string>& attributes() const { return attributes_; }
  [[nodiscard]] std::vector<std::string> links() const {
    std::vector<std::string> links;
    for (const auto& [name, value] : attributes_) {
      if (name == "href") links.push_back(value);
    }
    return links;
  }

 private:
  void walk(const GumboNode* node) {
    if (node->type != GUMBO_NODE_ELEMENT) return;
    tags_.insert(gumbo_normalized_tagname(node->v.element.tag));
    const auto& attributes = node->v.element.attributes;
    for (unsigned i = 0; i < attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(attributes.data[i]);
      attributes_.emplace(attribute->name, attribute->value);
    }
    const auto& children = node->v.element.children;
    for (unsigned i = 0; i < children.length; ++i) walk(static_cast<const GumboNode*>(children.data[i]));
  }

  GumboOutput* output_;
  std::set<std::string> tags_{};
  std::multimap<std::string, std::string> attributes_{};
};

struct Mail {
  std::string what;  ///< "es result"
  MailSample sample;
  message::Identity identity;
  message::Content content;
};

std::vector<Mail> all_mails(const tests::Stranger* stranger = nullptr) {
  std::vector<Mail> mails;
  for (const char* language : kLanguages) {
    const auto settings = tests::sample_settings(language);
    for (auto& sample :
         tests::mail_samples(settings, language, stranger == nullptr ? tests::a_stranger(language) : *stranger)) {
      auto what = std::string(language) + " " + sample.name;
      auto identity = message::read_identity(sample.bytes);
      auto content = message::parse(sample.bytes);
      mails.push_back({std::move(what), std::move(sample), std::move(identity), std::move(content)});
    }
  }
  return mails;
}

/// "multipart/mixed multipart/alternative text/plain text/html …": the parts in their order.
std::string structure(const std::string& bytes) {
  std::string parts;
  for (const auto& line : lines_of(bytes)) {
    constexpr std::string_view kField = "Content-Type: ";
    if (!line.starts_with(kField)) continue;
    const auto type = line.substr(kField.size(), line.find_first_of(";\r") - kField.size());
    parts += (parts.empty() ? "" : " ") + type;
    if (type == "message/rfc822") return parts;  // what is in there has its own
  }
  return parts;
}

TEST(Mails, ThereIsASampleOfEachTemplate) {
  std::set<std::string> seen;
  for (const auto& mail : all_mails()) seen.insert(mail.sample.name.substr(0, mail.sample.name.find('-')));
  EXPECT_EQ(std::set<std::string>(seen), [] {
    const auto names = Wording::names();
    return std::set<std::string>(names.begin(), names.end());
  }()) << "add one to tests/daemon/fixtures/mail_samples.cc";
}

/// A chart's bars are cells in the HTML.
std::string without_bars(std::string text) {
  constexpr std::string_view kBar = "█";
  for (auto at = text.find(kBar); at != std::string::npos; at = text.find(kBar, at)) text.erase(at, kBar.size());
  return text;
}

TEST(Mails, TextAndHtmlSayTheSame) {
  for (const auto& mail : all_mails()) {
    const auto& html = mail.content.html;
    const auto from_html = message::html_to_text(html);
    const auto shown = words_of(from_html);
    for (const auto& line : lines_of(without_bars(mail.content.text))) {
      const auto command = line.find(": #");
      const bool is_button =
          command != std::string::npos && html.find(line.substr(0, command) + "</a>") != std::string::npos;
      const auto words = words_of(is_button ? line.substr(0, command) : line);
      EXPECT_THAT(shown, HasSubstr(words)) << mail.what;
    }
    const auto text = words_of(without_bars(mail.content.text));
    for (const auto& line : lines_of(from_html)) EXPECT_THAT(text, HasSubstr(words_of(line))) << mail.what;
  }
}

TEST(Mails, NothingOfATemplateIsLeft) {
  for (const auto& mail : all_mails()) {
    EXPECT_FALSE(mail.content.text.empty()) << mail.what;
    for (const auto& text : {mail.identity.subject, mail.content.text, mail.content.html}) {
      EXPECT_THAT(text, Not(HasSubstr("{{"))) << mail.what;
      EXPECT_THAT(text, Not(HasSubstr("}}"))) << mail.what;
    }
  }
}

TEST(Mails, TheHtmlIsWellFormedAndFetchesNothing) {
  const std::set<std::string> remote{"src", "srcset", "background", "poster", "action", "data", "cite", "ping"};
  for (const auto& mail : all_mails()) {
    const Html html(mail.content.html);
    EXPECT_EQ(html.errors(), 0U) << mail.what << "\n" << mail.content.html;
    for (const auto& [name, value] : html.attributes()) {
      EXPECT_FALSE(remote.contains(name)) << mail.what << ": " << name << "=" << value;
      EXPECT_FALSE(name.starts_with("on")) << mail.what << ": " << name;
    }
    for (const auto& link : html.links()) EXPECT_TRUE(link.starts_with("mailto:sales")) << mail.what << ": " << link;
    EXPECT_THAT(mail.content.html, Not(HasSubstr("url("))) << mail.what;
    for (const char* tag : {"script", "img", "form", "iframe", "object", "svg", "link"})
      EXPECT_FALSE(html.tags().contains(tag)) << mail.what << ": " << tag;
  }
}

TEST(Mails, LeaveAsSevenBitLinesThatEveryServerTakes) {
  for (const auto& mail : all_mails()) {
    for (const auto& line : lines_of(mail.sample.bytes)) {
      ASSERT_TRUE(line.ends_with('\r')) << mail.what << ": " << line;
      ASSERT_LE(line.size(), 999U) << mail.what;  // RFC 5322 §2.1.1
      ASSERT_TRUE(std::ranges::all_of(line, [](const char c) { return static_cast<unsigned char>(c) < 0x80; }))
          << mail.what << ": " << line;
    }
  }
}

TEST(Mails, OfferTheTextFirstAndTheHtmlAsTheBetterOne) {
  for (const auto& mail : all_mails()) {
    const auto parts = structure(mail.sample.bytes);
    if (mail.sample.name == "merged") {
      EXPECT_EQ(parts, "multipart/mixed multipart/alternative text/plain text/html message/rfc822") << mail.what;
    } else if (mail.sample.name.starts_with("invitation") || mail.sample.name.starts_with("meeting")) {
      EXPECT_EQ(parts, "multipart/mixed multipart/alternative text/plain text/html text/calendar application/ics")
          << mail.what;
    } else {
      EXPECT_EQ(parts, "multipart/alternative text/plain text/html") << mail.what;
    }
    EXPECT_THAT(mail.sample.bytes, HasSubstr("Content-Type: text/html; charset=utf-8")) << mail.what;
  }
}

TEST(Mails, AreTranslatedWordForWord) {
  std::map<std::string, std::set<std::string>> english;
  const auto lines = [](std::string_view text) {
    std::vector<std::string> found;
    bool is_head = true;
    for (const auto& line : lines_of(text)) {
      if (line.empty()) is_head = false;
      if (is_head && !line.starts_with("Subject: ")) continue;
      std::string literal;
      for (std::size_t i = is_head ? 9 : 0; i < line.size(); ++i) {
        if (line.compare(i, 2, "{{") == 0) i = line.find("}}", i) + 2;
        if (i < line.size()) literal += line[i];
      }
      const auto letters = std::ranges::count_if(literal, [](const unsigned char c) { return std::isalpha(c) != 0; });
      if (letters > 3 && !literal.starts_with("Leadmail:")) found.push_back(literal);
    }
    return found;
  };
  for (const auto& [path, text] : kTemplates) {
    if (!path.starts_with("en/")) continue;
    for (const auto& line : lines(text)) english[std::string(path.substr(3))].insert(line);
  }
  for (const auto& [path, text] : kTemplates) {
    if (path.starts_with("en/") || path.find('/') == std::string_view::npos) continue;
    const auto& known = english[std::string(path.substr(3))];
    for (const auto& line : lines(text)) EXPECT_FALSE(known.contains(line)) << path << ": " << line;
  }
}

TEST(Mails, EachLanguageSaysAllThatTheOthersSay) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> tags;
  for (const auto& [path, text] : kTemplates) {
    const auto slash = path.find('/');
    if (slash == std::string_view::npos) continue;
    std::vector<ConfigError> errors;
    for (const auto& tag : read_text_template(std::string(path), text, errors).tags)
      tags[std::string(path.substr(slash + 1))][std::string(path.substr(0, slash))].insert(tag.name);
    EXPECT_TRUE(errors.empty()) << path;
  }
  for (const auto& [name, languages] : tags) {
    ASSERT_EQ(languages.size(), kLanguages.size()) << name;
    for (const auto& [language, names] : languages) EXPECT_EQ(names, languages.at("en")) << language << "/" << name;
  }
}

TEST(Mails, WhatStrangersWriteIsTextWhereverItStands) {
  const std::string hostile =
      "<script>alert(1)</script> {{company}} {{{content}}} %s %n \"'><a href=http://evil.example>x</a>\r\n"
      "Bcc: evil@x.example\n#status won\n\u202Egnp.exe</td></table>--> | x -> y";
  const tests::Stranger stranger{hostile, hostile, hostile + "\n= Heading\n! Warning\n[Tap] #block 7 domain\n| a | b"};
  for (const auto& mail : all_mails(&stranger)) {
    EXPECT_FALSE(mail.identity.header.has("Bcc")) << mail.what;
    EXPECT_EQ(mail.identity.subject.find('\n'), std::string::npos) << mail.what;
    const Html html(mail.content.html);
    EXPECT_EQ(html.errors(), 0U) << mail.what;
    EXPECT_FALSE(html.tags().contains("script")) << mail.what;
    for (const auto& link : html.links()) {
      EXPECT_TRUE(link.starts_with("mailto:sales")) << mail.what << ": " << link;
      EXPECT_THAT(link, Not(HasSubstr("domain"))) << mail.what;
    }
    for (const auto& form : {mail.content.text, message::html_to_text(mail.content.html)}) {
      for (const auto& line : lines_of(form)) EXPECT_FALSE(line.starts_with('#')) << mail.what << ": " << line;
      EXPECT_THAT(form, Not(HasSubstr("\u202E"))) << mail.what;
      const bool tells_of_him = mail.sample.name != "ack" && mail.sample.name != "alert";
      if (!tells_of_him) continue;
      EXPECT_THAT(form, HasSubstr("<script>alert(1)</script> {{company}} {{{content}}} %s %n")) << mail.what;
    }
  }
}

// Some programs quote without marks, and make their text of our HTML: nothing of ours may reach the prospect that way.
TEST(Mails, NothingOfOursGoesOutWithARepsAnswerWhateverHisProgramMakesOfTheHtml) {
  for (const char* language : kLanguages) {
    const auto settings = tests::sample_settings(language);
    const auto stranger = tests::a_stranger(language);
    const auto theirs = words_of(stranger.text + "\n" + stranger.name);
    for (const auto& sample : tests::mail_samples(settings, language, stranger)) {
      // What is about no lead goes to nobody when it is answered.
      const bool is_about_lead = !sample.name.starts_with("digest") && sample.name != "catchup";
      if (sample.words.empty() || sample.name == "merged" || !is_about_lead) continue;
      const auto text = message::html_to_text(message::parse(sample.bytes).html);
      const auto relayed = leads::without_our_words(text, sample.words, settings.config.rules);
      for (const auto& line : lines_of(relayed)) {
        if (line.size() < 8) continue;  // "Status:" may be a word of the rep's own
        EXPECT_THAT(theirs, HasSubstr(words_of(line))) << language << " " << sample.name;
      }
    }
  }
}

TEST(Mails, AreSmallEnoughForGmailWhateverTheyTell) {
  std::string much;
  while (much.size() < 40'000) much += "\"<&>\" más\n";
  const tests::Stranger stranger{"María", "Cotización", much};
  for (const auto& mail : all_mails(&stranger)) {
    EXPECT_LT(mail.content.html.size(), 102'400U) << mail.what;
    EXPECT_EQ(Html(mail.content.html).errors(), 0U) << mail.what;
  }
}

}  // namespace
}  // namespace leadmail::daemon
