#include "mail/message/charset.h"

#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <utility>

#include "mail/message/ascii.h"

namespace leadmail::mail::message {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kFallback = "windows-1252";  // what bytes are that say nothing and are no UTF-8

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
  std::size_t bad = 0;   ///< ill-formed sequences
};

Census census(std::string_view bytes) {
  Census result;
  while (!bytes.empty()) {
    bytes.remove_prefix(ascii::run(bytes));
    if (bytes.empty()) break;
    const std::size_t length = utf8_character(bytes);
    ++(length > 0 ? result.good : result.bad);
    bytes.remove_prefix(length > 0 ? length : ill_formed_length(bytes));
  }
  return result;
}

void drop_nul(std::string& text) {
  if (text.find('\0') != std::string::npos) std::erase(text, '\0');
}

/// What labels mean in practice, by letters and digits alone. "" = the writer did not know: guess.
std::string_view alias(std::string_view key) {
  // The supersets that all webmailers assume: WHATWG Encoding §4.2.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 62> kAliases{{
      {"8bit", ""},
      {"ansi", ""},
      {"ansix341968", "windows-1252"},
      {"ascii", "windows-1252"},
      {"asis", ""},
      {"big5", "Big5-HKSCS"},
      {"big5hkscs", "Big5-HKSCS"},
      {"binary", ""},
      {"cp367", "windows-1252"},
      {"cp819", "windows-1252"},
      {"cp932", "windows-31j"},
      {"cp936", "gb18030"},
      {"cp949", "windows-949"},
      {"cp950", "Big5-HKSCS"},
      {"csbig5", "Big5-HKSCS"},
      {"cseuckr", "windows-949"},
      {"csshiftjis", "windows-31j"},
      {"default", ""},
      {"euccn", "gb18030"},
      {"euckr", "windows-949"},
      {"gb2312", "gb18030"},
      {"gb231280", "gb18030"},
      {"gbk", "gb18030"},
      {"iso646us", "windows-1252"},
      {"iso8859", ""},
      {"iso88591", "windows-1252"},
      {"iso885911", "windows-874"},
      {"iso885911987", "windows-1252"},
      {"iso88591windows1252", "windows-1252"},
      {"iso88598e", "iso-8859-8"},
      {"iso88598i", "iso-8859-8"},
      {"iso88599", "windows-1254"},
      {"johab", "johab"},
      {"ksc5601", "windows-949"},
      {"ksc56011987", "windows-949"},
      {"ksc56011989", "windows-949"},
      {"l1", "windows-1252"},
      {"latin1", "windows-1252"},
      {"latin5", "windows-1254"},
      {"mskanji", "windows-31j"},
      {"none", ""},
      {"shiftjis", "windows-31j"},
      {"sjis", "windows-31j"},
      {"tis620", "windows-874"},
      {"unicode", ""},
      {"unicode11utf8", "utf-8"},
      {"unicode20utf8", "utf-8"},
      {"unknown", ""},
      {"unknown8bit", ""},
      {"us", "windows-1252"},
      {"usascii", "windows-1252"},
      {"utf", "utf-8"},
      {"utf8", "utf-8"},
      {"utf8mb4", "utf-8"},
      {"win1252", "windows-1252"},
      {"windows949", "windows-949"},
      {"xgbk", "gb18030"},
      {"xmacroman", "macintosh"},
      {"xsjis", "windows-31j"},
      {"xunknown", ""},
      {"xuserdefined", ""},
      {"xxx", ""},
  }};
  static_assert(std::is_sorted(kAliases.begin(), kAliases.end()));
  const auto* found = std::lower_bound(kAliases.begin(), kAliases.end(), key,
                                       [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return found != kAliases.end() && found->first == key ? found->second : std::string_view{"?"};
}

/// The name under which ICU knows it; "" = guess.
std::string canonical(std::string_view label) {
  // "utf-8*en", "utf-8; format=flowed", "'utf-8'": what stands after or around the name is not the name. RFC 2231 §5
  label = ascii::trim(label);
  while (!label.empty() && (label.front() == '"' || label.front() == '\'')) label.remove_prefix(1);
  label = label.substr(0, label.find_first_of("*;,\"' \t="));
  if (label.size() > 60) return {};
  std::string key;
  for (const char c : label) {
    if (ascii::is_alnum(c)) key.push_back(ascii::lower(c));
  }
  if (key.empty()) return {};
  if (const auto known = alias(key); known != "?") return std::string(known);
  if (key.starts_with("utf8")) return "utf-8";

  std::string name(label);
  UErrorCode error = U_ZERO_ERROR;
  if (ucnv_countAliases(name.c_str(), &error) > 0) return name;

  // "cp-1251", "win-1251", "windows1251", "x-cp1250": the number says it.
  const auto digit = key.find_first_of("0123456789");
  if (digit != std::string::npos && (key.starts_with("cp") || key.starts_with("win") || key.starts_with("xcp"))) {
    const auto number = key.substr(digit);
    for (const char* start : {"windows-", "cp"}) {
      error = U_ZERO_ERROR;
      std::string guess = start + number;
      if (ucnv_countAliases(guess.c_str(), &error) > 0) return guess;
    }
  }
  if (key.starts_with("iso8859") && key.size() > 7) return "iso-8859-" + key.substr(7);
  return {};
}

/// Labels under which people send UTF-8 without knowing.
bool is_written_blindly(std::string_view name) {
  return name.empty() || name == "windows-1252" || ascii::starts_with(name, "iso-8859-");
}

/// The converter of that name, or nothing. A thread keeps those it used last: to open one costs more than to convert
/// the text of a mail.
UConverter* converter_of(const std::string& name) {
  constexpr std::size_t kKept = 8;
  thread_local std::deque<std::pair<std::string, Converter>> kept;
  for (const auto& [known, converter] : kept)
    if (known == name) return converter.get();
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (U_FAILURE(error) != 0) return nullptr;
  if (kept.size() == kKept) kept.pop_front();
  return kept.emplace_back(name, std::move(converter)).second.get();
}

UConverter* utf8_converter() {
  thread_local const Converter utf8([] {
    UErrorCode error = U_ZERO_ERROR;
    return ucnv_open("UTF-8", &error);
  }());
  return utf8.get();
}

std::string convert(std::string_view bytes, const std::string& name) {
  UConverter* const converter = converter_of(name);
  UConverter* const utf8 = utf8_converter();
  if (converter == nullptr || utf8 == nullptr) return name == kFallback ? repair_utf8(bytes) : guess_utf8(bytes);

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
  if (error == U_TRUNCATED_CHAR_FOUND) result += kReplacement;
  if (!is_valid_utf8(result)) return repair_utf8(result);
  drop_nul(result);
  return result;
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
  const Census seen = census(bytes);
  // One broken character in a text of good ones is a cut, not another charset.
  if (seen.bad == 0 || seen.good > 4 * seen.bad) return repair_utf8(bytes);
  return convert(bytes, std::string(kFallback));
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const std::string name = canonical(charset);
  if (name.empty()) return guess_utf8(bytes);
  const bool plain = ascii::run(bytes) == bytes.size();
  if (name == "utf-8") {
    const Census seen = plain ? Census{} : census(bytes);
    // Not one good character: the label is wrong, not the text.
    if (seen.bad > 0 && seen.good == 0) return convert(bytes, std::string(kFallback));
    return repair_utf8(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes);
  }
  const bool wide = ascii::contains(name, "utf-16") || ascii::contains(name, "utf-32") ||
                    ascii::contains(name, "utf16") || ascii::contains(name, "utf32") || ascii::contains(name, "10646");
  if (plain && !is_stateful(name) && (!wide || bytes.find('\0') == std::string_view::npos)) return repair_utf8(bytes);
  if (is_written_blindly(name) && is_valid_utf8(bytes)) return repair_utf8(bytes);
  if (!plain && ascii::starts_with(name, "iso-2022-jp") && bytes.find('\x1B') == std::string_view::npos)
    return guess_japanese(bytes);
  return convert(bytes, name);
}

bool is_stateful(std::string_view charset) {
  return ascii::starts_with(charset, "iso-2022") || ascii::starts_with(charset, "csiso2022") ||
         ascii::starts_with(charset, "iso2022") || ascii::starts_with(charset, "hz") ||
         ascii::starts_with(charset, "utf-7") || ascii::starts_with(charset, "utf7") ||
         ascii::starts_with(charset, "unicode-1-1-utf-7") || ascii::starts_with(charset, "utf-16") ||
         ascii::starts_with(charset, "utf-32");
}

bool is_known_charset(std::string_view charset) { return !canonical(charset).empty(); }

std::string_view utf8_prefix(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return text.substr(0, limit);
}

std::string fold_case(std::string_view text) {
  if (ascii::run(text) == text.size()) return ascii::lower(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string folded;
  if (U_FAILURE(status) != 0) return std::string(text);
  normalizer
      ->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()))),
                  status)
      .toUTF8String(folded);
  return folded;
}

}  // namespace leadmail::mail::message
