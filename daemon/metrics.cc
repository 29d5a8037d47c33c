#include "daemon/metrics.h"

#include <unistd.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <optional>
#include <utility>

#include "daemon/log.h"
#include "daemon/metrics_page.h"
#include "daemon/metrics_server.h"

namespace leadmail::daemon {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::minutes kBetweenFiles{1};

}  // namespace

/// Touched on the loop alone; the page is made on a thread of its own, for that reads the book.
struct Metrics::Teller : std::enable_shared_from_this<Teller> {
  Teller(asio::io_context& loop_to_use, Engine& engine_to_use, const WatchBoard& board, const SenderBoard& senders)
      : loop(loop_to_use), engine(engine_to_use), page(engine_to_use, board, senders), minute(loop_to_use) {}

  void adopt();
  void listen();
  void write_file();
  void remove_file();
  void wait();
  void stop();

  asio::io_context& loop;
  Engine& engine;
  MetricsPage page;
  asio::steady_timer minute;
  std::optional<asio::thread_pool> maker{};  ///< from the first time that it is needed
  MetricsConfig config{};                    ///< what we do at present
  std::unique_ptr<MetricsServer> server{};
  bool stopped = false;
};

void Metrics::Teller::adopt() {
  if (stopped) return;
  const auto settings = engine.settings();
  const auto& wanted = settings->config.metrics;
  if (wanted.address != config.address || wanted.port != config.port) server.reset();
  if (wanted.file != config.file) remove_file();
  config = wanted;
  if (config != MetricsConfig{} && !maker) maker.emplace(1);
  listen();
  write_file();
  wait();
}

void Metrics::Teller::listen() {
  if (server || config.address.empty()) return;
  auto source = [weak = weak_from_this()](std::function<void(std::string)> done) {
    const auto self = weak.lock();
    if (!self) return;
    asio::post(*self->maker, [self = self.get(), done = std::move(done)]() mutable {
      asio::post(self->loop, [done = std::move(done), text = self->page.text()]() mutable { done(std::move(text)); });
    });
  };
  auto opened = MetricsServer::open(loop, config.address, config.port, std::move(source), {});
  if (!opened) return log("metrics-listen", opened.error().what);
  server = std::move(*opened);
}

void Metrics::Teller::write_file() {
  if (config.file.empty()) return;
  asio::post(*maker, [this, file = config.file] {
    if (auto written = write_metrics_file(file, page.text()); !written) {
      log("metrics-file", written.error().what);
    }
  });
}

/// Each minute again, also for an address that was taken.
void Metrics::Teller::wait() {
  minute.cancel();
  if (config == MetricsConfig{}) return;
  minute.expires_after(kBetweenFiles);
  minute.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!self || error || self->stopped) return;
    self->listen();
    self->write_file();
    self->wait();
  });
}

void Metrics::Teller::stop() {
  if (std::exchange(stopped, true)) return;
  minute.cancel();
  if (server) server->stop();
  remove_file();
}

/// Behind what is being written.
void Metrics::Teller::remove_file() {
  if (config.file.empty()) return;
  asio::post(*maker, [file = config.file] { ::unlink(file.c_str()); });
}

Metrics::Metrics(asio::io_context& loop, Engine& engine, const WatchBoard& board, const SenderBoard& senders)
    : teller_(std::make_shared<Teller>(loop, engine, board, senders)) {
  teller_->adopt();
}

Metrics::~Metrics() {
  teller_->stop();
  if (teller_->maker) teller_->maker->join();
}

void Metrics::adopt() {
  asio::post(teller_->loop, [teller = teller_] { teller->adopt(); });
}

void Metrics::stop() { teller_->stop(); }

}  // namespace leadmail::daemon
