#include "core/leads/keyed_hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <new>

namespace leadmail::leads {

KeyedHash keyed_hash(std::string_view key, std::string_view text) {
  KeyedHash hash{};
  unsigned size = 0;
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // looked up once: it is slow
  const auto* const made = HMAC(sha256, key.data(), static_cast<int>(key.size()),
                                reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data(), &size);
  if (made == nullptr || size != hash.size()) throw std::bad_alloc();
  return hash;
}

}  // namespace leadmail::leads
