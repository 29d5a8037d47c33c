#include "mail/net/signed_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <nlohmann/json.hpp>

#include "mail/net/redact.h"

namespace leadmail::mail::net {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(bio, &bytes);
  std::string text(bytes, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

/// A key of one's own, with a certificate that ends in a year.
struct KeyPair {
  explicit KeyPair(unsigned bits = 2048) : key(EVP_RSA_gen(bits)) {
    BIO* pem = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(pem, key, nullptr, nullptr, 0, nullptr, nullptr);
    private_key = text_of(pem);
    X509* made = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_gmtime_adj(X509_getm_notBefore(made), 0);
    ASN1_TIME_set(X509_getm_notAfter(made), 1'800'000'000);
    X509_set_pubkey(made, key);
    X509_sign(made, key, EVP_sha256());
    pem = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(pem, made);
    certificate = text_of(pem);
    X509_free(made);
  }
  ~KeyPair() { EVP_PKEY_free(key); }
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;

  EVP_PKEY* key;
  std::string private_key{};
  std::string certificate{};
};

std::string from_base64url(std::string text) {
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  return decode_base64(text);
}

struct Parts {
  nlohmann::json header{};
  nlohmann::json claims{};
  std::string signed_text{};
  std::string signature{};
};

Parts parts_of(const std::string& token) {
  const auto first = token.find('.');
  const auto second = token.find('.', first + 1);
  return {nlohmann::json::parse(from_base64url(token.substr(0, first))),
          nlohmann::json::parse(from_base64url(token.substr(first + 1, second - first - 1))), token.substr(0, second),
          from_base64url(token.substr(second + 1))};
}

bool is_signed_by(EVP_PKEY* key, const Parts& parts, bool pss) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_PKEY_CTX* padding = nullptr;
  EVP_DigestVerifyInit(context, &padding, EVP_sha256(), nullptr, key);
  if (pss) {
    EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST);
  }
  const bool good =
      EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(parts.signature.data()), parts.signature.size(),
                       reinterpret_cast<const unsigned char*>(parts.signed_text.data()), parts.signed_text.size()) == 1;
  EVP_MD_CTX_free(context);
  return good;
}

const Claims kClaims{.issuer = "robot@project.example",
                     .subject = "sales@acme.example",
                     .audience = "https://oauth2.googleapis.com/token",
                     .scope = "https://mail.google.com/",
                     .issued = from_unix(1'790'000'000)};

TEST(SignedToken, SaysWhoItIsForWhomAndForHowLong) {
  const KeyPair pair;
  const auto token = sign_token(kClaims, {pair.private_key, "", "key-7"}, Signature::rs256);
  ASSERT_TRUE(token) << token.error().what;
  const auto parts = parts_of(*token);
  EXPECT_EQ(parts.header, (nlohmann::json{{"alg", "RS256"}, {"typ", "JWT"}, {"kid", "key-7"}}));
  EXPECT_EQ(parts.claims, (nlohmann::json{{"iss", "robot@project.example"},
                                          {"sub", "sales@acme.example"},
                                          {"aud", "https://oauth2.googleapis.com/token"},
                                          {"scope", "https://mail.google.com/"},
                                          {"iat", 1'790'000'000},
                                          {"exp", 1'790'000'600}}));
  EXPECT_TRUE(is_signed_by(pair.key, parts, false));
  EXPECT_EQ(token->find('='), std::string::npos) << "RFC 7515 §2: without padding";
}

TEST(SignedToken, OfACertificateNamesItByBothThumbprints) {
  const KeyPair pair;
  auto claims = kClaims;
  claims.id = "once";
  const auto token = sign_token(claims, {pair.private_key, pair.certificate, ""}, Signature::ps256);
  ASSERT_TRUE(token) << token.error().what;
  const auto parts = parts_of(*token);
  EXPECT_EQ(parts.header["alg"], "PS256");
  EXPECT_EQ(parts.header["x5t"].get<std::string>().size(), 27U) << "SHA-1";
  EXPECT_EQ(parts.header["x5t#S256"].get<std::string>().size(), 43U);
  EXPECT_EQ(parts.claims["jti"], "once");
  EXPECT_EQ(parts.claims["nbf"], 1'790'000'000);
  EXPECT_TRUE(is_signed_by(pair.key, parts, true));
  EXPECT_FALSE(is_signed_by(pair.key, parts, false));
}

TEST(SignedToken, KeysThatWillNotDoAreRefusedInWordsWithoutThem) {
  const KeyPair pair;
  const KeyPair other;
  const KeyPair weak(1024);
  const auto why = [](const SigningKey& key) {
    const auto token = sign_token(kClaims, key, Signature::rs256);
    return token ? std::string{} : token.error().what;
  };
  EXPECT_THAT(why({"", "", ""}), HasSubstr("no private key"));
  EXPECT_THAT(why({"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "", ""}),
              HasSubstr("no private key"));
  EXPECT_THAT(why({weak.private_key, "", ""}), HasSubstr("2048"));
  EXPECT_THAT(why({pair.private_key, "x", ""}), HasSubstr("no certificate"));
  EXPECT_THAT(why({pair.private_key, other.certificate, ""}), HasSubstr("not that of the private key"));
  EXPECT_THAT(why({pair.private_key.substr(0, 500), "", ""}), Not(HasSubstr(pair.private_key.substr(100, 40))));
}

TEST(SignedToken, AServiceAccountIsReadFromTheFileThatGoogleGives) {
  const auto account = read_service_account(
      R"({"type":"service_account","client_email":"robot@p.example","private_key":"-----BEGIN\n","private_key_id":"7"})");
  ASSERT_TRUE(account);
  EXPECT_EQ(account->email, "robot@p.example");
  EXPECT_EQ(account->private_key, "-----BEGIN\n");
  for (const auto* const other : {"", "{}", "[]", R"({"type":"authorized_user","client_email":"a","private_key":"b"})",
                                  R"({"installed":{"client_id":"x"}})", R"({"type":"service_account"})"}) {
    EXPECT_FALSE(read_service_account(other)) << other;
  }
}

TEST(SignedToken, ACertificateSaysWhenItEnds) {
  const KeyPair pair;
  EXPECT_EQ(*end_of_certificate(pair.certificate), from_unix(1'800'000'000));
  EXPECT_FALSE(end_of_certificate("no"));
}

// RFC 4648 §10, in the alphabet of §5
TEST(SignedToken, Base64UrlIsThatOfTheSpecification) {
  EXPECT_EQ(base64url(""), "");
  EXPECT_EQ(base64url("f"), "Zg");
  EXPECT_EQ(base64url("fo"), "Zm8");
  EXPECT_EQ(base64url("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64url("\xff\xfe\xfd"), "__79");
}

}  // namespace
}  // namespace leadmail::mail::net
