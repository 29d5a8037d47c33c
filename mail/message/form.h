// Reads the notification that a website's form sends: labels and values, whatever the builder's layout. Ordinary mail,
// in which a line may look like "Tel: 12", is left alone. A form that the config describes is read by its labels.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail/message/form_labels.h"
#include "mail/message/message.h"

namespace leadmail::mail::message {

using FormFields = std::vector<std::pair<std::string, std::string>>;  ///< label as written, value; in order

/// The fields of a form notification: "label: value" or "label = value" lines, a label above its value, two columns (a
/// tab or " | " between the cells of a row), or a JSON object. Empty when the text is no form. At most 200 fields;
/// linear time.
FormFields read_form(std::string_view text);

/// The same with the HTML that the mail also has, "" for none: what its layout tells beyond the words of the text
/// counts where that is more.
FormFields read_form(std::string_view text, std::string_view html);

/// What the fields say under the keys of form_key, in their order; the first value that is not empty counts.
FormFields form_values(const FormFields& fields);

/// A form of one's own site, as [[form]] of the config describes it.
struct FormRule {
  std::string name{};     ///< for people, and the lead's source
  std::string from{};     ///< who sends it, lower case; "" for anybody
  std::string subject{};  ///< how its subject begins; "" for any. One of both is given
  std::vector<std::pair<std::string, std::string>>
      labels{};  ///< label as fold_label has it, key of form_key or "ignore"

  /// The key of a label; "" when the form doesn't name it.
  [[nodiscard]] std::string_view key(std::string_view label) const;
  /// How many of the fields it names.
  [[nodiscard]] std::size_t labels_in(const FormFields& fields) const;
};

/// The first rule that fits From or Sender and subject; nullptr when none does.
const FormRule* form_rule_for(std::span<const FormRule> rules, const Identity& identity);

/// As read_form, with the labels of the rule known. Empty unless half of them (one at least) stand there.
FormFields read_form(std::string_view text, const FormRule& rule);

/// As form_values; a label that the rule does not name means what it usually means.
FormFields form_values(const FormFields& fields, const FormRule& rule);

/// A mail that a rule fits is that form: sets its fields and its kind. Reports, receipts and calendar answers stay what
/// they are.
void apply_form_rules(Message& message, std::span<const FormRule> rules);

/// The config for the form that `message` is a notification of, with comments; Error-free TOML. "" when nothing in it
/// looks like a label and its value. What the visitor typed is not repeated.
std::string learn_form(const Message& message);

}  // namespace leadmail::mail::message
