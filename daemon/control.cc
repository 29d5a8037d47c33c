#include "daemon/control.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <set>
#include <utility>

#include "daemon/control_protocol.h"
#include "daemon/log.h"

namespace leadmail::daemon {

namespace asio = boost::asio;
using asio::awaitable;
using Socket = asio::local::stream_protocol::socket;

struct Control::Server : std::enable_shared_from_this<Server> {
  Server(asio::io_context& loop_to_use, std::string path_to_use, Engine& engine_to_use, Intake& intake_to_use,
         Running running_to_use)
      : loop(loop_to_use),
        acceptor(loop_to_use),
        path(std::move(path_to_use)),
        engine(engine_to_use),
        intake(intake_to_use),
        running(std::move(running_to_use)) {}

  awaitable<void> accept();
  awaitable<void> serve(std::shared_ptr<Socket> socket);
  awaitable<std::string> run(ControlRequest request);
  void stop();

  asio::io_context& loop;
  asio::local::stream_protocol::acceptor acceptor;
  std::string path;
  Engine& engine;
  Intake& intake;
  Running running;
  asio::thread_pool workers{1};
  std::set<std::shared_ptr<Socket>> open{};
};

namespace {

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
    if (error) continue;
    auto shared = std::make_shared<Socket>(std::move(socket));
    open.insert(shared);
    asio::co_spawn(loop, serve(shared), asio::detached);
  }
}

awaitable<void> Control::Server::serve(std::shared_ptr<Socket> socket) {
  const auto self = shared_from_this();
  log(Level::debug, "control", "connected: " + peer_of(*socket));
  ControlReader reader;
  std::array<char, 65536> room{};
  boost::system::error_code error;
  while (!error) {
    const auto size =
        co_await socket->async_read_some(asio::buffer(room), asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    if (const auto fed = reader.feed({room.data(), size}); !fed) break;
    while (auto request = reader.next()) {
      const std::string answer = co_await run(std::move(*request)) + "\n";
      co_await asio::async_write(*socket, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, error));
      if (error) break;
    }
  }
  open.erase(socket);
}

/// On the worker thread, and back on the loop with the answer.
awaitable<std::string> Control::Server::run(ControlRequest request) {
  auto begin = [this, request = std::move(request)](auto handler) mutable {
    const auto executor = asio::get_associated_executor(handler);
    const auto shared = std::make_shared<decltype(handler)>(std::move(handler));
    asio::post(workers, [this, shared, executor, request = std::move(request)] {
      auto answer = run_action(engine, intake, running, request.json, request.bytes);
      asio::post(executor, [shared, answer = std::move(answer)]() mutable { std::move (*shared)(std::move(answer)); });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::string)>(std::move(begin),
                                                                                            asio::use_awaitable);
}

void Control::Server::stop() {
  boost::system::error_code ignored;
  acceptor.close(ignored);
  for (const auto& socket : open) socket->close(ignored);
}

Result<std::unique_ptr<Control>> Control::open(asio::io_context& loop, const std::string& path, Engine& engine,
                                               Intake& intake, Running running) {
  auto listening = listen_control(path);
  if (!listening) return std::move(listening.error()).in("control socket");
  auto server = std::make_shared<Server>(loop, path, engine, intake, std::move(running));
  server->acceptor.assign(asio::local::stream_protocol(), *listening);
  asio::co_spawn(loop, server->accept(), asio::detached);
  return std::unique_ptr<Control>(new Control(std::move(server)));
}

void Control::stop() { server_->stop(); }

Control::~Control() {
  server_->stop();
  server_->workers.join();
  unlink(server_->path.c_str());
}

}  // namespace leadmail::daemon
