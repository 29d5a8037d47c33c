#include "core/leads/report.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/leads/record.h"
#include "core/leads/working_clock.h"
#include "core/leads/working_time.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr int kMostYears = 100;

year_month month_of(year_month_day day) { return day.year() / day.month(); }
local_days first_of(year_month month) { return local_days{month / 1}; }

StageSpec::Closed end_of(const RecordSpec& record, std::string_view stage) {
  // Of sales without an opportunity; no stage of a config can be called so and be open.
  const auto& stages = stages_of(record);
  const auto found = std::ranges::find(stages, stage, &StageSpec::id);
  return found == stages.end() ? StageSpec::Closed::no : found->closed;
}

/// Nine of ten: the smallest that at least 90 of 100 do not exceed.
Spread spread_of(std::vector<seconds>& lengths) {
  if (lengths.empty()) return {};
  std::ranges::sort(lengths);
  const auto rank = [&](double share) {
    const auto position = std::ceil(share * static_cast<double>(lengths.size()));
    return lengths[static_cast<std::size_t>(std::max(position, 1.0)) - 1];
  };
  return {.leads = static_cast<std::int64_t>(lengths.size()), .median = rank(0.5), .ninth = rank(0.9)};
}

void add(Amounts& amounts, const std::string& currency, std::int64_t cents) {
  if (cents != 0) amounts[currency] += cents;
}

class Making {
 public:
  Making(const ReportPeriod& period, const ReportFacts& facts, const Rules& rules, Time now)
      : facts_(facts), rules_(rules) {
    report_.period = period;
    report_.made = now;
  }

  Report run() {
    add_pipeline();
    add_statuses();
    report_.sources = origins(&ReportFacts::Origin::source);
    report_.campaigns = origins(&ReportFacts::Origin::campaign);
    add_owners();
    report_.late = facts_.late;
    add_waits();
    add_months();
    add_quotations();
    return std::move(report_);
  }

 private:
  void add_pipeline() {
    const auto stage_of = [&](const std::string& id) {
      ReportStage stage{.id = id};
      for (const auto& sum : facts_.stages) {
        if (sum.state != id) continue;
        stage.deals += sum.deals;
        add(stage.value, sum.currency, sum.cents);
        add(stage.expected, sum.currency, sum.expected);
      }
      return stage;
    };
    std::set<std::string> known;
    for (const auto& spec : stages_of(rules_.record)) {
      known.insert(spec.id);
      if (spec.closed == StageSpec::Closed::no) report_.pipeline.push_back(stage_of(spec.id));
    }
    for (const auto& sum : facts_.stages) {
      if (known.insert(sum.state).second) report_.pipeline.push_back(stage_of(sum.state));
    }
  }

  void add_statuses() {
    std::map<Status, std::int64_t> leads;
    for (const auto& held : facts_.held) leads[held.status] += held.leads;
    for (int status = 0; status <= static_cast<int>(Status::do_not_contact); ++status) {
      const auto known = static_cast<Status>(status);
      report_.statuses.emplace_back(known, leads[known]);
    }
  }

  static void count(ReportOrigin& origin, Status status, std::int64_t leads) {
    origin.leads += leads;
    if (status == Status::converted) {
      origin.converted += leads;
    } else if (status == Status::lost_quotation || status == Status::do_not_contact) {
      origin.lost += leads;
    } else {
      origin.open += leads;
    }
  }

  std::vector<ReportOrigin> origins(std::string ReportFacts::Origin::*name) {
    std::map<std::string, ReportOrigin> by_name;
    report_.all = {};
    for (const auto& fact : facts_.origins) {
      auto& origin = by_name[fact.*name];
      origin.name = fact.*name;
      count(origin, fact.status, fact.leads);
      count(report_.all, fact.status, fact.leads);
    }
    std::vector<ReportOrigin> all;
    all.reserve(by_name.size());
    for (auto& [key, origin] : by_name) all.push_back(std::move(origin));
    std::ranges::stable_sort(all, std::ranges::greater{}, &ReportOrigin::leads);
    return all;
  }

  ReportOwner& owner(const std::string& user) {
    const auto found = std::ranges::find(report_.owners, user, &ReportOwner::user);
    if (found != report_.owners.end()) return *found;
    report_.owners.push_back({.user = user, .name = user});
    return report_.owners.back();
  }

  void add_owners() {
    for (const auto& user : rules_.users) report_.owners.push_back({.user = user.id, .name = user.name});
    for (const auto& held : facts_.held) {
      const bool is_open = held.status != Status::converted && held.status != Status::lost_quotation &&
                           held.status != Status::do_not_contact;
      if (is_open && held.leads > 0) owner(held.owner).open += held.leads;
    }
    for (const auto& [user, leads] : facts_.owed) {
      owner(user).owed += leads;
      report_.owed += leads;
    }
    for (const auto& contacts : facts_.contacts) {
      auto& one = owner(contacts.user);
      one.overdue += contacts.overdue;
      one.today += contacts.today;
      report_.overdue += contacts.overdue;
      report_.today += contacts.today;
      report_.week += contacts.week;
    }
    std::ranges::stable_sort(report_.owners, {}, [](const ReportOwner& one) { return one.user.empty(); });
  }

  struct Lengths {
    std::vector<seconds> acknowledge{};
    std::vector<seconds> first_answer{};
  };

  const WorkingClock& clock_of(const std::string& user, Time first) {
    const auto found = clocks_.find(user);
    if (found != clocks_.end()) return found->second;
    const auto* const known = rules_.user(user);
    const auto calendar = known == nullptr ? company_calendar(rules_) : *known;
    return clocks_.try_emplace(user, calendar, first, report_.made).first->second;
  }

  void add_waits() {
    if (facts_.waits.empty()) return;
    const auto first = std::ranges::min(facts_.waits, {}, &Wait::asked).asked;
    std::map<std::string, Lengths> by_owner;
    Lengths all;
    for (const auto& wait : facts_.waits) {
      const auto& clock = clock_of(wait.owner, first);
      auto& his = by_owner[wait.owner];
      if (wait.acted) {
        his.acknowledge.push_back(clock.between(wait.asked, *wait.acted));
        all.acknowledge.push_back(his.acknowledge.back());
      }
      if (wait.answered) {
        his.first_answer.push_back(clock.between(wait.asked, *wait.answered));
        all.first_answer.push_back(his.first_answer.back());
      } else {
        ++report_.unanswered;
      }
    }
    for (auto& [user, lengths] : by_owner) {
      if (lengths.acknowledge.empty() && lengths.first_answer.empty()) continue;
      auto& one = owner(user);
      one.acknowledge = spread_of(lengths.acknowledge);
      one.first_answer = spread_of(lengths.first_answer);
    }
    std::ranges::stable_sort(report_.owners, {}, [](const ReportOwner& one) { return one.user.empty(); });
    report_.acknowledge = spread_of(all.acknowledge);
    report_.first_answer = spread_of(all.first_answer);
  }

  void add_months() {
    auto month = month_of(report_.period.last) - months{static_cast<int>(facts_.months.size()) - 1};
    for (const auto& fact : facts_.months) {
      ReportMonth told{.month = month, .leads = fact.leads};
      for (const auto& sum : fact.ended) add_ended(told, sum);
      report_.months.push_back(std::move(told));
      month += months{1};
    }
  }

  void add_ended(ReportMonth& month, const DealSum& sum) {
    const auto end = end_of(rules_.record, sum.state);
    if (end == StageSpec::Closed::won || (end == StageSpec::Closed::no && sum.state == "won")) {
      month.won += sum.deals;
      report_.won += sum.deals;
      add(month.won_value, sum.currency, sum.cents);
      add(report_.won_value, sum.currency, sum.cents);
    } else {
      month.lost += sum.deals;
      report_.lost += sum.deals;
      add(month.lost_value, sum.currency, sum.cents);
    }
  }

  void add_quotations() {
    for (const auto& sum : facts_.quotations) {
      report_.quotations += sum.deals;
      if (sum.state == "lapsed") report_.quotations_lapsed += sum.deals;
      if (sum.state == "soon") report_.quotations_soon += sum.deals;
      add(report_.quoted, sum.currency, sum.cents);
    }
  }

  const ReportFacts& facts_;
  const Rules& rules_;
  std::map<std::string, WorkingClock> clocks_{};
  Report report_{};
};

}  // namespace

std::optional<double> Report::rate(const ReportOrigin& origin) {
  if (origin.leads == 0) return std::nullopt;
  return static_cast<double>(origin.converted) / static_cast<double>(origin.leads);
}

ReportPeriod usual_period(const Rules& rules, Time now) {
  const auto today = day_of(now, rules.timezone);
  return {.first = (month_of(today) - months{11}) / 1, .last = today};
}

ReportAsk report_ask(const ReportPeriod& period, const Rules& rules, Time now) {
  const auto instant = [&](local_days day) { return to_utc(day, rules.timezone); };
  const auto today = local_days{day_of(now, rules.timezone)};
  const auto end = local_days{period.last} + days{1};
  const auto earliest = local_days{(month_of(period.last) - months{12 * kMostYears}) / 1};
  const auto begin = std::max(local_days{period.first}, earliest);
  ReportAsk ask{.since = instant(begin),
                .until = instant(end),
                .months = {instant(begin)},
                .now = now,
                .today_ends = instant(today + days{1}),
                .week_ends = instant(today + days{7}),
                .today = to_text(year_month_day{today}),
                .soon = to_text(year_month_day{today + days{7}})};
  for (auto month = month_of(year_month_day{begin}) + months{1}; first_of(month) < end; month += months{1})
    ask.months.push_back(instant(first_of(month)));
  ask.months.push_back(ask.until);
  for (const auto& stage : stages_of(rules.record)) {
    if (stage.closed != StageSpec::Closed::no) ask.ended.push_back(stage.id);
  }
  return ask;
}

Report make_report(const ReportPeriod& period, const ReportFacts& facts, const Rules& rules, Time now) {
  return Making(period, facts, rules, now).run();
}

}  // namespace leadmail::leads
