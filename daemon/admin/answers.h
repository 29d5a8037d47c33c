// What `leadmail init` wants to know before it tries anything: asked one by one, or read from a file. Pure; holds a
// password only where the file did.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/admin/oauth2_answers.h"
#include "daemon/config.h"

namespace leadmail::daemon::admin {

/// Somebody of the sales team.
struct Colleague {
  std::string id{};
  std::string name{};
  std::string address{};
};

struct Answers {
  std::string company{};
  std::string timezone{"UTC"};
  std::string language{"en"};
  std::string address{};  ///< the shared mailbox
  std::string provider{"auto"};
  std::string imap{};  ///< URLs; empty: of the provider, or to be found
  std::string smtp{};
  std::string tls_ca{};
  std::string user{};  ///< empty: the address
  std::string password{};
  std::string password_from{};            ///< or a file that holds it
  std::optional<OAuth2Answers> oauth2{};  ///< or a login by token
  bool insecure = false;                  ///< no TLS; for a gateway on this machine
  bool acknowledge = false;
  std::vector<std::string> admins{};
  std::vector<Colleague> team{};
  std::string store{};  ///< the database; empty: the usual place
};

struct ReadAnswers {
  Answers answers{};
  std::vector<ConfigError> errors{};  ///< all of them; none: the answers can be used
};

/// A TOML file of the keys that `answers_example` shows. `file` is for messages, and relative paths are taken from its
/// folder.
ReadAnswers read_answers(std::string_view text, const std::string& file);

/// A file of answers to fill in.
std::string_view answers_example();

/// "Ana López <ana@acme.example>" or an address alone. Its id is the address's local part in ASCII, and is none of
/// `taken`; its name is empty where none is written. An empty address: it is none.
Colleague colleague_from(std::string_view written, const std::vector<Colleague>& taken);

/// Nothing, or what is wrong with this answer: for whoever asks.
std::string wrong_with_address(std::string_view address);
std::string wrong_with_timezone(std::string_view zone);
std::string wrong_with_language(std::string_view language);
std::string wrong_with_server(std::string_view url, std::string_view service);

}  // namespace leadmail::daemon::admin
