// Charts as inline SVG: bars that lie, columns that stand, a line. They take the width they are given, from a phone to
// a desk, for places across are per cents and letters keep their size. Colours are classes of the page that holds them.
// Every chart has a title and says in words what it shows, for those who do not see it; no script, no picture, no font.
#pragma once

#include <string>
#include <vector>

namespace leadmail::daemon::admin {

struct ChartText {
  std::string id{};  ///< tells this chart from the others of its page; ASCII letters
  std::string title{};
  std::string description{};  ///< what it shows, in a sentence; the figures follow by themselves
};

/// Names and values are plain text; the chart escapes them.
struct Bar {
  std::string label{};
  std::string shown{};  ///< the figure as people read it
  double length = 0;    ///< below 0 counts as 0
};

/// A row for each: what it is, how much, and a bar as long as its share of the longest.
std::string bar_chart(const ChartText& text, const std::vector<Bar>& bars, std::string_view colour = "c1");

struct Point {
  std::string label{};  ///< short: "Nov"
  std::string below{};  ///< a second line under it, or nothing: "2026"
  std::string shown{};
  double value = 0;
};

/// One line over time, from 0 up.
std::string line_chart(const ChartText& text, const std::vector<Point>& points);

struct Column {
  std::string label{};
  std::string below{};
  std::string up_shown{};
  std::string down_shown{};
  double up = 0;
  double down = 0;
};

/// Two figures over time, one above the line and one below it.
std::string column_chart(const ChartText& text, const std::vector<Column>& columns);

}  // namespace leadmail::daemon::admin
