// What a signature says about its writer, for the lead's record. Guesses carry a confidence; nothing here is identity.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::mail::message {

struct Phone {
  std::string written{};  ///< as it stands there
  std::string e164{};     ///< "+525512345678" where the calling code is written or the region is known; else ""
  std::string kind{};     ///< "mobile", "fax", "phone"
};

struct Guess {
  std::string value{};
  double confidence = 0;  ///< 0..1
};

struct Signature {
  Guess name{};
  Guess title{};
  Guess company{};
  Guess website{};
  Guess address{};
  std::vector<Phone> phones{};
  std::vector<std::string> emails{};
};

/// Reads a signature block (Content::signature; at most 40 lines of it). `from` helps to tell the name and the
/// company's own domain. A phone number without a calling code is of the country that the address names, else of the
/// domain's, else of `region` (ISO 3166; "" when that is not known either).
Signature read_signature(std::string_view text, const Address& from, std::string_view region = {});

}  // namespace leadmail::mail::message
