// #show, #list, #find: answers about what is in the book, to the user's configured address. Nothing changes. A lead
// that is not his is no lead at all.
#include <algorithm>

#include "core/leads/asked.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

/// False: refused, or there is nothing to look at.
bool can_look(Turn& turn, Verb verb) {
  if (!turn.around.at_tool) return true;
  auto name = verb_name(verb, "en");
  turn.refuse(Phrase::at_tool, {verb_name(verb, turn.language()), "leadmail " + name.substr(1)});
  return false;
}

void send(Turn& turn, Letter letter) {
  letter.to_user = turn.user.id;
  letter.cause =
      std::string(name(letter.kind)) + ":" + turn.plan.occasion().key + ":" + std::to_string(turn.result.looks++);
  turn.plan.send_about(std::move(letter));
}

/// "Pérez, Acme", and a tap to see all of it.
void send_list(Turn& turn, const Command& command) {
  const auto& lists = turn.around.answered->lists;
  const auto index = static_cast<std::size_t>(turn.lists_told++);
  Letter letter{.kind = LetterKind::list, .subject = one_line(command.line, 80)};
  if (index < lists.size()) {
    letter.leads = lists[index].leads;
    letter.more = lists[index].more;
  }
  constexpr std::size_t kMostTaps = 10;
  for (const auto& lead : letter.leads) {
    if (letter.actions.size() == kMostTaps) break;
    letter.actions.push_back({to_string(lead.id), "#show " + to_string(lead.id)});
  }
  send(turn, std::move(letter));
}

}  // namespace

void do_show(Turn& turn, const Command& command) {
  if (!can_look(turn, Verb::show)) return;
  const auto named = read_lead(command.arguments);
  if (!named && !trim(command.arguments).empty()) {
    return turn.refuse(Phrase::no_such_lead, {one_line(command.arguments, 40)});
  }
  const auto id = named.value_or(turn.plan.has_lead() ? turn.lead().id : LeadId{});
  if (!id) return turn.refuse_short(Verb::show);
  if (turn.around.answered == nullptr) return;
  const auto story = turn.around.answered->stories.find(id);
  if (story == turn.around.answered->stories.end() || !may_see(turn.user, story->second.lead, turn.plan.rules())) {
    return turn.refuse(Phrase::no_such_lead, {to_string(id)});
  }
  // What the lines above it have just done is part of the story.
  auto events = story->second.events;
  for (const auto& effect : turn.plan.effects()) {
    const auto* const record = std::get_if<Record>(&effect);
    if (record != nullptr && record->lead.id == id) events.push_back(record->event);
  }
  Letter letter{.kind = LetterKind::show, .lead = id, .subject = std::string(story->second.lead.value("name"))};
  letter.more = events.size() > kMostTold;
  letter.timeline.assign(letter.more ? events.end() - kMostTold : events.begin(), events.end());
  letter.actions = usual_steps(story->second.lead, turn.language());
  send(turn, std::move(letter));
}

void do_list(Turn& turn, const Command& command) {
  if (!can_look(turn, Verb::list)) return;
  std::string wrong;
  if (!read_list(command.arguments, turn.user, turn.plan.rules(), wrong)) {
    return turn.refuse(Phrase::unknown_list, {wrong});
  }
  if (turn.around.answered != nullptr) send_list(turn, command);
}

void do_find(Turn& turn, const Command& command) {
  if (!can_look(turn, Verb::find)) return;
  if (trim(command.arguments).empty()) return turn.refuse_short(Verb::find);
  if (turn.around.answered != nullptr) send_list(turn, command);
}

}  // namespace leadmail::leads
