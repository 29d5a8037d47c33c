#include "core/leads/execute.h"

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
  if (!turn.plan.has_lead()) return turn.refuse(say(Phrase::no_lead, turn.language()));
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
    default: return turn.refuse(say(Phrase::not_yet, turn.language(), {verb_name(command.verb, turn.language())}));
  }
}

}  // namespace

Executed execute(const std::vector<Command>& commands, const User& user, Plan& plan, std::string& below) {
  Turn turn{.user = user, .plan = plan, .below = below};
  for (const auto& command : commands) {
    do_one(turn, command);
    if (!turn.result.refused.empty()) return {.refused = one_line(command.line, 60) + ": " + turn.result.refused};
  }
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
