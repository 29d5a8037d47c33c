// The clock and the alarm of the event loop, as an interface, so that tests of code that waits for minutes never wait.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "core/base/time.h"

namespace leadmail::mail::net {

using boost::asio::awaitable;

/// An instant that no clock change moves; for deadlines and latencies only.
using Instant = std::chrono::steady_clock::time_point;

/// A wait of one coroutine that another can end. Not for several threads.
class Alarm {
 public:
  virtual ~Alarm() = default;

  /// Returns at `when`, or at once after ring() (also one that came before). Only one coroutine may wait.
  virtual awaitable<void> wait_until(Instant when) = 0;

  /// Ends the wait that is going on, or else the next one.
  virtual void ring() = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() = 0;
  virtual Instant instant() = 0;
  virtual std::unique_ptr<Alarm> alarm() = 0;
};

/// The real clock, with alarms on the event loop of `executor`.
class LoopClock : public Clock {
 public:
  explicit LoopClock(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
  Time now() override;
  Instant instant() override { return std::chrono::steady_clock::now(); }
  std::unique_ptr<Alarm> alarm() override;

 private:
  boost::asio::any_io_executor executor_;
};

}  // namespace leadmail::mail::net
