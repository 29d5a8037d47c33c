// Which parts of a message are its text, and that text: the choice among alternatives, the pieces around attachments,
// charset, transfer encoding and format=flowed undone. Also the one part that commands may be read from.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/limits.h"
#include "mail/message/prepass.h"
#include "mail/message/uuencode.h"

namespace leadmail::mail::message {

/// The text of every leaf, decoded once and kept: UTF-8, \n, no control characters but tab.
class Leaves {
 public:
  Leaves(const Structure& structure, const Limits& limits)
      : structure_(structure), limits_(limits), texts_(structure.parts.size()), left_(kTexts * limits.text) {}

  /// The text of a leaf: of text/html its source. At most limits.text bytes, and four times that of all leaves.
  const std::string& text(std::size_t part);
  /// Nothing had to be guessed or replaced when it was decoded.
  bool is_clean(std::size_t part);
  /// The files that were written into a plain text; they are no longer in text().
  const std::vector<UuFile>& files(std::size_t part);
  /// What was wrong with the texts read so far.
  [[nodiscard]] const std::vector<std::string>& defects() const { return defects_; }

 private:
  struct Text {
    std::string text{};
    std::vector<UuFile> files{};
    bool clean = true;
  };
  static constexpr std::size_t kTexts = 4;
  const Text& leaf(std::size_t part);
  void take_enclosed(Text& leaf);
  void note_once(std::string_view what);

  const Structure& structure_;
  const Limits& limits_;
  std::vector<std::optional<Text>> texts_;
  std::size_t left_;  ///< bytes of text that may still be kept
  std::vector<std::string> defects_{};
};

struct Body {
  std::string text{};                ///< the whole body as text
  std::string html{};                ///< the HTML it came with, pieces joined; "" when there is none
  bool text_is_from_html = false;    ///< no plain text stood beside the HTML
  std::vector<std::size_t> shown{};  ///< parts that are body, not attachment
};

/// The body of the message (or message part) at `root`.
Body read_body(const Structure& structure, Leaves& leaves, std::size_t root, const Limits& limits);

/// The first text of the message if it is plain text beyond doubt: declared so or by default, no attachment, cleanly
/// decoded, the only plain text among its alternatives, its place not guessed. Commands are read from nothing else.
std::optional<std::size_t> command_part(const Structure& structure, Leaves& leaves);

/// CRLF and CR become \n; control characters but tab go.
void normalise_text(std::string& text);

}  // namespace leadmail::mail::message
