// From one notification to the config of its form.
#include <algorithm>
#include <array>
#include <string>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/form.h"
#include "mail/message/form_reader.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/subject.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

/// A TOML basic string. TOML 1.0 §String
std::string quoted(string_view text) {
  constexpr string_view kHex = "0123456789ABCDEF";
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (ascii::is_control(c)) {
      const auto code = static_cast<unsigned char>(c);
      result += "\\u00";
      result += kHex[code >> 4];
      result += kHex[code & 15];
    } else {
      result += c;
    }
  }
  return result + '"';
}

/// A comment holds no line break and no control character, or it would become config.
std::string comment(string_view text) {
  std::string result = "# ";
  for (const char c : text) result += ascii::is_control(c) ? ' ' : c;
  return result + '\n';
}

struct Learned {
  std::string label{};
  std::string key{};
  std::string why{};
};

std::size_t digits_in(string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), ascii::is_digit));
}

bool is_used(const std::vector<Learned>& rows, string_view key) {
  return std::any_of(rows.begin(), rows.end(), [&](const Learned& row) { return row.key == key; });
}

/// What a value looks like, for a label that says nothing.
Learned by_shape(const std::string& label, string_view value, const std::vector<Learned>& rows) {
  constexpr std::size_t kText = 40;
  const auto digits = digits_in(value);
  if (has_address(value) && word_count(value) <= 3 && !is_used(rows, "email"))
    return {label, "email", "it held an e-mail address"};
  const bool dialled = digits >= 7 && digits <= 15 && digits * 2 >= value.size() && !has_date(value);
  if (dialled && !is_used(rows, "phone")) return {label, "phone", "it held a phone number"};
  if ((value.starts_with("http") || value.starts_with("www.")) && word_count(value) == 1 && !is_used(rows, "website"))
    return {label, "website", "it held an address of the web"};
  if ((value.size() > kText || value.find('\n') != string_view::npos) && !is_used(rows, "message"))
    return {label, "message", "it held a long text"};
  return {
      label, "ignore",
      value.empty() ? "it was empty in the sample" : "nothing told what it means: one of the keys above, or ignore"};
}

std::vector<Learned> map_fields(const FormFields& fields) {
  std::vector<Learned> rows;
  for (const auto& [label, value] : fields) {
    const auto last = label.substr(label.rfind('.') + 1);
    const auto key = form_key(last, value);
    const auto folded = fold_label(label);
    const bool again = folded.empty() || std::any_of(rows.begin(), rows.end(), [&](const Learned& row) {
                         return fold_label(row.label) == folded;
                       });
    if (again) continue;
    rows.push_back({label, std::string(key), ""});
  }
  // Shapes come second: a label that says "email" has the first claim to it.
  for (auto& row : rows) {
    if (!row.key.empty()) continue;
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const auto& one) { return one.first == row.label; });
    row = by_shape(row.label, field->second, rows);
  }
  return rows;
}

/// The part of the subject that does not depend on the visitor: up to what he typed, or to a number.
std::string steady_subject(const Message& message, const FormFields& fields) {
  const auto base = read_subject(message.identity.subject).base;
  auto end = base.size();
  for (const auto& field : fields) {
    constexpr std::size_t kTold = 3;
    if (field.second.size() < kTold) continue;
    end = std::min(end, base.find(field.second));
    for (const auto& word : {field.second.substr(0, field.second.find(' '))})
      if (word.size() > kTold) end = std::min(end, base.find(word));
  }
  end = std::min(end, base.find_first_of("0123456789"));
  auto steady = std::string(trim_blank(string_view(base).substr(0, end)));
  while (!steady.empty() && string_view("-:#([|,\"'<").find(steady.back()) != string_view::npos)
    steady = trim_blank(string_view(steady).substr(0, steady.size() - 1));
  constexpr std::size_t kLeast = 4;
  return steady.size() < kLeast ? std::string{} : steady;
}

}  // namespace

std::string learn_form(const Message& message) {
  auto fields = message.content.form;
  if (fields.empty()) fields = read_labelled(message.content.text);
  const auto rows = map_fields(fields);
  if (rows.empty()) return {};

  const auto from = message.identity.from.empty() ? std::string{} : ascii::lower(message.identity.from.front().address);
  // A form that writes in its visitor's name has another sender each time.
  const auto values = form_values(fields);
  const bool is_visitors = std::any_of(values.begin(), values.end(), [&](const auto& field) {
    return field.first == "email" && ascii::same(field.second, from);
  });
  const auto subject = steady_subject(message, fields);

  std::string toml = comment(
      "A form of your site, learned from one of its notifications. A mail is this form when it comes from `from`");
  toml += comment(
      "and its subject begins with `subject`; the names on the left are the form's labels, those on the right ours:");
  toml += comment(
      "name first_name last_name email phone company title message subject product quantity budget country city state");
  toml += comment("address postal_code website language date source industry page ip consent, or ignore.");
  toml += "[[form]]\nname = " + quoted(subject.empty() ? "form" : subject) + "\n";
  if (!from.empty() && !is_visitors) toml += "from = " + quoted(from) + "\n";
  if (is_visitors) toml += comment("It writes in the visitor's name, so only its subject tells it from other mail.");
  if (!subject.empty()) toml += "subject = " + quoted(subject) + "\n";
  if (subject.empty() && (from.empty() || is_visitors))
    toml += comment("Neither sender nor subject tells this form from other mail: set one of them.");
  toml += "\n[form.fields]\n";
  for (const auto& row : rows) {
    toml += quoted(row.label) + " = " + quoted(row.key);
    toml += row.why.empty() ? "\n" : "  " + comment(row.why);
  }
  return toml;
}

}  // namespace leadmail::mail::message
