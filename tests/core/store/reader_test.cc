#include "core/store/reader.h"

#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using std::chrono::hours;

struct ReaderTest : testing::Test {
  LeadId add(int n, std::vector<leads::Change> changes = {}) {
    const auto inquiry = an_inquiry(n);
    const auto lead = take(*book, a_new_lead(inquiry), inquiry, n).lead.value();
    if (!changes.empty()) change(lead, kNow, std::move(changes));
    return lead;
  }
  void change(LeadId lead, Time at, std::vector<leads::Change> changes) {
    auto event = an_event(leads::EventType::fields, std::move(changes));
    event.at = at;
    auto transaction = begin(*book);
    EXPECT_TRUE(transaction->apply(only({leads::Record{{lead}, event}}), at, composer));
    EXPECT_TRUE(transaction->commit());
  }
  std::string list(const ListFilter& filter) {
    std::string listed;
    auto done = open_reader(path)->list(filter, [&](const leads::Lead& lead) {
      listed += to_string(lead.id) + " ";
      return true;
    });
    EXPECT_TRUE(done) << (done ? "" : done.error().what);
    return listed;
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
};

TEST_F(ReaderTest, AListIsFilteredByEverythingThatIsAsked) {
  const auto due = std::to_string(to_unix(kNow + hours{1}));
  const auto later = std::to_string(to_unix(kNow + hours{9}));
  add(1, {{"status", "lead", "open"}, {"next.at", "", later}, {"next.by", "", "ana"}});
  add(2, {{"owner", "ana", "luis"}, {"owed", "yes", ""}, {"tags", "", "Feria\nVIP"}});
  add(3, {{"status", "lead", "open"}, {"owner", "ana", "luis"}, {"next.at", "", due}, {"next.by", "", "luis"}});

  EXPECT_EQ(list({}), "L-3 L-2 L-1 ");
  EXPECT_EQ(list({.status = leads::Status::open}), "L-3 L-1 ");
  EXPECT_EQ(list({.owner = "luis"}), "L-3 L-2 ");
  EXPECT_EQ(list({.status = leads::Status::open, .owner = "luis"}), "L-3 ");
  EXPECT_EQ(list({.owed = true}), "L-3 L-1 ");
  EXPECT_EQ(list({.due_by = kNow + hours{24}}), "L-3 L-1 ");  // what is due first comes first
  EXPECT_EQ(list({.due_by = kNow + hours{2}}), "L-3 ");
  EXPECT_EQ(list({.tag = "vip"}), "L-2 ");
  EXPECT_EQ(list({.owner = "ana", .tag = "feria"}), "");
  EXPECT_EQ(list({.status = leads::Status::open, .owner = "luis", .due_by = kNow + hours{2}, .owed = true}), "L-3 ");
}

TEST_F(ReaderTest, WhatIsOwedIsListedNewestFirstHoweverManyOweIt) {
  add(1, {{"owner", "ana", "o'neill"}});
  add(2, {{"owner", "ana", ""}});
  add(3, {{"owner", "ana", "zoe"}, {"owed", "yes", ""}});
  add(4, {{"owner", "ana", "luis"}});
  add(5, {{"owner", "ana", "o'neill"}});
  add(6);
  EXPECT_EQ(list({.owed = true}), "L-6 L-5 L-4 L-2 L-1 ");
  EXPECT_EQ(list({.status = leads::Status::lead, .owed = true}), "L-6 L-5 L-4 L-2 L-1 ");
  EXPECT_EQ(list({.owner = "o'neill", .owed = true}), "L-5 L-1 ");
  std::string all = "L-6 L-5 L-4 L-2 L-1 ";
  for (int n = 7; n <= 120; ++n) {
    add(n, {{"owner", "ana", "rep" + std::to_string(n)}});
    all.insert(0, "L-" + std::to_string(n) + " ");
    if (n == 102 || n == 103 || n == 120) {
      EXPECT_EQ(list({.owed = true}), all) << n;
    }
  }
}

TEST_F(ReaderTest, AListEndsWhenItsReaderHasEnough) {
  for (int n = 1; n <= 5; ++n) add(n);
  int seen = 0;
  ASSERT_TRUE(open_reader(path)->list({}, [&](const leads::Lead&) { return ++seen < 2; }));
  EXPECT_EQ(seen, 2);
}

TEST_F(ReaderTest, ALeadIsShownAsItWas) {
  const auto lead = add(1);
  change(lead, kNow + hours{1}, {{"company", "", "Uno"}});
  change(lead, kNow + hours{2}, {{"company", "Uno", "Dos"}});
  const auto reader = open_reader(path);
  EXPECT_FALSE(*reader->lead_at(lead, kNow - hours{1}));
  EXPECT_EQ((*reader->lead_at(lead, kNow))->value("company"), "");
  EXPECT_EQ((*reader->lead_at(lead, kNow + hours{1}))->value("company"), "Uno");
  EXPECT_EQ((*reader->lead_at(lead, kNow + hours{2}))->values, (*reader->lead(lead))->values);
  EXPECT_EQ(reader->timeline(lead)->size(), 5U);
  EXPECT_FALSE(*reader->lead(LeadId{77}));
  EXPECT_TRUE(reader->timeline(LeadId{77})->empty());
}

TEST_F(ReaderTest, TheLedgerIsReadByMailboxAndOutcome) {
  add(1);
  {
    auto transaction = begin(*book);
    ASSERT_TRUE(transaction->note({.mailbox = "support", .folder = "INBOX", .uid_validity = 1, .uid = 9}, kNow,
                                  leads::Outcome::baseline, "before the baseline"));
    ASSERT_TRUE(transaction->commit());
  }
  const auto ledger = [&](const std::string& mailbox, const std::string& outcome) {
    std::string listed;
    EXPECT_TRUE(open_reader(path)->ledger(mailbox, outcome, [&](const LedgerEntry& entry) {
      listed += entry.mailbox + " " + std::to_string(entry.uid) + " " + entry.outcome + " " + entry.message_id + "; ";
      return true;
    }));
    return listed;
  };
  EXPECT_EQ(ledger("", ""), "sales 1 lead m1@x.example; support 9 baseline ; ");
  EXPECT_EQ(ledger("support", ""), "support 9 baseline ; ");
  EXPECT_EQ(ledger("", "lead"), "sales 1 lead m1@x.example; ");
  EXPECT_EQ(ledger("support", "lead"), "");
  const auto counts = *open_reader(path)->counts(kNow);
  ASSERT_EQ(counts.mailboxes.size(), 2U);
  EXPECT_EQ(counts.mailboxes[1].mailbox, "support");
  EXPECT_EQ(counts.mailboxes[1].ledger, 1);
  EXPECT_EQ(counts.mailboxes[1].last_seen, kNow);
  EXPECT_EQ(counts.messages, 1);
}

TEST_F(ReaderTest, RemindersAreCountedAsDueAndWaiting) {
  const auto lead = add(1);
  auto transaction = begin(*book);
  ASSERT_TRUE(transaction->apply(
      only({leads::PlanReminder{{lead}, kNow, "ana"}, leads::PlanReminder{{lead}, kNow + hours{1}, "ana"}}), kNow,
      composer));
  ASSERT_TRUE(transaction->commit());
  const auto counts = *open_reader(path)->counts(kNow);
  EXPECT_EQ(counts.reminders_due, 1);
  EXPECT_EQ(counts.reminders_waiting, 2);
}

TEST_F(ReaderTest, LateLeadsAreCountedByWhatIsLate) {
  add(1, {{"owed", "yes", "yes"}, {"sla.late", "", "acknowledge\nfirst_answer"}});
  add(2, {{"owed", "yes", "yes"}, {"sla.late", "", "answer"}});
  add(3);
  const auto counts = *open_reader(path)->counts(kNow);
  EXPECT_EQ(counts.late_leads, 2);
  EXPECT_EQ(counts.late_acknowledge, 1);
  EXPECT_EQ(counts.late_first_answer, 1);
  EXPECT_EQ(counts.late_answer, 1);
}

TEST_F(ReaderTest, ItReadsBesideTheWriterAndAlsoWithoutOne) {
  add(1);
  const auto beside = open_reader(path);
  EXPECT_EQ(beside->counts(kNow)->leads, 1);
  add(2);
  EXPECT_EQ(beside->counts(kNow)->leads, 2);
  book.reset();
  EXPECT_EQ(beside->counts(kNow)->leads, 2);
  EXPECT_EQ(open_reader(path)->counts(kNow)->leads, 2);
}

TEST_F(ReaderTest, WhatIsNoBookIsNotRead) {
  const auto missing = Reader::open(folder / "none.db");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().next, Next::give_up);
  EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
}

}  // namespace
}  // namespace leadmail::store::tests
