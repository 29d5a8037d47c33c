// Tells what the author wrote anew from what he quotes and signs with. Pure.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

struct ReplyParts {
  std::string reply{};
  std::string signature{};
  std::string quoted{};
  bool answers_inside = false;  ///< the parent told that more is the author's own than a client's marks let one think
  bool points_below = false;    ///< he says that what he means stands below: `reply` is the whole text, quotes and all
  std::string own_words{};      ///< where he does: his words above the quote alone
  std::string below_quote{};  ///< what stands below the whole of a quote that no client marked, or anywhere in it where
                              ///< `reply` points below, and is in neither the parent nor `reply`: his words, or
                              ///< somebody's footer
  std::string opening{};  ///< the author's words before the first quote, header or signature line: the only place where
                          ///< commands are read
};

/// What else is known of the mail whose text is read.
struct ReplyScene {
  bool answers = true;  ///< it refers to another mail; where it does not, marked lines are a quote of a mail only if
                        ///< a client's attribution or header says so
  std::string_view
      parent{};           ///< the text of the mail that it answers: what stands there is quoted, however it is marked
  bool goes_out = false;  ///< with a parent: the reply is sent to somebody, who must not see what stands between two
                          ///< further mails, for a third may have written it
};

/// Splits a plain text body. When the reply is written between quoted lines nothing is cut, and where the author wrote
/// something `reply` is never empty.
ReplyParts split_reply(std::string_view text, const ReplyScene& scene = {});

/// HTML -> readable plain text in which quotes are marked by "> " as the client's own marks say
/// (gmail_quote, blockquote[type=cite], divRplyFwdMsg …). Bounded; nothing is fetched.
std::string html_to_text(std::string_view html);

}  // namespace leadmail::mail::message
