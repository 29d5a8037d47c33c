// Bytes in whatever charset a mail claims -> valid UTF-8, always. The claim is doubted: text that is valid UTF-8 is
// UTF-8 when the label is one that people write without knowing; a label nobody knows is guessed. Conversion by ICU.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// Is it well-formed UTF-8 without surrogates, overlong forms or values above U+10FFFF? RFC 3629 §4
bool is_valid_utf8(std::string_view bytes);

/// The same text with every ill-formed sequence replaced by one U+FFFD and NUL dropped.
std::string repair_utf8(std::string_view bytes);

/// Bytes without a label: UTF-8 if they are valid UTF-8 (or nearly), else windows-1252.
std::string guess_utf8(std::string_view bytes);

/// `bytes` labelled `charset`, as valid UTF-8. An empty or unknown label is guessed. Bytes that mean nothing become
/// U+FFFD.
std::string to_utf8(std::string_view bytes, std::string_view charset);

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
