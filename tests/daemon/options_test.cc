#include "daemon/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "daemon/config_check.h"

namespace leadmail::daemon {
namespace {

std::string shipped() {
  std::ifstream file("config/leadmail.toml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The example with every key set: "# key = value" and "# [section]" lose their "#".
std::string with_all_set(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  std::string all;
  while (std::getline(lines, line)) {
    if (line.starts_with("# [")) line.erase(0, 2);
    const auto equals = line.find(" = ");
    if (line.starts_with("# ") && equals != std::string::npos && line.find(' ', 2) == equals) line.erase(0, 2);
    all += line + "\n";
  }
  return all;
}

// When this fails, the table was changed: `leadmail check --example > config/leadmail.toml`.
TEST(Options, AreWhatTheShippedExampleShows) { EXPECT_EQ(shipped(), example_config()); }

TEST(Options, HaveDefaultsAndExamplesOfTheirOwnType) {
  ConfigReport report;
  const auto tree = parse_tree(with_all_set(example_config()), "example", report);
  ASSERT_FALSE(report.failed()) << to_string(report.errors(tree.files).front());
  check_options(tree, report);
  for (const auto& error : report.errors(tree.files)) EXPECT_TRUE(error.warning) << to_string(error);
  for (const auto& section : sections()) {
    if (section.name.find('.') != std::string_view::npos) continue;
    EXPECT_NE(tree.root.find(section.name), nullptr) << section.name;
  }
}

TEST(Options, StandOnceAndInAKnownSectionAndSayWhatTheyAreFor) {
  std::set<std::string> seen;
  for (const auto& option : options()) {
    const auto where = std::string{option.section} + "." + std::string{option.key};
    EXPECT_TRUE(seen.insert(where).second) << where;
    EXPECT_NE(find_section(option.section), nullptr) << where;
    EXPECT_FALSE(option.text.empty()) << where;
    EXPECT_FALSE(option.text.ends_with('.')) << where;
    const bool is_part = option.type == OptionType::table || option.type == OptionType::tables;
    EXPECT_EQ(find_section(where) != nullptr, is_part) << where;
    EXPECT_TRUE(is_part || !option.default_value.empty() || !option.example.empty()) << where;
    EXPECT_EQ(option.type == OptionType::choice, !option.choices.empty()) << where;
  }
}

TEST(Nearest, FindsWhatWasMeantAndNothingElse) {
  const std::vector<std::string> keys{"address", "addresses", "aliases", "imap", "smtp", "to"};
  EXPECT_EQ(nearest("adress", keys), "address");
  EXPECT_EQ(nearest("IMPA", keys), "imap");
  EXPECT_EQ(nearest("alias", keys), "");
  EXPECT_EQ(nearest("aliasse", keys), "aliases");
  EXPECT_EQ(nearest("", keys), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), keys), "");
  EXPECT_EQ(nearest("colour", keys), "");
}

}  // namespace
}  // namespace leadmail::daemon
