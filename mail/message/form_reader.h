// The layouts in which a form's fields stand in a text. For form.cc and form_learn.cc.
#pragma once

#include <string_view>
#include <vector>

#include "mail/message/form.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {

class FormReader {
 public:
  /// `rule` may be null: then only the usual labels are known.
  FormReader(const std::vector<Line>& lines, const FormRule* rule) : lines_(lines), rule_(rule) {}

  /// "Label: value" in rows; empty when it is no form, unless that is `sure`.
  FormFields rows(bool sure);
  /// A label above its value; the same.
  FormFields stacked(bool sure);

 private:
  [[nodiscard]] std::string_view key(std::string_view label) const;
  [[nodiscard]] bool is_label(std::string_view label, bool blank_above, bool sure) const;
  void add_line(std::string_view body, bool apart);

  const std::vector<Line>& lines_;
  const FormRule* rule_;
  FormFields fields_{};
};

/// The fields of a text that is known to be a form's, whatever its labels say. Empty when nothing looks like one.
FormFields read_labelled(std::string_view text);

}  // namespace leadmail::mail::message
