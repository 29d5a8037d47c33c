// Reply, signature and quote of any text, and of any HTML; the first byte says where the text ends and the parent
// begins.
//
// Also: mail/message/{html_*,parent_text,phone_number,reply_patterns,signature_block,text_lines,written_date}.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/message/attribution.h"
#include "mail/message/charset.h"
#include "mail/message/forwarded.h"
#include "mail/message/language.h"
#include "mail/message/parse.h"
#include "mail/message/reply_text.h"
#include "mail/message/return_date.h"
#include "mail/message/signature.h"
#include "mail/message/subject.h"

namespace {

using namespace leadmail::mail::message;

/// What the readers of a text say of it; they are given valid UTF-8, as parse gives it.
void read_words(const std::string& text) {
  const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
  for (const bool quote_below : {false, true}) (void)read_attribution(line, quote_below);
  (void)starts_attribution(line);
  (void)may_end_attribution(line);
  const leadmail::Time sent = leadmail::from_unix(1'795'532'400);
  (void)read_return(text, {sent, 60});
  if (read_language(text).size() > 3) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto text = all.substr(0, all.size() * data[0] / 255);
  const auto parent = all.substr(text.size());

  const auto parts = split_reply(text);
  if (parts.reply.size() > text.size() + 1 || parts.opening.size() > text.size() + 1) std::abort();
  split_reply(text, {.parent = parent});
  split_reply(text, {.answers = false});
  read_first_quoted(parts.quoted);
  read_first_quoted(parent);
  read_signature(parts.signature, {"Ann Bell", "ann@acme.example"});
  const auto subject = read_subject(parent.substr(0, 500));
  if (subject.base.size() > 2000) std::abort();
  read_forwarded({.subject = parent.substr(0, 100)}, text);
  read_forwarded({.subject = parent.substr(0, 100)}, read_identity(parent), text);
  read_words(repair_utf8(text));

  const std::string shown = html_to_text(repair_utf8(text));
  if (!is_valid_utf8(shown)) std::abort();
  split_reply(shown, {.parent = parent});
  return 0;
}
