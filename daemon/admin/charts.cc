#include "daemon/admin/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "daemon/mail_html.h"

namespace leadmail::daemon::admin {
namespace {

constexpr double kRow = 42;              // of a bar with its words
constexpr double kTop = 24;              // above the highest point, for its figure
constexpr double kPlot = 120;            // from the axis to the highest point
constexpr double kAxis = 40;             // below the axis, for two lines of words
constexpr std::size_t kMostLabels = 12;  // along an axis, so that they do not touch on a phone
constexpr std::size_t kLongestLabel = 28;

/// At most so many characters, with "…" where some are missing.
std::string cut_label(const std::string& text) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (begins && ++characters > kLongestLabel) return text.substr(0, at) + "…";
  }
  return text;
}

double longest(const auto& entries, auto value) {
  double most = 0;
  for (const auto& entry : entries) most = std::max(most, value(entry));
  return most > 0 ? most : 1;
}

std::string frame(const ChartText& text, const std::string& figures, double height, const std::string& content) {
  return fmt::format(
      "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{0}-t {0}-d\" width=\"100%\" height=\"{1:.0f}\">\n"
      "<title id=\"{0}-t\">{2}</title>\n<desc id=\"{0}-d\">{3} {4}</desc>\n{5}</svg>\n",
      escape_html(text.id), height, escape_html(text.title), escape_html(text.description), escape_html(figures),
      content);
}

std::string text_at(double across, double down, std::string_view look, std::string_view anchor,
                    const std::string& words) {
  return fmt::format("<text x=\"{:.2f}%\" y=\"{:.1f}\" class=\"{}\" text-anchor=\"{}\">{}</text>\n", across, down, look,
                     anchor, escape_html(words));
}

/// Where the n-th of so many stands, in per cent of the width.
double middle_of(std::size_t n, std::size_t all) {
  return (static_cast<double>(n) + 0.5) * 100.0 / static_cast<double>(all);
}

/// Not every month has room for its name; the last one always has.
bool has_label(std::size_t n, std::size_t all) {
  const auto step = (all + kMostLabels - 1) / kMostLabels;
  return (all - 1 - n) % std::max<std::size_t>(step, 1) == 0;
}

/// The names of months under the axis at `down`; a year wherever one begins among those that are named.
std::string axis_words(const auto& entries, double down) {
  std::string words;
  std::string year;
  double free_from = 0;  // two years side by side have no room on a phone: the later one is told
  for (std::size_t n = entries.size(); n-- > 0;) {
    if (!has_label(n, entries.size())) continue;
    words += text_at(middle_of(n, entries.size()), down, "tick", "middle", entries[n].label);
  }
  for (std::size_t n = entries.size(); n-- > 0;) {
    const bool begins = has_label(n, entries.size()) && (n == 0 || entries[n - 1].below != entries[n].below);
    if (!begins || entries[n].below == year) continue;
    year = entries[n].below;
    if (free_from > 0 && free_from - middle_of(n, entries.size()) < 12) continue;
    free_from = middle_of(n, entries.size());
    words += text_at(free_from, down + 15, "tick", "middle", year);
  }
  return words;
}

std::string axis_at(double down) {
  return fmt::format("<line x1=\"0\" x2=\"100%\" y1=\"{0:.1f}\" y2=\"{0:.1f}\" class=\"axis\"/>\n", down);
}

}  // namespace

std::string bar_chart(const ChartText& text, const std::vector<Bar>& bars, std::string_view colour) {
  const auto most = longest(bars, [](const Bar& bar) { return bar.length; });
  std::string content;
  std::string figures;
  double top = 0;
  for (const auto& bar : bars) {
    const auto share = std::clamp(bar.length / most, 0.0, 1.0) * 100;
    content += text_at(0, top + 14, "label", "start", cut_label(bar.label));
    content += text_at(100, top + 14, "figure", "end", bar.shown);
    content +=
        fmt::format("<rect x=\"0\" y=\"{:.0f}\" width=\"100%\" height=\"10\" rx=\"5\" class=\"track\"/>\n", top + 21);
    if (share > 0) {
      content += fmt::format("<rect x=\"0\" y=\"{:.0f}\" width=\"{:.2f}%\" height=\"10\" rx=\"5\" class=\"{}\"/>\n",
                             top + 21, std::max(share, 1.0), colour);
    }
    figures += (figures.empty() ? "" : "; ") + bar.label + ": " + bar.shown;
    top += kRow;
  }
  return frame(text, figures, std::max(top - 8, 1.0), content);
}

std::string line_chart(const ChartText& text, const std::vector<Point>& points) {
  const auto most = longest(points, [](const Point& point) { return point.value; });
  const auto axis = kTop + kPlot;
  std::string content = axis_at(axis);
  std::string line;
  std::string marks;
  std::string figures;
  for (std::size_t n = 0; n < points.size(); ++n) {
    const auto& point = points[n];
    const auto across = middle_of(n, points.size());
    const auto share = std::clamp(point.value / most, 0.0, 1.0);
    const auto down = axis - share * kPlot;
    line += fmt::format("{}{:.2f},{:.2f}", line.empty() ? "" : " ", across, 100 - share * 100);
    marks += fmt::format("<circle cx=\"{:.2f}%\" cy=\"{:.1f}\" r=\"3.5\" class=\"c1\"/>\n", across, down);
    if (has_label(n, points.size())) marks += text_at(across, down - 9, "figure", "middle", point.shown);
    figures += (figures.empty() ? "" : "; ") + point.label + " " + point.below + ": " + point.shown;
  }
  if (points.size() > 1) {
    // Only this part is stretched, and its stroke is not: shapes know no per cents.
    content += fmt::format(
        "<svg x=\"0\" y=\"{:.1f}\" width=\"100%\" height=\"{:.1f}\" viewBox=\"0 0 100 100\" "
        "preserveAspectRatio=\"none\""
        " overflow=\"visible\"><polygon points=\"{:.2f},100 {} {:.2f},100\" class=\"area\"/>"
        "<polyline points=\"{}\" class=\"line\"/></svg>\n",
        kTop, kPlot, middle_of(0, points.size()), line, middle_of(points.size() - 1, points.size()), line);
  }
  content += marks + axis_words(points, axis + 18);
  return frame(text, figures, axis + kAxis, content);
}

std::string column_chart(const ChartText& text, const std::vector<Column>& columns) {
  double up = 0;
  double down = 0;
  for (const auto& column : columns) {
    up = std::max(up, column.up);
    down = std::max(down, column.down);
  }
  const auto all = up + down > 0 ? up + down : 1;
  const auto zero = kTop + (up + down > 0 ? kPlot * up / all : kPlot);
  const auto bottom = zero + kPlot * down / all + (down > 0 ? 18 : 0);
  const auto width = 62.0 / static_cast<double>(std::max<std::size_t>(columns.size(), 1));
  std::string content;
  std::string figures;
  for (std::size_t n = 0; n < columns.size(); ++n) {
    const auto& column = columns[n];
    const auto across = middle_of(n, columns.size());
    const auto add = [&](double value, const std::string& shown, bool is_up) {
      if (value <= 0) return;
      const auto length = std::max(kPlot * value / all, 2.0);
      content +=
          fmt::format("<rect x=\"{:.2f}%\" y=\"{:.1f}\" width=\"{:.2f}%\" height=\"{:.1f}\" rx=\"2\" class=\"{}\"/>\n",
                      across - width / 2, is_up ? zero - length : zero, width, length, is_up ? "good" : "bad");
      if (has_label(n, columns.size()))
        content += text_at(across, is_up ? zero - length - 6 : zero + length + 14, "figure", "middle", shown);
    };
    add(column.up, column.up_shown, true);
    add(column.down, column.down_shown, false);
    figures += (figures.empty() ? "" : "; ") + column.label + " " + column.below + ": " + column.up_shown + " / " +
               column.down_shown;
  }
  content += axis_at(zero) + axis_words(columns, bottom + 18);
  return frame(text, figures, bottom + kAxis, content);
}

}  // namespace leadmail::daemon::admin
