// The layouts in which a form's fields stand in a text, and what makes a form of them. For form.cc, form_data.cc and
// form_learn.cc.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "mail/message/form.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {

constexpr std::size_t kFormFields = 200;
constexpr std::size_t kFormLabelBytes = 80;

/// What was typed, at most 64 KiB of it, without white space at its ends.
std::string to_form_value(std::string_view text);

/// Bullets, bold marks and the colon of a label taken off.
std::string_view bare_form_label(std::string_view text);

/// What builders write below the last field; `below` is the line under it, for closings in two lines.
bool is_form_footer(std::string_view line, std::string_view below);

/// "From: Bob <bob@example.com>"
bool is_form_sender(std::string_view label, std::string_view value);

/// Does what was read speak for a form?
class FormEvidence {
 public:
  void see(std::string_view label, std::string_view value);
  [[nodiscard]] bool has(std::string_view key) const { return keys_.contains(key); }
  /// A way to answer, somebody to answer to, and something he wants; a signature tells the first two at most.
  [[nodiscard]] bool convinces() const;

 private:
  std::set<std::string_view> keys_;
  bool sender_ = false;  // "From: Bob <bob@example.com>", as WordPress writes it
};

/// One label and what stands behind it on its line.
struct FormRow {
  std::string_view label{};
  std::string_view value{};
  std::string_view mark{};  ///< what stands between both: ":", "\t", " | ", "=" …
};

class FormReader {
 public:
  /// `rule` may be null: then only the usual labels are known.
  FormReader(const std::vector<Line>& lines, const FormRule* rule) : lines_(lines), rule_(rule) {}

  /// "Label: value" in rows; empty when it is no form, unless that is `sure`.
  FormFields rows(bool sure);
  /// A label above its value; the same.
  FormFields stacked(bool sure);
  /// All labels on one line and all values on the next, in cells. Empty when it is no form, or a table of several.
  [[nodiscard]] FormFields across() const;
  /// "Q: …" above "A: …". Empty when it is no form.
  FormFields questions();
  /// No labels: a line that says from whom the rest is.
  FormFields introduced();

 private:
  // How the rows so far were laid out: a line of the message that looks otherwise is no row.
  struct Layout {
    std::set<std::string_view> marks{};
    std::size_t rows = 0, below = 0, apart = 0;
    std::size_t indent = 0;      // of the most indented one
    std::size_t column = 0;      // where values begin that blanks set off; 0 for none, or no common one
    std::size_t numbered = 0;    // rows with their number before them: "3) Name"
    std::size_t paired = 0;      // labels with something on the very next line
    std::size_t underlined = 0;  // labels with a rule below them
  };

  [[nodiscard]] std::string_view key(std::string_view label) const;
  [[nodiscard]] bool in_message() const;
  [[nodiscard]] bool fits(const FormRow& row, const Line& line, bool apart) const;
  [[nodiscard]] bool is_heading(std::string_view body) const;
  [[nodiscard]] bool is_label(std::size_t at, std::string_view label, bool blank_above, bool sure) const;
  [[nodiscard]] bool pair_at(std::size_t at) const;
  [[nodiscard]] bool is_underlined(std::size_t at) const;
  [[nodiscard]] std::string_view next_body(std::size_t at) const;
  void begin(const FormRow& row, const Line& line, bool apart);
  void add_line(std::string_view body, bool apart);
  [[nodiscard]] std::optional<FormRow> in_column(std::string_view body) const;
  [[nodiscard]] bool continues_layout(std::size_t at, bool blank_above) const;

  const std::vector<Line>& lines_;
  const FormRule* rule_;
  FormFields fields_{};
  Layout layout_{};
};

/// The fields of a text that is known to be a form's, whatever its labels say. Empty when nothing looks like one.
FormFields read_labelled(std::string_view text);

/// The fields of an HTML page by how it is built: texts that look alike and stand at the beginning of a cell, a
/// paragraph or a line are labels, what follows each is its value. Needs no words between both, such as a colon. Empty
/// when no such order makes a form, or when the page quotes. Linear in the page, whose size HtmlLimits bounds; at most
/// 200 fields.
FormFields read_form_page(std::string_view html);

/// The fields of a JSON object, or of an XML document such as ADF, which dealers' portals send; a line of introduction
/// above it is passed over. Labels are names of members and elements, with those around them: "contact.email". Empty
/// when there is none, or none of a person's. At most 256 KiB, 200 fields.
FormFields read_form_data(std::string_view text);

}  // namespace leadmail::mail::message
