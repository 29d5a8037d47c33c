// Where a mail server is and who we are there. Plain values: no socket is opened here.
#pragma once

#include <cstdint>
#include <string>

namespace leadmail::mail::net {

/// How bytes are protected on the way. TLS is required outside loopback and always verified; there is no "try".
enum class Security {
  implicit_tls,  ///< imaps://, smtps://: TLS from the first byte. RFC 8314 §3
  starttls,      ///< imap://, smtp://: refused when the server does not offer it. RFC 3501 §6.2.1, RFC 3207
  none,          ///< only for a loopback host, and only when the config says `insecure = true`
};

/// One server, as its URL in the config names it.
struct Server {
  std::string host{};
  std::uint16_t port = 0;
  Security security = Security::implicit_tls;
  std::string ca_file{};  ///< a private authority in PEM; empty: the system's
};

/// How we log in. Read again for every connection, so that a changed file or a fresh token is used at once.
struct Login {
  enum class Method { password, bearer };  ///< SASL PLAIN or LOGIN; XOAUTH2 or OAUTHBEARER (RFC 7628)
  Method method = Method::password;
  std::string user{};
  std::string secret{};  ///< never logged, never in an Error
};

}  // namespace leadmail::mail::net
