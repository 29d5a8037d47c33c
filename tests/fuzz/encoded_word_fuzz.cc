// Any bytes as encoded words, and as text in a charset that the first byte chooses.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/message/charset.h"
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
  return 0;
}
