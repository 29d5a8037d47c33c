#include "mail/net/name_records.h"

#include <gtest/gtest.h>

namespace leadmail::mail::net {
namespace {

using Bytes = std::vector<unsigned char>;

void put16(Bytes& into, unsigned value) {
  into.push_back(static_cast<unsigned char>(value >> 8U));
  into.push_back(static_cast<unsigned char>(value));
}

Bytes name(const std::string& text) {
  Bytes out;
  std::size_t from = 0;
  while (from < text.size()) {
    const auto end = std::min(text.find('.', from), text.size());
    out.push_back(static_cast<unsigned char>(end - from));
    out.insert(out.end(), text.begin() + static_cast<long>(from), text.begin() + static_cast<long>(end));
    from = end + 1;
  }
  out.push_back(0);
  return out;
}

struct Record {
  unsigned type = 33;
  Bytes data{};
};

Record service(unsigned priority, unsigned weight, unsigned port, const std::string& host) {
  Record record;
  put16(record.data, priority);
  put16(record.data, weight);
  put16(record.data, port);
  const auto target = name(host);
  record.data.insert(record.data.end(), target.begin(), target.end());
  return record;
}

Record mail_host(unsigned preference, const std::string& host) {
  Record record{.type = 15};
  put16(record.data, preference);
  const auto target = name(host);
  record.data.insert(record.data.end(), target.begin(), target.end());
  return record;
}

/// An answer with one question and these records. RFC 1035 §4.1
Bytes answer(const std::vector<Record>& records) {
  Bytes out{0x12, 0x34, 0x81, 0x80, 0, 1};
  put16(out, static_cast<unsigned>(records.size()));
  for (int i = 0; i < 4; ++i) out.push_back(0);
  const auto asked = name("_imaps._tcp.acme.example");
  out.insert(out.end(), asked.begin(), asked.end());
  put16(out, 33);
  put16(out, 1);
  for (const auto& record : records) {
    put16(out, 0xC00C);  // the name of the question
    put16(out, record.type);
    put16(out, 1);
    put16(out, 0);
    put16(out, 300);
    put16(out, static_cast<unsigned>(record.data.size()));
    out.insert(out.end(), record.data.begin(), record.data.end());
  }
  return out;
}

TEST(NameRecords, ServicesComeBestFirst) {
  const auto found =
      service_records_in(answer({service(20, 9, 993, "slow.acme.example"), service(10, 1, 993, "Small.Acme.Example"),
                                 service(10, 5, 1993, "large.acme.example")}));
  const std::vector<ServiceRecord> wanted{
      {10, 5, 1993, "large.acme.example"}, {10, 1, 993, "small.acme.example"}, {20, 9, 993, "slow.acme.example"}};
  EXPECT_EQ(found, wanted);
}

TEST(NameRecords, APointMeansThatTheServiceIsNotOffered) {
  const auto found = service_records_in(answer({service(0, 0, 0, "")}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().host, "");
}

TEST(NameRecords, MailHostsComeByPreference) {
  const auto found = mail_hosts_in(answer({mail_host(30, "c.example"), mail_host(5, "a.example"),
                                           service(1, 1, 1, "none.example"), mail_host(10, "b.example")}));
  EXPECT_EQ(found, (std::vector<std::string>{"a.example", "b.example", "c.example"}));
}

TEST(NameRecords, WhatNoHostIsCalledIsPassedOver) {
  EXPECT_TRUE(service_records_in(answer({service(1, 1, 993, "a b;rm.example")})).empty());
  EXPECT_TRUE(mail_hosts_in(answer({mail_host(1, "\x01\xFFx.example")})).empty());
}

TEST(NameRecords, AnAnswerCutAnywhereIsNoTrouble) {
  const auto whole = answer({service(10, 5, 993, "imap.acme.example"), mail_host(5, "mx.acme.example")});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::span<const unsigned char> cut(whole.data(), size);
    EXPECT_LE(service_records_in(cut).size(), 1U);
    EXPECT_TRUE(mail_hosts_in(cut).empty());
  }
}

TEST(NameRecords, ANameThatPointsToItselfEnds) {
  auto looped = answer({service(10, 5, 993, "x")});
  looped[looped.size() - 3] = 0xC0;  // the target: a pointer to where it stands
  looped[looped.size() - 2] = static_cast<unsigned char>(looped.size() - 3);
  EXPECT_TRUE(service_records_in(looped).empty());
}

TEST(NameRecords, AtMostThirtyTwoAreTaken) {
  std::vector<Record> many(300, service(1, 1, 993, "imap.acme.example"));
  EXPECT_EQ(service_records_in(answer(many)).size(), 32U);
}

}  // namespace
}  // namespace leadmail::mail::net
