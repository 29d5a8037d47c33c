#include "mail/message/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace leadmail::mail::message {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Looked up once: a look-up costs more than the hash of a small mail.
const EVP_MD* algorithm() {
  static EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return sha256;
}

}  // namespace

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  // It fails for want of memory only.
  const bool begun = state_->context && EVP_DigestInit_ex(state_->context.get(), algorithm(), nullptr) == 1;
  if (!begun) throw std::bad_alloc();
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()); }

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_DigestFinal_ex(state_->context.get(), digest.data(), &size) != 1) throw std::bad_alloc();
  std::string result;
  result.reserve(std::size_t{size} * 2);
  for (unsigned i = 0; i < size; ++i) {
    result.push_back("0123456789abcdef"[digest[i] >> 4U]);
    result.push_back("0123456789abcdef"[digest[i] & 15U]);
  }
  return result;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

}  // namespace leadmail::mail::message
