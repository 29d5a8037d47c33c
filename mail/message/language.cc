#include "mail/message/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"

namespace leadmail::mail::message {
namespace {

constexpr std::size_t kFewLetters = 12;
constexpr std::size_t kSample = 400;  // mostly enough to be sure, and cld2 costs more than the rest of a mail
constexpr std::size_t kLongest = std::size_t{64} * 1024;

std::string detect(std::string_view text) {
  bool reliable = false;
  const CLD2::Language language =
      CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return {};
  const std::string_view code = CLD2::LanguageCode(language);
  return code.size() < 2 || code == "un" ? std::string{} : std::string(code.substr(0, code.find('-')));
}

bool has_letters(std::string_view text) {
  std::size_t letters = 0;
  for (const char c : text) {
    if ((ascii::is_alpha(c) || ascii::is_8bit(c)) && ++letters >= kFewLetters) return true;
  }
  return false;
}

}  // namespace

std::string read_language(std::string_view text) {
  text = utf8_prefix(text, kLongest);
  if (!has_letters(text)) return {};
  const auto sample = utf8_prefix(text, kSample);
  auto language = detect(sample);
  return language.empty() && sample.size() < text.size() ? detect(text) : language;
}

}  // namespace leadmail::mail::message
