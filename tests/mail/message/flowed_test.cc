#include "mail/message/flowed.h"

#include <gtest/gtest.h>

namespace leadmail::mail::message {
namespace {

TEST(Flowed, LinesThatFlowBecomeOne) {
  EXPECT_EQ(unflow("a long \nline\nnext\n", false), "a long line\nnext\n");
  EXPECT_EQ(unflow("delete \nthis\n", true), "deletethis\n");
  EXPECT_EQ(unflow(" >stuffed\n From here\n", false), ">stuffed\nFrom here\n");
}

TEST(Flowed, QuotesKeepTheirDepth) {
  EXPECT_EQ(unflow("> one \n> line\nanswer\n", false), "> one line\nanswer\n");
  EXPECT_EQ(unflow("> one \n>> deeper\n", false), "> one \n>> deeper\n");
}

TEST(Flowed, SignatureMarkIsNoFlowedLine) { EXPECT_EQ(unflow("text \n-- \nAnn\n", false), "text \n-- \nAnn\n"); }

TEST(Flowed, EndsAnywhere) {
  EXPECT_EQ(unflow("", false), "");
  EXPECT_EQ(unflow("open ", false), "open ");
  EXPECT_LE(unflow(std::string(100000, '>'), false).size(), 200U);
}

}  // namespace
}  // namespace leadmail::mail::message
