// A page of figures in Prometheus' text format, version 0.0.4: what `GET /metrics` answers and the node exporter reads
// from a file. https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/histogram.h"

namespace leadmail::daemon {

enum class MetricType { counter, gauge, histogram };

/// Everything we tell, once: the page, its manual and the tests of alarms and dashboard read this table. Names end in
/// their base unit, those of counters in _total. https://prometheus.io/docs/practices/naming/
struct MetricFamily {
  std::string_view name{};
  MetricType type = MetricType::gauge;
  std::string_view labels{};  ///< their names, for the manual: "mailbox, folder"
  std::string_view help{};    ///< one sentence, without a point at the end
};

std::span<const MetricFamily> metric_families();
std::string_view name(MetricType type);

/// What the answer is, for the HTTP field Content-Type; Prometheus 3 takes no page without it.
inline constexpr std::string_view kExpositionType = "text/plain; version=0.0.4; charset=utf-8";

/// Name and value. Never what a stranger wrote.
using MetricLabel = std::pair<std::string_view, std::string_view>;

/// Values may be added in any order; those of one family stand together on the page, and a family without any is left
/// out.
class Exposition {
 public:
  Exposition();
  /// `family` is in the table.
  void add(std::string_view family, std::initializer_list<MetricLabel> labels, double value);
  void add(std::string_view family, double value) { add(family, {}, value); }
  void add(std::string_view family, const Histogram::Figures& figures);

  [[nodiscard]] std::string text() const;

 private:
  std::string& samples_of(std::string_view family);

  std::vector<std::string> samples_{};  ///< by the place of their family in the table
};

/// docs/metrics.md: the table for people.
std::string metrics_manual();

}  // namespace leadmail::daemon
