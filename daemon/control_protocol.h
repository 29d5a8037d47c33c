// How `leadmail` speaks with a running daemon: over a unix socket, one JSON object a line in each direction. A request
// that brings bytes (a mail to ingest) says how many in "bytes"; they follow its line. Several requests may follow each
// other on one connection without waiting; each gets one answer, in order: {"ok":true, …} or {"ok":false,"error":"…"}.
// Mails that follow each other so are committed in that order, many at a time; after one that could not be stored,
// those behind it are not either.
//
//   action     further members                                              answers
//   status                                                                  mailboxes[] {name,state,last_poll,lag},
//                                                                           sending[] {mailbox,state,failures,…}
//   do         lead (number, 0 for none), commands, as                      results[] {field,before,after}
//   new        email, phone, name, fields {}                                lead "L-123"
//   ingest     mailbox, file, silent, partial, bytes                               outcome, lead, reason
//   import     file, format, columns {}, dry_run, skip_bad, …, bytes        see import.h
//   newsletter template, to, campaign, dry_run, after, queued, as           see newsletter.h
//   outbox     do ("retry", "cancel"), id                                   recipients (number of changed ones)
//   failed     id; 0 for all                                                done[] {ledger,outcome,lead,reason}
//   held       do ("accept", "block", "block-domain"), id                   outcome, lead, reason
//   prune      what ("raw" …)                                               rows, bytes, more
//   compact                                                                 when the file is written anew
//   person-erase  address, dry_run                                          addresses[], leads[], gone, hits, …
//   backup     file                                                         when the copy made there is remembered
//   reload                                                                  errors[] {file,line,column,message}
//   flush                                                                   sends what is due now
//
// Who may connect is decided by the mode of the socket and by SO_PEERCRED; nothing in a request says who asks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "daemon/descriptor.h"

namespace leadmail::daemon {

struct ControlLimits {
  std::size_t line = 4UL * 1024 * 1024;      ///< of a request; an answer may have 64 times as much
  std::size_t bytes = 1024UL * 1024 * 1024;  ///< that follow a request
};

/// One request as it came: the JSON text of its line, and what follows it.
struct ControlRequest {
  std::string json{};
  std::string bytes{};
};

/// Cuts the server's input into requests, wherever it was cut on the way. Linear time; keeps no more than the limits
/// allow.
class ControlReader {
 public:
  explicit ControlReader(const ControlLimits& limits = {}) : limits_(limits) {}
  /// Takes more input. Error (give_up): beyond a limit, or "bytes" is no size; then the connection is of no more use.
  Result<void> feed(std::string_view input);
  /// The next whole request, if there is one. A line that is no JSON object is handed on as it is.
  std::optional<ControlRequest> next();

 private:
  void finish();

  ControlLimits limits_;
  ControlRequest open_{};  // its line or its bytes are not all there
  std::size_t missing_ = 0;
  std::deque<ControlRequest> ready_{};
};

/// A connection to a running daemon.
class DaemonConnection {
 public:
  /// Error: `retry` when no daemon listens there, `give_up` for anything else (no permission).
  static Result<DaemonConnection> open(const std::string& path, int timeout_seconds = 120);

  /// Error (give_up): the daemon hung up, or takes nothing for the time-out. An answer may still tell why.
  Result<void> send(std::string_view request_json, std::string_view bytes = {});
  /// The next answer, as one line without its end. Error (give_up): an answer that is none, silence for the time-out.
  Result<std::string> receive();

 private:
  explicit DaemonConnection(Descriptor socket, int timeout_seconds)
      : socket_(std::move(socket)), timeout_seconds_(timeout_seconds) {}
  Descriptor socket_;
  int timeout_seconds_;
  std::string received_{};  ///< of the answers that follow
};

/// Sends one request and waits for its answer, as one line without its end. Error: `retry` when no daemon listens
/// there, `give_up` for anything else (no permission, an answer that is none, silence for `timeout_seconds`).
Result<std::string> ask_daemon(const std::string& path, std::string_view request_json, std::string_view bytes = {},
                               int timeout_seconds = 120);

/// A listening socket (close-on-exec, non-blocking, mode 0660) at `path`, for the daemon. A dead socket file that a
/// killed daemon left is replaced; a living one, and what is no socket, is an Error (stop). Any length of path will do:
/// the name is resolved from its folder, for sockaddr_un has room for 107 bytes only. unix(7)
Result<int> listen_control(const std::string& path);

}  // namespace leadmail::daemon
