#include "core/leads/newsletter.h"

#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/condition.h"
#include "core/leads/plan.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostTerms = 50;

/// One term off the front: up to a blank outside quotation marks.
std::string_view take_term(std::string_view& rest) {
  rest = trim(rest);
  bool quoted = false;
  std::size_t end = 0;
  while (end < rest.size() && (quoted || rest[end] != ' ')) {
    if (rest[end] == '"') quoted = !quoted;
    ++end;
  }
  const auto term = rest.substr(0, end);
  rest.remove_prefix(end);
  return term;
}

/// "a,\"b c\"" -> a, b c
std::vector<std::string> values_of(std::string_view text) {
  std::vector<std::string> values(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      values.emplace_back();
    } else {
      values.back() += c;
    }
  }
  std::erase_if(values, [](const std::string& value) { return trim(value).empty(); });
  return values;
}

/// A lead is asked by the names of its values; "tag" and "email" are what people say.
std::string field_named(std::string_view name, const Rules& rules) {
  constexpr std::array<std::string_view, 12> kOwn{"status", "owner", "owed",   "mailbox",  "email",   "domain",
                                                  "phone",  "tags",  "phones", "customer", "related", "dead"};
  const auto lower = to_lower(name);
  if (lower == "tag") return "tags";
  if (std::ranges::find(kOwn, lower) != kOwn.end()) return lower;
  const auto fields = settable_fields(rules.record);
  if (std::ranges::find(fields, lower, &FieldSpec::name) != fields.end()) return lower;
  const bool is_numbered = lower.find('.') != std::string::npos;  // opportunity.1.stage, qualification.need.answer
  return is_numbered ? lower : std::string{};
}

Result<Condition> read_term(std::string_view term, const Rules& rules) {
  if (term == "all") return Condition{};
  if (term.starts_with('-')) {
    auto inner = read_term(term.substr(1), rules);
    if (!inner) return inner;
    return Condition{.op = Condition::Op::none_of, .parts = {std::move(*inner)}};
  }
  const auto mark = term.find_first_of("=~");
  Condition condition{.field = field_named(term.substr(0, mark), rules)};
  if (condition.field.empty()) return Error{Next::give_up, "no such field: " + one_line(term.substr(0, mark), 60)};
  condition.op = Condition::Op::exists;
  if (mark == std::string_view::npos) return condition;
  condition.op = term[mark] == '~' ? Condition::Op::contains : Condition::Op::in;
  condition.values = values_of(term.substr(mark + 1));
  if (condition.values.empty()) return Error{Next::give_up, "no value behind " + one_line(term, 60)};
  return condition;
}

}  // namespace

Result<Condition> read_selection(std::string_view query, const Rules& rules) {
  Condition all{.op = Condition::Op::all};
  while (!trim(query).empty()) {
    auto term = read_term(take_term(query), rules);
    if (!term) return term;
    if (all.parts.size() >= kMostTerms) return Error{Next::give_up, "more than 50 terms"};
    all.parts.push_back(std::move(*term));
  }
  if (all.parts.empty()) return Error{Next::give_up, "say whom it is for; \"all\" is everybody"};
  return all;
}

bool is_selected(const Lead& lead, const Condition& selection) {
  const Inquiry nothing;
  Fields fields(nothing, lead);
  return holds(selection, fields);
}

std::string why_no_newsletter(const Lead& lead) {
  if (lead.status() == Status::do_not_contact) return "do not contact";
  if (!lead.value("merged").empty()) return "part of " + std::string(lead.value("merged"));
  if (lead.value("newsletter") == "no") return "wants no newsletters";
  return newsletter_recipient(lead).address.empty() ? "no living address" : std::string{};
}

Person newsletter_recipient(const Lead& lead) {
  const auto dead = lines_of(lead.value("dead"));
  for (const auto& contact : lead.contacts()) {
    for (const auto& email : contact.emails) {
      if (std::ranges::find(dead, email) == dead.end()) return {contact.name, email};
    }
  }
  return {};
}

std::string newsletter_cause(const Newsletter& newsletter, std::string_view address) {
  return "newsletter:" + newsletter.campaign + ":" + to_lower(address);
}

Decision decide_newsletter(const Lead& lead, const Person& to, const Newsletter& newsletter, Time due,
                           const Rules& rules, Time now) {
  auto mailbox = newsletter.mailbox.empty() ? std::string(lead.value("mailbox")) : newsletter.mailbox;
  if (rules.mailbox(mailbox) == nullptr && !rules.mailboxes.empty()) mailbox = rules.mailboxes.front().name;
  const auto cause = newsletter_cause(newsletter, to.address);
  Plan plan(
      rules,
      Occasion{.now = now, .at = now, .key = cause, .cause = "newsletter " + newsletter.campaign, .mailbox = mailbox});
  plan.begin(lead);
  plan.record({.type = EventType::mail_out,
               .by = newsletter.by,
               .text = "newsletter " + newsletter.campaign + " to " + to.address,
               .direction = "out"},
              {{"newsletter.last", newsletter.campaign}});
  plan.send(Letter{.kind = LetterKind::newsletter,
                   .cause = cause,
                   .to = {to},
                   .due = due,
                   .template_name = newsletter.template_name});
  return plan.finish(Outcome::ignored, "newsletter " + newsletter.campaign);
}

}  // namespace leadmail::leads
