// The steps that every mail takes, each by itself: reading, deciding, storing, and what the server's answers cost.
// Google Benchmark; script/bench micro runs it. The store writes to the folder LEADMAIL_BENCH_FOLDER (the system's
// temporary folder), with synchronous = FULL: its figures are as fast as that disk.
#include <benchmark/benchmark.h>
#include <fmt/core.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "mail/imap/response.h"
#include "mail/message/encoded_word.h"
#include "mail/message/parse.h"
#include "mail/message/reply_text.h"
#include "tests/bench/growth_book.h"

namespace leadmail::bench {
namespace {

namespace imap = mail::imap;
namespace message = mail::message;

// --- what is read
// ------------------------------------------------------------------------------------------------------
constexpr std::string_view kNewText =
    "Hello,\r\n\r\nthank you for the offer of last week. We would take twelve pumps for the\r\nplant in Puebla, if "
    "they "
    "can be there before the end of March.\r\n\r\nWhat is the price with transport, and how long is the warranty?\r\n"
    "\r\nKind regards\r\nMaria Perez\r\nAcme Riego SA de CV\r\nTel. +52 222 123 4567\r\n\r\n";

std::string quoted_text() {
  std::string text(kNewText);
  text += "On Tue, Nov 17, 2026 at 10:12 AM Luis Ortega <sales@acme.example> wrote:\r\n\r\n";
  for (int line = 0; line < 60; ++line)
    text += "> We can offer you the model P200 with a flow of 40 litres a second.\r\n";
  for (int line = 0; line < 30; ++line) text += "> > please tell us what the pumps cost, and when you can deliver.\r\n";
  return text;
}

/// What prospects' programs send: both kinds of text, a small file.
std::string multipart_mail() {
  std::string html = "<html><body><p>" + std::string(kNewText) + "</p>";
  for (int line = 0; line < 90; ++line) html += "<div>We can offer you the model <b>P200</b>.</div>\r\n";
  std::string mail =
      "Return-Path: <maria@riego.example>\r\nReceived: from mx.riego.example by mx.acme.example; Tue, 17 Nov 2026 "
      "10:20:00 +0000\r\nFrom: =?utf-8?Q?Mar=C3=ADa_P=C3=A9rez?= <maria@riego.example>\r\nTo: Sales "
      "<sales@acme.example>\r\nSubject: =?utf-8?B?Q290aXphY2nDs24gZGUgYm9tYmFz?=\r\nDate: Tue, 17 Nov 2026 10:19:58 "
      "-0600\r\nMessage-ID: <abc.123@riego.example>\r\nIn-Reply-To: <x1@acme.example>\r\nReferences: <x0@acme.example> "
      "<x1@acme.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\n"
      "Content-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n--inner\r\nContent-Type: text/plain; "
      "charset=utf-8\r\n\r\n" +
      quoted_text() + "\r\n--inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html +
      "</body></html>\r\n--inner--\r\n--outer\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\n"
      "Content-Disposition: attachment; filename=\"plan.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  for (int line = 0; line < 200; ++line) mail += std::string(76, 'Q') + "\r\n";
  return mail + "--outer--\r\n";
}

void count_bytes(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

void read_plain_mail(benchmark::State& state) {
  const auto raw =
      "From: Maria Perez <maria@riego.example>\r\nTo: sales@acme.example\r\nSubject: Pumps for Puebla\r\n"
      "Message-ID: <abc.122@riego.example>\r\nDate: Tue, 17 Nov 2026 10:19:58 -0600\r\n\r\n" +
      std::string(kNewText);
  for (auto _ : state) {
    message::Message mail{.identity = message::read_identity(raw), .content = message::parse(raw)};
    message::classify(mail);
    benchmark::DoNotOptimize(mail);
  }
  count_bytes(state, raw.size());
}
BENCHMARK(read_plain_mail);

void read_multipart_mail(benchmark::State& state) {
  const auto raw = multipart_mail();
  for (auto _ : state) {
    message::Message mail{.identity = message::read_identity(raw), .content = message::parse(raw)};
    message::classify(mail);
    benchmark::DoNotOptimize(mail);
  }
  count_bytes(state, raw.size());
}
BENCHMARK(read_multipart_mail);

void split_quoted_text(benchmark::State& state) {
  const auto text = quoted_text();
  for (auto _ : state) benchmark::DoNotOptimize(message::split_reply(text));
  count_bytes(state, text.size());
}
BENCHMARK(split_quoted_text);

void decode_encoded_words(benchmark::State& state) {
  std::string field;
  for (int word = 0; word < 20; ++word) {
    field +=
        "=?utf-8?Q?Cotizaci=C3=B3n_de_bombas?= =?iso-8859-1?B?bGEgbeFxdWluYQ==?=\r\n =?koi8-r?B?+sHQ0s/TIMPFztk=?= ";
  }
  for (auto _ : state) benchmark::DoNotOptimize(message::decode_words(field));
  count_bytes(state, field.size());
}
BENCHMARK(decode_encoded_words);

// --- what the server says
// ----------------------------------------------------------------------------------------------
/// Feeds it in pieces as they come from a socket; how many responses there were.
std::size_t read_responses(std::string_view bytes) {
  constexpr std::size_t kPiece = 16 * 1024;
  imap::ResponseReader reader({.line = 1U << 20U, .literals = 64U << 20U, .nesting = 64});
  std::size_t count = 0;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    reader.feed(bytes.substr(0, kPiece));
    while (true) {
      auto response = reader.next();
      if (!response) throw std::runtime_error(response.error().what);
      if (!*response) break;
      ++count;
    }
  }
  return count;
}

void read_each(benchmark::State& state, const std::string& bytes, std::size_t responses) {
  for (auto _ : state) {
    if (read_responses(bytes) != responses) state.SkipWithError("not all responses were read");
  }
  count_bytes(state, bytes.size());
  state.SetItemsProcessed(static_cast<std::int64_t>(responses) * state.iterations());
}

void imap_fetch_with_literal(benchmark::State& state) {
  const std::string literal(static_cast<std::size_t>(state.range(0)), 'x');
  read_each(state,
            fmt::format("* 5 FETCH (UID 17 INTERNALDATE \"17-Nov-2026 10:20:00 +0000\" BODY[] {{{}}}\r\n{})\r\n",
                        literal.size(), literal),
            1);
}
BENCHMARK(imap_fetch_with_literal)->Arg(20'000)->Arg(10'000'000);

void imap_burst_of_flags(benchmark::State& state) {
  std::string bytes;
  for (int i = 1; i <= 50'000; ++i)
    bytes += fmt::format("* {} FETCH (UID {} FLAGS (\\Seen \\Answered))\r\n", i, i + 1000);
  read_each(state, bytes, 50'000);
}
BENCHMARK(imap_burst_of_flags)->Unit(benchmark::kMillisecond);

void imap_search_of_60000(benchmark::State& state) {
  std::string bytes = "* SEARCH";
  for (int i = 0; i < 60'000; ++i) bytes += fmt::format(" {}", 1'000'000 + i);
  read_each(state, bytes + "\r\n", 1);
}
BENCHMARK(imap_search_of_60000)->Unit(benchmark::kMillisecond);

// --- what it means, and where it is kept
// -------------------------------------------------------------------------------
leads::Rules company() {
  leads::Rules rules;
  leads::AssignRule rule{.name = "in turn", .strategy = leads::AssignRule::Strategy::round_robin};
  for (int i = 1; i <= kUsers; ++i) {
    const auto id = fmt::format("rep{:02}", i);
    rules.users.push_back({.id = id, .name = id, .addresses = {id + "@acme.example"}});
    rule.users.push_back(id);
  }
  rules.mailboxes = {{.name = "sales", .address = "sales@acme.example"}};
  rules.assign = {rule};
  return rules;
}

void decide_first_mail(benchmark::State& state) {
  const auto rules = company();
  const auto mail = mail_of(7, 0, time_of(7));
  const leads::Snapshot nothing;
  for (auto _ : state) benchmark::DoNotOptimize(leads::decide(mail.inquiry, nothing, rules, mail.seen));
}
BENCHMARK(decide_first_mail);

/// A book in a folder of its own, gone with the object.
class Bench {
 public:
  Bench() {
    const auto* const place = std::getenv("LEADMAIL_BENCH_FOLDER");
    const auto parent = place == nullptr ? std::filesystem::temp_directory_path() : std::filesystem::path(place);
    folder_ = (parent / "leadmail-micro-XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no folder for the book");
    auto book = store::Book::open(folder_ + "/leadmail.db");
    if (!book) throw std::runtime_error(book.error().what);
    book_ = std::move(*book);
    settings_.config.rules = company();
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;
  ~Bench() {
    book_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  /// The next mails, each of a new lead, in one transaction.
  void take_next(std::int64_t count) {
    const auto done = [&]() -> Result<void> {
      auto transaction = book_->begin();
      if (!transaction) return std::move(transaction.error());
      for (std::int64_t i = 0; i < count; ++i) {
        ++lead_;
        const auto mail = mail_of(lead_, 0, time_of(lead_));
        ShortComposer letters;
        const auto work = [&] { return take(**transaction, settings_, mail, letters); };
        if (auto taken = (*transaction)->savepoint(work); !taken) return taken;
      }
      return (*transaction)->commit();
    }();
    if (!done) throw std::runtime_error(done.error().what);
  }

 private:
  std::string folder_{};
  std::unique_ptr<store::Book> book_{};
  daemon::Settings settings_{};
  std::uint64_t lead_ = 0;
};

/// Snapshot, decision, rows, commit on disk; letters without a template.
void store_mails(benchmark::State& state) {
  Bench bench;
  for (auto _ : state) bench.take_next(state.range(0));
  state.SetItemsProcessed(state.range(0) * state.iterations());
}
BENCHMARK(store_mails)->Arg(1)->Arg(100)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace leadmail::bench

BENCHMARK_MAIN();
