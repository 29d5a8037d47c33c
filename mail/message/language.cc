#include "mail/message/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"

namespace leadmail::mail::message {

std::string read_language(std::string_view text) {
  text = utf8_prefix(text, std::size_t{64} * 1024);
  const auto letters =
      std::count_if(text.begin(), text.end(), [](char c) { return ascii::is_alpha(c) || ascii::is_8bit(c); });
  if (letters < 12) return {};
  bool reliable = false;
  const CLD2::Language language =
      CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return {};
  const std::string_view code = CLD2::LanguageCode(language);
  return code.size() < 2 || code == "un" ? std::string{} : std::string(code.substr(0, code.find('-')));
}

}  // namespace leadmail::mail::message
