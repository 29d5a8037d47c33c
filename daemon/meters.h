// What happened since the start, counted where it happens, from any thread: for metrics. What has to survive a restart
// stands in the book. Holds words of our own vocabularies and names of the config only, nothing of a mail.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "core/base/histogram.h"
#include "core/base/time.h"

namespace leadmail::daemon {

class Meters {
 public:
  /// A count with three words: mailbox, outcome, kind of a message; mailbox, kind, state of a send.
  using Counts = std::map<std::tuple<std::string, std::string, std::string>, std::uint64_t>;
  struct Reloads {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    bool last_accepted = true;  ///< the config that the daemon began with was
    std::optional<Time> at{};   ///< when a config was accepted last
  };

  void message(std::string_view mailbox, std::string_view outcome, std::string_view kind) {
    const std::lock_guard lock(mutex_);
    ++messages_[{std::string(mailbox), std::string(outcome), std::string(kind)}];
  }
  /// How one recipient's attempt ended.
  void send(std::string_view mailbox, std::string_view kind, std::string_view state) {
    const std::lock_guard lock(mutex_);
    ++sends_[{std::string(mailbox), std::string(kind), std::string(state)}];
  }
  void reload(bool accepted, Time now) {
    const std::lock_guard lock(mutex_);
    ++(accepted ? reloads_.accepted : reloads_.refused);
    reloads_.last_accepted = accepted;
    if (accepted) reloads_.at = now;
  }
  /// From the server's EXISTS to the commit.
  Histogram& intake() { return intake_; }

  [[nodiscard]] Counts messages() const {
    const std::lock_guard lock(mutex_);
    return messages_;
  }
  [[nodiscard]] Counts sends() const {
    const std::lock_guard lock(mutex_);
    return sends_;
  }
  [[nodiscard]] Reloads reloads() const {
    const std::lock_guard lock(mutex_);
    return reloads_;
  }

 private:
  mutable std::mutex mutex_{};
  Counts messages_{};
  Counts sends_{};
  Reloads reloads_{};
  Histogram intake_{};
};

}  // namespace leadmail::daemon
