#include "daemon/watch_board.h"

namespace leadmail::daemon {

void WatchBoard::put(const mail::imap::MailboxState& state) {
  bool is_news = false;
  {
    const std::lock_guard lock(mutex_);
    auto& known = row(state.mailbox, state.folder).state;
    is_news = known.health != state.health || known.count != state.count;
    known = state;
  }
  if (is_news && listener_) listener_();
}

void WatchBoard::add_lag(const std::string& mailbox, const std::string& folder, std::int64_t difference) {
  const std::lock_guard lock(mutex_);
  auto& lag = row(mailbox, folder).lag;
  lag = static_cast<std::uint64_t>(static_cast<std::int64_t>(lag) + difference);
}

std::vector<WatchBoard::Row> WatchBoard::rows() const {
  const std::lock_guard lock(mutex_);
  std::vector<Row> all;
  all.reserve(rows_.size());
  for (const auto& [key, row] : rows_) all.push_back(row);
  return all;
}

void WatchBoard::forget(const std::string& mailbox) {
  const std::lock_guard lock(mutex_);
  std::erase_if(rows_, [&](const auto& entry) { return entry.first.first == mailbox; });
  filing_.erase(mailbox);
}

void WatchBoard::put_filing(const std::string& mailbox, const std::string& trouble) {
  const std::lock_guard lock(mutex_);
  filing_[mailbox] = trouble;
}

std::string WatchBoard::filing(const std::string& mailbox) const {
  const std::lock_guard lock(mutex_);
  const auto found = filing_.find(mailbox);
  return found == filing_.end() ? std::string{} : found->second;
}

std::map<std::string, std::string> WatchBoard::filings() const {
  const std::lock_guard lock(mutex_);
  return filing_;
}

WatchBoard::Row& WatchBoard::row(const std::string& mailbox, const std::string& folder) {
  Row& found = rows_[{mailbox, folder}];
  found.state.mailbox = mailbox;
  found.state.folder = folder;
  return found;
}

}  // namespace leadmail::daemon
