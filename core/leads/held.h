// Doubtful mail: what is held instead of being classified away, and how an administrator decides about it. A genuine
// first inquiry is never lost to a sign that machines leave; what is held changes nothing until a person has spoken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/leads/inquiry.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// One mail of the holding list. `waiting` for a decision, `accepting` until it has been taken once more, then
/// `accepted`; or `blocked`, and then it may still be accepted.
struct HeldMail {
  enum class State { waiting, accepting, accepted, blocked };
  std::int64_t number = 0;  ///< by which people name it; never given twice
  State state = State::waiting;
  std::string mailbox{};
  std::string sender{};  ///< whose mail `#block` ignores in future
  std::string from_name{};
  std::string from_address{};
  std::string subject{};
  std::string text{};  ///< its beginning
  std::string reason{};
  Time received{};
  std::optional<LeadId> lead{};  ///< once accepted
};

std::string_view name(HeldMail::State state);
std::optional<HeldMail::State> held_state_named(std::string_view name);

/// Why this mail may be a person's first one although it looks like a machine's, or may not be wanted although it looks
/// like a person's; empty: no doubt. History is never doubted: nobody asks about old mail.
std::string reason_to_hold(const Inquiry& inquiry, const Rules& rules);

/// What stands behind #accept or #block: "3,5", "3-7 9", "7 domain".
struct HeldWish {
  std::vector<std::int64_t> numbers{};  ///< in the order written, each once
  bool whole_domain = false;
};
/// Nothing for anything else, and for more than 500 numbers.
std::optional<HeldWish> read_held_wish(std::string_view arguments);

/// One of the addresses in [admin], or of a user whose role is admin.
bool is_administrator(std::string_view address, const Rules& rules);
/// Who answers from an address in [admin] and is no user: id "admin", the company's language and zone.
User administrator_at(std::string_view address, const Rules& rules);

/// The mails of the holding list that an administrator's mail names; empty for everybody else's.
std::vector<std::int64_t> held_numbers(const Inquiry& inquiry, const Rules& rules);

/// What `#block` keeps out: the sender, or "@" and the part of his domain that somebody registered. Nothing, with
/// `why`, for a domain of a free mail provider or of our own.
std::optional<std::string> pattern_to_block(const HeldMail& mail, bool whole_domain, const Rules& rules,
                                            std::string_view language, std::string& why);

/// The patterns under which mail of this address would be blocked.
std::vector<std::string> patterns_of(std::string_view address);

}  // namespace leadmail::leads
