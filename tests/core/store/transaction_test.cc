#include <gtest/gtest.h>

#include "tests/core/store/fixtures/book.h"

namespace leadmail::store::tests {
namespace {

struct TransactionTest : testing::Test {
  TemporaryFolder folder{};
  std::string path = folder / "leadmail.db";
  std::unique_ptr<Book> book = open_book(path);
  PlainComposer composer{};
};

TEST_F(TransactionTest, AMessageLeavesItsLeadLedgerRowBytesAndNotice) {
  const auto inquiry = an_inquiry(1);
  const auto applied = take(*book, a_new_lead(inquiry), inquiry, 5);
  ASSERT_TRUE(applied.lead);
  EXPECT_EQ(to_string(*applied.lead), "L-1");
  EXPECT_EQ(applied.outbox.size(), 1U);

  const auto reader = open_reader(path);
  const auto lead = reader->lead(*applied.lead);
  ASSERT_TRUE(lead && *lead);
  EXPECT_EQ((*lead)->owner(), "ana");
  EXPECT_EQ((*lead)->value("name"), "María Pérez");
  EXPECT_EQ(ask(path, "SELECT outcome || ' ' || kind || ' L-' || lead || ' ' || reason || ' ' || evidence FROM ledger"),
            "lead person L-1 a first message [[\"kind\",\"person\",true]]");
  EXPECT_EQ(**reader->raw_by_message_id("m1@x.example"), "From: maria@x.example\r\n\r\nHello\r\n");
  EXPECT_EQ(*reader->outbox_bytes(applied.outbox[0]), "Subject: notice:fingerprint-1\r\n\r\n\r\n");
  EXPECT_EQ(ask(path, "SELECT rcpt_to || ' ' || state FROM recipient"), "ana@acme.example waiting");
}

}  // namespace
}  // namespace leadmail::store::tests
