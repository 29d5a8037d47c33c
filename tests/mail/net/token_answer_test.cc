#include "mail/net/token_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leadmail::mail::net {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

TokenAnswer read(const std::string& body, int status = 200) { return read_token_answer({status, body, {}}); }

/// "pending", …, or "token".
std::string_view verdict(const std::string& body, int status) {
  const auto answer = read(body, status);
  return answer.token ? "token" : name(answer.refusal.trouble);
}

TEST(TokenAnswer, ATokenComesWithItsLifeAndWithWhatRefreshesIt) {
  const auto answer = read(
      R"({"access_token":"ya29.a-b_c","token_type":"bearer","expires_in":3599,"refresh_token":"1//r","scope":"mail",)"
      R"("refresh_token_expires_in":604799,"id_token":"x.y.z"})");
  ASSERT_TRUE(answer.token);
  EXPECT_EQ(answer.token->access, "ya29.a-b_c");
  EXPECT_EQ(answer.token->refresh, "1//r");
  EXPECT_EQ(answer.token->life, seconds{3599});
  EXPECT_EQ(answer.token->refresh_life, seconds{604799});
  EXPECT_EQ(answer.token->scope, "mail");
}

TEST(TokenAnswer, ALifeThatIsMissingOrOddIsTakenWithinReason) {
  const auto life = [](const std::string& expires) {
    const auto answer = read(R"({"access_token":"a","expires_in":)" + expires + "}");
    return answer.token ? answer.token->life.count() : -1;
  };
  EXPECT_EQ(read(R"({"access_token":"a"})").token->life, seconds{3600});
  EXPECT_EQ(life("\"3600\""), 3600) << "some write numbers as texts";
  EXPECT_EQ(life("60.5"), 60);
  EXPECT_EQ(life("0"), 0);
  for (const auto* const odd : {"-5", "null", "[]", "\"soon\"", "\"\"", "\"99x\""}) EXPECT_EQ(life(odd), 3600) << odd;
  for (const auto* const long_life : {"18446744073709551615", "9223372036854775808", "1e300", "9999999999"}) {
    EXPECT_EQ(life(long_life), 7 * 86'400) << long_life;
  }
}

TEST(TokenAnswer, EachRefusalIsSortedByWhatIsToBeDone) {
  const auto with = [](const char* code) { return std::string(R"({"error":")") + code + "\"}"; };
  EXPECT_EQ(verdict(with("authorization_pending"), 400), "pending");
  EXPECT_EQ(verdict(with("slow_down"), 400), "slow-down");
  EXPECT_EQ(verdict(with("access_denied"), 403), "declined");
  EXPECT_EQ(verdict(with("expired_token"), 400), "expired");
  EXPECT_EQ(verdict(with("invalid_grant"), 400), "revoked");
  EXPECT_EQ(verdict(with("interaction_required"), 400), "revoked");
  EXPECT_EQ(verdict(with("invalid_client"), 401), "misconfigured");
  EXPECT_EQ(verdict(with("unauthorized_client"), 400), "misconfigured");
  EXPECT_EQ(verdict(with("what_nobody_knows"), 400), "misconfigured");
  EXPECT_EQ(verdict(with("temporarily_unavailable"), 400), "busy");
  EXPECT_EQ(verdict(with("invalid_grant"), 503), "busy") << "a server in trouble knows nothing for sure";
  EXPECT_EQ(verdict(with("invalid_client"), 429), "busy");
  EXPECT_EQ(verdict("<html>Bad gateway</html>", 502), "busy");
  EXPECT_EQ(verdict("<html>Log in to the Wi-Fi</html>", 200), "busy");
  EXPECT_EQ(verdict("", 404), "misconfigured");
  EXPECT_EQ(verdict(R"({"error":"invalid_grant"})", 200), "revoked") << "some answer 200 to everything";
}

TEST(TokenAnswer, WhatAdministratorsMeetIsExplained) {
  const auto answer = read(
      R"({"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired.\r\n"})",
      401);
  EXPECT_EQ(answer.refusal.words, "invalid_client: AADSTS7000222: The provided client secret keys are expired.  ");
  EXPECT_THAT(answer.refusal.advice, HasSubstr("make a new one"));
  EXPECT_THAT(
      read(R"({"error":"invalid_grant","error_description":"Token has been expired or revoked."})", 400).refusal.advice,
      HasSubstr("testing"));
}

TEST(TokenAnswer, WhatIsNoTokenIsNone) {
  for (const auto* const body :
       {R"({"access_token":""})", R"({"access_token":7})", R"({"access_token":["a"]})", R"({"access_token":"a b"})",
        R"({"access_token":"a\r\nX: y"})", R"({"access_token":"\u00e9"})",
        R"({"access_token":"a","refresh_token":"b c"})", R"({"access_token":"a","token_type":"mac"})",
        R"(["access_token"])", R"("access_token")", "{", "null", ""}) {
    EXPECT_EQ(verdict(body, 200), "busy") << body;
  }
  EXPECT_EQ(verdict(R"({"access_token":")" + std::string(kLongestToken, 'a') + "\"}", 200), "token");
  EXPECT_EQ(verdict(R"({"access_token":")" + std::string(kLongestToken + 1, 'a') + "\"}", 200), "busy");
  EXPECT_EQ(verdict(R"({"access_token":"a"})", 201), "busy") << "RFC 6749 §5.1 says 200";
}

TEST(TokenAnswer, AHostileAnswerCostsLittle) {
  const std::string deep(kLongestAnswer / 2, '[');
  EXPECT_EQ(verdict(deep, 200), "busy");
  EXPECT_EQ(verdict(R"({"access_token":"a","x":)" + deep.substr(0, 20'000) + std::string(20'000, ']') + "}", 200),
            "token");
  EXPECT_EQ(verdict(std::string(kLongestAnswer + 1, ' '), 200), "busy");
  EXPECT_EQ(verdict("{\"error\":\"\xff\xfe\"}", 400), "busy") << "no UTF-8";
  const auto answer = read(R"({"error":"x","error_description":")" + std::string(10'000, 'y') + R"(\u001b[31m"})", 400);
  EXPECT_EQ(answer.refusal.words.size(), 400U);
  for (const char c : answer.refusal.words) EXPECT_TRUE(c >= 0x20 && c < 0x7f);
}

TEST(TokenAnswer, ADeviceCodeIsReadWithinBounds) {
  const auto read_device = [](const std::string& body, int status = 200) {
    return read_device_answer({status, body, {}});
  };
  const auto good = read_device(
      R"({"device_code":"d","user_code":"WDJB-MJHT","verification_uri":"https://login.example/device","interval":0,)"
      R"("verification_uri_complete":"https://login.example/device?c=WDJB-MJHT","expires_in":99999999})");
  ASSERT_TRUE(good.code);
  EXPECT_EQ(good.code->interval, seconds{1}) << "never without a pause";
  EXPECT_EQ(good.code->life, seconds{3600});
  EXPECT_EQ(good.code->complete_uri, "https://login.example/device?c=WDJB-MJHT");
  EXPECT_EQ(
      read_device(R"({"device_code":"d","user_code":"A","verification_url":"https://g.example/d"})").code->interval,
      seconds{5})
      << "RFC 8628 §3.2";
  for (const auto* const body :
       {R"-({"device_code":"d","user_code":"A","verification_uri":"javascript:alert(1)"})-",
        R"-({"device_code":"d","user_code":"A","verification_uri":"http://login.example/"})-",
        R"-({"device_code":"d","user_code":"\u001b[2J","verification_uri":"https://l.example/"})-",
        R"-({"device_code":"","user_code":"A","verification_uri":"https://l.example/"})-"}) {
    EXPECT_FALSE(read_device(body).code) << body;
  }
  EXPECT_EQ(read_device(R"({"error":"invalid_client"})", 401).refusal.trouble, TokenTrouble::misconfigured);
}

TEST(TokenAnswer, TheNextTokenIsFetchedWellBeforeTheLastOneEnds) {
  EXPECT_EQ(refresh_after(seconds{3600}, 0), seconds{2880}) << "80 %";
  EXPECT_EQ(refresh_after(seconds{3600}, 0.999), seconds{2700}) << "some earlier, so that not all come at once";
  EXPECT_EQ(refresh_after(seconds{0}, 0), seconds{1});
  EXPECT_EQ(usable_for(seconds{3600}), seconds{3540}) << "not in its last minute";
  EXPECT_EQ(usable_for(seconds{10}), seconds{8});
  EXPECT_LT(refresh_after(seconds{10}, 0), usable_for(seconds{10}) + seconds{1});
}

}  // namespace
}  // namespace leadmail::mail::net
