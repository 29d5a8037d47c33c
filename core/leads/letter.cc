#include "core/leads/letter.h"

#include <array>

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 23> kKindNames = {
    "ack",     "notice", "copy",    "answer",   "result",     "reminder",   "invitation", "bounced",
    "alert",   "merged", "held",    "proposal", "conversion", "newsletter", "show",       "list",
    "meeting", "offer",  "overdue", "rsvp",     "catchup",    "escalation", "digest"};
static_assert(kKindNames.size() == static_cast<std::size_t>(LetterKind::digest) + 1);

}  // namespace

std::string_view name(LetterKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

}  // namespace leadmail::leads
