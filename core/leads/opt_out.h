// Whether somebody asks, in his own words, not to be written to any more. Looks at new text only: what is quoted, and
// the footers of our own mail, are not his words. It never decides anything; a person does (#dnc).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace leadmail::leads {

/// What asks to be left alone.
struct OptOut {
  std::string sentence{};  ///< his words, on one line
  std::string language{};  ///< of the words that were understood: en es vi fr de pt it nl pl ru zh ja
};

/// The first sentence of `new_text` that asks for it, or nothing. Built for few false alarms: a part of a sentence has
/// to say it as a whole, a bare word ("STOP") counts only where it is all that was written, and words like "button" or
/// "supplier" beside it take it back. Reads the first 4 KiB; linear time.
std::optional<OptOut> read_opt_out(std::string_view new_text);

/// A text that was read ahead of need, where nobody waits for it, and what was found. It speaks for that text alone.
class OptOutReading {
 public:
  OptOutReading() = default;
  explicit OptOutReading(std::string_view new_text);

  /// read_opt_out(new_text); only another text than the one of this reading has to be read for it.
  [[nodiscard]] std::optional<OptOut> of(std::string_view new_text) const;

 private:
  std::string read_{};  ///< as much of the text as is looked at
  std::optional<OptOut> found_{};
};

/// The words of one language. A pattern is a line of steps, parted by spaces: "a|b" is either, "?a" may be missing,
/// "a*" begins so, "a_b" is two words, ".." leaves a few words out, "^" and "$" are the ends of a part of a sentence.
/// Letters are folded, apostrophes left out.
struct OptOutWords {
  std::string_view language{};
  std::string_view patterns{};  ///< one a line
  std::string_view alone{};     ///< one a line: enough when nothing else was written
  std::string_view unless{};    ///< words that take it back, anywhere in the sentence; parted by spaces, "a*" begins so
};

std::span<const OptOutWords> opt_out_words();

}  // namespace leadmail::leads
