#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "daemon/admin/commands.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon::admin {
namespace {

using ::testing::HasSubstr;

struct Outcome {
  int status = 0;
  std::string out{};
  std::string err{};
};

Outcome run(std::vector<std::string> words) {
  words.insert(words.begin(), "leadmail");
  std::vector<const char*> argv;
  argv.reserve(words.size());
  for (const auto& word : words) argv.push_back(word.c_str());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.status = run_tool(static_cast<int>(argv.size()), argv.data());
  outcome.out = ::testing::internal::GetCapturedStdout();
  outcome.err = ::testing::internal::GetCapturedStderr();
  return outcome;
}

/// A config that is right, with its book beside it: none yet.
std::string good_config(const tests::Folder& folder) {
  folder.write("leadmail.toml",
               "[store]\npath = \"leadmail.db\"\n[[mailbox]]\nname = \"sales\"\naddress = \"sales@acme.example\"\n"
               "imap = \"imaps://i\"\nsmtp = \"smtps://s\"\ncredential = \"sales\"\ntransport_auth = \"none\"\n"
               "[[user]]\nid = \"ana\"\naddress = \"ana@acme.example\"\nrole = \"admin\"\n");
  return folder.path("leadmail.toml");
}

TEST(CommandLine, WithoutAWordItTellsWhatThereIs) {
  const auto bare = run({});
  EXPECT_EQ(bare.status, 2);
  EXPECT_EQ(bare.out, "");
  EXPECT_EQ(bare.err, run({"--help"}).out);
  EXPECT_THAT(bare.err, HasSubstr("quarantine"));
}

TEST(CommandLine, IsRefusedWithStatus2WhenItMakesNoSense) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"frobnicate"},
      {"list", "--nonsense"},
      {"show"},
      {"do", "L-1"},
      {"--config", config, "list", "--status", "happy"},
      {"--config", config, "show", "Maria"},
      {"--config", config, "show", "L-0"},
      {"--config", config, "do", "L-x", "#next tomorrow"},
      {"--config", config, "new"},
      {"--config", config, "new", "--name", "x", "company"},
      {"--config", config, "ledger", "--outcome", "fun"},
      {"--config", config, "outbox", "explode"},
      {"--config", config, "outbox", "retry"},
      {"--config", config, "outbox", "cancel", "-1"},
      {"--config", config, "failed", "show", "all"},
  };
  for (const auto& words : wrong) {
    const auto outcome = run(words);
    EXPECT_EQ(outcome.status, usage) << ::testing::PrintToString(words);
    EXPECT_EQ(outcome.out, "") << ::testing::PrintToString(words);
    EXPECT_NE(outcome.err, "") << ::testing::PrintToString(words);
  }
}

TEST(CommandLine, NamesTheCommandThatThereIsNot) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  EXPECT_EQ(run({"frobnicate"}).err, "leadmail: no such command: frobnicate; leadmail --help lists them\n");
  EXPECT_THAT(run({"--config", config, "--json", "lsit", "--due"}).err, HasSubstr("did you mean 'list'?"));
  EXPECT_THAT(run({"list", "--limit", "0"}).err, HasSubstr("--limit: must be a whole number, 1 or more, not 0\n"));
}

TEST(Ingest, OfNothingIsAnErrorAndMakesNoLead) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  folder.write("empty.eml", "");
  folder.write("blank.eml", "\r\n\r\n");
  const auto outcome = run({"ingest", "--config", config, folder.path("empty.eml"), folder.path("blank.eml")});
  EXPECT_EQ(outcome.status, failed);
  EXPECT_THAT(outcome.err, HasSubstr("empty.eml: there is no mail in it; nothing is taken\n"));
  EXPECT_THAT(outcome.err, HasSubstr("blank.eml: there is no mail in it; nothing is taken\n"));
  EXPECT_EQ(outcome.out, "0 mails taken\n");
}

TEST(List, OfAnOwnerWhomNobodyKnowsNamesTheUsers) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  EXPECT_THAT(run({"list", "--config", config}).err, HasSubstr("there is no book yet"));
  ASSERT_EQ(run({"new", "--config", config, "--email", "maria@x.example"}).status, fine);
  const auto outcome = run({"list", "--config", config, "--owner", "nope"});
  EXPECT_EQ(outcome.status, usage);
  EXPECT_EQ(outcome.err, "leadmail: there is no user 'nope'; users: ana\n");
  EXPECT_EQ(run({"list", "--config", config, "--owner", "ANA"}).status, fine);

  ASSERT_EQ(run({"do", "--config", config, "1", "#assign ana"}).status, fine);
  auto text = std::ostringstream{};
  text << std::ifstream(config).rdbuf();
  auto left = text.str();
  left.replace(left.find("id = \"ana\""), 10, "id = \"eva\"");
  folder.write("leadmail.toml", left);
  const auto theirs = run({"list", "--config", config, "--owner", "ana"});
  EXPECT_EQ(theirs.status, fine) << "who left the config still owns leads";
  EXPECT_THAT(theirs.out, HasSubstr("maria@x.example"));
}

TEST(CommandLine, TakesGlobalOptionsBeforeAndBehindTheCommand) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  EXPECT_EQ(run({"--config", config, "check"}).status, fine);
  EXPECT_EQ(run({"check", "--config", config}).status, fine);
  EXPECT_EQ(run({"check", "--config", config}).out, config + ": no errors\n");
  EXPECT_EQ(run({"check", "--quiet", "--config", config}).out, "");
}

TEST(Check, NamesEveryErrorWithItsPlaceAndEndsWith3) {
  const tests::Folder folder;
  folder.write("bad.toml", "[company]\nnmae = \"x\"\n[stroe]\n");
  const auto text = run({"check", "--config", folder.path("bad.toml")});
  EXPECT_EQ(text.status, bad_config);
  EXPECT_THAT(text.err, HasSubstr("bad.toml:2:1: error: unknown key 'nmae' (did you mean 'name'?)"));
  EXPECT_THAT(text.err, HasSubstr("bad.toml:3:2: error: unknown section 'stroe' (did you mean 'store'?)"));

  const auto json = run({"check", "--json", "--config", folder.path("bad.toml")});
  EXPECT_THAT(json.out, HasSubstr(R"("line":2,"column":1,"severity":"error","message":"unknown key 'nmae'",)"
                                  R"("suggestion":"did you mean 'name'?"})"));
  EXPECT_EQ(run({"list", "--config", folder.path("bad.toml")}).status, bad_config);
}

TEST(Check, ReadsTheTemplatesOfTheMailsToo) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  std::ofstream(config, std::ios::app) << "[templates]\npath = \"words\"\n";
  EXPECT_THAT(run({"check", "--config", config}).err, HasSubstr("words: No such file or directory"));
  folder.write("words/es/README", "Ours.\n");
  EXPECT_EQ(run({"check", "--config", config}).status, fine);
  folder.write("words/es/notice.txt", "Subject: Hola\n\n> {{quotd}}\n");
  const auto outcome = run({"check", "--config", config});
  EXPECT_EQ(outcome.status, bad_config);
  EXPECT_EQ(outcome.out, "");
  EXPECT_THAT(outcome.err, HasSubstr("words/es/notice.txt:3:3: error: nothing here is called {{quotd}} (did you mean "
                                     "{{quoted}}?)"));
  EXPECT_THAT(outcome.err, HasSubstr("words/es/notice.txt:1:1: error: {{quoted}} is missing"));
  EXPECT_EQ(run({"list", "--config", config}).status, no_database) << "looking needs no words";
}

TEST(Commands, WithoutABookEndWith4AndMakeNone) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  for (const auto* command : {"list", "status", "ledger", "outbox", "failed"}) {
    const auto outcome = run({"--config", config, command});
    EXPECT_EQ(outcome.status, no_database) << command;
    EXPECT_THAT(outcome.err, HasSubstr("leadmail.db")) << command;
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path("leadmail.db")));
}

TEST(Commands, ChangeTheBookThemselvesWhenNoDaemonRuns) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  const auto made =
      run({"--config", config, "--json", "new", "--email", "li@x.example", "--name", "李", "company=王氏"});
  EXPECT_EQ(made.status, fine) << made.err;
  EXPECT_EQ(made.out, "{\"lead\":\"L-1\"}\n");

  const auto listed = run({"--config", config, "list"});
  EXPECT_THAT(listed.out, HasSubstr("L-1"));
  EXPECT_THAT(listed.out, HasSubstr("王氏"));
  EXPECT_THAT(run({"--config", config, "show", "1", "--json"}).out, HasSubstr(R"("emails":["li@x.example"])"));

  const auto refused = run({"--config", config, "do", "L-1", "#nonsense"});
  EXPECT_EQ(refused.status, failed);
  EXPECT_THAT(refused.err, HasSubstr("nonsense"));
  EXPECT_EQ(run({"--config", config, "do", "L-1", "#status interested"}).status, fine);
  EXPECT_THAT(run({"--config", config, "--json", "list", "--status", "interested"}).out, HasSubstr("\"L-1\""));
  EXPECT_EQ(run({"--config", config, "--json", "list", "--status", "converted"}).out, "");

  EXPECT_EQ(run({"--config", config, "show", "L-2"}).status, failed);
  EXPECT_EQ(run({"--config", config, "do", "L-2", "#status open"}).status, failed);
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ExportAndImport, MoveABookFromOneMachineToAnother) {
  const tests::Folder old_place;
  const auto old_config = good_config(old_place);
  ASSERT_EQ(run({"--config", old_config, "new", "--email", "li@x.example", "--name", "=1+1", "company=\"Đặt\", 東京 🦊",
                 "owner=ana"})
                .status,
            fine);
  ASSERT_EQ(run({"--config", old_config, "new", "--phone", "+52 55 1234", "--name", "Only a phone"}).status, fine);
  ASSERT_EQ(run({"--config", old_config, "do", "L-1", "#quote 12000 EUR valid 30d"}).status, fine);
  for (const std::string format : {"csv", "json", "vcard"}) {
    SCOPED_TRACE(format);
    const tests::Folder new_place;
    const auto new_config = good_config(new_place);
    const auto file = new_place.path("leads");
    ASSERT_EQ(run({"--config", old_config, "export", "leads", "--format", format, "--output", file, "--bom"}).status,
              fine);
    const auto dry = run({"--config", new_config, "--json", "import", "leads", file, "--dry-run"});
    EXPECT_EQ(dry.status, fine) << dry.err << dry.out;
    EXPECT_THAT(dry.out, HasSubstr(R"("applied":false)"));
    const auto done = run({"--config", new_config, "--json", "import", "leads", file});
    EXPECT_EQ(done.status, fine) << done.err << done.out;
    EXPECT_THAT(done.out, HasSubstr(R"("bad":[])"));
    const auto again = run({"--config", new_config, "--json", "import", "leads", file});
    EXPECT_THAT(again.out, HasSubstr(R"("made":[])")) << "the second time nothing is new";
    EXPECT_EQ(run({"--config", new_config, "--json", "list"}).out, run({"--config", old_config, "--json", "list"}).out);
    const auto back = new_place.path("back");
    ASSERT_EQ(run({"--config", new_config, "export", "leads", "--format", format, "--output", back, "--bom"}).status,
              fine);
    EXPECT_EQ(content_of(back), content_of(file)) << "byte by byte";
    EXPECT_EQ(run({"--config", new_config, "--json", "outbox"}).out, "") << "an import is silent";
  }
  EXPECT_THAT(run({"--config", old_config, "export", "leads"}).out, HasSubstr(",'=1+1,"));
  EXPECT_THAT(run({"--config", old_config, "export", "contacts"}).out,
              HasSubstr("L-2,1,,Only a phone,,,,'+52 55 1234"));
  EXPECT_THAT(run({"--config", old_config, "export", "contacts", "--format", "vcard"}).out,
              HasSubstr("TEL:+52 55 1234"));
  EXPECT_EQ(run({"--config", old_config, "export", "mail"}).out, "");
  EXPECT_EQ(run({"--config", old_config, "export", "mail", "--format", "csv"}).status, usage);
}

TEST(ExportAndImport, NothingIsChangedWhenARowIsWrongUnlessToldSo) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  folder.write("fair.csv", "name,email,mystery\nA,a@x.example,1\nB,wrong,2\nC,A@X.example,3\n");
  const auto refused = run({"--config", config, "import", "leads", folder.path("fair.csv")});
  EXPECT_EQ(refused.status, failed);
  EXPECT_THAT(refused.out, HasSubstr("line 3: no e-mail address: wrong"));
  EXPECT_THAT(refused.out, HasSubstr("unknown column: mystery"));
  EXPECT_EQ(run({"--config", config, "--json", "list"}).out, "");
  const auto done =
      run({"--config", config, "import", "leads", folder.path("fair.csv"), "--skip-bad", "--map", "mystery=product"});
  EXPECT_EQ(done.status, fine) << done.out;
  EXPECT_THAT(done.out, HasSubstr("line 4: is L-1 already"));
  EXPECT_THAT(run({"--config", config, "--json", "show", "1"}).out, HasSubstr(R"("product":"1")"));
  EXPECT_EQ(run({"--config", config, "import", "leads", folder.path("none.csv")}).status, failed);
}

TEST(Newsletter, IsRefusedWithoutATemplateOrForNobodyInParticular) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  EXPECT_THAT(run({"--config", config, "newsletter", "send", "--template", "none", "--to", "all"}).err,
              HasSubstr("there is no template"));
  EXPECT_EQ(run({"--config", config, "newsletter", "send", "--template", "../../etc/passwd", "--to", "all"}).status,
            failed);
  EXPECT_EQ(run({"--config", config, "newsletter", "send", "--template", "x"}).status, usage);
}

TEST(Status, SaysThatNoDaemonRunsAndWhatTheBookHolds) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  ASSERT_EQ(run({"--config", config, "new", "--name", "x"}).status, fine);
  const auto status = run({"--config", config, "--json", "status"});
  EXPECT_EQ(status.status, fine) << status.err;
  EXPECT_THAT(status.out,
              HasSubstr(R"("running":false,"mailboxes":[{"name":"sales","state":"stopped","last_poll":null,)"
                        R"("lag":null,"ledger":0)"));
  EXPECT_THAT(status.out, HasSubstr(R"("outbox":{"waiting":)"));
}

TEST(ListAndFind, TellNoMoreThanAskedForTheNewestFirst) {
  const tests::Folder folder;
  const auto config = good_config(folder);
  for (const auto* name : {"Pump One", "Pump Two", "Pump Three"}) {
    ASSERT_EQ(run({"--config", config, "new", "--name", name}).status, fine);
  }
  const std::vector<std::vector<std::string>> ways = {{"list"}, {"find", "pump"}};
  for (auto words : ways) {
    words.insert(words.begin(), {"--config", config, "--json"});
    EXPECT_THAT(run(words).out, HasSubstr("Pump One"));
    words.insert(words.end(), {"--limit", "2"});
    const auto first = run(words).out;
    EXPECT_LT(first.find("Pump Three"), first.find("Pump Two"));
    EXPECT_NE(first.find("Pump Two"), std::string::npos);
    EXPECT_EQ(first.find("Pump One"), std::string::npos) << first;
    words.back() = "0";
    EXPECT_EQ(run(words).status, usage);
  }
}

TEST(LeadNames, AreTakenWithAndWithoutTheirPrefix) {
  EXPECT_EQ(lead_named("L-123")->value, 123);
  EXPECT_EQ(lead_named("l-123")->value, 123);
  EXPECT_EQ(lead_named("123")->value, 123);
  for (const auto* wrong : {"", "L-", "L-0", "-1", "L--1", "12x", "L-99999999999999999999", " 1"}) {
    EXPECT_FALSE(lead_named(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace leadmail::daemon::admin
