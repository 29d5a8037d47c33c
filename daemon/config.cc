#include "daemon/config.h"

#include <algorithm>

#include "daemon/config_check.h"
#include "daemon/config_read.h"

namespace leadmail::daemon {
namespace {

Loaded load(const ConfigTree& tree, ConfigReport& report) {
  // After a syntax error half of the keys may be missing: to complain of that would hide what is wrong. A key that
  // stands twice hides nothing: the first one counts.
  std::optional<Config> config;
  if (tree.is_whole) {
    check_options(tree, report);
    config = build_config(tree, report);
  }
  if (report.failed()) config.reset();
  return {std::move(config), report.errors(tree.files)};
}

}  // namespace

const MailboxConfig* Config::mailbox(std::string_view name) const {
  const auto found = std::ranges::find(mailboxes, name, &MailboxConfig::name);
  return found == mailboxes.end() ? nullptr : &*found;
}

std::string to_string(const ConfigError& error) {
  std::string text = error.file;
  if (error.line > 0) text += ":" + std::to_string(error.line) + ":" + std::to_string(error.column);
  text += error.warning ? ": warning: " : ": error: ";
  text += error.message;
  if (!error.suggestion.empty()) text += " (" + error.suggestion + ")";
  return text;
}

Loaded load_config(const std::string& path) {
  ConfigReport report;
  const auto tree = read_tree(path, report);
  return load(tree, report);
}

Loaded read_config(std::string_view text, const std::string& file) {
  ConfigReport report;
  const auto tree = parse_tree(text, file, report);
  return load(tree, report);
}

}  // namespace leadmail::daemon
