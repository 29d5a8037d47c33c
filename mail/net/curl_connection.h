// Connections to IMAP servers by libcurl: it connects, speaks TLS and logs in; from then on it only carries bytes.
// Never asked to read IMAP: its parser loses literals and long answers. Never "tries" TLS, never reuses a connection.
// A program that uses this ignores SIGPIPE.
#pragma once

#include <chrono>
#include <memory>

#include "mail/net/connection.h"

namespace leadmail::mail::net {

struct ConnectLimits {
  std::chrono::milliseconds connect{20'000};  ///< name and TCP
  std::chrono::milliseconds answer{30'000};   ///< each answer of the server until we are in, in whole seconds
};

/// Connects on a thread of its own per attempt, because libcurl blocks meanwhile: a server that hangs delays nobody
/// else. To be destroyed before the event loop of `executor`, which it keeps running while an attempt is going on.
/// Refuses: `Security::none` outside loopback, TLS below 1.2, a certificate that does not fit, a PREAUTH greeting
/// (RFC 3501 §7.1.4: whoever that lets in has not been asked for a password), STARTTLS that is not offered.
class CurlConnector : public Connector {
 public:
  explicit CurlConnector(boost::asio::any_io_executor executor, ConnectLimits limits = {});
  ~CurlConnector() override;  ///< gives up the attempts that are going on, within a second
  CurlConnector(const CurlConnector&) = delete;
  CurlConnector& operator=(const CurlConnector&) = delete;

  awaitable<Attempt> connect(Server server, Login login) override;

  /// Makes the attempts that are going on fail within a second.
  void give_up();

 private:
  struct Threads;
  boost::asio::any_io_executor executor_;
  ConnectLimits limits_;
  std::unique_ptr<Threads> threads_;
};

}  // namespace leadmail::mail::net
