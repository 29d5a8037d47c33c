// How each account is doing at sending: written by the senders, read by `status` from any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>
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
    Time paused_until{};    ///< the whole queue waits; {} or past: it does not
    int mails_a_minute = 0;
    int domain_mails_a_minute = 0;
    std::map<std::string, Time> slow{};    ///< domains that have had their share, until then
    std::map<std::string, Time> storms{};  ///< domains that get no automatic mail, until then
  };

  void put(Row row) {
    const std::lock_guard lock(mutex_);
    auto& place = rows_[row.mailbox];
    place = std::move(row);
  }
  void forget(const std::string& mailbox) {
    const std::lock_guard lock(mutex_);
    rows_.erase(mailbox);
  }
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
};

}  // namespace leadmail::daemon
