// #event with a number: another time for an event that stands, its end, or the answer to a time that a guest proposed.
#include <algorithm>
#include <charconv>

#include "core/leads/calendar.h"
#include "core/leads/fold.h"
#include "core/leads/invite_words.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

Event why(const Turn& turn, std::string text) {
  return {.by = turn.user.id, .cause = cause_of(Verb::event, turn.plan), .text = std::move(text)};
}

/// Tells of every value that an event of the lead got, as before and after.
void tell(Turn& turn, const Lead& before, int number) {
  for (const auto* part : {"kind", "at", "length", "place"}) {
    const auto field = meeting_field(number, part);
    const auto old = std::string(before.value(field));
    const auto now = std::string(turn.lead().value(field));
    if (old != now) turn.changed(field, old, now);
  }
}

/// The guest's proposal is turned down, and he hears it. RFC 5546 §3.2.8
void keep_time(Turn& turn, const Meeting& meeting) {
  auto& plan = turn.plan;
  const auto proposed = meeting_field(meeting.number, "proposed");
  const auto at = std::string(plan.lead().value(proposed));
  const auto guest = guest_of_meeting(plan.lead(), meeting.number);
  if (at.empty() || !guest) return turn.refuse_short(Verb::event);
  std::int64_t seconds_of_utc = 0;
  std::from_chars(at.data(), at.data() + at.size(), seconds_of_utc);
  auto event = why(turn, "the proposed time is turned down");
  event.type = EventType::meeting;
  plan.record(std::move(event), {{proposed, ""}});
  Letter letter{.kind = LetterKind::meeting, .to = {*guest}, .on_behalf_of = meeting.by, .meeting = meeting};
  letter.counter = from_unix(seconds_of_utc);
  letter.subject = std::string(plan.lead().value("last.in.subject"));
  letter.cause = "meeting:" + to_string(plan.lead().id) + ":" + meeting.uid + ":" + std::to_string(meeting.sequence) +
                 ":decline:" + at;
  plan.send(std::move(letter));
  turn.changed(meeting_field(meeting.number, "at"), {}, std::to_string(to_unix(meeting.at)));
}

}  // namespace

std::optional<int> meeting_named(std::string_view& rest, const Lead& lead) {
  auto after = rest;
  auto word = take_word(after);
  while (word.starts_with('#')) word.remove_prefix(1);
  while (word.ends_with(':') || word.ends_with(',')) word.remove_suffix(1);
  int number = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  if (read.ec != std::errc{} || read.ptr != word.data() + word.size() || !meeting_of(lead, number)) return std::nullopt;
  rest = trim(after);
  return number;
}

void leave_out_marks(Turn& turn, int number) {
  std::erase_if(turn.result.results, [&](const ResultLine& line) {
    return line.field == meeting_field(number, "sequence") || line.field == meeting_field(number, "uid");
  });
}

void change_event(Turn& turn, int number, std::string_view rest) {
  const auto before = turn.lead();
  auto meeting = *meeting_of(before, number);
  const auto words = words_of(rest);
  if (words.empty()) return turn.refuse_short(Verb::event);
  if (words.size() == 1 && is_one_of(words.front(), {"cancel", "cancelled", "off", "none", "cancelar", "cancelada",
                                                     "anular", "huy", "xoa", "-"})) {
    call_off_meeting(turn.plan, std::move(meeting), why(turn, "called off"));
    return tell(turn, before, number);
  }
  if (words.size() == 1 &&
      is_one_of(words.front(), {"keep", "decline", "no", "mantener", "rechazar", "giu", "tu choi"})) {
    return keep_time(turn, meeting);
  }
  const auto when = read_when(rest, context_for(turn, false));
  if (!when) return turn.refuse(when.error().what);
  meeting.at = when->at;
  rest = trim(rest.substr(when->used));
  while (rest.starts_with(',')) rest = trim(rest.substr(1));
  const auto length = take_length(rest);
  if (when->length && length && *when->length != *length)
    return turn.refuse(Phrase::unclear_time, {one_line(std::string(when->span), 60)});
  if (when->length || length) meeting.length = when->length ? *when->length : *length;
  if (leaves_a_time(turn, *when, rest)) return;
  // Who was invited hears of every change; who was not is not invited now.
  const auto invite = read_invite(rest);
  const bool is_told = guest_of_meeting(before, number).has_value();
  if (invite.wish != InviteWish::unsaid && (invite.wish != InviteWish::leave_out || is_told))
    return turn.refuse(Phrase::unclear_invite, {one_line(rest, 60)});
  rest = behind_dash(invite.rest);
  if (leaves_a_date(turn, *when, rest)) return;
  if (!rest.empty()) meeting.place = one_line(rest, 300);
  move_meeting(turn.plan, std::move(meeting), why(turn, "moved to " + local_words(when->at, turn.user)));
  tell(turn, before, number);
}

}  // namespace leadmail::leads
