#include "mail/net/unwaited.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "mail/net/clock.h"

namespace leadmail::mail::net {
namespace {

template <typename Thrown>
awaitable<void> part_that_throws() {
  throw Thrown();
  co_return;
}

struct Bug : std::logic_error {
  Bug() : std::logic_error("bug") {}
};

TEST(Unwaited, NoPartOfTheDaemonEndsInSilence) {
  boost::asio::io_context loop(1);
  boost::asio::co_spawn(loop, part_that_throws<Bug>(), or_end);
  EXPECT_THROW(loop.run(), Bug);
  loop.restart();
  boost::asio::co_spawn(loop, part_that_throws<std::bad_alloc>(), or_end);
  EXPECT_THROW(loop.run(), std::bad_alloc);
}

TEST(Unwaited, AConversationThatFailsEndsNoOther) {
  boost::asio::io_context loop(1);
  boost::asio::co_spawn(loop, part_that_throws<Bug>(), or_leave);
  EXPECT_NO_THROW(loop.run());
  loop.restart();
  boost::asio::co_spawn(loop, part_that_throws<std::bad_alloc>(), or_leave);
  EXPECT_THROW(loop.run(), std::bad_alloc);
}

}  // namespace
}  // namespace leadmail::mail::net
