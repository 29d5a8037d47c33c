// One envelope, one mail, one outcome for each recipient, over libcurl. It blocks, so it is called on a sender thread,
// never on the event loop. It refuses to decide when a mail is tried again (see schedule.h), to change a byte of it, to
// speak without TLS outside loopback, and to let a secret or the text of a mail into an error.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "mail/net/account.h"
#include "mail/smtp/reply.h"

namespace leadmail::mail::smtp {

/// Who is told to the server, which need not be who stands in the header. RFC 5321 §2.3.1
struct Envelope {
  std::string mail_from{};             ///< an addr-spec; empty: the null reverse-path `<>`. RFC 5321 §4.5.5
  std::vector<std::string> rcpt_to{};  ///< addr-specs, 1 to 100. RFC 5321 §4.5.3.1.8
};

/// What became of the mail for one recipient.
enum class Outcome {
  delivered,  ///< 2yz to the whole mail: the server is responsible now. RFC 5321 §6.1
  deferred,   ///< 4yz, or it surely was not sent: try again later
  failed,     ///< 5yz: trying again will not help
  unknown,    ///< the final dot may have left and no reply came: the server may have it or not. RFC 1047
};

/// "delivered", "deferred", "failed", "unknown".
constexpr std::string_view name(Outcome outcome) {
  switch (outcome) {
    case Outcome::delivered: return "delivered";
    case Outcome::deferred: return "deferred";
    case Outcome::failed: return "failed";
    case Outcome::unknown: return "unknown";
  }
  return "unknown";
}

struct RecipientResult {
  std::string rcpt_to{};
  Outcome outcome = Outcome::deferred;
  Reply reply{};  ///< the server's words that decided it; code 0 when it had none (then `text` says why)
};

/// What one send came to: one result for each recipient, in the order of the envelope.
struct Sent {
  std::vector<RecipientResult> recipients{};
  /// The trouble is with the server or our login there, not with this mail: the whole queue of this account waits with
  /// back-off (`account_delay`). No connection, refused certificate, greeting, EHLO or AUTH, a refused sender, 421 at
  /// any step, quota and throttling (432 4.3.2, 554 5.2.0, 550 5.4.5, 552 5.2.2).
  bool account_trouble = false;
  bool reached = true;  ///< false: account trouble, and not a word came from the server
  bool login_refused =
      false;  ///< the account trouble is that AUTH was answered by a refusal of what we are. RFC 4954 §6
  /// The server has taken MAIL, so this attempt counts against the mail. False: the mail was never spoken of, and keeps
  /// its place and its number of attempts.
  bool counts = false;
  std::string trouble{};  ///< what went wrong, for people; empty when every recipient has a reply of its own
  // Where a server repeats the password in what it says, there are stars in its place.
};

/// How long what may take. RFC 5321 §4.5.3.2
struct Patience {
  std::chrono::milliseconds connect{std::chrono::minutes{5}};  ///< until we are logged in
  std::chrono::milliseconds reply{std::chrono::minutes{10}};   ///< for each reply, also the final one. In whole seconds
  std::chrono::milliseconds stall{std::chrono::minutes{3}};    ///< the server takes no byte of the mail
  std::chrono::milliseconds mail{std::chrono::hours{1}};       ///< from the start to the final dot
  std::chrono::milliseconds idle{std::chrono::minutes{1}};     ///< an unused connection is not used again after that
  int mails = 50;                                              ///< so many on one connection
};

/// One account of a server.
struct Account {
  net::Server server{};
  std::string ehlo_name{};  ///< a domain or an address literal. RFC 5321 §4.1.1.1
  /// Asked again before each mail, so that a changed file or a fresh token is used at once. An empty user: no AUTH. An
  /// error is account trouble: its text is passed on.
  std::function<Result<net::Login>()> login{};
  /// Where it is set: asked when the server has refused a token (RFC 7628 §3.2.3). If it gives another one, the mail is
  /// tried once more with it before there is any trouble.
  std::function<Result<net::Login>()> login_after_refusal{};
  Patience patience{};
};

/// Called once per mail, on the calling thread, before any byte that could complete the mail can leave. True: it is
/// durably marked `sending-final`. False: the connection is dropped and every recipient is deferred.
using BeforeFinal = std::function<bool()>;

/// What came of trying to log in.
struct Tried {
  bool in = false;       ///< AUTH was answered by 235. RFC 4954 §6
  bool refused = false;  ///< what we are was refused; else it was the way there
  std::string words{};   ///< what went wrong, the server's own words included
};

/// Connects, logs in and hangs up; no mail is spoken of. Blocks.
Tried try_login(const Account& account);

/// A connection to one account, kept for the next mail where that is safe: implicit TLS and loopback, never STARTTLS.
/// Used by one thread at a time.
class Session {
 public:
  explicit Session(Account account);
  ~Session();  ///< hangs up and never waits for the server
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  /// Sends `bytes` to everybody in `envelope`. A recipient's address that is none (address.h: CR, LF, NUL, a space, an
  /// angle bracket in it) fails by itself, as one with UTF-8 before its `@` does where the server has no SMTPUTF8. An
  /// error (give_up) means that nobody was asked: no recipient's address or not the sender's is one, or the bytes are
  /// not 7-bit lines of at most 998 octets, each ended by CRLF. A stop request cuts the conversation within a second:
  /// what waits for its final reply is `unknown`, the rest is `deferred`.
  Result<Sent> send(const Envelope& envelope, std::string_view bytes, const BeforeFinal& before_final,
                    const std::stop_token& stop = {});

  /// Ends the connection, if there is one, with a QUIT that is not waited for. For a sender with nothing more to do.
  void hang_up();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Nothing, or why these bytes must not be sent. RFC 5321 §2.3.8, §4.5.3.1.6
Result<void> sendable(std::string_view bytes);

}  // namespace leadmail::mail::smtp
