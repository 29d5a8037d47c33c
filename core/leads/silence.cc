#include "core/leads/silence.h"

#include <algorithm>

#include "core/leads/assign.h"
#include "core/leads/plan.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostReasons = 3;

/// The reasons that the company lists, else the usual one.
std::vector<std::string> reasons(const RecordSpec& record) {
  const auto list = record.lists.find("lost_reason");
  if (list == record.lists.end() || list->second.empty()) return {"no answer"};
  const auto& all = list->second;
  return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(kMostReasons, all.size()))};
}

std::string mailbox_of(const Lead& lead, const Rules& rules) {
  auto name = std::string(lead.value("mailbox"));
  if (rules.mailbox(name) != nullptr || rules.mailboxes.empty()) return name;
  return rules.mailboxes.front().name;
}

}  // namespace

std::optional<Time> silent_since(const Rules& rules, Time now) {
  if (rules.close_after <= std::chrono::days{0}) return std::nullopt;
  return now - rules.close_after;
}

Decision decide_silent(const Lead& lead, const Rules& rules, Time now) {
  const auto key = to_string(lead.id) + ":" + std::to_string(to_unix(now));
  const auto mailbox = mailbox_of(lead, rules);
  Plan plan(rules, Occasion{.now = now, .at = now, .key = key, .cause = "clock", .mailbox = mailbox});
  plan.begin(lead);
  const auto* who = plan.owner();
  if (who == nullptr) who = team_fallback(rules.mailbox(mailbox), rules, now);
  if (lead.status() != Status::replied || lead.next() || who == nullptr || !lead.value("merged").empty())
    return plan.finish(Outcome::ignored, "nothing to ask");
  const auto days = std::to_string(rules.close_after.count());
  plan.record(
      {.type = EventType::reminded, .by = "clock", .text = "silent for " + days + " days: " + who->id + " is asked"});
  Letter letter{.kind = LetterKind::proposal,
                .to_user = who->id,
                .text = days,
                .subject = std::string(lead.value("last.in.subject"))};
  for (const auto& reason : reasons(rules.record)) letter.actions.push_back({{}, "#lost " + reason});
  letter.actions.push_back({{}, "#next in 7 days"});
  plan.send(std::move(letter));
  return plan.finish(Outcome::threaded, "silent for " + days + " days");
}

}  // namespace leadmail::leads
