#include "mail/net/curl_connection.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "mail/net/redact.h"

namespace leadmail::mail::net {
namespace {

using boost::asio::redirect_error;
using boost::asio::use_awaitable;

/// What a server may say until we are in; more is thrown away.
constexpr std::size_t kMostLines = 200;
constexpr std::size_t kLongestLine = 1000;
/// So many reads in a row that needed no wait, then the other coroutines of the loop get a turn.
constexpr unsigned kReadsInARow = 32;

struct CloseCurl {
  void operator()(CURL* curl) const {
    // Otherwise cleanup says LOGOUT and waits for an answer, for minutes if the server hangs.
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK && socket != CURL_SOCKET_BAD) {
      ::shutdown(socket, SHUT_RDWR);
    }
    curl_easy_cleanup(curl);
  }
};
using Curl = std::unique_ptr<CURL, CloseCurl>;

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host == "[::1]" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

/// One attempt to get in, on its own thread.
class Knock {
 public:
  Knock(Server server, Login login, ConnectLimits limits, const std::atomic<bool>& give_up)
      : server_(std::move(server)), login_(std::move(login)), limits_(limits), give_up_(give_up) {}

  /// Blocks. The handle is set when the stage is `connected`.
  Attempt run(Curl& curl);

 private:
  CURLcode perform(Curl& curl, const char* mechanisms);
  void set_up(CURL* curl, const char* mechanisms);
  Attempt refused(std::string why);
  Attempt failed(CURLcode code);
  std::string last_words() const;
  bool login_was_answered() const;

  static std::size_t on_line(char* bytes, std::size_t size, std::size_t count, void* self);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  Server server_;
  Login login_;
  ConnectLimits limits_;
  const std::atomic<bool>& give_up_;
  CURL* curl_ = nullptr;
  Instant started_{};
  std::vector<std::string> lines_{};
  char error_[CURL_ERROR_SIZE] = {};
};

std::size_t Knock::on_line(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& lines = static_cast<Knock*>(self)->lines_;
  std::string_view line(bytes, size * count);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (lines.size() < kMostLines) lines.emplace_back(line.substr(0, kLongestLine));
  return size * count;
}

int Knock::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& knock = *static_cast<Knock*>(self);
  if (knock.give_up_) return 1;
  // CONNECTTIMEOUT counts until we are logged in, so the limit for TCP alone is kept here.
  curl_off_t connected = 0;
  curl_easy_getinfo(knock.curl_, CURLINFO_CONNECT_TIME_T, &connected);
  return connected == 0 && std::chrono::steady_clock::now() - knock.started_ > knock.limits_.connect ? 1 : 0;
}

void Knock::set_up(CURL* curl, const char* mechanisms) {
  const bool implicit = server_.security == Security::implicit_tls;
  const bool bare_ipv6 = server_.host.find(':') != std::string::npos && server_.host.front() != '[';
  const std::string host = bare_ipv6 ? "[" + server_.host + "]" : server_.host;
  const std::string url = std::string(implicit ? "imaps://" : "imap://") + host + "/";
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  if (server_.port != 0) curl_easy_setopt(curl, CURLOPT_PORT, static_cast<long>(server_.port));
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, implicit ? "imaps" : "imap");
  curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
  // Not FORBID_REUSE: it closes the connection as soon as we are in. Nothing can be reused anyway, for each attempt has
  // a handle and so a pool of connections of its own, and a handle connects once.
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);  // don't wait for a name server that hangs

  curl_easy_setopt(curl, CURLOPT_USE_SSL,
                   static_cast<long>(server_.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(curl, CURLOPT_SSL_SESSIONID_CACHE, 0L);
  if (!server_.ca_file.empty()) {
    curl_easy_setopt(curl, CURLOPT_CAINFO, server_.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
  }

  curl_easy_setopt(curl, CURLOPT_USERNAME, login_.user.c_str());
  curl_easy_setopt(curl, login_.method == Login::Method::bearer ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD,
                   login_.secret.c_str());
  curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, mechanisms);
  // Not CURLOPT_SASL_IR: libcurl would send an initial response to servers that do not offer it too. RFC 4959 §3

  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>((limits_.connect + limits_.answer).count()));
  const auto answer = std::chrono::ceil<std::chrono::seconds>(limits_.answer);
  curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(answer.count()));
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPIDLE, 60L);
  curl_easy_setopt(curl, CURLOPT_TCP_KEEPINTVL, 15L);

  // The lines are the only place where the text of a refused login can be read.
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &Knock::on_line);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &Knock::on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_);
}

CURLcode Knock::perform(Curl& curl, const char* mechanisms) {
  curl.reset(curl_easy_init());
  if (!curl) return CURLE_OUT_OF_MEMORY;
  set_up(curl.get(), mechanisms);
  curl_ = curl.get();
  lines_.clear();
  error_[0] = '\0';
  started_ = std::chrono::steady_clock::now();
  const CURLcode code = curl_easy_perform(curl.get());
  // These point into this object, which does not live as long as the handle.
  curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, nullptr);
  curl_easy_setopt(curl.get(), CURLOPT_NOPROGRESS, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERFUNCTION, nullptr);
  curl_easy_setopt(curl.get(), CURLOPT_HEADERDATA, nullptr);
  return code;
}

/// A line without its tag: "A002 NO …" -> "NO …", "* BYE" -> "BYE".
std::string_view without_tag(std::string_view line) {
  const auto space = line.find(' ');
  return space == std::string_view::npos ? line : line.substr(space + 1);
}

bool is_refusal(std::string_view line) {
  const auto rest = without_tag(line);
  return rest.starts_with("NO") || rest.starts_with("BAD") || rest.starts_with("BYE");
}

bool is_challenge(std::string_view line) { return line.starts_with("+ ") && line.size() > 10; }

std::string Knock::last_words() const {
  const auto refusal = std::find_if(lines_.rbegin(), lines_.rend(), is_refusal);
  // A refused token is explained in a challenge, as JSON in base64. RFC 7628 §3.2.2
  const auto challenge = std::find_if(lines_.rbegin(), lines_.rend(), is_challenge);
  std::string words = refusal != lines_.rend() ? std::string(without_tag(*refusal)) : "";
  if (login_.method == Login::Method::bearer && challenge != lines_.rend()) {
    words +=
        (words.empty() ? "NO [AUTHENTICATIONFAILED] " : " ") + decode_base64(std::string_view(*challenge).substr(2));
  }
  for (char& c : words) {
    if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E) c = '?';
  }
  return redact(words.substr(0, 300), login_.secret);
}

bool Knock::login_was_answered() const {
  return std::any_of(lines_.begin(), lines_.end(), is_refusal) || (!lines_.empty() && lines_.back().starts_with("+ "));
}

Attempt Knock::refused(std::string why) {
  Attempt attempt;
  attempt.stage = Attempt::Stage::refused;
  attempt.error = {Next::retry, server_.host + ": " + std::move(why)};
  return attempt;
}

Attempt Knock::failed(CURLcode code) {
  Attempt attempt;
  switch (code) {
    case CURLE_LOGIN_DENIED: attempt.stage = Attempt::Stage::login; break;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED: attempt.stage = Attempt::Stage::tls; break;
    default: attempt.stage = Attempt::Stage::network; break;
  }
  attempt.words = last_words();
  attempt.heard = !lines_.empty();
  std::string reason = error_[0] != '\0' ? error_ : curl_easy_strerror(code);
  if (code == CURLE_ABORTED_BY_CALLBACK) reason = give_up_ ? "given up" : "connecting took too long";
  attempt.error = {Next::retry, server_.host + ": " + redact(std::move(reason), login_.secret)};
  if (!attempt.words.empty()) attempt.error.what += ": " + attempt.words;
  return attempt;
}

Attempt Knock::run(Curl& curl) {
  if (server_.host.empty() || login_.user.empty() || login_.secret.empty()) {
    return refused("host, user and secret must not be empty");
  }
  if (server_.security == Security::none && !is_loopback(server_.host)) {
    return refused("without TLS only to this machine itself");
  }
  // Plain mechanisms first: over TLS they are safe, and servers offer CRAM-MD5 and NTLM to users who cannot use them.
  const bool bearer = login_.method == Login::Method::bearer;
  CURLcode code = perform(curl, bearer ? "AUTH=XOAUTH2;AUTH=OAUTHBEARER" : "AUTH=PLAIN;AUTH=LOGIN");
  if (code == CURLE_LOGIN_DENIED && !bearer && !login_was_answered()) code = perform(curl, nullptr);
  if (code != CURLE_OK) return failed(code);
  if (!lines_.empty() && lines_.front().starts_with("* PREAUTH")) {
    return refused("the server let us in before we logged in (PREAUTH)");
  }
  Attempt attempt;
  attempt.stage = Attempt::Stage::connected;
  return attempt;
}

/// What outlives a CurlConnection while a wait of it is still on the loop.
struct Stream {
  Stream(Curl handle, boost::asio::posix::stream_descriptor socket)
      : curl(std::move(handle)), descriptor(std::move(socket)), timer(descriptor.get_executor()) {}

  Curl curl;
  boost::asio::posix::stream_descriptor descriptor;  ///< a dup: asio and libcurl each close their own
  boost::asio::steady_timer timer;
  unsigned wait = 0;  ///< counts waits, so that a late timer does not end the next one
  unsigned reads_in_a_row = 0;
  bool woken = false;
};

Error closed_error() { return {Next::retry, "the connection is closed"}; }

awaitable<void> wait_for(std::shared_ptr<Stream> stream, boost::asio::posix::stream_descriptor::wait_type type,
                         Instant deadline) {
  const unsigned number = ++stream->wait;
  stream->timer.expires_at(deadline);
  stream->timer.async_wait([stream, number](const boost::system::error_code& cancelled) {
    if (!cancelled && stream->wait == number && stream->curl) stream->descriptor.cancel();
  });
  boost::system::error_code ended;  // whatever it says, the caller looks again
  co_await stream->descriptor.async_wait(type, redirect_error(use_awaitable, ended));
  ++stream->wait;
  stream->timer.cancel();
}

class CurlConnection : public Connection {
 public:
  explicit CurlConnection(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
  ~CurlConnection() override { close_stream(); }
  CurlConnection(const CurlConnection&) = delete;
  CurlConnection& operator=(const CurlConnection&) = delete;

  awaitable<Result<Received>> read(std::span<char> room, Instant deadline) override {
    return read_from(stream_, room, deadline);
  }
  awaitable<Result<void>> write(std::string_view bytes, Instant deadline) override {
    return write_to(stream_, bytes, deadline);
  }
  void wake() override {
    stream_->woken = true;
    if (stream_->curl) stream_->descriptor.cancel();
  }
  void close() override { close_stream(); }

 private:
  // Static, for the object may be gone when they go on.
  static awaitable<Result<Received>> read_from(std::shared_ptr<Stream> stream, std::span<char> room, Instant deadline);
  static awaitable<Result<void>> write_to(std::shared_ptr<Stream> stream, std::string_view bytes, Instant deadline);

  void close_stream() {
    if (!stream_->curl) return;
    boost::system::error_code ignored;
    stream_->descriptor.close(ignored);
    stream_->timer.cancel();
    stream_->curl.reset();
  }

  std::shared_ptr<Stream> stream_;
};

awaitable<Result<Received>> CurlConnection::read_from(std::shared_ptr<Stream> stream, std::span<char> room,
                                                      Instant deadline) {
  if (++stream->reads_in_a_row >= kReadsInARow) {
    stream->reads_in_a_row = 0;
    co_await boost::asio::post(stream->timer.get_executor(), use_awaitable);
  }
  for (;;) {
    if (!stream->curl) co_return closed_error();
    if (stream->woken) {
      stream->woken = false;
      co_return Received{Received::By::woken};
    }
    // TLS may hold more than the socket shows, so only CURLE_AGAIN is a reason to wait.
    std::size_t size = 0;
    const CURLcode code = curl_easy_recv(stream->curl.get(), room.data(), room.size(), &size);
    if (code == CURLE_OK && size == 0) co_return Received{Received::By::closed};
    if (code == CURLE_OK) co_return Received{Received::By::bytes, size};
    if (code != CURLE_AGAIN) co_return Error{Next::retry, std::string("receiving: ") + curl_easy_strerror(code)};
    if (std::chrono::steady_clock::now() >= deadline) co_return Received{Received::By::deadline};
    stream->reads_in_a_row = 0;
    co_await wait_for(stream, boost::asio::posix::stream_descriptor::wait_read, deadline);
  }
}

awaitable<Result<void>> CurlConnection::write_to(std::shared_ptr<Stream> stream, std::string_view bytes,
                                                 Instant deadline) {
  while (!bytes.empty()) {
    if (!stream->curl) co_return closed_error();
    std::size_t size = 0;
    const CURLcode code = curl_easy_send(stream->curl.get(), bytes.data(), bytes.size(), &size);
    if (code == CURLE_OK) {
      bytes.remove_prefix(size);
      continue;
    }
    if (code != CURLE_AGAIN) co_return Error{Next::retry, std::string("sending: ") + curl_easy_strerror(code)};
    if (std::chrono::steady_clock::now() >= deadline) co_return Error{Next::retry, "sending took too long"};
    co_await wait_for(stream, boost::asio::posix::stream_descriptor::wait_write, deadline);
  }
  co_return Result<void>{};
}

/// Hands the socket of a handle that is logged in to the loop.
std::unique_ptr<Connection> adopt(Curl curl, const boost::asio::any_io_executor& executor) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (curl_easy_getinfo(curl.get(), CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK || socket == CURL_SOCKET_BAD) {
    return nullptr;
  }
  const int probes = 4;
  const unsigned int patience = 60'000;  // milliseconds until unacknowledged bytes end the connection. RFC 5482
  ::setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
  ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
  const int copy = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return nullptr;
  boost::asio::posix::stream_descriptor descriptor(executor, copy);
  return std::make_unique<CurlConnection>(std::make_shared<Stream>(std::move(curl), std::move(descriptor)));
}

}  // namespace

struct CurlConnector::Threads {
  struct Running {
    std::atomic<bool> over{false};
    std::thread thread{};
  };
  std::atomic<bool> give_up{false};
  std::list<Running> running{};  ///< touched on the event loop only
};

CurlConnector::CurlConnector(boost::asio::any_io_executor executor, ConnectLimits limits)
    : executor_(std::move(executor)), limits_(limits), threads_(std::make_unique<Threads>()) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

CurlConnector::~CurlConnector() {
  give_up();
  for (auto& running : threads_->running) {
    if (running.thread.joinable()) running.thread.join();  // one that could not be started is none
  }
}

void CurlConnector::give_up() { threads_->give_up = true; }

awaitable<Attempt> CurlConnector::connect(Server server, Login login) {
  struct Meeting {
    explicit Meeting(const boost::asio::any_io_executor& executor) : done(executor, Instant::max()) {}
    boost::asio::steady_timer done;
    Curl curl{};
    Attempt attempt{};
  };
  const auto meeting = std::make_shared<Meeting>(executor_);

  threads_->running.remove_if([](auto& running) {
    if (running.over) running.thread.join();
    return running.over.load();
  });
  auto& running = threads_->running.emplace_back();
  try {
    running.thread =
        std::thread([meeting, &running, executor = executor_,
                     knock = Knock(std::move(server), std::move(login), limits_, threads_->give_up)]() mutable {
          meeting->attempt = knock.run(meeting->curl);
          boost::asio::post(executor, [meeting] { meeting->done.cancel(); });
          running.over = true;
        });
  } catch (const std::system_error& no_thread) {
    threads_->running.pop_back();
    meeting->attempt.error = {Next::retry, std::string("no thread to connect on: ") + no_thread.what()};
    co_return std::move(meeting->attempt);
  }
  boost::system::error_code cancelled;
  co_await meeting->done.async_wait(redirect_error(use_awaitable, cancelled));

  Attempt attempt = std::move(meeting->attempt);
  if (attempt.stage == Attempt::Stage::connected) {
    attempt.connection = adopt(std::move(meeting->curl), executor_);
    if (!attempt.connection) {
      attempt.stage = Attempt::Stage::network;
      attempt.error = {Next::retry, "the connection was gone at once"};
    }
  }
  co_return attempt;
}

}  // namespace leadmail::mail::net
