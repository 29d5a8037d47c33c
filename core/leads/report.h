// What the book adds up to: the pipeline, where leads come from and what becomes of them, how fast they are answered,
// who has how much to do. Pure: the book is asked for sums (ReportAsk), the report is made of them, and names stand in
// it as the config has them. It forecasts nothing and judges nobody.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/leads/lead.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// Days of the company's calendar, both included.
struct ReportPeriod {
  std::chrono::year_month_day first{};
  std::chrono::year_month_day last{};
};

/// The month of `now` and the eleven before it, to its day.
ReportPeriod usual_period(const Rules& rules, Time now);

/// What to read. Leads that came in [since, until), deals that ended then; all else as it is `now`.
struct ReportAsk {
  Time since{};
  Time until{};
  std::vector<Time> months{};  ///< where each month of the period begins, and its end
  Time now{};
  Time today_ends{};
  Time week_ends{};                  ///< of the seven days that begin today
  std::string today{};               ///< 2026-12-22
  std::string soon{};                ///< a week later
  std::vector<std::string> ended{};  ///< stages that end an opportunity
};

/// Error-free for any period: one of more than 100 years is cut at its beginning.
ReportAsk report_ask(const ReportPeriod& period, const Rules& rules, Time now);

/// Deals of one kind and state, in one currency.
struct DealSum {
  std::string state{};
  std::string currency{};
  std::int64_t deals = 0;
  std::int64_t cents = 0;
  std::int64_t expected = 0;  ///< cents, each deal times its probability
};

/// One lead of the period whose prospect waited for us.
struct Wait {
  std::string owner{};
  Time asked{};
  std::optional<Time> acted{};
  std::optional<Time> answered{};
};

struct ReportFacts {
  struct Origin {
    std::string source{};
    std::string campaign{};
    Status status{};
    std::int64_t leads = 0;
  };
  struct Held {
    std::string owner{};
    Status status{};
    std::int64_t leads = 0;
  };
  struct Contacts {
    std::string user{};
    std::int64_t overdue = 0;
    std::int64_t today = 0;
    std::int64_t week = 0;
  };
  struct Month {
    std::int64_t leads = 0;
    std::vector<DealSum> ended{};  ///< by stage; "won" and "lost" of sales without an opportunity
  };
  std::vector<DealSum> stages{};      ///< all opportunities
  std::vector<DealSum> quotations{};  ///< open ones: "lapsed", "soon", "open" by the last day of their validity
  std::vector<Origin> origins{};
  std::vector<Held> held{};
  std::map<std::string, std::int64_t> owed{};  ///< by owner
  std::int64_t late = 0;                       ///< of them, by a rule's service level
  std::vector<Contacts> contacts{};
  std::vector<Month> months{};  ///< one less than ReportAsk::months
  std::vector<Wait> waits{};
};

using Amounts = std::map<std::string, std::int64_t>;  ///< currency -> cents

/// How long it took, in working time of who had it.
struct Spread {
  std::int64_t leads = 0;
  std::chrono::seconds median{};
  std::chrono::seconds ninth{};  ///< nine of ten took no longer
};

struct ReportOrigin {
  std::string name{};  ///< of a source or campaign; "" where none is known
  std::int64_t leads = 0;
  std::int64_t open = 0;
  std::int64_t converted = 0;
  std::int64_t lost = 0;  ///< lost quotations, and those that must not be contacted
};

struct ReportOwner {
  std::string user{};  ///< id; "": of nobody
  std::string name{};
  std::int64_t open = 0;
  std::int64_t owed = 0;
  std::int64_t overdue = 0;
  std::int64_t today = 0;
  Spread acknowledge{};
  Spread first_answer{};
};

struct ReportStage {
  std::string id{};
  std::int64_t deals = 0;
  Amounts value{};
  Amounts expected{};
};

struct ReportMonth {
  std::chrono::year_month month{};
  std::int64_t leads = 0;
  std::int64_t won = 0;
  std::int64_t lost = 0;
  Amounts won_value{};
  Amounts lost_value{};
};

struct Report {
  ReportPeriod period{};
  Time made{};
  std::vector<ReportStage> pipeline{};  ///< open stages in their order; one that the config knows no more is last
  std::vector<std::pair<Status, std::int64_t>> statuses{};  ///< all, in their order
  std::vector<ReportOrigin> sources{};                      ///< most leads first
  std::vector<ReportOrigin> campaigns{};
  ReportOrigin all{};                 ///< leads of the period
  std::vector<ReportOwner> owners{};  ///< users as the config has them, then who is none (any more), nobody last
  Spread acknowledge{};
  Spread first_answer{};
  std::int64_t unanswered = 0;  ///< leads of the period that had no answer yet
  std::int64_t owed = 0;
  std::int64_t late = 0;  ///< of them, by a rule's service level
  std::int64_t overdue = 0;
  std::int64_t today = 0;
  std::int64_t week = 0;
  std::vector<ReportMonth> months{};
  std::int64_t won = 0;
  std::int64_t lost = 0;
  Amounts won_value{};
  std::int64_t quotations = 0;
  std::int64_t quotations_lapsed = 0;
  std::int64_t quotations_soon = 0;  ///< valid for a week at most
  Amounts quoted{};

  /// Converted ones of the leads of the period, 0 to 1; nothing when there are none.
  [[nodiscard]] static std::optional<double> rate(const ReportOrigin& origin);
};

Report make_report(const ReportPeriod& period, const ReportFacts& facts, const Rules& rules, Time now);

}  // namespace leadmail::leads
