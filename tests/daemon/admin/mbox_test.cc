#include "daemon/admin/mbox.h"

#include <gtest/gtest.h>

#include <random>

#include "daemon/admin/mail_source.h"
#include "tests/daemon/folder.h"

namespace leadmail::daemon::admin {
namespace {

constexpr Time kReceived = from_unix(1'800'000'000);

/// What the reader of mbox files makes of it.
std::vector<std::string> read_back(const std::string& text) {
  const tests::Folder folder;
  folder.write("mail.mbox", text);
  std::vector<std::string> mails;
  EXPECT_TRUE(visit_mail(folder.path("mail.mbox"), 1 << 20, [&](FoundMail mail) {
    mails.push_back(std::move(mail.raw));
    return true;
  }));
  return mails;
}

TEST(Mbox, EveryByteComesBack) {
  const std::string first =
      "From: a@x.example\r\nSubject: x\r\n\r\nFrom here\r\n>From there\r\n>>From far\r\n\r\n\xff\x01 raw\r\n";
  const std::string second = "From: b@x.example\n\nFrom \n\n";
  EXPECT_EQ(read_back(mbox_entry(first, kReceived) + mbox_entry(second, kReceived)),
            (std::vector<std::string>{first, second}));
}

TEST(Mbox, EveryByteOfAnyMailComesBack) {
  std::mt19937 random{7};
  const std::vector<std::string> pieces{"From ", ">", "\r\n", "\n", "\n\n", "x", "From a@x Sat Nov 21 10:00:00 2026\n",
                                        " ",     "é"};
  std::vector<std::string> mails;
  std::string all;
  for (int i = 0; i < 200; ++i) {
    std::string mail = "From: a@x.example\r\n\r\n";
    for (auto n = random() % 30; n > 0; --n) mail += pieces[random() % pieces.size()];
    mail += "end\r\n";
    mails.push_back(mail);
    all += mbox_entry(mail, kReceived);
  }
  EXPECT_EQ(read_back(all), mails);
}

TEST(Mbox, TheSeparatorNamesWriterAndTime) {
  EXPECT_TRUE(mbox_entry("From: Ana <ana@x.example>\r\n\r\nx\r\n", kReceived)
                  .starts_with("From ana@x.example Fri Jan 15 08:00:00 2027\n"));
  EXPECT_TRUE(mbox_entry("no header", kReceived).starts_with("From MAILER-DAEMON "));
  EXPECT_TRUE(mbox_entry("no header", kReceived).ends_with("no header\n\n"));
}

}  // namespace
}  // namespace leadmail::daemon::admin
