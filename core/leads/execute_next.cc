// #next and #snooze: the next contact, its reminder and its invitation.
#include <algorithm>

#include "core/leads/calendar.h"
#include "core/leads/fold.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

std::string next_in_words(const std::optional<NextContact>& next, const User& reader) {
  if (!next) return {};
  auto text = local_words(next->at, reader) + ", " + next->by;
  if (!next->note.empty()) text += ": " + next->note;
  return text;
}

/// Tells what became of the next contact.
void changed_next(Turn& turn, const std::optional<NextContact>& before, const std::optional<NextContact>& after) {
  const auto old = before.value_or(NextContact{});
  const auto now = after.value_or(NextContact{});
  const auto at = [](const std::optional<NextContact>& next) {
    return next ? std::to_string(to_unix(next->at)) : std::string{};
  };
  turn.changed("next.at", at(before), at(after));
  if (old.by != now.by) turn.changed("next.by", old.by, now.by);
  if (old.note != now.note) turn.changed("next.note", old.note, now.note);
}

void set_next(Turn& turn, Verb verb, NextContact next) {
  const auto before = turn.lead().next();
  Event why{.by = turn.user.id, .cause = cause_of(verb, turn.plan), .text = next_in_words(next, turn.user)};
  next = set_next_contact(turn.plan, std::move(next), std::move(why));
  changed_next(turn, before, next);
  const auto* const who = turn.plan.rules().user(next.by);
  if (who == nullptr) return;
  if (const auto said = into_working_hours(next.at, *who); said != next.at)
    turn.say_also(say(Phrase::reminded_later, turn.language(), {local_words(said, turn.user)}));
}

/// "25:00", "9:99".
bool looks_like_time(std::string_view word) {
  const auto colon = word.find(':');
  if (colon == 0 || colon > 2 || word.size() < colon + 3) return false;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::ranges::all_of(word.substr(0, colon), is_digit) &&
         std::ranges::all_of(word.substr(colon + 1, 2), is_digit);
}

/// Takes "by luis", "por luis", "bởi luis" off the front. False: there is a "by" with an unknown user behind it.
bool take_by(std::string_view& rest, Turn& turn, std::string& by) {
  auto after = rest;
  if (!is_one_of(take_word(after), {"by", "por", "para", "boi", "for", "cho"})) return true;
  auto name = take_word(after);
  while (name.ends_with(',') || name.ends_with(':') || name.ends_with('.')) name.remove_suffix(1);
  const auto* const who = read_user(name, turn.plan.rules());
  if (who != nullptr) {
    by = who->id;
    rest = after;
    return true;
  }
  // "for the offer" is the beginning of a note; only a plain "by" must name somebody.
  if (!is_one_of(words_of(rest).front(), {"by", "por", "boi"})) return true;
  turn.refuse(say(Phrase::unknown_user, turn.language(), {one_line(name, 40), user_list(turn.plan.rules())}));
  return false;
}

/// Takes "by ana" off the end, where that is a user; a note may end so too.
void take_by_at_end(std::string_view& rest, const Turn& turn, std::string& by) {
  constexpr std::size_t kMostWords = 4;  // of a full name
  const auto words = words_of(rest);
  for (std::size_t count = 1; count <= kMostWords && count < words.size(); ++count) {
    const auto lead = words[words.size() - count - 1];
    if (!is_one_of(lead, {"by", "por", "boi"})) continue;
    auto name = trim(rest.substr(static_cast<std::size_t>(lead.data() + lead.size() - rest.data())));
    while (name.ends_with('.') || name.ends_with(',')) name.remove_suffix(1);
    const auto* const who = read_user(name, turn.plan.rules());
    if (who == nullptr) return;
    by = who->id;
    rest = trim(rest.substr(0, static_cast<std::size_t>(lead.data() - rest.data())));
    while (rest.ends_with(',')) rest = trim(rest.substr(0, rest.size() - 1));
    return;
  }
}

/// The administrator at the tool makes no contacts himself: then it is the owner.
bool is_somebody(Turn& turn, std::string& by) {
  const auto& rules = turn.plan.rules();
  if (rules.user(by) == nullptr) by = turn.plan.lead().owner();
  if (rules.user(by) != nullptr) return true;
  turn.refuse(say(Phrase::unknown_user, turn.language(), {one_line(by, 40), user_list(rules)}));
  return false;
}

/// Who must not be contacted is not to be called either, and nobody would be reminded of it.
bool may_plan(Turn& turn) {
  if (turn.lead().status() != Status::do_not_contact) return true;
  turn.refuse(Phrase::next_forbidden, {to_string(turn.lead().id)});
  return false;
}

}  // namespace

// "tomorrow 25:00": what looks like a time and is none is no note. "tomorrow call at 4pm": the day would begin at the
// usual hour, and the time would stay in the note.
bool leaves_a_time(Turn& turn, const When& when, std::string_view rest) {
  rest = trim(rest);
  if (!rest.empty() && looks_like_time(words_of(rest).front())) {
    turn.refuse(Phrase::no_such_date, {one_line(words_of(rest).front(), 40)});
    return true;
  }
  if (when.has_clock) return false;
  const auto apart = clock_within(rest, turn.language(), !when.has_part);
  if (apart.empty()) return false;
  turn.refuse(Phrase::time_apart, {one_line(apart, 40)});
  return true;
}

bool leaves_a_date(Turn& turn, const When& when, std::string_view rest) {
  rest = behind_dash(rest);
  // How long it is to last, "10:00 30 min", is no other time.
  if (auto behind = rest; when.has_clock && take_length(behind)) rest = behind_dash(behind);
  const auto stray = stray_date(rest, when, context_for(turn, false));
  if (stray.empty()) return false;
  turn.refuse(Phrase::stray_date, {one_line(stray, 60)});
  return true;
}

// "– call about the offer": telephones make a dash of a hyphen between the time and the note.
std::string_view behind_dash(std::string_view text) {
  text = trim(text);
  for (const std::string_view mark : {"-", "\u2013", "\u2014", ":", ",", "\u2022"}) {
    if (text.starts_with(mark)) return behind_dash(text.substr(mark.size()));
  }
  return text;
}

void clear_next(Turn& turn, Verb verb) {
  auto& plan = turn.plan;
  auto before = plan.lead().next();
  if (!before) return turn.refuse(say(Phrase::no_next_contact, turn.language()));
  changed_next(turn, before, std::nullopt);
  ++before->sequence;
  plan.record({.type = EventType::next, .by = turn.user.id, .cause = cause_of(verb, plan), .text = "cleared"},
              {{"next.at", ""},
               {"next.by", ""},
               {"next.note", ""},
               {"next.answer", ""},
               {"next.sequence", std::to_string(before->sequence)}});
  plan.cancel_reminders();
  send_invitation(plan, *before, true);
}

void do_next(Turn& turn, const Command& command) {
  auto rest = std::string_view(command.arguments);
  if (trim(rest).empty()) {
    return turn.refuse(say(Phrase::needs_more, turn.language(),
                           {verb_name(Verb::next, turn.language()), "#" + std::string(row_of(Verb::next).example)}));
  }
  if (words_of(rest).size() == 1 &&
      is_one_of(trim(rest), {"none", "clear", "-", "off", "no", "ninguno", "nada", "borrar", "khong", "xoa"})) {
    return clear_next(turn, Verb::next);
  }
  if (!may_plan(turn)) return;
  const auto when = read_when(rest, context_for(turn, false));
  if (!when) return turn.refuse(when.error().what);
  rest = trim(rest.substr(when->used));
  if (leaves_a_time(turn, *when, rest)) return;
  NextContact next{.at = when->at, .by = turn.user.id};
  const auto before = rest;
  if (!take_by(rest, turn, next.by)) return;
  if (rest.data() == before.data()) take_by_at_end(rest, turn, next.by);
  if (!is_somebody(turn, next.by) || leaves_a_date(turn, *when, rest)) return;
  next.note = one_line(behind_dash(rest), kLongestCommand);
  // It begins then; until when stays to be seen.
  if (when->length)
    next.note = one_line(std::string(when->span) + (next.note.empty() ? "" : " ") + next.note, kLongestCommand);
  set_next(turn, Verb::next, std::move(next));
}

void do_snooze(Turn& turn, const Command& command) {
  if (!may_plan(turn)) return;
  const auto& plan = turn.plan;
  auto next = plan.lead().next().value_or(NextContact{.by = turn.user.id});
  const auto context = context_for(turn, true);
  const auto when = parse_when(trim(command.arguments).empty() ? "1d" : behind_until(command.arguments), context);
  if (!when) return turn.refuse(when.error().what);
  next.at = *when;
  if (!is_somebody(turn, next.by)) return;
  set_next(turn, Verb::snooze, std::move(next));
}

}  // namespace leadmail::leads
