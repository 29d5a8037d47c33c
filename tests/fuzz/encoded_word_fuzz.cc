// Any bytes as encoded words, as text in a charset that the first byte chooses or the first line names, and as text
// whose charset must be guessed.
//
// Also: mail/message/{charset_table,fold_case}.cc
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/message/charset.h"
#include "mail/message/charset_guess.h"
#include "mail/message/charset_label.h"
#include "mail/message/encoded_word.h"

namespace message = leadmail::mail::message;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array<std::string_view, 12> kCharsets{"",        "utf-8",        "utf-7",     "iso-2022-jp",
                                                              "gb18030", "big5",         "shift_jis", "iso-2022-kr",
                                                              "utf-16",  "windows-1252", "hz",        "euc-kr"};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = message::decode_words(bytes);
  if (!message::is_valid_utf8(text) || text.find_first_of("\r\n") != std::string::npos) std::abort();
  if (size > 0 && !message::is_valid_utf8(message::to_utf8(bytes.substr(1), kCharsets[data[0] % kCharsets.size()])))
    std::abort();

  const auto line = std::min(bytes.find('\n'), bytes.size());
  const auto label = bytes.substr(0, line);
  const auto rest = bytes.substr(line);
  if (!message::is_valid_utf8(message::read_charset(rest, label).text)) std::abort();
  if (!message::is_valid_utf8(message::guess_utf8(bytes))) std::abort();
  if (!message::is_known_charset(message::guess_charset(bytes))) std::abort();
  for (const auto found : {message::escape_charset(bytes), message::wide_charset(bytes)})
    if (!found.empty() && !message::is_known_charset(found)) std::abort();
  if (!message::is_valid_utf8(message::raw_text(bytes, label))) std::abort();
  if (!message::is_valid_utf8(message::utf8_prefix(text, size / 2))) std::abort();
  if (!message::is_valid_utf8(message::fold_case(text))) std::abort();
  (void)message::has_encoded_word(bytes);
  (void)message::is_stateful(label);
  (void)message::fold_case(text);
  return 0;
}
