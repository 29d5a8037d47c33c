// Mail in files: one message a file, mbox, Maildir, or standard input. Each message gets a name by which the ledger
// knows it again. Memory is bounded by one message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace leadmail::daemon::admin {

/// One message as it lay there.
struct FoundMail {
  std::string name{};  ///< absolute path; with "#n" for the n-th of an mbox, without the flags of a Maildir
  std::string raw{};
  bool partial = false;  ///< longer than the limit: header and first 256 KiB
};

/// Answers false to stop.
using MailVisitor = std::function<bool(FoundMail)>;

/// All messages of `path` in their order: a file that begins with "From " is an mbox (RFC 4155, with ">From " as mboxrd
/// writes it), a folder with cur/ or new/ is a Maildir, of any other folder its *.eml are taken; "-" is standard input.
/// Answers how many files and folders of a folder were passed over because nothing says that they are mail. Error: it
/// can't be read; what was visited before stays visited.
Result<std::size_t> visit_mail(const std::string& path, std::uint64_t max_message, const MailVisitor& visit);

/// "12 files or folders of PATH were passed over …"; "" for none.
std::string passed_over_text(const std::string& path, std::size_t passed_over);

/// One file as it is, at most `most` bytes of it; "-" is standard input.
Result<std::string> read_mail_file(const std::string& path, std::uint64_t most);

}  // namespace leadmail::daemon::admin
