// Certificates made on the spot, so that tests of TLS need no files in the tree and never expire by themselves.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace leadmail::fakes {

/// A certificate and its private key, both as PEM.
struct Identity {
  std::string certificate{};
  std::string key{};
};

/// What a made certificate says. Times are relative to now.
struct CertificateRequest {
  std::vector<std::string> names = {"localhost"};  ///< DNS names, or IPv4 addresses
  std::chrono::hours valid_from{-1};
  std::chrono::hours valid_until{24};
  const Identity* issuer = nullptr;  ///< nothing: signed by itself, and then it is an authority too
};

/// A fresh P-256 key with a certificate for it. Throws std::runtime_error when OpenSSL cannot.
Identity make_identity(const CertificateRequest& request = {});

/// A file below $TMPDIR that holds `content` and goes away with this object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace leadmail::fakes
