#include "daemon/admin/mail_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <vector>

#include "mail/message/sha256.h"

namespace leadmail::daemon::admin {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 256UL * 1024;  // of a message that is too long
constexpr std::string_view kFrom = "From ";

using Stream = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

int keep_open(std::FILE* /*stream*/) { return 0; }

Error failure(const std::string& path, int error) {
  return Error{Next::give_up, path + ": " + std::generic_category().message(error)};
}

Result<Stream> open_stream(const std::string& path) {
  if (path == "-") return Stream(stdin, &keep_open);
  Stream stream(std::fopen(path.c_str(), "rbe"), &std::fclose);
  if (!stream) return failure(path, errno);
  return stream;
}

/// Lines of a stream, each with its line end; a line that never ends comes in pieces.
class Lines {
 public:
  Lines(std::FILE* stream, std::string path) : stream_(stream), path_(std::move(path)) {}

  /// The next piece; nothing at the end.
  Result<std::optional<std::string>> next() {
    constexpr std::size_t kPiece = 64UL * 1024;
    while (true) {
      const auto end = buffer_.find('\n', at_);
      if (end != std::string::npos) return take(end + 1 - at_);
      if (buffer_.size() - at_ >= kPiece) return take(buffer_.size() - at_);
      buffer_.erase(0, at_);
      at_ = 0;
      const auto old = buffer_.size();
      buffer_.resize(old + kPiece);
      const auto got = std::fread(buffer_.data() + old, 1, kPiece, stream_);
      buffer_.resize(old + got);
      if (got > 0) continue;
      if (std::ferror(stream_) != 0) return failure(path_, errno);
      if (buffer_.empty()) return std::optional<std::string>{};
      return take(buffer_.size());
    }
  }

 private:
  std::optional<std::string> take(std::size_t size) {
    auto line = buffer_.substr(at_, size);
    at_ += size;
    return line;
  }

  std::FILE* stream_;
  std::string path_;
  std::string buffer_{};
  std::size_t at_ = 0;
};

/// Gathers a message and keeps no more of it than the limit allows.
class Gatherer {
 public:
  explicit Gatherer(std::uint64_t most) : most_(most) {}
  void add(std::string_view piece) {
    size_ += piece.size();
    if (size_ <= most_) {
      raw_ += piece;
    } else if (!partial_) {
      partial_ = true;
      raw_.resize(std::min(raw_.size(), header_size() + kHead));
    }
  }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  FoundMail finish(std::string name) {
    FoundMail mail{std::move(name), std::move(raw_), partial_};
    raw_.clear();
    size_ = 0;
    partial_ = false;
    return mail;
  }

 private:
  [[nodiscard]] std::size_t header_size() const {
    const auto end = std::min(raw_.find("\n\n"), raw_.find("\n\r\n"));
    return std::min(end, kHead);
  }
  std::uint64_t most_;
  std::string raw_{};
  std::uint64_t size_ = 0;
  bool partial_ = false;
};

std::string digest_of(std::string_view raw) { return mail::message::sha256_hex(raw).substr(0, 32); }

/// ">From ", ">>From " …: one ">" was put before it. mboxrd
bool is_quoted_from(std::string_view line) {
  const auto start = line.find_first_not_of('>');
  return start != std::string_view::npos && start > 0 && line.substr(start).starts_with(kFrom);
}

/// "From a@x Sat Nov 21 10:00:00 2026": most writers give a time, and few sentences that begin with "From" have one.
bool has_time(std::string_view line) {
  const auto digit = [&](std::size_t at) { return line[at] >= '0' && line[at] <= '9'; };
  for (auto colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1)) {
    if (colon >= 2 && colon + 2 < line.size() && digit(colon - 1) && digit(colon - 2) && digit(colon + 1)) return true;
  }
  return false;
}

bool is_blank(std::string_view line) { return line == "\n" || line == "\r\n"; }

/// The blank line before the next "From " belongs to the mbox. RFC 4155 Appendix A
void drop_blank_line(std::string& raw) {
  if (raw.ends_with("\n\n")) raw.pop_back();
  if (raw.ends_with("\n\r\n")) raw.resize(raw.size() - 2);
}

/// What comes from standard input has no place: its digest names it.
std::string name_of(const std::string& path, std::string_view raw, std::size_t number) {
  if (path == "-") return "stdin:" + digest_of(raw);
  std::error_code ignored;
  auto name = fs::absolute(path, ignored).lexically_normal().string();
  if (number > 0) name += "#" + std::to_string(number);
  return name;
}

class FileVisitor {
 public:
  FileVisitor(const std::string& path, bool may_be_mbox, std::uint64_t most, const MailVisitor& visit)
      : path_(path), may_be_mbox_(may_be_mbox), gathered_(most), visit_(visit) {}

  /// False: the visitor wants no more.
  Result<bool> run() {
    auto stream = open_stream(path_);
    if (!stream) return std::move(stream.error());
    Lines lines(stream->get(), path_);
    bool starts_line = true;
    bool after_blank = true;
    while (true) {
      auto piece = lines.next();
      if (!piece) return std::move(piece.error());
      if (!*piece) break;
      const std::string_view line = **piece;
      if (is_first_) begin(line);
      const bool is_separator = starts_line && after_blank && is_separator_line(line);
      if (is_separator) {
        if (!hand_over()) return false;
      } else {
        gathered_.add(is_mbox_ && starts_line && is_quoted_from(line) ? line.substr(1) : line);
      }
      after_blank = starts_line && is_blank(line);
      starts_line = line.ends_with('\n');
    }
    return hand_over();
  }

 private:
  void begin(std::string_view line) {
    is_first_ = false;
    is_mbox_ = may_be_mbox_ && line.starts_with(kFrom);
    has_times_ = has_time(line);
  }

  /// As the file's first separator: an unquoted "From the start" in a text is none where separators have a time.
  [[nodiscard]] bool is_separator_line(std::string_view line) const {
    return is_mbox_ && line.starts_with(kFrom) && (!has_times_ || has_time(line));
  }

  bool hand_over() {
    if (is_mbox_ && gathered_.empty()) return true;
    auto mail = gathered_.finish({});
    if (is_mbox_) drop_blank_line(mail.raw);
    mail.name = name_of(path_, mail.raw, is_mbox_ ? ++number_ : 0);
    return visit_(std::move(mail));
  }

  const std::string& path_;
  bool may_be_mbox_;
  Gatherer gathered_;
  const MailVisitor& visit_;
  bool is_first_ = true;
  bool is_mbox_ = false;
  bool has_times_ = false;
  std::size_t number_ = 0;
};

/// Files of that name's ending in their order; `passed_over` counts what else is no hidden entry.
Result<std::vector<std::string>> files_of(const fs::path& folder, std::string_view ending, std::size_t& passed_over) {
  std::vector<std::string> files;
  std::error_code failed;
  fs::directory_iterator entries(folder, failed);
  for (; !failed && entries != fs::directory_iterator{}; entries.increment(failed)) {
    std::error_code ignored;
    const auto name = entries->path().filename().string();
    if (name.starts_with('.')) continue;
    if (name.ends_with(ending) && entries->is_regular_file(ignored)) {
      files.push_back(entries->path().string());
    } else {
      ++passed_over;
    }
  }
  if (failed) return failure(folder.string(), failed.value());
  std::ranges::sort(files);
  return files;
}

/// A message moves from new/ to cur/ and gets flags behind ":2,": neither is part of its name.
/// cr.yp.to/proto/maildir.html
std::string maildir_name(const fs::path& maildir, const fs::path& file) {
  std::error_code ignored;
  const auto unique = file.filename().string();
  return (fs::absolute(maildir, ignored).lexically_normal() / unique.substr(0, unique.find(":2,"))).string();
}

Result<std::size_t> visit_folder(const fs::path& folder, std::uint64_t most, const MailVisitor& visit) {
  std::error_code ignored;
  const bool is_maildir = fs::is_directory(folder / "cur", ignored) || fs::is_directory(folder / "new", ignored);
  std::vector<fs::path> parts{folder};
  if (is_maildir) parts = {folder / "cur", folder / "new"};
  std::size_t passed_over = 0;
  for (const auto& part : parts) {
    if (is_maildir && !fs::is_directory(part, ignored)) continue;
    const auto files = files_of(part, is_maildir ? "" : ".eml", passed_over);
    if (!files) return files.error();
    for (const auto& file : *files) {
      const auto named = [&](FoundMail mail) {
        if (is_maildir) mail.name = maildir_name(folder, file);
        return visit(std::move(mail));
      };
      const auto more = FileVisitor(file, !is_maildir, most, named).run();
      if (!more) return more.error();
      if (!*more) return passed_over;
    }
  }
  return passed_over;
}

}  // namespace

Result<std::size_t> visit_mail(const std::string& path, std::uint64_t max_message, const MailVisitor& visit) {
  std::error_code ignored;
  if (path != "-" && fs::is_directory(path, ignored)) return visit_folder(path, max_message, visit);
  auto more = FileVisitor(path, true, max_message, visit).run();
  if (!more) return std::move(more.error());
  return std::size_t{0};
}

std::string passed_over_text(const std::string& path, std::size_t passed_over) {
  if (passed_over == 0) return {};
  return path + ": " + std::to_string(passed_over) +
         " files or folders in it were passed over: name them, for only *.eml are taken of a folder that is no Maildir";
}

Result<std::string> read_mail_file(const std::string& path, std::uint64_t most) {
  auto stream = open_stream(path);
  if (!stream) return std::move(stream.error());
  std::string raw;
  std::string piece(64UL * 1024, '\0');
  while (raw.size() < most) {
    const auto got = std::fread(piece.data(), 1, piece.size(), stream->get());
    raw.append(piece, 0, got);
    if (got == 0 && std::ferror(stream->get()) != 0) return failure(path, errno);
    if (got == 0) break;
  }
  if (raw.size() > most) raw.resize(most);
  return raw;
}

}  // namespace leadmail::daemon::admin
