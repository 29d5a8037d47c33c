// Unicode's normal forms (UAX #15), by ICU. Only for source files that use ICU anyway.
#pragma once

#include <unicode/normalizer2.h>

#include <optional>

#include "core/base/unicode.h"

namespace leadmail {

enum class NormalForm : unsigned char { nfc, nfd, nfkd, nfkc_casefold };

/// ICU's readers of all forms. They are made once, before the first of several threads uses one, and never change.
/// Throws std::bad_alloc when there was no memory for them.
struct Normalizers {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  const icu::Normalizer2* nfkc_casefold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  bool have_data = worked(status);

  static const Normalizers& all() {
    static const Normalizers made;
    return made;
  }
};

/// The text in that form; nothing where ICU lacks its data. Throws std::bad_alloc when there was no memory for it.
inline std::optional<icu::UnicodeString> normalized(const icu::UnicodeString& text, NormalForm form) {
  const auto& all = Normalizers::all();
  if (!all.have_data) return std::nullopt;
  const auto* reader = all.nfc;
  if (form == NormalForm::nfd) reader = all.nfd;
  if (form == NormalForm::nfkd) reader = all.nfkd;
  if (form == NormalForm::nfkc_casefold) reader = all.nfkc_casefold;
  UErrorCode status = U_ZERO_ERROR;
  auto result = reader->normalize(whole(text), status);
  if (!worked(status)) return std::nullopt;
  return result;
}

}  // namespace leadmail
