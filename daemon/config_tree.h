// A config as plain values with their places, however many files it came from. The only part that knows TOML; it knows
// no key by name.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/config.h"

namespace leadmail::daemon {

/// Where something stands. Lines and columns begin with 1.
struct Place {
  std::size_t file = 0;  ///< in ConfigTree::files
  int line = 0;
  int column = 0;
};

enum class NodeKind { table, list, text, integer, number, boolean, date, time, date_time };

/// "a table", "a list", …: for messages.
std::string_view name(NodeKind kind);

struct Member;

/// One value.
struct Node {
  NodeKind kind = NodeKind::table;
  Place place{};
  std::string text{};  ///< of text; of date, time and date_time as ISO 8601
  std::int64_t integer = 0;
  double number = 0;  ///< of integer too
  bool boolean = false;
  std::vector<Node> items;      ///< of a list; no {} here: Node and Member need each other
  std::vector<Member> members;  ///< of a table, by key

  [[nodiscard]] const Member* member(std::string_view key) const;
  [[nodiscard]] const Node* find(std::string_view key) const;  ///< the value of that key, or nothing
};

struct Member {
  std::string key{};
  Place place{};  ///< of the key
  Node value{};
};

struct ConfigTree {
  std::vector<std::string> files{};
  Node root{};
  bool is_whole = true;  ///< false: a file could not be read, so what seems to be missing may stand there
};

/// What is wrong, gathered on the way so that all of it can be told at once.
class ConfigReport {
 public:
  struct Entry {
    Place place{};
    std::string message{};
    std::string suggestion{};
    bool warning = false;
  };

  void error(Place place, std::string message, std::string suggestion = {});
  void warn(Place place, std::string message, std::string suggestion = {});
  [[nodiscard]] bool failed() const { return failed_; }
  /// In the order of files, lines and columns; control characters are shown as "?".
  [[nodiscard]] std::vector<ConfigError> errors(const std::vector<std::string>& files) const;

 private:
  std::vector<Entry> entries_{};
  bool failed_ = false;
};

/// Reads the main file and conf.d/*.toml beside it into one tree. A file that can't be read or is no TOML is reported,
/// and the others are read all the same.
ConfigTree read_tree(const std::string& path, ConfigReport& report);

/// The same for a text.
ConfigTree parse_tree(std::string_view text, const std::string& file, ConfigReport& report);

}  // namespace leadmail::daemon
