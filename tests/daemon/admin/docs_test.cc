// What the documents show works: each command line is one that `leadmail` knows, each piece of config passes the check,
// each command by mail has a verb of the table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "core/leads/person_words.h"
#include "daemon/actions.h"
#include "daemon/admin/commands.h"
#include "daemon/config.h"
#include "mail/message/message.h"

namespace leadmail::daemon::admin {
namespace {

struct Page {
  std::string name{};
  std::string text{};
};

std::vector<Page> pages() {
  std::vector<std::filesystem::path> files{"README.md", "CONTRIBUTING.md"};
  for (const auto& entry : std::filesystem::directory_iterator("docs")) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::vector<Page> found;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    found.push_back({file.string(), {std::istreambuf_iterator<char>(stream), {}}});
  }
  return found;
}

/// As a shell takes it apart, up to a comment, a redirection or what stands behind two blanks. Of alternatives the
/// first, and everything that is optional.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool is_word = false;
  const auto end_word = [&] {
    if (is_word) words.push_back(word);
    word.clear();
    is_word = false;
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
      continue;
    }
    if (c == ' ') {
      end_word();
      if (line.compare(i, 2, "  ") == 0 || line.compare(i, 2, " #") == 0 || line.compare(i, 2, " >") == 0) break;
      continue;
    }
    if (line.compare(i, 3, "…") == 0) {
      end_word();
      break;
    }
    if (line.compare(i, 2, "$(") == 0) {  // what a shell would put there
      i = std::min(line.find(')', i), line.size() - 1);
      is_word = true;
      continue;
    }
    if (c == '[' || c == ']') continue;
    is_word = true;
    if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '|') {
      while (i + 1 < line.size() && line[i + 1] != ' ' && line[i + 1] != ']') ++i;
    } else {
      word += c;
    }
  }
  end_word();
  return words;
}

std::string fault_of(const std::string& line, bool may_lack) {
  const auto words = words_of(line);
  std::vector<const char*> argv;
  argv.reserve(words.size());
  for (const auto& word : words) argv.push_back(word.c_str());
  return fault_of_command_line(static_cast<int>(argv.size()), argv.data(), may_lack);
}

TEST(Docs, EveryCommandLineIsOneThatWouldBeCarriedOut) {
  int count = 0;
  for (const auto& page : pages()) {
    std::istringstream lines(page.text);
    bool in_block = false;
    for (std::string line; std::getline(lines, line);) {
      if (line.find("```") != std::string::npos && line.find_first_not_of(" 0123456789.") == line.find("```"))
        in_block = !in_block;
      auto command = line.substr(std::min(line.find_first_not_of(' '), line.size()));
      for (const char* prompt : {"$ ", "# ", "sudo ", "-u leadmail "}) {
        if (command.starts_with(prompt)) command.erase(0, std::string(prompt).size());
      }
      const bool is_block = in_block || line.starts_with("    ");
      if (!is_block || !command.starts_with("leadmail ")) continue;
      ++count;
      EXPECT_EQ(fault_of(command, false), "") << page.name << ": " << line;
    }
  }
  EXPECT_GT(count, 30);
}

TEST(Docs, EveryCommandThatATextNamesIsThere) {
  int count = 0;
  for (const auto& page : pages()) {
    for (auto at = page.text.find("`leadmail "); at != std::string::npos; at = page.text.find("`leadmail ", at + 1)) {
      auto command = page.text.substr(at + 1, page.text.find('`', at + 1) - at - 1);
      std::ranges::replace(command, '\n', ' ');
      ++count;
      EXPECT_EQ(fault_of(command, true), "") << page.name << ": " << command;
    }
  }
  EXPECT_GT(count, 30);
}

TEST(Docs, AWrongCommandLineIsFound) {
  EXPECT_NE(fault_of("leadmail shwo L-17", true), "");
  EXPECT_NE(fault_of("leadmail list --ownd", true), "");
  EXPECT_NE(fault_of("leadmail show", false), "");
  EXPECT_EQ(fault_of("leadmail show", true), "");
  EXPECT_EQ(fault_of("leadmail export leads|contacts [--format csv|json] [--output FILE]   to a file", false), "");
}

// --- config -------------------------------------------------------------------------------------------------------

constexpr std::string_view kMailbox =
    "[[mailbox]]\nname = \"sales\"\naddress = \"sales@acme.example\"\nimap = \"imaps://imap.acme.example\"\n"
    "smtp = \"smtps://smtp.acme.example\"\ncredential = \"sales\"\ntrusted_authserv = [\"mx.acme.example\"]\n";
constexpr std::string_view kPeople =
    "[[user]]\nid = \"ana\"\naddress = \"ana@acme.example\"\n[[user]]\nid = \"luis\"\naddress = \"luis@acme.example\"\n"
    "[[team]]\nid = \"mx\"\nmembers = [\"ana\", \"luis\"]\nlead = \"ana\"\n";

/// Blocks of a page that are config: ```toml, or indented and begun by a section.
std::vector<std::string> configs_of(const std::string& page) {
  std::vector<std::string> found;
  std::istringstream lines(page);
  std::optional<std::string> block;
  bool is_indented = false;
  const auto end_block = [&] {
    if (block) found.push_back(*block);
    block.reset();
  };
  for (std::string line; std::getline(lines, line);) {
    const auto text = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (text.ends_with("```toml")) {
      block.emplace();
      is_indented = false;
    } else if (block && (is_indented ? !line.empty() && !line.starts_with("    ") : text == "```")) {
      end_block();
    } else if (!block && line.starts_with("    [") && line.find("](") == std::string::npos && line.ends_with(']')) {
      block = line.substr(4) + "\n";
      is_indented = true;
    } else if (block) {
      *block += (is_indented && line.size() >= 4 ? line.substr(4) : line) + "\n";
    }
  }
  end_block();
  return found;
}

/// Drop-ins for systemd look like config and are none.
bool is_of_systemd(const std::string& block) {
  return block.find("[Service]") != std::string::npos || block.find("[Unit]") != std::string::npos;
}

/// The piece with what it takes for granted: a mailbox and people, where it brings none itself.
std::string completed(const std::string& block) {
  std::string text = block;
  if (block.find("[mailbox.") != std::string::npos) {  // a part of one, with a login of its own
    std::string mailbox(kMailbox);
    mailbox.erase(mailbox.find("credential"), mailbox.find("trusted_authserv") - mailbox.find("credential"));
    text.insert(0, mailbox);
  } else if (block.find("[[mailbox]]") == std::string::npos) {
    text += kMailbox;
  }
  if (block.find("[[user]]") == std::string::npos) text += kPeople;
  return text;
}

std::string errors_of(const std::string& block) {
  std::string text;
  const auto loaded = read_config(completed(block), "piece.toml");
  for (const auto& error : loaded.errors) {
    if (!error.warning) text += to_string(error) + "\n";
  }
  return text;
}

TEST(Docs, EveryPieceOfConfigPassesTheCheck) {
  int count = 0;
  for (const auto& page : pages()) {
    for (const auto& block : configs_of(page.text)) {
      if (is_of_systemd(block)) continue;
      ++count;
      EXPECT_EQ(errors_of(block), "") << page.name << ":\n" << block;
    }
  }
  EXPECT_GT(count, 3);
}

TEST(Docs, AWrongPieceOfConfigIsFound) {
  EXPECT_NE(errors_of("[metrics]\nlisten = \"everywhere\"\n"), "");
  EXPECT_NE(errors_of("[[assign]]\nname = \"x\"\nto = { user = \"nobody\" }\n"), "");
  EXPECT_EQ(configs_of("text\n\n    [metrics]\n    listen = \"x\"\n\nmore\n").size(), 1U);
}

std::string text_of(const char* file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

using Words = std::multiset<std::string>;

/// What stands between two `marks` each, up to the end of the line or the list in brackets that `at` stands in.
Words quoted(const std::string& text, std::size_t at, char mark, char end) {
  Words words;
  for (auto i = at; i < text.size() && text[i] != end; ++i) {
    if (text[i] != mark) continue;
    const auto close = text.find(mark, i + 1);
    words.insert(text.substr(i + 1, close - i - 1));
    i = close;
  }
  return words;
}

/// The words that docs/json.md promises for what its row is called.
Words promised(const std::string& row) {
  const auto page = text_of("docs/json.md");
  const auto at = page.find("\n| " + row + " | ");
  return at == std::string::npos ? Words{} : quoted(page, at + row.size() + 6, '`', '\n');
}

/// What the book lets stand in a column, as schema.sql checks it.
Words checked(const std::string& table, const std::string& column) {
  const auto schema = text_of("core/store/schema.sql");
  const auto in_table = schema.find("CREATE TABLE " + table + " (");
  return quoted(schema, schema.find("CHECK (" + column + " IN", in_table) + column.size() + 10, '\'', ')');
}

template <typename Enum>
Words named(Enum last, std::string_view (*name)(Enum)) {
  Words words;
  for (int i = 0; i <= static_cast<int>(last); ++i) words.emplace(name(static_cast<Enum>(i)));
  return words;
}

TEST(Docs, TheWordsOfJsonAreThoseOfTheProgram) {
  EXPECT_EQ(promised("`status` of a lead"), named<leads::Status>(leads::Status::do_not_contact, leads::name));
  EXPECT_EQ(promised("`kind` of a message"),
            named<mail::message::Kind>(mail::message::Kind::form, mail::message::name));
  EXPECT_EQ(promised("`state` of a mailbox"), named(mail::imap::MailboxState::Health::stopped, health_name));
  EXPECT_EQ(promised("`state` of a recipient in the outbox"), checked("recipient", "state"));
  EXPECT_EQ(promised("`direction` in a timeline"), checked("message", "direction"));
  for (const auto& role : promised("`role` of a contact")) EXPECT_EQ(leads::read_role(role), role);
  auto outcomes = promised("`outcome` in the ledger");
  EXPECT_EQ(outcomes.erase("made one"), 0U);
  EXPECT_EQ(outcomes, named<leads::Outcome>(leads::Outcome::unverified, leads::name));
}

}  // namespace
}  // namespace leadmail::daemon::admin
