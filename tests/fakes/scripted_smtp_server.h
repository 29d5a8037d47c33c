// An SMTP server on loopback for tests: correct by default (RFC 5321), keeps every mail it has accepted, and does wrong
// what its script says, line by line. Strict about what a client must get right: order of commands, CRLF, login.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fakes/tcp_server.h"

namespace leadmail::fakes {

/// A mail that the server has taken responsibility for.
struct KeptMail {
  std::string mail_from{};  ///< without the angle brackets
  std::vector<std::string> rcpt_to{};
  std::string bytes{};  ///< dots unstuffed
  std::string message_id{};
  bool utf8 = false;      ///< MAIL had SMTPUTF8
  std::string as_whom{};  ///< the user who had logged in, or empty
};

/// A server's nature. The defaults make a submission server without TLS and login.
struct SmtpNature {
  /// One fault a line: `VERB [N]: ACTION`, for the N-th such command since the server's birth, or for each. VERB is
  /// greeting, EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA, dot (the end of the mail) or QUIT. Lines of one event are
  /// done in order, instead of what is usual. ACTION:
  ///   say TEXT     a line; "\n" in it makes several          raw TEXT      the same without its last CRLF
  ///   repeat N TEXT   N lines                                endless TEXT  without a line end, until the client is
  ///   gone keep         take the mail (only at dot)               usual         what a good server does here wait
  ///   until release()                           tls           the handshake drop         close                 reset
  ///   TCP reset   stall         say nothing more, until the client is gone
  std::vector<std::string> script{};
  std::vector<std::string> capabilities = {"PIPELINING", "SIZE 10485760", "8BITMIME", "SMTPUTF8",
                                           "ENHANCEDSTATUSCODES"};
  std::string user{};  ///< with it AUTH is offered (where TLS is on, or there is none) and required before MAIL
  std::string secret{};
  bool offers_starttls = false;
  Tls tls{};
  std::optional<std::size_t> cut_after_said{};   ///< close when so many bytes went to the client, in all connections
  std::optional<std::size_t> cut_after_heard{};  ///< close when so many bytes came from the clients
};

class ScriptedSmtpServer {
 public:
  explicit ScriptedSmtpServer(SmtpNature nature = {});
  ~ScriptedSmtpServer();
  ScriptedSmtpServer(const ScriptedSmtpServer&) = delete;
  ScriptedSmtpServer& operator=(const ScriptedSmtpServer&) = delete;

  std::uint16_t port() const { return server_.port(); }
  int connections() const { return server_.connections(); }

  std::vector<KeptMail> mails() const;
  /// How many kept mails have this Message-ID (with its angle brackets).
  int count(std::string_view message_id) const;
  /// All bytes that clients have said in SMTP, passwords included, mails too.
  std::string heard() const;
  /// How many bytes went to clients.
  std::size_t said() const;
  /// How often this command came (as in the script).
  int times(const std::string& verb) const;

  /// Lets every `wait` of the script go on, also one that is still to come.
  void release();
  /// True when the command (as in the script) came at least once, within 10 s.
  bool await(const std::string& verb);

 private:
  class Conversation;

  SmtpNature nature_;
  mutable std::mutex mutex_{};
  std::condition_variable changed_{};
  std::map<std::string, int> times_{};
  std::vector<KeptMail> mails_{};
  std::string heard_{};
  std::size_t said_ = 0;
  bool released_ = false;
  bool over_ = false;
  TcpServer server_;  // last: its threads use the rest
};

}  // namespace leadmail::fakes
