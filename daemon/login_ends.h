// Logins by token that end on a day that is known: the administrators are told 30 days, 7 days and a day before, and
// when it has come. What day is told of is decided here, purely; each is told once for ever, for its mail has it as its
// cause.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "daemon/engine.h"
#include "daemon/login_state.h"

namespace leadmail::daemon {

/// One thing to tell.
struct LoginEnd {
  enum class What { secret, login };  ///< of the client; of the person
  std::string mailbox{};
  What what = What::secret;
  Time end{};
  int days = 30;  ///< which of the warnings: 30, 7, 1 or 0

  /// Never the same for another one.
  [[nodiscard]] std::string cause() const;
  bool operator==(const LoginEnd&) const = default;
};

/// The warning whose turn it is: nothing while the end is more than 30 days away.
std::optional<int> warning_for(Time end, Time now);

/// What there is to be told of these logins now, whether it was told already or not.
std::vector<LoginEnd> login_ends(const std::vector<LoginState>& states, Time now);

/// Tells what was not told yet; trouble stands in the log. Blocks on the book: not for the event loop.
void tell_login_ends(Engine& engine);

}  // namespace leadmail::daemon
