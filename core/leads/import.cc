#include "core/leads/import.h"

#include "core/leads/deciding.h"
#include "core/leads/reminding.h"

namespace leadmail::leads {
namespace {

/// A next contact that nobody is named for is the owner's, and one that is past is due at once: none stands there
/// without a word to anybody. What we exported ourselves is kept to the letter.
void plan_next(Plan& plan, const std::string& by, bool completes) {
  const auto next = plan.lead().next();
  if (!next) return;
  if (next->by.empty() && completes && plan.owner() != nullptr) {
    plan.record({.type = EventType::fields, .by = by, .text = "the owner makes it"}, {{"next.by", plan.owner()->id}});
  }
  const auto who = std::string(plan.lead().value("next.by"));
  plan.add(PlanReminder{LeadRef{}, next->at, who, wake_time(next->at, who, plan.rules())});
}

}  // namespace

Decision decide_import(const ImportRow& row, const ImportWish& wish, std::optional<LeadId> related, const Rules& rules,
                       Time now, const Snapshot& known) {
  const auto cause = "import of " + wish.file + ", line " + std::to_string(row.line);
  Inquiry inquiry;
  inquiry.received = now;
  inquiry.fingerprint = cause + " " + std::to_string(to_unix(now));
  const auto mailbox = row.values.find("mailbox");
  if (mailbox != row.values.end()) inquiry.mailbox = mailbox->second;
  const Scene scene{inquiry, known, rules, now};
  Plan plan(rules, Occasion{.now = now,
                            .at = row.created == Time{} ? now : row.created,
                            .key = inquiry.fingerprint,
                            .cause = cause,
                            .mailbox = inquiry.mailbox,
                            .silent = !wish.assigns});
  plan.open();
  Values values;
  for (const auto& [field, value] : row.values) {
    if (field != "related") values.emplace_back(field, value);
  }
  if (related) values.emplace_back("related", to_string(*related));
  plan.record({.type = EventType::captured, .by = wish.by, .text = "imported"}, values);
  if (wish.assigns && plan.owner() == nullptr) assign_owner(plan, scene);
  plan_next(plan, wish.by, row.old_lead.empty());
  return plan.finish(Outcome::lead, cause);
}

}  // namespace leadmail::leads
