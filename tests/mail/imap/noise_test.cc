// I15: a recorded session of a real server, spoilt at random, played to the watcher that runs in the daemon. Whatever
// comes, it goes on, takes nothing that was not said so, and has every mail once the server is itself again.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>

#include "mail/imap/watcher.h"
#include "tests/mail/imap/fixtures/model_server.h"
#include "tests/mail/imap/fixtures/recorded_server.h"

namespace leadmail::mail::imap {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kRecording = "tests/mail/imap/fixtures/dovecot_session.rec";

std::size_t sessions() {
  const char* const wanted = std::getenv("LEADMAIL_SESSIONS");  // NOLINT(concurrency-mt-unsafe): nobody sets it here
  return wanted == nullptr ? 300 : std::stoul(wanted);
}

/// Changes what a server says: octets, lines, numbers, literals, and where it ends.
class Noise {
 public:
  explicit Noise(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t number) { return random_() % number; }

  std::string spoil(std::string bytes) {
    for (std::size_t changes = below(4) + 1; changes > 0 && !bytes.empty(); --changes) change(bytes);
    return bytes;
  }

 private:
  void change(std::string& bytes) {
    const std::size_t at = below(bytes.size());
    switch (below(11)) {
      case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1U << below(8))); break;
      case 1: bytes.erase(at, below(20) + 1); break;
      case 2: bytes.insert(at, 1, "{}()\"[]\r\n*+\\ 0~<"[below(16)]); break;
      case 3: bytes.insert(at, bytes.substr(below(bytes.size()), below(60))); break;
      case 4: repeat_line(bytes, at); break;
      case 5: swap_lines(bytes, at); break;
      case 6: drop_line(bytes, at); break;
      case 7: change_number(bytes, bytes.find_first_of("0123456789", at)); break;
      case 8: change_number(bytes, bytes.find('{', at) + 1); break;
      case 9: bytes.resize(at); break;
      default: bytes.insert(at, std::string("\0drop", 5)); break;
    }
  }

  static std::size_t line_begin(const std::string& bytes, std::size_t at) {
    const auto before = at == 0 ? std::string::npos : bytes.rfind('\n', at - 1);
    return before == std::string::npos ? 0 : before + 1;
  }
  static std::string line_at(const std::string& bytes, std::size_t begin) {
    return bytes.substr(begin, std::min(bytes.find('\n', begin), bytes.size() - 1) + 1 - begin);
  }

  static void repeat_line(std::string& bytes, std::size_t at) {
    const std::size_t begin = line_begin(bytes, at);
    bytes.insert(begin, line_at(bytes, begin));
  }
  static void drop_line(std::string& bytes, std::size_t at) {
    const std::size_t begin = line_begin(bytes, at);
    bytes.erase(begin, line_at(bytes, begin).size());
  }
  static void swap_lines(std::string& bytes, std::size_t at) {
    const std::size_t begin = line_begin(bytes, at);
    const std::string line = line_at(bytes, begin);
    bytes.erase(begin, line.size());
    const auto end = bytes.find('\n', begin);
    bytes.insert(end == std::string::npos ? bytes.size() : end + 1, line);
  }

  void change_number(std::string& bytes, std::size_t at) {
    if (at == 0 || at >= bytes.size()) return;
    constexpr std::array<std::string_view, 12> kNumbers{
        "0", "1", "2", "3", "17", "4294967295", "4294967296", "9000000000", "-1", "", "007", "99999999999999999999"};
    const auto end = std::min(bytes.find_first_not_of("0123456789", at), bytes.size());
    std::string number(kNumbers[below(kNumbers.size())]);
    // A little more or less is the worst of all: everything else still looks right.
    if (below(2) == 0 && end > at && end - at < 9) {
      number = std::to_string(std::stol(bytes.substr(at, end - at)) + static_cast<long>(below(9)) - 4);
    }
    bytes.replace(at, end - at, number);
  }

  std::mt19937 random_;
};

/// Did the server frame these octets as one string: {5}CRLF and five octets, or in quotes?
bool was_said(const std::string& said, const std::string& raw) {
  for (auto at = said.find(raw); at != std::string::npos; at = said.find(raw, at + 1)) {
    auto open = at;
    if (open == 0 || said[--open] != '\n') continue;
    if (open > 0 && said[open - 1] == '\r') --open;
    if (open == 0 || said[--open] != '}') continue;
    if (open > 0 && said[open - 1] == '+') --open;
    const auto digits = said.rfind('{', open);
    if (digits == std::string::npos || open - digits > 30) continue;
    std::size_t size = 0;
    for (auto digit = digits + 1; digit < open; ++digit) size = size * 10 + static_cast<std::size_t>(said[digit] - '0');
    if (size == raw.size()) return true;
  }
  std::string in_quotes = "\"";
  for (const char c : raw) {
    if (c == '"' || c == '\\') in_quotes += '\\';
    in_quotes += c;
  }
  return said.find(in_quotes + "\"") != std::string::npos;
}

/// What all sessions came to.
struct Sum {
  std::size_t spoilt = 0;
  std::size_t logins = 0;
  std::size_t in_noise = 0;  ///< messages by connections that were made while the server was not itself
  std::size_t changed = 0;   ///< of them, those that differ from what was recorded
  std::size_t missing = 0;   ///< messages that were given up
  milliseconds longest{0};   ///< from the end of the noise until all was there
};

class Trial {
 public:
  Trial(const Recording& recording, std::uint32_t seed, Sum& sum)
      : recording_(recording), noise_(seed), sum_(sum), server_(recording), connector_(server_, time_, loop_) {
    WatchOptions options{.mailbox = "sales", .sent = "", .look_back = noise_.below(2) == 0 ? 200U : 2U};
    options.session.max_message = 65536;
    options.session.window_messages = noise_.below(4) + 1;
    const LoginSource login = [](bool) -> awaitable<Result<net::Login>> {
      co_return net::Login{.user = "sales", .secret = "s3cret"};
    };
    watcher_ = std::make_unique<MailboxWatcher>(
        options, login, connector_, time_, [this] { return static_cast<double>(noise_.below(1000)) / 1000; }, intake_);
    // One answer in one, two, four … thirty-two is another one than was recorded.
    const std::size_t one_in = std::size_t{1} << noise_.below(6);
    server_.spoil = [this, one_in](std::string bytes) {
      if (noise_.below(one_in) != 0) return bytes;
      ++sum_.spoilt;
      return noise_.spoil(std::move(bytes));
    };
    server_.chunk = noise_.below(4) == 0 ? noise_.below(50) + 1 : 65536;
    server_.there = noise_.below(recording_.messages.size() + 1);
  }

  void run() {
    boost::asio::co_spawn(
        loop_,
        [this]() -> awaitable<void> {
          co_await watcher_->run();
          returned_ = true;
        },
        boost::asio::detached);
    live_with_noise();
    server_.on_login = [this] { in_noise_ = std::min(in_noise_, intake_.arrivals.size()); };
    live_without();
    check();
    watcher_->stop();
    time_.pass(minutes(2));
    EXPECT_TRUE(returned_);
    sum_.logins += server_.logins;
  }

 private:
  void live_with_noise() {
    for (std::size_t steps = noise_.below(30) + 1; steps > 0; --steps) {
      if (noise_.below(2) == 0) server_.arrive();
      time_.pass(noise_.below(3) == 0 ? seconds(noise_.below(900)) : milliseconds(noise_.below(5000)));
      if (noise_.below(20) == 0) server_.drop_all();
    }
    server_.spoil = {};
    if (noise_.below(2) == 0) server_.drop_all();
  }

  void live_without() {
    const net::Instant began = time_.instant();
    while (server_.arrive()) time_.pass(seconds(1));
    for (int waited = 0; waited < 48 * 60 && !all_there(); ++waited) time_.pass(minutes(1));
    sum_.longest = std::max(sum_.longest, std::chrono::duration_cast<milliseconds>(time_.instant() - began));
  }

  bool is_true(const Arrival& arrival) const { return std::to_string(arrival.uid_validity) == recording_.uid_validity; }

  bool all_there() const {
    std::size_t found = 0;
    for (const auto& [uid, message] : recording_.messages) {
      found += std::any_of(intake_.arrivals.begin(), intake_.arrivals.end(),
                           [&](const Arrival& arrival) { return is_true(arrival) && arrival.uid == uid; });
    }
    return found == recording_.messages.size();
  }

  void check() {
    EXPECT_TRUE(all_there()) << testing::PrintToString(intake_.seen());
    EXPECT_LT(server_.commands, 20'000U);
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (std::size_t i = 0; i < intake_.arrivals.size(); ++i) {
      const Arrival& arrival = intake_.arrivals[i];
      EXPECT_TRUE(seen.emplace(arrival.uid_validity, arrival.uid).second) << arrival.uid << " twice";
      EXPECT_TRUE(was_asked(arrival.uid)) << arrival.uid << " was not asked for";
      if (arrival.body == Body::missing) {
        ++sum_.missing;
        EXPECT_TRUE(i < in_noise_ && arrival.raw.empty() && !arrival.why.empty()) << arrival.why;
        continue;
      }
      EXPECT_TRUE(was_said(server_.said, arrival.raw)) << arrival.uid << ": " << arrival.raw;
      const auto recorded = recording_.messages.find(arrival.uid);
      const bool same = recorded != recording_.messages.end() && arrival.raw == recorded->second.raw;
      if (i < in_noise_) {
        ++sum_.in_noise;
        sum_.changed += same ? 0 : 1;
      } else {
        EXPECT_TRUE(same && is_true(arrival) && arrival.body == Body::whole)
            << arrival.uid_validity << "/" << arrival.uid << " " << arrival.why << ": " << arrival.raw;
      }
    }
  }

  bool was_asked(std::uint32_t uid) const {
    return std::any_of(server_.asked.begin(), server_.asked.end(), [uid](const auto& asked) {
      // "9:*" may name less than 9: `*` is the highest, whatever that is. RFC 3501 §6.4.8
      return asked.second.find("BODY.PEEK") != std::string::npos && set_names(asked.first, uid, UINT32_MAX);
    });
  }

  const Recording& recording_;
  Noise noise_;
  Sum& sum_;
  boost::asio::io_context loop_;
  FakeTime time_{loop_};
  RecordedServer server_;
  RecordedConnector connector_;
  FakeIntake intake_;
  std::unique_ptr<MailboxWatcher> watcher_;
  std::size_t in_noise_ = SIZE_MAX;  ///< arrivals by connections that were made while the server was not itself
  bool returned_ = false;
};

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(Noise, ASpoiltSessionNeverHarmsTheWatcherAndNoMailIsPassedOver) {
  const Recording recording(kRecording);
  ASSERT_EQ(recording.messages.size(), 8U);
  Sum sum;
  long settled = 0;
  const std::size_t all = sessions();
  for (std::size_t i = 0; i < all; ++i) {
    const auto seed = static_cast<std::uint32_t>(20'260'721 + i);
    Trial(recording, seed, sum).run();
    ASSERT_FALSE(HasFailure()) << "session " << i << ", seed " << seed;
    if (i == all / 10) settled = peak_kib();
  }
#ifndef LEADMAIL_SANITIZED
  EXPECT_LT(peak_kib() - settled, 32 * 1024);
#endif
  std::cout << "noise: " << all << " sessions, " << sum.spoilt << " answers spoilt, " << sum.logins << " connections, "
            << sum.in_noise << " mails taken meanwhile (" << sum.changed << " not as recorded, " << sum.missing
            << " given up), 0 passed over, 0 twice, longest until all was there "
            << std::chrono::duration_cast<minutes>(sum.longest).count() << " min, " << peak_kib() - settled
            << " KiB more at the peak\n";
  EXPECT_GT(sum.spoilt, all);
  EXPECT_GT(sum.in_noise, all);
}

TEST(Noise, ARecordedSessionAsItWasIsTakenAsItWas) {
  const Recording recording(kRecording);
  boost::asio::io_context loop;
  FakeTime time(loop);
  RecordedServer server(recording);
  RecordedConnector connector(server, time, loop);
  FakeIntake intake;
  const LoginSource login = [](bool) -> awaitable<Result<net::Login>> {
    co_return net::Login{.user = "sales", .secret = "s3cret"};
  };
  MailboxWatcher watcher(
      {.mailbox = "sales", .sent = ""}, login, connector, time, [] { return 0.5; }, intake);
  server.there = 3;
  boost::asio::co_spawn(loop, watcher.run(), boost::asio::detached);
  time.pass(seconds(1));
  while (server.arrive()) time.pass(seconds(1));
  ASSERT_EQ(intake.arrivals.size(), recording.messages.size());
  for (const Arrival& arrival : intake.arrivals) EXPECT_EQ(arrival.raw, recording.messages.at(arrival.uid).raw);
  EXPECT_EQ(server.logins, 1U);
  EXPECT_EQ(intake.states.back().health, MailboxState::Health::ok);
  watcher.stop();
  time.pass(minutes(2));
}

}  // namespace
}  // namespace leadmail::mail::imap
