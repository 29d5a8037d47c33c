#include "mail/imap/attempt.h"

namespace leadmail::mail::imap {

Diagnosis diagnose(const net::Attempt& attempt) {
  using Stage = net::Attempt::Stage;
  if (attempt.stage == Stage::refused) return {Trouble::admin};
  if (attempt.stage != Stage::login) return diagnose(attempt.words, Moment::connecting);
  // libcurl calls it a refused login too when the server offers no way to log in that we know.
  if (attempt.words.empty()) return {Trouble::credentials};
  return diagnose(attempt.words, Moment::logging_in);
}

}  // namespace leadmail::mail::imap
