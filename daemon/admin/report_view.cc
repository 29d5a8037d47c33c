#include "daemon/admin/report_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/leads/money.h"
#include "core/leads/zone.h"
#include "daemon/admin/report_words.h"
#include "daemon/dates.h"
#include "daemon/labels.h"

namespace leadmail::daemon::admin {
namespace {

using leads::Spread;

Json name_json(const std::string& name) { return name.empty() ? Json(nullptr) : Json(name); }

Json amounts_json(const leads::Amounts& amounts) {
  Json list = Json::array();
  for (const auto& [currency, cents] : amounts) {
    list.push_back(Json{{"currency", name_json(currency)}, {"value", Json::parse(leads::amount_of_cents(cents))}});
  }
  return list;
}

Json spread_json(const Spread& spread) {
  const bool is_known = spread.leads > 0;
  return Json{{"leads", spread.leads},
              {"median", is_known ? Json(spread.median.count()) : Json(nullptr)},
              {"p90", is_known ? Json(spread.ninth.count()) : Json(nullptr)}};
}

Json origin_json(const leads::ReportOrigin& origin, const char* key) {
  const auto rate = leads::Report::rate(origin);
  return Json{{key, name_json(origin.name)},   {"leads", origin.leads}, {"open", origin.open},
              {"converted", origin.converted}, {"lost", origin.lost},   {"rate", rate ? Json(*rate) : Json(nullptr)}};
}

Json origins_json(const std::vector<leads::ReportOrigin>& origins, const char* key) {
  Json list = Json::array();
  for (const auto& origin : origins) list.push_back(origin_json(origin, key));
  return list;
}

Json pipeline_json(const leads::Report& report, const ReportTongue& tongue) {
  Json list = Json::array();
  for (const auto& stage : report.pipeline) {
    list.push_back(Json{{"stage", stage.id},
                        {"label", tongue.stage(stage.id)},
                        {"opportunities", stage.deals},
                        {"value", amounts_json(stage.value)},
                        {"expected", amounts_json(stage.expected)}});
  }
  return list;
}

Json owners_json(const leads::Report& report) {
  Json list = Json::array();
  for (const auto& owner : report.owners) {
    list.push_back(Json{{"owner", name_json(owner.user)},
                        {"name", name_json(owner.name)},
                        {"open", owner.open},
                        {"owed", owner.owed},
                        {"overdue", owner.overdue},
                        {"due_today", owner.today},
                        {"acknowledge", spread_json(owner.acknowledge)},
                        {"first_answer", spread_json(owner.first_answer)}});
  }
  return list;
}

Json months_json(const leads::Report& report) {
  Json list = Json::array();
  for (const auto& month : report.months) {
    list.push_back(Json{{"month", leads::to_text(month.month / 1).substr(0, 7)},
                        {"leads", month.leads},
                        {"won", month.won},
                        {"won_value", amounts_json(month.won_value)},
                        {"lost", month.lost},
                        {"lost_value", amounts_json(month.lost_value)}});
  }
  return list;
}

std::string titled(const std::string& title, const Table& table, const Terminal& terminal) {
  if (table.empty()) return {};
  return "\n" + coloured(title, Colour::bold, terminal) + "\n" + table.text(terminal);
}

Table::Cell plain(std::string text) { return {std::move(text), Colour::none}; }
Table::Cell alarm(std::int64_t number) {
  return {ReportTongue::count(number), number > 0 ? Colour::red : Colour::none};
}

Table pipeline_table(const leads::Report& report, const ReportTongue& tongue) {
  Table table({"STAGE", "OPPORTUNITIES", "VALUE", "EXPECTED"});
  for (const auto& stage : report.pipeline) {
    table.add({plain(tongue.stage(stage.id)), plain(ReportTongue::count(stage.deals)),
               plain(tongue.money_line(stage.value)), plain(tongue.money_line(stage.expected))});
  }
  return table;
}

Table origin_table(const char* head, const std::vector<leads::ReportOrigin>& origins, const ReportTongue& tongue) {
  constexpr std::size_t kMost = 20;
  Table table({head, "LEADS", "OPEN", "CUSTOMERS", "LOST", "RATE"});
  for (std::size_t i = 0; i < std::min(origins.size(), kMost); ++i) {
    const auto& origin = origins[i];
    table.add({plain(origin.name.empty() ? tongue.say("Not known", "Sin dato", "Không rõ") : origin.name),
               plain(ReportTongue::count(origin.leads)), plain(ReportTongue::count(origin.open)),
               plain(ReportTongue::count(origin.converted)), plain(ReportTongue::count(origin.lost)),
               plain(tongue.percent(leads::Report::rate(origin)))});
  }
  return table;
}

Table owner_table(const leads::Report& report, const ReportTongue& tongue) {
  Table table({"OWNER", "OPEN", "OWED", "OVERDUE", "TODAY", "FIRST SIGN", "90%", "FIRST ANSWER", "90%", "ANSWERED"});
  const auto add = [&](const std::string& who, const leads::ReportOwner& one) {
    table.add(
        {plain(who), plain(ReportTongue::count(one.open)), plain(ReportTongue::count(one.owed)), alarm(one.overdue),
         plain(ReportTongue::count(one.today)), plain(tongue.length(one.acknowledge, &Spread::median)),
         plain(tongue.length(one.acknowledge, &Spread::ninth)), plain(tongue.length(one.first_answer, &Spread::median)),
         plain(tongue.length(one.first_answer, &Spread::ninth)), plain(ReportTongue::count(one.first_answer.leads))});
  };
  for (const auto& owner : report.owners) add(tongue.owner(owner), owner);
  leads::ReportOwner all{.owed = report.owed,
                         .overdue = report.overdue,
                         .today = report.today,
                         .acknowledge = report.acknowledge,
                         .first_answer = report.first_answer};
  for (const auto& owner : report.owners) all.open += owner.open;
  add(tongue.say("All", "Todos", "Tất cả"), all);
  return table;
}

Table month_table(const leads::Report& report, const leads::Rules& rules, const ReportTongue& tongue) {
  Table table({"MONTH", "NEW LEADS", "WON", "VALUE", "LOST", "VALUE"});
  for (const auto& month : report.months) {
    table.add({plain(spell_month(month.month, rules.language)), plain(ReportTongue::count(month.leads)),
               plain(ReportTongue::count(month.won)), plain(tongue.money_line(month.won_value)),
               plain(ReportTongue::count(month.lost)), plain(tongue.money_line(month.lost_value))});
  }
  return table;
}

}  // namespace

Json report_json(const leads::Report& report, const leads::Rules& rules) {
  const ReportTongue tongue{rules};
  Json statuses = Json::array();
  for (const auto& [status, leads] : report.statuses)
    statuses.push_back(Json{{"status", std::string(leads::name(status))}, {"leads", leads}});
  return Json{{"company", name_json(rules.company)},
              {"since", leads::to_text(report.period.first)},
              {"until", leads::to_text(report.period.last)},
              {"made_at", time_json(report.made)},
              {"leads", origin_json(report.all, "name")},
              {"pipeline", pipeline_json(report, tongue)},
              {"statuses", std::move(statuses)},
              {"sources", origins_json(report.sources, "source")},
              {"campaigns", origins_json(report.campaigns, "campaign")},
              {"owners", owners_json(report)},
              {"response",
               {{"acknowledge", spread_json(report.acknowledge)},
                {"first_answer", spread_json(report.first_answer)},
                {"unanswered", report.unanswered}}},
              {"owed", report.owed},
              {"late", report.late},
              {"next_contacts", {{"overdue", report.overdue}, {"today", report.today}, {"week", report.week}}},
              {"won", report.won},
              {"won_value", amounts_json(report.won_value)},
              {"lost", report.lost},
              {"months", months_json(report)},
              {"quotations",
               {{"open", report.quotations},
                {"value", amounts_json(report.quoted)},
                {"soon", report.quotations_soon},
                {"lapsed", report.quotations_lapsed}}}};
}

std::string report_text(const leads::Report& report, const leads::Rules& rules, const Terminal& terminal) {
  const ReportTongue tongue{rules};
  const auto count = &ReportTongue::count;
  Table statuses({"STATUS", "LEADS"});
  for (const auto& [status, leads] : report.statuses)
    statuses.add({plain(label_of(status, rules.language)), plain(count(leads))});
  auto text = coloured(shown(rules.company), Colour::bold, terminal) + "  " +
              spell_day(report.period.first, rules.language) + " – " + spell_day(report.period.last, rules.language) +
              "\n";
  text += titled("Pipeline", pipeline_table(report, tongue), terminal);
  text += titled("Leads by status", statuses, terminal);
  text += titled("Where the leads of the period came from", origin_table("SOURCE", report.sources, tongue), terminal);
  if (report.campaigns.size() > 1 || (!report.campaigns.empty() && !report.campaigns.front().name.empty()))
    text += titled("Campaigns", origin_table("CAMPAIGN", report.campaigns, tongue), terminal);
  text += titled("People; times in working hours", owner_table(report, tongue), terminal);
  text += titled("Months", month_table(report, rules, tongue), terminal);
  text += fmt::format("\nwaiting for an answer: {}, of them late: {}; of the period without any answer: {}\n",
                      count(report.owed), count(report.late), count(report.unanswered));
  text += fmt::format("next contacts: {} overdue, {} more today, {} in seven days\n", count(report.overdue),
                      count(report.today), count(report.week));
  text += fmt::format("open quotations: {} ({}), {} end within a week, {} have lapsed\n", count(report.quotations),
                      tongue.money_line(report.quoted), count(report.quotations_soon), count(report.quotations_lapsed));
  return text;
}

}  // namespace leadmail::daemon::admin
