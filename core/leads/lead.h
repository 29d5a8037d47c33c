// A lead: somebody who may buy, with a story in progress. The lead is what its events add up to (event.h): every value
// that ever changes stands in `values` under one name, the same in JSON, config, commands and the book.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace leadmail::leads {

/// docs/crm.md. Spelled "lead", "open", …, "do-not-contact" in JSON, config and logs.
enum class Status {
  lead,
  open,
  replied,
  interested,
  opportunity,
  quotation,
  lost_quotation,
  converted,
  do_not_contact
};

std::string_view name(Status status);
std::optional<Status> status_named(std::string_view name);

/// Open, Replied and Lead are the statuses that mail itself may set; the others only change by hand.
constexpr bool is_set_by_mail(Status status) {
  return status == Status::lead || status == Status::open || status == Status::replied;
}

/// One person of a lead. In `Lead::values` as contact.1.name, contact.1.emails …; number 1 is the one who wrote first.
struct Contact {
  std::string name{};
  std::string role{};
  std::string title{};
  std::vector<std::string> emails{};  ///< addr-specs, domain in lower case
  std::vector<std::string> phones{};  ///< as written
};

/// The next time somebody gets in touch: an instant, who does it (user id), and about what.
struct NextContact {
  Time at{};
  std::string by{};
  std::string note{};
  std::int64_t sequence = 0;  ///< of its invitation; rises with every move. RFC 5546 §2.1.4
  std::string uid{};          ///< of its invitation; the same for all moves. RFC 5545 §3.8.4.7
};

struct Lead {
  LeadId id{};
  Time created{};
  /// Name -> value, absent when empty. Instants as decimal seconds of UTC, lists as lines ("a\nb"), yes/no as "yes".
  /// mailbox, status, owed, owner, type, name, company, phones, language, source, campaign, next.at, next.by,
  /// next.note, next.sequence, next.uid, next.answer, contact.N.{name,role,title,emails,phones}, tags, field names of
  /// docs/json.md ("show") and custom fields. Beside them what decisions rest on: last.at (of any mail),
  /// last.in.{from,name,id,cc,subject} (of the prospect's last mail; cc as "address name" lines), last.in.index (its
  /// Thread-Index), last.out.{cause,to,was} (the last answer that we sent for a rep: which, to whom, and how the lead
  /// stood before it), last.participants (addresses that were in the conversation without being contacts), dead
  /// (addresses that bounced), related (L-12), merged (L-12: this lead is part of that one now), domain.
  std::map<std::string, std::string, std::less<>> values{};

  [[nodiscard]] std::string_view value(std::string_view field) const;
  [[nodiscard]] Status status() const;
  [[nodiscard]] bool owed() const { return value("owed") == "yes"; }  ///< does the prospect wait for an answer?
  [[nodiscard]] std::string_view owner() const { return value("owner"); }
  [[nodiscard]] std::optional<NextContact> next() const;
  [[nodiscard]] std::vector<Contact> contacts() const;
  [[nodiscard]] std::vector<std::string> emails() const;  ///< of all contacts, without doubles
  [[nodiscard]] bool is_contact(std::string_view address) const;
};

/// "L-12" -> 12; nothing for anything else.
std::optional<LeadId> lead_named(std::string_view text);

/// "a\nb" -> {"a","b"}; empty lines are dropped.
std::vector<std::string> lines_of(std::string_view value);

}  // namespace leadmail::leads
