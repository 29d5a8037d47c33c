#include "core/leads/tombstone.h"

#include "core/leads/address.h"
#include "core/leads/keyed_hash.h"

namespace leadmail::leads {

std::string tombstone(std::string_view key, std::string_view what) {
  std::string told(what);
  if (const auto at = what.rfind('@'); at != std::string_view::npos) {
    const auto local = what.substr(0, at);
    told = to_lower(std::string(local.substr(0, local.find('+'))) + std::string(what.substr(at)));
  }
  told.insert(0, "leadmail erased person ");
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned byte : keyed_hash(key, told)) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace leadmail::leads
