// How fast mail is read, beside GMime doing the same work and mimetic doing a part of it: the same mails, one thread,
// one interleaved run, CPU time. Not a test: a clock proves nothing about another machine; the ratio travels better.
#include <fmt/core.h>
#include <mimetic/mimetic.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/parse.h"
#include "tests/peers/gmime_reading.h"

namespace leadmail::bench {
namespace {

namespace fs = std::filesystem;
namespace message = mail::message;

constexpr std::size_t kSlice = 250;  // mails that one reader reads before the next has its turn
constexpr std::string_view kUsage =
    "parse_bench DIR [ROUNDS]: reads every mail below DIR (Maildir, or files named .eml) with each reader\n";

std::int64_t cpu_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

bool is_mail(const fs::directory_entry& entry) {
  const auto folder = entry.path().parent_path().filename();
  return entry.is_regular_file() && (entry.path().extension() == ".eml" || folder == "cur" || folder == "new");
}

/// In the order of their names, so that every run reads the same.
std::vector<std::string> load(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (is_mail(entry)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> mails;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    mails.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return mails;
}

/// What was found: so that nobody is fast by leaving something out, and no compiler either.
struct Found {
  std::size_t text = 0;          ///< bytes of text, plain and HTML
  std::size_t files = 0;         ///< attachments
  std::size_t file_bytes = 0;    ///< their decoded bytes
  std::size_t header_bytes = 0;  ///< of decoded names, addresses, subject and ids
};

std::size_t size_of(const std::vector<message::Address>& addresses) {
  std::size_t size = 0;
  for (const auto& address : addresses) size += address.name.size() + address.address.size();
  return size;
}

template <typename Said>
std::size_t header_size(const Said& said) {
  return size_of(said.from) + size_of(said.to) + size_of(said.cc) + said.subject.size() + said.message_id.size();
}

void add(const message::Content& content, Found& found) {
  found.text += content.text.size() + content.html.size();
  found.files += content.attachments.size();
  for (const auto& attachment : content.attachments) found.file_bytes += attachment.size;
}

void read_by_parse(std::string_view raw, Found& found) { add(message::parse(raw), found); }

/// Everything that happens to a mail before the leads see it.
void read_fully(std::string_view raw, Found& found) {
  message::Message mail{.identity = message::read_identity(raw), .content = message::parse(raw)};
  message::classify(mail);
  add(mail.content, found);
  found.header_bytes += header_size(mail.identity);
}

void read_by_gmime(const peers::Gmime& gmime, std::string_view raw, Found& found) {
  const auto reading = gmime.read(raw);
  if (!reading) return;
  found.header_bytes += header_size(*reading);
  for (const auto& leaf : reading->leaves) {
    found.text += leaf.text.size();
    found.files += leaf.sha256.empty() ? 0 : 1;
    found.file_bytes += leaf.size;
  }
}

/// Structure and header fields as they stand; nothing is decoded.
void read_by_mimetic(std::string_view raw, Found& found) {
  mimetic::MimeEntity entity;
  entity.load(raw.data(), raw.data() + raw.size(), 0);
  found.text += entity.body().size();
}

struct Reader {
  std::string_view name{};
  std::function<void(std::string_view, Found&)> read{};
  std::vector<double> seconds{};  ///< of each round
  Found found{};                  ///< in the last round
};

void run_round(const std::vector<std::string>& mails, std::vector<Reader>& readers, std::size_t round) {
  for (Reader& reader : readers) {
    reader.found = {};
    reader.seconds.push_back(0);
  }
  for (std::size_t at = 0; at < mails.size(); at += kSlice) {
    const std::size_t end = std::min(mails.size(), at + kSlice);
    for (std::size_t turn = 0; turn < readers.size(); ++turn) {
      Reader& reader = readers[(turn + round + at / kSlice) % readers.size()];
      const auto before = cpu_nanoseconds();
      for (std::size_t i = at; i < end; ++i) reader.read(mails[i], reader.found);
      reader.seconds.back() += static_cast<double>(cpu_nanoseconds() - before) / 1e9;
    }
  }
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// The ratio of each round, and the median of these: what disturbs a round disturbs both.
std::vector<double> ratios(const Reader& reader, const Reader& yardstick) {
  std::vector<double> result;
  for (std::size_t i = 0; i < reader.seconds.size(); ++i) result.push_back(reader.seconds[i] / yardstick.seconds[i]);
  return result;
}

void print(const std::vector<std::string>& mails, const std::vector<Reader>& readers) {
  std::size_t bytes = 0;
  for (const auto& mail : mails) bytes += mail.size();
  const double count = static_cast<double>(mails.size());
  const double megabytes = static_cast<double>(bytes) / 1e6;
  fmt::print("{} mails, {:.1f} MB, {} rounds, in turns of {} mails, CPU time of one thread\n\n", mails.size(),
             megabytes, readers.front().seconds.size(), kSlice);
  fmt::print("{:<32} {:>9} {:>15} {:>9} {:>8} {:>8} {:>13}\n", "reader", "us/mail", "least - most", "mails/s", "MB/s",
             "x GMime", "least - most");
  for (const Reader& reader : readers) {
    const double seconds = median(reader.seconds);
    const auto [least, most] = std::minmax_element(reader.seconds.begin(), reader.seconds.end());
    const auto ratio = ratios(reader, readers.front());
    const auto [low, high] = std::minmax_element(ratio.begin(), ratio.end());
    fmt::print("{:<32} {:>9.1f} {:>15} {:>9.0f} {:>8.0f} {:>8.2f} {:>13}\n", reader.name, seconds / count * 1e6,
               fmt::format("{:.1f} - {:.1f}", *least / count * 1e6, *most / count * 1e6), count / seconds,
               megabytes / seconds, median(ratio), fmt::format("{:.2f} - {:.2f}", *low, *high));
  }
  fmt::print("\n{:<32} {:>9} {:>15} {:>9} {:>8}\n", "found", "text MB", "attachments", "their MB", "names MB");
  for (const Reader& reader : readers) {
    fmt::print("{:<32} {:>9.2f} {:>15} {:>9.2f} {:>8.2f}\n", reader.name, static_cast<double>(reader.found.text) / 1e6,
               reader.found.files, static_cast<double>(reader.found.file_bytes) / 1e6,
               static_cast<double>(reader.found.header_bytes) / 1e6);
  }
}

int run(int argc, char** argv) {
  int rounds = 5;
  if (argc > 2) {
    const std::string_view text = argv[2];
    std::from_chars(text.data(), text.data() + text.size(), rounds);
  }
  if (argc < 2 || argc > 3 || rounds < 1 || !fs::is_directory(argv[1])) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  const auto mails = load(argv[1]);
  if (mails.empty()) {
    fmt::print(stderr, "parse_bench: no mail below {}\n", argv[1]);
    return 2;
  }

  const peers::Gmime gmime;
  std::vector<Reader> readers{
      {"GMime extract", [&](std::string_view raw, Found& found) { read_by_gmime(gmime, raw, found); }},
      {"parse", read_by_parse},
      {"parse, identity and kind", read_fully},
      {"mimetic, structure alone", read_by_mimetic}};
  run_round(mails, readers, 0);  // warms up: caches, converters, tables
  for (Reader& reader : readers) reader.seconds.clear();
  for (int round = 0; round < rounds; ++round) run_round(mails, readers, static_cast<std::size_t>(round));
  print(mails, readers);
  return 0;
}

}  // namespace
}  // namespace leadmail::bench

int main(int argc, char** argv) { return leadmail::bench::run(argc, argv); }
