#include "core/store/erasure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/leads/tombstone.h"
#include "core/leads/traces.h"
#include "core/store/backup.h"
#include "core/store/person.h"
#include "core/store/writer.h"
#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kThreads = 50;
constexpr std::string_view kKey = "a key of thirty-two bytes, or so";

std::string word(int n) { return "zafiro" + std::to_string(1000 + n) + "qx"; }
std::string her_text(int n) { return "buscamos " + word(n) + " cuarenta bombas azules de acero para la planta"; }

/// A mail's bytes as others send them: her words are quoted, in base64 or plainly.
std::string quoting(int n) {
  return "From: pedro@y.example\r\n\r\nmire:\r\n> " + her_text(n) + "\r\n> maria@x.example\r\n";
}

struct ErasureTest : testing::Test {
  void SetUp() override {
    maria.add_address("maria@x.example");
    maria.add_phone("+52 55 4321 8765");
    maria.add_phrase("María Pérez");
    for (int n = 1; n <= kThreads; ++n) {
      auto inquiry = an_inquiry(n);
      inquiry.reply = inquiry.text = her_text(n);
      inquiry.signature = "Tel. 55 4321 8765";
      maria.add_text(inquiry.reply);
      maria.add_text(inquiry.signature);
      maria.add_message_id(inquiry.message_id);
      const auto applied = take(*book, a_new_lead(inquiry), inquiry, n);
      leads.push_back(*applied.lead);
      mails.push_back(applied.mail);
    }
    // Pedro's lead, in which she takes part and is quoted.
    auto pedro = an_inquiry(100);
    pedro.from = {"Pedro Luna", "pedro@y.example"};
    pedro.subject = "Otra cosa";
    pedro.reply = "mire";
    pedro.text = "mire:\n> " + her_text(7) + "\n> María Pérez <maria@x.example> 55 4321 8765\n";
    raw = quoting(7);
    PlainComposer composer;
    auto transaction = begin(*book);
    auto decision = a_new_lead(pedro);
    decision.effects.emplace_back(
        leads::Record{{},
                      an_event(leads::EventType::contact,
                               {{"contact.2.name", "", "María Pérez"}, {"contact.2.emails", "", "maria@x.example"}})});
    auto note =
        an_event(leads::EventType::note, {{"last.in.cc", "", "maria@x.example María Pérez\nluis@y.example Luis"}});
    note.text = "call María Pérez, 55 4321 8765, soon";
    decision.effects.emplace_back(leads::Record{{}, note});
    auto applied = transaction->apply(decision, incoming(pedro, 100, raw), composer);
    ASSERT_TRUE(applied) << applied.error().what;
    shared = *applied->lead;
    ASSERT_TRUE(transaction->keep_backup("/srv/copy.db", kNow));
    ASSERT_TRUE(transaction->commit());
  }

  [[nodiscard]] Erasure erasure() const {
    const auto find = [this](std::string_view text) { return maria.find(text); };
    return {.addresses = {"maria@x.example"},
            .leads = leads,
            .mails = mails,
            .text = [find](std::string_view text) { return without(text, find); },
            .value = [this](std::string_view text) -> std::optional<std::string> {
              auto fresh = maria.without_him(text);
              return fresh == text ? std::nullopt : std::optional(fresh);
            },
            .mail = [find](std::string_view bytes) { return without(bytes, find); },
            .mark = [](std::string_view what) { return leads::tombstone(kKey, what); }};
  }

  Erased erase() {
    auto transaction = begin(*book);
    auto erased = transaction->erase(erasure(), kNow);
    EXPECT_TRUE(erased) << (erased ? "" : erased.error().what);
    EXPECT_TRUE(transaction->commit());
    transaction.reset();
    const auto compacted = book->compact();
    EXPECT_TRUE(compacted) << (compacted ? "" : compacted.error().what);
    return erased ? *erased : Erased{};
  }

  [[nodiscard]] std::string sql(const std::string& text) const { return ask(path, text); }

  /// Everything that can be read, and the very bytes of the files.
  [[nodiscard]] std::string everything() const {
    std::string all;
    auto reader = PersonReader::open(path);
    EXPECT_TRUE(reader);
    EXPECT_TRUE(
        (*reader)->texts([&](const KeptRow& row) -> Result<void> { return all += row.text + "\n", Result<void>{}; }));
    std::vector<MailId> kept;
    EXPECT_TRUE((*reader)->mails(
        [&](const KeptText& mail) -> Result<void> { return kept.push_back(mail.id), Result<void>{}; }));
    for (const auto mail : kept) {
      const auto bytes = (*reader)->raw(mail);
      EXPECT_TRUE(bytes);
      if (*bytes) all += **bytes + "\n";
    }
    EXPECT_TRUE((*reader)->letters(
        [&](const KeptLetter& letter) -> Result<void> { return all += letter.bytes + "\n", Result<void>{}; }));
    for (const char* const end : {"", "-wal"}) {
      std::ifstream file(path + end, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

  [[nodiscard]] std::vector<std::string> traces() const {
    const auto all = everything();
    std::vector<std::string> found;
    const auto look = [&](const std::string& what) {
      if (all.find(what) != std::string::npos) found.push_back(what);
    };
    for (const auto* what : {"maria@x.example", "María Pérez", "4321 8765", "55432187"}) look(what);
    for (int n = 1; n <= kThreads; ++n) look(word(n));
    return found;
  }

  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  leads::Traces maria{};
  std::vector<LeadId> leads{};
  std::vector<MailId> mails{};
  LeadId shared{};
  std::string raw{};
};

TEST_F(ErasureTest, NothingOfHerIsLeftInAnyTableMailOrPage) {
  ASSERT_EQ(traces().size(), 3U + kThreads);  // her digits are always written with blanks
  const auto erased = erase();
  EXPECT_EQ(erased.leads, kThreads);
  EXPECT_EQ(erased.mails, kThreads);
  EXPECT_EQ(erased.redacted, 1);
  EXPECT_THAT(traces(), IsEmpty());
  EXPECT_EQ(sql("SELECT count(*) FROM pragma_freelist_count WHERE freelist_count > 0"), "0");
  const auto reader = PersonReader::open(path);
  ASSERT_TRUE(reader);
  EXPECT_EQ(*(*reader)->stray_words(), 0);
  const auto faults = verify(path, [](std::int64_t, std::int64_t) {});
  ASSERT_TRUE(faults);
  EXPECT_THAT(*faults, IsEmpty());
}

TEST_F(ErasureTest, TheLeadOfAnotherKeepsWhatIsHis) {
  erase();
  const auto lead = *open_reader(path)->lead(shared);
  ASSERT_TRUE(lead);
  EXPECT_EQ(lead->value("name"), "Pedro Luna");
  EXPECT_THAT(lead->emails(), ElementsAre("pedro@y.example"));
  EXPECT_EQ(lead->value("last.in.cc"), "luis@y.example Luis");
  EXPECT_EQ(sql("SELECT text FROM message"), "mire:\n> [erased] <erased@erased.invalid> [erased]\n");
  EXPECT_EQ(sql("SELECT text FROM event WHERE type = 'note'"), "call [erased], [erased], soon");
}

TEST_F(ErasureTest, WhatOthersWroteIsStillFoundAndSheIsNot) {
  erase();
  const auto found = [&](std::string_view words) {
    int leads_found = 0;
    EXPECT_TRUE(open_reader(path)->find(words, [&](const leads::Lead&) { return ++leads_found > 0; }));
    return leads_found;
  };
  EXPECT_EQ(found("mire"), 1);
  EXPECT_EQ(found("pedro"), 1);
  EXPECT_EQ(found("maría"), 0);
  EXPECT_EQ(found("acero"), 0);
}

TEST_F(ErasureTest, TheLedgerStaysAndKnowsHerMailWhenItComesAgain) {
  erase();
  EXPECT_EQ(sql("SELECT count(*) FROM ledger"), std::to_string(kThreads + 1));
  EXPECT_EQ(sql("SELECT DISTINCT outcome || ', ' || reason FROM ledger WHERE uid < 100"), "ignored, erased person");
  auto transaction = begin(*book);
  EXPECT_TRUE(*transaction->is_in_ledger(place_of(3)));
  const auto mark = [](std::string_view what) { return std::vector{leads::tombstone(kKey, what)}; };
  EXPECT_EQ(*transaction->erased(mark("fingerprint-3")), kNow);
  EXPECT_EQ(*transaction->erased(mark("Maria+x@x.example")), kNow);
  EXPECT_EQ(*transaction->erased(mark("pedro@y.example")), std::nullopt);
  EXPECT_EQ(*transaction->erased(mark("fingerprint-100")), std::nullopt);
  EXPECT_EQ(*transaction->erased({leads::tombstone("another key", "fingerprint-3")}), std::nullopt);
}

TEST_F(ErasureTest, NumbersAreNotGivenAgain) {
  erase();
  const auto next = an_inquiry(200);
  EXPECT_EQ(*take(*book, a_new_lead(next), next, 200).lead, LeadId{kThreads + 2});
}

TEST_F(ErasureTest, CopiesThatWereMadeAreRemembered) {
  erase();
  const auto reader = PersonReader::open(path);
  ASSERT_TRUE(reader);
  const auto copies = (*reader)->backups();
  ASSERT_TRUE(copies);
  ASSERT_EQ(copies->size(), 1U);
  EXPECT_EQ(copies->front().file, "/srv/copy.db");
}

// Upkeep has its turn among the jobs, and those behind it find the book as it left it.
TEST_F(ErasureTest, WhoWritesMeanwhileWaitsForItsTurn) {
  Writer writer(std::move(book), [](const Error& error) { ADD_FAILURE() << error.what; });
  std::string order;
  const auto noted = [&](char what) {
    return [&order, what](const Result<void>& done) { order += done ? what : 'x'; };
  };
  const auto nothing = [](Transaction&) -> Result<void> { return {}; };
  writer.submit({.work = nothing, .done = noted('1')});
  writer.submit({.done = noted('2'), .upkeep = [](Book& open) { return open.compact(); }});
  writer.submit({.done = noted('3'), .upkeep = [](Book&) -> Result<void> { return Error{Next::retry, "no room"}; }});
  writer.submit({.work = nothing, .done = noted('4')});
  writer.stop();
  EXPECT_EQ(order, "12x4");
}

}  // namespace
}  // namespace leadmail::store::tests
