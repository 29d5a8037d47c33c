#include "mail/message/encode_header.h"

#include <idn2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/encode_body.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kColumns = 76;
constexpr std::size_t kEncodedWord = 75;  // RFC 2047 §2
constexpr string_view kStart = "=?UTF-8?";
constexpr string_view kHex = "0123456789ABCDEF";

// What may stand unencoded in a "Q" word anywhere, a phrase included. RFC 2047 §5 (3)
bool is_q_plain(char c) { return ascii::is_alnum(c) || c == '!' || c == '*' || c == '+' || c == '-' || c == '/'; }

std::size_t q_length(string_view text) {
  std::size_t length = 0;
  for (const char c : text) length += is_q_plain(c) || c == ' ' ? 1 : 3;
  return length;
}

std::string q_encode(string_view text) {
  std::string word;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') {
      word += '_';
    } else if (is_q_plain(c)) {
      word += c;
    } else {
      (word += '=') += {kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return word;
}

std::string one_line_base64(string_view bytes) {
  auto text = encode_base64(bytes);
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return text;
}

std::size_t character(string_view text) {
  std::size_t width = 1;
  while (width < text.size() && (static_cast<unsigned char>(text[width]) & 0xC0) == 0x80) ++width;
  return width;
}

// The text as encoded words of whole characters; the first has `room` columns.
std::vector<std::string> encoded_words(string_view text, std::size_t room) {
  const bool quoted = q_length(text) <= (text.size() + 2) / 3 * 4;
  const auto overhead = kStart.size() + 4;  // "Q?" and "?="
  const auto length = [&](string_view piece) {
    return overhead + (quoted ? q_length(piece) : (piece.size() + 2) / 3 * 4);
  };
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto limit = std::min(kEncodedWord, words.empty() ? std::max(room, std::size_t{40}) : kColumns - 1);
    auto taken = character(text);
    while (taken < text.size()) {
      const auto next = taken + character(text.substr(taken));
      if (length(text.substr(0, next)) > limit) break;
      taken = next;
    }
    const auto piece = text.substr(0, taken);
    words.push_back(std::string(kStart) + (quoted ? "Q?" + q_encode(piece) : "B?" + one_line_base64(piece)) + "?=");
    text.remove_prefix(taken);
  }
  return words;
}

// Puts words behind a field name, breaking lines between them.
class Folder {
 public:
  explicit Folder(string_view name) : text_(name), column_(name.size() + 1) { text_ += ':'; }

  void add(string_view word) {
    if (column_ + 1 + word.size() > kColumns && !fresh_) {
      text_ += "\r\n";
      column_ = 0;
    }
    text_ += ' ';
    text_ += word;
    column_ += 1 + word.size();
    fresh_ = false;
  }
  [[nodiscard]] std::size_t room() const { return column_ + 1 < kColumns ? kColumns - column_ - 1 : 0; }
  std::string end() && { return std::move(text_) + "\r\n"; }

 private:
  std::string text_;
  std::size_t column_;
  bool fresh_ = true;
};

constexpr std::size_t kLongestWord = 200;  // beyond, a word is encoded so that it can be folded

bool is_plain(string_view text) {
  std::size_t run = 0;
  for (const char c : text) {
    run = c == ' ' ? 0 : run + 1;
    if (ascii::is_8bit(c) || ascii::is_control(c) || run > kLongestWord) return false;
  }
  // What looks like an encoded word would be read as one; blanks at the ends or in rows would be lost in folding.
  return text.find("=?") == string_view::npos && text.find("  ") == string_view::npos && !text.starts_with(' ') &&
         !text.ends_with(' ');
}

bool is_atom_text(char c) {
  return ascii::is_alnum(c) || string_view("!#$%&'*+-/=?^_`{|}~").find(c) != string_view::npos;
}

bool is_local_part(string_view local) {
  if (local.empty() || local.size() > 64) return false;
  if (local.size() >= 2 && local.front() == '"' && local.back() == '"') {
    for (std::size_t i = 1; i + 1 < local.size(); ++i) {
      if (local[i] == '\\' && i + 2 < local.size()) {
        ++i;
      } else if (local[i] == '"' || local[i] == '\\') {
        return false;
      }
      if (local[i] < 0x20 || local[i] > 0x7e) return false;
    }
    return true;
  }
  return std::all_of(local.begin(), local.end(), [](char c) { return is_atom_text(c) || c == '.'; });
}

bool is_domain(string_view domain) {
  if (domain.empty() || domain.size() > 253) return false;
  if (domain.front() == '[' && domain.back() == ']') {
    return std::all_of(domain.begin() + 1, domain.end() - 1, [](char c) {
      return ascii::hex_value(c) >= 0 || c == '.' || c == ':' || c == 'I' || c == 'P' || c == 'v';
    });
  }
  return domain.front() != '.' && domain.back() != '.' && domain.find("..") == string_view::npos &&
         std::all_of(domain.begin(), domain.end(),
                     [](char c) { return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_'; });
}

// The addr-spec with its domain in punycode.
std::string to_ascii_domain(string_view address) {
  const auto at = address.rfind('@');
  if (at == string_view::npos ||
      std::none_of(address.begin() + static_cast<std::ptrdiff_t>(at), address.end(), ascii::is_8bit))
    return std::string(address);
  char* ascii = nullptr;
  if (idn2_to_ascii_8z(std::string(address.substr(at + 1)).c_str(), &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) !=
      IDN2_OK)
    return std::string(address);
  const std::unique_ptr<char, decltype(&idn2_free)> owner(ascii, idn2_free);
  return std::string(address.substr(0, at + 1)) + ascii;
}

std::string quoted_string(string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

// A display name as words. RFC 5322 §3.2.5
std::vector<std::string> phrase(string_view name, std::size_t room) {
  constexpr std::size_t kLongestQuoted = 70;  // a quoted string cannot be folded everywhere
  if (!is_plain(name) || name.size() > kLongestQuoted) return encoded_words(name, room);
  const bool atoms = std::all_of(name.begin(), name.end(), [](char c) { return is_atom_text(c) || c == ' '; });
  std::vector<std::string> words;
  if (!atoms) return {quoted_string(name)};
  while (!name.empty()) {
    const auto end = std::min(name.find(' '), name.size());
    words.emplace_back(name.substr(0, end));
    name.remove_prefix(std::min(name.size(), end + 1));
  }
  return words;
}

}  // namespace

std::string clean_text(string_view text) {
  // Line and paragraph separators; what turns or hides text in a list of mails.
  constexpr auto kBreaks = std::to_array<string_view>({"\u2028", "\u2029", "\u0085"});
  constexpr auto kDropped =
      std::to_array<string_view>({"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068",
                                  "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\ufeff", "\u2060"});
  const auto valid = repair_utf8(text);
  std::string clean;
  for (string_view rest = valid; !rest.empty();) {
    const auto width = character(rest);
    const auto one = rest.substr(0, width);
    rest.remove_prefix(width);
    const bool control = (width == 1 && ascii::is_control(one[0])) ||
                         (width == 2 && one[0] == '\xc2' && static_cast<unsigned char>(one[1]) < 0xa0);
    if (std::find(kDropped.begin(), kDropped.end(), one) != kDropped.end()) continue;
    if (control || std::find(kBreaks.begin(), kBreaks.end(), one) != kBreaks.end()) {
      if (!clean.ends_with(' ')) clean += ' ';
      continue;
    }
    clean += one;
  }
  return std::string(ascii::trim(clean));
}

std::string text_field(string_view name, string_view text) {
  const auto clean = clean_text(text);
  Folder folder(name);
  if (!is_plain(clean)) {
    for (const auto& word : encoded_words(clean, folder.room())) folder.add(word);
    return std::move(folder).end();
  }
  for (string_view rest = clean; !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    folder.add(rest.substr(0, end));
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  return std::move(folder).end();
}

bool is_addr_spec(string_view address) {
  const auto at = address.rfind('@');
  return at != string_view::npos && address.size() <= 254 && is_local_part(address.substr(0, at)) &&
         is_domain(address.substr(at + 1));
}

Result<std::string> address_field(string_view name, std::span<const Address> addresses) {
  for (const auto& address : addresses) {
    if (!is_addr_spec(to_ascii_domain(address.address)))
      return Error{Next::give_up, std::string(name) + " holds an address that is none"};
  }
  return recipients_field(name, addresses);
}

std::string recipients_field(string_view name, std::span<const Address> addresses) {
  constexpr std::size_t kLongestGroup = 60;
  Folder folder(name);
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto address = to_ascii_domain(addresses[i].address);
    const bool is_written = is_addr_spec(address);
    const string_view comma = i + 1 < addresses.size() ? "," : "";
    auto display = clean_text(addresses[i].name);
    if (!is_written && display.empty()) display = utf8_prefix(clean_text(addresses[i].address), kLongestGroup);
    if (!is_written && display.empty()) display = "?";
    if (display.empty()) {
      folder.add(address + std::string(comma));
      continue;
    }
    for (const auto& word : phrase(display, folder.room())) folder.add(word);
    folder.add((is_written ? '<' + address + '>' : ":;") + std::string(comma));
  }
  return std::move(folder).end();
}

std::string id_field(string_view name, std::span<const std::string> ids) {
  constexpr std::size_t kLongestId = 900;  // a line may hold 998
  Folder folder(name);
  bool any = false;
  for (const auto& id : ids) {
    const bool plain = !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](char c) {
      return c > 0x20 && c < 0x7f && c != '<' && c != '>';
    });
    if (!plain) continue;
    folder.add('<' + id + '>');
    any = true;
  }
  return any ? std::move(folder).end() : std::string{};
}

std::string parameter(string_view name, string_view value) {
  const auto clean = clean_text(value);
  constexpr std::size_t kQuoted = 60;
  if (is_plain(clean) && clean.size() <= kQuoted) return ";\r\n " + std::string(name) + '=' + quoted_string(clean);

  std::string result;
  std::size_t piece = 0;
  std::string line;
  const auto flush = [&] {
    result += ";\r\n " + std::string(name) + '*' + std::to_string(piece) + "*=" + (piece == 0 ? "UTF-8''" : "") + line;
    ++piece;
    line.clear();
  };
  for (string_view rest = clean; !rest.empty();) {
    const auto width = character(rest);
    std::string encoded;
    for (const char c : rest.substr(0, width)) {
      const auto byte = static_cast<unsigned char>(c);
      if (ascii::is_alnum(c) || c == '-' || c == '_' || c == '.') {
        encoded += c;
      } else {
        (encoded += '%') += {kHex[byte >> 4], kHex[byte & 15]};
      }
    }
    constexpr std::size_t kPiece = 50;
    if (line.size() + encoded.size() > kPiece) flush();
    line += encoded;
    rest.remove_prefix(width);
  }
  flush();
  return result;
}

}  // namespace leadmail::mail::message
