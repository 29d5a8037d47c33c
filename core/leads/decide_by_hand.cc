// What an administrator does with the tool: a lead made by hand, a message read at last.
#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/assign.h"
#include "core/leads/deciding.h"
#include "core/leads/organisation.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

/// Values that have rules of their own: they change by commands and by what happens, never by being written down.
constexpr std::array<std::string_view, 8> kNotByHand{"status",  "owed",    "next", "next.at",
                                                     "next.by", "contact", "last", "unreadable"};

bool is_settable(std::string_view field) {
  const auto head = field.substr(0, field.find('.'));
  return !field.empty() && std::ranges::find(kNotByHand, field) == kNotByHand.end() &&
         std::ranges::find(kNotByHand, head) == kNotByHand.end();
}

bool is_address(std::string_view text) {
  const auto at = text.rfind('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>,;") == std::string_view::npos;
}

Result<void> check(const NewLead& wish, const Rules& rules) {
  if (wish.email.empty() && wish.phone.empty() && wish.name.empty()) {
    return Error{Next::give_up, "a lead needs an e-mail address, a phone number or a name"};
  }
  if (!wish.email.empty() && !is_address(wish.email))
    return Error{Next::give_up, "not an e-mail address: " + wish.email};
  if (rules.user_with_address(wish.email) != nullptr || rules.mailbox_with_address(wish.email) != nullptr) {
    return Error{Next::give_up, wish.email + " is one of our own addresses"};
  }
  for (const auto& [field, value] : wish.fields) {
    if (!is_settable(field)) return Error{Next::give_up, "field " + field + " is not set by hand"};
    if (field == "owner" && rules.user(value) == nullptr) return Error{Next::give_up, "no such user: " + value};
    if (field == "mailbox" && rules.mailbox(value) == nullptr) return Error{Next::give_up, "no such mailbox: " + value};
  }
  return {};
}

/// The mail that would have made this lead, as far as rules look at it.
Inquiry as_inquiry(const NewLead& wish, const std::string& mailbox, Time now) {
  Inquiry inquiry;
  inquiry.mailbox = mailbox;
  inquiry.received = now;
  inquiry.from = {one_line(wish.name), with_lower_domain(wish.email)};
  inquiry.nature_reason = "made by hand";
  return inquiry;
}

Values values_of(const NewLead& wish, const std::string& mailbox, Time now) {
  const auto email = with_lower_domain(wish.email);
  const auto name = one_line(wish.name.empty() ? std::string(local_part_of(wish.email)) : wish.name);
  Values values{{"mailbox", mailbox},
                {"status", "lead"},
                {"type", "person"},
                {"source", "hand"},
                {"name", name},
                {"contact.1.name", name},
                {"first_contact_at", std::to_string(to_unix(now))}};
  if (!email.empty()) values.emplace_back("contact.1.emails", email);
  if (!email.empty() && !is_free_mail(email)) values.emplace_back("domain", organisation_domain(email));
  if (!wish.phone.empty()) {
    values.emplace_back("phones", one_line(wish.phone));
    values.emplace_back("contact.1.phones", one_line(wish.phone));
  }
  for (const auto& [field, value] : wish.fields) {
    std::erase_if(values, [&](const auto& entry) { return entry.first == field; });
    values.emplace_back(field, one_line(field == "owner" ? to_lower(value) : value));
  }
  return values;
}

}  // namespace

Query wish_query(const NewLead& wish, const Rules& rules) {
  auto asked = query(as_inquiry(wish, {}, {}), rules, {});
  asked.fingerprint.clear();
  return asked;
}

Result<Decision> decide_new(const NewLead& wish, const std::string& user, const Rules& rules, Time now,
                            const Snapshot& known) {
  if (auto fine = check(wish, rules); !fine) return std::move(fine.error());
  const auto named = wish.fields.find("mailbox");
  const std::string mailbox = named != wish.fields.end() ? named->second
                              : rules.mailboxes.empty()  ? ""
                                                         : rules.mailboxes.front().name;
  const auto inquiry = as_inquiry(wish, mailbox, now);
  const Scene scene{inquiry, known, rules, now};
  const std::string by = user.empty() ? "admin" : user;

  Plan plan(rules, Occasion{.now = now,
                            .at = now,
                            .key = "new " + std::to_string(to_unix(now)) + " " + wish.email + wish.phone + wish.name,
                            .cause = "tool new",
                            .mailbox = mailbox});
  plan.open();
  plan.record({.type = EventType::captured, .by = by, .text = "made by hand"}, values_of(wish, mailbox, now));
  if (plan.owner() == nullptr) {
    assign_owner(plan, scene);
  } else {
    plan.send(Letter{.kind = LetterKind::notice, .to_user = plan.owner()->id});
  }
  return plan.finish(Outcome::lead, "made by hand by " + by);
}

Decision decide_retry(const Inquiry& inquiry, const Lead* lead, const Rules& rules, Time now) {
  const Snapshot nothing;
  const Scene scene{inquiry, nothing, rules, now};
  auto plan = plan_for(scene);
  if (lead == nullptr) return plan.finish(Outcome::ignored, "read at last; it was set aside and no lead stands for it");
  plan.begin(*lead);
  const auto writer = writer_of(inquiry, rules);
  plan.record({.type = EventType::fields, .by = "admin", .text = "read at last: " + headline(inquiry)},
              {{"unreadable", ""}});
  record_findings(plan, scene, writer);
  if (const auto* const owner = plan.owner()) {
    plan.send(Letter{.kind = LetterKind::copy,
                     .cause = "retry:" + inquiry.fingerprint,
                     .to_user = owner->id,
                     .text = inquiry.reply.empty() ? inquiry.text : inquiry.reply,
                     .subject = inquiry.subject});
  }
  return plan.finish(Outcome::threaded, "read at last");
}

}  // namespace leadmail::leads
