#include "mail/message/encode_body.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kColumns = 76;

// \n line ends, no control characters but tab, one \n at the end.
std::string normalise(string_view text) {
  std::string result;
  result.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      if (i + 1 >= text.size() || text[i + 1] != '\n') result += '\n';
    } else if (c == '\n' || c == '\t' || !ascii::is_control(c)) {
      result += c;
    }
  }
  if (!result.ends_with('\n')) result += '\n';
  return result;
}

std::string with_crlf(string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 32);
  for (const char c : text) c == '\n' ? result += "\r\n" : result += c;
  return result;
}

bool is_plain_line(string_view line) {
  return line.size() <= kColumns && std::none_of(line.begin(), line.end(), ascii::is_8bit) && !line.ends_with(' ') &&
         !line.ends_with('\t') && !line.starts_with("From ");  // mbox would write ">From"
}

void quote_line(string_view line, std::string& result) {
  constexpr string_view kHex = "0123456789ABCDEF";
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const auto byte = static_cast<unsigned char>(c);
    const bool last = i + 1 == line.size();
    const bool guarded = (i == 0 && (line.starts_with("From ") || c == '.')) || ((c == ' ' || c == '\t') && last);
    const bool literal = (c == ' ' || c == '\t' || (byte > 0x20 && byte < 0x7f && c != '=')) && !guarded;
    const std::size_t width = literal ? 1 : 3;
    if (column + width > kColumns - (last ? 0 : 1)) {
      result += "=\r\n";
      column = 0;
    }
    if (literal) {
      result += c;
    } else {
      (result += '=') += {kHex[byte >> 4], kHex[byte & 15]};
    }
    column += width;
  }
  result += "\r\n";
}

}  // namespace

std::string encodable(string_view text) { return normalise(repair_utf8(text)); }

EncodedBody encode_text(string_view text) {
  const auto valid = encodable(text);
  bool plain = true;
  std::size_t beyond_ascii = 0;
  for (string_view rest = valid; !rest.empty();) {
    const auto end = rest.find('\n');
    plain = plain && is_plain_line(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  for (const char c : valid) beyond_ascii += ascii::is_8bit(c);
  if (plain) return {"7bit", with_crlf(valid)};
  // Each such byte costs three in quoted-printable, four thirds in base64.
  if (beyond_ascii > valid.size() / 5) return {"base64", encode_base64(with_crlf(valid))};

  EncodedBody body{"quoted-printable", {}};
  for (string_view rest = valid; !rest.empty();) {
    const auto end = rest.find('\n');
    quote_line(rest.substr(0, end), body.bytes);
    rest.remove_prefix(end + 1);
  }
  return body;
}

std::string encode_base64(string_view bytes) {
  constexpr string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr std::size_t kBytesOfLine = kColumns / 4 * 3;
  std::string text;
  text.reserve(bytes.size() / 3 * 4 + bytes.size() / kBytesOfLine * 2 + 8);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += i + k <= bytes.size() ? kAlphabet[bits >> (18 - 6 * k) & 63] : '=';
    if ((i + 3) % kBytesOfLine == 0 || i + 3 >= bytes.size()) text += "\r\n";
  }
  return text;
}

}  // namespace leadmail::mail::message
