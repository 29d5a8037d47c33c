// When somebody who is away comes back, as his automatic answer says it. Only a date that stands there counts; a phrase
// that we don't know is no date, for a wrong one would keep leads from a person who is at his desk.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "mail/message/written_date.h"

namespace leadmail::mail::message {

/// The first day on which the writer is back: "back on 3 March", "until Monday" (that Monday), "bis einschließlich 5.
/// August" and "from 3 to 7 March" (the day after). `text` is the answer, subject above it; its first 4000 bytes count.
/// Dates without a year are the next ones after the mail was sent; nothing that lies before it, or more than a year
/// ahead. Nothing without a time of sending.
std::optional<std::chrono::year_month_day> read_return(std::string_view text, const DateContext& context);

}  // namespace leadmail::mail::message
