#include "daemon/admin/mail_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/daemon/folder.h"

namespace leadmail::daemon::admin {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;

constexpr std::uint64_t kMost = 1'000'000;

/// "name|bytes" of every mail; line ends as "$".
std::vector<std::string> found_in(const std::string& path, std::uint64_t most = kMost) {
  std::vector<std::string> found;
  const auto done = visit_mail(path, most, [&](const FoundMail& mail) {
    auto text = mail.raw;
    std::ranges::replace(text, '\n', '$');
    found.push_back(std::filesystem::path(mail.name).filename().string() + "|" + text +
                    (mail.partial ? "|partial" : ""));
    return true;
  });
  EXPECT_TRUE(done) << done.error().what;
  return found;
}

TEST(MailSource, TellsWhatItPassesOverInAFolder) {
  const tests::Folder folder;
  std::filesystem::create_directory(folder.path("box"));
  std::filesystem::create_directory(folder.path("box/more"));
  for (const char* name : {"box/a.eml", "box/b.txt", "box/.hidden"}) folder.write(name, "Subject: x\n\nx\n");
  const auto passed_over = visit_mail(folder.path("box"), kMost, [](const FoundMail&) { return true; });
  ASSERT_TRUE(passed_over);
  EXPECT_EQ(*passed_over, 2U);
  EXPECT_THAT(passed_over_text("box", 2), ::testing::HasSubstr("box: 2 files or folders"));
  EXPECT_EQ(passed_over_text("box", 0), "");
}

TEST(MailSource, TakesOneMessageOfAFile) {
  const tests::Folder folder;
  folder.write("a.eml", "Subject: x\n\nFrom here on\nFrom there on\n");
  EXPECT_THAT(found_in(folder.path("a.eml")), ElementsAre("a.eml|Subject: x$$From here on$From there on$"));
  folder.write("empty.eml", "");
  EXPECT_THAT(found_in(folder.path("empty.eml")), ElementsAre("empty.eml|"));
}

TEST(MailSource, CutsAnMboxAtItsSeparatorsOnly) {
  const tests::Folder folder;
  folder.write("m",
               "From a@x Sat Nov 21 10:00:00 2026\nSubject: 1\n\nFrom the start\n>From quoted\n>>From twice\n\n"
               "From b@x Sat Nov 21 10:00:00 2026\nSubject: 2\n\nno\nFrom blank line 10:00\n");
  EXPECT_THAT(found_in(folder.path("m")), ElementsAre("m#1|Subject: 1$$From the start$From quoted$>From twice$",
                                                      "m#2|Subject: 2$$no$From blank line 10:00$"));
  folder.write("plain", "From a\nSubject: 1\n\n1\n\nFrom b\nSubject: 2\n\n2\n");
  EXPECT_THAT(found_in(folder.path("plain")), ElementsAre("plain#1|Subject: 1$$1$", "plain#2|Subject: 2$$2$"));
}

TEST(MailSource, CutsAnMboxWhereverItsLinesLieInTheBuffer) {
  const tests::Folder folder;
  std::string mbox;
  std::size_t size = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string body(static_cast<std::size_t>(i) * 7, 'x');
    mbox += "From a\nSubject: s\n\n" + body + "\n\n";
    size += body.size() + 13;
  }
  folder.write("m", mbox);
  const auto found = found_in(folder.path("m"));
  ASSERT_EQ(found.size(), 300U);
  std::size_t total = 0;
  for (const auto& mail : found) total += mail.size() - mail.find('|') - 1;
  EXPECT_EQ(total, size);
}

TEST(MailSource, KnowsAMailOfAMaildirAgainWhateverItsFlags) {
  const tests::Folder folder;
  folder.write("box/cur/17.a.host:2,S", "Subject: 1\n\n");
  folder.write("box/new/18.b.host", "From x\n\n");
  folder.write("box/tmp/19.c.host", "half");
  EXPECT_THAT(found_in(folder.path("box")), ElementsAre("17.a.host|Subject: 1$$", "18.b.host|From x$$"));
}

TEST(MailSource, TakesTheEmlFilesOfAnyOtherFolder) {
  const tests::Folder folder;
  folder.write("d/b.eml", "b\n");
  folder.write("d/a.eml", "a\n");
  folder.write("d/readme.txt", "no\n");
  EXPECT_THAT(found_in(folder.path("d")), ElementsAre("a.eml|a$", "b.eml|b$"));
}

TEST(MailSource, KeepsOnlyTheHeadOfWhatIsTooLong) {
  const tests::Folder folder;
  folder.write("big", "Subject: x\n\n" + std::string(3'000'000, 'y'));
  std::size_t size = 0;
  bool partial = false;
  ASSERT_TRUE(visit_mail(folder.path("big"), kMost, [&](const FoundMail& mail) {
    size = mail.raw.size();
    partial = mail.partial;
    return true;
  }));
  EXPECT_TRUE(partial);
  EXPECT_LE(size, 256U * 1024 + 12);
  EXPECT_GE(size, 200U * 1024);
}

TEST(MailSource, StopsWhenItIsToldTo) {
  const tests::Folder folder;
  folder.write("m", "From a\n1\n\nFrom a\n2\n\nFrom a\n3\n");
  int seen = 0;
  ASSERT_TRUE(visit_mail(folder.path("m"), kMost, [&](const FoundMail&) { return ++seen < 2; }));
  EXPECT_EQ(seen, 2);
}

TEST(MailSource, SaysWhatCannotBeRead) {
  const auto none = visit_mail("/nonexistent", kMost, [](const FoundMail&) { return true; });
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().what, EndsWith("No such file or directory"));
  EXPECT_FALSE(read_mail_file("/nonexistent", kMost));
  EXPECT_FALSE(read_mail_file("/", kMost)) << "a folder is no message";
}

}  // namespace
}  // namespace leadmail::daemon::admin
