// Content-Transfer-Encoding undone, with the junk that real mail brings: text behind base64, padding in the middle,
// soft line breaks with blanks, "=" that begins nothing. Decoded bytes go to a sink in pieces, so that an attachment of
// any size costs no memory. RFC 2045 §6
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace leadmail::mail::message {

enum class Encoding { identity, base64, quoted_printable, uuencode };

/// What a Content-Transfer-Encoding value means; an unknown one is taken for identity.
Encoding read_encoding(std::string_view value);

/// The only encodings that a value may name; false for "x-foo", so that it can be noted.
bool is_known_encoding(std::string_view value);

/// Is text that is called base64 none at all? Words with blanks between them, and signs that base64 does not have.
bool is_plain_writing(std::string_view bytes);

using Sink = std::function<void(std::string_view)>;

struct Decoded {
  bool clean = true;  ///< nothing was skipped or guessed
  std::size_t trailing =
      0;  ///< where in the encoded bytes text begins that is no base64 any more; their size when there is none
};

/// Decodes `bytes` into `sink`, in pieces of at most 64 KiB.
Decoded decode(std::string_view bytes, Encoding encoding, const Sink& sink);

/// The decoded bytes, at most `limit` of them; what comes after is not decoded at all.
std::string decode(std::string_view bytes, Encoding encoding, std::size_t limit = std::string::npos);

std::string decode_base64(std::string_view text);

}  // namespace leadmail::mail::message
