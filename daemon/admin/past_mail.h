// Past mail for simulations: taken from the book in its order, read again in a confined worker, decided in a book of
// its own that is thrown away.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/admin/desk.h"
#include "daemon/admin/simulation.h"

namespace leadmail::mail::worker {
class Pool;
}

namespace leadmail::daemon::admin {

/// A folder that goes when it is no longer needed; its path is empty when there is no room for one.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_{};
};

/// An RFC 3339 time, or the beginning of a day in that zone.
std::optional<Time> since_named(const std::string& text, const std::string& zone);

/// The keys that signed past mail, when there are any.
Result<void> add_keys(Config& config);

class PastMailReader {
 public:
  explicit PastMailReader(const Config& config);
  ~PastMailReader();
  /// Fills in what the mail says; what can't be read is told in `unreadable`.
  Result<void> read(PastMail& mail);

 private:
  std::unique_ptr<mail::worker::Pool> pool_;
};

/// All mail of the book whose mailbox still exists, in the order in which it was taken. The first Error ends it.
Result<void> visit_past(Desk& desk, const std::function<Result<void>(PastMail)>& take);

}  // namespace leadmail::daemon::admin
