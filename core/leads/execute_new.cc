// #new and #claim: leads that come by telephone, and leads that nobody has yet.
#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/asked.h"
#include "core/leads/beginnings.h"
#include "core/leads/calendar.h"
#include "core/leads/organisation.h"
#include "core/leads/person_words.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

/// Why this person is no prospect; refused then.
bool is_prospect(Turn& turn, const PersonWords& person) {
  const auto& rules = turn.plan.rules();
  if (!person.wrong.empty()) {
    turn.refuse(Phrase::bad_address, {one_line(person.wrong, 60)});
    return false;
  }
  if (person.name.empty() && person.emails.empty() && person.phones.empty()) {
    turn.refuse_short(Verb::create);
    return false;
  }
  for (const auto& email : person.emails) {
    if (rules.user_with_address(email) == nullptr && rules.mailbox_with_address(email) == nullptr) continue;
    turn.refuse(Phrase::own_address, {email});
    return false;
  }
  return true;
}

Values values_of(const Turn& turn, const PersonWords& person) {
  const auto& plan = turn.plan;
  const auto* const mailbox = plan.rules().mailbox(plan.occasion().mailbox);
  const auto email = person.emails.empty() ? std::string{} : person.emails.front();
  const auto name = person.name.empty() ? std::string(local_part_of(email)) : one_line(person.name);
  Values values{{"mailbox", plan.occasion().mailbox},
                {"status", std::string(leads::name(Status::lead))},
                {"type", "person"},
                // Who leads others has it given to one of them by the rules.
                {"owner", turn.user.role == Role::rep ? turn.user.id : std::string()},
                {"name", name},
                {"first_contact_at", std::to_string(to_unix(plan.now()))},
                {"contact.1.name", name},
                {"contact.1.emails", join(person.emails, "\n")},
                {"contact.1.phones", join(person.phones, "\n")},
                {"contact.1.role", person.role},
                {"phones", join(person.phones, "\n")},
                {"by_hand", join(person.emails, "\n")},
                {"attachments", with_files({}, turn.around.attachments)}};
  values.emplace_back("domain", colleagues_domain(email));
  if (!person.more.empty()) values.emplace_back("company", person.more.front());
  if (person.more.size() > 1) values.emplace_back("title", person.more[1]);
  add_planned_steps(values, plan.rules(), plan.now());
  if (turn.around.answered != nullptr) add_history(values, turn.around.answered->same_people);
  if (mailbox != nullptr) {
    values.emplace_back("source", mailbox->source);
    values.emplace_back("campaign", mailbox->campaign);
    values.emplace_back("language", mailbox->language);
  }
  std::erase_if(values, [](const auto& entry) { return entry.second.empty(); });
  return values;
}

}  // namespace

void do_new(Turn& turn, const Command& command) {
  if (turn.around.at_tool)
    return turn.refuse(Phrase::at_tool, {verb_name(Verb::create, turn.language()), "leadmail new"});
  const auto person = read_person(command.arguments);
  if (!is_prospect(turn, person)) return;
  if (turn.opened) return turn.refuse(Phrase::two_commands, {verb_name(Verb::create, turn.language())});
  turn.opened = true;
  auto& plan = turn.plan;
  plan.open();
  const auto values = values_of(turn, person);
  turn.result.keeps_files = true;
  plan.record({.type = EventType::captured,
               .by = turn.user.id,
               .cause = cause_of(Verb::create, plan),
               .text = "by hand",
               .files = turn.around.attachments},
              values);
  constexpr std::array<std::string_view, 8> kTold{
      "name",   "company", "title",       "contact.1.emails",
      "phones", "owner",   "attachments", "qualification.was_customer.note"};
  for (const auto field : kTold) {
    if (const auto value = std::string(plan.lead().value(field)); !value.empty())
      turn.changed(std::string(field), {}, value);
  }
  // What stands below was said on the telephone: it is no mail to anybody.
  if (!turn.below.empty()) {
    const auto text = std::exchange(turn.below, {});
    plan.record({.type = EventType::note,
                 .by = turn.user.id,
                 .cause = cause_of(Verb::create, plan),
                 .text = text,
                 .direction = "internal"});
    turn.changed("note", {}, one_line(text));
  }
  if (turn.around.answered == nullptr) return;
  std::string same;
  for (const auto& lead : turn.around.answered->same_people) {
    if (may_see(turn.user, lead, plan.rules())) same += (same.empty() ? "" : ", ") + to_string(lead.id);
  }
  if (!same.empty()) turn.say_also(say(Phrase::same_address, turn.language(), {same}));
}

void do_claim(Turn& turn, const Command& command) {
  // "#nhan vip" without accents may be the tag or this.
  if (!trim(command.arguments).empty()) {
    return turn.refuse(Phrase::unknown_verb,
                       {one_line(command.line, 40),
                        verb_name(Verb::claim, turn.language()) + ", " + verb_name(Verb::tag, turn.language())});
  }
  const auto owner = std::string(turn.lead().owner());
  const auto* const has = turn.plan.rules().user(owner);
  if (has != nullptr && has->id != turn.user.id) {
    return turn.refuse(Phrase::claimed_already, {to_string(turn.lead().id), has->name});
  }
  if (turn.plan.rules().user(turn.user.id) == nullptr) {
    return turn.refuse(Phrase::unknown_user, {turn.user.id, user_list(turn.plan.rules())});
  }
  if (!may_see(turn.user, turn.lead(), turn.plan.rules())) {
    return turn.refuse(Phrase::no_such_lead, {to_string(turn.lead().id)});
  }
  turn.set(Verb::claim, EventType::assigned, {{"owner", turn.user.id}}, "claimed");
  if (hand_over_next(turn.plan, owner, turn.user, {.by = turn.user.id, .cause = cause_of(Verb::claim, turn.plan)}))
    turn.changed("next.by", owner, turn.user.id);
}

}  // namespace leadmail::leads
