// `leadmail report`: what the book adds up to, as tables, JSON or a page. Reads only.
#include "core/leads/report.h"

#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/admin/report_page.h"
#include "daemon/admin/report_view.h"
#include "daemon/config_values.h"
#include "daemon/whole_file.h"

namespace leadmail::daemon::admin {
namespace {

constexpr mode_t kMode = 0640;  // it holds figures of the business

/// Days that were given take the place of the usual ones; false: told what is wrong with them.
bool read_period(Desk& desk, const ReportArguments& arguments, leads::ReportPeriod& period) {
  for (const auto& [text, day] :
       {std::pair(&arguments.until, &period.last), std::pair(&arguments.since, &period.first)}) {
    if (text->empty()) continue;
    const auto read = date_from(*text);
    if (!read) {
      desk.fail("'" + *text + "' is no day; like 2026-03-01", usage);
      return false;
    }
    *day = *read;
  }
  // Only the end was given, and it lies before the usual beginning.
  if (arguments.since.empty() && std::chrono::sys_days{period.last} < std::chrono::sys_days{period.first})
    period.first = (period.last.year() / period.last.month() - std::chrono::months{11}) / 1;
  if (std::chrono::sys_days{period.first} <= std::chrono::sys_days{period.last}) return true;
  desk.fail("--since is behind --until", usage);
  return false;
}

int write_page(Desk& desk, const std::string& path, const std::string& page) {
  if (path == "-") {
    desk.print(page);
    return fine;
  }
  if (auto done = write_whole_file(path, page, kMode); !done) return desk.fail(done.error());
  if (desk.is_json()) desk.print_json(Json{{"file", path}});
  desk.remark("written to " + shown(path));
  return desk.status();
}

}  // namespace

int run_report(Desk& desk, const ReportArguments& arguments) {
  if (!desk.open_book()) return desk.status();
  const auto& rules = desk.config().rules;
  auto period = leads::usual_period(rules, desk.now());
  if (!read_period(desk, arguments, period)) return desk.status();
  auto facts = desk.book().report(leads::report_ask(period, rules, desk.now()));
  if (!facts) return desk.fail(facts.error());
  const auto report = leads::make_report(period, *facts, rules, desk.now());

  if (!arguments.html.empty()) return write_page(desk, arguments.html, report_page(report, rules));
  if (desk.is_json()) {
    desk.print_json(report_json(report, rules));
  } else {
    desk.print(report_text(report, rules, desk.terminal()));
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
