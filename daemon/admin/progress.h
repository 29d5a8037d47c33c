// How far long work is: one line on standard error, with how fast it goes and how long it will take, rewritten in place
// and gone when it is done. Only on a terminal.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadmail::daemon::admin {

/// "12 345 mails   24 %   1 230/s   about 2 min left", cut to `width` columns. `part` of `whole` says how far it is, in
/// any unit; a whole of 0: nobody knows. The rest is guessed once it has gone on for two seconds.
std::string progress_text(std::int64_t count, std::string_view unit, std::int64_t part, std::int64_t whole,
                          std::chrono::milliseconds elapsed, std::size_t width);

class Progress {
 public:
  /// `unit`: what is counted. Not `is_wanted` (--quiet, --json), or no terminal: nothing is ever shown.
  Progress(bool is_wanted, std::string unit);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  [[nodiscard]] bool is_shown() const { return is_shown_; }
  /// Cheap enough to be called for each row: the line is written some times a second. A part that goes back begins a
  /// new stretch of work.
  void at(std::int64_t count, std::int64_t part, std::int64_t whole);
  /// Takes the line away, before something else is written; it comes back with the next at().
  void clear();

 private:
  std::string unit_;
  std::size_t width_ = 0;
  bool is_shown_ = false;
  bool stands_ = false;
  std::int64_t last_part_ = 0;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace leadmail::daemon::admin
