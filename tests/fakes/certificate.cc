#include "tests/fakes/certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace leadmail::fakes {
namespace {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* thing) const {
    Free(thing);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Bytes = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

template <typename T>
T require(T thing, const char* what) {
  if (!thing) throw std::runtime_error(std::string("OpenSSL: ") + what);
  return thing;
}

std::string text_of(BIO* bytes) {
  char* start = nullptr;
  const long size = BIO_get_mem_data(bytes, &start);
  return {start, static_cast<std::size_t>(size)};
}

Key key_of(const Identity& identity) {
  const Bytes bytes(BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size())));
  return Key(require(PEM_read_bio_PrivateKey(bytes.get(), nullptr, nullptr, nullptr), "reading the issuer's key"));
}

Certificate certificate_of(const Identity& identity) {
  const Bytes bytes(BIO_new_mem_buf(identity.certificate.data(), static_cast<int>(identity.certificate.size())));
  return Certificate(require(PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr), "reading the issuer"));
}

void extend(X509* certificate, int nid, const std::string& value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
  require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, "adding an extension");
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) {
    const bool address = name.find_first_not_of("0123456789.") == std::string::npos;
    all += (all.empty() ? "" : ",") + std::string(address ? "IP:" : "DNS:") + name;
  }
  return all;
}

}  // namespace

Identity make_identity(const CertificateRequest& request) {
  const Key key(require(EVP_EC_gen("P-256"), "making a key"));
  const Certificate certificate(require(X509_new(), "making a certificate"));
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), std::rand() + 1L);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), std::chrono::seconds(request.valid_from).count());
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), std::chrono::seconds(request.valid_until).count());
  X509_set_pubkey(certificate.get(), key.get());

  X509_NAME* subject = X509_get_subject_name(certificate.get());
  const std::string& name = request.names.front();
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                             0);
  extend(certificate.get(), NID_subject_alt_name, alternative_names(request.names));
  extend(certificate.get(), NID_basic_constraints, request.issuer ? "critical,CA:FALSE" : "critical,CA:TRUE");

  Key issuers_key;
  if (request.issuer) {
    issuers_key = key_of(*request.issuer);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate_of(*request.issuer).get()));
  } else {
    X509_set_issuer_name(certificate.get(), subject);
  }
  require(X509_sign(certificate.get(), issuers_key ? issuers_key.get() : key.get(), EVP_sha256()) > 0, "signing");

  const Bytes certificate_pem(BIO_new(BIO_s_mem()));
  const Bytes key_pem(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_X509(certificate_pem.get(), certificate.get()) == 1, "writing the certificate");
  require(PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "writing the key");
  return {text_of(certificate_pem.get()), text_of(key_pem.get())};
}

TemporaryFile::TemporaryFile(const std::string& content) {
  const char* folder = std::getenv("TMPDIR");
  path_ = std::string(folder != nullptr ? folder : "/tmp") + "/leadmail-test-XXXXXX";
  const int file = mkstemp(path_.data());
  if (file < 0) throw std::runtime_error("cannot make a temporary file");
  const bool written = ::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size());
  ::close(file);
  if (!written) throw std::runtime_error("cannot write a temporary file");
}

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

}  // namespace leadmail::fakes
