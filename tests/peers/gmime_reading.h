// What GMime (LGPL, used by tests alone) makes of a mail, with the same work done as ours: structure, decoded headers,
// every text in UTF-8, every attachment decoded, measured and hashed. The yardstick of the benchmark and the second
// opinion of the differential test; nothing of the product links it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::peers {

/// A part that holds no other part.
struct Leaf {
  std::string content_type{};  ///< "type/subtype", lower case
  std::string filename{};      ///< decoded
  std::string charset{};       ///< as declared
  bool is_attachment = false;  ///< Content-Disposition says so
  std::string text{};          ///< of a text that is no file, UTF-8
  std::uint64_t size = 0;      ///< decoded bytes of a file: an attachment, anything named, anything but text
  std::string sha256{};        ///< and their hash, hex
};

struct Reading {
  std::vector<mail::message::Address> from{};
  std::vector<mail::message::Address> to{};
  std::vector<mail::message::Address> cc{};
  std::string subject{};
  std::string message_id{};
  std::vector<std::string> in_reply_to{};
  std::vector<std::string> references{};
  std::optional<std::int64_t> date{};  ///< seconds since 1970
  std::vector<Leaf> leaves{};          ///< in the order of the mail
};

/// Readies GMime, which a process can do once.
class Gmime {
 public:
  Gmime();
  ~Gmime();
  Gmime(const Gmime&) = delete;
  Gmime& operator=(const Gmime&) = delete;

  /// Nothing when GMime finds no message in the bytes.
  [[nodiscard]] std::optional<Reading> read(std::string_view raw) const;
};

}  // namespace leadmail::peers
