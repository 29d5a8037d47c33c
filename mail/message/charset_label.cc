#include "mail/message/charset_label.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <new>
#include <utility>

#include "core/base/unicode.h"
#include "mail/message/ascii.h"
#include "mail/message/charset_table.h"

namespace leadmail::mail::message {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

/// Labels by their letters and digits alone. "" = the writer did not know: guess.
constexpr std::array kAliases = std::to_array<Entry>({
    {"8bit", ""},
    {"ansi", ""},
    {"ansix341968", "windows-1252"},
    {"arabic", "windows-1256"},
    {"armscii8", "armscii-8"},
    {"ascii", "windows-1252"},
    {"asis", ""},
    {"big5", "Big5-HKSCS"},
    {"big52003", "Big5-HKSCS"},
    {"big5hkscs", "Big5-HKSCS"},
    {"binary", ""},
    {"csbig5", "Big5-HKSCS"},
    {"cseuckr", "windows-949"},
    {"csisolatinhebrew", "iso-8859-8"},
    {"csptcp154", "ptcp154"},
    {"csshiftjis", "windows-31j"},
    {"cyrillicasian", "ptcp154"},
    {"default", ""},
    {"euccn", "gb18030"},
    {"eucjp", "euc-jp"},
    {"eucjpms", "euc-jp"},
    {"eucjpwin", "euc-jp"},
    {"euckr", "windows-949"},
    {"gb2312", "gb18030"},
    {"gb231280", "gb18030"},
    {"gbk", "gb18030"},
    {"georgianacademy", "georgian-academy"},
    {"georgianps", "georgian-ps"},
    {"geostd8", "georgian-ps"},
    {"hebrew", "iso-8859-8"},
    {"iso2022jp", "iso-2022-jp"},
    {"iso2022jp2004", "iso-2022-jp"},
    {"iso2022jp3", "iso-2022-jp"},
    {"iso2022jpms", "iso-2022-jp"},
    {"iso646us", "windows-1252"},
    {"iso8859", ""},
    {"iso88591", "windows-1252"},
    {"iso885911", "windows-874"},
    {"iso885911987", "windows-1252"},
    {"iso885916", "iso-8859-16"},
    {"iso88591windows1252", "windows-1252"},
    {"iso88598e", "iso-8859-8"},
    {"iso88598i", "iso-8859-8"},
    {"iso88599", "windows-1254"},
    {"isoir166", "windows-874"},
    {"johab", ""},
    {"koi8ru", "koi8-u"},
    {"koi8t", "koi8-t"},
    {"ksc5601", "windows-949"},
    {"ksc56011987", "windows-949"},
    {"ksc56011989", "windows-949"},
    {"kz1048", "kz-1048"},
    {"l1", "windows-1252"},
    {"l10", "iso-8859-16"},
    {"latin1", "windows-1252"},
    {"latin10", "iso-8859-16"},
    {"latin5", "windows-1254"},
    {"logical", "windows-1255"},
    {"macintosh", "macintosh"},
    {"mskanji", "windows-31j"},
    {"none", ""},
    {"pt154", "ptcp154"},
    {"ptcp154", "ptcp154"},
    {"rk1048", "kz-1048"},
    {"shiftjis", "windows-31j"},
    {"shiftjisms", "windows-31j"},
    {"sjis", "windows-31j"},
    {"strk10482002", "kz-1048"},
    {"tcvn", "tcvn5712"},
    {"tcvn57121", "tcvn5712"},
    {"tcvn571211993", "tcvn5712"},
    {"tcvn5712", "tcvn5712"},
    {"tis620", "windows-874"},
    {"ucs2", "utf-16"},
    {"ucs2be", "utf-16be"},
    {"ucs2le", "utf-16le"},
    {"ucs4", "utf-32"},
    {"unicode", "utf-16"},
    {"unicode11utf7", "utf-7"},
    {"unicode11utf8", "utf-8"},
    {"unicode20utf7", "utf-7"},
    {"unicode20utf8", "utf-8"},
    {"unknown", ""},
    {"unknown8bit", ""},
    {"us", "windows-1252"},
    {"usascii", "windows-1252"},
    {"utf", "utf-8"},
    {"utf7", "utf-7"},
    {"utf8", "utf-8"},
    {"utf8mb4", "utf-8"},
    {"viscii", "viscii"},
    {"visual", "iso-8859-8"},
    {"vscii", "tcvn5712"},
    {"xeuc", "euc-jp"},
    {"xeucjp", "euc-jp"},
    {"xgbk", "gb18030"},
    {"xmacarabic", "x-mac-arabic"},
    {"xmacchinesesimp", "gb18030"},
    {"xmacchinesetrad", "Big5-HKSCS"},
    {"xmaccroatian", "x-mac-croatian"},
    {"xmacicelandic", "x-mac-icelandic"},
    {"xmacjapanese", "windows-31j"},
    {"xmackorean", "windows-949"},
    {"xmacroman", "macintosh"},
    {"xmacromania", "x-mac-romanian"},
    {"xmacromanian", "x-mac-romanian"},
    {"xmacthai", "windows-874"},
    {"xsjis", "windows-31j"},
    {"xunknown", ""},
    {"xuserdefined", ""},
    {"xviettcvn", "tcvn5712"},
    {"xviettcvn5712", "tcvn5712"},
    {"xvietvps", ""},
    {"xvietvni", ""},
    {"xxx", ""},
});

/// Nothing when the label is none of them.
const Entry* alias(std::string_view key) {
  const auto* found = std::find_if(kAliases.begin(), kAliases.end(), [&](const Entry& e) { return e.first == key; });
  return found != kAliases.end() ? found : nullptr;
}

/// Code pages whose number says nothing to ICU, or the lesser charset.
constexpr std::array kCodePages = std::to_array<std::pair<unsigned, std::string_view>>({
    {367, "windows-1252"},
    {720, "cp720"},
    {819, "windows-1252"},
    {874, "windows-874"},
    {932, "windows-31j"},
    {936, "gb18030"},
    {943, "windows-31j"},
    {949, "windows-949"},
    {950, "Big5-HKSCS"},
    {951, "Big5-HKSCS"},
    {1200, "utf-16le"},
    {1201, "utf-16be"},
    {10000, "macintosh"},
    {10004, "x-mac-arabic"},
    {10006, "x-mac-greek"},
    {10007, "x-mac-cyrillic"},
    {10010, "x-mac-romanian"},
    {10029, "macce"},
    {10079, "x-mac-icelandic"},
    {10081, "x-mac-turkish"},
    {10082, "x-mac-croatian"},
    {12000, "utf-32le"},
    {12001, "utf-32be"},
    {20127, "windows-1252"},
    {20866, "koi8-r"},
    {20932, "euc-jp"},
    {20936, "gb18030"},
    {21866, "koi8-u"},
    {28591, "windows-1252"},
    {28599, "windows-1254"},
    {28601, "windows-874"},
    {28606, "iso-8859-16"},
    {38598, "iso-8859-8"},
    {50220, "iso-2022-jp"},
    {50221, "iso-2022-jp"},
    {50222, "iso-2022-jp"},
    {50225, "iso-2022-kr"},
    {51932, "euc-jp"},
    {51936, "gb18030"},
    {51949, "windows-949"},
    {52936, "hz"},
    {54936, "gb18030"},
    {65000, "utf-7"},
    {65001, "utf-8"},
});

bool icu_knows(const std::string& name) {
  demand_charset_names();
  UErrorCode error = U_ZERO_ERROR;
  const auto aliases = ucnv_countAliases(name.c_str(), &error);
  return worked(error) && aliases > 0;
}

/// "cp-1251", "win-1251", "windows1251", "x-cp1250", "dos-850", "1251": the number says it.
std::string code_page(std::string_view key) {
  const auto digit = key.find_first_of("0123456789");
  if (digit == std::string_view::npos) return {};
  static constexpr std::array<std::string_view, 14> kPrefixes{"",     "cp",       "xcp",  "win",         "windows",
                                                              "xwin", "xwindows", "ansi", "microsoftcp", "ms",
                                                              "ibm",  "dos",      "pc",   "codepage"};
  if (std::find(kPrefixes.begin(), kPrefixes.end(), key.substr(0, digit)) == kPrefixes.end()) return {};
  const auto number = key.substr(digit);
  unsigned page = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), page);
  if (error != std::errc{} || end != number.data() + number.size() || page < 100) return {};
  for (const auto& [known, name] : kCodePages) {
    if (known == page) return std::string(name);
  }
  if (page > 28591 && page < 28606) return "iso-8859-" + std::to_string(page - 28590);
  for (const char* start : {"windows-", "cp"}) {
    if (std::string guess = start + std::to_string(page); icu_knows(guess)) return guess;
  }
  return {};
}

}  // namespace

void demand_charset_names() {
  static const bool has_names = [] {
    UErrorCode error = U_ZERO_ERROR;
    return ucnv_countAliases("windows-1252", &error) > 0;
  }();
  if (!has_names) throw std::bad_alloc();
}

std::string charset_name(std::string_view label) {
  // "utf-8*en", "utf-8; format=flowed", "'utf-8'": what stands after or around the name is not the name. RFC 2231 §5
  label = ascii::trim(label);
  while (!label.empty() && (label.front() == '"' || label.front() == '\'' || label.front() == '='))
    label.remove_prefix(1);
  label = label.substr(0, label.find_first_of("*;,\"' \t="));
  if (label.size() > 60) return {};
  std::string key;
  for (const char c : label) {
    if (ascii::is_alnum(c)) key.push_back(ascii::lower(c));
  }
  if (key.empty()) return {};
  if (const Entry* known = alias(key)) return std::string(known->second);
  if (key.starts_with("utf8")) return "utf-8";
  if (auto page = code_page(key); !page.empty()) return page;
  if (std::string name(label); icu_knows(name)) return name;
  if (has_table(label)) return std::string(label);
  // "csISO88598I", "iso8859_2", "8859-2".
  for (const std::string_view start : {"iso8859", "csiso8859", "8859", "isolatin", "xiso8859"}) {
    if (!key.starts_with(start) || key.size() == start.size()) continue;
    auto number = key.substr(start.size());
    if (number.ends_with('i') || number.ends_with('e')) number.pop_back();
    if (std::string name = "iso-8859-" + number; icu_knows(name)) return name;
  }
  return {};
}

}  // namespace leadmail::mail::message
