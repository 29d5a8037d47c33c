#include "daemon/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/time.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kMailbox = R"([[mailbox]]
name = "sales"
address = "sales@acme.example"
imap = "imaps://imap.acme.example"
smtp = "smtps://smtp.acme.example"
credential = "sales"
trusted_authserv = ["mx.acme.example"]
)";
constexpr std::string_view kUsers = R"([[user]]
id = "ana"
address = "ana@acme.example"
[[user]]
id = "luis"
address = "luis@acme.example"
)";

/// All errors, a line each, as `leadmail check` prints them, without the file.
std::string errors_of(const Loaded& loaded) {
  std::string text;
  for (auto error : loaded.errors) {
    error.file.clear();
    text += to_string(error).substr(1) + "\n";
  }
  return text;
}

/// What is wrong with a config that is right but for these lines, which come first.
std::string errors_with(std::string_view lines) {
  return errors_of(read_config(std::string{lines} + "\n" + std::string{kMailbox} + std::string{kUsers}, "t.toml"));
}

/// What is wrong with lines added to the mailbox.
std::string errors_in_mailbox(std::string_view lines) {
  return errors_of(read_config(std::string{kMailbox} + std::string{lines} + "\n" + std::string{kUsers}, "t.toml"));
}

/// What is wrong with lines that come last; the first of them is line 14.
std::string errors_after(std::string_view lines) {
  return errors_of(read_config(std::string{kMailbox} + std::string{kUsers} + std::string{lines}, "t.toml"));
}

Config config_of(std::string_view lines) {
  auto loaded = read_config(std::string{kMailbox} + std::string{kUsers} + std::string{lines}, "/etc/leadmail/t.toml");
  EXPECT_TRUE(loaded.config) << errors_of(loaded);
  return loaded.config.value_or(Config{});
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Config, OfTheContractPasses) {
  const auto loaded = load_config("tests/daemon/fixtures/interface.toml");
  ASSERT_TRUE(loaded.config) << errors_of(loaded);
  const auto& config = *loaded.config;

  ASSERT_EQ(config.mailboxes.size(), 1U);
  const auto& box = config.mailboxes.front();
  EXPECT_EQ(box.imap.host, "imap.acme.example");
  EXPECT_EQ(box.imap.port, 993);
  EXPECT_EQ(box.smtp.port, 465);
  EXPECT_EQ(box.password_file, "/etc/leadmail/sales.pw");
  EXPECT_EQ(box.idle_time, std::chrono::minutes{9});
  EXPECT_EQ(config.store_path, "/var/lib/leadmail/leadmail.db");
  EXPECT_EQ(config.keys_path, "/var/lib/leadmail/keys");
  EXPECT_EQ(config.control_path, "/run/leadmail/control.sock");

  const auto& rules = config.rules;
  EXPECT_EQ(rules.company, "Acme");
  EXPECT_EQ(rules.language, "es");
  ASSERT_EQ(rules.users.size(), 2U);
  EXPECT_EQ(rules.users[0].name, "Ana López");
  ASSERT_EQ(rules.users[0].away.size(), 1U);
  EXPECT_EQ(rules.users[0].away[0].deputy, "luis");
  EXPECT_EQ(rules.users[1].language, "es") << "the company's";
  EXPECT_EQ(rules.users[1].hours.until, std::chrono::hours{18});
  EXPECT_EQ(rules.users[1].holidays.size(), 1U);
  ASSERT_EQ(rules.mailboxes.size(), 1U);
  EXPECT_TRUE(rules.mailboxes[0].acknowledge);
  EXPECT_EQ(rules.mailboxes[0].team, "mx");
  ASSERT_EQ(rules.assign.size(), 1U);
  EXPECT_EQ(rules.assign[0].strategy, leads::AssignRule::Strategy::round_robin);
  EXPECT_THAT(rules.assign[0].users, ElementsAre("ana", "luis"));
  ASSERT_EQ(rules.assign[0].when.parts.size(), 2U);
  EXPECT_EQ(rules.assign[0].when.parts[1].op, leads::Condition::Op::none_of);
}

TEST(Config, KeepsEverythingForADayAtLeast) {
  EXPECT_EQ(errors_after("[retention]\nraw = \"1d\"\nleads = \"0d\"\n"), "");
  EXPECT_NE(errors_after("[retention]\nraw = \"23h\"\n").find("retention is at least 1d; 0d is for ever"),
            std::string::npos);
}

TEST(Config, WithUnknownKeysNamesThePlaceAndTheKeyThatWasMeant) {
  EXPECT_EQ(errors_with("[company]\nnmae = \"x\"\nlangauge = 7\n[stroe]\npath = \"x\""),
            "2:1: error: unknown key 'nmae' (did you mean 'name'?)\n"
            "3:1: error: unknown key 'langauge' (did you mean 'language'?)\n"
            "4:2: error: unknown section 'stroe' (did you mean 'store'?)\n");
  EXPECT_EQ(errors_with("[company]\nbaseline = \"now\""),
            "2:1: error: unknown key 'baseline' (it belongs into [[mailbox]])\n");
  EXPECT_EQ(
      errors_with("include = \"other.toml\""),
      "1:1: error: unknown key 'include' (there are no includes: put further files into conf.d/ beside this one)\n");
}

TEST(Config, TellsAllErrorsAtOnceInTheOrderOfTheFile) {
  const auto errors = errors_with(
      "[company]\nname = 7\ntimezone = \"Mexico_City\"\nlanguage = \"ess\"\n"
      "hours = { days = [\"mon\", \"mittwoch\"], from = \"25:00\", to = \"18:00\" }\n"
      "holidays = \"2026-12-25\"");
  EXPECT_EQ(errors,
            "2:8: error: name must be a text, not a number\n"
            "3:12: error: timezone: 'Mexico_City' is no time zone (did you mean 'America/Mexico_City'?)\n"
            "4:12: error: language: 'ess' is none of en, es, vi (did you mean 'es'?)\n"
            "5:26: error: days must be a list of days: mon, tue, wed, thu, fri, sat, sun, not 'mittwoch'\n"
            "5:46: error: from must be a time of day like \"09:00\", not '25:00'\n"
            "6:12: error: holidays must be a list of dates like \"2026-12-25\", not '2026-12-25' (write it as "
            "[\"2026-12-25\"])\n");
}

TEST(Config, WithWrongValuesInAMailboxIsRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {"idle_time = \"9 minutes\"",
       "8:13: error: idle_time must be a duration like \"9m\" or \"1h30m\", not '9 minutes'\n"},
      {"idle_time = \"30m\"", "8:13: error: idle_time must be from 1s to 29m (RFC 2177 allows no more)\n"},
      {"aliases = [\"info\"]",
       "8:12: error: aliases must be a list of addresses like \"sales@acme.example\", not 'info'\n"},
      {"aliases = [\"Sales@acme.example\"]",
       "8:11: error: the address Sales@acme.example belongs to a mailbox already (see line 3)\n"},
      {"processed = \"delete\"",
       "8:13: error: processed must be \"keep\", \"seen\" or \"move:FOLDER\", not 'delete'\n"},
      {"processed = \"move:INBOX\"", "8:13: error: mail can't be moved into a folder that is watched\n"},
      {"baseline = \"yesterday\"",
       "8:12: error: baseline must be \"now\", \"off\" or a date like \"2026-12-25\", not 'yesterday'\n"},
      {"plus_addressing = \"yes\"", "8:19: error: plus_addressing must be true or false, not 'yes'\n"},
      {"mails_a_minute = -1", "8:18: error: mails_a_minute must be a whole number, 0 or more, not -1\n"},
      {"known_sender = \"jion\"",
       "8:16: error: known_sender: 'jion' is none of join, new, ask (did you mean 'join'?)\n"},
      {"insecure = true",
       "8:12: error: insecure is allowed for a server on this machine only, not for imap.acme.example (use imaps://)\n"
       "8:12: error: insecure is allowed for a server on this machine only, not for smtp.acme.example (use "
       "smtps://)\n"},
      {"password_file = \"/nonexistent/pw\"",
       "6:14: error: there is a password_file too (leave one of them out)\n"
       "8:17: warning: /nonexistent/pw: No such file or directory (this mailbox can't log in until the file is "
       "there)\n"},
      {"defaults = { team = \"mx\" }", "8:21: error: there is no team 'mx'\n"},
      {"sent = \"INBOX\"", "8:8: error: sent and inbox are the same folder\n"},
  };
  for (const auto& [lines, expected] : cases) EXPECT_EQ(errors_in_mailbox(lines), expected) << lines;
}

TEST(Config, TakesUrlsOfServersApart) {
  const auto server_of = [](std::string_view imap, std::string_view more) {
    const auto loaded = read_config(
        "[[mailbox]]\nname = \"a\"\naddress = \"a@b.example\"\ncredential = \"a\"\n"
        "transport_auth = \"none\"\nsmtp = \"smtps://h\"\nimap = \"" +
            std::string{imap} + "\"\n" + std::string{more} + "\n" + std::string{kUsers},
        "t.toml");
    if (!loaded.config) return errors_of(loaded);
    const auto& server = loaded.config->mailboxes.front().imap;
    return server.host + " " + std::to_string(server.port) + " " +
           (server.security == mail::net::Security::implicit_tls ? "tls"
            : server.security == mail::net::Security::starttls   ? "starttls"
                                                                 : "none");
  };
  EXPECT_EQ(server_of("imaps://mail.example", ""), "mail.example 993 tls");
  EXPECT_EQ(server_of("IMAP://mail.example/", ""), "mail.example 143 starttls");
  EXPECT_EQ(server_of("imaps://[2001:db8::1]:1993", ""), "2001:db8::1 1993 tls");
  EXPECT_THAT(server_of("imap://127.0.0.1:10143", "insecure = true\nsmtp = \"smtp://x\""), HasSubstr("key"));
  EXPECT_THAT(server_of("https://mail.example", ""), HasSubstr("it must begin with imaps:// or imap://"));
  EXPECT_THAT(server_of("smtp://mail.example", ""), HasSubstr("it must begin with imaps:// or imap://"));
  EXPECT_THAT(server_of("imaps://me:secret@mail.example", ""), HasSubstr("a login does not belong into a URL"));
  EXPECT_THAT(server_of("imaps://mail.example:99999", ""), HasSubstr("':99999' is no port"));
  EXPECT_THAT(server_of("imaps://mail.example/INBOX", ""), HasSubstr("is no host"));
  EXPECT_THAT(server_of("imaps://[::1", ""), HasSubstr("']' is missing"));
  EXPECT_THAT(server_of("imaps://", ""), HasSubstr("is no host"));
}

TEST(Config, AllowsPlainTextToThisMachineOnly) {
  const auto loaded = read_config(
      "[[mailbox]]\nname = \"a\"\naddress = \"a@b.example\"\ncredential = \"a\"\ntransport_auth = \"none\"\n"
      "imap = \"imap://127.0.0.1:10143\"\nsmtp = \"smtp://[::1]:10025\"\ninsecure = true\n" +
          std::string{kUsers},
      "t.toml");
  ASSERT_TRUE(loaded.config) << errors_of(loaded);
  EXPECT_EQ(loaded.config->mailboxes[0].imap.security, mail::net::Security::none);
  EXPECT_EQ(loaded.config->mailboxes[0].smtp.security, mail::net::Security::none);
  EXPECT_FALSE(loaded.config->rules.mailboxes[0].transport_auth_required);
}

TEST(Config, NamesWhatIsMissing) {
  EXPECT_EQ(errors_of(read_config("", "t.toml")),
            "1:1: error: there is no [[mailbox]] (a shared mailbox; as many as you like)\n"
            "1:1: error: there is no [[user]] (somebody of the sales team)\n");
  EXPECT_EQ(
      errors_of(read_config("[[mailbox]]\nname = \"a\"\ntransport_auth = \"none\"\n[user]\nid = \"x\"", "t.toml")),
      "1:1: error: this 'mailbox' has no 'address' (for example address = \"sales@acme.example\")\n"
      "1:1: error: this 'mailbox' has no 'imap' (for example imap = \"imaps://imap.acme.example\")\n"
      "1:1: error: this 'mailbox' has no 'smtp' (for example smtp = \"smtps://smtp.acme.example\")\n"
      "1:1: error: mailbox 'a' has no login (set password_file, credential or [mailbox.oauth2])\n"
      "4:2: error: 'user' must be a list of tables (write [[user]])\n");
}

TEST(Config, RefusesPeopleWhoAreNotThereOrThereTwice) {
  EXPECT_EQ(errors_after("[[user]]\nid = \"ANA\"\naddress = \"x@acme.example\"\n"),
            "15:6: error: user 'ana' stands twice (first in line 9)\n");
  EXPECT_EQ(errors_after("[[user]]\nid = \"eva\"\naddress = \"ANA@acme.example\"\n"),
            "16:11: error: the address ANA@acme.example stands twice (first in line 10)\n");
  EXPECT_EQ(errors_after("[[user]]\nid = \"eva\"\naddress = \"sales+x@acme.example\"\n"),
            "16:11: error: the address sales+x@acme.example is a mailbox of ours, not a user's (give the user's own "
            "address)\n");
  EXPECT_EQ(errors_after("[[team]]\nid = \"mx\"\nmembers = [\"anna\"]\nlead = \"Luis\"\n"),
            "16:11: error: there is no user 'anna' (did you mean 'ana'?)\n");
  EXPECT_EQ(errors_after("[[user]]\nid = \"eva\"\naddress = \"eva@acme.example\"\n"
                         "away = [{ from = 2026-12-22, to = 2026-12-21, deputy = \"nobody\" }]\n"),
            "17:35: error: the absence ends before it begins\n"
            "17:56: error: there is no user 'nobody'\n");
}

TEST(Config, RefusesAlertsToItself) {
  EXPECT_EQ(
      errors_after("[admin]\naddresses = [\"sales@ACME.example\"]\n"),
      "15:13: error: the address sales@ACME.example is a mailbox of ours (give an address that a person reads)\n");
}

TEST(Config, ReadsEveryKindOfCondition) {
  const auto config = config_of(R"(
[[assign]]
name = "late"
to = { sticky = true }
[[assign]]
name = "early"
priority = 1
when = { any = [ { field = "subject", contains = ["pump", "bomba"] }, { field = "employees", after = 100 },
                 { field = "email", matches = "@(a|b)\\.example$" }, { field = "company", exists = false } ] }
to = { user = "Ana" }
)");
  ASSERT_EQ(config.rules.assign.size(), 2U);
  const auto& rule = config.rules.assign[0];
  EXPECT_EQ(rule.name, "early") << "lower priority comes first";
  EXPECT_THAT(rule.users, ElementsAre("ana"));
  ASSERT_EQ(rule.when.parts.size(), 4U);
  EXPECT_THAT(rule.when.parts[0].values, ElementsAre("pump", "bomba"));
  EXPECT_THAT(rule.when.parts[1].values, ElementsAre("100"));
  EXPECT_EQ(rule.when.parts[3].op, leads::Condition::Op::none_of);
  EXPECT_EQ(config.rules.assign[1].strategy, leads::AssignRule::Strategy::sticky);
  EXPECT_TRUE(config.rules.assign[1].users.empty());
}

TEST(Config, ExpandsTeamsInRules) {
  const auto config = config_of(
      "[[team]]\nid = \"mx\"\nmembers = [\"ana\", \"luis\"]\n"
      "[[assign]]\nname = \"a\"\nto = { round_robin = [\"luis\", \"mx\"] }\n");
  EXPECT_THAT(config.rules.assign.at(0).users, ElementsAre("luis", "ana"));
}

TEST(Config, RefusesRulesThatCannotWork) {
  const std::pair<const char*, const char*> cases[] = {
      {"to = { user = \"anna\" }", "16:15: error: there is no user and no team 'anna' (did you mean 'ana'?)\n"},
      {"to = { quota = [\"ana\"] }",
       "16:16: error: this must be a table of users with a number each (like { ana = 20, luis = 10 })\n"},
      {"to = { weighted = { anna = 1, luis = 2 } }", "16:21: error: there is no user 'anna' (did you mean 'ana'?)\n"},
      {"to = { offer = \"mx\" }", "16:16: error: there is no team 'mx'\n"},
      {"to = { branch = true }", "16:17: error: there is no [[branch]]\n"},
      {"to = { field = \"form.agent\" }", ""},
      {"to = { field = \"agnet\" }", "16:16: error: no field 'agnet'\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"subject\", before = \"2026-12-25\" }",
       "17:29: error: 'before' can't compare 'subject', which is a text (use is, in, contains, matches or exists)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"received\", is = \"2026-12-25\" }",
       "17:30: error: 'is' can't compare 'received', which is a time (use before or after)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"status\", is = \"opne\" }",
       "17:33: error: there is no status 'opne' (did you mean 'open'?)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"owner\", in = [\"luis\", \"lusi\"] }",
       "17:32: error: there is no user 'lusi' (did you mean 'luis'?)\n"},
      {"to = { user = \"ana\" }\nthen = \"reassign\"",
       "17:8: warning: nothing has to be done within a time, so nothing follows after it (set acknowledge_within, "
       "first_answer_within or answer_within)\n"},
      {"to = { user = \"ana\" }\nanswer_within = \"2h\"\nwarn_before = \"2h\"",
       "18:15: warning: no term of the rule is as long as that, so nobody is ever warned before (take less than "
       "acknowledge_within, first_answer_within or answer_within)\n"},
      {"to = { user = \"ana\" }\nclose_when = { any = [ { field = \"status\", is = \"interested\" }, { field = "
       "\"text\", "
       "contains = \"stop\" } ] }",
       "17:14: error: 'text' is known of a mail while it is taken, and this is looked at later too (take a field that "
       "the lead keeps, or from, cc, domain or subject of the prospect's last mail)\n"},
      {"to = { user = \"ana\" }\nunassign_when = { not = { field = \"form.Agent\", exists = true } }",
       "17:17: error: 'form.agent' is known of a mail while it is taken, and this is looked at later too (take a field "
       "that the lead keeps, or from, cc, domain or subject of the prospect's last mail)\n"},
      {"to = { user = \"ana\" }\nclose_when = { field = \"subject\", contains = \"closed\" }", ""},
      {"to = { round_robbin = [\"ana\"] }",
       "16:8: error: unknown strategy 'round_robbin' (did you mean 'round_robin'?)\n"},
      {"to = { user = \"ana\", sticky = true }",
       "16:6: error: `to` must name one strategy (like { round_robin = [\"ana\"] })\n"},
      {"to = \"ana\"", "16:6: error: to must be a table like { round_robin = [\"ana\"] }, not 'ana'\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"subject\", matches = \"(\" }",
       "17:39: error: not a regular expression: missing ): ( (the syntax is RE2's)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"subject\", contians = \"x\" }",
       "17:29: error: unknown comparison 'contians' (did you mean 'contains'?)\n"},
      {"to = { user = \"ana\" }\nwhen = { is = \"x\" }",
       "17:8: error: this condition has no field (like { field = \"country\", is = \"MX\" })\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"contry\", is = \"MX\" }",
       "17:18: error: no field 'contry' (did you mean 'country'?)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"country\", in = [\"México\", \"UK\", \"Germny\"] }",
       "17:34: error: 'Germny' is no country (did you mean 'Germany'?)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"country\", is = \"EU\" }",
       "17:34: error: 'EU' is no country (its name, or two letters like MX. ISO 3166-1)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"country\", contains = \"land\" }", ""},
      {"to = { user = \"ana\" }\nwhen = { field = \"email\", domain = \"@gmail.com\" }", ""},
      {"to = { user = \"ana\" }\nwhen = { field = \"email\", domain = \"*.acme.example\" }",
       "17:36: error: '*.acme.example' is no domain (like \"acme.example\", which means all below it too)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"email\", domain = \"eva@acme.example\" }",
       "17:36: error: 'eva@acme.example' is no domain (like \"acme.example\", which means all below it too)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"email\", is = \"gmail.com\" }",
       "17:32: error: 'gmail.com' is no address, and 'email' is one (for all of a domain use `domain`)\n"},
      {"to = { user = \"ana\" }\nwhen = { field = \"received\", before = \"soon\" }",
       "17:39: error: 'soon' is no date and no time (like 2026-12-25)\n"},
  };
  for (const auto& [lines, expected] : cases) {
    EXPECT_EQ(errors_after("[[assign]]\nname = \"a\"\n" + std::string{lines} + "\n"), expected) << lines;
  }
}

TEST(Config, RefusesADepartmentThatTellsNobodyOrUsOurselves) {
  EXPECT_EQ(errors_after("[[department]]\nid = \"billing\"\n"),
            "15:6: error: nobody is in department 'billing' (set addresses or users)\n");
  EXPECT_EQ(
      errors_after("[[department]]\nid = \"billing\"\naddresses = [\"b@x.example\", \"Sales@acme.example\"]\n"),
      "16:13: error: the address Sales@acme.example is a mailbox of ours (give an address that a person reads)\n");
  EXPECT_EQ(errors_after("[[department]]\nid = \"billing\"\nusers = [\"ana\"]\n"), "");
}

TEST(Config, RefusesADeputyWhoIsTheAbsentOne) {
  EXPECT_EQ(errors_after("away = [{ from = 2026-12-22, to = 2027-01-07, deputy = \"Luis\" }]\n"),
            "14:56: error: 'luis' can't stand in for himself (name another user)\n");
}

TEST(Config, WarnsOfDefaultsThatTheListsDoNotHave) {
  EXPECT_EQ(errors_after("[lists]\nsource = [\"site\", \"fair\"]\n"),
            "15:1: warning: leads of mailbox 'sales' begin with the source 'mail', which [lists] source does not have "
            "(add it there, or set another in defaults)\n");
  EXPECT_EQ(errors_after("[lists]\nsource = [\"site\", \"Mail\"]\n"), "");
  EXPECT_EQ(errors_of(read_config(std::string{kMailbox} + "defaults = { source = \"web\", campaign = \"spring\" }\n" +
                                      std::string{kUsers} + "[lists]\nsource = [\"mail\"]\n",
                                  "t.toml")),
            "8:23: warning: leads of mailbox 'sales' begin with the source 'web', which [lists] source does not have "
            "(add it there, or set another in defaults)\n");
}

TEST(Config, WarnsOfWhoIsTrustedWhereNobodyIsSaidToProve) {
  EXPECT_THAT(errors_in_mailbox("transport_auth = \"none\""),
              HasSubstr("7:20: warning: transport_auth = \"none\" says"));
}

TEST(Config, SuggestsTheFileForASecretThatStandsInTheConfig) {
  EXPECT_EQ(errors_in_mailbox("password = \"hunter2\""),
            "8:1: error: unknown key 'password' (did you mean 'password_file'?)\n");
}

TEST(Config, RefusesATerritoryInACountryThatThereIsNot) {
  const auto errors_of = [](const std::string& country) {
    return errors_after(
        "[[team]]\nid = \"mx\"\nmembers = [\"ana\"]\n[[branch]]\nid = \"b\"\nteam = \"mx\"\nterritory = { country = "
        "\"" +
        country + "\" }\n");
  };
  for (const auto* known : {"MX", "mx", "Germany", "UK", "Việt Nam"}) EXPECT_EQ(errors_of(known), "") << known;
  EXPECT_EQ(errors_of("Mexcio"), "20:25: error: 'Mexcio' is no country (did you mean 'Mexico'?)\n");
}

TEST(Config, WarnsOfRulesThatCanNeverFire) {
  const auto errors = errors_after(R"(
[[assign]]
name = "impossible"
when = { all = [ { field = "country", is = "MX" }, { field = "country", in = ["US", "CA"] } ] }
to = { user = "ana" }
[[assign]]
name = "Americas"
when = { field = "country", in = ["MX", "us"] }
to = { user = "ana" }
[[assign]]
name = "Mexico, pumps"
when = { all = [ { field = "subject", contains = "pump" }, { field = "country", is = "México" } ] }
to = { user = "luis" }
[[assign]]
name = "same"
priority = 1
when = { not = { field = "email", domain = "gmail.com" } }
to = { sticky = true }
[[assign]]
name = "same again"
when = { not = { field = "email", domain = "gmail.com" } }
to = { user = "luis" }
[[assign]]
name = "all"
to = { round_robin = ["ana", "luis"] }
[[assign]]
name = "behind all"
when = { field = "subject", exists = true }
to = { user = "ana" }
)");
  EXPECT_EQ(
      errors,
      "16:8: warning: rule 'impossible' can never fire: its condition contradicts itself\n"
      "24:8: warning: rule 'Mexico, pumps' stands behind 'Americas', which fits all that it fits (give it a lower "
      "priority number; now it is asked only when nobody of that one is there)\n"
      "40:8: warning: rule 'behind all' stands behind 'all', which fits all that it fits (give it a lower priority "
      "number; now it is asked only when nobody of that one is there)\n");
}

TEST(Config, ReadsAllWaysOfChoosingAndWhatFollows) {
  const auto config = config_of(R"(
[[team]]
id = "mx"
members = ["ana", "luis"]
[[branch]]
id = "cdmx"
team = "mx"
latitude = 19.43
longitude = -99.13
[branch.territory]
country = "MX"
postal_prefix = ["01"]
[[assign]]
name = "a"
to = { weighted = { ana = 3, luis = 1 } }
when_away = "wait"
hours = "only"
acknowledge_within = "2h"
first_answer_within = "90m"
answer_within = "1d"
warn_before = "30m"
then = "offer"
close_when = { field = "status", is = "interested" }
[[assign]]
name = "b"
to = { branch = ["CDMX"] }
[[assign]]
name = "c"
to = { sticky = "customer" }
[[assign]]
name = "d"
to = { offer = "mx" }
)");
  using leads::AssignRule;
  const auto& rules = config.rules.assign;
  ASSERT_EQ(rules.size(), 4U);
  EXPECT_EQ(rules[0].shares, (std::map<std::string, int>{{"ana", 3}, {"luis", 1}}));
  EXPECT_EQ(rules[0].when_away, AssignRule::WhenAway::wait);
  EXPECT_EQ(rules[0].hours, AssignRule::Hours::only);
  EXPECT_EQ(rules[0].level.acknowledge, std::chrono::hours{2});
  EXPECT_EQ(rules[0].level.first_answer, std::chrono::minutes{90});
  EXPECT_EQ(rules[0].level.warn_before, std::chrono::minutes{30});
  EXPECT_EQ(rules[0].level.then, leads::ServiceLevel::Then::offer);
  EXPECT_TRUE(rules[0].close_when);
  EXPECT_THAT(rules[1].branches, ElementsAre("cdmx"));
  ASSERT_EQ(config.rules.branches.size(), 1U);
  EXPECT_EQ(config.rules.branches[0].country, "MX");
  EXPECT_NEAR(config.rules.branches[0].at->longitude, -99.13, 0.001);
  EXPECT_EQ(rules[2].same_as, AssignRule::SameAs::customer);
  EXPECT_EQ(rules[3].team, "mx");
  EXPECT_NE(config.rules.index, nullptr);
}

TEST(Config, HolidaysAreTheCompanysTheRegionsAndOnesOwn) {
  const auto config = config_of(R"(
[[region]]
id = "jalisco"
holidays = ["2026-10-12"]
[[user]]
id = "eva"
address = "eva@acme.example"
region = "Jalisco"
holidays = ["2026-12-24"]
takes_leads = false
capacity = 7
domains = ["Big.example"]
)");
  const auto& eva = config.rules.users.back();
  using namespace std::chrono;
  EXPECT_THAT(eva.holidays, ::testing::UnorderedElementsAre(2026y / 12 / 24, 2026y / 10 / 12));
  EXPECT_FALSE(eva.takes_leads);
  EXPECT_EQ(eva.capacity, 7);
  EXPECT_THAT(eva.domains, ElementsAre("big.example"));
  EXPECT_THAT(errors_after("[[user]]\nid = \"eva\"\naddress = \"eva@acme.example\"\nregion = \"jalisko\"\n"),
              HasSubstr("there is no [[region]] 'jalisko'"));
}

TEST(Config, ThatIsNoTomlNamesThePlace) {
  EXPECT_THAT(errors_with("[company]\nname = \"a\"\nname = \"b\""), HasSubstr("3:8: error: "));
  EXPECT_THAT(errors_with("[company\n"), HasSubstr("1:"));
  EXPECT_THAT(errors_with("[\n"), HasSubstr("1:2: error: "));
  EXPECT_THAT(errors_with("[company]\nname = \"\xff\""), HasSubstr("2:"));
  EXPECT_THAT(errors_with("[company]\nname = \"a\x01\""), HasSubstr("2:"));
  EXPECT_THAT(errors_with("[company]\nname = \"open\n"), HasSubstr("2:"));
  EXPECT_EQ(errors_of(read_config("\xff\xfe[\0c\0", "t.toml")),
            "1:1: error: the file is in UTF-16 (save it as UTF-8)\n");
}

// toml++ calls it impossible that a letter which is none of ASCII stands there.
TEST(Config, WithALetterWhereNoneMayStandNamesThePlace) {
  EXPECT_THAT(errors_with("n\u00famero = 5"), HasSubstr("1:2: error: "));
  EXPECT_THAT(errors_with("\u00f1 = 5"), HasSubstr("1:1: error: "));
  EXPECT_THAT(errors_with("a = \u00f1"), HasSubstr("1:5: error: "));
  EXPECT_THAT(errors_with("[company]\nname = \"\"\"a\\\n  \u00f1\"\"\"\nx = 1"), HasSubstr("4:1: error: "));
  for (unsigned c = 0x800; c <= 0xFFFF; c += 97) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string letter{static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                             static_cast<char>(0x80 | (c & 0x3F))};
    EXPECT_NE(errors_with(letter + " = 1"), "") << letter;
    EXPECT_NE(errors_with("a = \"\"\"\\" + letter + "\"\"\""), "") << letter;
  }
}

TEST(Config, OfAWindowsEditorIsRead) {
  std::string text = std::string{kMailbox} + std::string{kUsers};
  for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) text.insert(at, "\r");
  EXPECT_EQ(errors_of(read_config("\xef\xbb\xbf" + text, "t.toml")), "");
}

TEST(Config, ThatNestsForEverIsRefused) {
  std::string dots = "a";
  std::string lists = "a = ";
  std::string tables = "a = ";
  for (int i = 0; i < 100'000; ++i) {
    dots += ".a";
    lists += "[";
    tables += "{a=";
  }
  EXPECT_THAT(errors_with(dots + " = 1"), HasSubstr("too many dots"));
  EXPECT_THAT(errors_with("[" + dots + "]"), HasSubstr("too many dots"));
  EXPECT_THAT(errors_with(lists), HasSubstr("error: "));
  EXPECT_THAT(errors_with(tables), HasSubstr("error: "));
}

TEST(Config, NeverShowsControlCharactersOfTheFile) {
  EXPECT_EQ(errors_with("\"\\u001b[31m\" = 1"), "1:1: error: unknown key '?[31m'\n");
}

TEST(ConfigFiles, OfConfDAreJoinedInTheOrderOfTheirNames) {
  const tests::Folder folder;
  folder.write("leadmail.toml", std::string{kMailbox} + "[store]\npath = \"data/leadmail.db\"\n");
  folder.write("conf.d/20-luis.toml", "[[user]]\nid = \"luis\"\naddress = \"luis@acme.example\"\n");
  folder.write("conf.d/10-ana.toml", "[[user]]\nid = \"ana\"\naddress = \"ana@acme.example\"\n[limits]\nsenders = 3\n");
  folder.write("conf.d/30.toml.bak", "nonsense");
  folder.write("conf.d/.hidden.toml", "nonsense");
  const auto loaded = load_config(folder.path("leadmail.toml"));
  ASSERT_TRUE(loaded.config) << errors_of(loaded);
  ASSERT_EQ(loaded.config->rules.users.size(), 2U);
  EXPECT_EQ(loaded.config->rules.users[0].id, "ana");
  EXPECT_EQ(loaded.config->limits.senders, 3);
  EXPECT_EQ(loaded.config->store_path, folder.path("data/leadmail.db")) << "relative to the file that says it";
  EXPECT_EQ(loaded.config->control_path, folder.path("data/control.sock"));
}

TEST(ConfigFiles, MayNotSetTheSameKeyTwice) {
  const tests::Folder folder;
  folder.write("leadmail.toml", std::string{kMailbox} + std::string{kUsers} + "[company]\nname = \"A\"\n");
  folder.write("conf.d/a.toml", "[company]\nlanguage = \"es\"\nname = \"B\"\n");
  folder.write("conf.d/b.toml", "= 1\n");
  const auto loaded = load_config(folder.path("leadmail.toml"));
  ASSERT_EQ(loaded.errors.size(), 2U);
  EXPECT_EQ(to_string(loaded.errors[0]), folder.path("conf.d/a.toml") + ":3:1: error: key 'name' was set before (see " +
                                             folder.path("leadmail.toml") + ":15)");
  EXPECT_THAT(to_string(loaded.errors[1]), HasSubstr("conf.d/b.toml:1:"));
}

TEST(ConfigFiles, AKeyThatIsSetTwiceHidesNoOtherError) {
  const tests::Folder folder;
  folder.write("leadmail.toml", std::string{kMailbox} + std::string{kUsers} + "[company]\nname = \"A\"\n");
  folder.write("conf.d/a.toml",
               "[company]\nname = \"B\"\nlangauge = \"es\"\n[[assign]]\nname = \"a\"\nto = { user = \"anna\" }\n");
  std::string said;
  for (const auto& error : load_config(folder.path("leadmail.toml")).errors) said += to_string(error) + "\n";
  const auto file = folder.path("conf.d/a.toml");
  EXPECT_EQ(said, file + ":2:1: error: key 'name' was set before (see " + folder.path("leadmail.toml") + ":15)\n" +
                      file + ":3:1: error: unknown key 'langauge' (did you mean 'language'?)\n" + file +
                      ":6:15: error: there is no user and no team 'anna' (did you mean 'ana'?)\n");
}

TEST(ConfigFiles, ThatCannotBeReadAreNamed) {
  const tests::Folder folder;
  EXPECT_EQ(to_string(load_config(folder.path("none.toml")).errors.at(0)),
            folder.path("none.toml") + ": error: cannot open the file: No such file or directory");
  EXPECT_THAT(to_string(load_config(folder.path("")).errors.at(0)), HasSubstr("no regular file"));
  EXPECT_THAT(to_string(load_config("/dev/zero").errors.at(0)), HasSubstr("no regular file"));

  const auto fifo = folder.path("fifo.toml");
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_THAT(to_string(load_config(fifo).errors.at(0)), HasSubstr("no regular file"));

  std::filesystem::create_symlink("loop.toml", folder.path("loop.toml"));
  EXPECT_THAT(to_string(load_config(folder.path("loop.toml")).errors.at(0)), HasSubstr("cannot open the file"));

  folder.write("big.toml", "");
  std::filesystem::resize_file(folder.path("big.toml"), 100'000'000);
  EXPECT_THAT(to_string(load_config(folder.path("big.toml")).errors.at(0)), HasSubstr("the file has 100000000 bytes"));
}

TEST(Secret, IsReadAfreshAndWithoutItsLineEnd) {
  const tests::Folder folder;
  folder.write("pw", "first\n", 0600);
  const MailboxConfig mailbox{.name = "sales", .user = "me", .password_file = folder.path("pw")};
  auto login = read_login(mailbox);
  ASSERT_TRUE(login);
  EXPECT_EQ(login->user, "me");
  EXPECT_EQ(login->secret, "first");
  folder.write("pw", " sécond \r\n", 0600);
  login = read_login(mailbox);
  ASSERT_TRUE(login);
  EXPECT_EQ(login->secret, " sécond ");
}

TEST(Secret, ThatOthersCanReadIsRefusedByCheckAndByLogin) {
  const tests::Folder folder;
  folder.write("pw", "hunter2\n", 0644);
  const MailboxConfig mailbox{.name = "sales", .user = "me", .password_file = folder.path("pw")};
  const auto login = read_login(mailbox);
  ASSERT_FALSE(login);
  EXPECT_EQ(login.error().what, "mailbox sales: " + folder.path("pw") + ": everybody on this machine can open it");

  std::string text{kMailbox};
  text.replace(text.find("credential = \"sales\""), 20, "password_file = \"" + folder.path("pw") + "\"");
  EXPECT_EQ(errors_of(read_config(text + std::string{kUsers}, "t.toml")),
            "6:17: error: " + folder.path("pw") + ": everybody on this machine can open it (chmod 600 " +
                folder.path("pw") + ")\n");
}

TEST(Secret, ThatIsNoOrdinaryFileOrNoLineIsRefused) {
  const tests::Folder folder;
  const auto error_for = [&](const std::string& path) {
    const auto login = read_login({.name = "s", .user = "me", .password_file = path});
    return login ? std::string{"read"} : login.error().what;
  };
  folder.write("empty", "\n", 0600);
  folder.write("two", "hunter2\nhunter3\n", 0600);
  folder.write("long", std::string(70'000, 'x'), 0600);
  ASSERT_EQ(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
  EXPECT_THAT(error_for(folder.path("empty")), HasSubstr("it is empty"));
  EXPECT_THAT(error_for(folder.path("two")), HasSubstr("it must hold one line"));
  EXPECT_THAT(error_for(folder.path("two")), ::testing::Not(HasSubstr("hunter")));
  EXPECT_THAT(error_for(folder.path("long")), HasSubstr("longer than 64 KiB"));
  EXPECT_THAT(error_for(folder.path("fifo")), HasSubstr("must be a regular file"));
  EXPECT_THAT(error_for(folder.path("none")), HasSubstr("No such file"));
  EXPECT_THAT(error_for("/dev/zero"), HasSubstr("must be a regular file"));
}

TEST(Secret, ThatCanNeverBeAPasswordIsRefusedByCheck) {
  const tests::Folder folder;
  folder.write("empty", "\n", 0600);
  folder.write("two", "hunter2\nhunter3\n", 0600);
  const auto said = [&](const std::string& name) {
    std::string text{kMailbox};
    text.replace(text.find("credential = \"sales\""), 20, "password_file = \"" + folder.path(name) + "\"");
    return errors_of(read_config(text + std::string{kUsers}, "t.toml"));
  };
  EXPECT_EQ(said("empty"), "6:17: error: " + folder.path("empty") + ": it is empty\n");
  EXPECT_EQ(said("two"), "6:17: error: " + folder.path("two") + ": it must hold one line\n");
  EXPECT_THAT(said("none"), HasSubstr("6:17: warning: "));

  const auto state = [&](const std::string& name) {
    return state_of_secret({.name = "s", .user = "me", .password_file = folder.path(name)});
  };
  folder.write("open", "hunter2\n", 0644);
  folder.write("good", "hunter2\n", 0600);
  EXPECT_EQ(state("good"), SecretState::good);
  EXPECT_EQ(state("none"), SecretState::missing);
  EXPECT_EQ(state("open"), SecretState::closed);
  EXPECT_EQ(state("two"), SecretState::wrong);
  EXPECT_EQ(state("empty"), SecretState::wrong);
  EXPECT_EQ(state_of_secret({.name = "s", .user = "me", .credential = "sales"}), SecretState::missing);
}

TEST(Config, RefusesFilesAndFoldersThatCannotBeWhatTheyAreNamedFor) {
  const tests::Folder folder;
  folder.write("text", "hello\n");
  const auto path = [&](const char* name) { return folder.path(name); };
  EXPECT_EQ(errors_with("[templates]\npath = \"" + path("none") + "\""),
            "2:8: error: " + path("none") + ": No such file or directory\n");
  EXPECT_EQ(errors_with("[templates]\npath = \"" + path("text") + "\""),
            "2:8: error: " + path("text") + ": this is no folder\n");
  EXPECT_EQ(errors_with("[templates]\npath = \"" + path("") + "\""), "");
  EXPECT_EQ(errors_in_mailbox("tls_ca = \"" + path("none") + "\""),
            "8:10: error: " + path("none") + ": No such file or directory\n");
  EXPECT_EQ(errors_in_mailbox("tls_ca = \"" + path("text") + "\""),
            "8:10: error: " + path("text") +
                ": there is no certificate in it (it begins with -----BEGIN CERTIFICATE-----)\n");
  EXPECT_EQ(errors_in_mailbox("tls_ca = \"" + path("") + "\""),
            "8:10: error: " + path("") + ": this is no regular file\n");
  EXPECT_EQ(errors_in_mailbox("tls_ca = \"/etc/ssl/certs/ca-certificates.crt\""), "");
  EXPECT_THAT(errors_with("[store]\npath = \"" + path("") + "\""),
              HasSubstr("2:8: error: " + path("") + ": this is a folder"));
  EXPECT_THAT(errors_with("[store]\npath = \"" + path("text/leadmail.db") + "\""), HasSubstr("Not a directory"));
  EXPECT_EQ(errors_with("[store]\npath = \"" + path("later/leadmail.db") + "\""), "");
}

TEST(Secret, ComesFromSystemdWhenTheConfigNamesACredential) {
  const tests::Folder folder;
  folder.write("sales", "from systemd", 0440);
  const MailboxConfig mailbox{.name = "sales", .user = "me", .credential = "sales"};
  ::setenv("CREDENTIALS_DIRECTORY", folder.path("").c_str(), 1);
  const auto login = read_login(mailbox);
  ::unsetenv("CREDENTIALS_DIRECTORY");
  ASSERT_TRUE(login) << login.error().what;
  EXPECT_EQ(login->secret, "from systemd");
  EXPECT_FALSE(read_login(mailbox)) << "outside systemd there is none";
}

TEST(Example, ThatIsShippedCanBeUsedAsItStands) {
  const auto loaded = read_config(text_of("config/leadmail.toml"), "/etc/leadmail/leadmail.toml");
  ASSERT_TRUE(loaded.config) << errors_of(loaded);
  for (const auto& error : loaded.errors) EXPECT_THAT(error.message, HasSubstr("sales.pw")) << to_string(error);
}

}  // namespace
}  // namespace leadmail::daemon
