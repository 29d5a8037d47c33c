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
#include "core/leads/record.h"
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

/// When it is; what has been is told too, and nobody is invited to it. What was to come when it was written and has
/// passed since is refused.
std::optional<When> when_of(Turn& turn, std::string_view text) {
  auto context = context_for(turn, false);
  auto when = read_when(text, context);
  if (when) return *when;
  const auto why = when.error().what;
  context.may_be_past = true;
  if (auto past = read_when(text, context); past && past->at <= context.now) return *past;
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

/// "with María", "online": takes the words between the kind and the time off the front. A word that people say dates
/// with is none of them, or a date that can't be read would be passed over. False: refused.
bool take_words_before_time(Turn& turn, std::string_view& rest, std::string_view& about) {
  constexpr std::size_t kMost = 6;
  const auto context = context_for(turn, false);
  const auto text = rest;
  const auto refuse = [&] {
    turn.refuse(Phrase::unknown_time, {one_line(text, 60)});
    return false;
  };
  for (std::size_t words = 0; words <= kMost && !rest.empty(); ++words) {
    if (begins_date(rest, context)) {
      about = trim(text.substr(0, text.size() - rest.size()));
      return true;
    }
    if (is_date_word(words_of(rest).front(), context)) return refuse();
    take_word(rest);
  }
  return refuse();
}

/// Words before a time without a day may be a day in a language that we do not read: "nächsten Dienstag 15:00".
bool may_hide_a_day(std::string_view about, const When& when) {
  if (about.empty() || when.has_day) return false;
  return !is_one_of(words_of(about).front(),
                    {"with", "con", "voi", "cung", "about", "sobre", "ve",   "online", "teams", "zoom", "skype", "via",
                     "at",   "en",  "tai", "por",  "by",    "for",   "para", "to",     "a",     "in",   "on",    "o"});
}

/// "2 days", "all day", "30h": what is no length of an event.
bool leaves_a_length(Turn& turn, std::string_view rest) {
  std::size_t used = 0;
  for (const std::string_view words :
       {"all day", "all-day", "the whole day", "whole day", "full day", "half day", "half a day", "todo el dia",
        "dia completo", "medio dia", "ca ngay", "nua ngay", "nguyen ngay"}) {
    used = std::max(used, words_said(rest, words));
  }
  auto text = rest;
  if (auto behind = rest; is_one_of(take_word(behind), {"for", "durante", "por", "trong"})) text = behind;
  if (const auto count = read_when(text, context_for(turn, true)); count && count->is_count && !count->is_from_now)
    used = static_cast<std::size_t>(text.data() - rest.data()) + count->used;
  if (used == 0) return false;
  turn.refuse(Phrase::unread_length, {one_line(rest.substr(0, used), 40)});
  return true;
}

/// "1h30", "1.5 hours", "media hora", "nửa tiếng", and which unit ended it, in minutes.
std::optional<std::chrono::minutes> take_one_length(std::string_view& rest) {
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

/// "from 24 Dec to …": what stands behind the word that begins it; nothing where the absence begins today.
std::string_view behind_from(std::string_view text) {
  for (const std::string_view lead : {"from", "between", "desde el", "desde", "del", "entre el", "tu ngay", "tu"}) {
    if (const auto used = words_said(text, lead); used != 0) return trim(text.substr(used));
  }
  return {};
}

struct Days {
  std::chrono::year_month_day from{};
  std::chrono::year_month_day until{};
};

std::chrono::year_month_day plus(std::chrono::year_month_day day, int days) {
  return std::chrono::year_month_day{std::chrono::local_days{day} + std::chrono::days{days}};
}

/// The end of an absence that begins on that day: a weekday is the next one behind it, "2 weeks" begin with it.
std::optional<std::chrono::year_month_day> end_behind(Turn& turn, std::chrono::year_month_day from,
                                                      std::string_view text) {
  const auto last = behind_until(text);
  auto context = context_for(turn, true);
  context.is_date = true;
  const auto when = read_when(last, context);
  const auto& zone = turn.user.timezone;
  const bool is_whole = when && trim(last.substr(when->used)).empty() && when->days == 1 && !when->is_from_now;
  if (!when && !last.empty()) {
    turn.refuse(when.error().what);
  } else if (!is_whole) {
    turn.refuse(Phrase::unknown_time, {one_line(last.empty() ? text : last, 60)});
  } else if (when->is_count) {
    constexpr std::chrono::hours kNoon{12};
    context.now = to_utc(std::chrono::local_days{from} + kNoon, zone);
    const auto counted = read_when(last, context);
    return counted ? plus(day_of(counted->at, zone), -1) : from;
  } else {
    auto until = day_of(when->at, zone);
    while (when->is_weekday && until < from) until = plus(until, 7);
    if (until >= from) return until;
    turn.refuse(Phrase::past_time, {to_text(until)});
  }
  return std::nullopt;
}

/// "until friday", "2 weeks" begin now; "friday" is that day, "next week" that week, "from … to …" what it says.
/// Nothing: refused.
std::optional<Days> read_absence(Turn& turn, std::string_view text) {
  auto context = context_for(turn, true);
  context.is_date = true;
  const auto today = day_of(turn.plan.written(), turn.user.timezone);
  const auto begins = behind_from(text);
  const auto last = begins.empty() ? behind_until(text) : begins;
  const auto when = read_when(last, context);
  if (!when) {
    turn.refuse(when.error().what);
    return std::nullopt;
  }
  const auto day = day_of(when->at, turn.user.timezone);
  auto rest = trim(last.substr(when->used));
  while (rest.starts_with('-') || rest.starts_with(',') || rest.starts_with("\u2013"))
    rest = trim(rest.substr(rest.starts_with("\u2013") ? std::string_view("\u2013").size() : 1));
  const bool is_between = is_one_of(words_of(text).front(), {"between", "entre"});
  auto behind = rest;
  const auto joint = rest.empty() ? std::string_view{} : take_word(behind);
  if (is_one_of(joint, {"al", "a"}) || (is_between && is_one_of(joint, {"and", "y"}))) rest = behind;
  const bool is_led = begins.empty() && last.data() != text.data();
  const bool is_list = rest.data() != behind.data() && is_one_of(joint, {"and", "y", "or", "o", "va", "hoac"});
  const bool is_range = !is_list && (!begins.empty() || (!is_led && !when->is_count && !rest.empty()));
  if (is_range) {
    const auto from = std::max(day, today);
    if (rest.empty()) turn.refuse(Phrase::unknown_time, {one_line(text, 60)});
    const auto until = rest.empty() ? std::nullopt : end_behind(turn, from, rest);
    return until ? std::optional(Days{from, *until}) : std::nullopt;
  }
  if (!rest.empty() || (when->is_count && when->is_from_now)) {
    turn.refuse(Phrase::unknown_time, {one_line(text, 60)});
    return std::nullopt;
  }
  // "next week" alone is that week, not the time until it.
  if (when->days > 1 && !is_led) return Days{day, plus(day, when->days - 1)};
  const bool is_for = is_one_of(words_of(text).front(), {"for", "por", "trong", "mat"});
  const bool is_one_day = !when->is_count && (!is_led || is_for);
  if (!is_one_day) return Days{today, day};
  if (!when->has_clock && !when->has_part) return Days{day, day};
  turn.refuse(Phrase::needs_day, {one_line(text, 60)});  // absences are of whole days
  return std::nullopt;
}

}  // namespace

// Also "1 hour 30 minutes", "1h 30m": what is added to hours is minutes.
std::optional<std::chrono::minutes> take_length(std::string_view& rest) {
  auto length = take_one_length(rest);
  if (!length || *length % std::chrono::hours{1} != std::chrono::minutes{0}) return length;
  for (const std::string_view half : {"y media", "and a half", "ruoi"}) {
    const auto used = words_said(rest, half);
    if (used == 0 || *length == kLongest) continue;
    rest = trim(rest.substr(used));
    return *length + std::chrono::minutes{30};
  }
  auto text = rest;
  if (auto behind = text; is_one_of(take_word(behind), {"and", "y", "va"})) text = behind;
  const bool is_number = !text.empty() && text.front() >= '0' && text.front() <= '9';
  const auto more = is_number ? take_one_length(text) : std::nullopt;
  if (!more || *more >= std::chrono::hours{1} || *length + *more > kLongest) return length;
  rest = text;
  return *length + *more;
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
  std::string_view about;
  const auto said = rest;
  if (!take_words_before_time(turn, rest, about)) return;
  const auto when = when_of(turn, rest);
  if (!when) return;
  if (may_hide_a_day(about, *when)) return turn.refuse(Phrase::unknown_time, {one_line(said, 60)});
  meeting.at = when->at;
  rest = trim(rest.substr(when->used));
  while (rest.starts_with(',')) rest = trim(rest.substr(1));
  const auto length = take_length(rest);
  if (when->length && length && *when->length != *length)
    return turn.refuse(Phrase::unclear_time, {one_line(std::string(when->span), 60)});
  meeting.length = when->length ? *when->length : length.value_or(usual_length(meeting.kind));
  if (leaves_a_length(turn, rest)) return;
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
  if (leaves_a_date(turn, *when, invite.rest)) return;
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
  const auto days = read_absence(turn, text);
  if (!days) return;
  if (days->until < today) return turn.refuse(Phrase::past_time, {to_text(days->until)});
  const auto from = std::max(days->from, today);
  turn.plan.add(MarkAway{.user = turn.user.id, .from = from, .until = days->until});
  turn.changed("away", {}, to_text(from) + " – " + to_text(days->until));
  turn.say_also(say(Phrase::away_replaces, turn.language()));
}

}  // namespace leadmail::leads
