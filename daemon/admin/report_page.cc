#include "daemon/admin/report_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/leads/zone.h"
#include "daemon/admin/charts.h"
#include "daemon/admin/print.h"
#include "daemon/admin/report_style.h"
#include "daemon/admin/report_words.h"
#include "daemon/dates.h"
#include "daemon/labels.h"
#include "daemon/mail_html.h"

namespace leadmail::daemon::admin {
namespace {

constexpr std::size_t kMostRows = 15;    // of sources, campaigns and people; the rest is one row
constexpr std::size_t kMostMonths = 36;  // of a chart
constexpr std::size_t kMostCurrencies = 3;

using leads::Spread;

double whole(std::int64_t number) { return static_cast<double>(number); }

struct HtmlTable {
  std::vector<std::string> head{};
  std::vector<std::vector<std::string>> rows{};
  bool is_broad = false;  ///< on a phone each row is a block
};

// A table that is shown as blocks is none any more to a screen reader, unless its parts say what they are.
std::string html_of(const HtmlTable& table) {
  auto html = fmt::format("<table role=\"table\"{}>\n<thead role=\"rowgroup\"><tr role=\"row\">",
                          table.is_broad ? " class=\"broad\"" : "");
  for (const auto& title : table.head)
    html += fmt::format("<th scope=\"col\" role=\"columnheader\">{}</th>", escape_html(title));
  html += "</tr></thead>\n<tbody role=\"rowgroup\">\n";
  for (const auto& row : table.rows) {
    html += "<tr role=\"row\">";
    for (std::size_t i = 0; i < row.size(); ++i) {
      html += i == 0 ? fmt::format("<th scope=\"row\" role=\"rowheader\"><bdi>{}</bdi></th>", escape_html(row[i]))
                     : fmt::format("<td role=\"cell\" data-label=\"{}\"><span>{}</span></td>",
                                   escape_html(table.head[i]), escape_html_lines(row[i]));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n";
}

class Page {
 public:
  Page(const leads::Report& report, const leads::Rules& rules) : report_(report), rules_(rules) {}

  std::string run() {
    const auto heading = title();
    return fmt::format(
        "<!doctype html>\n<html lang=\"{0}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>{1}</title>\n<style>{2}</style>\n</head>\n<body>\n<main>\n{3}{4}<div "
        "class=\"cards\">\n<div>\n{5}</div>\n<div>\n{6}"
        "</div>\n</div>\n{7}"
        "</main>\n</body>\n</html>\n",
        escape_html(rules_.language), escape_html(heading), kReportStyle, header(heading), tiles(),
        pipeline() + won_and_lost() + workload(), months() + statuses() + sources() + campaigns(),
        responses() + footer());
  }

 private:
  [[nodiscard]] std::string say(std::string_view en, std::string_view es, std::string_view vi) const {
    return tongue_.say(en, es, vi);
  }
  static std::string count(std::int64_t number) { return ReportTongue::count(number); }

  [[nodiscard]] std::string title() const {
    const auto name = shown(rules_.company);
    const auto words = say("Sales report", "Informe de ventas", "Báo cáo bán hàng");
    return name.empty() ? words : name + " · " + words;
  }

  [[nodiscard]] std::string header(const std::string& heading) const {
    return fmt::format("<header>\n<h1>{}</h1>\n<p>{} – {}</p>\n</header>\n", escape_html(heading),
                       escape_html(spell_day(report_.period.first, rules_.language)),
                       escape_html(spell_day(report_.period.last, rules_.language)));
  }

  [[nodiscard]] std::string footer() const {
    return fmt::format(
        "<footer>{} {} ({}). {}</footer>\n", escape_html(say("As of", "Datos al", "Số liệu lúc")),
        escape_html(spell_time(report_.made, rules_.timezone, rules_.language)), escape_html(rules_.timezone),
        escape_html(say("Leads that came and deals that ended are those of the period; all else is as it stands now. "
                        "Response times run in the working hours of who has the lead.",
                        "Los prospectos que llegaron y los negocios que terminaron son los del periodo; lo demás es "
                        "como está ahora. Los tiempos de respuesta corren en el horario de trabajo de quien tiene el "
                        "prospecto.",
                        "Khách hàng mới và giao dịch kết thúc là của kỳ báo cáo; phần còn lại là hiện trạng. Thời gian "
                        "phản hồi tính theo giờ làm việc của người phụ trách.")));
  }

  static std::string tile(const std::string& name, const std::string& big, const std::string& more,
                          bool is_alarm = false) {
    return fmt::format("<section class=\"tile\"><h2>{}</h2><p class=\"big\">{}</p><p{}>{}</p></section>\n",
                       escape_html(name), escape_html_lines(big), is_alarm ? " class=\"alarm\"" : "",
                       escape_html(more));
  }

  [[nodiscard]] std::string tiles() const {
    const auto& r = report_;
    leads::Amounts value;
    leads::Amounts expected;
    std::int64_t deals = 0;
    for (const auto& stage : r.pipeline) {
      deals += stage.deals;
      for (const auto& [currency, cents] : stage.value) value[currency] += cents;
      for (const auto& [currency, cents] : stage.expected) expected[currency] += cents;
    }
    std::string html = "<div class=\"tiles\">\n";
    html += tile(say("New leads", "Prospectos nuevos", "Khách hàng tiềm năng mới"), count(r.all.leads),
                 count(r.all.converted) + say(" became customers, ", " ya son clientes, ", " đã thành khách hàng, ") +
                     tongue_.percent(leads::Report::rate(r.all)));
    html += tile(say("Pipeline", "En negociación", "Đang theo đuổi"), deals == 0 ? "0" : tongue_.money(value),
                 count(deals) + say(" opportunities, expected ", " oportunidades, se esperan ", " cơ hội, kỳ vọng ") +
                     tongue_.money_line(expected));
    html += tile(
        say("Won", "Ganado", "Đã thắng"),
        r.won == 0            ? "0"
        : r.won_value.empty() ? count(r.won)
                              : tongue_.money(r.won_value),
        count(r.won) + say(" won, ", " ganados, ", " thắng, ") + count(r.lost) + say(" lost", " perdidos", " thua"));
    html += tile(say("First answer", "Primera respuesta", "Trả lời lần đầu"),
                 tongue_.length(r.first_answer, &Spread::median),
                 say("nine of ten within ", "nueve de diez en ", "chín trên mười trong ") +
                     tongue_.length(r.first_answer, &Spread::ninth));
    html += tile(say("Waiting for an answer", "Esperan respuesta", "Đang chờ trả lời"), count(r.owed),
                 count(r.late) + say(" late by their rule", " con retraso según su regla", " trễ hạn theo quy tắc"),
                 r.late > 0);
    html += tile(say("Next contacts overdue", "Próximos contactos vencidos", "Liên hệ quá hạn"), count(r.overdue),
                 count(r.today) + say(" more today, ", " más hoy, ", " nữa hôm nay, ") + count(r.week) +
                     say(" in seven days", " en siete días", " trong bảy ngày"));
    html += tile(say("Open quotations", "Cotizaciones abiertas", "Báo giá đang mở"),
                 r.quotations == 0  ? "0"
                 : r.quoted.empty() ? count(r.quotations)
                                    : tongue_.money(r.quoted),
                 count(r.quotations) + say(" open, ", " abiertas, ", " đang mở, ") + count(r.quotations_soon) +
                     say(" end within a week, ", " vencen en una semana, ", " hết hạn trong tuần, ") +
                     count(r.quotations_lapsed) + say(" have lapsed", " ya vencieron", " đã hết hạn"));
    html += tile(say("No answer yet", "Sin respuesta aún", "Chưa được trả lời"), count(r.unanswered),
                 say("of the leads of the period that wrote to us", "de los prospectos del periodo que nos escribieron",
                     "trong số khách đã viết cho ta trong kỳ"));
    return html + "</div>\n";
  }

  static std::string card(const std::string& name, const std::string& note, const std::string& content) {
    return fmt::format("<section class=\"card\"><h2>{}</h2>{}{}</section>\n", escape_html(name),
                       note.empty() ? "" : "<p class=\"note\">" + escape_html(note) + "</p>", content);
  }

  [[nodiscard]] std::string nothing() const {
    return "<p class=\"note\">" +
           escape_html(say("Nothing in this period.", "Nada en este periodo.", "Không có gì trong kỳ này.")) + "</p>";
  }

  [[nodiscard]] std::string pipeline() const {
    const auto name = say("Pipeline by stage", "Oportunidades por etapa", "Cơ hội theo giai đoạn");
    leads::Amounts totals;
    std::int64_t deals = 0;
    for (const auto& stage : report_.pipeline) {
      deals += stage.deals;
      for (const auto& [currency, cents] : stage.value) totals[currency] += cents;
    }
    if (deals == 0) return card(name, "", nothing());
    const auto currencies = tongue_.currencies(totals);
    std::string charts;
    for (std::size_t i = 0; i < std::min(currencies.size(), kMostCurrencies); ++i) {
      if (currencies.size() > 1) charts += "<h3>" + escape_html(shown(currencies[i])) + "</h3>";
      charts += pipeline_chart(currencies[i], i);
    }
    if (currencies.empty()) charts = stage_counts();
    HtmlTable table{.head = {say("Stage", "Etapa", "Giai đoạn"), say("Opportunities", "Oportunidades", "Cơ hội"),
                             say("Value", "Valor", "Giá trị"), say("Expected", "Esperado", "Kỳ vọng")},
                    .is_broad = true};
    for (const auto& stage : report_.pipeline) {
      table.rows.push_back(
          {tongue_.stage(stage.id), count(stage.deals), tongue_.money(stage.value), tongue_.money(stage.expected)});
    }
    return card(name,
                say("Expected: value times probability.", "Esperado: valor por probabilidad.",
                    "Kỳ vọng: giá trị nhân xác suất."),
                charts + html_of(table));
  }

  [[nodiscard]] std::string pipeline_chart(const std::string& currency, std::size_t number) const {
    std::vector<Bar> bars;
    for (const auto& stage : report_.pipeline) {
      const auto found = stage.value.find(currency);
      const auto cents = found == stage.value.end() ? 0 : found->second;
      bars.push_back({tongue_.stage(stage.id), tongue_.money({{currency, cents}}), whole(cents)});
    }
    return bar_chart(
        {.id = fmt::format("pipeline{}", number),
         .title = say("Value by stage", "Valor por etapa", "Giá trị theo giai đoạn") + " " + shown(currency),
         .description = say("Open opportunities.", "Oportunidades abiertas.", "Cơ hội đang mở.")},
        bars);
  }

  [[nodiscard]] std::string stage_counts() const {
    std::vector<Bar> bars;
    bars.reserve(report_.pipeline.size());
    for (const auto& stage : report_.pipeline)
      bars.push_back({tongue_.stage(stage.id), count(stage.deals), whole(stage.deals)});
    return bar_chart({.id = "pipeline",
                      .title = say("Opportunities by stage", "Oportunidades por etapa", "Cơ hội theo giai đoạn"),
                      .description = say("Open opportunities.", "Oportunidades abiertas.", "Cơ hội đang mở.")},
                     bars);
  }

  [[nodiscard]] std::string statuses() const {
    std::vector<Bar> bars;
    bars.reserve(report_.statuses.size());
    for (const auto& [status, leads] : report_.statuses)
      bars.push_back({label_of(status, rules_.language), count(leads), whole(leads)});
    const auto name = say("Leads by status", "Prospectos por estado", "Khách hàng theo trạng thái");
    return card(
        name,
        say("All leads, as they stand now.", "Todos los prospectos, como están ahora.", "Mọi khách hàng, hiện trạng."),
        bar_chart({.id = "statuses", .title = name}, bars));
  }

  /// The months of a chart: the last of them, when there are very many.
  [[nodiscard]] std::vector<leads::ReportMonth> charted() const {
    const auto& all = report_.months;
    return {all.end() - static_cast<std::ptrdiff_t>(std::min(all.size(), kMostMonths)), all.end()};
  }

  [[nodiscard]] std::string month_name(std::chrono::year_month month) const {
    return rules_.language == "vi" ? "T" + std::to_string(static_cast<unsigned>(month.month()))
                                   : spell_month(month.month(), rules_.language);
  }

  [[nodiscard]] std::string months() const {
    std::vector<Point> points;
    for (const auto& month : charted()) {
      points.push_back({month_name(month.month), std::to_string(static_cast<int>(month.month.year())),
                        count(month.leads), whole(month.leads)});
    }
    const auto name = say("New leads by month", "Prospectos nuevos por mes", "Khách hàng mới theo tháng");
    return card(name, "", line_chart({.id = "months", .title = name}, points));
  }

  [[nodiscard]] std::string won_and_lost() const {
    const auto name = say("Won and lost by month", "Ganado y perdido por mes", "Thắng và thua theo tháng");
    if (report_.won + report_.lost == 0) return card(name, "", nothing());
    std::vector<Column> columns;
    for (const auto& month : charted()) {
      columns.push_back({month_name(month.month), std::to_string(static_cast<int>(month.month.year())),
                         count(month.won), count(month.lost), whole(month.won), whole(month.lost)});
    }
    const auto legend = fmt::format(
        "<p class=\"legend\"><span><span class=\"key good\"></span>{}</span><span><span class=\"key "
        "bad\"></span>{}</span></p>\n",
        escape_html(say("won", "ganado", "thắng")), escape_html(say("lost", "perdido", "thua")));
    HtmlTable table{.head = {say("Month", "Mes", "Tháng"), say("Won", "Ganado", "Thắng"),
                             say("Value", "Valor", "Giá trị"), say("Lost", "Perdido", "Thua"),
                             say("Value", "Valor", "Giá trị")}};
    for (auto month = report_.months.rbegin(); month != report_.months.rend(); ++month) {
      if (month->won + month->lost == 0) continue;
      table.rows.push_back({spell_month(month->month, rules_.language), count(month->won),
                            tongue_.money(month->won_value), count(month->lost), tongue_.money(month->lost_value)});
    }
    return card(name, "",
                legend +
                    column_chart({.id = "ended",
                                  .title = name,
                                  .description = say("Deals won / lost.", "Negocios ganados / perdidos.",
                                                     "Giao dịch thắng / thua.")},
                                 columns) +
                    html_of(table));
  }

  /// The most important ones, and all others as one.
  [[nodiscard]] std::vector<leads::ReportOrigin> most_important(const std::vector<leads::ReportOrigin>& all,
                                                                std::string& others) const {
    if (all.size() <= kMostRows) return all;
    std::vector<leads::ReportOrigin> kept(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kMostRows - 1));
    leads::ReportOrigin rest;
    for (auto origin = all.begin() + static_cast<std::ptrdiff_t>(kMostRows - 1); origin != all.end(); ++origin) {
      rest.leads += origin->leads;
      rest.open += origin->open;
      rest.converted += origin->converted;
      rest.lost += origin->lost;
    }
    others = count(static_cast<std::int64_t>(all.size() - kept.size())) + say(" others", " más", " nguồn khác");
    rest.name = others;
    kept.push_back(std::move(rest));
    return kept;
  }

  [[nodiscard]] std::string origin_card(const std::string& id, const std::string& name, const std::string& nameless,
                                        const std::vector<leads::ReportOrigin>& all) const {
    if (all.empty()) return card(name, "", nothing());
    std::string others;
    std::vector<Bar> bars;
    HtmlTable table{.head = {name, say("Leads", "Prospectos", "Khách"), say("Open", "Abiertos", "Đang mở"),
                             say("Customers", "Clientes", "Đã mua"), say("Lost", "Perdidos", "Mất"),
                             say("Rate", "Tasa", "Tỷ lệ")}};
    for (const auto& origin : most_important(all, others)) {
      const auto rate = tongue_.percent(leads::Report::rate(origin));
      const auto called = origin.name.empty() ? nameless : shown(origin.name);
      bars.push_back({called, count(origin.leads) + " · " + rate, whole(origin.leads)});
      table.rows.push_back(
          {called, count(origin.leads), count(origin.open), count(origin.converted), count(origin.lost), rate});
    }
    return card(name,
                say("New leads of the period, and how many of them are customers now.",
                    "Prospectos nuevos del periodo y cuántos de ellos son ya clientes.",
                    "Khách mới trong kỳ, và bao nhiêu người đã mua hàng."),
                bar_chart({.id = id, .title = name}, bars) + html_of(table));
  }

  [[nodiscard]] std::string sources() const {
    return origin_card("sources", say("Sources", "Fuentes", "Nguồn"), say("Not known", "Sin dato", "Không rõ"),
                       report_.sources);
  }

  [[nodiscard]] std::string campaigns() const {
    const bool has_any =
        std::ranges::any_of(report_.campaigns, [](const auto& origin) { return !origin.name.empty(); });
    return has_any ? origin_card("campaigns", say("Campaigns", "Campañas", "Chiến dịch"),
                                 say("Without a campaign", "Sin campaña", "Không có chiến dịch"), report_.campaigns)
                   : "";
  }

  [[nodiscard]] std::string responses() const {
    const auto name = say("Response times", "Tiempos de respuesta", "Thời gian phản hồi");
    if (report_.acknowledge.leads + report_.first_answer.leads == 0) return card(name, "", nothing());
    HtmlTable table{
        .head = {say("Who", "Quién", "Ai"), say("First sign, median", "Primera atención, mediana", "Xử lý, trung vị"),
                 say("nine of ten", "nueve de diez", "chín trên mười"),
                 say("First answer, median", "Primera respuesta, mediana", "Trả lời, trung vị"),
                 say("nine of ten", "nueve de diez", "chín trên mười"), say("Answered", "Respondidos", "Đã trả lời")},
        .is_broad = true};
    const auto add = [&](const std::string& who, const Spread& acknowledge, const Spread& answer) {
      table.rows.push_back({who, tongue_.length(acknowledge, &Spread::median),
                            tongue_.length(acknowledge, &Spread::ninth), tongue_.length(answer, &Spread::median),
                            tongue_.length(answer, &Spread::ninth), count(answer.leads)});
    };
    std::vector<Bar> bars;
    for (const auto& owner : report_.owners) {
      if (owner.acknowledge.leads + owner.first_answer.leads == 0) continue;
      add(tongue_.owner(owner), owner.acknowledge, owner.first_answer);
      if (owner.first_answer.leads > 0) {
        bars.push_back({tongue_.owner(owner), tongue_.length(owner.first_answer, &Spread::median),
                        static_cast<double>(owner.first_answer.median.count())});
      }
    }
    add(say("All", "Todos", "Tất cả"), report_.acknowledge, report_.first_answer);
    std::string chart;
    if (!bars.empty()) {
      chart = bar_chart({.id = "responses",
                         .title = say("Median time to the first answer", "Mediana hasta la primera respuesta",
                                      "Trung vị đến lần trả lời đầu")},
                        bars);
    }
    return card(name,
                say("Bars: median time to the first answer, in working hours.",
                    "Barras: mediana hasta la primera respuesta, en horas de trabajo.",
                    "Thanh: trung vị đến lần trả lời đầu, theo giờ làm việc."),
                chart + html_of(table));
  }

  [[nodiscard]] std::string workload() const {
    const auto name = say("Workload", "Carga de trabajo", "Khối lượng công việc");
    HtmlTable table{.head = {say("Who", "Quién", "Ai"), say("Open leads", "Prospectos abiertos", "Khách đang mở"),
                             say("Answer owed", "Por responder", "Chờ trả lời"), say("Overdue", "Vencidos", "Quá hạn"),
                             say("Due today", "Para hoy", "Hôm nay")}};
    std::vector<Bar> bars;
    for (const auto& owner : report_.owners) {
      if (owner.open + owner.owed + owner.overdue + owner.today == 0 && owner.user.empty()) continue;
      bars.push_back({tongue_.owner(owner), count(owner.open), whole(owner.open)});
      table.rows.push_back(
          {tongue_.owner(owner), count(owner.open), count(owner.owed), count(owner.overdue), count(owner.today)});
    }
    if (bars.empty()) return card(name, "", nothing());
    return card(
        name, say("Bars: open leads.", "Barras: prospectos abiertos.", "Thanh: khách đang mở."),
        bar_chart({.id = "workload", .title = say("Open leads", "Prospectos abiertos", "Khách đang mở")}, bars) +
            html_of(table));
  }

  const leads::Report& report_;
  const leads::Rules& rules_;
  ReportTongue tongue_{rules_};
};

}  // namespace

std::string report_page(const leads::Report& report, const leads::Rules& rules) { return Page(report, rules).run(); }

}  // namespace leadmail::daemon::admin
