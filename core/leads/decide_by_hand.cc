// What an administrator does with the tool: a lead made by hand, a message read at last.
#include <algorithm>
#include <optional>

#include "core/leads/address.h"
#include "core/leads/assign.h"
#include "core/leads/beginnings.h"
#include "core/leads/deciding.h"
#include "core/leads/held.h"
#include "core/leads/organisation.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

/// Values that are written as they are, beside the fields that #set knows.
bool is_plain_list(std::string_view field) { return field == "tags" || field == "addresses"; }

/// The field as #set would find it, or one of the few that only a new lead is given so; nothing: by other means.
std::optional<FieldSpec> field_for(const std::string& name, const RecordSpec& record) {
  const auto fields = settable_fields(record);
  const auto found = std::ranges::find(fields, name, &FieldSpec::name);
  if (found != fields.end()) return *found;
  if (name == "owner" || name == "mailbox" || is_plain_list(name)) return FieldSpec{.name = name};
  return std::nullopt;
}

/// "trade fair, vip" is two lines.
std::string as_list(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    if (const auto one = one_line(trim(text.substr(0, end))); !one.empty()) lines += (lines.empty() ? "" : "\n") + one;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The wish's fields as the lead keeps them.
Result<Values> read_fields(const NewLead& wish, const Rules& rules, Time now) {
  const WhenContext context{.now = now, .zone = rules.timezone, .language = rules.language};
  Values values;
  for (const auto& [name, text] : wish.fields) {
    const auto field = field_for(name, rules.record);
    if (!field) return Error{Next::give_up, "field " + one_line(name, 40) + " is not set by hand"};
    if (name == "owner" && rules.user(text) == nullptr) return Error{Next::give_up, "no such user: " + text};
    if (name == "mailbox" && rules.mailbox(text) == nullptr) return Error{Next::give_up, "no such mailbox: " + text};
    auto value = read_value(*field, text, context, rules.record);
    if (!value) return std::move(value.error()).in("field " + name);
    if (name == "owner") value = to_lower(text);
    if (name == "tags") value = as_list(text);
    values.emplace_back(name, std::move(*value));
  }
  const auto is = [&](std::string_view field, std::string_view value) {
    return std::ranges::find(values, Values::value_type(field, value)) != values.end();
  };
  const bool has_company =
      std::ranges::any_of(values, [](const auto& v) { return v.first == "company" && !v.second.empty(); });
  if (is("type", "organization") && !has_company)
    return Error{Next::give_up, "an organization needs a company name: company=NAME"};
  return values;
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
  constexpr int kFewestDigits = 5;
  const auto digits = std::ranges::count_if(wish.phone, [](char c) { return c >= '0' && c <= '9'; });
  if (!wish.phone.empty() && digits < kFewestDigits) return Error{Next::give_up, "not a phone number: " + wish.phone};
  if (rules.user_with_address(wish.email) != nullptr || rules.mailbox_with_address(wish.email) != nullptr) {
    return Error{Next::give_up, wish.email + " is one of our own addresses"};
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

Values values_of(const NewLead& wish, const Values& fields, const Mailbox* mailbox, Time now) {
  const auto email = with_lower_domain(wish.email);
  const auto name = one_line(wish.name.empty() ? std::string(local_part_of(wish.email)) : wish.name);
  Values values{{"mailbox", mailbox == nullptr ? std::string() : mailbox->name},
                {"status", "lead"},
                {"type", "person"},
                {"source", "hand"},
                {"name", name},
                {"contact.1.name", name},
                {"first_contact_at", std::to_string(to_unix(now))}};
  if (mailbox != nullptr && !mailbox->campaign.empty()) values.emplace_back("campaign", mailbox->campaign);
  if (mailbox != nullptr && !mailbox->language.empty()) values.emplace_back("language", mailbox->language);
  if (!email.empty()) values.emplace_back("contact.1.emails", email);
  values.emplace_back("domain", colleagues_domain(email));
  if (!wish.phone.empty()) {
    values.emplace_back("phones", one_line(wish.phone));
    values.emplace_back("contact.1.phones", one_line(wish.phone));
  }
  for (const auto& [field, value] : fields) {
    std::erase_if(values, [&](const auto& entry) { return entry.first == field; });
    values.emplace_back(field, value);
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
  const auto fields = read_fields(wish, rules, now);
  if (!fields) return fields.error();
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
  auto values = values_of(wish, *fields, rules.mailbox(mailbox), now);
  add_history(values, known.by_address);
  add_planned_steps(values, rules, now);
  plan.record({.type = EventType::captured, .by = by, .text = "made by hand"}, values);
  record_colleagues(plan, scene);
  if (plan.owner() == nullptr) {
    assign_owner(plan, scene);
  } else {
    plan.send(Letter{.kind = LetterKind::notice, .to_user = plan.owner()->id});
  }
  return plan.finish(Outcome::lead, "made by hand by " + by);
}

Decision decide_retry(const Inquiry& inquiry, const Lead* lead, const Snapshot& known, const Rules& rules, Time now) {
  const bool is_ours = inquiry.in_sent_folder || rules.user_with_address(inquiry.from.address) != nullptr ||
                       is_administrator(inquiry.from.address, rules);
  if (lead == nullptr && !is_ours) {
    auto decision = decide(inquiry, known, rules, now);
    erase_acknowledgements(decision);
    return decision;
  }
  const Snapshot nothing;
  const Scene scene{inquiry, nothing, rules, now};
  auto plan = plan_for(scene);
  if (lead == nullptr)
    return plan.finish(Outcome::ignored, "read at last; what a user wrote is not carried out so late");
  plan.begin(*lead);
  const auto writer = writer_of(inquiry, rules);
  plan.record({.type = EventType::fields, .by = "admin", .text = "read at last: " + headline(inquiry)},
              {{"unreadable", ""}});
  record_findings(plan, scene, writer);
  if (const auto* const owner = plan.owner()) {
    plan.send(Letter{.kind = LetterKind::copy,
                     .cause = "retry:" + inquiry.fingerprint,
                     .to_user = owner->id,
                     .text = text_to_show(inquiry),
                     .subject = inquiry.subject});
  }
  return plan.finish(Outcome::threaded, "read at last");
}

}  // namespace leadmail::leads
