#include "mail/smtp/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

namespace leadmail::mail::smtp {
namespace {

using Step = Transcript::Step;
using std::chrono::milliseconds;

/// A server that is there answers QUIT at once, and both ends then close in order. Nobody is waited for longer.
constexpr int kGoodbyeMs = 200;

/// A dead peer is noticed in minutes even while we wait for the final reply for ten: three lost probes, or bytes that
/// nobody acknowledges.
constexpr int kKeepIdle = 60, kKeepInterval = 15, kKeepCount = 4;
constexpr unsigned kUnacknowledgedMs = 120'000;
/// Half a minute of knocking: after 1, 3, 7 and 15 s. Then it is better to pause and begin anew than to knock seldom.
constexpr int kKnocks = 4;

template <typename Value>
void set_option(int socket, int level, int option, Value value) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == ':' || c == '[' || c == ']';
}

bool is_host(std::string_view host) {
  return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), is_host_character);
}

/// The URL by which libcurl finds the server; its path is what EHLO says.
std::string url_of(const Account& account) {
  const bool bare_ipv6 = account.server.host.find(':') != std::string::npos && account.server.host.front() != '[';
  std::string url = account.server.security == net::Security::implicit_tls ? "smtps://" : "smtp://";
  url += bare_ipv6 ? "[" + account.server.host + "]" : account.server.host;
  url += ":" + std::to_string(account.server.port) + "/";
  for (const char c : account.ehlo_name) {
    if (c == '[') {
      url += "%5B";
    } else if (c == ']') {
      url += "%5D";
    } else {
      url += c;
    }
  }
  return url;
}

bool needs_smtputf8(std::string_view address) {
  const auto local = address.substr(0, address.rfind('@'));
  return std::any_of(local.begin(), local.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

curl_socket_t Sockets::open(const curl_sockaddr& address) {
  const std::lock_guard lock(mutex_);
  if (forbidden_) return CURL_SOCKET_BAD;
  const int socket = ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
  if (socket < 0) return CURL_SOCKET_BAD;
  set_option(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(socket, IPPROTO_TCP, TCP_KEEPIDLE, kKeepIdle);
  set_option(socket, IPPROTO_TCP, TCP_KEEPINTVL, kKeepInterval);
  set_option(socket, IPPROTO_TCP, TCP_KEEPCNT, kKeepCount);
  set_option(socket, IPPROTO_TCP, TCP_SYNCNT, kKnocks);
  set_option(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledgedMs);
  open_.push_back(socket);
  return socket;
}

int Sockets::close(curl_socket_t socket) {
  const std::lock_guard lock(mutex_);
  std::erase(open_, socket);
  return ::close(socket);
}

void Sockets::cut(int how) {
  const std::lock_guard lock(mutex_);
  forbidden_ = forbidden_ || how == SHUT_RDWR;
  for (const auto socket : open_) ::shutdown(socket, how);
}

void Sockets::allow() {
  const std::lock_guard lock(mutex_);
  forbidden_ = false;
}

void Sockets::say_goodbye(int at_most_ms) {
  pollfd waiting{-1, POLLIN, 0};
  {
    const std::lock_guard lock(mutex_);
    if (!open_.empty()) waiting.fd = open_.back();
  }
  // Only this thread closes sockets, so the descriptor stays what it is; a cut from another thread ends the wait.
  ::poll(&waiting, 1, at_most_ms);
  cut(SHUT_RD);
}

Connection::Connection(const Account& account, net::Login login)
    : patience_(account.patience),
      security_(account.server.security),
      login_(std::move(login)),
      easy_((curl_global_init(CURL_GLOBAL_DEFAULT), curl_easy_init())) {
  if (!is_host(account.server.host)) refusal_ = "the name of the SMTP server is not one";
  if (!is_host(account.ehlo_name)) refusal_ = "the EHLO name is not a domain or address";
  if (security_ == net::Security::none && !is_loopback(account.server.host)) {
    refusal_ = "mail is sent without TLS to this machine only, not to " + account.server.host;
  }
  if (easy_ == nullptr || !refusal_.empty()) return;
  set_server(account);
  set_login();
  set_callbacks();
}

Connection::~Connection() {
  // libcurl says QUIT here and would wait two minutes for the answer. With the reading side shut it hears the end at
  // once.
  sockets_.cut(friends_ ? SHUT_RD : SHUT_RDWR);
  curl_easy_cleanup(easy_);
}

void Connection::set_server(const Account& account) {
  url_ = url_of(account);
  curl_easy_setopt(easy_, CURLOPT_URL, url_.c_str());
  curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy_, CURLOPT_PROXY, "");  // never one that the environment names
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_QUICK_EXIT, 1L);  // a resolver that hangs keeps nobody waiting
  curl_easy_setopt(easy_, CURLOPT_MAXCONNECTS, 1L);
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(patience_.connect.count()));
  curl_easy_setopt(easy_, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                   static_cast<long>(std::max<milliseconds::rep>(1, patience_.reply.count() / 1000)));
  curl_easy_setopt(easy_, CURLOPT_MAXAGE_CONN,
                   static_cast<long>(std::max<milliseconds::rep>(1, patience_.idle.count() / 1000)));

  // "All", never "try": without STARTTLS there is no mail, and no password in clear. RFC 3207 §6
  const bool plain = security_ == net::Security::none;
  curl_easy_setopt(easy_, CURLOPT_USE_SSL, plain ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
  curl_easy_setopt(easy_, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!account.server.ca_file.empty()) {
    curl_easy_setopt(easy_, CURLOPT_CAINFO, account.server.ca_file.c_str());
    curl_easy_setopt(easy_, CURLOPT_CAPATH, nullptr);
  }
}

void Connection::set_login() {
  if (login_.user.empty()) return;
  curl_easy_setopt(easy_, CURLOPT_USERNAME, login_.user.c_str());
  curl_easy_setopt(easy_, CURLOPT_SASL_IR, 1L);
  // Named one by one: else libcurl prefers GSSAPI or DIGEST-MD5 where a server offers them, and fails.
  if (login_.method == net::Login::Method::bearer) {
    curl_easy_setopt(easy_, CURLOPT_XOAUTH2_BEARER, login_.secret.c_str());
    curl_easy_setopt(easy_, CURLOPT_LOGIN_OPTIONS, "AUTH=OAUTHBEARER;AUTH=XOAUTH2");
  } else {
    curl_easy_setopt(easy_, CURLOPT_PASSWORD, login_.secret.c_str());
    curl_easy_setopt(easy_, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
  }
}

void Connection::set_callbacks() {
  curl_easy_setopt(easy_, CURLOPT_ERRORBUFFER, error_.data());
  curl_easy_setopt(easy_, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy_, CURLOPT_READFUNCTION, &Connection::on_read);
  curl_easy_setopt(easy_, CURLOPT_READDATA, this);
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Connection::on_header);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  // The commands that leave are shown to the debug function only; without them a reply has no question.
  curl_easy_setopt(easy_, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(easy_, CURLOPT_DEBUGFUNCTION, &Connection::on_debug);
  curl_easy_setopt(easy_, CURLOPT_DEBUGDATA, this);
  curl_easy_setopt(easy_, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(easy_, CURLOPT_XFERINFOFUNCTION, &Connection::on_progress);
  curl_easy_setopt(easy_, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(easy_, CURLOPT_OPENSOCKETFUNCTION, &Connection::on_open);
  curl_easy_setopt(easy_, CURLOPT_OPENSOCKETDATA, this);
  curl_easy_setopt(easy_, CURLOPT_CLOSESOCKETFUNCTION, &Connection::on_close);
  curl_easy_setopt(easy_, CURLOPT_CLOSESOCKETDATA, this);
}

void Connection::begin(const Mail& mail, bool last) {
  mail_ = &mail;
  transcript_.next_mail();
  given_ = 0;
  uploaded_ = 0;
  opened_ = final_dot_may_have_left_ = lacks_smtputf8_ = too_large_ = friends_ = false;
  aborted_.clear();
  error_.front() = '\0';
  begun_ = moved_ = Clock::now();
  sockets_.allow();

  // Two flaws of libcurl 7.88 let STARTTLS connections be reused where they must not (CVE-2026-4873, CVE-2026-8286).
  const bool alone = security_ == net::Security::starttls;
  curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, alone ? 1L : 0L);
  curl_easy_setopt(easy_, CURLOPT_FORBID_REUSE, alone || last ? 1L : 0L);
  curl_easy_setopt(easy_, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.bytes.size()));
  curl_easy_setopt(easy_, CURLOPT_MAIL_FROM, mail.envelope.mail_from.c_str());
  curl_easy_setopt(easy_, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
}

Ending Connection::converse(const Mail& mail, bool last) {
  if (easy_ == nullptr) return {.reason = "libcurl has no memory"};
  begin(mail, last);
  if (!refusal_.empty()) return {.reason = refusal_};

  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(nullptr, curl_slist_free_all);
  for (const auto& address : mail.envelope.rcpt_to) {
    curl_slist* longer = curl_slist_append(recipients.get(), address.c_str());
    if (longer == nullptr) return {.reason = "libcurl has no memory"};
    static_cast<void>(recipients.release());
    recipients.reset(longer);
  }
  curl_easy_setopt(easy_, CURLOPT_MAIL_RCPT, recipients.get());

  CURLcode code = CURLE_OK;
  {
    const std::stop_callback cut(mail.stop, [this] { sockets_.cut(SHUT_RDWR); });
    code = curl_easy_perform(easy_);
  }
  curl_easy_setopt(easy_, CURLOPT_MAIL_RCPT, nullptr);
  mail_ = nullptr;
  mails_ = last ? 0 : mails_ + 1;
  return ending_of(code);
}

Ending Connection::log_in() {
  if (easy_ == nullptr) return {.reason = "libcurl has no memory"};
  if (!refusal_.empty()) return {.reason = refusal_};
  transcript_.next_mail();
  begun_ = moved_ = Clock::now();
  curl_easy_setopt(easy_, CURLOPT_UPLOAD, 0L);
  curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
  curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, "NOOP");
  curl_easy_setopt(easy_, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(easy_, CURLOPT_FORBID_REUSE, 1L);
  return ending_of(curl_easy_perform(easy_));
}

Ending Connection::ending_of(CURLcode code) const {
  Ending ending{.final_dot_may_have_left = final_dot_may_have_left_};
  if (!aborted_.empty()) {
    ending.reason = aborted_;
  } else if (code != CURLE_OK) {
    ending.reason = printable(error_.front() != '\0' ? error_.data() : curl_easy_strerror(code));
  }
  return ending;
}

/// Hands out the mail. Before its last bytes the caller is asked; from then on only a reply can say what became of it.
std::size_t Connection::give(char* room, std::size_t size) {
  const std::string_view rest = mail_->bytes.substr(given_);
  if (rest.empty()) return 0;
  const std::size_t take = std::min(size, rest.size());
  if (take == rest.size()) {
    if (mail_->stop.stop_requested()) {
      aborted_ = "asked to stop";
      return CURL_READFUNC_ABORT;
    }
    if (!mail_->before_final()) {
      aborted_ = "the mail could not be marked as being sent";
      return CURL_READFUNC_ABORT;
    }
    final_dot_may_have_left_ = true;
    handed_over_ = Clock::now();
    transcript_.end_of_mail();
  }
  rest.copy(room, take);
  given_ += take;
  return take;
}

bool Connection::take_line(std::string_view line) {
  if (!transcript_.received(line)) return false;
  // MAIL has its answer and no recipient was named yet: the last moment to find that this server cannot take the mail.
  if (transcript_.step() != Step::mail || !transcript_.mail() || !transcript_.mail()->positive()) return true;
  const auto& able = transcript_.capabilities();
  const auto& envelope = mail_->envelope;
  too_large_ = able.size != 0 && mail_->bytes.size() > able.size;
  lacks_smtputf8_ = !able.smtputf8 && (needs_smtputf8(envelope.mail_from) ||
                                       std::any_of(envelope.rcpt_to.begin(), envelope.rcpt_to.end(), needs_smtputf8));
  if (too_large_) aborted_ = "the server takes mails of at most " + std::to_string(able.size) + " bytes";
  if (lacks_smtputf8_) aborted_ = "the server takes ASCII addresses only (no SMTPUTF8)";
  return !too_large_ && !lacks_smtputf8_;
}

void Connection::take_note(curl_infotype type, std::string_view words) {
  // The one sign of a line that never ends: libcurl throws it away as it comes, for as long as it comes.
  if (type == CURLINFO_TEXT && words.starts_with("Excessive server response line")) sockets_.cut(SHUT_RDWR);
  if (type != CURLINFO_HEADER_OUT) return;
  transcript_.sent(words);
  if (transcript_.step() == Step::quit) sockets_.say_goodbye(kGoodbyeMs);
}

bool Connection::patient(curl_off_t uploaded) {
  const auto now = Clock::now();
  if (std::exchange(uploaded_, uploaded) != uploaded) moved_ = now;
  if (mail_ == nullptr) return true;
  if (mail_->stop.stop_requested()) {
    aborted_ = "asked to stop";
  } else if (final_dot_may_have_left_) {
    // libcurl watches this one too, but a trickle of bytes keeps its clock from running out.
    if (now - handed_over_ > patience_.reply + patience_.stall) aborted_ = "no final reply in time";
  } else if (transcript_.step() == Step::body && now - std::max(moved_, begun_) > patience_.stall) {
    aborted_ = "the server does not take the mail";
  } else if (now - begun_ > patience_.mail) {
    aborted_ = "the conversation takes too long";
  }
  return aborted_.empty();
}

std::size_t Connection::on_read(char* room, std::size_t size, std::size_t count, void* self) {
  try {
    return static_cast<Connection*>(self)->give(room, size * count);
  } catch (...) {
    return CURL_READFUNC_ABORT;  // the caller's mark failed in a way of its own: not sent
  }
}

std::size_t Connection::on_header(char* line, std::size_t size, std::size_t count, void* self) {
  return static_cast<Connection*>(self)->take_line({line, size * count}) ? size * count : 0;
}

int Connection::on_debug(CURL* /*easy*/, curl_infotype type, char* words, std::size_t size, void* self) {
  static_cast<Connection*>(self)->take_note(type, {words, size});
  return 0;
}

int Connection::on_progress(void* self, curl_off_t /*dltotal*/, curl_off_t /*dlnow*/, curl_off_t /*ultotal*/,
                            curl_off_t uploaded) {
  return static_cast<Connection*>(self)->patient(uploaded) ? 0 : 1;
}

curl_socket_t Connection::on_open(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& connection = *static_cast<Connection*>(self);
  connection.opened_ = true;
  connection.mails_ = 0;
  connection.transcript_.connected();
  return connection.sockets_.open(*address);
}

int Connection::on_close(void* self, curl_socket_t socket) {
  return static_cast<Connection*>(self)->sockets_.close(socket);
}

}  // namespace leadmail::mail::smtp
