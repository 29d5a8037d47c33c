// What a signature says about its writer, for the lead's record. Guesses carry a confidence; nothing here is identity.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::mail::message {

struct Phone {
  std::string written{};  ///< as it stands there
  std::string e164{};     ///< "+5215512345678" where the calling code is written; else ""
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
/// company's own domain.
Signature read_signature(std::string_view text, const Address& from);

/// The digits of a phone number with "+", when its calling code is written ("+52 …", "0052 …"); else "". ITU-T E.164
std::string to_e164(std::string_view written);

}  // namespace leadmail::mail::message
