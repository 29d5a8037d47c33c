// What the writing connection remembers of leads is what their rows say, whatever was written, undone or taken away.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <random>

#include "core/store/erasure.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

struct KnownLeadsTest : testing::Test {
  void open_leads(int count) {
    for (int n = 1; n <= count; ++n) {
      const auto inquiry = an_inquiry(n);
      take(*book, a_new_lead(inquiry), inquiry, n);
    }
  }

  Result<void> name(Transaction& transaction, LeadId id, const std::string& company) {
    PlainComposer composer;
    const auto lead = *transaction.lead(id);
    const auto event = an_event(leads::EventType::fields, {leads::change(*lead, "company", company)});
    auto done = transaction.apply(only({leads::Record{{id}, event}}), kNow, composer);
    return done ? Result<void>{} : Result<void>(std::move(done.error()));
  }

  static std::string company(Transaction& transaction, LeadId id) {
    const auto lead = **transaction.lead(id);
    return std::string(lead.value("company"));
  }

  /// As the writer knows it, after a look at what the file says.
  std::string company(LeadId id) {
    const auto said = **open_reader(path)->lead(id);
    const auto known = **begin(*book)->lead(id);
    EXPECT_EQ(known.values, said.values) << id.value;
    return std::string(said.value("company"));
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
};

TEST_F(KnownLeadsTest, ALeadThatWasReadIsReadAsItWasWrittenSince) {
  open_leads(1);
  for (const auto* wanted : {"Acme", "Globex", ""}) {
    auto transaction = begin(*book);
    ASSERT_TRUE(name(*transaction, LeadId{1}, wanted));
    EXPECT_EQ(company(*transaction, LeadId{1}), wanted);
    ASSERT_TRUE(transaction->commit());
    transaction.reset();
    EXPECT_EQ(company(LeadId{1}), wanted);
  }
}

TEST_F(KnownLeadsTest, WhatWasUndoneIsForgotten) {
  open_leads(1);
  {
    auto transaction = begin(*book);
    ASSERT_TRUE(name(*transaction, LeadId{1}, "kept"));
    EXPECT_FALSE(transaction->savepoint([&]() -> Result<void> {
      EXPECT_TRUE(name(*transaction, LeadId{1}, "undone"));
      EXPECT_EQ(company(*transaction, LeadId{1}), "undone");
      return Error{Next::give_up, "as the test wants it"};
    }));
    EXPECT_EQ(company(*transaction, LeadId{1}), "kept");
    ASSERT_TRUE(transaction->commit());
  }
  EXPECT_EQ(company(LeadId{1}), "kept");
  {
    auto transaction = begin(*book);
    ASSERT_TRUE(name(*transaction, LeadId{1}, "never committed"));
    EXPECT_EQ(company(*transaction, LeadId{1}), "never committed");
  }
  EXPECT_EQ(company(LeadId{1}), "kept");
}

/// No file grows beyond so many bytes while it lives.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }

 private:
  rlimit before_{};
  void (*signal_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

// SQLite undoes the whole transaction by itself then, and nobody asks for it.
TEST_F(KnownLeadsTest, WhatAFullDiskUndidIsForgotten) {
  open_leads(1);
  const auto before = company(LeadId{1});
  {
    const SmallDisk disk(std::filesystem::file_size(path + "-wal") + 4096);
    auto transaction = begin(*book);
    ASSERT_TRUE(name(*transaction, LeadId{1}, "lost"));
    EXPECT_EQ(company(*transaction, LeadId{1}), "lost");
    Result<void> noted{};
    for (int uid = 100; noted && uid < 10'000; ++uid) {
      noted = transaction->note(place_of(uid), kNow, leads::Outcome::baseline, std::string(5000, 'x'));
    }
    ASSERT_FALSE(noted);
    EXPECT_EQ(noted.error().next, Next::retry);
  }
  EXPECT_EQ(company(LeadId{1}), before);
}

TEST_F(KnownLeadsTest, ALeadThatIsGoneIsNotRemembered) {
  open_leads(2);
  auto transaction = begin(*book);
  ASSERT_TRUE(*transaction->lead(LeadId{1}));
  const auto untouched = [](std::string_view) { return std::optional<std::string>{}; };
  const Erasure erasure{.leads = {LeadId{1}}, .text = untouched, .value = untouched, .mail = untouched};
  ASSERT_TRUE(transaction->erase(erasure, kNow));
  EXPECT_FALSE(*transaction->lead(LeadId{1}));
  EXPECT_TRUE(*transaction->lead(LeadId{2}));
}

TEST_F(KnownLeadsTest, MoreLeadsThanAreRememberedAreReadAsTheyStand) {
  constexpr int kLeads = 230;
  open_leads(kLeads);
  std::mt19937 random(11);
  const auto any = [&] { return LeadId{std::uniform_int_distribution(1, kLeads)(random)}; };
  for (int round = 0; round < 60; ++round) {
    auto transaction = begin(*book);
    for (int n = 0; n < 20; ++n) {
      const auto id = any();
      const bool fails = n % 3 == 0;
      const auto done = transaction->savepoint([&]() -> Result<void> {
        EXPECT_TRUE(name(*transaction, id, std::to_string(random())));
        static_cast<void>(transaction->lead(any()));
        return fails ? Result<void>(Error{Next::give_up, "as the test wants it"}) : Result<void>{};
      });
      EXPECT_EQ(static_cast<bool>(done), !fails);
    }
    if (round % 4 != 0) {
      ASSERT_TRUE(transaction->commit());
    }
    transaction.reset();
    for (int n = 0; n < 10; ++n) company(any());
  }
}

}  // namespace
}  // namespace leadmail::store::tests
