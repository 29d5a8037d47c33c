// One connection to an SMTP server by libcurl, and the conversation about one mail on it. Knows nothing of outcomes and
// of queues. A program that uses this ignores SIGPIPE.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "mail/smtp/reply.h"
#include "mail/smtp/session.h"
#include "mail/smtp/verdict.h"

namespace leadmail::mail::smtp {

/// The sockets that libcurl has opened for us, so that another thread can cut them and closing never waits for a
/// server.
class Sockets {
 public:
  curl_socket_t open(const curl_sockaddr& address);
  int close(curl_socket_t socket);
  /// shutdown(2) of all of them; with SHUT_RDWR no new one is opened until `allow`.
  void cut(int how);
  void allow();
  /// After QUIT: waits for an answer for `at_most_ms`, then reads nothing more.
  void say_goodbye(int at_most_ms);

 private:
  std::mutex mutex_{};  // never held while a socket blocks
  std::vector<curl_socket_t> open_{};
  bool forbidden_ = false;
};

/// What the caller wants said.
struct Mail {
  const Envelope& envelope;
  std::string_view bytes;
  const BeforeFinal& before_final;
  const std::stop_token& stop;
};

class Connection {
 public:
  explicit Connection(const Account& account, net::Login login);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Speaks about one mail. `last`: the connection is not used again. What was said is in `transcript()`.
  Ending converse(const Mail& mail, bool last);

  /// Logs in and says NOOP: no mail is spoken of.
  Ending log_in();

  const Transcript& transcript() const { return transcript_; }
  /// This connection has carried an earlier mail, and nothing new was opened for the last one.
  bool was_reused() const { return !opened_; }
  /// The server lacks SMTPUTF8 and a recipient or the sender needs it: nobody was asked. RFC 6531 §3.1
  bool lacks_smtputf8() const { return lacks_smtputf8_; }
  /// The largest mail the server takes is smaller than this one: nobody was asked. RFC 1870 §6.1
  bool too_large() const { return too_large_; }
  /// The next destructor says QUIT, without waiting for the answer; else it just cuts.
  void part_as_friends() { friends_ = true; }

  int mails() const { return mails_; }
  const net::Login& login() const { return login_; }

 private:
  using Clock = std::chrono::steady_clock;

  void set_server(const Account& account);
  void set_login();
  void set_callbacks();
  void begin(const Mail& mail, bool last);
  std::size_t give(char* room, std::size_t size);
  bool take_line(std::string_view line);
  void take_note(curl_infotype type, std::string_view words);
  bool patient(curl_off_t uploaded);
  Ending ending_of(CURLcode code) const;

  static std::size_t on_read(char* room, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* line, std::size_t size, std::size_t count, void* self);
  static int on_debug(CURL* easy, curl_infotype type, char* words, std::size_t size, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t uploaded);
  static curl_socket_t on_open(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_close(void* self, curl_socket_t socket);

  Patience patience_;
  net::Security security_;
  net::Login login_;
  Sockets sockets_{};
  CURL* easy_;
  std::string url_{};
  std::string refusal_{};  // why this account cannot be used at all
  std::vector<char> error_ = std::vector<char>(CURL_ERROR_SIZE);
  int mails_ = 0;
  bool friends_ = false;

  // The mail that is spoken of.
  Transcript transcript_{};
  const Mail* mail_ = nullptr;
  std::size_t given_ = 0;
  bool opened_ = false;
  bool final_dot_may_have_left_ = false;
  bool lacks_smtputf8_ = false;
  bool too_large_ = false;
  std::string aborted_{};  // by us, and why
  Clock::time_point begun_{}, moved_{}, handed_over_{};
  curl_off_t uploaded_ = 0;
};

}  // namespace leadmail::mail::smtp
