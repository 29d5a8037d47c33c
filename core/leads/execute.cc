#include "core/leads/execute.h"

#include <algorithm>

#include "core/leads/asked.h"
#include "core/leads/fold.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

void do_one(Turn& turn, const Command& command) {
  if (command.verb == Verb::help) {
    turn.result.text = help_text(turn.language());
    return;
  }
  if (!row_of(command.verb).can_be_done) {
    return turn.refuse(say(Phrase::not_yet, turn.language(), {verb_name(command.verb, turn.language())}));
  }
  if (turn.around.at_tool) {
    if (command.verb == Verb::accept || command.verb == Verb::block) {
      const auto* const own = command.verb == Verb::accept ? "leadmail held accept ID" : "leadmail held block ID";
      return turn.refuse(Phrase::at_tool, {verb_name(command.verb, turn.language()), own});
    }
    if (command.verb == Verb::confirm)
      return turn.refuse(Phrase::by_mail_only, {verb_name(Verb::confirm, turn.language())});
  }
  switch (command.verb) {
    case Verb::create: return do_new(turn, command);
    case Verb::show: return do_show(turn, command);
    case Verb::list: return do_list(turn, command);
    case Verb::find: return do_find(turn, command);
    case Verb::away: return do_away(turn, command);
    case Verb::undo: return do_undo(turn, command);
    default: break;
  }
  if (!turn.plan.has_lead()) {
    if (turn.around.at_tool) return turn.refuse(Phrase::names_no_lead, {verb_name(command.verb, turn.language())});
    return turn.refuse(Phrase::no_lead);
  }
  switch (command.verb) {
    case Verb::next: return do_next(turn, command);
    case Verb::snooze: return do_snooze(turn, command);
    case Verb::status: return do_status(turn, command);
    case Verb::assign: return do_assign(turn, command);
    case Verb::note: return do_note(turn, command);
    case Verb::contact: return do_contact(turn, command);
    case Verb::address: return do_address(turn, command);
    case Verb::set: return do_set(turn, command);
    case Verb::tag: return do_tag(turn, command);
    case Verb::qualify: return do_qualify(turn, command);
    case Verb::score: return do_score(turn, command);
    case Verb::step: return do_step(turn, command);
    case Verb::opportunity: return do_opportunity(turn, command);
    case Verb::stage: return do_stage(turn, command);
    case Verb::quote: return do_quote(turn, command);
    case Verb::lost: return do_lost(turn, command);
    case Verb::won: return do_won(turn, command);
    case Verb::order: return do_order(turn, command);
    case Verb::customer: return do_customer(turn, command);
    case Verb::dnc: return do_dnc(turn, command);
    case Verb::claim: return do_claim(turn, command);
    case Verb::event: return do_event(turn, command);
    case Verb::merge: return do_merge(turn, command);
    case Verb::split: return do_split(turn);
    case Verb::move: return do_move(turn, command);
    default: return turn.refuse(say(Phrase::not_yet, turn.language(), {verb_name(command.verb, turn.language())}));
  }
}

bool only_looks(Verb verb) {
  return verb == Verb::show || verb == Verb::list || verb == Verb::find || verb == Verb::help;
}

/// What puts right what was done before is a step of its own.
bool stands_alone(Verb verb) {
  return verb == Verb::merge || verb == Verb::split || verb == Verb::move || verb == Verb::undo ||
         verb == Verb::confirm;
}

/// "#next, #status": what people are told was done.
std::string verbs_of(const std::vector<Command>& commands) {
  std::string list;
  for (const auto& command : commands) {
    if (!only_looks(command.verb)) list += (list.empty() ? "" : ", ") + verb_name(command.verb, "en");
  }
  return list;
}

/// From here on all that is done can be taken back by one number. Undoing is no deed: it is done again by hand.
std::optional<std::size_t> begin_deed(Turn& turn, const std::vector<Command>& commands) {
  const auto* const answered = turn.around.answered;
  auto verbs = verbs_of(commands);
  if (answered == nullptr || !answered->is_read || verbs.empty() || commands.front().verb == Verb::undo)
    return std::nullopt;
  const auto verb = commands.front().verb;
  const bool repairs = verb == Verb::merge || verb == Verb::split || verb == Verb::move;
  const auto place = turn.plan.effects().size();
  turn.plan.add(KeepDeed{answered->next_deed, turn.user.id, std::move(verbs), repairs ? answered->next_repair : 0});
  return place;
}

/// Where nothing was done, there is nothing to take back.
void end_deed(Turn& turn, std::size_t place) {
  const auto& effects = turn.plan.effects();
  const auto counts = [](const Effect& effect) {
    return std::holds_alternative<Record>(effect) || std::holds_alternative<MarkAway>(effect);
  };
  if (std::any_of(effects.begin() + static_cast<std::ptrdiff_t>(place), effects.end(), counts)) {
    turn.result.deed = turn.around.answered->next_deed;
  } else {
    turn.plan.drop(place);
  }
}

}  // namespace

Executed execute(const std::vector<Command>& commands, const User& user, Plan& plan, std::string& below,
                 const Circumstances& around) {
  Turn turn{.user = user, .plan = plan, .below = below, .around = around};
  for (const auto& command : commands) {
    if (!stands_alone(command.verb) || (commands.size() == 1 && below.empty())) continue;
    return {.refused = say(Phrase::stands_alone, user.language, {verb_name(command.verb, user.language)})};
  }
  const auto deed = begin_deed(turn, commands);
  for (const auto& command : commands) {
    const auto results = turn.result.results.size();
    const auto said = turn.result.text.size();
    const auto looks = turn.result.looks;
    const auto effects = plan.effects().size();
    do_one(turn, command);
    const bool is_told = turn.result.results.size() != results || turn.result.text.size() != said ||
                         turn.result.looks != looks || plan.effects().size() != effects;
    if (!is_told && !turn.is_refused())
      turn.say_also(say(Phrase::nothing_changed, user.language, {verb_name(command.verb, user.language)}));
    if (!turn.result.refused.empty()) return {.refused = one_line(command.line, 60) + ": " + turn.result.refused};
  }
  if (deed) end_deed(turn, *deed);
  return std::move(turn.result);
}

std::string user_list(const Rules& rules) {
  std::string list;
  for (const auto& user : rules.users) list += (list.empty() ? "" : ", ") + user.id;
  return list;
}

const User* read_user(std::string_view text, const Rules& rules) {
  const auto wanted = fold(trim(text));
  if (wanted.empty()) return nullptr;
  if (const auto* const by_id = rules.user(wanted)) return by_id;
  const User* found = nullptr;
  for (const auto& user : rules.users) {
    const auto full = fold(user.name);
    if (full == wanted) return &user;
    if (full.substr(0, full.find(' ')) != wanted) continue;
    if (found != nullptr) return nullptr;  // two of that first name
    found = &user;
  }
  return found;
}

}  // namespace leadmail::leads
