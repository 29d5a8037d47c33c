#include "daemon/control.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <deque>
#include <optional>
#include <set>
#include <utility>

#include "daemon/control_protocol.h"
#include "daemon/log.h"
#include "mail/net/unwaited.h"

namespace leadmail::daemon {

namespace asio = boost::asio;
using asio::awaitable;
using Socket = asio::local::stream_protocol::socket;

/// One connection: requests are begun as they come, and answered in that order. Touched on the loop alone.
struct Conversation {
  struct Request {
    std::optional<std::string> answer{};
    std::size_t bytes = 0;
  };

  Conversation(asio::io_context& loop, Socket connected, std::shared_ptr<Stream> mails)
      : socket(std::move(connected)), changed(loop, asio::steady_timer::time_point::max()), stream(std::move(mails)) {}

  awaitable<void> change() {
    boost::system::error_code ignored;
    co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  Socket socket;
  asio::steady_timer changed;  ///< never rings: what waits for a change is woken by cancelling it
  std::shared_ptr<Stream> stream;
  std::deque<std::shared_ptr<Request>> waiting{};
  std::size_t bytes_waiting = 0;
  bool ended = false;  ///< no more requests come, or no more answers are wanted
};

struct Control::Server : std::enable_shared_from_this<Server> {
  Server(asio::io_context& loop_to_use, std::string path_to_use, Engine& engine_to_use, Intake& intake_to_use,
         Running running_to_use)
      : loop(loop_to_use),
        acceptor(loop_to_use),
        pause(loop_to_use),
        path(std::move(path_to_use)),
        engine(engine_to_use),
        intake(intake_to_use),
        running(std::move(running_to_use)) {}

  awaitable<void> accept();
  awaitable<void> serve(std::shared_ptr<Conversation> conversation);
  awaitable<void> answer(std::shared_ptr<Conversation> conversation);
  void begin(const std::shared_ptr<Conversation>& conversation, ControlRequest request);
  void stop();

  asio::io_context& loop;
  asio::local::stream_protocol::acceptor acceptor;
  asio::steady_timer pause;
  std::string path;
  Engine& engine;
  Intake& intake;
  Running running;
  asio::thread_pool workers{1};
  std::set<std::shared_ptr<Conversation>> open{};
};

namespace {

/// Requests of one connection that may wait for their answers, and the bytes that came with them.
constexpr std::size_t kMostWaiting = 200;
constexpr std::chrono::seconds kAfterTrouble{1};
constexpr std::size_t kMostBytesWaiting = 8UL * 1024 * 1024;

/// Who asks, for the log: the kernel tells, not he. unix(7)
std::string peer_of(Socket& socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return "unknown";
  return "uid " + std::to_string(credentials.uid) + " pid " + std::to_string(credentials.pid);
}

}  // namespace

awaitable<void> Control::Server::accept() {
  const auto self = shared_from_this();
  for (;;) {
    boost::system::error_code error;
    Socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (error == asio::error::operation_aborted || !acceptor.is_open()) co_return;
    if (error) {
      // It may be that no descriptor is left: asking again at once would only burn.
      pause.expires_after(kAfterTrouble);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      continue;
    }
    auto conversation = std::make_shared<Conversation>(loop, std::move(socket), intake.open_stream());
    open.insert(conversation);
    asio::co_spawn(loop, serve(conversation), mail::net::or_leave);
    asio::co_spawn(loop, answer(conversation), mail::net::or_leave);
  }
}

awaitable<void> Control::Server::serve(std::shared_ptr<Conversation> conversation) {
  const auto self = shared_from_this();
  log("control-connected", "connected: " + peer_of(conversation->socket));
  ControlReader reader;
  std::array<char, 65536> room{};
  boost::system::error_code error;
  while (!conversation->ended) {
    const auto size = co_await conversation->socket.async_read_some(asio::buffer(room),
                                                                    asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    if (const auto fed = reader.feed({room.data(), size}); !fed) break;
    while (auto request = reader.next()) {
      while (!conversation->ended &&
             (conversation->waiting.size() >= kMostWaiting || conversation->bytes_waiting >= kMostBytesWaiting)) {
        co_await conversation->change();
      }
      begin(conversation, std::move(*request));
    }
  }
  conversation->ended = true;
  conversation->changed.cancel();
}

/// On the worker thread, and back on the loop with the answer.
void Control::Server::begin(const std::shared_ptr<Conversation>& conversation, ControlRequest request) {
  const auto waiting = std::make_shared<Conversation::Request>();
  waiting->bytes = request.bytes.size();
  conversation->bytes_waiting += waiting->bytes;
  conversation->waiting.push_back(waiting);
  auto done = [self = shared_from_this(), conversation, waiting](std::string answer) {
    asio::post(self->loop, [conversation, waiting, answer = std::move(answer)]() mutable {
      waiting->answer = std::move(answer);
      conversation->changed.cancel();
    });
  };
  asio::post(workers, [this, conversation, request = std::move(request), done = std::move(done)]() mutable {
    begin_action(engine, intake, running, conversation->stream, request.json, request.bytes, std::move(done));
  });
}

awaitable<void> Control::Server::answer(std::shared_ptr<Conversation> conversation) {
  const auto self = shared_from_this();
  boost::system::error_code error;
  while (!error) {
    if (conversation->waiting.empty() && conversation->ended) break;
    if (conversation->waiting.empty() || !conversation->waiting.front()->answer) {
      co_await conversation->change();
      continue;
    }
    const auto answered = conversation->waiting.front();
    conversation->waiting.pop_front();
    conversation->bytes_waiting -= answered->bytes;
    conversation->changed.cancel();
    *answered->answer += '\n';
    co_await asio::async_write(conversation->socket, asio::buffer(*answered->answer),
                               asio::redirect_error(asio::use_awaitable, error));
  }
  conversation->ended = true;
  boost::system::error_code ignored;
  conversation->socket.close(ignored);
  conversation->changed.cancel();
  open.erase(conversation);
}

void Control::Server::stop() {
  boost::system::error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
  for (const auto& conversation : open) {
    conversation->ended = true;
    conversation->socket.close(ignored);
    conversation->changed.cancel();
  }
}

Result<std::unique_ptr<Control>> Control::open(asio::io_context& loop, const std::string& path, Engine& engine,
                                               Intake& intake, Running running) {
  auto listening = listen_control(path);
  if (!listening) return std::move(listening.error()).in("control socket");
  auto server = std::make_shared<Server>(loop, path, engine, intake, std::move(running));
  server->acceptor.assign(asio::local::stream_protocol(), *listening);
  asio::co_spawn(loop, server->accept(), mail::net::or_end);
  return std::unique_ptr<Control>(new Control(std::move(server)));
}

void Control::stop() { server_->stop(); }

Control::~Control() {
  server_->stop();
  server_->workers.join();
  unlink(server_->path.c_str());
}

}  // namespace leadmail::daemon
