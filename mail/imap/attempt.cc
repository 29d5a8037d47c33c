#include "mail/imap/attempt.h"

#include <utility>

namespace leadmail::mail::imap {

using Stage = net::Attempt::Stage;

Diagnosis diagnose(const net::Attempt& attempt) {
  if (attempt.stage == Stage::refused) return {Trouble::admin};
  if (attempt.stage == Stage::network && !attempt.heard && attempt.words.empty()) return {Trouble::unreached};
  if (attempt.stage != Stage::login) return diagnose(attempt.words, Moment::connecting);
  // libcurl calls it a refused login too when the server offers no way to log in that we know.
  if (attempt.words.empty()) return {Trouble::credentials};
  return diagnose(attempt.words, Moment::logging_in);
}

Diagnosis diagnose_login(const Error& error) {
  // The mail server was not asked, and the token server has a pace of its own.
  if (error.next == Next::retry) return {Trouble::unreached};
  // The provider's own word for a login that is over. RFC 6749 §5.2
  const bool is_over = error.what.find("invalid_grant") != std::string::npos;
  return {is_over ? Trouble::revoked : Trouble::admin};
}

awaitable<Entry> get_in(net::Connector& connector, const net::Server& server, const LoginSource& login, bool& refused) {
  Entry entry;
  std::string last;  // the token that was refused just now
  for (int tries = 0; tries < 2; ++tries) {
    auto secret = co_await login(refused);
    if (!secret) {
      entry.diagnosis = diagnose_login(secret.error());
      entry.attempt.stage = Stage::login;
      entry.attempt.error = std::move(secret.error()).in("login");
      co_return entry;
    }
    if (tries > 0 && secret->secret == last) co_return entry;
    const bool is_token = secret->method == net::Login::Method::bearer;
    last = secret->secret;
    entry.attempt = co_await connector.connect(server, *std::move(secret));
    if (entry.attempt.stage == Stage::connected) {
      refused = false;
      co_return entry;
    }
    entry.diagnosis = diagnose(entry.attempt);
    refused = entry.diagnosis.trouble == Trouble::credentials;
    if (!refused || !is_token) co_return entry;
  }
  co_return entry;
}

}  // namespace leadmail::mail::imap
