#include "daemon/admin/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leadmail::daemon::admin {
namespace {

using ::testing::HasSubstr;

const std::string kGood =
    "company = \"Acme\"\ntimezone = \"America/Mexico_City\"\nlanguage = \"es\"\naddress = \"sales@acme.example\"\n"
    "password_from = \"sales.password\"\nadmins = [\"it@acme.example\"]\n"
    "team = [\"Ana López <ana@Acme.example>\", \"luis@acme.example\"]\n";

std::string told(const ReadAnswers& read) {
  std::string all;
  for (const auto& error : read.errors) all += to_string(error) + "\n";
  return all;
}

TEST(Answers, TheExampleCanBeUsedAsItIs) {
  const auto read = read_answers(answers_example(), "/etc/a.toml");
  EXPECT_EQ(told(read), "");
  EXPECT_EQ(read.answers.team.size(), 2U);
  EXPECT_EQ(read.answers.password_from, "/etc/sales.password");
}

TEST(Answers, ColleaguesAreWrittenAsInAMail) {
  const auto read = read_answers(kGood, "a.toml");
  EXPECT_EQ(told(read), "");
  ASSERT_EQ(read.answers.team.size(), 2U);
  EXPECT_EQ(read.answers.team[0].id, "ana");
  EXPECT_EQ(read.answers.team[0].name, "Ana López");
  EXPECT_EQ(read.answers.team[0].address, "ana@acme.example");
  EXPECT_EQ(read.answers.team[1].name, "");
  EXPECT_EQ(read.answers.admins, std::vector<std::string>{"it@acme.example"});
}

TEST(Answers, TwoColleaguesOfOneNameAreToldApart) {
  std::vector<Colleague> team{{"ana", "", "ana@acme.example"}};
  EXPECT_EQ(colleague_from("ana@other.example", team).id, "ana2");
  EXPECT_EQ(colleague_from("ANA@other.example", {}).id, "ana");
  EXPECT_EQ(colleague_from("\"+\"@x", {}).address, "");
  EXPECT_EQ(colleague_from("+@acme.example", {}).id, "user");
}

TEST(Answers, EveryMistakeIsToldAtItsPlace) {
  const auto read =
      read_answers("adress = \"x\"\nacknowledge = \"yes\"\nteam = [\"nobody\", 7]\ncompany = \"\"\n", "a.toml");
  EXPECT_THAT(told(read), HasSubstr("a.toml:1:1: error: unknown key 'adress' (did you mean 'address'?)"));
  EXPECT_THAT(told(read), HasSubstr("a.toml:2:15: error: acknowledge must be"));
  EXPECT_THAT(told(read), HasSubstr("'nobody' is no address"));
  EXPECT_THAT(told(read), HasSubstr("team is a list of texts"));
  EXPECT_THAT(told(read), HasSubstr("company must not be empty"));
}

TEST(Answers, WhatIsMissingOrWrongIsTold) {
  EXPECT_THAT(told(read_answers("", "a.toml")), HasSubstr("address is missing"));
  EXPECT_THAT(told(read_answers(kGood + "password = \"x\"\n", "a.toml")),
              HasSubstr("one of password_from, password and [oauth2]"));
  EXPECT_THAT(told(read_answers(kGood + "provider = \"hotmail\"\n", "a.toml")), HasSubstr("no provider of ours"));
  EXPECT_THAT(told(read_answers(kGood + "provider = \"own\"\n", "a.toml")), HasSubstr("needs imap and smtp"));
  EXPECT_THAT(told(read_answers(kGood + "imap = \"http://x\"\n", "a.toml")),
              HasSubstr("a.toml:8:8: error: imap: it must begin"));
  EXPECT_THAT(wrong_with_timezone("America/Mexico_Cty"), HasSubstr("did you mean America/Mexico_City?"));
}

TEST(Answers, NoFileIsTooStrange) {
  for (const std::string text : {"\xEF\xBB\xBF", "\0", "=", "team = [[[[", "[[[", "a.b.c = 1", "address = {}"}) {
    EXPECT_FALSE(read_answers(text, "a.toml").errors.empty()) << text;
  }
}

TEST(Answers, MayTellOfALoginByTokenInsteadOfAPassword) {
  const std::string base =
      "address = \"sales@acme.example\"\nprovider = \"microsoft365\"\nteam = [\"Ana <ana@acme.example>\"]\n[oauth2]\n";
  const auto read =
      read_answers(base + "client_id = \"c\"\ntenant = \"t\"\nsecret_expires = 2027-05-01\n", "/x/answers");
  ASSERT_TRUE(read.errors.empty()) << to_string(read.errors.front());
  ASSERT_TRUE(read.answers.oauth2);
  EXPECT_EQ(read.answers.oauth2->config.provider, OAuth2Config::Provider::microsoft) << "as the mailbox's";
  EXPECT_EQ(read.answers.oauth2->lines.front(), (std::pair<std::string, std::string>{"provider", "\"microsoft\""}));
  const auto wrong = read_answers(base + "client_id = \"c\"\ngrant = \"service_account\"\n", "/x/answers");
  ASSERT_FALSE(wrong.errors.empty());
  EXPECT_THAT(told(wrong), HasSubstr("only Google"));
  const auto both = read_answers("password = \"x\"\n" + base + "client_id = \"c\"\n", "/x/answers");
  EXPECT_FALSE(both.errors.empty());
}

}  // namespace
}  // namespace leadmail::daemon::admin
