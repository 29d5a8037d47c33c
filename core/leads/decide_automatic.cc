// Mail that no person wrote: recorded where it belongs, never answered, no status changed. RFC 3834
#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/dead_address.h"
#include "core/leads/deciding.h"
#include "core/leads/organisation.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

Outcome outcome_of(Nature nature) {
  switch (nature) {
    case Nature::bounce: return Outcome::bounce;
    case Nature::bulk: return Outcome::list;
    case Nature::calendar: return Outcome::calendar;
    case Nature::personal:
    case Nature::form:
    case Nature::auto_reply:
    case Nature::complaint:
    case Nature::receipt: return Outcome::automatic;
  }
  return Outcome::automatic;
}

/// The lead of a mail of ours that came back. Only a Message-ID that we signed ties it: anybody can write a bounce.
const Lead* lead_of_bounce(const Scene& scene) {
  const auto& id = scene.inquiry.failed_message_id;
  const auto token = token_in(id);
  const auto known = std::ranges::find(scene.known.by_message_id, id, &Match::message_id);
  if (!token || known == scene.known.by_message_id.end()) return nullptr;
  // To whom it went is not said: a prospect, or one of the users.
  const auto is_signed = [&](std::string_view user) {
    return std::ranges::any_of(scene.rules.mailboxes, [&](const Mailbox& mailbox) {
      return verify_token(*token, user, mailbox.name, scene.rules.tokens, scene.now).has_value();
    });
  };
  const bool ours =
      is_signed({}) || std::ranges::any_of(scene.rules.users, [&](const User& u) { return is_signed(u.id); });
  return ours ? &known->lead : nullptr;
}

/// The owner hears of it; of a user's own address the administrators do, and of theirs nobody: a mail about a mail that
/// can't arrive would come back for ever.
void tell_of_failure(Plan& plan, const FailedRecipient& failed, const std::string& what) {
  const auto& admins = plan.rules().admins;
  if (std::ranges::find(admins, failed.address) != admins.end()) return;
  const auto* const owner = plan.owner();
  const bool is_user = plan.rules().user_with_address(failed.address) != nullptr;
  Letter letter{.kind = LetterKind::bounced, .text = what, .quoted_from = {{}, failed.address}};
  letter.cause = "bounced:" + plan.occasion().key + ":" + failed.address;
  if (owner == nullptr || is_user) {
    letter.kind = LetterKind::alert;
  } else {
    letter.to_user = owner->id;
  }
  plan.send(std::move(letter));
}

/// Whether our mail went there at all: a report can name whom it likes, but only of its own reader it is believed.
bool went_to(const Scene& scene, const std::string& address) {
  const auto wanted = to_lower(address);
  return std::ranges::any_of(scene.known.recipients_of_failed,
                             [&](const std::string& recipient) { return to_lower(recipient) == wanted; });
}

void record_failure(Plan& plan, const Scene& scene, const FailedRecipient& failed) {
  const auto what = failed.address + ": " + one_line(failed.status + " " + failed.diagnostic);
  if (went_to(scene, failed.address)) {
    record_failed_delivery(plan, failed.address, says_that_it_is_dead(failed.status, failed.diagnostic), what);
  } else {
    plan.record({.type = EventType::flagged, .by = "rule", .text = "could not be delivered to " + what});
  }
  tell_of_failure(plan, failed, what);
}

/// Which failure of which mail a report tells of: one mail that is reported again and again has failed once.
std::string failure_told(const Scene& scene, const FailedRecipient& failed) {
  return scene.inquiry.failed_message_id + " " + to_lower(failed.address) +
         (says_that_it_is_dead(failed.status, failed.diagnostic) ? " dead" : " failed");
}

/// The failures that were told of already, of the last mail that failed.
std::vector<std::string> failures_known(const Scene& scene, const Lead& lead) {
  constexpr std::size_t kMost = 50;
  auto known = lines_of(lead.value("last.failures"));
  std::erase_if(known,
                [&](const std::string& line) { return !line.starts_with(scene.inquiry.failed_message_id + " "); });
  if (known.size() > kMost) known.resize(kMost);
  return known;
}

/// Somebody told his provider that our mail is spam: nothing automatic goes there any more, and the owner decides.
void record_complaint(Plan& plan, const Scene& scene) {
  for (const auto& address : scene.known.recipients_of_failed) {
    if (plan.rules().user_with_address(address) != nullptr) continue;
    const auto what = address + ": reported our mail as spam";
    plan.record({.type = EventType::flagged, .by = "rule", .text = what});
    plan.mark_address(address, true, "reported our mail as spam");
    tell_of_failure(plan, {.address = address}, what);
  }
}

/// A report about a mail of ours. RFC 3464, RFC 5965
Decision decide_report(const Scene& scene) {
  auto plan = plan_for(scene);
  const bool is_bounce = scene.inquiry.nature == Nature::bounce;
  const auto outcome = outcome_of(scene.inquiry.nature);
  const std::string step(name(scene.inquiry.nature));
  const auto* const lead = lead_of_bounce(scene);
  if (lead == nullptr) {
    plan.saw(step, "names no mail of ours", true);
    return plan.finish(outcome, "names no mail of ours: nothing is believed");
  }
  plan.begin(*lead);
  plan.saw(step, "of our mail <" + scene.inquiry.failed_message_id + ">", true);
  auto known = failures_known(scene, *lead);
  std::vector<const FailedRecipient*> fresh;
  for (const auto& failed : scene.inquiry.failed) {
    auto line = failure_told(scene, failed);
    if (!is_bounce || failed.action != "failed" || std::ranges::find(known, line) != known.end()) continue;
    fresh.push_back(&failed);
    known.push_back(std::move(line));
  }
  std::string failures;
  for (const auto& line : known) failures += (failures.empty() ? "" : "\n") + line;
  plan.record({.type = EventType::mail_in,
               .by = "mail system",
               .text = headline(scene.inquiry),
               .message_id = scene.inquiry.message_id,
               .direction = "in"},
              {{"last.failures", failures}});
  if (!is_bounce) record_complaint(plan, scene);
  for (const auto* const failed : fresh) record_failure(plan, scene, *failed);
  return plan.finish(outcome, "of our mail on " + to_string(lead->id));
}

}  // namespace

Decision decide_automatic(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  if (inquiry.nature == Nature::bounce || inquiry.nature == Nature::complaint) return decide_report(scene);
  if (auto away = decide_out_of_office(scene)) return std::move(*away);

  auto plan = plan_for(scene);
  const auto reason =
      std::string(name(inquiry.nature)) + (inquiry.nature_reason.empty() ? "" : ": " + inquiry.nature_reason);
  const auto found = inquiry.nature == Nature::bulk
                         ? std::nullopt
                         : match(inquiry, inquiry.from, scene.known, scene.rules, scene.now).found;
  if (!found && (inquiry.nature == Nature::bulk || inquiry.nature == Nature::auto_reply)) {
    if (!scene.known.blocked.empty()) return ignore_blocked(scene);
    const auto doubt = reason_to_hold(inquiry, scene.rules);
    if (!doubt.empty()) return hold(scene, writer_of(inquiry, scene.rules), doubt);
  }
  if (!found) return plan.finish(outcome_of(inquiry.nature), reason);

  plan.begin(*found->lead);
  plan.saw(found->step, found->what + " -> " + to_string(found->lead->id), true);
  plan.record({.type = EventType::mail_in,
               .by = is_participant(*found->lead, inquiry.from.address) ? "prospect" : inquiry.from.address,
               .text = std::string(name(inquiry.nature)) + ": " + headline(inquiry),
               .message_id = inquiry.message_id,
               .direction = "in"});
  return plan.finish(outcome_of(inquiry.nature), reason);
}

}  // namespace leadmail::leads
