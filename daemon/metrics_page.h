// Everything that the daemon tells Prometheus, gathered into one page. What the book counts is read from it, but never
// so often that the reading would cost more than a hundredth of a processor. Blocks on the disk: not for the event
// loop.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/store/figures.h"
#include "daemon/engine.h"
#include "daemon/sender_board.h"
#include "daemon/watch_board.h"

namespace leadmail::daemon {

class MetricsPage {
 public:
  /// All of them outlive it.
  MetricsPage(Engine& engine, const WatchBoard& board, const SenderBoard& senders);

  /// From any thread; one at a time reads the book.
  std::string text();

 private:
  void read_book(const std::string& path);
  void read_late(const std::string& path);

  Engine& engine_;
  const WatchBoard& board_;
  const SenderBoard& senders_;
  const Time began_;
  std::mutex mutex_{};
  std::optional<store::BookFigures> figures_{};
  std::map<std::string, std::int64_t> late_{};
  std::optional<std::chrono::steady_clock::time_point> read_at_{};
  std::optional<std::chrono::steady_clock::time_point> late_read_at_{};
  std::chrono::steady_clock::duration cost_{};
};

/// Puts the page where the node exporter looks, whole or not at all; everybody may read it. Its folder has to be there.
Result<void> write_metrics_file(const std::string& path, const std::string& page);

}  // namespace leadmail::daemon
