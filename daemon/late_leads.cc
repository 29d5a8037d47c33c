#include "daemon/late_leads.h"

#include "core/leads/service_level.h"
#include "daemon/letters.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

constexpr int kAtOnce = 500;

bool is_overdue_letter(const leads::Effect& effect) {
  const auto* const send = std::get_if<leads::SendLetter>(&effect);
  return send != nullptr && send->letter.kind == leads::LetterKind::overdue;
}

/// Takes the letters out that are to be sent together.
void take_overdue(leads::Decision& decision, const leads::Lead& lead, std::vector<leads::OverdueLetter>& letters) {
  for (auto& effect : decision.effects) {
    if (is_overdue_letter(effect)) letters.push_back({std::get<leads::SendLetter>(effect).letter, lead});
  }
  std::erase_if(decision.effects, is_overdue_letter);
}

Result<int> see_to_some(Engine& engine, store::Transaction& transaction) {
  const auto settings = engine.settings();
  const auto& rules = settings->config.rules;
  const Time now = engine.now();
  auto late = transaction.late_leads(now, kAtOnce);
  if (!late) return std::move(late.error());
  std::vector<leads::OverdueLetter> letters;
  for (const auto& lead : *late) {
    // Read anew for each: who got the last one has one more.
    auto known = transaction.snapshot(leads::assignment_query(rules), now);
    if (!known) return std::move(known.error());
    auto mail = transaction.last_inquiry(lead);
    if (!mail) return std::move(mail.error());
    auto decision = leads::decide_late(lead, *known, rules, now, *mail ? &**mail : nullptr);
    log("late-lead", std::to_string(decision.effects.size()) + " things are done about it",
        {{"LEAD", to_string(lead.id)}}, leads::describe(decision));
    take_overdue(decision, lead, letters);
    LetterWriter writer(*settings, now);
    auto applied = transaction.apply(decision, now, writer);
    if (!applied) return std::move(applied.error()).in("seeing to " + to_string(lead.id));
  }
  if (!letters.empty()) {
    LetterWriter writer(*settings, now);
    auto applied = transaction.apply(leads::decide_overdue_mail(std::move(letters), rules, now), now, writer);
    if (!applied) return std::move(applied.error()).in("telling what is late");
  }
  return static_cast<int>(late->size());
}

}  // namespace

Result<int> see_to_late_leads(Engine& engine) {
  int total = 0;
  for (int seen = kAtOnce; seen == kAtOnce; total += seen) {
    auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
      auto some = see_to_some(engine, transaction);
      if (!some) return std::move(some.error());
      seen = *some;
      return {};
    });
    if (!done) return std::move(done.error());
  }
  if (total > 0) engine.tell_news();
  return total;
}

}  // namespace leadmail::daemon
