// Address lists as really written: groups, comments, quoted "@", 'a@b' <a@b>, commas and dots without quotes, a missing
// ">". Says whether anything had to be guessed, so that identity can rest on plain fields only. Bounded, linear. RFC
// 5322 §3.4
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::mail::message {

struct AddressList {
  std::vector<Address> addresses{};
  bool has_group = false;            ///< "name: …;" RFC 5322 §3.4
  bool has_encoded_address = false;  ///< an encoded word stood where an addr-spec belongs
  bool is_damaged = false;           ///< something did not close, or an address was guessed
  bool is_truncated = false;         ///< there were more than the limit
};

/// Reads the value of From, To, Cc, Reply-To …; at most `limit` addresses. Members of groups count as addresses. A name
/// without address ("MAILER-DAEMON <>") is one with an empty address, and damage. `hint` is the charset of raw bytes,
/// as decode_words takes it.
AddressList read_addresses(std::string_view value, std::size_t limit = 1000, std::string_view hint = {});

/// The addr-spec as we compare it: blanks dropped, the domain (ASCII) in lower case and without a dot at its end, valid
/// UTF-8.
std::string normal_address(std::string_view addr_spec);

}  // namespace leadmail::mail::message
