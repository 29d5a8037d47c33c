// The structure of a message: where each part begins and ends, and what its header says. One pass over the lines with a
// stack of boundaries; no recursion; every limit of limits.h. Bodies are views into the bytes given, nothing is copied
// but encoded messages. What is missing is inferred: a boundary nobody declared, one that never occurs, an end that
// never comes. mimetic's own scanner is not used for this: it looks for a boundary in the middle of lines, too, and its
// time grows with the square of a header.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/limits.h"
#include "mail/message/message.h"
#include "mail/message/parameter.h"
#include "mail/message/transfer.h"

namespace leadmail::mail::message {

struct Part {
  Header header{};
  Parameters type{};         ///< Content-Type; value "type/subtype", the default of RFC 2045 §5.2 filled in
  Parameters disposition{};  ///< Content-Disposition
  Encoding encoding = Encoding::identity;
  std::string_view raw{};   ///< header and body
  std::string_view body{};  ///< as it came, transfer encoding not undone
  std::size_t parent = 0;   ///< index into Structure::parts; the top is its own parent
  std::size_t depth = 0;
  std::vector<std::size_t> children{};  ///< of a multipart, the one of a message/rfc822 or of S/MIME
  bool declared_type = false;           ///< there was a Content-Type that could be read
  bool flat = false;                    ///< beyond a limit: an opaque attachment whatever it says
  bool inferred = false;                ///< its boundary was guessed

  [[nodiscard]] bool is(std::string_view wanted) const { return type.value == wanted; }
  [[nodiscard]] bool is_multipart() const { return !flat && type.value.starts_with("multipart/"); }
  [[nodiscard]] bool is_text() const { return !flat && type.value.starts_with("text/"); }
  [[nodiscard]] bool is_message() const {
    return type.value == "message/rfc822" || type.value == "message/global" || type.value == "message/news";
  }
  /// S/MIME in one piece; signed-data has what it signs as its child. RFC 8551 §3.2
  [[nodiscard]] bool is_smime() const {
    return type.value == "application/pkcs7-mime" || type.value == "application/x-pkcs7-mime";
  }
  [[nodiscard]] bool is_attachment() const { return disposition.value == "attachment"; }
};

/// What a message has used up of what all its parts share.
struct Used {
  std::size_t header_bytes = 0;
  std::size_t header_fields = 0;
  std::size_t opened = 0;  ///< bytes of Structure::owned
  std::size_t doubts = 0;  ///< parts of which it was asked which of their types is meant
};

struct Structure {
  std::vector<Part> parts{};        ///< in document order as they were found; parts[0] is the message itself
  std::deque<std::string> owned{};  ///< decoded messages and repaired line ends that parts look into
  Used used{};
  std::vector<std::string> defects{};
};

/// The parts of `raw`, which must outlive the result. Never throws; at least one part.
Structure read_structure(std::string_view raw, const Limits& limits = {});

/// The file name that a part gives itself: Content-Disposition first, then Content-Type; "" when none.
std::string_view declared_name(const Part& part);

}  // namespace leadmail::mail::message
