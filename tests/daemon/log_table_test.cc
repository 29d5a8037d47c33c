#include "daemon/log_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

namespace leadmail::daemon {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(LogTable, SaysOfEachIdOnceWhatItMeans) {
  std::set<std::string_view> ids;
  std::set<std::string> journal;
  for (const auto& message : log_messages()) {
    EXPECT_TRUE(ids.insert(message.id).second) << message.id;
    EXPECT_EQ(message.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos) << message.id;
    EXPECT_FALSE(message.title.empty() || message.title.ends_with('.')) << message.id;
    EXPECT_TRUE(message.text.ends_with('.')) << message.id;
    EXPECT_TRUE(message.level >= Level::info || message.text.size() > 20) << message.id;
    EXPECT_EQ(find_log_message(message.id), &message);
    const auto number = journal_id(message.id);
    EXPECT_TRUE(journal.insert(number).second) << message.id;
    EXPECT_EQ(number.size(), 32U);
    EXPECT_EQ(number[12], '5') << "an UUID made of a name";
  }
  EXPECT_EQ(find_log_message("no-such-id"), nullptr);
}

TEST(JournalFields, AreWhatJournalctlIsAskedFor) {
  EXPECT_THAT(journal_fields({.level = Level::warning,
                              .id = "intake-quarantined",
                              .text = "quarantined L-7",
                              .fields = {{"MAILBOX", "sales"}, {"UID", ""}, {"LEAD", "L-7"}}}),
              testing::ElementsAre("PRIORITY=4", "MESSAGE=quarantined L-7",
                                   "MESSAGE_ID=" + journal_id("intake-quarantined"), "LEADMAIL_ID=intake-quarantined",
                                   "SYSLOG_IDENTIFIER=leadmaild", "LEADMAIL_MAILBOX=sales", "LEADMAIL_LEAD=L-7"));
}

// Alarms and scripts of administrators name it.
TEST(LogTable, AJournalIdNeverChanges) { EXPECT_EQ(journal_id("imap-trouble"), "ad82dd47d92f5261aa1d25b6d08067f6"); }

// When this fails, the table was changed: `leadmail manual messages > docs/messages.md`.
TEST(LogTable, IsWhatTheManualShows) { EXPECT_EQ(content("docs/messages.md"), messages_manual()); }

TEST(LogTable, TheCatalogHasAnEntryForEach) {
  const auto catalog = journal_catalog();
  for (const auto& message : log_messages()) {
    EXPECT_NE(catalog.find("\n-- " + journal_id(message.id) + "\nSubject: "), std::string::npos) << message.id;
  }
}

/// From behind an opening bracket up to the next comma or bracket that belongs to it.
std::string argument(std::string_view code) {
  int depth = 0;
  bool in_quotes = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (in_quotes) {
      if (c == '\\') ++i;
      in_quotes = c != '"';
      continue;
    }
    if (c == '"') in_quotes = true;
    if (c == '(' || c == '{') ++depth;
    if ((c == ')' || c == '}') && depth-- == 0) return std::string(code.substr(0, i));
    if (c == ',' && depth == 0) return std::string(code.substr(0, i));
  }
  return std::string(code);
}

std::vector<std::string> literals(std::string_view code) {
  std::vector<std::string> found;
  for (auto open = code.find('"'); open != std::string_view::npos; open = code.find('"', open + 1)) {
    const auto close = code.find('"', open + 1);
    if (close == std::string_view::npos) break;
    found.emplace_back(code.substr(open + 1, close - open - 1));
    open = close;
  }
  return found;
}

/// What is wrong with a call of log() whose arguments begin here; "" when nothing is.
std::string fault_of_call(std::string_view code) {
  auto id = argument(code);
  std::string level;
  if (id.find("Level::") != std::string::npos) {
    level = id;
    id = argument(code.substr(id.size() + 1));
  }
  const auto words = literals(id);
  if (words.empty()) return "no id: " + id;
  for (const auto& word : words) {
    if (word.ends_with('-')) continue;  // what follows is a word of a vocabulary; see below
    const auto* message = find_log_message(word);
    if (message == nullptr) return "not in the table: " + word;
    if (!level.empty() && level != "Level::" + std::string(name(message->level))) return "another level: " + word;
  }
  return "";
}

TEST(LogTable, EveryCallHasAnIdOfTheTable) {
  int calls = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("daemon")) {
    const auto& file = entry.path();
    if (file.extension() != ".cc" || file.filename() == "log.cc") continue;
    const auto code = content(file);
    for (auto at = code.find("log("); at != std::string::npos; at = code.find("log(", at + 1)) {
      const char before = at == 0 ? ' ' : code[at - 1];
      if (std::isalnum(static_cast<unsigned char>(before)) != 0 || before == '_' || before == '.' || before == ':')
        continue;
      EXPECT_EQ(fault_of_call(std::string_view(code).substr(at + 4)), "") << file;
      ++calls;
    }
  }
  EXPECT_GT(calls, 40);
}

TEST(LogTable, ACallWithoutAnIdIsFound) {
  EXPECT_NE(fault_of_call("text, \"x\");"), "");
  EXPECT_NE(fault_of_call("\"no-such-id\", text);"), "");
  EXPECT_NE(fault_of_call("fine ? \"imap-state\" : \"no-such-id\", text);"), "");
  EXPECT_NE(fault_of_call("Level::info, \"imap-trouble\", text);"), "");
  EXPECT_EQ(fault_of_call("Level::warning, \"imap-trouble\", text(a, b));"), "");
}

// "smtp-" and the state in which an attempt left its recipient.
TEST(LogTable, KnowsEveryWayInWhichASendEnds) {
  for (const char* state : {"delivered", "deferred", "failed", "unknown", "waiting", "cancelled"}) {
    EXPECT_NE(find_log_message("smtp-" + std::string(state)), nullptr) << state;
  }
}

}  // namespace
}  // namespace leadmail::daemon
