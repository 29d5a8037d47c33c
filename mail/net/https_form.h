// A form posted by https and its small answer, for token servers. Knows nothing of tokens. Refuses plain http outside
// loopback, certificates that do not fit, TLS below 1.2, redirects (they would carry secrets elsewhere), and answers
// that are large or slow.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "mail/net/token_answer.h"

namespace leadmail::mail::net {

/// Names and values, in their order; not encoded.
using FormFields = std::vector<std::pair<std::string, std::string>>;

struct FormPost {
  std::string url{};
  FormFields fields{};
  std::string ca_file{};                   ///< a private authority in PEM; empty: the system's
  std::chrono::milliseconds time{30'000};  ///< for all of it
  std::function<bool()> is_stopped{};      ///< asked several times a second; true gives up
};

/// "grant_type=refresh_token&…". RFC 6749 §B
std::string encode_form(const FormFields& fields);

/// Nothing, or why this must not be asked for tokens: not https (http is for loopback only), no host, a user or a
/// fragment in it, letters that no URL has.
Result<void> usable_endpoint(std::string_view url);

/// Blocks. An answer of any status; an Error (retry) when there is none: it names the host, never what was posted.
/// Error (give_up): the URL is not usable.
Result<HttpAnswer> post_form(const FormPost& post);

}  // namespace leadmail::mail::net
