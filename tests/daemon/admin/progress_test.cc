#include "daemon/admin/progress.h"

#include <gtest/gtest.h>

namespace leadmail::daemon::admin {
namespace {

using namespace std::chrono_literals;

TEST(Progress, TellsRateAndRestOnceTheyCanBeKnown) {
  EXPECT_EQ(progress_text(10, "mails", 1, 100, 500ms, 80), "10 mails   1 %") << "after half a second nobody knows";
  EXPECT_EQ(progress_text(2400, "mails", 24, 100, 10s, 80), "2400 mails   24 %   240/s   about 31 s left");
  EXPECT_EQ(progress_text(12345, "pages", 10, 100, 60s, 80), "12\u202F345 pages   10 %   205/s   about 9 min left");
  EXPECT_EQ(progress_text(5, "rows", 1, 1000, 60s, 80), "5 rows   0 %   0/s   about 16 h 39 min left");
}

TEST(Progress, OfWhatHasNoEndTellsNoRest) {
  EXPECT_EQ(progress_text(50, "mails", 50, 0, 10s, 80), "50 mails   5/s");
  EXPECT_EQ(progress_text(50, "mails", 50, 50, 10s, 80), "50 mails   100 %   5/s");
  EXPECT_EQ(progress_text(50, "mails", 99, 50, 10s, 80), "50 mails   100 %   5/s") << "a file grew meanwhile";
}

TEST(Progress, NeverWraps) { EXPECT_EQ(progress_text(2400, "mails", 24, 100, 10s, 16), "2400 mails   24…"); }

TEST(Progress, IsNotShownWhereNobodyLooks) {
  Progress progress(false, "mails");
  testing::internal::CaptureStderr();
  progress.at(1, 1, 2);
  progress.clear();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_FALSE(progress.is_shown());
}

}  // namespace
}  // namespace leadmail::daemon::admin
