#include "mail/net/token_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leadmail::mail::net {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const TokenClient kClient{.id = "client 1", .secret = "s&cret", .scope = "https://mail.google.com/"};

TEST(TokenRequest, EachGrantSaysWhatItsSpecificationAsksFor) {
  EXPECT_EQ(encode_form(refresh_request(kClient, "1//r+t")),
            "grant_type=refresh_token&refresh_token=1%2F%2Fr%2Bt&client_id=client%201&client_secret=s%26cret&"
            "scope=https%3A%2F%2Fmail.google.com%2F");
  EXPECT_EQ(encode_form(code_request({.id = "c"}, "4/0", "http://127.0.0.1:8400/", "v")),
            "grant_type=authorization_code&code=4%2F0&redirect_uri=http%3A%2F%2F127.0.0.1%3A8400%2F&code_verifier=v&"
            "client_id=c");
  EXPECT_EQ(encode_form(device_request({.id = "c", .scope = "a b"})), "client_id=c&scope=a%20b");
  EXPECT_EQ(encode_form(device_token_request({.id = "c"}, "d")),
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d&client_id=c");
  EXPECT_EQ(encode_form(assertion_request("x.y.z")),
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=x.y.z");
  EXPECT_EQ(encode_form(client_credentials_request({.id = "c", .assertion = "x.y.z", .scope = "s"})),
            "grant_type=client_credentials&client_id=c&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-"
            "assertion-type%3Ajwt-bearer&client_assertion=x.y.z&scope=s");
}

// RFC 7636 §B
TEST(TokenRequest, TheChallengeIsThatOfTheSpecification) {
  EXPECT_EQ(challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

TEST(TokenRequest, WordsThatNobodyMayGuessAreLongAndNeverTheSame) {
  const auto one = random_word();
  const auto other = random_word();
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->size(), 43U) << "256 bits; RFC 7636 §4.1 wants at least 43 letters";
  EXPECT_NE(*one, *other);
}

TEST(TokenRequest, TheAddressForTheBrowserHoldsNoSecret) {
  const Invitation invitation{.endpoint = "https://login.example/authorize?tenant=1",
                              .redirect_uri = "http://127.0.0.1:8400/",
                              .state = "st",
                              .verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                              .login_hint = "sales@acme.example",
                              .extra = {{"prompt", "consent"}}};
  const auto url = authorization_url(kClient, invitation);
  EXPECT_EQ(url.substr(0, 60), "https://login.example/authorize?tenant=1&response_type=code&");
  EXPECT_THAT(url,
              HasSubstr("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&"));
  EXPECT_THAT(url, HasSubstr("&login_hint=sales%40acme.example&prompt=consent"));
  EXPECT_THAT(url, Not(HasSubstr("dBjft")));
  EXPECT_THAT(url, Not(HasSubstr("cret")));
}

TEST(TokenRequest, OnlyTheAnswerToOurOwnLoginCounts) {
  EXPECT_EQ(read_redirect("/?state=abc&code=4%2F0a", "abc")->code, "4/0a");
  EXPECT_EQ(read_redirect("http://127.0.0.1:1/?code=x&state=abc#", "abc")->code, "x");
  EXPECT_EQ(read_redirect("/?error=access_denied&state=abc&error_description=no%0Away", "abc")->error,
            "access_denied: no way");
  for (const auto* const foreign : {"/?code=x", "/?code=x&state=abd", "/?code=x&state=", "/?code=x&state=abc&state=abd",
                                    "/", "", "/favicon.ico", "/?state=abc", "/?state=abc&code=",
                                    "/?state=abc&code=a&code=b", "/?state=abc&code=%4", "/?state=abc&code=%zz"}) {
    EXPECT_FALSE(read_redirect(foreign, "abc")) << foreign;
  }
  EXPECT_FALSE(read_redirect("/?code=x&state=", "")) << "no state is not ours";
  EXPECT_FALSE(read_redirect("/?state=abc&code=" + std::string(10'000, 'x'), "abc"));
}

TEST(TokenRequest, SecretsGoOnlyWhereNobodyCanListen) {
  EXPECT_TRUE(usable_endpoint("https://oauth2.googleapis.com/token"));
  EXPECT_TRUE(usable_endpoint("https://login.example:8443/a?b=c"));
  for (const auto* const local : {"http://127.0.0.1:8080/token", "http://localhost/token", "http://[::1]:1/token"}) {
    EXPECT_TRUE(usable_endpoint(local)) << local;
  }
  for (const auto* const bad :
       {"http://login.example/token", "ftp://login.example/", "https://", "https:///token", "login.example/token", "",
        "https://user:pw@login.example/", "https://login.example/#x", "https://login.example/ x",
        "https://login.example/\r\nHost: evil", "http://127.0.0.1.evil.example/", "http://localhost.evil.example/",
        "http://127.0.0.1@evil.example/", "https://lo\u00e9gin.example/", "file:///etc/passwd"}) {
    EXPECT_FALSE(usable_endpoint(bad)) << bad;
  }
}

}  // namespace
}  // namespace leadmail::mail::net
