// Somebody does not want our mail: by a newsletter's unsubscribe address, or in his own words.
#include <algorithm>

#include "core/leads/deciding.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kFewWords = 12;  // "unsubscribe", a line of the provider, no letter

/// The lead whose newsletters this mail ends; nothing for all other mail.
const Lead* unsubscribed_lead(const Scene& scene) {
  for (const auto& [token, where] : verified_tokens(scene.inquiry, {}, scene.rules, scene.now)) {
    if (token.purpose != Purpose::unsubscribe || (where != "recipient" && where != "subject")) continue;
    if (const auto* const lead = scene.known.named(token.lead)) return lead;
  }
  return nullptr;
}

bool says_more(const Inquiry& inquiry) {
  if (inquiry.nature != Nature::personal || inquiry.unreadable) return false;
  std::size_t words = 0;
  for (auto rest = trim(inquiry.reply); !rest.empty() && words <= kFewWords; ++words) take_word(rest);
  return words > kFewWords;
}

}  // namespace

std::optional<Decision> decide_unsubscribe(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  const auto nature = inquiry.nature;
  if (inquiry.in_sent_folder || nature == Nature::bounce || nature == Nature::complaint || nature == Nature::receipt)
    return std::nullopt;
  if (scene.rules.user_with_address(inquiry.from.address) != nullptr || says_more(inquiry)) return std::nullopt;
  const auto* const lead = unsubscribed_lead(scene);
  if (lead == nullptr) return std::nullopt;
  auto plan = plan_for(scene);
  plan.begin(*lead);
  plan.saw("unsubscribe", "our signed address -> " + to_string(lead->id), true);
  plan.record({.type = EventType::mail_in,
               .by = is_participant(*lead, inquiry.from.address) ? "prospect" : inquiry.from.address,
               .text = headline(inquiry),
               .message_id = inquiry.message_id,
               .direction = "in"});
  plan.record_change({.type = EventType::fields, .by = "prospect", .text = "ended newsletters"},
                     {{"newsletter", "no"}});
  return plan.finish(Outcome::threaded, "ends newsletters to " + to_string(lead->id));
}

std::optional<OptOut> opt_out_of(const Scene& scene, const Lead& lead) {
  const auto& inquiry = scene.inquiry;
  const bool is_his = inquiry.nature == Nature::personal && !inquiry.forwarded_from && !inquiry.unreadable;
  if (!is_his || lead.status() == Status::do_not_contact) return std::nullopt;
  return inquiry.opt_out.of(inquiry.reply);
}

void record_opt_out(Plan& plan, const OptOut& wish) {
  plan.saw("opt-out", wish.language + ": " + wish.sentence);
  plan.record({.type = EventType::flagged, .by = "rule", .text = "asks not to be written to: " + wish.sentence},
              {{"newsletter", "no"}});
}

}  // namespace leadmail::leads
