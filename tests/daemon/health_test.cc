#include "daemon/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leadmail::daemon {
namespace {

using mail::imap::FolderCount;
using mail::imap::MailboxState;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Health = MailboxState::Health;

const Time kNoon = from_unix(1'796'040'000);
constexpr minutes kPatience{30};

WatchBoard::Row folder(Health health, std::optional<Time> last_look, const std::string& name = "INBOX",
                       const std::string& trouble = "") {
  WatchBoard::Row row;
  row.state.mailbox = "sales";
  row.state.folder = name;
  row.state.health = health;
  row.state.last_look = last_look;
  row.state.trouble_text = trouble;
  return row;
}

Facts with(std::vector<WatchBoard::Row> folders) {
  Facts facts;
  facts.folders = std::move(folders);
  facts.inboxes = {{"sales", "INBOX"}};
  facts.store_folder = "/var/lib/leadmail";
  facts.started = kNoon - hours(2);
  return facts;
}

std::string names(const std::vector<Fault>& faults) {
  std::string all;
  for (const auto& fault : faults) all += fault.key() + " ";
  return all;
}

std::string found(const Facts& facts) { return names(find_faults(facts, kPatience, kNoon)); }

/// Lets time pass and remembers what the administrators were told.
class Administrator {
 public:
  std::vector<std::string> look(const std::vector<Fault>& faults, Time now) {
    std::vector<std::string> heard;
    const auto alarms = due_alarms(faults, told_, now);
    for (const auto& alarm : alarms) heard.push_back(alarm_text(alarm, "en", "UTC").title);
    told_ = after_telling(faults, alarms, std::move(told_), now);
    return heard;
  }
  ToldFaults& memory() { return told_; }

 private:
  ToldFaults told_{};
};

const Fault kRefused{"login-refused", "sales", kNoon, "NO [AUTHENTICATIONFAILED] no"};

TEST(Faults, AMailboxThatIsLookedAtIsFine) {
  EXPECT_EQ(found(with({folder(Health::ok, kNoon - minutes(5)), folder(Health::ok, kNoon - minutes(5), "Sent")})), "");
}

TEST(Faults, AMailboxThatCouldNotBeReadForLongerThanThePatienceIsSilent) {
  EXPECT_EQ(found(with({folder(Health::back_off, kNoon - minutes(30))})), "");
  EXPECT_EQ(found(with({folder(Health::back_off, kNoon - minutes(31))})), "mailbox-silent:sales ");
}

TEST(Faults, AMailboxThatWasNeverReadIsCountedFromTheStart) {
  auto facts = with({folder(Health::back_off, std::nullopt)});
  EXPECT_EQ(found(facts), "mailbox-silent:sales ");
  facts.started = kNoon - minutes(10);
  EXPECT_EQ(found(facts), "");
}

TEST(Faults, AFolderOfSentMailThatDoesNotExistYetIsNone) {
  EXPECT_EQ(found(with({folder(Health::ok, kNoon), folder(Health::back_off, std::nullopt, "Sent", "no folder Sent")})),
            "");
}

TEST(Faults, OfOneMailboxOnlyTheOneThatSaysMostIsTold) {
  EXPECT_EQ(
      found(with({folder(Health::back_off, kNoon - hours(1)), folder(Health::auth_failed, std::nullopt, "Sent")})),
      "login-refused:sales ");
  EXPECT_EQ(found(with({folder(Health::needs_admin, kNoon - hours(1))})), "mailbox-needs-you:sales ");
}

TEST(Faults, ALoginByTokenThatWasRevokedIsOneBeforeTheConnectionEnds) {
  auto facts = with({folder(Health::ok, kNoon)});
  facts.logins = {LoginState{.mailbox = "sales", .standing = LoginState::Standing::waiting}};
  EXPECT_EQ(found(facts), "") << "the token server may come back";
  facts.logins.front().standing = LoginState::Standing::revoked;
  EXPECT_EQ(found(facts), "login-refused:sales ");
}

TEST(Faults, QueueDiskAndFilingHaveTheirOwn) {
  auto facts = with({folder(Health::ok, kNoon)});
  SenderBoard::Row sender;
  sender.mailbox = "sales";
  sender.alert = true;
  sender.trouble = "535 5.7.8 no";
  facts.senders = {sender};
  facts.filing = {{"sales", "no folder Done"}};
  facts.disk_free = kLeastDisk - 1;
  EXPECT_EQ(found(facts), "disk-low:/var/lib/leadmail filing-stuck:sales sending-stuck:sales ");
  facts.disk_free = kLeastDisk;
  facts.senders.front().alert = false;
  facts.filing["sales"] = "";
  EXPECT_EQ(found(facts), "");
}

TEST(Faults, MailThatTheServerHadNotToldOfIsOne) {
  auto facts = with({folder(Health::ok, kNoon)});
  facts.folders.front().state.count = FolderCount{kNoon, 2000, 0};
  EXPECT_EQ(found(facts), "");
  facts.folders.front().state.count = FolderCount{kNoon, 2000, 3};
  const auto faults = find_faults(facts, kPatience, kNoon);
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_EQ(faults.front().words, "INBOX: 3 / 2000");
}

TEST(Alarms, AFaultIsToldOnceAndItsEndOnce) {
  Administrator it;
  EXPECT_THAT(it.look({kRefused}, kNoon), testing::ElementsAre("Mailbox sales: the login is refused"));
  EXPECT_THAT(it.look({kRefused}, kNoon + minutes(1)), IsEmpty());
  EXPECT_THAT(it.look({kRefused}, kNoon + hours(23)), IsEmpty());
  EXPECT_THAT(it.look({}, kNoon + hours(23) + minutes(1)), IsEmpty()) << "it may come back at once";
  EXPECT_THAT(it.look({}, kNoon + hours(23) + minutes(3)),
              testing::ElementsAre("In order again: Mailbox sales: the login is refused"));
  EXPECT_THAT(it.look({}, kNoon + hours(30)), IsEmpty());
}

TEST(Alarms, WhatLastsIsToldAgainEachDayWithItsBeginning) {
  Administrator it;
  it.look({kRefused}, kNoon);
  auto later = kRefused;
  later.since = kNoon + hours(24);
  const auto alarms = due_alarms({later}, it.memory(), kNoon + hours(24));
  ASSERT_THAT(alarms, SizeIs(1));
  EXPECT_EQ(alarms.front().fault.since, kNoon);
}

TEST(Alarms, WhatComesAndGoesIsToldOnceAnHourAtMost) {
  Administrator it;
  int told = 0;
  for (int minute = 0; minute < 240; ++minute) {
    const bool is_there = minute / 5 % 2 == 0;  // five minutes there, five minutes not
    const auto faults = is_there ? std::vector{kRefused} : std::vector<Fault>{};
    for (const auto& title : it.look(faults, kNoon + minutes(minute))) told += title.starts_with("In order") ? 0 : 1;
  }
  EXPECT_LE(told, 4);
  EXPECT_GE(told, 3);
}

TEST(Alarms, WhatMayEndByItselfIsToldAfterHalfAnHour) {
  const Fault filing{"filing-stuck", "sales", kNoon, "no folder Done"};
  Administrator it;
  EXPECT_THAT(it.look({filing}, kNoon), IsEmpty());
  EXPECT_THAT(it.look({filing}, kNoon + minutes(29)), IsEmpty());
  EXPECT_THAT(it.look({filing}, kNoon + minutes(30)), SizeIs(1));
  Administrator other;
  other.look({filing}, kNoon);
  EXPECT_THAT(other.look({}, kNoon + minutes(10)), IsEmpty());
  EXPECT_THAT(other.look({}, kNoon + minutes(20)), IsEmpty()) << "nobody knew of it";
  EXPECT_THAT(other.look({filing}, kNoon + minutes(31)), IsEmpty()) << "it began anew";
}

TEST(Alarms, OfWhatHappenedNobodyIsToldThatItIsOver) {
  Fault missed{"mails-missed", "sales", kNoon, "INBOX: 3 / 2000"};
  Administrator it;
  EXPECT_THAT(it.look({missed}, kNoon), SizeIs(1));
  EXPECT_THAT(it.look({missed}, kNoon + hours(23)), IsEmpty()) << "the same count";
  EXPECT_THAT(it.look({}, kNoon + hours(24)), IsEmpty());
  EXPECT_THAT(it.look({}, kNoon + hours(25)), IsEmpty());
  missed.since = kNoon + hours(26);
  EXPECT_THAT(it.look({missed}, kNoon + hours(26)), SizeIs(1));
}

TEST(Alarms, SurviveARestart) {
  Administrator before;
  before.look({kRefused}, kNoon);
  Administrator after;
  after.memory() = read_told(write_told(before.memory()));
  EXPECT_EQ(after.memory(), before.memory());
  EXPECT_THAT(after.look({kRefused}, kNoon + minutes(1)), IsEmpty());
  EXPECT_THAT(after.look({}, kNoon + minutes(2)), IsEmpty());
  EXPECT_THAT(after.look({}, kNoon + minutes(5)), SizeIs(1));
}

TEST(Alarms, AMemoryThatIsNoneIsEmpty) {
  for (const auto* const text : {"", "{", "[1]", "{\"a\":1}", "null", "\xff"}) {
    EXPECT_THAT(read_told(text), IsEmpty()) << text;
  }
}

TEST(Alarms, SayWhatToDoInThreeLanguages) {
  for (const auto* const language : {"en", "es", "vi"}) {
    const auto words = alarm_text({kRefused}, language, "America/Mexico_City");
    EXPECT_THAT(words.title, HasSubstr("sales"));
    EXPECT_THAT(words.text, HasSubstr("AUTHENTICATIONFAILED"));
    EXPECT_THAT(words.text, HasSubstr("leadmail login sales"));
    EXPECT_THAT(words.text, Not(HasSubstr("{")));
  }
}

TEST(Sizes, AreWrittenShort) {
  EXPECT_EQ(size_words(0), "0 bytes");
  EXPECT_EQ(size_words(1023), "1023 bytes");
  EXPECT_EQ(size_words(1536), "1.5 KiB");
  EXPECT_EQ(size_words(200ULL << 20U), "200 MiB");
  EXPECT_EQ(size_words(UINT64_MAX), "1677721 TiB");
}

}  // namespace
}  // namespace leadmail::daemon
