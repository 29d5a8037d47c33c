// From answers and what was tried to the first config: its text, and the files on disk. The text is made by a pure
// function, with the table of options as the source of its comments; the files are never written over others.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "daemon/admin/answers.h"
#include "daemon/admin/trial.h"

namespace leadmail::daemon::admin {

/// Everything the config says; `answers` are complete (servers named) by now.
struct Setup {
  Answers answers{};
  Trial trial{};
  bool tried = true;             ///< false: nothing is known but the answers
  std::string known_authserv{};  ///< of the provider, for when nothing was tried
  std::string password_file{};   ///< as the config names it; empty for a login by token
};

/// leadmail.toml: what is set with the reason for it, each key with its text; it passes `leadmail check`.
std::string config_text(const Setup& setup);

/// A file to be made.
struct NewFile {
  std::string path{};
  std::string content{};
  unsigned mode = 0600;
  bool is_secret = false;  ///< belongs to leadmail; else to root, readable by the group leadmail (where we are root)
};

/// Makes them in their order, and the folders they need. Each is complete or not there (temporary file, fsync, link).
/// Error (give_up): one is there already, which is never touched, and then none of those before it stays.
Result<void> write_new_files(const std::vector<NewFile>& files);

/// A basic string of TOML. What an answer holds are one-line texts; anything else is escaped all the same.
std::string toml_text(std::string_view text);

/// "Sales-EU" of "Sales-EU@acme.example" -> "sales-eu": a mailbox's name and its secret's.
std::string mailbox_name(const std::string& address);

}  // namespace leadmail::daemon::admin
