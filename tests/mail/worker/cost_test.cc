// What any mail may cost, however it was made: a second of processor time, worker and daemon together, and 128 MiB.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <optional>

#include "fixtures/children.h"
#include "fixtures/hostile_mails.h"
#include "mail/message/charset.h"
#include "mail/message/parse.h"
#include "mail/worker/pool.h"

namespace leadmail::mail::worker {
namespace {

// The promise is about what is shipped; sanitizers, and builds without optimisation, are slower by their nature.
#if defined(LEADMAIL_OPTIMISED)
constexpr std::size_t kSize = 25'000'000;
constexpr double kSeconds = 1;
constexpr double kMebibytes = 128;
#elif !defined(LEADMAIL_SANITIZED)
constexpr std::size_t kSize = 1'000'000;
constexpr double kSeconds = 10;
constexpr double kMebibytes = 1024;
#else
constexpr std::size_t kSize = 300'000;
constexpr double kSeconds = 20;
constexpr double kMebibytes = 4096;
#endif

constexpr bool kMeasuresMemory = kMebibytes < 1024;  // what a worker ever had at once, it has for ever

struct Cost {
  double seconds = 0;
  double mebibytes = 0;  ///< of the worker
};

/// As the daemon takes a mail: identity by itself, content by a worker that has seen one mail before.
Cost cost_of(Pool& pool, const std::string& raw, message::Message& mail, bool with_attachments = false) {
  EXPECT_TRUE(pool.parse({hostile_mail("\r\nhi\r\n")}));
  std::map<pid_t, double> before;
  for (const pid_t worker : workers()) before[worker] = cpu_seconds(worker);

  const std::clock_t start = std::clock();
  mail.identity = message::read_identity(raw);
  auto content = pool.parse({raw, with_attachments});
  EXPECT_TRUE(content) << content.error().what;
  if (content) mail.content = std::move(*content);
  message::classify(mail);
  const double here = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;

  Cost cost;
  for (const auto& [worker, seconds] : before) {
    cost.seconds = std::max(cost.seconds, cpu_seconds(worker) - seconds);
    cost.mebibytes = std::max(cost.mebibytes, peak_mebibytes(worker));
  }
  cost.seconds += here;
  return cost;
}

void expect_cheap(const std::vector<HostileMail>& mails) {
  const char* const wanted = std::getenv("LEADMAIL_HOSTILE_MAIL");  // one of them
  const bool prints = std::getenv("LEADMAIL_PRINT_COSTS") != nullptr;
  std::optional<Pool> pool;
  Cost most;
  for (const auto& hostile : mails) {
    if (wanted != nullptr && hostile.name.find(wanted) == std::string::npos) continue;
    if (!pool || kMeasuresMemory) pool.emplace(PoolOptions{.workers = 2});
    message::Message mail;
    const auto cost = cost_of(*pool, hostile.make(kSize), mail);
    EXPECT_LE(cost.seconds, kSeconds) << hostile.name;
    EXPECT_LE(cost.mebibytes, kMebibytes) << hostile.name;
    EXPECT_TRUE(message::is_valid_utf8(mail.content.text)) << hostile.name;
    EXPECT_FALSE(mail.identity.from.empty()) << hostile.name;
    if (prints) std::printf("%6.2f s %6.0f MiB  %s\n", cost.seconds, cost.mebibytes, hostile.name.c_str());
    most = {std::max(most.seconds, cost.seconds), std::max(most.mebibytes, cost.mebibytes)};
  }
  if (prints) std::printf("costs: %zu mails, at most %.2f s, %.0f MiB\n", mails.size(), most.seconds, most.mebibytes);
}

TEST(Cost, OfAnyStructureIsASecondAnd128MiB) { expect_cheap(hostile_structures()); }
TEST(Cost, OfAnyTextIsASecondAnd128MiB) { expect_cheap(hostile_texts()); }
TEST(Cost, OfAnythingEnclosedIsASecondAnd128MiB) { expect_cheap(hostile_enclosures()); }

// Of mail whose attachments are passed on, the worker gives back their bytes too.
TEST(Cost, OfAttachmentsThatAreGivenBackIsASecondAnd128MiB) {
  constexpr std::size_t kPassedOn = std::min<std::size_t>(kSize, 20'000'000);
  const std::string head = "Content-Type: application/x-y; name=a\r\nContent-Transfer-Encoding: ";
  for (const auto& body : {"binary\r\n\r\n" + fill(kPassedOn, "a"), "base64\r\n\r\n" + fill(kPassedOn, "QUJD"),
                           "quoted-printable\r\n\r\n" + fill(kPassedOn, "a\r\n")}) {
    Pool pool({.workers = 2});
    message::Message mail;
    const auto cost = cost_of(pool, hostile_mail(head + body), mail, true);
    EXPECT_LE(cost.seconds, kSeconds);
    EXPECT_LE(cost.mebibytes, kMebibytes);
    ASSERT_EQ(mail.content.attachments.size(), 1U);
    EXPECT_EQ(mail.content.attachments.front().content.size(), mail.content.attachments.front().size);
  }
}

// Bytes changed at random: an answer for each, and the worker goes on with the next.
TEST(Cost, OfFiveHundredMutatedMailsIsNoWorker) {
  std::vector<HostileMail> all = hostile_structures();
  for (const auto& more : {hostile_texts(), hostile_enclosures()}) all.insert(all.end(), more.begin(), more.end());
  Pool pool({.workers = 2, .messages = 1000});
  ASSERT_TRUE(pool.parse({hostile_mail("\r\nhi\r\n")}));
  const auto before = workers();
  std::uint32_t state = 11;
  const auto next = [&] { return (state = state * 1'664'525U + 1'013'904'223U) >> 8U; };
  for (std::size_t i = 0; i < 500; ++i) {
    const auto& shape = all[i % all.size()];
    std::string raw = shape.make(20'000);
    for (int change = 0; change < 40; ++change) raw[next() % raw.size()] = static_cast<char>(next());
    raw.erase(next() % raw.size(), next() % 2'000);
    const auto content = pool.parse({raw});
    ASSERT_TRUE(content) << shape.name << ": " << content.error().what;
    ASSERT_TRUE(message::is_valid_utf8(content->text)) << shape.name;
  }
  EXPECT_EQ(workers(), before) << "a worker died of a mail";
}

}  // namespace
}  // namespace leadmail::mail::worker
