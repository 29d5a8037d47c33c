// The words by which clients of many languages mark quotes, forwards and signatures: data, and the smallest questions
// about it. Case is folded for ASCII only; other scripts stand in the tables as clients write them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace leadmail::mail::message {

/// What a line "Label: value" of a quoted header block is about.
enum class HeaderLabel { from, date, to, cc, subject, other };

/// The label at the start of a line such as "*From:* Ann" or "Objet : Hola", and what follows the colon.
struct LabelledLine {
  HeaderLabel label = HeaderLabel::other;
  std::string_view value{};
};
std::optional<LabelledLine> header_label(std::string_view line);

/// "-----Original Message-----" and its kin in other languages. `line` is trimmed.
bool is_original_marker(std::string_view line);

/// "---------- Forwarded message ---------", "Begin forwarded message:" and their kin. `line` is trimmed.
bool is_forward_marker(std::string_view line);

/// "wrote:", "schrieb", "đã viết:" …: where in `text` such a verb stands, and its length; nothing when there is none.
struct Found {
  std::size_t at = 0;
  std::size_t length = 0;
};
std::optional<Found> find_quote_verb(std::string_view text);

/// Such a verb is the last word of the text.
bool ends_with_quote_verb(std::string_view text);

/// The text begins with a word that opens an attribution line: "On", "Le", "Am", "在" …
bool opens_attribution(std::string_view text);

/// It begins as a line that names whom it quotes, and needs no verb: "Quoting Ann", "Zitat von Ann".
bool opens_quoting(std::string_view text);

/// "Sent from my iPhone", "Get Outlook for Android" and their kin; not a sentence that happens to begin so. `line` is
/// trimmed.
bool is_mobile_footer(std::string_view line);

/// How sure a closing is: "Best regards" closes a letter, "Thanks" may end any sentence.
enum class SignOff { none, weak, formal };
SignOff sign_off(std::string_view line);

/// "Hi Ann," and nothing else.
bool is_greeting(std::string_view line);

/// "see below", "Antworten in Rot": a few words that say where the others stand.
bool points_below(std::string_view line);

/// The first words of a confidentiality notice or the like. `line` is trimmed.
bool opens_disclaimer(std::string_view line);

/// Text without white space, no-break and zero-width spaces at both ends.
std::string_view trim_blank(std::string_view text);

/// ASCII letters compare without case.
bool starts_with_fold(std::string_view text, std::string_view prefix);
bool contains_fold(std::string_view text, std::string_view part);

/// The bytes of the decimal digit that stands there, in any script that mail clients write dates in; 0 when none does.
std::size_t digit_at(std::string_view text, std::size_t at);

/// A year, a time or a date in figures stands in the text.
bool has_date(std::string_view text);

/// A year stands in the text: "2026", "2/2/26".
bool has_year(std::string_view text);

/// A time of day stands in the text: "17:14", "5.14 PM" beside a year, "17h14", "下午5時14分".
bool has_time(std::string_view text);

/// Something like user@host stands in the text.
bool has_address(std::string_view text);

}  // namespace leadmail::mail::message
