// The rep's answer as the prospect sees it: the rep's words, what he attached, and under them the mail that is
// answered. Made anew from text, so that nothing of the rep's own mail stands in it that was not meant for the
// prospect.
#pragma once

#include <string>
#include <vector>

#include "core/leads/letter.h"
#include "mail/message/compose.h"

namespace leadmail::daemon {

/// Subject, text, HTML (where the rep's program writes HTML) and attachments. `brought`: what was in the rep's mail, or
/// nothing. Images of his new text keep their cid; those of the quoted history stay behind.
mail::message::Draft write_answer(const leads::Letter& letter, const std::string& language, const std::string& zone,
                                  const mail::message::Content* brought);

/// What each attachment of a mail is to others than its writer, in their order.
std::vector<leads::Attachment::Use> uses_of(const mail::message::Content& content);

}  // namespace leadmail::daemon
