// What an IMAP server says, from bytes to typed responses. Counts octets: a literal is taken as opaque bytes, whatever
// it holds. Bounded before anything is allocated; linear. Knows no socket and no command. RFC 3501 §7, §9
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::mail::imap {

/// OK, NO, BAD, BYE or PREAUTH, with or without a tag. RFC 3501 §7.1
struct Status {
  enum class Kind { ok, no, bad, bye, preauth };
  std::string tag{};  ///< empty: untagged
  Kind kind = Kind::ok;
  std::string code{};       ///< of the response code, in upper case: "UIDVALIDITY"; empty: none
  std::string arguments{};  ///< what follows it inside the brackets
  std::string text{};       ///< for people; may be empty, may hold any octet except CR and LF

  /// "NO [UNAVAILABLE] come back later": one line without control characters, at most 300 octets.
  std::string words() const;
};

/// "+ …": the server waits for us. RFC 3501 §7.5
struct Continuation {
  std::string text{};
};

/// "* 12 EXISTS", "* 3 EXPUNGE", "* 1 RECENT". RFC 3501 §7.3, §7.4.1
struct Count {
  enum class Of { exists, expunge, recent };
  Of of = Of::exists;
  std::uint32_t number = 0;
};

/// One BODY[…] item. RFC 3501 §7.4.2
struct Section {
  std::string name{};                     ///< what stands in the brackets, in upper case; "" for the whole message
  std::optional<std::uint64_t> origin{};  ///< of a partial fetch
  std::optional<std::string> value{};     ///< nothing: NIL
};

/// "* 5 FETCH (…)". Items that nobody here asks for are skipped; items in any order; RFC 3501 §7.4.2
struct Fetch {
  std::uint32_t sequence = 0;
  std::optional<std::uint32_t> uid{};
  std::optional<Time> internal_date{};  ///< nothing also when it could not be read
  std::optional<std::uint64_t> size{};
  std::vector<Section> sections{};
};

/// "* SEARCH 2 84 882".
struct Search {
  std::vector<std::uint32_t> numbers{};
};

/// "* LIST (\Sent) "/" name", or XLIST or LSUB. The name as on the wire: modified UTF-7.
struct ListEntry {
  std::vector<std::string> attributes{};
  char delimiter = '\0';  ///< 0: NIL
  std::string name{};
};

/// "* CAPABILITY …", in upper case.
struct Capabilities {
  std::vector<std::string> names{};
};

/// A response that nobody here needs, or that makes no sense although its octets could be counted.
struct Other {
  std::string line{};  ///< its first 200 octets, literals left out
};

using Response = std::variant<Status, Continuation, Count, Fetch, Search, ListEntry, Capabilities, Other>;

struct ReaderLimits {
  std::size_t line = 1U << 20U;        ///< all text of one response: 60,000 UIDs in one SEARCH are 650 kB
  std::uint64_t literals = 1U << 20U;  ///< all literals of one response together
  int nesting = 64;
};

/// Feed it bytes, take responses. After an Error (always Next::retry: the connection is of no more use) it stays
/// broken.
class ResponseReader {
 public:
  explicit ResponseReader(ReaderLimits limits = {}) : limits_(limits) {}

  /// Changes the cap of all literals of one response, from the next literal on.
  void allow_literals(std::uint64_t octets) { limits_.literals = octets; }

  void feed(std::string_view bytes);

  /// The next complete response, or nothing: feed more.
  Result<std::optional<Response>> next();

  /// Octets of the literal that is being read and of those of the same response: how far a large answer has come.
  std::uint64_t literal_octets() const { return literal_octets_; }

  /// Bytes were fed that next() has not made a response of.
  bool in_the_middle() const { return taken_ < buffer_.size() || !text_.empty() || !literals_.empty(); }

 private:
  void take_literal(std::string_view& bytes);
  Result<bool> take_line();
  Result<bool> open_literal();
  Result<Response> complete();
  Error broken(std::string what);

  ReaderLimits limits_;
  std::string buffer_{};  ///< fed and not yet looked at, from taken_ on
  std::size_t taken_ = 0;
  std::string text_{};          ///< the response up to now; "{}" stands for each literal
  std::size_t line_start_ = 0;  ///< in text_, behind the last literal
  std::vector<std::string> literals_{};
  std::uint64_t literal_octets_ = 0;
  std::uint64_t missing_ = 0;  ///< octets of the last literal that are still to come
  std::optional<Error> broken_{};
};

/// An INTERNALDATE, as "17-Jul-1996 02:44:25 -0700" (day with a space or a zero); nothing for anything else. RFC 3501
/// §9
std::optional<Time> parse_internal_date(std::string_view text);

/// `text` without control characters, at most `most` octets: fit for a log line.
std::string printable(std::string_view text, std::size_t most = 300);

}  // namespace leadmail::mail::imap
