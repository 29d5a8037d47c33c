// One mail in two readings, ours and GMime's, and where they differ.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/message.h"
#include "mail/message/prepass.h"
#include "tests/peers/gmime_reading.h"

namespace leadmail::peers {

/// One mail as we read it, in the same words as GMime's reading.
struct Ours {
  explicit Ours(std::string_view raw);

  /// The text of a part.
  [[nodiscard]] std::string text(std::size_t part) const;
  /// Parts that hold no other, in the order of the mail.
  [[nodiscard]] std::vector<std::size_t> leaves() const;

  mail::message::Identity identity;
  mail::message::Structure structure;
  mail::message::Content content;
};

/// Both readings of the same bytes, which outlive it.
struct Mail {
  std::string_view raw;
  const Ours& ours;
  const Reading& theirs;
};

struct Difference {
  std::string_view field{};
  std::string ours{};
  std::string theirs{};
  std::size_t part = 0;  ///< of a text or file: which one of ours
};

/// Header fields, leaves by type, their texts and bytes, attachments: white space apart, what is not the same.
std::vector<Difference> differences(const Mail& mail);

/// Why a difference is no fault of ours: the reason of its class, from a reviewed table; "" when nobody knows one.
std::string_view reason_of(const Mail& mail, const Difference& difference);

}  // namespace leadmail::peers
