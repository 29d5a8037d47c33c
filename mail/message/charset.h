// Bytes in whatever charset a mail claims -> valid UTF-8, always. The claim is doubted: what is UTF-8 beyond chance is
// UTF-8 whatever it says, what fails as labelled is guessed, and so is a label nobody knows (charset_guess.h).
// Conversion by ICU, and by charset_table.h for what ICU lacks.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// Is it well-formed UTF-8 without surrogates, overlong forms or values above U+10FFFF? RFC 3629 §4
bool is_valid_utf8(std::string_view bytes);

/// The same text with every ill-formed sequence replaced by one U+FFFD and NUL dropped.
std::string repair_utf8(std::string_view bytes);

/// Bytes without a label: UTF-8 if they are valid UTF-8 (or nearly), else as charset_guess.h guesses.
std::string guess_utf8(std::string_view bytes);

/// `bytes` labelled `charset`, as valid UTF-8. An empty or unknown label is guessed. Bytes that mean nothing become
/// U+FFFD.
std::string to_utf8(std::string_view bytes, std::string_view charset);

struct CharsetText {
  std::string text{};    ///< valid UTF-8, without a byte order mark
  bool doubted = false;  ///< not read as labelled: the label was missing (and needed), unknown, or wrong
};

/// The same, and whether the label was believed.
CharsetText read_charset(std::string_view bytes, std::string_view charset);

/// Does a charset keep state between characters, so that pieces of it cannot be joined as bytes? (ISO-2022-JP, UTF-7,
/// HZ …)
bool is_stateful(std::string_view charset);

/// Do we (or ICU) know this label?
bool is_known_charset(std::string_view charset);

/// The longest prefix of valid UTF-8 that has at most `limit` bytes and ends at a character.
std::string_view utf8_prefix(std::string_view text, std::size_t limit);

/// For comparing words of any language: NFKC, case folded ("ß" becomes "ss", a no-break space a space, "：" a colon).
std::string fold_case(std::string_view text);

}  // namespace leadmail::mail::message
