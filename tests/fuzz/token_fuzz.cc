// Tokens, tags and marks out of hostile text: none is ever accepted that was not made with the key.
//
// Also: core/leads/base32.cc
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/leads/token.h"

using namespace leadmail;
using namespace leadmail::leads;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TokenKeys keys{{{1, std::string(32, 'k')}, {2, std::string(32, 'j')}}};
  const auto now = from_unix(1795532400);
  const std::string text(reinterpret_cast<const char*>(data), size);
  Inquiry inquiry;
  inquiry.subject = text;
  inquiry.to = {{"", text}};
  inquiry.delivered_to = {text};
  inquiry.in_reply_to = {text};
  inquiry.references = {text};
  const auto found = find_tokens(inquiry);
  assert(found.size() <= 64);
  for (const auto& candidate : found) assert(!verify_token(candidate.text, "ana", "sales", keys, now));
  assert(!verify_token(text, "", "sales", keys, now));
  assert(!verify_instance_mark(text, text, keys));
  (void)lead_in_subject(text, keys);  // twenty bits only: that one may be guessed
  return 0;
}
