// What a calendar program answers to an invitation of ours. It has to name the UID that only we and those whom we
// invited know, and to come from one of these. Answers are noted; another time is taken over when the one who makes the
// contact proposes it, and put to him when the guest does; a refused one is turned down (DECLINECOUNTER); who has lost
// the invitation gets it again. Two calendars that answer each other come to an end: nothing is noted twice, and of
// proposals and requests for a lead only so many a day are followed. RFC 5546 §3.2, RFC 6047 §3
#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/address.h"
#include "core/leads/authority.h"
#include "core/leads/availability.h"
#include "core/leads/calendar.h"
#include "core/leads/deciding.h"
#include "core/leads/fold.h"
#include "core/leads/match.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

constexpr int kMostFollowed = 6;  // proposals and requests of one lead and day
constexpr std::chrono::hours kFurthest{24 * 366 * 5};
constexpr std::chrono::minutes kShortest{1};
constexpr std::chrono::minutes kLongest{24 * 60};

/// What of the lead the answer is about.
struct Entry {
  const Lead* lead = nullptr;
  std::optional<NextContact> next{};
  std::optional<Meeting> meeting{};

  [[nodiscard]] std::string by() const { return next ? next->by : meeting->by; }
  [[nodiscard]] Time at() const { return next ? next->at : meeting->at; }
  [[nodiscard]] std::int64_t sequence() const { return next ? next->sequence : meeting->sequence; }
  [[nodiscard]] std::string field(std::string_view part) const {
    return next ? "next." + std::string(part) : meeting_field(meeting->number, part);
  }
};

/// Who answers.
struct Writer {
  const User* user = nullptr;
  bool is_guest = false;
};

bool is_answering(std::string_view method) { return method == "REPLY" || method == "COUNTER" || method == "REFRESH"; }

/// The lead that keeps this UID, and what of it the UID names; nothing when it is none of ours. UIDs are compared
/// without case: some servers fold them.
std::optional<Entry> entry_of(const Scene& scene) {
  const auto wanted = to_lower(scene.inquiry.calendar->uid);
  const auto same = [&](std::string_view uid) { return !uid.empty() && to_lower(uid) == wanted; };
  for (const auto& match : scene.known.by_message_id) {
    if (!same(match.message_id)) continue;
    Entry entry{.lead = &match.lead};
    if (same(match.lead.value("next.uid"))) {
      entry.next = match.lead.next();
      return entry;
    }
    for (auto& meeting : meetings_of(match.lead)) {
      if (same(meeting.uid)) entry.meeting = std::move(meeting);
    }
    return entry;
  }
  return std::nullopt;
}

bool stands(const Entry& entry) { return entry.next.has_value() || entry.meeting.has_value(); }

Writer writer_of(const Scene& scene, const Entry& entry) {
  Writer writer{.user = scene.rules.user_with_address(scene.inquiry.from.address)};
  if (writer.user != nullptr || !entry.meeting) return writer;
  const auto guest = entry.lead->value(meeting_field(entry.meeting->number, "guest"));
  writer.is_guest = !guest.empty() && to_lower(guest) == to_lower(scene.inquiry.from.address);
  return writer;
}

/// Rules 1, 3 and 4; the UID that we signed stands in for rule 3 where the guest answers, and for the token where the
/// provider testifies for nobody. docs/overview.md, "Who may command"
std::optional<AuthorityRule> not_believed(const Scene& scene, const Writer& writer) {
  auto facts = facts_of(scene.inquiry, writer.user, true, scene.rules.mailbox(scene.inquiry.mailbox));
  if (writer.is_guest) facts.known_user = true;
  return first_failure(Action::calendar_answer, facts);
}

std::string status_word(std::string_view partstat) {
  if (partstat == "ACCEPTED") return "accepted";
  if (partstat == "DECLINED") return "declined";
  if (partstat == "TENTATIVE") return "tentative";
  return {};
}

/// A person's words beside the answer, and not only what a calendar program writes under each.
bool says_more(const Inquiry& inquiry) {
  if (inquiry.calendar && !inquiry.calendar->comment.empty()) return true;
  constexpr std::size_t kRead = 4096;
  const auto said = fold(std::string_view(inquiry.reply).substr(0, kRead));
  constexpr auto kPrograms = std::to_array<std::string_view>(
      {"this invitation", "your invitation", "this event", "your meeting request", "calendar.google.com",
       "google calendar", "esta invitacion", "su invitacion", "este evento", "loi moi nay", "su kien nay",
       "cette invitation", "diese einladung", "dieser einladung", "este convite", "questo invito"});
  return !trim(said).empty() &&
         std::ranges::none_of(kPrograms, [&](std::string_view words) { return said.find(words) != std::string::npos; });
}

class Answering {
 public:
  Answering(const Scene& scene, Entry entry, Writer writer)
      : scene_(scene), plan_(plan_for(scene)), entry_(std::move(entry)), writer_(writer) {
    plan_.begin(*entry_.lead);
    plan_.saw("calendar", answer().method + " to " + answer().uid + " of " + to_string(entry_.lead->id), true);
  }

  Decision run() {
    const auto& method = answer().method;
    if (scene_.inquiry.is_history) return noted("of the past");
    if (!stands(entry_)) return method == "REFRESH" ? refresh() : noted("what it answers is called off");
    if (const auto rule = not_believed(scene_, writer_)) return refuse(*rule);
    if (!is_his()) return noted("its writer was not invited");
    if (method == "REFRESH") return refresh();
    return method == "COUNTER" ? counter() : reply();
  }

 private:
  [[nodiscard]] const CalendarAnswer& answer() const { return *scene_.inquiry.calendar; }
  [[nodiscard]] std::string who() const { return writer_.user == nullptr ? "prospect" : writer_.user->id; }
  [[nodiscard]] std::string own_zone() const {
    if (writer_.user != nullptr) return writer_.user->timezone;
    const auto zone = std::string(entry_.lead->value("timezone"));
    return is_zone(zone) ? zone : scene_.rules.timezone;
  }
  [[nodiscard]] std::optional<Time> wanted() const { return instant(answer().start, answer().zone, own_zone()); }

  /// He was invited, and answers for himself.
  [[nodiscard]] bool is_his() const {
    if (writer_.user != nullptr && writer_.user->id != entry_.by()) return false;
    if (writer_.user == nullptr && !writer_.is_guest) return false;
    if (answer().attendee.empty() || to_lower(answer().attendee) == to_lower(scene_.inquiry.from.address)) return true;
    return writer_.user != nullptr && scene_.rules.user_with_address(answer().attendee) == writer_.user;
  }

  Event mail(std::string text) const {
    if (!answer().comment.empty()) text += ": " + answer().comment;
    return {.type = entry_.meeting ? EventType::meeting : EventType::next,
            .by = who(),
            .text = std::move(text),
            .message_id = scene_.inquiry.message_id,
            .direction = "in"};
  }

  Decision finish(std::string reason) { return plan_.finish(Outcome::calendar, std::move(reason)); }

  Decision noted(const std::string& why) {
    auto event = mail("calendar: " + answer().method + ", " + why);
    if (writer_.user == nullptr && !writer_.is_guest) event.by = scene_.inquiry.from.address;
    event.type = EventType::mail_in;
    plan_.record(std::move(event));
    pass_on_words();
    return finish(answer().method + ", " + why + ": nothing changed");
  }

  /// What somebody wrote beside an answer of which nobody is told.
  void pass_on_words() {
    const auto* const owner = plan_.owner();
    if (writer_.user != nullptr || owner == nullptr || scene_.inquiry.is_history) return;
    if (!says_more(scene_.inquiry) || !may_follow()) return;
    auto letter = letter_about(LetterKind::copy, scene_, plan_, owner->id);
    letter.quoted_from = scene_.inquiry.from;
    plan_.send(std::move(letter));
  }

  /// It may be anybody's: kept, and whom it concerns is told once.
  Decision refuse(AuthorityRule rule) {
    auto event = mail("calendar: " + answer().method + " that may not be by " + scene_.inquiry.from.address + " (" +
                      std::string(name(rule)) + ")");
    event.type = EventType::flagged;
    event.by = "rule";
    plan_.record(std::move(event));
    tell(entry_.by(), "unproven", wanted());
    return plan_.finish(Outcome::unverified,
                        "a calendar answer of " + scene_.inquiry.from.address + ", fails " + std::string(name(rule)));
  }

  /// To `user`, or while he is away to who stands in for him, once for each answer to each state of the entry.
  void tell(const std::string& user, std::string what, std::optional<Time> counter) {
    const auto* const meant = plan_.rules().user(user);
    if (meant == nullptr) return;
    Letter letter{.kind = LetterKind::rsvp, .to_user = user, .next = entry_.next};
    if (const auto* const acts = stand_in(*meant, plan_.rules(), plan_.now(), &scene_.known.absences)) {
      letter.to_user = acts->id;
      letter.on_behalf_of = user;
    }
    letter.meeting = entry_.meeting;
    letter.counter = what == "proposed" || what == "unproven" ? counter : std::nullopt;
    letter.cause = "rsvp:" + to_lower(answer().uid) + ":" + std::to_string(entry_.sequence()) + ":" + what + ":" +
                   to_lower(scene_.inquiry.from.address) + ":" + user;
    if (counter) letter.cause += ":" + std::to_string(to_unix(*counter));
    letter.text = std::move(what);
    letter.quoted = answer().comment.empty() ? std::string(trim(scene_.inquiry.reply)) : answer().comment;
    letter.quoted_from = scene_.inquiry.from;
    letter.subject = std::string(entry_.lead->value("last.in.subject"));
    add_taps(letter);
    plan_.send(std::move(letter));
  }

  void add_taps(Letter& letter) const {
    if (!letter.counter || letter.text != "proposed" || !entry_.meeting) return;
    const auto* const reader = plan_.rules().user(letter.to_user);
    const auto number = std::to_string(entry_.meeting->number);
    const auto at = to_rfc3339(*letter.counter, offset_at(*letter.counter, reader->timezone));
    const auto minutes = std::to_string(proposed_length().count());
    letter.actions = {
        {"accept", "#event " + number + " " + at.substr(0, 10) + " " + at.substr(11, 5) + " " + minutes + " min"},
        {"keep", "#event " + number + " keep"}};
  }

  [[nodiscard]] std::chrono::minutes proposed_length() const {
    const auto start = wanted();
    const auto end = instant(answer().end, answer().zone, own_zone());
    const auto usual = entry_.meeting ? entry_.meeting->length : std::chrono::minutes{30};
    if (!start || !end || *end < *start + kShortest || *end > *start + kLongest) return usual;
    return std::chrono::floor<std::chrono::minutes>(*end - *start);
  }

  /// Whether it answers what stands, and not what stood before.
  [[nodiscard]] bool is_stale() const {
    const auto start = wanted();
    return answer().sequence < entry_.sequence() && start && *start != entry_.at();
  }

  Decision reply() {
    const auto word = status_word(answer().partstat);
    if (word.empty()) return noted("PARTSTAT " + one_line(answer().partstat, 40));
    if (is_stale()) return noted(word + " what has been moved since");
    const auto field = entry_.field(writer_.is_guest ? "guest_answer" : "answer");
    if (!plan_.record_change(mail("calendar: " + word), {{field, word}})) {
      pass_on_words();
      return finish(word + ", as before");
    }
    if (writer_.is_guest) {
      tell(entry_.by(), word, std::nullopt);
    } else if (word == "declined") {
      const auto owner = std::string(entry_.lead->owner());
      tell(owner.empty() ? entry_.by() : owner, word, std::nullopt);
    }
    return finish(word + " by " + who());
  }

  /// One more that is followed today; false: enough of them were.
  bool may_follow() {
    const auto today = to_text(day_of(plan_.now(), plan_.rules().timezone));
    auto known = std::string(plan_.lead().value("last.calendar"));
    int count = 0;
    if (known.starts_with(today)) std::from_chars(known.data() + today.size() + 1, known.data() + known.size(), count);
    if (count >= kMostFollowed) return false;
    plan_.record({.type = EventType::fields, .by = who()},
                 {{"last.calendar", today + " " + std::to_string(count + 1)}});
    return true;
  }

  /// Why a time can't be kept; empty when it can.
  [[nodiscard]] std::string obstacle(const std::optional<Time>& start) const {
    if (!start) return "it names no time of day";
    if (*start <= plan_.now()) return "it is past";
    if (*start > plan_.now() + kFurthest) return "it is too far ahead";
    if (entry_.lead->status() == Status::do_not_contact || !entry_.lead->value("merged").empty())
      return "the lead may not be contacted";
    return {};
  }

  Decision counter() {
    const auto start = wanted();
    if (is_old_counter()) return noted("proposed for what has been moved since");
    if (start && *start == entry_.at() && proposed_length() == length()) return noted("proposed the time that stands");
    if (!may_follow()) return noted("proposed once more today; too many to follow");
    const auto why = obstacle(start);
    if (!why.empty()) return turn_down(start.value_or(entry_.at()), why);
    return writer_.is_guest && !suits_rep(*start) ? put_to_rep(*start) : move_to(*start);
  }

  /// Whether a guest's time needs no rep to look at it: the company wants it so, and he works then, all through it.
  [[nodiscard]] bool suits_rep(Time start) const {
    const auto* const rep = plan_.rules().user(entry_.by());
    if (!plan_.rules().accepts_guest_times || rep == nullptr) return false;
    const auto works_at = [&](Time at) { return presence(*rep, at, &scene_.known.absences) == Presence::working; };
    const auto end = start + proposed_length();
    return works_at(start) && works_at(end - seconds{1}) &&
           day_of(start, rep->timezone) == day_of(end - seconds{1}, rep->timezone);
  }

  [[nodiscard]] std::chrono::minutes length() const {
    return entry_.meeting ? entry_.meeting->length : std::chrono::minutes{30};
  }

  /// Outlook and Google repeat the SEQUENCE that they know.
  [[nodiscard]] bool is_old_counter() const { return answer().sequence != 0 && answer().sequence < entry_.sequence(); }

  Decision move_to(Time start) {
    const auto* const rep = plan_.rules().user(entry_.by());
    auto event =
        mail("calendar: proposed " + (rep == nullptr ? to_rfc3339(start) : local_words(start, *rep)) + ", taken over");
    if (entry_.next) {
      auto next = *entry_.next;
      next.at = start;
      set_next_contact(plan_, std::move(next), std::move(event));
    } else {
      auto meeting = *entry_.meeting;
      meeting.at = start;
      meeting.length = proposed_length();
      move_meeting(plan_, std::move(meeting), std::move(event));
    }
    return finish("moved to " + to_rfc3339(start) + " as " + who() + " proposed");
  }

  Decision put_to_rep(Time start) {
    const auto* const rep = plan_.rules().user(entry_.by());
    const auto words = rep == nullptr ? to_rfc3339(start) : local_words(start, *rep);
    plan_.record(mail("calendar: proposes " + words), {{entry_.field("proposed"), std::to_string(to_unix(start))}});
    tell(entry_.by(), "proposed", start);
    return finish("proposed " + to_rfc3339(start) + "; " + entry_.by() + " is asked");
  }

  /// RFC 5546 §3.2.8
  Decision turn_down(Time start, const std::string& why) {
    plan_.record(mail("calendar: proposed another time, turned down: " + why));
    Letter letter{.kind = entry_.next ? LetterKind::invitation : LetterKind::meeting, .next = entry_.next};
    letter.meeting = entry_.meeting;
    letter.counter = start;
    letter.subject = std::string(entry_.lead->value("last.in.subject"));
    address(letter);
    letter.cause = "decline:" + to_lower(answer().uid) + ":" + std::to_string(entry_.sequence()) + ":" +
                   std::to_string(to_unix(start)) + ":" + to_lower(scene_.inquiry.from.address);
    plan_.send(std::move(letter));
    return finish("turned down: " + why);
  }

  /// To whoever wrote, at the address that we know.
  void address(Letter& letter) const {
    if (writer_.user != nullptr) {
      letter.to_user = writer_.user->id;
    } else if (entry_.meeting) {
      letter.to = {guest_of_meeting(*entry_.lead, entry_.meeting->number).value_or(scene_.inquiry.from)};
      letter.on_behalf_of = entry_.meeting->by;
    }
  }

  /// The invitation as it stands; of what is called off there is none to send. RFC 5546 §3.2.6
  Decision refresh() {
    if (!stands(entry_) || !may_follow()) return noted("asked for, and not sent");
    plan_.record(mail("calendar: asked for the invitation, sent again"));
    Letter letter{.kind = entry_.next ? LetterKind::invitation : LetterKind::meeting, .next = entry_.next};
    letter.meeting = entry_.meeting;
    letter.subject = std::string(entry_.lead->value("last.in.subject"));
    address(letter);
    letter.cause = "refresh:" + scene_.inquiry.fingerprint;
    plan_.send(std::move(letter));
    return finish("the invitation is sent again");
  }

  const Scene& scene_;
  Plan plan_;
  Entry entry_;
  Writer writer_;
};

}  // namespace

std::optional<Time> instant(std::string_view written, std::string_view zone, std::string_view own_zone) {
  if (written.size() <= 10) return std::nullopt;
  if (const auto time = parse_rfc3339(written)) return time;
  const auto local = parse_rfc3339(std::string(written) + "Z");
  if (!local) return std::nullopt;
  return to_utc(std::chrono::local_seconds{local->time_since_epoch()}, is_zone(zone) ? zone : own_zone);
}

std::optional<Decision> decide_calendar(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  if (inquiry.nature != Nature::calendar || !inquiry.calendar || inquiry.in_sent_folder) return std::nullopt;
  if (!is_answering(inquiry.calendar->method)) return std::nullopt;
  auto entry = entry_of(scene);
  if (!entry) return std::nullopt;
  const auto writer = writer_of(scene, *entry);
  return Answering(scene, std::move(*entry), writer).run();
}

std::optional<Decision> decide_calendar_words(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  if (inquiry.nature != Nature::calendar || inquiry.in_sent_folder || inquiry.is_history || inquiry.unreadable)
    return {};
  if (scene.rules.user_with_address(inquiry.from.address) != nullptr || !says_more(inquiry)) return {};
  const auto writer = leads::writer_of(inquiry, scene.rules);
  const auto weighed = match(inquiry, writer, scene.known, scene.rules, scene.now);
  if (weighed.found) {
    auto plan = plan_for(scene);
    plan.begin(*weighed.found->lead);
    plan.saw(weighed.found->step, weighed.found->what + " -> " + to_string(weighed.found->lead->id), true);
    plan.record({.type = EventType::mail_in,
                 .by = writer.address,
                 .text = headline(inquiry),
                 .message_id = inquiry.message_id,
                 .direction = "in"});
    if (const auto* const owner = plan.owner()) {
      auto letter = letter_about(LetterKind::copy, scene, plan, owner->id);
      letter.quoted_from = {one_line(writer.name), writer.address};
      plan.send(std::move(letter));
    }
    return plan.finish(Outcome::threaded, "words beside an answer to an invitation that is not ours");
  }
  if (!scene.known.blocked.empty()) return ignore_blocked(scene);
  if (inquiry.was_held) return decide_capture(scene, writer);
  return hold(scene, writer, "words beside an answer to an invitation that is not ours");
}

}  // namespace leadmail::leads
