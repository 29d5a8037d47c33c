#include "core/leads/letter.h"

#include <array>

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 19> kKindNames = {
    "ack",  "notice",   "copy",       "answer",     "result", "reminder", "invitation", "bounced", "alert",  "merged",
    "held", "proposal", "conversion", "newsletter", "show",   "list",     "meeting",    "offer",   "overdue"};
static_assert(kKindNames.size() == static_cast<std::size_t>(LetterKind::overdue) + 1);

}  // namespace

std::string_view name(LetterKind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

}  // namespace leadmail::leads
