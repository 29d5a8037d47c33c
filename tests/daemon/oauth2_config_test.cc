#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/config.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using ::testing::HasSubstr;
using Grant = OAuth2Config::Grant;

/// A config whose one mailbox has this for its [mailbox.oauth2].
Loaded with(const std::string& oauth2, const std::string& mailbox = "") {
  return read_config(R"(
[[mailbox]]
name = "sales"
address = "sales@acme.example"
imap = "imaps://imap.acme.example"
smtp = "smtps://smtp.acme.example"
trusted_authserv = ["mx.acme.example"]
)" + mailbox + "\n[mailbox.oauth2]\n" +
                         oauth2 +
                         R"(
[[user]]
id = "ana"
address = "ana@acme.example"
[[assign]]
name = "all"
to = { user = "ana" }
)",
                     "/etc/leadmail/leadmail.toml");
}

/// All errors and warnings, a line each, without their places; "" for a config that is fine.
std::string complaints(const std::string& oauth2, const std::string& mailbox = "") {
  std::string text;
  for (const auto& error : with(oauth2, mailbox).errors) {
    text += error.message + (error.suggestion.empty() ? "" : " (" + error.suggestion + ")") + "\n";
  }
  return text;
}

OAuth2Config read(const std::string& oauth2) {
  const auto loaded = with(oauth2);
  for (const auto& error : loaded.errors) EXPECT_TRUE(error.warning) << to_string(error);
  return loaded.config ? loaded.config->mailboxes.front().oauth2.value() : OAuth2Config{};
}

TEST(OAuth2Config, GoogleIsKnownByName) {
  const auto config = read("provider = \"google\"\nclient_id = \"1.apps.googleusercontent.com\"");
  EXPECT_EQ(config.grant, Grant::browser) << "Google lets no device read mail";
  EXPECT_EQ(config.token_endpoint, "https://oauth2.googleapis.com/token");
  EXPECT_EQ(config.authorization_endpoint, "https://accounts.google.com/o/oauth2/v2/auth");
  EXPECT_EQ(config.scope, "https://mail.google.com/");
}

TEST(OAuth2Config, MicrosoftIsKnownByNameAndTenant) {
  const auto config = read("provider = \"microsoft\"\nclient_id = \"c\"\ntenant = \"acme.example\"");
  EXPECT_EQ(config.grant, Grant::device);
  EXPECT_EQ(config.device_endpoint, "https://login.microsoftonline.com/acme.example/oauth2/v2.0/devicecode");
  EXPECT_EQ(config.scope,
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access");
  const auto robot = read(
      "provider = \"microsoft\"\nclient_id = \"c\"\ntenant = \"t\"\ngrant = \"client_credentials\"\n"
      "client_secret_file = \"s\"\nsecret_expires = 2027-05-01");
  EXPECT_EQ(robot.scope, "https://outlook.office365.com/.default");
  EXPECT_EQ(robot.client_secret_file, "/etc/leadmail/s");
  using std::chrono::May;
  EXPECT_EQ(robot.secret_expires, std::chrono::sys_days{std::chrono::year{2027} / May / 1});
}

TEST(OAuth2Config, AGenericProviderIsWhatItsEndpointsSay) {
  const std::string base = "provider = \"generic\"\nclient_id = \"c\"\ntoken_endpoint = \"https://l.example/t\"\n";
  EXPECT_EQ(read(base + "device_endpoint = \"https://l.example/d\"").grant, Grant::device);
  EXPECT_EQ(read(base + "authorization_endpoint = \"https://l.example/a\"").grant, Grant::browser);
  const auto config = read(base + "device_endpoint = \"http://127.0.0.1:1/d\"\nscopes = [\"a\", \"b\"]\n");
  EXPECT_EQ(config.scope, "a b");
}

TEST(OAuth2Config, WhatDoesNotGoTogetherIsAnErrorWithAWayOut) {
  EXPECT_THAT(complaints("provider = \"gogle\"\nclient_id = \"c\""), HasSubstr("did you mean 'google'?"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\ngrant = \"device\""),
              HasSubstr("Google does not allow mail to devices (use browser or service_account)"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\ngrant = \"client_credentials\""),
              HasSubstr("use service_account"));
  EXPECT_THAT(complaints("provider = \"microsoft\"\nclient_id = \"c\"\ngrant = \"service_account\""),
              HasSubstr("use client_credentials"));
  EXPECT_THAT(complaints("provider = \"microsoft\"\nclient_id = \"c\"\ngrant = \"client_credentials\"\n"
                         "client_secret_file = \"s\"\ntenant = \"common\""),
              HasSubstr("needs the tenant"));
  EXPECT_THAT(complaints("provider = \"microsoft\"\nclient_id = \"c\"\ngrant = \"client_credentials\"\ntenant = \"t\""),
              HasSubstr("needs a secret"));
  EXPECT_THAT(complaints("provider = \"microsoft\"\nclient_id = \"c\"\ngrant = \"client_credentials\"\ntenant = \"t\"\n"
                         "client_secret_file = \"s\"\ncertificate_file = \"c\"\nkey_file = \"k\""),
              HasSubstr("there are a secret and a certificate"));
  EXPECT_THAT(complaints("provider = \"google\"\ngrant = \"service_account\""), HasSubstr("needs key_file"));
  EXPECT_THAT(complaints("provider = \"google\""), HasSubstr("has no client_id"));
  EXPECT_THAT(complaints("provider = \"generic\"\nclient_id = \"c\""), HasSubstr("needs token_endpoint"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\ntenant = \"t\""), HasSubstr("only Microsoft"));
  EXPECT_THAT(complaints("provider = \"microsoft\"\nclient_id = \"c\"\ntenant = \"../x\""),
              HasSubstr("tenant must be"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\ntoken_endpoint = \"http://l.example/t\""),
              HasSubstr("https://"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\nscopes = [\"a b\"]"), HasSubstr("no spaces"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\nredirect_port = 70000"), HasSubstr("65535"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\nclient_secret_file = \"s\"\ncredential = \"x\""),
              HasSubstr("leave one of them out"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"", "password_file = \"/p\""),
              HasSubstr("leave the password or [mailbox.oauth2] out"));
  EXPECT_THAT(complaints("provider = \"google\"\nclient_id = \"c\"\nclient_sekret_file = \"s\""),
              HasSubstr("did you mean 'client_secret_file'?"));
}

TEST(OAuth2Config, ASecretThatEverybodyCanReadIsAnError) {
  const tests::Folder folder;
  folder.write("secret", "word\n", 0644);
  EXPECT_THAT(
      complaints("provider = \"google\"\nclient_id = \"c\"\nclient_secret_file = \"" + folder.path("secret") + "\""),
      HasSubstr("chmod 600"));
  OAuth2Config config;
  config.client_secret_file = folder.path("secret");
  EXPECT_FALSE(read_client_secret(config));
  folder.write("secret", "word\n", 0600);
  EXPECT_EQ(*read_client_secret(config), "word");
  config.client_secret_file.clear();
  EXPECT_EQ(*read_client_secret(config), "") << "a public client has none";
}

}  // namespace
}  // namespace leadmail::daemon
