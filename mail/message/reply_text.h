// Tells what the author wrote anew from what he quotes and signs with. Pure.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

struct ReplyParts {
  std::string reply{};
  std::string signature{};
  std::string quoted{};
  bool answers_inside = false;  ///< the parent told that answers stand between lines that no client marked as quoted
  std::string opening{};  ///< the author's words before the first quote, header or signature line: the only place where
                          ///< commands are read
};

/// Splits a plain text body. When the reply is written between quoted lines nothing is cut, and where the author wrote
/// something `reply` is never empty.
ReplyParts split_reply(std::string_view text);

/// The same against the parent message that we hold: what stands in `parent` is quoted, however the client marked it.
ReplyParts split_reply(std::string_view text, std::string_view parent);

/// HTML -> readable plain text in which quotes are marked by "> " as the client's own marks say
/// (gmail_quote, blockquote[type=cite], divRplyFwdMsg …). Bounded; nothing is fetched.
std::string html_to_text(std::string_view html);

}  // namespace leadmail::mail::message
