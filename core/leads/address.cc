#include "core/leads/address.h"

#include <algorithm>

namespace leadmail::leads {

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

std::string domain_of(std::string_view address) {
  const auto at = address.rfind('@');
  return at == std::string_view::npos ? std::string{} : to_lower(address.substr(at + 1));
}

std::string_view local_part_of(std::string_view address) { return address.substr(0, address.rfind('@')); }

std::string with_lower_domain(std::string_view address) {
  if (address.find('@') == std::string_view::npos) return std::string(address);
  return std::string(local_part_of(address)) + "@" + domain_of(address);
}

std::string without_tag(std::string_view address) {
  const auto local = local_part_of(address);
  return to_lower(local.substr(0, local.find('+'))) + "@" + domain_of(address);
}

std::string_view tag_of(std::string_view address) {
  const auto local = local_part_of(address);
  const auto plus = local.find('+');
  return plus == std::string_view::npos ? std::string_view{} : local.substr(plus + 1);
}

}  // namespace leadmail::leads
