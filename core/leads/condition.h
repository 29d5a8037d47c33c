// Whether a rule's condition holds for a message and the lead it is about. Words compare without case and accents,
// countries by their ISO 3166-1 code, however they are written; patterns are RE2, so none can stall us.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/leads/inquiry.h"
#include "core/leads/lead.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// The fields of one message and its lead by name, each with all its values. A value of the lead comes first; then
/// email, domain, name, subject, text, language, mailbox, kind, to, cc, attachment, received, and the labels of a form.
/// Keeps what it has folded, so that many rules cost one folding.
class Fields {
 public:
  Fields(const Inquiry& inquiry, const Lead& lead) : inquiry_(inquiry), lead_(lead) {}

  [[nodiscard]] const std::vector<std::string>& values(const std::string& field);
  [[nodiscard]] const std::vector<std::string>& folded(const std::string& field);
  [[nodiscard]] const std::vector<std::string>& comparable(const std::string& field);  ///< as `is` and `in` compare

 private:
  [[nodiscard]] std::vector<std::string> read(std::string_view field) const;
  [[nodiscard]] std::vector<std::string> read_message(std::string_view field) const;

  const Inquiry& inquiry_;
  const Lead& lead_;
  std::map<std::string, std::vector<std::string>> values_{};
  std::map<std::string, std::vector<std::string>> folded_{};
  std::map<std::string, std::vector<std::string>> comparable_{};
};

/// Two values of the field with the same text here are the same to `is` and `in`: the country's code, a domain without
/// the @ before it, else the folded words.
std::string comparable(std::string_view field, std::string_view value);

/// Whether it holds; a field with several values fulfils a condition when one of them does. `saw`, when given, receives
/// what was looked at, in words: `country is MX: saw "US"`.
bool holds(const Condition& condition, Fields& fields, std::string* saw = nullptr);

}  // namespace leadmail::leads
