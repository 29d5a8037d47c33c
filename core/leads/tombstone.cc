#include "core/leads/tombstone.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "core/leads/address.h"

namespace leadmail::leads {

std::string tombstone(std::string_view key, std::string_view what) {
  std::string told(what);
  if (const auto at = what.rfind('@'); at != std::string_view::npos) {
    const auto local = what.substr(0, at);
    told = to_lower(std::string(local.substr(0, local.find('+'))) + std::string(what.substr(at)));
  }
  told.insert(0, "leadmail erased person ");
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(told.data()),
       told.size(), hash.data(), &size);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kDigits[hash.at(i) >> 4U];
    text += kDigits[hash.at(i) & 15U];
  }
  return text;
}

}  // namespace leadmail::leads
