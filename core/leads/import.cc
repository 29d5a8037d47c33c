#include "core/leads/import.h"

#include "core/leads/deciding.h"

namespace leadmail::leads {

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
  if (const auto next = plan.lead().next()) {
    if (const auto* const user = rules.user(next->by); user != nullptr && next->at > now)
      plan.add(PlanReminder{LeadRef{}, next->at, user->id});
  }
  if (wish.assigns && plan.owner() == nullptr) assign_owner(plan, scene);
  return plan.finish(Outcome::lead, cause);
}

}  // namespace leadmail::leads
