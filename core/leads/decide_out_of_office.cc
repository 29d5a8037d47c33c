// A rep's automatic answer tells when he is back: until then he is away.
#include <algorithm>

#include "core/leads/authority.h"
#include "core/leads/availability.h"
#include "core/leads/deciding.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr days kLongest{400};  // a year and its holidays: what is further is a mistake in reading

}  // namespace

std::optional<Decision> decide_out_of_office(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  const auto* const user = scene.rules.user_with_address(inquiry.from.address);
  if (inquiry.nature != Nature::auto_reply || user == nullptr || inquiry.is_history) return std::nullopt;
  const bool has_token = !verified_tokens(inquiry, user->id, scene.rules, scene.now).empty();
  const auto* const mailbox = scene.rules.mailbox(inquiry.mailbox);
  auto plan = plan_for(scene);
  if (const auto failed = first_failure(Action::calendar_answer, facts_of(inquiry, user, has_token, mailbox))) {
    plan.saw("out of office", "of " + user->id + ", not believed: " + std::string(name(*failed)), true);
    return plan.finish(Outcome::automatic, "an automatic answer in the name of " + user->id + ", not believed");
  }
  const auto today = day_of(scene.now, user->timezone);
  if (!inquiry.returns || sys_days{*inquiry.returns} <= sys_days{today} ||
      sys_days{*inquiry.returns} - sys_days{today} > kLongest) {
    plan.saw("out of office", "of " + user->id + ", says no day of return", true);
    return plan.finish(Outcome::automatic, "out of office: " + user->id + ", without a day of return");
  }
  const year_month_day until{sys_days{*inquiry.returns} - days{1}};
  plan.saw("out of office", user->id + " is back on " + to_text(*inquiry.returns), true);
  const bool is_known = std::ranges::any_of(scene.known.absences, [&](const auto& absence) {
    return absence.first == user->id && absence.second.from <= today && absence.second.until == until;
  });
  if (!is_known) plan.add(MarkAway{.user = user->id, .from = today, .until = until});
  return plan.finish(Outcome::automatic, "out of office: " + user->id + " is away until " + to_text(until));
}

}  // namespace leadmail::leads
