// What the receiving server of a configured name testifies about the sender. Anybody can write an
// Authentication-Results field; only those that stand above the first hop of somebody else can come from our own
// server. RFC 8601
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// One method of an Authentication-Results field. RFC 8601 §2.2
struct AuthenticationResult {
  std::string method{};  ///< "dkim", lower case
  std::string result{};  ///< "pass", lower case
  std::string reason{};
  std::vector<std::pair<std::string, std::string>> properties{};  ///< "header.d" -> "example.com", in order
  bool partial_body = false;                                      ///< DKIM: a comment or property shows l=

  /// The value of the first property of that name, or "".
  [[nodiscard]] std::string_view property(std::string_view name) const;
};

struct AuthenticationResults {
  std::string authserv_id{};  ///< lower case
  std::vector<AuthenticationResult> results{};
};

/// Reads one field value. What is not understood is left out, never guessed: a field that breaks the syntax gives the
/// results before the break. At most 64 results of 64 properties.
AuthenticationResults parse_authentication_results(std::string_view value);

struct Authenticated {
  bool pass = false;
  std::string how{};                ///< "dmarc=pass header.from=example.com by mx.example.net", or why not
  std::vector<std::string> seen{};  ///< every Authentication-Results field and what became of it, for `explain`
};

/// Whether the transport testifies that From is who it says. Only fields of a trusted authserv-id that stand above the
/// first Received field of somebody else count (`by` is the trusted host itself, or one of its own). Then one of:
/// dmarc=pass with header.from equal to the From domain; dkim=pass with header.d (or header.i) of the same
/// organisational domain (public suffix list) and no l=; auth=pass with smtp.auth equal to the From address or one of
/// `logins` (names mapped to this From). SPF alone never.
Authenticated authenticate(const Identity& identity, std::span<const std::string> trusted_authserv,
                           std::span<const std::string> logins = {});

}  // namespace leadmail::mail::message
