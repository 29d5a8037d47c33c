// An IMAP server that says what a script tells it, right or wrong, on a real socket. It knows no IMAP beyond the tag of
// the last command. For tests of one session; one script is one connection.
//
//   S: text      say a line                             {tag} stands for the tag of the last command that was read
//   C: text      read a line; fails unless it holds `text` after its tag (or anywhere, for a line without one)
//   S>N          say the block number N as it is, without a line end
//   C>           read as many octets as the last line announced as {n}, and the line end
//   login        what it takes to log in: greeting, CAPABILITY, AUTHENTICATE PLAIN, NOOP, CAPABILITY of `capabilities`
//   tls          start TLS now
//   stall        say nothing more until the client goes
//   close        end the connection       reset       with a TCP reset        half_close       only our half of it
//   serve        from now on answer NOOP, LOGOUT and so on with OK until the client goes
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "tests/fakes/tcp_server.h"

namespace leadmail::fakes {

class ScriptedImapServer {
 public:
  struct Script {
    std::string lines{};                ///< one instruction a line; empty lines and # comments are skipped
    std::vector<std::string> blocks{};  ///< for S>N
    std::string capabilities = "IMAP4rev1 AUTH=PLAIN";  ///< told at `login`
  };

  /// Connection n plays `scripts[n]`; the last one is played again for all that come later.
  explicit ScriptedImapServer(std::vector<Script> scripts, const Tls& tls = {});
  explicit ScriptedImapServer(const std::string& lines) : ScriptedImapServer({Script{.lines = lines}}) {}

  std::uint16_t port() const { return server_->port(); }
  int connections() const { return server_->connections(); }

  /// Every line that clients said, in order.
  std::vector<std::string> heard() const;

  /// The first line of a script that did not come true, with what came instead; empty: all is well.
  std::string broken() const;

  /// Ends all conversations and waits for them, so that heard() and broken() are final.
  void finish() { server_.reset(); }

 private:
  class Play;
  void play(Peer& peer, int number);

  std::vector<Script> scripts_;
  mutable std::mutex mutex_{};
  std::vector<std::string> heard_{};
  std::string broken_{};
  std::unique_ptr<TcpServer> server_{};
};

}  // namespace leadmail::fakes
