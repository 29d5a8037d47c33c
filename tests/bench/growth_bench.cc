// What the book costs when it is large. script/bench growth calls it for each size and makes the table.
//   growth_bench CONFIG grow LEADS     makes the book of that config grow to so many leads, five mails each
//   growth_bench CONFIG measure        takes a thousand more mails in turns with bare inserts, and looks at the book in
//                                      every way; one JSON object a line
//   growth_bench CONFIG verify         checks the file and that what was put in is found
#include <fmt/core.h>
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/reader.h"
#include "daemon/letters.h"
#include "tests/bench/growth_bare.h"
#include "tests/bench/growth_book.h"

namespace leadmail::bench {
namespace {

using nlohmann::json;

constexpr std::size_t kBatch = 100;  ///< mails: as many share a transaction when many wait
constexpr int kRounds = 5;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Cost {
  std::vector<double> wall{};
  std::vector<double> cpu{};

  Result<void> note(const std::function<Result<void>()>& work) {
    const auto cpu_before = cpu_seconds();
    const auto wall_before = wall_seconds();
    auto done = work();
    wall.push_back(wall_seconds() - wall_before);
    cpu.push_back(cpu_seconds() - cpu_before);
    return done;
  }
};

constexpr std::uint64_t kNoLead = 80'000'000;  ///< numbers of mails that begin no lead

/// How two thousand leads from all over the book began.
Result<std::vector<leads::Inquiry>> first_mails(const std::string& path, std::uint64_t leads) {
  auto db = store::Connection::open(path, store::Connection::Mode::read);
  if (!db) return std::move(db.error());
  std::vector<leads::Inquiry> firsts;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    auto query = (*db)->query(
        std::string("SELECT from_name, from_address, subject, subject_key, message_id FROM message WHERE id ="
                    " (SELECT min(id) FROM message WHERE lead = :lead AND lead IS NOT NULL)"));
    auto row = query.bind(":lead", i * 0x9E37'79B9'7F4A'7C15ULL % leads + 1).step();
    if (!row) return std::move(row.error());
    if (!*row) continue;
    auto& first = firsts.emplace_back();
    first.from = {query.text(0), query.text(1)};
    first.subject = query.text(2);
    first.subject_key = query.text(3);
    first.message_id = query.text(4);
  }
  if (firsts.empty()) return Error{Next::stop, "the book is empty"};
  return firsts;
}

/// Has each letter written once, and then knows it: what is left is the work of the store.
class KnownLetters final : public store::Composer {
 public:
  explicit KnownLetters(daemon::LetterWriter& writer) : writer_(writer) {}
  Result<store::Outgoing> compose(const leads::Letter& letter, const leads::Lead* lead) override {
    const auto known = known_.find(letter.cause);
    if (known != known_.end()) return known->second;
    auto written = writer_.compose(letter, lead);
    if (written) known_.emplace(letter.cause, *written);
    return written;
  }

 private:
  daemon::LetterWriter& writer_;
  std::map<std::string, store::Outgoing> known_{};
};

/// Takes mails as the daemon does, and inserts their rows barely, in turns: a round of each, again and again.
class MailCosts {
 public:
  MailCosts(const daemon::Settings& settings, store::Book& book, BareInserts& bare, std::uint64_t leads,
            const std::vector<leads::Inquiry>& firsts, std::uint64_t last_mail)
      : settings_(settings),
        book_(book),
        bare_(bare),
        leads_(leads),
        firsts_(firsts),
        serial_(kNoLead + last_mail),
        now_(time_of(leads + kBlock)) {}

  Result<void> run() {
    for (int round = 0; round < kRounds; ++round) {
      for (const How how : {How::whole, How::bare, How::known_letters}) {
        auto done = singly(how);
        for (int batch = 0; done && batch < kRounds; ++batch) done = in_batch(how);
        if (done) done = send_all(bare_.desk());
        if (!done) return done;
      }
    }
    return {};
  }

  [[nodiscard]] json figures() const {
    const auto micro = [](const Cost& cost, std::size_t mails) {
      return json{{"wall", median(cost.wall) * 1e6 / static_cast<double>(mails)},
                  {"cpu", median(cost.cpu) * 1e6 / static_cast<double>(mails)}};
    };
    json figures{{"rows", static_cast<double>(rows_) / static_cast<double>(learnt_)}};
    for (const auto& [how, name] : {std::pair{How::whole, ""}, {How::bare, "_bare"}, {How::known_letters, "_store"}}) {
      const auto at = static_cast<std::size_t>(how);
      figures[std::string("single") + name] = micro(single_.at(at), 1);
      figures[std::string("batch") + name] = micro(batch_.at(at), kBatch);
    }
    return figures;
  }

 private:
  /// As the daemon does it, letters and all; the bare rows; as the daemon, but with letters that are written already.
  enum class How : std::size_t { whole, bare, known_letters };

  Result<void> singly(How how) {
    for (auto& mail : next_mails()) {
      std::vector<GrowthMail> alone;
      alone.push_back(std::move(mail));
      if (auto done = one_transaction(alone, how, single_.at(static_cast<std::size_t>(how))); !done) return done;
    }
    return {};
  }

  Result<void> in_batch(How how) {
    return one_transaction(next_mails(), how, batch_.at(static_cast<std::size_t>(how)));
  }

  Result<void> one_transaction(const std::vector<GrowthMail>& mails, How how, Cost& cost) {
    if (how == How::bare) {
      std::optional<daemon::LetterWriter> letters;
      const auto writer = [&](const GrowthMail& mail) { return &letters.emplace(settings_, mail.seen, &mail.inquiry); };
      if (auto done = bare_.learn(settings_, mails, writer); !done) return done;
      rows_ += bare_.rows();
      learnt_ += mails.size();
      return cost.note([&] { return bare_.insert(); });
    }
    std::deque<daemon::LetterWriter> writers;
    std::deque<KnownLetters> letters;
    for (const auto& mail : mails) {
      letters.emplace_back(writers.emplace_back(settings_, mail.seen, &mail.inquiry));
    }
    if (how == How::known_letters) {
      if (auto done = take_all(mails, letters, false); !done) return done;
    }
    return cost.note([&] { return take_all(mails, letters, true); });
  }

  Result<void> take_all(const std::vector<GrowthMail>& mails, std::deque<KnownLetters>& letters, bool is_kept) {
    auto transaction = book_.begin();
    if (!transaction) return std::move(transaction.error());
    for (std::size_t i = 0; i < mails.size(); ++i) {
      const auto work = [&] { return take(**transaction, settings_, mails[i], letters[i]); };
      if (auto done = (*transaction)->savepoint(work); !done) return done;
    }
    return is_kept ? (*transaction)->commit() : Result<void>{};
  }

  /// A hundred mails: of twenty new leads in turns, where the last two of each go to leads from any time instead.
  std::vector<GrowthMail> next_mails() {
    std::vector<GrowthMail> mails;
    const auto first = leads_ + 1;
    leads_ += kBatch / kMailsOfLead;
    for (std::uint64_t stage = 0; stage < kMailsOfLead; ++stage) {
      for (auto lead = first; lead <= leads_; ++lead) {
        now_ += std::chrono::seconds{60};
        mails.push_back(stage < 3 ? mail_of(lead, stage, now_) : late_mail());
      }
    }
    return mails;
  }

  /// The next mail of a lead from any time.
  GrowthMail late_mail() {
    ++serial_;
    return late_mail_of(firsts_[serial_ * 0x9E37'79B9ULL % firsts_.size()], serial_, now_);
  }

  const daemon::Settings& settings_;
  store::Book& book_;
  BareInserts& bare_;
  std::uint64_t leads_;
  const std::vector<leads::Inquiry>& firsts_;
  std::uint64_t serial_;
  Time now_;
  std::array<Cost, 3> single_{};  ///< by How
  std::array<Cost, 3> batch_{};
  std::size_t rows_ = 0;
  std::size_t learnt_ = 0;
};

/// One way of looking at the book.
struct Look {
  std::string name{};
  std::function<Result<std::size_t>(store::Reader&)> run{};
};

constexpr std::size_t kFirst = 50;  ///< as many as a person reads

Look find(std::string name, std::string words) {
  return {std::move(name), [words = std::move(words)](store::Reader& reader) -> Result<std::size_t> {
            std::size_t count = 0;
            auto done = reader.find(words, [&](const leads::Lead&) { return ++count < kFirst; });
            if (!done) return std::move(done.error());
            return count;
          }};
}

Look list(std::string name, store::ListFilter filter) {
  return {std::move(name), [filter = std::move(filter)](store::Reader& reader) -> Result<std::size_t> {
            std::size_t count = 0;
            auto done = reader.list(filter, [&](const leads::Lead&) { return ++count < kFirst; });
            if (!done) return std::move(done.error());
            return count;
          }};
}

std::vector<Look> looks(std::uint64_t leads, Time now) {
  using leads::Status;
  const auto some = leads / 2;
  return {find("find, a number that one mail has", rare_word(some)),
          find("find, a person", name_of(some)),
          find("find, a common word", "pump"),
          find("find, three common words", "pump price delivery"),
          find("find, common and rare words", "pump price " + rare_word(some)),
          find("find, the beginning of a common word", "pu"),
          find("find, words that no mail has together", rare_word(some) + " " + rare_word(some + 1)),
          list("list, newest", {}),
          list("list --status converted", {.status = Status::converted}),
          list("list --status interested", {.status = Status::interested}),
          list("list --owner", {.owner = "rep07"}),
          list("list --owner --status", {.status = Status::converted, .owner = "rep07"}),
          list("list --due", {.due_by = now}),
          list("list --owed", {.owed = true}),
          list("list --owed --owner", {.owner = "rep07", .owed = true}),
          list("list --tag", {.tag = "pump"}),
          {"show", [some](store::Reader& reader) -> Result<std::size_t> {
             const LeadId id{static_cast<std::int64_t>(some)};
             auto lead = reader.lead(id);
             if (!lead || !*lead) return Error{Next::stop, "no lead"};
             auto events = reader.timeline(id);
             if (!events) return std::move(events.error());
             return events->size();
           }}};
}

/// Each on a connection of its own, as the tool opens one.
Result<json> look(const std::string& path, const Look& wanted) {
  Cost cost;
  std::size_t count = 0;
  for (int round = 0; round < kRounds; ++round) {
    auto done = cost.note([&]() -> Result<void> {
      auto reader = store::Reader::open(path);
      if (!reader) return std::move(reader.error());
      auto found = wanted.run(**reader);
      if (!found) return std::move(found.error());
      count = *found;
      return {};
    });
    if (!done) return std::move(done.error()).in(wanted.name);
  }
  return json{
      {"look", wanted.name}, {"found", count}, {"ms", median(cost.wall) * 1e3}, {"first_ms", cost.wall[0] * 1e3}};
}

void print(const json& line) { fmt::print("{}\n", line.dump()); }

Result<std::int64_t> number_of(const std::string& path, const char* sql) {
  auto db = store::Connection::open(path, store::Connection::Mode::read);
  if (!db) return std::move(db.error());
  return (*db)->number(sql);
}

Result<void> measure(const daemon::Settings& settings) {
  const auto& path = settings.config.store_path;
  auto leads = leads_in(path);
  if (!leads) return std::move(leads.error());
  auto mails = number_of(path, "SELECT count(*) FROM message");  // not their last number: copies leave many out
  if (!mails) return std::move(mails.error());
  auto last = number_of(path, "SELECT coalesce(max(id), 0) FROM message");
  if (!last) return std::move(last.error());
  print({{"mails", *mails}});
  for (const auto& wanted : looks(*leads, time_of(*leads))) {
    auto found = look(path, wanted);
    if (!found) return std::move(found.error());
    print(*found);
  }
  print({{"peak_mib", peak_mib()}, {"of", "looks"}});
  auto book = store::Book::open(path);
  if (!book) return std::move(book.error());
  auto bare = BareInserts::open(path);
  if (!bare) return std::move(bare.error());
  auto firsts = first_mails(path, *leads);
  if (!firsts) return std::move(firsts.error());
  MailCosts costs(settings, **book, **bare, *leads, *firsts, static_cast<std::uint64_t>(*last));
  if (auto done = costs.run(); !done) return done;
  print(costs.figures());
  print({{"peak_mib", peak_mib()}, {"of", "all"}});
  return {};
}

Result<void> verify(const daemon::Settings& settings) {
  const auto& path = settings.config.store_path;
  auto leads = leads_in(path);
  if (!leads) return std::move(leads.error());
  auto db = store::Connection::open(path, store::Connection::Mode::read);
  if (!db) return std::move(db.error());
  auto faults = (*db)->number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
  auto strays = (*db)->number("SELECT count(*) FROM pragma_foreign_key_check");
  auto mails = (*db)->number("SELECT count(*) FROM message WHERE lead IS NOT NULL");
  if (!faults || !strays || !mails) return Error{Next::stop, "the book can't be read"};
  print({{"leads", *leads}, {"mails", *mails}, {"faults", *faults}, {"strays", *strays}});
  return {};
}

int run(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  std::uint64_t leads = 0;
  if (words.size() == 3) std::from_chars(words[2].data(), words[2].data() + words[2].size(), leads);
  const bool is_grow = words.size() == 3 && words[1] == "grow" && leads > 0;
  const bool is_known = words.size() == 2 && (words[1] == "measure" || words[1] == "verify");
  if (!is_grow && !is_known) {
    fmt::print(stderr, "growth_bench CONFIG grow LEADS | growth_bench CONFIG measure | growth_bench CONFIG verify\n");
    return 2;
  }
  auto settings = read_settings(std::string(words[0]));
  if (!settings) {
    fmt::print(stderr, "growth_bench: {}\n", settings.error().what);
    return 3;
  }
  const auto told = [](std::uint64_t count) {
    if (count % 10'000 == 0) fmt::print(stderr, "{} leads\n", count);
  };
  auto done = is_grow ? grow(**settings, leads, told) : words[1] == "verify" ? verify(**settings) : measure(**settings);
  if (done) return 0;
  fmt::print(stderr, "growth_bench: {}\n", done.error().what);
  return 1;
}

}  // namespace
}  // namespace leadmail::bench

int main(int argc, char** argv) { return leadmail::bench::run(argc, argv); }
