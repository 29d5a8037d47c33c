// Bounces in prose, as qmail, Exim, Exchange, Notes, sendmail of old and many gateways write them: what they all have
// in common is an address at a place of its own, a reason beside it, and a copy of the original below.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// The recipients that the notice part of `text` names as failed, without those in `not_these` (lower case: the one who
/// is told). `written_to`: whom the returned copy is addressed to, lower case; of several addresses in running text it
/// is one of those.
std::vector<Bounce::Recipient> read_bounce_text(std::string_view text, const std::vector<std::string>& not_these,
                                                const std::vector<std::string>& written_to = {});

/// To, Cc and the "for" of Received in the header of a copy, lower case; at most 50.
std::vector<std::string> addressees(std::string_view copy);

/// The text says that a message did not arrive and names somebody as a notice does: in a list of its own, or beside the
/// answer of a mail server. `plainly`: not only at the end of a sentence.
bool names_who_failed(std::string_view text, const std::vector<std::string>& not_these, bool plainly);

/// The text repeats what a mail server answered: a status code, or lines of SMTP.
bool quotes_server(std::string_view text);

/// What stands above the copy of the original.
std::string_view notice_of(std::string_view text);

/// An enhanced status code, "5.1.1", that stands by itself in the text: the one after a reply code if there is one. RFC
/// 3463 §2
std::string find_status(std::string_view text);

/// How much a code says: 0 none, 1 only its class (5.0.0), 2 that somebody gave up (4.4.7, 5.5.0), 3 why.
int status_worth(std::string_view code);

/// Message-ID of the original whose header stands somewhere in the text; "" when there is none.
std::string find_original_id(std::string_view text);

/// To of the original whose header stands in the text; "" when there is none.
std::string find_original_recipient(std::string_view text);

}  // namespace leadmail::mail::message
