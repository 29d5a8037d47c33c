// How each account is doing at sending: written by the senders, read by `status` from any thread.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.h"

namespace leadmail::daemon {

class SenderBoard {
 public:
  struct Row {
    std::string mailbox{};
    int failures = 0;       ///< of the account, in a row
    bool alert = false;     ///< so many that a person was told
    std::string trouble{};  ///< of the last one
    Time trouble_since{};   ///< of the first one in that row
    Time paused_until{};    ///< the whole queue waits; {} or past: it does not
    int mails_a_minute = 0;
    int domain_mails_a_minute = 0;
    std::map<std::string, Time> slow{};    ///< domains that have had their share, until then
    std::map<std::string, Time> storms{};  ///< domains that get no automatic mail, until then
  };

  void put(Row row) {
    bool is_news = false;
    {
      const std::lock_guard lock(mutex_);
      auto& place = rows_[row.mailbox];
      is_news = place.alert != row.alert;
      place = std::move(row);
    }
    if (is_news && listener_) listener_();
  }
  void forget(const std::string& mailbox) {
    const std::lock_guard lock(mutex_);
    rows_.erase(mailbox);
  }
  /// Called when an account comes into lasting trouble or out of it. Before anybody else has the board.
  void on_change(std::function<void()> listener) { listener_ = std::move(listener); }
  [[nodiscard]] std::vector<Row> rows() const {
    const std::lock_guard lock(mutex_);
    std::vector<Row> all;
    all.reserve(rows_.size());
    for (const auto& [name, row] : rows_) all.push_back(row);
    return all;
  }

 private:
  mutable std::mutex mutex_{};
  std::map<std::string, Row> rows_{};
  std::function<void()> listener_{};
};

}  // namespace leadmail::daemon
