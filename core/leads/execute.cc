#include "core/leads/execute.h"

#include <algorithm>
#include <array>

#include "core/leads/fold.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"
#include "core/leads/when.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

/// Carrying out one mail's commands.
struct Turn {
  const User& user;
  Plan& plan;
  std::string& below;
  Executed result{};

  [[nodiscard]] std::string_view language() const { return user.language; }
  void refuse(std::string why) { result.refused = std::move(why); }
  /// Values as the lead keeps them; who writes the letter spells them for its reader.
  void changed(std::string field, std::string before, std::string after) {
    result.results.push_back({std::move(field), std::move(before), std::move(after)});
  }
  void changed_next(const std::optional<NextContact>& before, const std::optional<NextContact>& after) {
    const auto old = before.value_or(NextContact{});
    const auto now = after.value_or(NextContact{});
    const auto at = [](const std::optional<NextContact>& next) {
      return next ? std::to_string(to_unix(next->at)) : std::string{};
    };
    changed("next.at", at(before), at(after));
    if (old.by != now.by) changed("next.by", old.by, now.by);
    if (old.note != now.note) changed("next.note", old.note, now.note);
  }
};

std::string cause_of(Verb verb, const Plan& plan) {
  return "command " + verb_name(verb, "en") + " in " + plan.occasion().cause;
}

std::string local_words(Time at, const User& user) {
  auto text = to_rfc3339(at, offset_at(at, user.timezone)).substr(0, 16);
  std::ranges::replace(text, 'T', ' ');
  return text + " " + user.timezone;
}

std::string next_in_words(const std::optional<NextContact>& next, const User& reader) {
  if (!next) return {};
  auto text = local_words(next->at, reader) + ", " + next->by;
  if (!next->note.empty()) text += ": " + next->note;
  return text;
}

WhenContext context_for(const User& user, Time now, bool is_duration) {
  return {.now = now,
          .zone = user.timezone,
          .language = user.language,
          .day_starts = user.hours.from,
          .is_duration = is_duration};
}

/// CANCEL or REQUEST for the next contact as it stood or stands.
void send_invitation(Plan& plan, const NextContact& next, bool cancels) {
  if (plan.rules().user(next.by) == nullptr) return;
  Letter letter{.kind = LetterKind::invitation, .to_user = next.by, .next = next, .cancels = cancels};
  letter.cause = "invitation:" + to_string(plan.lead().id) + ":" + std::to_string(next.sequence) + ":" + next.by +
                 (cancels ? ":cancel" : "");
  if (!plan.lead().id) letter.cause += ":" + plan.occasion().key;
  plan.send(std::move(letter));
}

/// Sets or moves the next contact: event, reminder, invitation. The same UID with a higher SEQUENCE moves it in the
/// calendar of the same user; another user's calendar gets a CANCEL. RFC 5546 §2.1.4
void set_next(Turn& turn, Verb verb, NextContact next) {
  auto& plan = turn.plan;
  const auto before = plan.lead().next();
  const auto last_sequence = plan.lead().value("next.sequence");
  next.sequence = last_sequence.empty() ? 0 : std::stoll(std::string(last_sequence)) + 1;

  plan.record({.type = EventType::next,
               .by = turn.user.id,
               .cause = cause_of(verb, plan),
               .text = next_in_words(next, turn.user)},
              {{"next.at", std::to_string(to_unix(next.at))},
               {"next.by", next.by},
               {"next.note", next.note},
               {"next.sequence", std::to_string(next.sequence)}});
  if (before) plan.cancel_reminders();
  const auto* const who = plan.rules().user(next.by);
  if (who != nullptr) plan.plan_reminder(into_working_hours(next.at, *who), *who);
  if (before && before->by != next.by) {
    auto cancelled = *before;
    cancelled.sequence = next.sequence;
    send_invitation(plan, cancelled, true);
  }
  send_invitation(plan, next, false);
  turn.changed_next(before, next);
}

void clear_next(Turn& turn, Verb verb) {
  auto& plan = turn.plan;
  auto before = plan.lead().next();
  if (!before) return turn.refuse(say(Phrase::no_next_contact, turn.language()));
  turn.changed_next(before, std::nullopt);
  ++before->sequence;
  plan.record(
      {.type = EventType::next, .by = turn.user.id, .cause = cause_of(verb, plan), .text = "cleared"},
      {{"next.at", ""}, {"next.by", ""}, {"next.note", ""}, {"next.sequence", std::to_string(before->sequence)}});
  plan.cancel_reminders();
  send_invitation(plan, *before, true);
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  const auto folded = fold(word);
  return std::ranges::find(words, folded) != words.end();
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

/// The administrator at the tool makes no contacts himself: then it is the owner.
bool is_somebody(Turn& turn, std::string& by) {
  const auto& rules = turn.plan.rules();
  if (rules.user(by) == nullptr) by = turn.plan.lead().owner();
  if (rules.user(by) != nullptr) return true;
  turn.refuse(say(Phrase::unknown_user, turn.language(), {one_line(by, 40), user_list(rules)}));
  return false;
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
  const auto when = read_when(rest, context_for(turn.user, turn.plan.now(), false));
  if (!when) return turn.refuse(when.error().what);
  rest = trim(rest.substr(when->used));
  NextContact next{.at = when->at, .by = turn.user.id};
  if (!take_by(rest, turn, next.by) || !is_somebody(turn, next.by)) return;
  next.note = one_line(rest, kLongestCommand);
  set_next(turn, Verb::next, std::move(next));
}

void do_snooze(Turn& turn, const Command& command) {
  const auto& plan = turn.plan;
  auto next = plan.lead().next().value_or(NextContact{.by = turn.user.id});
  const auto context = context_for(turn.user, plan.now(), true);
  const auto when = parse_when(trim(command.arguments).empty() ? "1d" : command.arguments, context);
  if (!when) return turn.refuse(when.error().what);
  next.at = *when;
  if (!is_somebody(turn, next.by)) return;
  set_next(turn, Verb::snooze, std::move(next));
}

void do_status(Turn& turn, const Command& command) {
  auto& plan = turn.plan;
  const auto status = read_status(command.arguments);
  if (!status) {
    std::string list;
    for (const auto& row : statuses()) {
      list += (list.empty() ? "" : ", ") + std::string(label(row.status, turn.language()));
    }
    return turn.refuse(say(Phrase::unknown_status, turn.language(), {one_line(command.arguments, 40), list}));
  }
  const auto before = plan.lead().status();
  plan.record_change(
      {.type = EventType::status, .by = turn.user.id, .cause = cause_of(Verb::status, plan), .text = "by hand"},
      {{"status", std::string(name(*status))}});
  turn.changed("status", std::string(name(before)), std::string(name(*status)));
  // Who must not be contacted is not to be called either.
  if (*status == Status::do_not_contact && plan.lead().next()) clear_next(turn, Verb::status);
}

void do_assign(Turn& turn, const Command& command) {
  auto& plan = turn.plan;
  auto rest = std::string_view(command.arguments);
  const auto* who = read_user(rest, plan.rules());
  const auto name = who == nullptr ? take_word(rest) : rest;
  if (who == nullptr) who = read_user(name, plan.rules());
  if (who == nullptr) {
    return turn.refuse(say(Phrase::unknown_user, turn.language(), {one_line(name, 40), user_list(plan.rules())}));
  }
  const auto before = std::string(plan.lead().owner());
  const bool changes = plan.record_change({.type = EventType::assigned,
                                           .by = turn.user.id,
                                           .cause = cause_of(Verb::assign, plan),
                                           .text = "by " + turn.user.name},
                                          {{"owner", who->id}});
  turn.changed("owner", before, who->id);
  if (changes && who->id != turn.user.id) {
    plan.send(Letter{
        .kind = LetterKind::notice, .to_user = who->id, .subject = std::string(plan.lead().value("last.in.subject"))});
  }
}

/// A bare #note keeps all that stands below it: nothing of such a mail is for the customer.
void do_note(Turn& turn, const Command& command) {
  auto text = std::string(trim(command.arguments));
  if (text.empty()) text = std::exchange(turn.below, {});
  if (text.empty()) {
    return turn.refuse(say(Phrase::needs_more, turn.language(),
                           {verb_name(Verb::note, turn.language()), "#" + std::string(row_of(Verb::note).example)}));
  }
  turn.plan.record({.type = EventType::note,
                    .by = turn.user.id,
                    .cause = cause_of(Verb::note, turn.plan),
                    .text = text,
                    .direction = "internal"});
  turn.changed("note", {}, one_line(text));
}

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
