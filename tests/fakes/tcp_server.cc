#include "tests/fakes/tcp_server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace leadmail::fakes {
namespace {

std::shared_ptr<ssl_ctx_st> context_for(const Tls& tls) {
  if (!tls.identity) return nullptr;
  std::shared_ptr<ssl_ctx_st> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  // Level 0, so that a test can offer what no client should take any more.
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_cipher_list(context.get(), "ALL:@SECLEVEL=0");
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  if (tls.highest_version != 0) SSL_CTX_set_max_proto_version(context.get(), tls.highest_version);

  BIO* certificate = BIO_new_mem_buf(tls.identity->certificate.data(), -1);
  BIO* key = BIO_new_mem_buf(tls.identity->key.data(), -1);
  X509* x509 = PEM_read_bio_X509(certificate, nullptr, nullptr, nullptr);
  EVP_PKEY* private_key = PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr);
  const bool used =
      SSL_CTX_use_certificate(context.get(), x509) == 1 && SSL_CTX_use_PrivateKey(context.get(), private_key) == 1;
  X509_free(x509);
  EVP_PKEY_free(private_key);
  BIO_free(certificate);
  BIO_free(key);
  if (!used) throw std::runtime_error("OpenSSL does not take the test certificate");
  return context;
}

}  // namespace

Peer::Peer(int socket, ssl_ctx_st* tls) : socket_(socket), tls_(tls) {
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Peer::~Peer() { close(); }

bool Peer::start_tls() {
  buffer_.clear();
  if (tls_ == nullptr) return false;
  ssl_ = SSL_new(tls_);
  SSL_set_fd(ssl_, socket_);
  if (SSL_accept(ssl_) == 1) return true;
  ERR_clear_error();
  return false;
}

std::ptrdiff_t Peer::receive(char* into, std::size_t room) {
  if (socket_ < 0) return 0;
  if (ssl_ == nullptr) return ::recv(socket_, into, room, 0);
  const int got = SSL_read(ssl_, into, static_cast<int>(room));
  if (got <= 0) ERR_clear_error();
  return got;
}

bool Peer::fill() {
  std::array<char, 16384> chunk{};
  const auto got = receive(chunk.data(), chunk.size());
  if (got <= 0) return false;
  buffer_.append(chunk.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> Peer::read_line() {
  std::size_t looked_at = 0;
  for (;;) {
    const auto end = buffer_.find('\n', looked_at);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return line;
    }
    looked_at = buffer_.size();
    if (!fill()) return std::nullopt;
  }
}

std::optional<std::string> Peer::read_exactly(std::size_t size) {
  while (buffer_.size() < size) {
    if (!fill()) return std::nullopt;
  }
  std::string bytes = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return bytes;
}

std::string Peer::read_some() {
  if (buffer_.empty()) fill();
  return std::exchange(buffer_, {});
}

bool Peer::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (socket_ < 0) return false;
    std::ptrdiff_t put = 0;
    if (ssl_ != nullptr) {
      put = SSL_write(ssl_, bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 1U << 20U)));
    } else {
      put = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    if (put <= 0) {
      ERR_clear_error();
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

void Peer::half_close() {
  if (ssl_ != nullptr) SSL_shutdown(ssl_);
  ::shutdown(socket_, SHUT_WR);
}

void Peer::close() {
  if (ssl_ != nullptr) {
    // OpenSSL forbids SSL_shutdown after a failed handshake.
    if (SSL_is_init_finished(ssl_) == 1) SSL_shutdown(ssl_);
    ERR_clear_error();
    SSL_free(ssl_);
    ssl_ = nullptr;
  }
  const std::lock_guard lock(closing_);
  if (socket_ < 0) return;
  // Closing with unread bytes makes a reset; an orderly end must not become one by accident.
  ::shutdown(socket_, SHUT_WR);
  std::array<char, 4096> unread{};
  while (::recv(socket_, unread.data(), unread.size(), MSG_DONTWAIT) > 0) {}
  ::close(socket_);
  socket_ = -1;
}

void Peer::reset() {
  const linger now{1, 0};
  if (socket_ >= 0) setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  SSL_free(ssl_);
  ssl_ = nullptr;
  const std::lock_guard lock(closing_);
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Peer::stall() {
  // POLLRDHUP, not a read: what the other side says meanwhile stays unread, as with a peer that hangs.
  pollfd waiting{socket_, POLLRDHUP, 0};
  while (socket_ >= 0 && ::poll(&waiting, 1, -1) >= 0 && waiting.revents == 0) {}
}

void Peer::cut() {
  const std::lock_guard lock(closing_);
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

struct TcpServer::Conversation {
  Conversation(int socket, ssl_ctx_st* tls) : peer(socket, tls) {}
  Peer peer;
  std::atomic<bool> over{false};
  std::thread thread{};
};

TcpServer::TcpServer(Handler handler, const Tls& tls)
    : handler_(std::move(handler)), tls_from_the_start_(tls.from_the_start), tls_(context_for(tls)) {
  std::signal(SIGPIPE, SIG_IGN);
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, generic, &size) != 0 || ::pipe(wake_) != 0) {
    throw std::runtime_error("cannot listen on loopback");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

TcpServer::~TcpServer() {
  ::close(wake_[1]);
  acceptor_.join();
  ::close(wake_[0]);
  ::close(listener_);
  for (auto& conversation : conversations_) conversation->peer.cut();
  for (auto& conversation : conversations_) conversation->thread.join();
}

void TcpServer::accept_all() {
  for (;;) {
    std::array<pollfd, 2> waiting{{{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
    if (waiting[1].revents != 0) return;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;

    // Conversations that are over give their threads back, so that a test may connect thousands of times.
    conversations_.remove_if([](auto& conversation) {
      if (!conversation->over) return false;
      conversation->thread.join();
      return true;
    });
    auto& conversation = *conversations_.emplace_back(std::make_unique<Conversation>(socket, tls_.get()));
    conversation.thread = std::thread([this, &conversation, number = accepted_++] {
      if (tls_ == nullptr || !tls_from_the_start_ || conversation.peer.start_tls()) {
        handler_(conversation.peer, number);
      }
      conversation.peer.close();
      conversation.over = true;
    });
  }
}

}  // namespace leadmail::fakes
