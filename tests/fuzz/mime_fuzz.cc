// Any bytes as a mail: what comes out is valid UTF-8, within the limits, and survives the way through the worker's
// socket.
//
// Also: mail/message/{header,prepass,identity,body,transfer,attachment,parent_text,relay,serialise,text_lines}.cc
// Also: mail/message/{answering_machine,auto_reply_words,classify}.cc mail/message/html_*.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/message/charset.h"
#include "mail/message/json.h"
#include "mail/message/parse.h"

namespace message = leadmail::mail::message;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  message::Message mail{.identity = message::read_identity(raw),
                        .content = message::parse(raw, {.attachment_content = true})};
  message::classify(mail);
  const std::string json = message::to_json(mail, "x");
  const auto back = message::deserialise(message::serialise(mail.content));
  if (!message::is_valid_utf8(json) || !back || back->text != mail.content.text) std::abort();
  if (mail.content.attachments.size() > 2000 || mail.identity.from.size() > 1000) std::abort();
  (void)message::deserialise(raw);
  message::reread_reply(mail.content, raw, !raw.empty() && raw.back() % 2 == 0);
  if (!message::is_valid_utf8(mail.content.reply)) std::abort();
  return 0;
}
