// Address cards as phones and mail programs exchange them. Written as version 4 (RFC 6350); versions 2.1, 3 and 4 are
// read, 2.1 with its quoted-printable and its charsets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadmail::leads {

inline constexpr std::size_t kMostProperties = 2000;           ///< of one card
inline constexpr std::size_t kLongestProperty = 256UL * 1024;  ///< bytes, unfolded

/// One property: "EMAIL;TYPE=work:maria@x.example". Values are texts with nothing escaped; those with parts (N, ORG,
/// ADR) have them in `parts`.
struct CardProperty {
  std::string name{};                                             ///< in capitals, without its group
  std::vector<std::pair<std::string, std::string>> parameters{};  ///< names in capitals
  std::vector<std::string> parts{};                               ///< at least one

  [[nodiscard]] const std::string& value() const { return parts.front(); }
  [[nodiscard]] std::string parameter(std::string_view wanted) const;
};

struct Card {
  std::size_t line = 0;  ///< of its BEGIN, from 1
  std::vector<CardProperty> properties{};
  std::string wrong{};  ///< why it can't be read; empty when it can
};

/// The card as bytes: BEGIN, VERSION, the properties, END; lines folded at 75 octets, never inside a character. RFC
/// 6350 §3.2
std::string card_text(const std::vector<CardProperty>& properties);

/// Reads cards one after the other; what stands between them is skipped. Linear time, memory of one card.
class CardReader {
 public:
  explicit CardReader(std::string_view text);
  std::optional<Card> next();

 private:
  bool take_line(std::string& line);

  std::string_view rest_;
  std::size_t line_ = 1;        // of what comes next
  std::size_t line_began_ = 1;  // of the line that was taken last
  bool is_quoted_ = false;      // its value is quoted-printable
};

}  // namespace leadmail::leads
