// What `leadmail init` is told about a login by token: [oauth2] in a file of answers, with the keys of
// [mailbox.oauth2]. Pure, but that files are looked at as the check of a config does.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/config_tree.h"

namespace leadmail::daemon::admin {

struct OAuth2Answers {
  OAuth2Config config{};
  std::vector<std::pair<std::string, std::string>> lines{};  ///< keys and their values, as TOML writes them
};

/// What is wrong is reported as for a config. `provider`: that of the mailbox (provider.h), for an answer that names
/// none. Relative paths are taken from the folder of the answers.
OAuth2Answers read_oauth2_answers(const Node& node, std::string_view provider, const ConfigTree& tree,
                                  ConfigReport& report);

/// "google" for Gmail, "microsoft" for Microsoft 365, "" for any other of provider.h.
std::string_view oauth2_provider_of(std::string_view provider);

}  // namespace leadmail::daemon::admin
