#include "core/base/guarded.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace leadmail::tests {
namespace {

Result<void> thrown_by(const std::exception_ptr& thrown) {
  return run_guarded([&]() -> Result<void> { std::rethrow_exception(thrown); });
}

TEST(Guarded, WhatIsThrownOverAMailIsAnErrorOfThatMail) {
  const auto damaged = thrown_by(std::make_exception_ptr(std::out_of_range("substr")));
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().next, Next::quarantine);
  EXPECT_EQ(damaged.error().what, "unexpected: substr");
}

TEST(Guarded, WhatTheSystemRefusesIsTriedAgain) {
  const auto refused = thrown_by(std::make_exception_ptr(std::system_error(EAGAIN, std::generic_category())));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().next, Next::retry);
}

TEST(Guarded, WantOfMemoryEndsTheProcess) {
  EXPECT_THROW((void)thrown_by(std::make_exception_ptr(std::bad_alloc())), std::bad_alloc);
}

TEST(Guarded, ResultsAndErrorsAreThoseOfTheWork) {
  EXPECT_TRUE(run_guarded([]() -> Result<void> { return {}; }));
  const auto own = run_guarded([]() -> Result<void> { return Error{Next::give_up, "no"}; });
  EXPECT_EQ(own.error().next, Next::give_up);
}

}  // namespace
}  // namespace leadmail::tests
