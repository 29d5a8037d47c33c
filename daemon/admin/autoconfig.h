// The page by which a provider tells mail programs its servers: the format of Thunderbird, which most of them publish.
// Pure, bounded; servers without TLS are passed over.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace leadmail::daemon::admin {

/// As URLs of the config; each empty where nothing fit.
struct FoundServers {
  std::string imap{};
  std::string smtp{};
  std::string user{};         ///< the login; empty when the page does not say
  bool needs_oauth2 = false;  ///< neither of the two lets anybody in by password
};

/// The first IMAP and the first SMTP server with TLS and a login by password (else by OAuth2), as the page orders them.
/// %EMAILADDRESS% and its kin are filled in from `address`. Nothing when it is no such page, holds a document type, or
/// is larger than 256 KiB.
std::optional<FoundServers> servers_in(std::string_view page, std::string_view address);

}  // namespace leadmail::daemon::admin
