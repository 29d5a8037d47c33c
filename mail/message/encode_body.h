// Bodies as 7-bit lines: text as it is, quoted-printable or base64, whichever is readable and short. RFC 2045 §6
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

struct EncodedBody {
  std::string encoding{};  ///< "7bit", "quoted-printable" or "base64"
  std::string bytes{};     ///< CRLF, lines of at most 76 octets, ends with CRLF
};

/// The text that encode_text() writes: valid UTF-8, line ends as LF, no control characters but tab.
std::string encodable(std::string_view text);

/// UTF-8 text with any line ends. NUL and other control characters but tab are dropped.
EncodedBody encode_text(std::string_view text);

/// Bytes as base64. RFC 2045 §6.8
std::string encode_base64(std::string_view bytes);

}  // namespace leadmail::mail::message
