#include "mail/message/charset.h"

#include <unicode/ucnv.h>

#include <array>
#include <deque>
#include <memory>
#include <utility>

#include "core/base/normal_form.h"
#include "mail/message/ascii.h"
#include "mail/message/charset_guess.h"
#include "mail/message/charset_label.h"
#include "mail/message/charset_table.h"

namespace leadmail::mail::message {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

/// Length of the well-formed character at the start, 0 when it is none. RFC 3629 §4
std::size_t utf8_character(std::string_view bytes) {
  const auto at = [&](std::size_t i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
  const auto tail = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && at(1) < 0xA0;
    const bool surrogate = first == 0xED && at(1) >= 0xA0;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && at(1) < 0x90;
    const bool too_high = first == 0xF4 && at(1) >= 0x90;
    return tail(1) && tail(2) && tail(3) && !overlong && !too_high ? 4 : 0;
  }
  return 0;
}

/// How many bytes of an ill-formed sequence one U+FFFD stands for: the longest prefix that could have become a
/// character.
std::size_t ill_formed_length(std::string_view bytes) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  std::size_t wanted = 1;
  if (first >= 0xC2 && first <= 0xDF) wanted = 2;
  if (first >= 0xE0 && first <= 0xEF) wanted = 3;
  if (first >= 0xF0 && first <= 0xF4) wanted = 4;
  if (wanted > 1 && bytes.size() > 1) {
    const auto second = static_cast<unsigned char>(bytes[1]);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0) || (first == 0xF0 && second < 0x90) ||
        (first == 0xF4 && second >= 0x90)) {
      return 1;
    }
  }
  std::size_t length = 1;
  while (length < wanted - (wanted > 1 ? 1 : 0) && length < bytes.size() &&
         (static_cast<unsigned char>(bytes[length]) & 0xC0U) == 0x80U) {
    ++length;
  }
  return length;
}

struct Census {
  std::size_t good = 0;  ///< well-formed characters of more than one byte
  std::size_t two = 0;   ///< those of two
  std::size_t bad = 0;   ///< ill-formed sequences
};

Census census(std::string_view bytes) {
  Census result;
  while (!bytes.empty()) {
    bytes.remove_prefix(ascii::run(bytes));
    if (bytes.empty()) break;
    const std::size_t length = utf8_character(bytes);
    ++(length > 0 ? result.good : result.bad);
    if (length == 2) ++result.two;
    bytes.remove_prefix(length > 0 ? length : ill_formed_length(bytes));
  }
  return result;
}

void drop_nul(std::string& text) {
  if (text.find('\0') != std::string::npos) std::erase(text, '\0');
}

bool is_wide(std::string_view name) {
  for (const std::string_view part : {"utf-16", "utf-32", "utf16", "utf32", "10646", "ucs"}) {
    if (ascii::contains(name, part)) return true;
  }
  return false;
}

/// Labels under which people send text in another charset without knowing.
bool is_written_blindly(std::string_view name) {
  return name.empty() || name == "windows-1252" || ascii::starts_with(name, "iso-8859-");
}

bool has_many_bytes(std::string_view name) {
  for (const std::string_view part : {"gb", "big5", "euc", "31j", "949", "johab", "hz", "ms9"}) {
    if (ascii::contains(name, part)) return true;
  }
  return false;
}

/// Vietnamese is written with letters and marks apart in windows-1258; one character each is what everybody compares.
std::string composed(const std::string& text) {
  const auto result = normalized(unicode_of(text), NormalForm::nfc);
  return result ? utf8_of(*result) : text;
}

/// The converter of that name, or nothing. A thread keeps those it used last: to open one costs more than to convert
/// the text of a mail.
UConverter* converter_of(const std::string& name) {
  constexpr std::size_t kKept = 8;
  thread_local std::deque<std::pair<std::string, Converter>> kept;
  for (const auto& [known, converter] : kept)
    if (known == name) return converter.get();
  demand_charset_names();
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (!worked(error)) return nullptr;
  if (kept.size() == kKept) kept.pop_front();
  return kept.emplace_back(name, std::move(converter)).second.get();
}

UConverter* utf8_converter() {
  thread_local const Converter utf8([] {
    UErrorCode error = U_ZERO_ERROR;
    auto* const opened = ucnv_open("UTF-8", &error);
    worked(error);
    return opened;
  }());
  return utf8.get();
}

std::string convert(std::string_view bytes, const std::string& name) {
  if (has_table(name)) return composed(convert_by_table(bytes, name));
  UConverter* const converter = converter_of(name);
  UConverter* const utf8 = utf8_converter();
  if (converter == nullptr || utf8 == nullptr) return repair_utf8(bytes);

  std::string result;
  std::array<char, 16384> chunk;
  std::array<UChar, 8192> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  UErrorCode error = U_ZERO_ERROR;
  bool reset = true;
  do {
    char* target = chunk.data();
    error = U_ZERO_ERROR;
    ucnv_convertEx(utf8, converter, &target, chunk.data() + chunk.size(), &source, bytes.data() + bytes.size(),
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), static_cast<UBool>(reset),
                   1, &error);
    reset = false;
    result.append(chunk.data(), static_cast<std::size_t>(target - chunk.data()));
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  worked(error);  // every byte has its character; what can fail is memory
  if (error == U_TRUNCATED_CHAR_FOUND) result += kReplacement;
  if (!is_valid_utf8(result)) return repair_utf8(result);
  drop_nul(result);
  return name == "windows-1258" ? composed(result) : result;
}

std::size_t replacements(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find(kReplacement); at != std::string_view::npos; at = text.find(kReplacement, at + 3))
    ++count;
  return count;
}

/// So many characters that mean nothing: it was another charset.
bool has_failed(std::string_view text) {
  const std::size_t lost = replacements(text);
  return lost > 0 && lost * 12 > text.size() - ascii::run(text);
}

/// Text whose label says nothing, or says UTF-8 wrongly.
std::string guess_other(std::string_view bytes) { return convert(bytes, std::string(guess_charset(bytes))); }

/// Surrogates in UTF-8, as some databases and old Java write them. Unicode TR #26
std::string read_surrogates(std::string_view bytes) {
  if (bytes.find("\xED\xA0") == std::string_view::npos && bytes.find("\xED\xA1") == std::string_view::npos) return {};
  auto text = convert(bytes, "CESU-8");
  return replacements(text) == 0 ? text : std::string{};
}

std::string read_utf8(std::string_view bytes, bool& doubted) {
  const Census seen = census(bytes);
  if (seen.bad == 0) return repair_utf8(bytes);
  doubted = true;
  if (auto text = read_surrogates(bytes); !text.empty()) return text;
  if (seen.good > seen.bad) return repair_utf8(bytes);
  const auto other = guess_charset(bytes);
  // Not one good character: the label is wrong, not the text.
  return seen.good == 0 || other != "windows-1252" ? convert(bytes, std::string(other)) : repair_utf8(bytes);
}

/// UTF-8 under another label: so many well-formed characters are no chance.
bool is_really_utf8(std::string_view bytes, std::string_view name) {
  const Census seen = census(bytes);
  if (seen.bad > 0 || seen.good == 0) return false;
  if (is_written_blindly(name) || ascii::starts_with(name, "windows-125")) return true;
  // East Asian text may look like it by chance where pairs meet pairs; characters of three bytes do not.
  return has_many_bytes(name) ? seen.good >= 2 && seen.two == 0 : seen.good >= 2;
}

/// Bytes labelled ISO-2022-JP that are none: it has seven bits. Japanese systems then mean EUC-JP or Shift_JIS, and the
/// one they mean leaves the fewest bytes without meaning.
std::string guess_japanese(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return repair_utf8(bytes);
  // ICU says U+FFFD, SUB or a control character beyond ASCII for what a charset does not have.
  const auto unknown = [](std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool control = text[i] == '\xC2' && static_cast<unsigned char>(text[i + 1]) < 0xA0;
      count += control || text[i] == '\x1A' || text.substr(i).starts_with(kReplacement) ? 1 : 0;
    }
    return count;
  };
  auto best = convert(bytes, "EUC-JP");
  auto other = convert(bytes, "windows-31j");
  return unknown(other) < unknown(best) ? other : best;
}

std::string read_labelled(std::string_view bytes, const std::string& name, bool& doubted) {
  if (is_wide(name)) {
    // "utf-16" on plain bytes: nobody's text has no blank and no line break.
    doubted = bytes.find('\0') == std::string_view::npos && is_valid_utf8(bytes);
    return doubted ? repair_utf8(bytes) : convert(bytes, name);
  }
  if (ascii::starts_with(name, "iso-2022-jp") && ascii::run(bytes) != bytes.size() &&
      bytes.find('\x1B') == std::string_view::npos) {
    doubted = true;
    return guess_japanese(bytes);
  }
  if (is_stateful(name)) return convert(bytes, name);
  if (ascii::run(bytes) == bytes.size()) return repair_utf8(bytes);
  doubted = is_really_utf8(bytes, name);
  if (doubted) return repair_utf8(bytes);
  auto text = convert(bytes, name);
  if (!has_failed(text)) return text;
  doubted = true;
  if (is_valid_utf8(bytes)) return repair_utf8(bytes);
  const auto other = guess_charset(bytes);
  auto guessed = other == "windows-1252" || other == name ? std::string{} : convert(bytes, std::string(other));
  return guessed.empty() || has_failed(guessed) ? text : guessed;
}

std::string read_bytes(std::string_view bytes, const std::string& name, bool& doubted) {
  if (const auto wide = wide_charset(bytes);
      !wide.empty() && (is_wide(name) || is_written_blindly(name) || name == "utf-8")) {
    doubted = !is_wide(name);
    return convert(bytes, std::string(wide));
  }
  if (const auto escapes = escape_charset(bytes); !escapes.empty() && !is_stateful(name)) {
    doubted = true;
    return convert(bytes, std::string(escapes));
  }
  if (name.empty()) {
    doubted = ascii::run(bytes) != bytes.size();
    return guess_utf8(bytes);
  }
  return name == "utf-8" ? read_utf8(bytes, doubted) : read_labelled(bytes, name, doubted);
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    bytes.remove_prefix(ascii::run(bytes));
    if (bytes.empty()) return true;
    const std::size_t length = utf8_character(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

std::string repair_utf8(std::string_view bytes) {
  std::string result;
  result.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t run = ascii::run(bytes);
    result.append(bytes.substr(0, run));
    bytes.remove_prefix(run);
    if (bytes.empty()) break;
    const std::size_t length = utf8_character(bytes);
    if (length > 0) {
      result.append(bytes.substr(0, length));
      bytes.remove_prefix(length);
    } else {
      result += kReplacement;
      bytes.remove_prefix(ill_formed_length(bytes));
    }
  }
  drop_nul(result);
  return result;
}

std::string guess_utf8(std::string_view bytes) {
  if (const auto escapes = escape_charset(bytes); !escapes.empty()) return convert(bytes, std::string(escapes));
  const Census seen = census(bytes);
  // One broken character in a text of good ones is a cut, not another charset.
  if (seen.bad == 0 || seen.good > 4 * seen.bad) return repair_utf8(bytes);
  return guess_other(bytes);
}

CharsetText read_charset(std::string_view bytes, std::string_view charset) {
  CharsetText result;
  result.text = read_bytes(bytes, charset_name(charset), result.doubted);
  if (result.text.starts_with(kByteOrderMark)) result.text.erase(0, kByteOrderMark.size());
  return result;
}

std::string to_utf8(std::string_view bytes, std::string_view charset) { return read_charset(bytes, charset).text; }

bool is_stateful(std::string_view charset) {
  return ascii::starts_with(charset, "iso-2022") || ascii::starts_with(charset, "csiso2022") ||
         ascii::starts_with(charset, "iso2022") || ascii::starts_with(charset, "hz") ||
         ascii::starts_with(charset, "utf-7") || ascii::starts_with(charset, "utf7") ||
         ascii::starts_with(charset, "unicode-1-1-utf-7") || ascii::starts_with(charset, "utf-16") ||
         ascii::starts_with(charset, "utf-32");
}

bool is_known_charset(std::string_view charset) { return !charset_name(charset).empty(); }

std::string_view utf8_prefix(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return text.substr(0, limit);
}

std::string fold_case(std::string_view text) {
  if (ascii::run(text) == text.size()) return ascii::lower(text);
  const auto folded = normalized(unicode_of(text), NormalForm::nfkc_casefold);
  return folded ? utf8_of(*folded) : std::string(text);
}

}  // namespace leadmail::mail::message
