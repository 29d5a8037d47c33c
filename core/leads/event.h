// What happened to a lead. The lead's row is the sum of its events, in order; nothing else ever changes it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/leads/attachment.h"
#include "core/leads/lead.h"

namespace leadmail::leads {

enum class EventType {
  captured,  ///< the lead was opened
  mail_in,   ///< a mail of the prospect's side
  mail_out,  ///< a rep's answer, an acknowledgement
  note,      ///< internal text
  status,
  assigned,
  next,  ///< next contact set, moved or cleared
  reminded,
  contact,   ///< a person or an address was added, or found dead
  fields,    ///< any other value
  deal,      ///< opportunity, quotation, order, customer
  flagged,   ///< something a person should know: a stranger with a valid token, unverified mail
  repaired,  ///< mails came from or went to another lead, because a person said so
  meeting,   ///< a meeting, call or visit was planned, or is told of
  undone,    ///< what commands had done was taken back
};

std::string_view name(EventType type);
std::optional<EventType> event_type_named(std::string_view name);

/// One value that changed. Empty: it was, or is now, not there.
struct Change {
  std::string field{};
  std::string before{};
  std::string after{};
  bool operator==(const Change&) const = default;
};

struct Event {
  Time at{};
  EventType type = EventType::fields;
  std::string by{};          ///< user id, "prospect", "rule", "clock", "admin"
  std::string cause{};       ///< which message, rule, command or clock: "message <id>", "rule Mexico", "command #next"
  std::string text{};        ///< one line for people, or the text of a note
  std::string message_id{};  ///< of the mail it tells of, without <>
  std::string direction{};   ///< "in", "out", "internal"; "" when it is no mail
  std::vector<Change> changes{};
  std::vector<Attachment> files{};  ///< that came or went with it
};

/// Adds one event: sets every changed value. Pure, total; the order of events is the order of calls.
void fold(Lead& lead, const Event& event);

/// The change of `field` to `after` as seen from `lead`, with its value before.
Change change(const Lead& lead, std::string_view field, std::string_view after);

/// {"changes": …} as JSON text and back (strict; nothing on damage): how the book keeps them.
std::string changes_to_json(const std::vector<Change>& changes);
std::optional<std::vector<Change>> changes_from_json(std::string_view json);

}  // namespace leadmail::leads
