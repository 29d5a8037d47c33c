// #event and #away: meetings, calls and visits with their invitations, and days on which a user is not there.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/address.h"
#include "core/leads/deciding.h"
#include "core/leads/fold.h"
#include "core/leads/invite_words.h"
#include "core/leads/meeting.h"
#include "core/leads/person_words.h"
#include "core/leads/reach.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

constexpr int kMostMeetings = 200;  // of one lead
constexpr std::chrono::minutes kLongest{24 * 60};

struct KindWord {
  std::string_view words;
  std::string_view kind;
};

constexpr auto kKinds = std::to_array<KindWord>({
    {"meeting", "meeting"}, {"meet", "meeting"},      {"demo", "meeting"},     {"reunion", "meeting"},
    {"cita", "meeting"},    {"junta", "meeting"},     {"cuoc hop", "meeting"}, {"hop", "meeting"},
    {"gap mat", "meeting"}, {"cuoc gap", "meeting"},  {"gap", "meeting"},      {"call", "call"},
    {"phone call", "call"}, {"phone", "call"},        {"video call", "call"},  {"llamada", "call"},
    {"llamar", "call"},     {"videollamada", "call"}, {"cuoc goi", "call"},    {"goi dien", "call"},
    {"goi", "call"},        {"dien thoai", "call"},   {"visit", "visit"},      {"visita", "visit"},
    {"visitar", "visit"},   {"den tham", "visit"},    {"ghe tham", "visit"},   {"tham", "visit"},
});

std::string kind_names() { return "meeting, call, visit · reunión, llamada, visita · họp, gọi, thăm"; }

int free_number(const Lead& lead) {
  int n = 1;
  while (n <= kMostMeetings && !lead.value(meeting_field(n, "kind")).empty()) ++n;
  return n;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Minutes that the unit stands for; 0: it is none.
int unit_of(std::string_view word) {
  while (word.ends_with(',') || word.ends_with('.')) word.remove_suffix(1);
  if (is_one_of(word, {"h", "hr", "hrs", "hour", "hours", "hora", "horas", "gio", "tieng"})) return 60;
  if (is_one_of(word, {"m", "min", "mins", "minute", "minutes", "minuto", "minutos", "phut", "p"})) return 1;
  return 0;
}

std::chrono::minutes usual_length(std::string_view kind) { return std::chrono::minutes{kind == "call" ? 30 : 60}; }

/// "at their office", "en su oficina", "tại văn phòng": without the word that leads it in.
std::string place_in(std::string_view rest) {
  rest = trim(rest);
  rest = behind_dash(rest);
  auto after = rest;
  if (is_one_of(take_word(after), {"at", "in", "@", "en", "a", "tai", "o"}) && !trim(after).empty()) rest = trim(after);
  return one_line(rest, 300);
}

/// Whom the guest's invitation goes to; refused when nobody may be written to.
std::optional<Person> guest_of(Turn& turn, const std::string& address) {
  const auto& lead = turn.lead();
  auto guest = address.empty() ? answer_to(lead) : Person{{}, address};
  if (lead.status() == Status::do_not_contact) {
    turn.refuse(Phrase::must_not_contact, {to_string(lead.id)});
  } else if (guest.address.empty()) {
    turn.refuse(Phrase::no_address, {to_string(lead.id)});
  } else if (const auto dead = lines_of(lead.value("dead")); std::ranges::find(dead, guest.address) != dead.end()) {
    turn.refuse(Phrase::dead_address, {guest.address});
  } else {
    if (!turn.around.is_confirmed && !is_proven(lead, guest.address)) turn.result.needs_confirmation = guest.address;
    return guest;
  }
  return std::nullopt;
}

/// When it is; what has been is told too, and nobody is invited to it.
std::optional<When> when_of(Turn& turn, std::string_view text) {
  auto context = context_for(turn.user, turn.plan.now(), false);
  auto when = read_when(text, context);
  if (when) return *when;
  const auto why = when.error().what;
  context.may_be_past = true;
  if (auto past = read_when(text, context)) return *past;
  turn.refuse(why);
  return std::nullopt;
}

/// The kind at the beginning, or behind a word or two that say more of it: "Teams meeting", "first sales call". Bytes
/// of it, 0: none.
std::size_t read_kind(std::string_view text, std::string& kind) {
  constexpr std::size_t kMostBefore = 2;
  auto rest = text;
  for (std::size_t before = 0; before <= kMostBefore && !rest.empty(); ++before) {
    std::size_t used = 0;
    for (const auto& word : kKinds) {
      if (const auto said = words_said(rest, word.words); said > used) {
        used = said;
        kind = word.kind;
      }
    }
    if (used > 0) return text.size() - rest.size() + used;
    take_word(rest);
  }
  return 0;
}

/// "with María", "online": words between the kind and the time, as long as no time begins there; none where no time
/// follows.
std::string_view words_before_time(std::string_view text, const Turn& turn) {
  constexpr std::size_t kMost = 6;
  auto context = context_for(turn.user, turn.plan.now(), false);
  context.may_be_past = true;
  auto day = context;
  day.is_date = true;  // "today" is one, though what is said may be too little
  auto rest = text;
  for (std::size_t words = 0; words <= kMost && !rest.empty(); ++words) {
    if (read_when(rest, context) || read_when(rest, day)) return trim(text.substr(0, text.size() - rest.size()));
    take_word(rest);
  }
  return {};
}

/// "from 24 Dec to …": what stands behind the word that begins it; nothing where the absence begins today.
std::string_view behind_from(std::string_view text) {
  for (const std::string_view lead : {"from", "between", "desde el", "desde", "del", "entre el", "tu ngay", "tu"}) {
    if (const auto used = words_said(text, lead); used != 0) return trim(text.substr(used));
  }
  return {};
}

}  // namespace

// Also "1h30", "1.5 hours", "media hora", "nửa tiếng".
std::optional<std::chrono::minutes> take_length(std::string_view& rest) {
  auto text = rest;
  auto after = text;
  if (is_one_of(take_word(after), {"for", "durante", "por", "trong", "de"})) text = trim(after);
  for (const std::string_view half : {"half an hour", "half hour", "media hora", "nua tieng", "nua gio"}) {
    if (const auto used = words_said(text, half); used != 0) {
      rest = trim(text.substr(used));
      return std::chrono::minutes{30};
    }
  }
  std::size_t digits = 0;
  while (digits < text.size() && digits < 4 &&
         ((text[digits] >= '0' && text[digits] <= '9') || text[digits] == '.' || text[digits] == ','))
    ++digits;
  const bool one = digits == 0 && words_of(text).size() >= 2 &&
                   is_one_of(words_of(text).front(), {"one", "an", "a", "una", "un", "mot"});
  if (digits == 0 && !one) return std::nullopt;
  double amount = 1;
  std::string_view tail = text.substr(digits);
  if (one) {
    tail = text;
    take_word(tail);
  } else {
    std::string written(text.substr(0, digits));
    std::ranges::replace(written, ',', '.');
    const auto read = std::from_chars(written.data(), written.data() + written.size(), amount);
    if (read.ec != std::errc{} || read.ptr != written.data() + written.size()) return std::nullopt;
  }
  tail = trim(tail);
  auto next = tail;
  const auto word = take_word(next);
  auto unit = unit_of(word);
  int more = 0;
  if (unit == 0 && word.size() >= 2 && (word[0] == 'h' || word[0] == 'H')) {  // "1h30"
    const auto minutes = number_in(word.substr(1, 2));
    if (minutes && *minutes < 60) {
      unit = 60;
      more = static_cast<int>(*minutes);
    }
  }
  if (unit == 0) return std::nullopt;
  const auto length = std::chrono::minutes{static_cast<int>(amount * unit) + more};
  if (length <= std::chrono::minutes{0} || length > kLongest) return std::nullopt;
  rest = next;
  return length;
}

void do_event(Turn& turn, const Command& command) {
  auto rest = trim(command.arguments);
  if (rest.empty()) return turn.refuse_short(Verb::event);
  if (const auto number = meeting_named(rest, turn.lead())) return change_event(turn, *number, rest);
  Meeting meeting;
  const auto used = read_kind(rest, meeting.kind);
  if (used == 0) return turn.refuse(Phrase::unknown_choice, {one_line(words_of(rest).front(), 40), kind_names()});
  rest = trim(rest.substr(used));
  if (rest.empty()) return turn.refuse_short(Verb::event);
  const auto about = words_before_time(rest, turn);
  rest = trim(rest.substr(about.size()));
  const auto when = when_of(turn, rest);
  if (!when) return;
  meeting.at = when->at;
  rest = trim(rest.substr(when->used));
  while (rest.starts_with(',')) rest = trim(rest.substr(1));
  const auto length = take_length(rest);
  if (when->length && length && *when->length != *length)
    return turn.refuse(Phrase::unclear_time, {one_line(std::string(when->span), 60)});
  meeting.length = when->length ? *when->length : length.value_or(usual_length(meeting.kind));
  if (leaves_a_time(turn, *when, rest) || leaves_a_time(turn, *when, about)) return;

  const bool is_over = meeting.at + meeting.length <= turn.plan.now();
  const auto invite = read_invite(rest);
  std::optional<Person> guest;
  if (invite.wish == InviteWish::unclear || read_invite(about).wish != InviteWish::unsaid) {
    return turn.refuse(Phrase::unclear_invite, {one_line(invite.wish == InviteWish::unsaid ? about : rest, 60)});
  }
  if (invite.wish == InviteWish::invite && !is_over) {
    guest = guest_of(turn, invite.address);
    if (!guest) return;
  }
  meeting.place = place_in(invite.rest);
  if (meeting.place.empty()) meeting.place = one_line(about, 300);
  meeting.by = turn.plan.rules().user(turn.user.id) != nullptr ? turn.user.id : std::string(turn.lead().owner());
  meeting.number = free_number(turn.lead());
  if (meeting.number > kMostMeetings) return turn.refuse(Phrase::too_many_commands, {std::to_string(kMostMeetings)});

  const auto n = meeting.number;
  meeting.uid = calendar_uid(turn.plan, "event", std::to_string(n));
  turn.set(
      Verb::event, EventType::meeting,
      {{meeting_field(n, "kind"), meeting.kind},
       {meeting_field(n, "at"), std::to_string(to_unix(meeting.at))},
       {meeting_field(n, "length"), std::to_string(meeting.length.count())},
       {meeting_field(n, "place"), meeting.place},
       {meeting_field(n, "by"), meeting.by},
       {meeting_field(n, "guest"), guest ? guest->address : std::string{}},
       {meeting_field(n, "sequence"), "0"},
       {meeting_field(n, "uid"), meeting.uid}},
      meeting.kind + ", " + local_words(meeting.at, turn.user) + (meeting.place.empty() ? "" : ", " + meeting.place));
  leave_out_marks(turn, n);
  if (!is_over) send_meeting(turn.plan, meeting, guest ? &*guest : nullptr, false);
}

void do_away(Turn& turn, const Command& command) {
  const auto text = trim(command.arguments);
  if (text.empty()) return turn.refuse_short(Verb::away);
  const auto today = day_of(turn.plan.now(), turn.user.timezone);
  if (turn.plan.rules().user(turn.user.id) == nullptr)
    return turn.refuse(Phrase::as_user, {verb_name(Verb::away, turn.language())});
  if (is_one_of(text, {"no", "none", "off", "back", "end", "-", "clear", "de vuelta", "regrese", "volvi", "khong", "ve",
                       "da ve", "het"})) {
    turn.plan.add(MarkAway{.user = turn.user.id, .from = today});
    turn.changed("away", {}, "-");
    return;
  }
  auto context = context_for(turn.user, turn.plan.now(), true);
  context.is_date = true;
  auto rest = text;
  auto from = today;
  if (const auto begins = behind_from(text); !begins.empty()) {
    const auto first = read_when(begins, context);
    if (!first) return turn.refuse(first.error().what);
    from = std::max(today, day_of(first->at, turn.user.timezone));
    rest = trim(begins.substr(first->used));
    while (rest.starts_with('-') || rest.starts_with(',')) rest = trim(rest.substr(1));
    if (auto behind = rest; is_one_of(take_word(behind), {"al", "a", "and", "y", "-", "\u2013"})) rest = behind;
  }
  const auto last = behind_until(rest);
  const auto when = read_when(last, context);
  if (!when) return turn.refuse(when.error().what);
  if (!trim(last.substr(when->used)).empty()) return turn.refuse(Phrase::unknown_time, {one_line(last, 60)});
  auto until = day_of(when->at, turn.user.timezone);
  // "next week" alone is that week, not the time until it.
  const bool is_whole = when->days > 1 && last.data() == text.data();
  if (is_whole) {
    from = until;
    until = std::chrono::year_month_day{std::chrono::local_days{until} + std::chrono::days{when->days - 1}};
  }
  if (until < from) return turn.refuse(Phrase::past_time, {to_text(until)});
  turn.plan.add(MarkAway{.user = turn.user.id, .from = from, .until = until});
  turn.changed("away", {}, to_text(from) + " – " + to_text(until));
}

}  // namespace leadmail::leads
