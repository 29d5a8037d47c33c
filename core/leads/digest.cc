#include "core/leads/digest.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/leads/availability.h"
#include "core/leads/money.h"
#include "core/leads/plan.h"
#include "core/leads/record.h"
#include "core/leads/service_level.h"
#include "core/leads/silence.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::year_month_day;

constexpr std::size_t kMostLines = 15;
constexpr int kLongestBack = 370;  // days without a working day, and he never works

constexpr days kSoon{3};  // a quotation that ends so soon is told of at once

bool works_on(const User& user, local_days day, const Absences* said) {
  return is_working_day(user, year_month_day{day}) && !absence_on(user, year_month_day{day}, said);
}

/// The first day of its week on which he works.
bool is_first_of_week(const User& user, local_days day, const Absences* said) {
  for (auto before = day - days{1}; std::chrono::weekday{before} != std::chrono::Sunday; before -= days{1}) {
    if (works_on(user, before, said)) return false;
  }
  return true;
}

bool is_about_many(const DigestReader& reader) { return !reader.team.empty(); }

const Team* team_of(const DigestReader& reader, const Rules& rules) {
  const auto found = std::ranges::find(rules.teams, reader.team, &Team::id);
  return found == rules.teams.end() ? nullptr : &*found;
}

/// Whose leads it is about. The lead of a team answers for it, whether he is a member or not.
std::vector<std::string> people_of(const DigestReader& reader, const Rules& rules) {
  if (!is_about_many(reader)) return {reader.user};
  const auto* const team = team_of(reader, rules);
  if (team == nullptr) return {};
  auto people = team->members;
  if (!team->lead.empty() && std::ranges::find(people, team->lead) == people.end()) people.push_back(team->lead);
  return people;
}

/// For whom the reader of a digest about himself stands in.
std::vector<std::string> absent_for(const DigestReader& reader, const Rules& rules, Time now, const Absences* said) {
  std::vector<std::string> absent;
  if (is_about_many(reader)) return absent;
  for (const auto& user : rules.users) {
    const auto* const deputy = user.id == reader.user ? nullptr : deputy_of(user, rules, now, said);
    if (deputy != nullptr && deputy->id == reader.user) absent.push_back(user.id);
  }
  return absent;
}

bool is_live(const Lead& lead) {
  return lead.value("merged").empty() && lead.value("withdrawn") != "yes" && lead.status() != Status::do_not_contact;
}

std::string who_of(const Lead& lead) {
  auto who = std::string(lead.value("name"));
  if (const auto company = lead.value("company"); !company.empty() && company != who)
    who += (who.empty() ? "" : ", ") + std::string(company);
  if (who.empty() && !lead.emails().empty()) who = lead.emails().front();
  return who;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

DigestLine line_of(const Lead& lead, std::optional<Time> at) {
  return {.lead = lead.id, .who = who_of(lead), .owner = std::string(lead.owner()), .at = at};
}

void add(DigestList& list, DigestLine line) {
  ++list.count;
  if (list.lines.size() < kMostLines) list.lines.push_back(std::move(line));
}

void add(DigestList& list, const Lead& lead, std::optional<Time> at) { add(list, line_of(lead, at)); }

std::optional<Time> last_heard(const Lead& lead) {
  const auto at = number_in(lead.value("last.at"));
  return at ? std::optional(from_unix(*at)) : std::nullopt;
}

/// "2027-01-31"
std::optional<year_month_day> day_named(std::string_view text) {
  const auto midnight = parse_rfc3339(std::string(text) + "T00:00:00Z");
  if (!midnight) return std::nullopt;
  return year_month_day{std::chrono::floor<days>(*midnight)};
}

/// Numbers N for which the lead has PREFIX.N.PART.
std::vector<std::string> numbers_of(const Lead& lead, std::string_view prefix, std::string_view part) {
  std::vector<std::string> numbers;
  for (auto value = lead.values.lower_bound(prefix); value != lead.values.end() && value->first.starts_with(prefix);
       ++value) {
    const auto rest = std::string_view(value->first).substr(prefix.size());
    const auto dot = rest.find('.');
    if (dot != std::string_view::npos && rest.substr(dot + 1) == part) numbers.emplace_back(rest.substr(0, dot));
  }
  return numbers;
}

class Making {
 public:
  Making(const DigestReader& reader, const DigestFacts& facts, const Rules& rules, Time now, const Absences* said)
      : facts_(facts),
        rules_(rules),
        user_(rules.user(reader.user)),
        people_(people_of(reader, rules)),
        now_(now),
        said_(said) {
    digest_.reader = reader;
    digest_.stands_in_for = absent_for(reader, rules, now, said);
  }

  std::optional<Digest> run() {
    if (user_ == nullptr || people_.empty()) return std::nullopt;
    for (const auto& person : people_) add_member(person);
    add_leads();
    add_pipeline();
    add_events();
    for (const auto& lead : facts_.ownerless) {
      if (is_live(lead) && may_take(lead)) add(digest_.nobodys, lead, lead.created);
    }
    if (user_->role == Role::admin || user_->role == Role::manager) {
      digest_.held = facts_.held;
      digest_.unreadable = facts_.unreadable;
    }
    if (!is_about_many(digest_.reader)) digest_.members.clear();
    if (says_nothing()) return std::nullopt;
    return std::move(digest_);
  }

 private:
  /// Of the reader or his team.
  [[nodiscard]] bool is_of_us(std::string_view user) const { return std::ranges::find(people_, user) != people_.end(); }
  /// Or of somebody for whom he stands in.
  [[nodiscard]] bool is_ours(std::string_view user) const {
    const auto& absent = digest_.stands_in_for;
    return is_of_us(user) || std::ranges::find(absent, user) != absent.end();
  }

  void add_member(const std::string& person) {
    DigestMember member{.user = person};
    const auto* const user = rules_.user(person);
    const auto absence = user == nullptr ? std::nullopt : absence_at(*user, now_, said_);
    if (absence) member.away_until = absence->until;
    digest_.members.push_back(std::move(member));
  }

  DigestMember* member(std::string_view user) {
    const auto found = std::ranges::find(digest_.members, user, &DigestMember::user);
    return found == digest_.members.end() ? nullptr : &*found;
  }

  /// A lead of nobody concerns the people of its mailbox's team.
  [[nodiscard]] bool may_take(const Lead& lead) const {
    const auto* const mailbox = rules_.mailbox(lead.value("mailbox"));
    if (mailbox == nullptr) return user_->role != Role::rep;
    if (is_about_many(digest_.reader)) return mailbox->team == digest_.reader.team;
    const auto in_team = [&](const Team& team) {
      return team.id == mailbox->team &&
             (team.lead == user_->id || std::ranges::find(team.members, user_->id) != team.members.end());
    };
    return std::ranges::any_of(rules_.teams, in_team);
  }

  void add_leads() {
    std::vector<const Lead*> leads;
    for (const auto& lead : facts_.leads) {
      if (is_live(lead)) leads.push_back(&lead);
    }
    std::ranges::stable_sort(leads, {}, [](const Lead* lead) { return number_in(lead->value("last.at")).value_or(0); });
    for (const auto* const lead : leads) {
      if (is_ours(lead->owner())) add_owed(*lead);
      if (std::ranges::any_of(numbers_of(*lead, "event.", "proposed"),
                              [&](const std::string& n) { return is_ours(lead->value("event." + n + ".by")); })) {
        add(digest_.moved, *lead, std::nullopt);
      }
    }
    add_next_contacts(std::move(leads));
  }

  void add_owed(const Lead& lead) {
    auto* const one = member(lead.owner());
    auto late = late_terms(lead);
    if (one != nullptr && lead.owed()) ++one->owed;
    if (one != nullptr && !late.empty()) ++one->late;
    auto line = line_of(lead, last_heard(lead));
    line.terms = std::move(late);
    if (!line.terms.empty()) {
      add(digest_.late, std::move(line));
    } else if (lead.owed()) {
      add(digest_.owed, std::move(line));
    } else if (is_silent(lead)) {
      add(digest_.silent, std::move(line));
    }
    add_lapsing(lead);
  }

  [[nodiscard]] bool is_silent(const Lead& lead) const {
    const auto since = silent_since(rules_, now_);
    const auto heard = last_heard(lead);
    return since && heard && *heard < *since && lead.status() == Status::replied && !lead.next();
  }

  void add_lapsing(const Lead& lead) {
    const local_days today = std::chrono::floor<days>(to_local(now_, user_->timezone));
    for (const auto& n : numbers_of(lead, "quotation.", "state")) {
      const auto at = [&](std::string_view part) { return lead.value("quotation." + n + "." + std::string(part)); };
      const auto last = at("state") == "open" ? day_named(at("valid_until")) : std::nullopt;
      if (!last) continue;
      const auto left = local_days{*last} - today;
      if (left > (digest_.reader.weekly ? days{7} : kSoon)) continue;
      auto line = line_of(lead, std::nullopt);
      line.day = last;
      add(digest_.lapsing, std::move(line));
      // Each day anew would be nagging: what lapsed long ago is told beside other things, and once a week.
      lapses_now_ = lapses_now_ || left >= -kSoon;
    }
  }

  void add_next_contacts(std::vector<const Lead*> leads) {
    std::ranges::stable_sort(leads, {}, [](const Lead* lead) { return lead->next() ? lead->next()->at : Time{}; });
    const auto end = due_until(digest_.reader, *user_, now_);
    for (const auto* const lead : leads) {
      const auto next = lead->next();
      if (!next || !is_ours(next->by) || next->at > end) continue;
      add(next->at <= now_ ? digest_.overdue : digest_.due, *lead, next->at);
      if (auto* const one = next->at <= now_ ? member(next->by) : nullptr) ++one->overdue;
    }
  }

  void add_pipeline() {
    std::map<std::string, DigestStage> by_stage;
    for (const auto& lead : facts_.leads) {
      if (!is_live(lead) || !is_of_us(lead.owner())) continue;
      for (const auto& n : numbers_of(lead, "opportunity.", "stage")) {
        const auto at = [&](std::string_view part) { return lead.value("opportunity." + n + "." + std::string(part)); };
        auto& stage = by_stage[std::string(at("stage"))];
        ++stage.opportunities;
        if (const auto cents = cents_of(at("value"))) stage.sums[std::string(at("currency"))] += *cents;
      }
    }
    for (const auto& spec : stages_of(rules_.record)) {
      const auto found = by_stage.find(spec.id);
      if (found == by_stage.end() || spec.closed != StageSpec::Closed::no) continue;
      found->second.stage = spec.id;
      digest_.pipeline.push_back(std::move(found->second));
    }
  }

  void add_events() {
    std::map<LeadId, bool> fresh;
    std::map<Status, int> reached;
    for (const auto& [lead, event] : facts_.events) {
      if (!is_live(lead)) continue;
      if (event.type == EventType::captured && fresh.emplace(lead.id, true).second) {
        add(digest_.fresh, lead, lead.created);
        if (auto* const one = member(lead.owner())) ++one->fresh;
      }
      for (const auto& change : event.changes) {
        const auto status = change.field == "status" ? status_named(change.after) : std::nullopt;
        if (!is_of_us(lead.owner())) continue;
        if (status && event.type != EventType::captured && !is_set_by_mail(*status)) ++reached[*status];
        if (change.field.starts_with("quotation.") && change.field.ends_with(".state") && change.after == "accepted")
          add_won(lead, change.field);
      }
    }
    digest_.reached.assign(reached.begin(), reached.end());
  }

  void add_won(const Lead& lead, std::string_view state_field) {
    const auto prefix = std::string(state_field.substr(0, state_field.rfind('.')));
    if (const auto cents = cents_of(lead.value(prefix + ".total")))
      digest_.won[std::string(lead.value(prefix + ".currency"))] += *cents;
  }

  [[nodiscard]] bool says_nothing() const {
    const auto& d = digest_;
    const bool waits =
        d.late.count + d.owed.count + d.overdue.count + d.due.count + d.fresh.count + d.moved.count + d.nobodys.count >
        0;
    const bool decides = d.held > 0 || d.unreadable > 0 || lapses_now_;
    // What stands still is told once a week.
    const bool rests = !d.pipeline.empty() || d.silent.count + d.lapsing.count > 0;
    return !waits && !decides && d.reached.empty() && (!rests || !d.reader.weekly);
  }

  static Time due_until(const DigestReader& reader, const User& user, Time now) {
    const auto today = std::chrono::floor<days>(to_local(now, user.timezone));
    return to_utc(today + days{reader.weekly ? 7 : 1}, user.timezone) - seconds{1};
  }

  const DigestFacts& facts_;
  const Rules& rules_;
  const User* user_;
  std::vector<std::string> people_;
  Time now_;
  const Absences* said_;
  bool lapses_now_ = false;
  Digest digest_{};
};

}  // namespace

std::string DigestReader::key() const {
  return (weekly ? "weekly " : "daily ") + user + (team.empty() ? "" : " team " + team);
}

std::vector<DigestReader> digest_readers(const Rules& rules) {
  std::vector<DigestReader> readers;
  for (const bool weekly : {true, false}) {
    if (!(weekly ? rules.digest.weekly : rules.digest.daily)) continue;
    for (const auto& user : rules.users) readers.push_back({.user = user.id, .weekly = weekly});
    if (!rules.digest.teams) continue;
    for (const auto& team : rules.teams) {
      for (const auto& user : rules.users) {
        if (user.id == team.lead || user.role == Role::manager)
          readers.push_back({.user = user.id, .team = team.id, .weekly = weekly});
      }
    }
  }
  return readers;
}

std::optional<Time> digest_slot(const DigestReader& reader, const Rules& rules, Time now, const Absences* said) {
  const auto* const user = rules.user(reader.user);
  if (user == nullptr) return std::nullopt;
  auto day = std::chrono::floor<days>(to_local(now, user->timezone)) + days{1};  // a change of the clock may add a day
  for (int back = 0; back < kLongestBack; ++back, day -= days{1}) {
    if (!works_on(*user, day, said) || (reader.weekly && !is_first_of_week(*user, day, said))) continue;
    const auto slot = to_utc(day + rules.digest.at, user->timezone);
    if (slot <= now) return slot;
  }
  return std::nullopt;
}

bool is_weekly_slot(const DigestReader& reader, const Rules& rules, Time slot, const Absences* said) {
  if (reader.weekly || !rules.digest.weekly) return false;
  const auto* const user = rules.user(reader.user);
  return user != nullptr && is_first_of_week(*user, std::chrono::floor<days>(to_local(slot, user->timezone)), said);
}

DigestAsk digest_ask(const DigestReader& reader, const Rules& rules, std::int64_t since_event, Time now,
                     const Absences* said) {
  DigestAsk ask{.users = people_of(reader, rules),
                .due_until = now + days{reader.weekly ? 8 : 2},
                .silent_since = silent_since(rules, now),
                .since_event = since_event};
  std::ranges::move(absent_for(reader, rules, now, said), std::back_inserter(ask.users));
  return ask;
}

std::optional<Digest> make_digest(const DigestReader& reader, const DigestFacts& facts, const Rules& rules, Time now,
                                  const Absences* said) {
  return Making(reader, facts, rules, now, said).run();
}

Decision decide_digest(Digest digest, const Rules& rules, Time slot, Time now) {
  const auto reader = digest.reader;
  const auto* const user = rules.user(reader.user);
  const auto day = to_text(day_of(slot, user == nullptr ? rules.timezone : user->timezone));
  const auto mailbox = rules.mailboxes.empty() ? std::string{} : rules.mailboxes.front().name;
  Plan plan(rules, Occasion{.now = now, .at = now, .key = day, .cause = "clock", .mailbox = mailbox});
  Letter letter{.kind = LetterKind::digest, .to_user = reader.user};
  letter.cause = "digest:" + reader.key() + ":" + day;
  letter.digest = std::make_shared<const Digest>(std::move(digest));
  plan.send(std::move(letter));
  return plan.finish(Outcome::threaded, reader.key() + ", " + day);
}

}  // namespace leadmail::leads
