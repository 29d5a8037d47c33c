// What is attached: every leaf that is not the text. Decoded in a stream: size and digest are known, the bytes are not
// kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message/body.h"
#include "mail/message/message.h"
#include "mail/message/parse.h"
#include "mail/message/prepass.h"

namespace leadmail::mail::message {

/// A file name that nothing but a label can be made of: no path, no control or bidi characters, at most 200 bytes with
/// its ending kept. Never used as a path nevertheless.
std::string safe_filename(std::string_view name);

/// The attachment that these (decoded) bytes are.
Attachment attachment_of(std::string_view name, std::string_view content_type, std::string_view bytes,
                         const ParseOptions& options);

/// Attachments as they are found. A message within a message is read once for each, so what is read together has its
/// limit, and so has their number (limits.parts).
struct Attachments {
  std::vector<Attachment> all{};
  bool left_out = false;  ///< there were more

  /// False, and nothing added, when there are as many as there may be.
  bool add(Attachment attachment, const Limits& limits);
};

/// The attachments of the message and of the messages enclosed in it, in document order. An enclosed message is one
/// itself.
Attachments read_attachments(const Structure& structure, const Body& body, const ParseOptions& options);

}  // namespace leadmail::mail::message
