// What keeps the daemon from its work, judged from what its parts show of themselves, and when a person is told of it.
// Pure: no clock, no book, no socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "daemon/login_state.h"
#include "daemon/sender_board.h"
#include "daemon/watch_board.h"

namespace leadmail::daemon {

/// One thing that is not as it should be, and that somebody has to know.
struct Fault {
  std::string name{};     ///< "login-refused": docs/troubleshooting.md has a section under it
  std::string subject{};  ///< a mailbox, a domain, a folder; with the name it tells faults apart
  Time since{};
  std::string words{};  ///< what was seen, a server's own words included

  [[nodiscard]] std::string key() const { return name + ":" + subject; }
  bool operator==(const Fault&) const = default;
};

/// The names that a fault may have.
std::vector<std::string_view> fault_names();

/// What the parts show.
struct Facts {
  std::vector<WatchBoard::Row> folders{};
  std::map<std::string, std::string> inboxes{};  ///< mailbox -> the folder that must be there
  std::map<std::string, std::string> filing{};   ///< mailbox -> what keeps mail from being marked or moved
  std::vector<SenderBoard::Row> senders{};
  std::vector<LoginState> logins{};  ///< those by token
  std::string store_folder{};
  std::uint64_t disk_free = UINT64_MAX;  ///< bytes that we may still write there
  Time started{};                        ///< of the daemon
};

/// Less is a fault: the next large mails and the log of the book need room.
inline constexpr std::uint64_t kLeastDisk = 200ULL << 20U;

/// All faults, ordered by name and subject, one of them for each mailbox's reading: the one that says most. A mailbox
/// is silent when no look at its inbox has succeeded for `silent_after`.
std::vector<Fault> find_faults(const Facts& facts, std::chrono::seconds silent_after, Time now);

/// What was told, and when.
struct Told {
  Time since{};
  Time told{};           ///< {}: not yet, for some things may end by themselves
  Time missing_since{};  ///< when the fault was not found first; {}: it stands
  bool is_over = false;  ///< it was told that it is over; kept so that what comes and goes is not told each time

  bool operator==(const Told&) const = default;
};
using ToldFaults = std::map<std::string, Told>;  ///< by Fault::key()

/// A mail to the administrators.
struct Alarm {
  Fault fault{};
  bool is_over = false;
  Time until{};  ///< when it is over

  bool operator==(const Alarm&) const = default;
};

/// What to tell now, and what to remember once it has been told. A fault is told when it is found, again each day while
/// it lasts, and at most once an hour; that it is over is told when it has not been found for two minutes.
std::vector<Alarm> due_alarms(const std::vector<Fault>& faults, const ToldFaults& told, Time now);

/// `told` after these faults were found and these alarms told; forgets what is over for a day.
ToldFaults after_telling(const std::vector<Fault>& faults, const std::vector<Alarm>& alarms, ToldFaults told, Time now);

/// Title and text in a language, times as clocks in `zone` show them.
struct AlarmText {
  std::string title{};
  std::string text{};
};
AlarmText alarm_text(const Alarm& alarm, std::string_view language, std::string_view zone);

/// For a file. What can't be read is no memory: at worst something is told once more.
std::string write_told(const ToldFaults& told);
ToldFaults read_told(std::string_view text);

/// "3.2 GiB".
std::string size_words(std::uint64_t bytes);

}  // namespace leadmail::daemon
