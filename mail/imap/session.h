// One logged-in IMAP connection: our commands and what the server says to them. Read-only towards the mailbox (EXAMINE
// and BODY.PEEK[]) except append() and what stands under "changes", which a watching connection never uses. Never an
// EXPUNGE that names no message, never CLOSE. Commands wait for one another: one coroutine at a time. After an Error
// the session is of no more use, unless a function says otherwise.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "mail/imap/intake.h"
#include "mail/imap/response.h"
#include "mail/imap/trouble.h"
#include "mail/net/connection.h"

namespace leadmail::mail::imap {

struct SessionOptions {
  std::chrono::seconds answer{30};          ///< for every simple command, for `+`, and for the answer to DONE
  std::chrono::seconds silence{60};         ///< between two bytes of a long answer
  std::size_t window_messages = 32;         ///< FETCH commands on the way at a time
  std::uint64_t window_bytes = 4U << 20U;   ///< and the bytes they ask for; one message may be larger
  std::uint64_t max_message = 150U << 20U;  ///< above it only the head is fetched
  std::size_t head = 262144;                ///< octets of a head
};

/// A message to fetch, and how much of it.
struct Wanted {
  Listed listed{};
  bool head_only = false;
};

/// What list() asks of each message.
enum class Tell { dates, sizes };

/// What list() found, ascending, each UID once.
struct Listing {
  std::vector<Listed> messages{};
  bool more = false;  ///< it stopped at 200,000 messages, the lowest: look again behind the last
};

/// What a FETCH brought.
struct Fetched {
  std::uint32_t uid = 0;
  std::optional<Time> internal_date{};
  std::optional<std::uint64_t> size{};
  std::optional<std::string> raw{};  ///< nothing: the server answered without the body, or with NIL
  bool head_only = false;
  std::string why{};  ///< when there is no body: the server's words
};

/// A folder as LIST tells it. RFC 3501 §7.2.2, RFC 6154 §2
struct Folder {
  std::string name{};  ///< UTF-8
  std::vector<std::string> attributes{};
  char delimiter = '\0';
};

/// Where an appended message lies, if the server says so (RFC 4315 §3); zeros if not.
struct Appended {
  std::uint32_t uid_validity = 0;
  std::uint32_t uid = 0;
};

class Session {
 public:
  /// Given each message of a fetch; an Error ends the fetch.
  using Taker = std::function<awaitable<Result<void>>(Fetched)>;

  Session(std::unique_ptr<net::Connection> connection, net::Clock& clock, SessionOptions options = {});
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// NOOP (what came glued to the answer to our login may be lost), CAPABILITY, ID. RFC 3501 §6.1.1, RFC 2971 §3.1
  awaitable<Result<void>> start();

  /// Opens a folder (UTF-8) for reading. `nothing` when the server says NO to it: the session stays usable.
  awaitable<Result<std::optional<Opened>>> examine(std::string folder);

  /// Messages with UID >= `from` (0: none), and those of `also` that still exist. To tell sizes a server may have to
  /// open each message: 160 ms of Dovecot for one of 20,000, where dates take one.
  awaitable<Result<Listing>> list(std::uint32_t from, std::vector<std::uint32_t> also = {}, Tell tell = Tell::sizes);

  /// Fetches one message a command, a window of commands at a time, and hands each over in the order given, with or
  /// without a body. A message that has vanished meanwhile comes without a body too.
  awaitable<Result<void>> fetch(std::vector<Wanted> messages, Taker take);

  /// IDLE, until the server says `+`. False: it cannot, or refuses (NO or BAD); the session stays usable. RFC 2177 §3
  awaitable<Result<bool>> enter_idle();

  /// What listening in IDLE ended with.
  enum class Heard { exists, deadline, woken };

  /// Listens in IDLE until EXISTS, `until`, or wake(). Other news is taken note of and does not end it.
  awaitable<Result<Heard>> listen(net::Instant until);

  /// DONE, and its answer within the deadline.
  awaitable<Result<void>> leave_idle();

  /// DONE and, in the same packet, a FETCH of all above `cursor` with their bodies, each handed over as soon as it is
  /// complete. False: not everything above the cursor came with a body, so list() has to look. For few new messages.
  awaitable<Result<bool>> leave_idle_and_fetch(std::uint32_t cursor, Taker take);

  /// NOOP: whatever the server has to say.
  awaitable<Result<void>> noop();

  /// All folders, with special-use attributes where the server has them.
  awaitable<Result<std::vector<Folder>>> folders();

  /// UIDs of the open folder whose Message-ID field contains `message_id` (`<…>` included). RFC 3501 §6.4.4
  awaitable<Result<std::vector<std::uint32_t>>> search_message_id(std::string message_id);

  /// Puts `message` (CRLF lines) into `folder` (UTF-8), marked as read, dated now. A NO is an Error and leaves the
  /// session usable. RFC 3501 §6.3.11
  awaitable<Result<Appended>> append(std::string folder, std::string message);

  // Changes: for the filer, on a connection of its own.

  /// Opens a folder (UTF-8) for writing. `nothing` when the server says NO to it: the session stays usable.
  awaitable<Result<std::optional<Opened>>> select(std::string folder);

  /// Adds a flag (`\Seen`, `\Deleted`) to messages of the open folder; those that have vanished are passed over.
  awaitable<Result<void>> add_flag(std::vector<std::uint32_t> uids, std::string flag);

  enum class Transfer { move, copy };
  /// MOVE or COPY of messages of the open folder; those that have vanished are passed over. False: there is no such
  /// folder (TRYCREATE), and the session stays usable. RFC 6851 §3.2, RFC 3501 §6.4.7
  awaitable<Result<bool>> transfer(Transfer how, std::vector<std::uint32_t> uids, std::string folder);

  /// Makes a folder (UTF-8); one that is there already is fine. RFC 3501 §6.3.3
  awaitable<Result<void>> create(std::string folder);

  /// Removes one message that is marked as deleted, and no other. False: the server refuses; the session stays usable.
  /// RFC 4315 §2.1
  awaitable<Result<bool>> expunge_one(std::uint32_t uid);

  /// LOGOUT (in IDLE with DONE before it), with a short wait for the answer, then cuts the connection. Never fails. RFC
  /// 3501 §6.1.3
  awaitable<void> logout();

  /// Cuts the connection from another coroutine; what waits ends with an Error.
  void abort();

  /// From another coroutine: ends listen(), now and later, and lets nothing else wait for the server longer than 2 s.
  void wake();

  /// The server offers `capability` (upper case). After start().
  bool can(std::string_view capability) const;

  /// EXISTS told another number than before, and no look was begun since.
  bool exists_changed() const { return exists_changed_; }

  /// How many messages came since the last look was begun, as far as EXISTS can be believed.
  std::uint32_t expected_new() const { return exists_ > listed_at_ ? exists_ - listed_at_ : 0; }

  /// When the last EXISTS was seen that told another number.
  Time rung_at() const { return rung_at_; }
  net::Instant rung_instant() const { return rung_instant_; }

  /// What the words of the last Error mean.
  const Diagnosis& diagnosis() const { return diagnosis_; }

  /// The message that was to come next when the connection broke in fetch(), if it did.
  std::optional<std::uint32_t> broken_at() const { return broken_at_; }

 private:
  /// True: this response was asked for. It may be moved from.
  using OnData = std::function<bool(Response&)>;
  struct Flight;

  std::string next_tag() { return "L" + std::to_string(++tags_); }
  net::Instant soon() { return clock_.instant() + options_.answer; }
  Error fail(std::string what, const Diagnosis& why = {});
  Error refused(std::string_view command, const Status& status);
  std::optional<Error> take_note(const Response& response);
  void expect_nothing_new();

  awaitable<Result<void>> say(std::string bytes);
  awaitable<Result<net::Received>> fill(net::Instant deadline);
  awaitable<Result<Response>> hear(std::optional<net::Instant> deadline);
  awaitable<Result<Status>> finish(std::string tag, std::optional<net::Instant> deadline, OnData on_data);
  awaitable<Result<Status>> command(std::string text, OnData on_data = {});
  awaitable<Result<std::optional<Opened>>> open_folder(std::string verb, std::string folder);
  awaitable<Result<void>> find_uid_next(Opened& opened);
  awaitable<Result<Status>> list_set(std::string set, Tell tell, Listing& into);
  awaitable<Result<void>> send_more(Flight& flight);
  awaitable<Result<bool>> continued(std::string tag, Status& refusal);

  std::unique_ptr<net::Connection> connection_;
  net::Clock& clock_;
  SessionOptions options_;
  ResponseReader reader_{};
  std::vector<char> room_;
  std::uint64_t tags_ = 0;
  std::set<std::string, std::less<>> capabilities_{};
  std::uint32_t uid_validity_ = 0;  ///< of the open folder; 0: none is open
  std::string idle_tag_{};          ///< not empty: we are in IDLE
  bool idle_refused_ = false;
  bool condstore_refused_ = false;
  std::optional<net::Instant> hurried_until_{};
  std::uint32_t exists_ = 0;
  std::uint32_t listed_at_ = 0;
  bool exists_changed_ = false;
  Time rung_at_{};
  net::Instant rung_instant_{};
  Diagnosis diagnosis_{};
  std::optional<std::uint32_t> broken_at_{};
};

}  // namespace leadmail::mail::imap
