// Changes that an administrator asks for, by the control socket or by the tool itself when no daemon runs: one JSON
// request in, one JSON answer out (control_protocol.h lists them). The caller is trusted already: whoever may write the
// socket or the book.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/engine.h"
#include "daemon/health.h"
#include "daemon/intake.h"
#include "daemon/sender_board.h"
#include "daemon/watcher.h"

namespace leadmail::daemon {

/// What a running daemon can do besides changing the book; empty functions when none runs.
struct Running {
  const WatchBoard* board = nullptr;
  const SenderBoard* senders = nullptr;
  std::function<std::vector<Fault>()> faults{};  ///< what stands now
  std::function<std::string()> reload{};         ///< answers a JSON text
  std::function<void()> flush{};                 ///< look at the outbox now
};

/// "ok", "back-off", … as docs/json.md spells how a mailbox is doing.
std::string_view health_name(mail::imap::MailboxState::Health health);

/// Does what `request_json` asks for, with the bytes that came with it; blocks until it is committed. Never throws: a
/// request that is none is answered {"ok":false,"error":…}.
std::string run_action(Engine& engine, Intake& intake, const Running& running, std::string_view request_json,
                       std::string_view bytes = {});

/// The same without waiting for the commit of a mail to ingest: `done` gets the answer once, on any thread, for every
/// other request before this returns. Mails of one stream are committed in the order in which they were given.
void begin_action(Engine& engine, Intake& intake, const Running& running, const std::shared_ptr<Stream>& stream,
                  std::string_view request_json, std::string_view bytes, std::function<void(std::string)> done);

}  // namespace leadmail::daemon
