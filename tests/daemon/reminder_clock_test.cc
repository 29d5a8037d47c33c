// Reminders under a clock that does everything clocks do: each change of every zone from 2024 to 2030, leap days,
// outages of 72 hours, jumps of an hour, a day and a year in both directions, and users who move to another zone. Each
// next contact is told exactly once, never before its time, and within working hours. So it is while somebody is away,
// as he said by mail: to who stands in at its time, else to himself when he is back.
//
// The suite looks at some zones; LEADMAIL_ALL_ZONES=1 looks at all of them, or names one.
#include <date/tz.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>

#include "core/leads/reminding.h"
#include "core/leads/zone.h"
#include "daemon/log.h"
#include "daemon/reminder_loop.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using namespace std::chrono;

/// Instead of mails: who was told of which lead, and what the clock showed.
class Told : public store::Composer {
 public:
  Result<store::Outgoing> compose(const leads::Letter& letter, const leads::Lead* lead) override {
    if (letter.kind == leads::LetterKind::catchup) {
      for (const auto& one : letter.leads) note(one.id, letter.to_user);
      ++merged;
    } else if (lead != nullptr) {
      note(lead->id, letter.to_user);
    }
    store::Outgoing outgoing;
    outgoing.message_id = std::to_string(++mails) + "@acme.example";
    outgoing.mail_from = "sales@acme.example";
    outgoing.rcpt_to = {letter.to_user + "@acme.example"};
    outgoing.bytes = "x";
    return outgoing;
  }

  struct Telling {
    Time at{};
    std::string user{};
    std::string zone{};
  };
  std::map<LeadId, std::vector<Telling>> told{};
  Time now{};
  std::string zone{};
  int mails = 0;
  int merged = 0;

 private:
  void note(LeadId lead, const std::string& user) { told[lead].push_back({now, user, zone}); }
};

leads::Rules rules_in(const std::string& zone) {
  leads::Rules rules;
  rules.timezone = zone;
  rules.mailboxes = {leads::Mailbox{.name = "sales", .address = "sales@acme.example"}};
  leads::User ana{.id = "ana", .name = "Ana", .addresses = {"ana@acme.example"}, .timezone = zone};
  leads::User luis{.id = "luis", .name = "Luis", .addresses = {"luis@acme.example"}, .timezone = zone};
  luis.hours = {.days = {true, true, true, true, true, true, true}, .from = 0min, .until = 24h};
  rules.users = {ana, luis};
  return rules;
}

/// When the clock of that zone is changed.
std::vector<Time> changes_of(const std::string& zone) {
  const auto* const found = date::locate_zone(zone);
  const Time end = sys_days{year{2031} / 1 / 1};
  std::vector<Time> changes;
  Time at = sys_days{year{2024} / 1 / 1};
  for (auto info = found->get_info(at); info.end < end; info = found->get_info(info.end)) {
    if (info.end > at) changes.push_back(time_point_cast<seconds>(info.end));
    at = time_point_cast<seconds>(info.end);
  }
  return changes;
}

struct Figures {
  int zones = 0;
  int changes = 0;
  int reminders = 0;
  int missed = 0;
  int doubled = 0;
  int early = 0;
  int outside_hours = 0;
  int merged = 0;
};

/// What the clock shows, seen from the real time since the change.
struct Fault {
  std::string name{};
  seconds jump{0};
  bool has_outage = false;
  bool moves = false;  ///< to another zone

  /// It is wrong for twelve hours, beginning ten minutes behind the change.
  [[nodiscard]] seconds shown(seconds since) const { return since >= 10min && since < 12h ? since + jump : since; }
  [[nodiscard]] bool is_down(seconds since) const { return has_outage && since >= -1h && since < 71h; }
};

const std::vector<Fault>& faults() {
  static const std::vector<Fault> all{{"none"},
                                      {"outage of 72 hours", 0s, true},
                                      {"an hour ahead", 1h},
                                      {"an hour back", -1h},
                                      {"a day ahead", 24h},
                                      {"a day back", -24h},
                                      {"a year ahead", 365 * 24h},
                                      {"a year back", -365 * 24h},
                                      {"another zone", 0s, false, true},
                                      {"outage and another zone", 0s, true, true}};
  return all;
}

class World {
 public:
  World(const std::string& zone, Figures& figures) : zone_(zone), rules_(rules_in(zone)), figures_(figures) {
    book_ = std::move(*store::Book::open(folder_.path("book.db")));
    told_.zone = zone;
  }

  void live_through(Time change, const Fault& fault) {
    std::map<LeadId, Time> due;
    {
      auto transaction = std::move(*book_->begin());
      for (const auto away : {seconds{-1h}, seconds{-1s}, seconds{0}, seconds{30min}, seconds{1h}, seconds{25h}}) {
        for (const std::string user : {"ana", "luis"}) {
          const auto at = change + away;
          due[plan(*transaction, at, user)] = at;
        }
      }
      ASSERT_TRUE(transaction->commit());
    }
    for (seconds since = -2h; since < 10 * 24h; since += 15min) {
      if (fault.is_down(since)) continue;
      if (fault.moves && since == seconds{30min}) move();
      if (fault.moves && fault.has_outage && since == seconds{71h}) move();
      tick(change + fault.shown(since));
    }
    judge(due, fault.name);
    if (fault.moves) come_back();
  }

 private:
  LeadId plan(store::Transaction& transaction, Time at, const std::string& user) {
    leads::Decision decision;
    decision.lead = leads::LeadRef{};
    leads::Event event{.at = at, .type = leads::EventType::next, .by = user};
    event.changes = {{"next.at", "", std::to_string(to_unix(at))},
                     {"next.by", "", user},
                     {"status", "", "replied"},
                     {"mailbox", "", "sales"}};
    decision.effects = {leads::OpenLead{"sales"}, leads::Record{{}, event},
                        leads::PlanReminder{{}, at, user, leads::wake_time(at, user, rules_)}};
    auto applied = transaction.apply(decision, at - 24h, told_);
    EXPECT_TRUE(applied);
    return *applied->lead;
  }

  /// What the loop does: it plans anew when the clock has gone back.
  void tick(Time shown) {
    if (shown < std::exchange(told_.now, shown)) use(told_.zone);
    auto transaction = std::move(*book_->begin());
    const auto next = *transaction->next_due_reminder();
    if (!next || *next > shown) return;
    ASSERT_TRUE(remind_some(*transaction, rules_, told_, shown));
    ASSERT_TRUE(transaction->commit());
  }

  void use(std::string zone) {
    for (auto& user : rules_.users) user.timezone = zone;
    told_.zone = std::move(zone);
    auto transaction = std::move(*book_->begin());
    std::optional<store::WaitingReminder> last;
    do {
      ASSERT_TRUE(plan_some_anew(*transaction, rules_, last));
    } while (last);
    ASSERT_TRUE(transaction->commit());
  }
  void move() { use(rules_.users[0].timezone == "Asia/Tokyo" ? "America/Los_Angeles" : "Asia/Tokyo"); }
  void come_back() { use(zone_); }

  void judge(const std::map<LeadId, Time>& due, const std::string& fault) {
    for (const auto& [lead, at] : due) {
      ++figures_.reminders;
      const auto& times = told_.told[lead];
      const auto where = zone_ + ", " + to_rfc3339(at) + ", " + fault;
      if (times.empty()) ++figures_.missed;
      if (times.size() > 1) ++figures_.doubled;
      EXPECT_EQ(times.size(), 1U) << where;
      for (const auto& one : times) {
        if (one.at < at) ++figures_.early;
        EXPECT_GE(one.at, at) << where;
        check_hours(one, where);
      }
    }
    figures_.merged += std::exchange(told_.merged, 0);
    told_.told.clear();
  }

  /// Within the reader's working hours, or at most the half hour behind them that still is in time.
  void check_hours(const Told::Telling& one, const std::string& where) {
    auto user = *rules_.user(one.user);
    user.timezone = one.zone;
    const auto is_at_work = [&](Time at) { return leads::into_working_hours(at, user) == at; };
    if (is_at_work(one.at) || is_at_work(one.at - 30min)) return;
    ++figures_.outside_hours;
    ADD_FAILURE() << where << ": told at " << to_rfc3339(one.at) << " in " << one.zone;
  }

  std::string zone_;
  leads::Rules rules_;
  Figures& figures_;
  tests::Folder folder_{};
  std::unique_ptr<store::Book> book_{};
  Told told_{};
};

std::vector<std::string> zones() {
  std::vector<std::string> names;
  for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
  const auto* const all = std::getenv("LEADMAIL_ALL_ZONES");
  if (all != nullptr && std::string_view(all) == "1") return names;
  if (all != nullptr && *all != '\0') return {all};
  std::vector<std::string> some{"America/Mexico_City", "Europe/Madrid", "Africa/Casablanca", "Australia/Lord_Howe",
                                "America/New_York",    "Asia/Gaza",     "America/Santiago",  "Pacific/Chatham"};
  for (std::size_t i = 0; i < names.size(); i += 60) some.push_back(names[i]);
  return some;
}

/// A rep who says by mail that she is away, some days around a change of the clock, and may be back before that.
class Absent {
 public:
  Absent(const std::string& zone, bool has_stand_in) : rules_(rules_in(zone)), has_stand_in_(has_stand_in) {
    if (has_stand_in) rules_.teams = {{.id = "mx", .members = {"ana", "luis"}, .lead = "luis"}};
    book_ = std::move(*store::Book::open(folder_.path("book.db")));
    told_.zone = zone;
  }

  void live_through(Time change, bool comes_back_early) {
    const auto first = leads::day_of(change - 72h, told_.zone);
    const auto last = leads::day_of(change + 72h, told_.zone);
    plan_all(change);
    for (seconds since = -80h; since < 12 * 24h; since += 15min) {
      if (since == -72h) say({.user = "ana", .from = first, .until = last}, change + since);
      if (comes_back_early && since == 20h) say({.user = "ana", .from = first}, change + since);
      tick(change + since);
      if (testing::Test::HasFatalFailure()) return;
    }
    judge(first, comes_back_early ? leads::day_of(change + 19h, told_.zone) : last, change + 20h, comes_back_early);
    say({.user = "ana", .from = first}, change + 12 * 24h);
    told_.told.clear();
  }

  int told() const { return count_; }
  int merged() const { return told_.merged; }

 private:
  void plan_all(Time change) {
    due_.clear();
    auto transaction = std::move(*book_->begin());
    for (const auto since :
         {seconds{-49h}, seconds{-1h}, seconds{0}, seconds{30min}, seconds{25h}, seconds{49h}, seconds{121h}}) {
      leads::Decision decision;
      decision.lead = leads::LeadRef{};
      leads::Event event{.at = change - 100h, .type = leads::EventType::next, .by = "ana"};
      event.changes = {{"next.at", "", std::to_string(to_unix(change + since))},
                       {"next.by", "", "ana"},
                       {"owner", "", "ana"},
                       {"status", "", "replied"},
                       {"mailbox", "", "sales"}};
      decision.effects = {
          leads::OpenLead{"sales"}, leads::Record{{}, event},
          leads::PlanReminder{{}, change + since, "ana", leads::wake_time(change + since, "ana", rules_)}};
      due_[*transaction->apply(decision, change - 100h, told_)->lead] = change + since;
    }
    ASSERT_TRUE(transaction->commit());
  }

  void say(const leads::MarkAway& away, Time at) {
    auto transaction = std::move(*book_->begin());
    leads::Decision decision;
    decision.effects = {away};
    ASSERT_TRUE(transaction->apply(decision, at, told_));
    ASSERT_TRUE(transaction->commit());
  }

  /// What the loop does: it plans anew when other people are away than before.
  void tick(Time now) {
    told_.now = now;
    auto transaction = std::move(*book_->begin());
    auto said = *transaction->absences(now);
    if (said != planned_for_) {
      std::optional<store::WaitingReminder> last;
      ASSERT_TRUE(plan_some_anew(*transaction, rules_, last));
      planned_for_ = std::move(said);
    }
    const auto next = *transaction->next_due_reminder();
    if (next && *next <= now) {
      ASSERT_TRUE(remind_some(*transaction, rules_, told_, now));
    }
    ASSERT_TRUE(transaction->commit());
  }

  void judge(year_month_day first, year_month_day last, Time back, bool early) {
    for (const auto& [lead, at] : due_) {
      const auto& times = told_.told[lead];
      const auto where = told_.zone + ", due " + to_rfc3339(at);
      ASSERT_EQ(times.size(), 1U) << where;
      ++count_;
      const auto& one = times.front();
      EXPECT_GE(one.at, at) << where;
      const auto day = leads::day_of(one.at, told_.zone);
      const bool is_away = first <= day && day <= last && !(early && one.at >= back);
      EXPECT_EQ(one.user == "luis", is_away) << where << ", told " << one.user << " at " << to_rfc3339(one.at);
      EXPECT_TRUE(has_stand_in_ || one.user == "ana") << where;
    }
  }

  leads::Rules rules_;
  bool has_stand_in_;
  tests::Folder folder_{};
  std::unique_ptr<store::Book> book_{};
  Told told_{};
  leads::Absences planned_for_{};
  std::map<LeadId, Time> due_{};
  int count_ = 0;
};

TEST(Reminders, OfSomebodyAwayAreToldOnceToWhoStandsInOrWhenHeIsBack) {
  if (std::filesystem::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
  set_log_level(Level::warning);
  int told = 0;
  int merged = 0;
  for (const std::string zone : {"America/Mexico_City", "Europe/Madrid", "Australia/Lord_Howe", "Pacific/Chatham"}) {
    for (const bool has_stand_in : {false, true}) {
      Absent absent(zone, has_stand_in);
      auto moments = changes_of(zone);
      moments.push_back(leads::to_utc(local_days{year{2028} / 2 / 29} + 2h + 30min, zone));
      for (const auto moment : moments) {
        for (const bool early : {false, true}) absent.live_through(moment, early);
        if (HasFatalFailure()) return;
      }
      told += absent.told();
      if (!has_stand_in) merged += absent.merged();
    }
  }
  std::cout << told << " reminders around absences, each told once; " << merged << " mails held several\n";
  EXPECT_GT(merged, 0);
}

TEST(Reminders, AreToldOnceInTheirTimeWhateverTheClockDoes) {
  if (std::filesystem::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
  set_log_level(Level::warning);
  Figures figures;
  std::size_t turn = 0;
  for (const auto& zone : zones()) {
    World world(zone, figures);
    ++figures.zones;
    auto moments = changes_of(zone);
    figures.changes += static_cast<int>(moments.size());
    moments.push_back(leads::to_utc(local_days{year{2028} / 2 / 29} + 2h + 30min, zone));
    for (const auto moment : moments) {
      world.live_through(moment, faults()[turn++ % faults().size()]);
      if (HasFatalFailure()) return;
    }
  }
  std::cout << figures.zones << " zones, " << figures.changes << " changes of the clock, " << figures.reminders
            << " reminders: missed " << figures.missed << ", doubled " << figures.doubled << ", early " << figures.early
            << ", outside working hours " << figures.outside_hours << "; " << figures.merged << " mails held several\n";
  EXPECT_EQ(figures.missed + figures.doubled + figures.early + figures.outside_hours, 0);
  EXPECT_GT(figures.merged, 0);
}

}  // namespace
}  // namespace leadmail::daemon
