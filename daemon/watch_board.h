// How each folder under watch is doing: written by the watchers, read by `status`, from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "mail/imap/intake.h"

namespace leadmail::daemon {

/// With how far behind each is.
class WatchBoard {
 public:
  struct Row {
    mail::imap::MailboxState state{};
    std::uint64_t lag = 0;  ///< messages seen in the folder and not committed yet
  };
  void put(const mail::imap::MailboxState& state);
  void add_lag(const std::string& mailbox, const std::string& folder, std::int64_t difference);
  [[nodiscard]] std::vector<Row> rows() const;
  /// It is watched no more.
  void forget(const std::string& mailbox);
  /// What keeps a mailbox's mail from being marked or moved; empty: nothing.
  void put_filing(const std::string& mailbox, const std::string& trouble);
  [[nodiscard]] std::string filing(const std::string& mailbox) const;
  [[nodiscard]] std::map<std::string, std::string> filings() const;
  /// Called when a folder's health changes, on the thread that tells it. Before anybody else has the board.
  void on_change(std::function<void()> listener) { listener_ = std::move(listener); }

 private:
  Row& row(const std::string& mailbox, const std::string& folder);

  mutable std::mutex mutex_{};
  std::map<std::pair<std::string, std::string>, Row> rows_{};
  std::map<std::string, std::string> filing_{};
  std::function<void()> listener_{};
};

}  // namespace leadmail::daemon
