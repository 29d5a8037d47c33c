// What we say to token servers: the fields of each kind of request, and the address that a person opens in a browser.
// Pure but for random words. Knows nothing of HTTP. RFC 6749, RFC 7636, RFC 8628, RFC 7523
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "mail/net/https_form.h"

namespace leadmail::mail::net {

/// Who asks, and what for.
struct TokenClient {
  std::string id{};
  std::string secret{};     ///< empty: a public client (RFC 6749 §2.1), or one with an assertion
  std::string assertion{};  ///< a signed token instead of a secret. RFC 7523 §2.2
  std::string scope{};      ///< names separated by spaces; may be empty
};

/// RFC 6749 §6
FormFields refresh_request(const TokenClient& client, std::string_view refresh_token);
/// RFC 6749 §4.1.3 with RFC 7636 §4.5
FormFields code_request(const TokenClient& client, std::string_view code, std::string_view redirect_uri,
                        std::string_view verifier);
/// RFC 8628 §3.1
FormFields device_request(const TokenClient& client);
/// RFC 8628 §3.4
FormFields device_token_request(const TokenClient& client, std::string_view device_code);
/// RFC 6749 §4.4.2
FormFields client_credentials_request(const TokenClient& client);
/// RFC 7523 §2.1
FormFields assertion_request(std::string_view assertion);

/// 256 bits of a secret word in 43 letters that every URL can carry. Error (stop): the kernel gives no random bytes.
Result<std::string> random_word();

/// The S256 challenge of a verifier. RFC 7636 §4.2
std::string challenge_of(std::string_view verifier);

/// What a person opens to let us in.
struct Invitation {
  std::string endpoint{};      ///< the authorization endpoint; may have a query of its own
  std::string redirect_uri{};  ///< where the browser is sent then. RFC 8252 §7.3
  std::string state{};         ///< comes back unchanged. RFC 6749 §10.12
  std::string verifier{};
  std::string login_hint{};  ///< the mailbox
  FormFields extra{};        ///< what this provider wants beside
};
std::string authorization_url(const TokenClient& client, const Invitation& invitation);

/// What the browser brought back: the query of the address that it was sent to, or that whole address.
struct Redirected {
  std::string code{};
  std::string error{};  ///< access_denied and its like, printable ASCII; empty when there is a code
};
/// Error (give_up): another state than ours (somebody else's login), or neither code nor error. RFC 6749 §4.1.2
Result<Redirected> read_redirect(std::string_view address, std::string_view state);

}  // namespace leadmail::mail::net
