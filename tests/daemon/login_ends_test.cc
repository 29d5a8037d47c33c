#include "daemon/login_ends.h"

#include <gtest/gtest.h>

namespace leadmail::daemon {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;

constexpr Time kEnd = from_unix(1'800'000'000);

std::string warning(Time now) {
  const auto days_before = warning_for(kEnd, now);
  return days_before ? std::to_string(*days_before) : "none";
}

TEST(LoginEnds, AreToldThirtySevenAndOneDayBeforeAndOnTheDay) {
  EXPECT_EQ(warning(kEnd - days{31}), "none");
  EXPECT_EQ(warning(kEnd - days{30} - seconds{1}), "none");
  EXPECT_EQ(warning(kEnd - days{30}), "30");
  EXPECT_EQ(warning(kEnd - days{8}), "30");
  EXPECT_EQ(warning(kEnd - days{7}), "7");
  EXPECT_EQ(warning(kEnd - hours{25}), "7");
  EXPECT_EQ(warning(kEnd - hours{24}), "1");
  EXPECT_EQ(warning(kEnd), "0");
  EXPECT_EQ(warning(kEnd + days{400}), "0");
}

TEST(LoginEnds, OfASecretAndOfALoginAreTwoThings) {
  LoginState state{.mailbox = "sales"};
  EXPECT_TRUE(login_ends({state}, kEnd).empty()) << "where nobody says when, there is nothing to tell";
  state.secret_ends = kEnd;
  state.login_ends = kEnd + days{20};
  const auto ends = login_ends({state}, kEnd - days{6});
  ASSERT_EQ(ends.size(), 2U);
  EXPECT_EQ(ends[0].cause(), "login-end:sales:secret:2027-01-15:7");
  EXPECT_EQ(ends[1].cause(), "login-end:sales:login:2027-02-04:30");
}

}  // namespace
}  // namespace leadmail::daemon
