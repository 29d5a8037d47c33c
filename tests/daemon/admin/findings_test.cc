#include "daemon/admin/findings.h"

#include <gtest/gtest.h>

#include "daemon/health.h"

namespace leadmail::daemon::admin {
namespace {

TEST(Findings, WhateverTheDaemonMayTellOfHasARemedy) {
  for (const auto name : fault_names()) EXPECT_NE(advice_for(name), "") << name;
}

TEST(Findings, EachRemedyIsFoundUnderItsName) {
  for (const auto& remedy : remedies()) EXPECT_EQ(advice_for(remedy.name), remedy.advice);
  EXPECT_EQ(advice_for("nothing-of-ours"), "");
}

TEST(Findings, AreALineWithTheAdviceBelow) {
  const Finding finding{Finding::Grade::failed, "IMAP login", "no\x1b[2J", "check it", "login-refused"};
  EXPECT_EQ(finding_line(finding, {}), "  failed IMAP login              no\xEF\xBF\xBD[2J\n           check it");
}

}  // namespace
}  // namespace leadmail::daemon::admin
