#include "daemon/admin/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "daemon/admin/print.h"
#include "daemon/admin/report_words.h"

namespace leadmail::daemon::admin {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kEach{200};
constexpr seconds kSettled{2};  // before that a rate is a guess

std::string spell_rest(double left) {
  const auto whole = static_cast<std::int64_t>(std::clamp(left, 1.0, 360'000.0));
  if (whole < 90) return fmt::format("about {} s left", whole);
  if (whole < 90 * 60) return fmt::format("about {} min left", (whole + 30) / 60);
  return fmt::format("about {} h {} min left", whole / 3600, whole % 3600 / 60);
}

}  // namespace

std::string progress_text(std::int64_t count, std::string_view unit, std::int64_t part, std::int64_t whole,
                          milliseconds elapsed, std::size_t width) {
  auto text = ReportTongue::count(count) + " " + std::string(unit);
  const auto share = whole > 0 ? std::clamp(static_cast<double>(part) / static_cast<double>(whole), 0.0, 1.0) : 0.0;
  if (whole > 0) text += fmt::format("   {} %", static_cast<int>(share * 100));
  const auto took = static_cast<double>(elapsed.count()) / 1000;
  if (elapsed >= kSettled) {
    text += "   " + ReportTongue::count(static_cast<std::int64_t>(static_cast<double>(count) / took)) + "/s";
    if (share > 0 && share < 1) text += "   " + spell_rest(took * (1 - share) / share);
  }
  return width > 0 ? cut(text, width) : text;
}

Progress::Progress(bool is_wanted, std::string unit) : unit_(std::move(unit)) {
  const auto terminal = terminal_of(stderr);
  width_ = terminal.width;
  is_shown_ = is_wanted && terminal.width > 0;
}

void Progress::at(std::int64_t count, std::int64_t part, std::int64_t whole) {
  if (!is_shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (part < last_part_) began_ = now;
  last_part_ = part;
  if (now < next_) return;
  next_ = now + kEach;
  const auto elapsed = std::chrono::duration_cast<milliseconds>(now - began_);
  // A blank column at the end: a terminal that wraps there would begin a new line.
  const auto text = progress_text(count, unit_, part, whole, elapsed, width_ - 1);
  std::fputs(("\r\033[K" + text).c_str(), stderr);
  stands_ = true;
}

void Progress::clear() {
  if (stands_) std::fputs("\r\033[K", stderr);
  stands_ = false;
}

}  // namespace leadmail::daemon::admin
