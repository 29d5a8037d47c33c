#include "core/leads/reassign.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/calendar.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/service_level.h"

namespace leadmail::leads {
namespace {

bool is_customer(const Lead& lead) { return lead.status() == Status::converted || lead.value("customer") == "yes"; }

void add_owners(std::vector<EarlierOwner>& owners, const std::vector<Lead>& leads, LeadId but, bool same_person) {
  for (const auto& lead : leads) {
    if (lead.id == but || lead.owner().empty()) continue;
    owners.push_back({std::string(lead.owner()), same_person, is_customer(lead)});
  }
}

std::string watched_by(const Assignment& chosen, const Rules& rules) {
  const auto rule = std::ranges::find(rules.assign, chosen.rule, &AssignRule::name);
  return rule != rules.assign.end() && watches(*rule) ? chosen.rule : std::string{};
}

std::string cause_of(const Plan& plan, const Assignment& chosen) {
  return chosen.rule.empty() ? "team of mailbox " + plan.occasion().mailbox : "rule " + chosen.rule;
}

}  // namespace

AssignInput input_for(Fields& fields, const Lead& lead, const Snapshot& known, const Rules& rules, Time now) {
  AssignInput input{.fields = &fields,
                    .mailbox = rules.mailbox(lead.value("mailbox")),
                    .rotations = known.rotations.get(),
                    .open_leads = &known.open_leads,
                    .now = now,
                    .absences = &known.absences};
  add_owners(input.earlier, known.by_address, lead.id, true);
  add_owners(input.earlier, known.by_organisation, lead.id, false);
  return input;
}

void record_assignment(Plan& plan, const Assignment& chosen, const AssignInput& input, const std::string& by,
                       const MakeLetter& make_letter) {
  if (!chosen.is_decided()) return;
  const auto before = std::string(plan.lead().owner());
  const auto back = chosen.until ? std::to_string(to_unix(*chosen.until)) : std::string{};
  plan.record({.type = EventType::assigned, .by = by, .cause = cause_of(plan, chosen), .text = chosen.reason},
              {{"owner", chosen.user},
               {"offered", chosen.team},
               {std::string(sla::kRule), watched_by(chosen, plan.rules())},
               {std::string(sla::kWaitsFor), chosen.waits_for},
               {std::string(sla::kBack), back}});
  if (chosen.turn) plan.add(*chosen.turn);
  if (const auto* const owner = plan.rules().user(chosen.user))
    hand_over_next(plan, before, *owner, {.by = by, .cause = cause_of(plan, chosen)});
  if (!chosen.user.empty()) plan.send(make_letter(LetterKind::notice, chosen.user));
  if (chosen.team.empty()) return;
  for (const auto* const user : to_be_offered(chosen.team, input, plan.rules())) {
    plan.send(make_letter(LetterKind::offer, user->id));
  }
}

void take_from_owner(Plan& plan, const AssignRule& rule) {
  const auto before = std::string(plan.lead().owner());
  const auto* const mailbox = plan.rules().mailbox(plan.lead().value("mailbox"));
  const bool is_open = is_set_by_mail(plan.lead().status()) && plan.lead().owed();
  const auto team = mailbox == nullptr || !is_open ? std::string{} : mailbox->team;
  Values values{{"owner", ""}, {"offered", team}};
  for (const auto field : sla::kAll) values.emplace_back(field, "");
  values.emplace_back(sla::kTakenFrom, before);
  plan.record({.type = EventType::assigned,
               .by = "rule",
               .cause = "rule " + rule.name,
               .text = "taken from " + before + " by rule " + rule.name},
              values);
  const AssignInput input{.now = plan.now(), .not_to = before};
  for (const auto* const user : to_be_offered(team, input, plan.rules())) {
    plan.send(Letter{.kind = LetterKind::offer,
                     .to_user = user->id,
                     .subject = std::string(plan.lead().value("last.in.subject")),
                     .warning = say(Phrase::lost_its_owner, user->language, {rule.name})});
  }
}

}  // namespace leadmail::leads
