#include "mail/net/clock.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace leadmail::mail::net {
namespace {

class LoopAlarm : public Alarm {
 public:
  explicit LoopAlarm(const boost::asio::any_io_executor& executor)
      : timer_(std::make_shared<boost::asio::steady_timer>(executor)) {}
  ~LoopAlarm() override { timer_->cancel(); }
  LoopAlarm(const LoopAlarm&) = delete;
  LoopAlarm& operator=(const LoopAlarm&) = delete;

  awaitable<void> wait_until(Instant when) override {
    if (!rung_) {
      const auto timer = timer_;  // lives as long as the wait, whatever becomes of us
      timer->expires_at(when);
      boost::system::error_code cancelled;
      co_await timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
    }
    rung_ = false;
  }

  void ring() override {
    rung_ = true;
    timer_->cancel();
  }

 private:
  std::shared_ptr<boost::asio::steady_timer> timer_;
  bool rung_ = false;
};

}  // namespace

Time LoopClock::now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::unique_ptr<Alarm> LoopClock::alarm() { return std::make_unique<LoopAlarm>(executor_); }

}  // namespace leadmail::mail::net
