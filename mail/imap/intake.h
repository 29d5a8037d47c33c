// What the IMAP side asks of whoever keeps the mail, and what it tells him. It keeps no state across restarts itself:
// where to go on and what is known already is answered here.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"
#include "mail/imap/trouble.h"
#include "mail/net/clock.h"

namespace leadmail::mail::imap {

using net::awaitable;

/// The last UID taken in one epoch of a folder.
struct Cursor {
  std::uint32_t uid_validity = 0;
  std::uint32_t last_uid = 0;
};

/// What a server says of a folder when we open it. RFC 3501 §6.3.2, RFC 7162 §3.1.2
struct Opened {
  std::string folder{};              ///< as configured or found, in UTF-8
  std::uint32_t uid_validity = 0;    ///< 0: not told, so no UID can be trusted
  std::uint32_t uid_next = 0;        ///< one above the highest UID, asked for when not told; 0: still not known
  std::uint32_t exists = 0;          ///< a hint
  std::uint64_t highest_modseq = 0;  ///< 0: not told
};

/// One message of a folder, before its bytes are fetched.
struct Listed {
  std::uint32_t uid = 0;
  Time internal_date{};    ///< 1970 when not told or unreadable
  std::uint64_t size = 0;  ///< advisory: servers err in both directions
};

/// How much of a message came.
enum class Body {
  whole,
  head,     ///< above the limit: only the header and the first 256 KiB
  missing,  ///< it stands in the folder, but the server does not give it out, again and again: `raw` is empty
};

/// A message as it came from the server, exactly once per sighting.
struct Arrival {
  std::string folder{};
  std::uint32_t uid_validity = 0;
  std::uint32_t uid = 0;
  Time internal_date{};
  std::uint64_t size = 0;  ///< what the server said; the length of `raw` where it said nothing
  std::string raw{};       ///< octets, unchanged
  Body body = Body::whole;
  std::string why{};              ///< for `missing` and `head`: in words, for the operator
  Time exists_at{};               ///< when EXISTS was seen, or when we began to look
  net::Instant exists_instant{};  ///< the same, for measuring latency
};

/// What came of looking at a whole folder, not only at what is new in it.
struct FolderCount {
  Time at{};
  std::size_t on_server = 0;  ///< messages that stand there
  std::size_t missed = 0;     ///< of them, those that nobody had told us of: they are taken now

  bool operator==(const FolderCount&) const = default;
};

/// How a mailbox is doing; told whenever it changes, and after each successful look.
struct MailboxState {
  enum class Health {
    starting,
    ok,
    back_off,     ///< trying again at `retry_at`
    auth_failed,  ///< several logins refused: alert, one try an hour
    needs_admin,  ///< see `trouble_text`: alert
    stopped,
  };
  std::string mailbox{};
  std::string folder{};  ///< INBOX and Sent have connections, and so states, of their own
  Health health = Health::starting;
  bool alert = false;                ///< a person should know; also when UIDVALIDITY never stays the same
  std::optional<Trouble> trouble{};  ///< of the last failure; empty while all is well
  std::string trouble_text{};        ///< with the server's own words
  std::optional<Time> last_look{};   ///< the last time we knew that nothing more is there
  std::optional<Time> retry_at{};
  int failures = 0;  ///< in a row
  std::uint32_t last_uid = 0;
  std::optional<FolderCount> count{};  ///< of the last time
};

/// One for each mailbox, called on the event loop only. The calls of two folders interleave. An Error of any of them
/// ends the connection; the mailbox comes back as after any other trouble.
class Intake {
 public:
  virtual ~Intake() = default;

  /// Where to go on in this folder; called when a connection first opens it, for every new UIDVALIDITY, and when
  /// UIDNEXT is not above what was taken already. A first sight of the folder is where a baseline applies.
  virtual awaitable<Result<Cursor>> opened(const Opened& folder) = 0;

  /// Those of `listed` (ascending) that are still to be fetched, ascending: no ledger row yet, and not left out by the
  /// baseline. At most 200,000 a call, among them up to 200 UIDs below the cursor, because servers made of several
  /// machines show mail late. flush() was called before.
  virtual awaitable<Result<std::vector<std::uint32_t>>> wanted(const Opened& folder, std::vector<Listed> listed) = 0;

  /// Returns when it is queued, so it waits while the queue is full. Messages of one folder come in the order of their
  /// UIDs, except late ones.
  virtual awaitable<Result<void>> take(Arrival arrival) = 0;

  /// Returns when all that was taken is committed.
  virtual awaitable<Result<void>> flush() = 0;

  virtual void report(const MailboxState& state) = 0;
};

}  // namespace leadmail::mail::imap
