#include "mail/net/signed_token.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <cstdint>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

namespace leadmail::mail::net {
namespace {

using nlohmann::json;

constexpr int kFewestBits = 2048;
constexpr std::size_t kLongestFile = 64UL * 1024;

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

Bio reader_of(const std::string& pem) {
  return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min(pem.size(), kLongestFile))));
}

/// Never asks for a passphrase on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

Key key_in(const std::string& pem) {
  return Key(PEM_read_bio_PrivateKey(reader_of(pem).get(), nullptr, no_passphrase, nullptr));
}

Certificate certificate_in(const std::string& pem) {
  return Certificate(PEM_read_bio_X509(reader_of(pem).get(), nullptr, no_passphrase, nullptr));
}

std::string thumbprint(const X509* certificate, const EVP_MD* digest) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  if (X509_digest(certificate, digest, bytes.data(), &size) != 1) return {};
  return base64url({reinterpret_cast<const char*>(bytes.data()), size});
}

json claims_json(const Claims& claims) {
  json object{{"iss", claims.issuer},
              {"aud", claims.audience},
              {"iat", to_unix(claims.issued)},
              {"exp", to_unix(claims.issued + claims.life)}};
  if (!claims.subject.empty()) object["sub"] = claims.subject;
  if (!claims.scope.empty()) object["scope"] = claims.scope;
  if (!claims.id.empty()) {
    object["jti"] = claims.id;
    object["nbf"] = to_unix(claims.issued);
  }
  return object;
}

std::string signature_of(EVP_PKEY* key, std::string_view text, Signature how) {
  const Context context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;
  if (!context || EVP_DigestSignInit(context.get(), &padding, EVP_sha256(), nullptr, key) != 1) return {};
  if (how == Signature::ps256 && (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
                                  EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return {};
  }
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) != 1) return {};
  std::vector<unsigned char> signature(size);
  if (EVP_DigestSign(context.get(), signature.data(), &size, bytes, text.size()) != 1) return {};
  return base64url({reinterpret_cast<const char*>(signature.data()), size});
}

}  // namespace

std::string base64url(std::string_view bytes) {
  constexpr std::string_view kAlphabet{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};
  std::string text;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char byte : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
    count += 8;
    while (count >= 6) {
      count -= 6;
      text += kAlphabet[(bits >> count) & 63U];
    }
    bits &= (1U << count) - 1U;
  }
  if (count > 0) text += kAlphabet[(bits << (6 - count)) & 63U];
  return text;
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

Result<std::string> sign_token(const Claims& claims, const SigningKey& key, Signature how) {
  const auto refuse = [](const char* why) { return Error{Next::give_up, why}; };
  const auto private_key = key_in(key.private_key);
  if (!private_key) return refuse("that is no private key in PEM, or it has a passphrase");
  if (EVP_PKEY_get_base_id(private_key.get()) != EVP_PKEY_RSA) return refuse("the private key is not an RSA key");
  if (EVP_PKEY_get_bits(private_key.get()) < kFewestBits) return refuse("the private key is shorter than 2048 bits");
  json header{{"alg", how == Signature::ps256 ? "PS256" : "RS256"}, {"typ", "JWT"}};
  if (!key.key_id.empty()) header["kid"] = key.key_id;
  if (!key.certificate.empty()) {
    const auto certificate = certificate_in(key.certificate);
    if (!certificate) return refuse("that is no certificate in PEM");
    if (X509_check_private_key(certificate.get(), private_key.get()) != 1) {
      return refuse("the certificate is not that of the private key");
    }
    header["x5t"] = thumbprint(certificate.get(), EVP_sha1());
    header["x5t#S256"] = thumbprint(certificate.get(), EVP_sha256());
  }
  // What is not UTF-8 in a name of the config becomes a question mark, for dump() would throw.
  const auto written = [](const json& object) {
    return base64url(object.dump(-1, ' ', false, json::error_handler_t::replace));
  };
  auto text = written(header) + "." + written(claims_json(claims));
  const auto signature = signature_of(private_key.get(), text, how);
  if (signature.empty()) return refuse("signing failed");
  return text + "." + signature;
}

Result<ServiceAccount> read_service_account(std::string_view text) {
  if (text.size() > kLongestFile) return Error{Next::give_up, "larger than 64 KiB"};
  const auto shallow = [](int depth, json::parse_event_t, json&) { return depth <= 2; };
  const auto object = json::parse(text, shallow, false);
  const auto member = [&](const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string{};
  };
  if (member("type") != "service_account" || member("client_email").empty() || member("private_key").empty()) {
    return Error{Next::give_up, "that is no JSON key of a service account"};
  }
  return ServiceAccount{member("client_email"), member("private_key"), member("private_key_id"), member("token_uri")};
}

Result<Time> end_of_certificate(const std::string& pem) {
  const auto certificate = certificate_in(pem);
  std::tm end{};
  if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1) {
    return Error{Next::give_up, "that is no certificate in PEM"};
  }
  return from_unix(static_cast<std::int64_t>(::timegm(&end)));
}

}  // namespace leadmail::mail::net
