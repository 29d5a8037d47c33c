// What the book holds of anybody, for who looks for one person in it: every mail, every letter, every text. Reads only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::store {

/// A mail as it is kept, without its bytes.
struct KeptText {
  MailId id{};
  std::optional<LeadId> lead{};
  std::string mailbox{};
  std::string direction{};
  std::string kind{};
  Time received{};
  std::string message_id{};
  std::string from_name{};
  std::string from_address{};
  std::string subject{};
  std::string reply{};
  std::string signature{};
  std::string text{};
};

/// A mail of ours.
struct KeptLetter {
  OutboxId id{};
  std::optional<LeadId> lead{};
  std::string kind{};
  Time created{};
  std::vector<std::string> rcpt_to{};
  std::string bytes{};  ///< "" when they are not kept any more
};

/// A text and where it stands.
struct KeptRow {
  std::string table{};
  std::string column{};
  std::int64_t row = 0;  ///< 0: the table numbers none
  std::string text{};
};

struct BackupFile {
  std::string file{};
  Time at{};
};

class PersonReader {
 public:
  /// Error as for Reader::open.
  static Result<std::unique_ptr<PersonReader>> open(const std::string& path);
  virtual ~PersonReader() = default;

  /// Leads of which one of these addresses (lower case) is a contact, ascending.
  virtual Result<std::vector<LeadId>> leads_with(const std::vector<std::string>& addresses) = 0;
  virtual Result<void> mails(const std::function<Result<void>(const KeptText&)>& each) = 0;
  /// The bytes of a mail; nothing when none are kept.
  virtual Result<std::optional<std::string>> raw(MailId mail) = 0;
  virtual Result<void> letters(const std::function<Result<void>(const KeptLetter&)>& each) = 0;
  /// Every text of every table; of JSON each string by itself.
  virtual Result<void> texts(const std::function<Result<void>(const KeptRow&)>& each) = 0;
  /// Words of the full-text index that belong to no row: none, after an erasure.
  virtual Result<std::int64_t> stray_words() = 0;
  /// Copies of the book that were made, oldest first.
  virtual Result<std::vector<BackupFile>> backups() = 0;
};

}  // namespace leadmail::store
