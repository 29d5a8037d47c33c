#include "daemon/exposition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace leadmail::daemon {
namespace {

void append_escaped(std::string& out, std::string_view text, bool in_quotes) {
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && in_quotes) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
}

void append_number(std::string& out, double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value < 0 ? "-Inf" : "+Inf";
  } else if (value == std::floor(value) && std::abs(value) < kExact) {
    out += fmt::format("{}", static_cast<std::int64_t>(value));
  } else {
    out += fmt::format("{}", value);  // the shortest text that reads back the same
  }
}

void append_sample(std::string& out, std::string_view name, std::initializer_list<MetricLabel> labels, double value) {
  out += name;
  char before = '{';
  for (const auto& [label, text] : labels) {
    out += before;
    out += label;
    out += "=\"";
    append_escaped(out, text, true);
    out += '"';
    before = ',';
  }
  if (labels.size() > 0) out += '}';
  out += ' ';
  append_number(out, value);
  out += '\n';
}

}  // namespace

std::string_view name(MetricType type) {
  switch (type) {
    case MetricType::counter: return "counter";
    case MetricType::gauge: return "gauge";
    case MetricType::histogram: return "histogram";
  }
  return "untyped";
}

Exposition::Exposition() : samples_(metric_families().size()) {}

std::string& Exposition::samples_of(std::string_view family) {
  const auto all = metric_families();
  const auto found = std::ranges::find(all, family, &MetricFamily::name);
  assert(found != all.end());
  return samples_[static_cast<std::size_t>(found - all.begin())];
}

void Exposition::add(std::string_view family, std::initializer_list<MetricLabel> labels, double value) {
  append_sample(samples_of(family), family, labels, value);
}

void Exposition::add(std::string_view family, const Histogram::Figures& figures) {
  auto& out = samples_of(family);
  const auto bucket = std::string(family) + "_bucket";
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < figures.counts.size(); ++i) {
    below += figures.counts[i];
    const auto bound = i < Histogram::kBounds.size() ? fmt::format("{}", Histogram::kBounds[i]) : "+Inf";
    append_sample(out, bucket, {{"le", bound}}, static_cast<double>(below));
  }
  append_sample(out, std::string(family) + "_sum", {}, figures.sum);
  append_sample(out, std::string(family) + "_count", {}, static_cast<double>(below));
}

std::string Exposition::text() const {
  std::string page;
  const auto all = metric_families();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (samples_[i].empty()) continue;
    page += fmt::format("# HELP {} ", all[i].name);
    append_escaped(page, all[i].help, false);
    page += fmt::format("\n# TYPE {} {}\n", all[i].name, name(all[i].type));
    page += samples_[i];
  }
  return page;
}

std::string metrics_manual() {
  std::string page =
      "# What Leadmail tells Prometheus\n\n"
      "Made by `leadmail manual metrics`. [operations.md](operations.md#figures-for-prometheus) tells how to have these"
      " figures read. Counters begin anew with each start of the daemon; what the book counts itself is a gauge and "
      "does"
      " not. No label holds an address, a name or a subject.\n\n"
      "| name | type | labels | what it is |\n|---|---|---|---|\n";
  for (const auto& family : metric_families()) {
    page += fmt::format("| `{}` | {} | {} | {} |\n", family.name, name(family.type), family.labels, family.help);
  }
  return page;
}

}  // namespace leadmail::daemon
