// Signed tokens (JWT, RFC 7519) by which a program proves who it is to a token server: made with RSA keys, never read.
// Pure: keys are given as text. No key and no signature ever stands in an Error.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::mail::net {

/// RFC 4648 §5 without padding.
std::string base64url(std::string_view bytes);

/// The 32 octets of SHA-256.
std::string sha256(std::string_view bytes);

struct Claims {
  std::string issuer{};
  std::string subject{};  ///< empty: left out
  std::string audience{};
  std::string scope{};  ///< Google's own claim; empty: left out
  std::string id{};     ///< never twice the same; empty: left out
  Time issued{};
  std::chrono::seconds life{600};
};

enum class Signature { rs256, ps256 };  ///< RFC 7518 §3.3, §3.5

struct SigningKey {
  std::string private_key{};  ///< RSA of at least 2048 bits, PEM, without a passphrase
  std::string certificate{};  ///< PEM; empty: no thumbprints in the header. RFC 7515 §4.1.7, §4.1.8
  std::string key_id{};       ///< empty: left out
};

/// Error (give_up): the key or the certificate is none, they do not belong together, or the key is too short.
Result<std::string> sign_token(const Claims& claims, const SigningKey& key, Signature how);

/// A service account as Google's console writes it.
struct ServiceAccount {
  std::string email{};
  std::string private_key{};
  std::string key_id{};
  std::string token_uri{};
};
/// Error (give_up): it is no such file.
Result<ServiceAccount> read_service_account(std::string_view text);

/// When a certificate in PEM ends. Error (give_up): it is none.
Result<Time> end_of_certificate(const std::string& pem);

}  // namespace leadmail::mail::net
