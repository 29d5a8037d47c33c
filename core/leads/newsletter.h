// Mail to many leads, because somebody of the company wants it: who is meant, and one letter each.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/leads/decide.h"

namespace leadmail::leads {

/// Reads "status=open,replied tag=\"trade fair\" -country=US company~acme": all terms must hold; "=" one of these
/// values,
/// "~" contains it, "field" alone has any value, "-" turns a term round; "all" is everybody. Fields are those of rules.
/// Case and accents never matter. Error (give_up): what can't be read, or a field that nobody knows.
Result<Condition> read_selection(std::string_view query, const Rules& rules);

bool is_selected(const Lead& lead, const Condition& selection);

/// Why nobody of this lead gets any newsletter; empty when somebody may. Whom the outbox would refuse it asks itself.
std::string why_no_newsletter(const Lead& lead);

/// To whom of the lead it goes: the first address that is not known to be dead; empty when there is none.
Person newsletter_recipient(const Lead& lead);

struct Newsletter {
  std::string template_name{};
  std::string campaign{};  ///< a person gets one mail of it, ever
  std::string mailbox{};   ///< who sends; "": the mailbox of the lead
  std::string by{};        ///< who wants it sent
};

/// What makes its mail unique: of the campaign and the address, whichever lead it is about.
std::string newsletter_cause(const Newsletter& newsletter, std::string_view address);

/// The letter, due then, and its place on the timeline. Status and what is owed stay as they are.
Decision decide_newsletter(const Lead& lead, const Person& to, const Newsletter& newsletter, Time due,
                           const Rules& rules, Time now);

}  // namespace leadmail::leads
