// Reply, signature and quote of any text; the first byte says where the text ends and the parent begins.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/message/forwarded.h"
#include "mail/message/reply_text.h"
#include "mail/message/signature.h"
#include "mail/message/subject.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail::mail::message;
  if (size == 0) return 0;
  const std::string_view all(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto text = all.substr(0, all.size() * data[0] / 255);
  const auto parent = all.substr(text.size());

  const auto parts = split_reply(text);
  if (parts.reply.size() > text.size() + 1 || parts.opening.size() > text.size() + 1) std::abort();
  split_reply(text, parent);
  read_signature(parts.signature, {"Ann Bell", "ann@acme.example"});
  const auto subject = read_subject(parent.substr(0, 500));
  if (subject.base.size() > 2000) std::abort();
  read_forwarded({.subject = parent.substr(0, 100)}, text);
  return 0;
}
