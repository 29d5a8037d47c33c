// Taking one person out of the whole book: every row, every text, every mail that quotes him, the words by which he was
// found. Who he is, what his texts are and how a mail's bytes are changed, the caller says; this folder reads no MIME.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::store {

/// The text without him; nothing when he is not in it. Pure.
using Redact = std::function<std::optional<std::string>(std::string_view)>;

/// What is to be erased.
struct Erasure {
  std::vector<std::string> addresses{};  ///< lower case
  std::vector<LeadId>
      leads{};  ///< that are about nobody else: they go; mails of theirs that are not below stay, of no lead
  std::vector<MailId> mails{};  ///< that he wrote, or that only tell of him
  Redact text{};
  Redact value{};  ///< of a lead: the same for the same value, and nothing where only he stands
  Redact mail{};   ///< the bytes of a mail, as they came or as we sent them
  /// The keyed hash under which an address or a fingerprint is remembered.
  std::function<std::string(std::string_view)> mark{};
};

struct Erased {
  std::int64_t leads = 0;     ///< gone
  std::int64_t mails = 0;     ///< gone
  std::int64_t redacted = 0;  ///< mails of others that spoke of him
  std::int64_t letters = 0;   ///< mails of ours that spoke of him
  std::int64_t values = 0;    ///< other texts
};

}  // namespace leadmail::store
