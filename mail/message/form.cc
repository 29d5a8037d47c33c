#include "mail/message/form.h"

#include <algorithm>
#include <array>
#include <optional>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/form_reader.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kLines = 3000;

// Answers quote, forms do not.
bool is_quoting(const std::vector<Line>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const Line& line) { return line.quoted && line.body.starts_with('>'); });
}

// "Vorname" beside "Name", "Nombre" beside "Apellidos": the other half of the name.
void tell_names_apart(FormFields& values) {
  const auto find = [&](string_view key) {
    return std::find_if(values.begin(), values.end(), [&](const auto& field) { return field.first == key; });
  };
  const auto name = find("name"), first = find("first_name"), last = find("last_name");
  if (name == values.end() || (first == values.end()) == (last == values.end())) return;
  const auto& half = first == values.end() ? *last : *first;
  if (name->second.find(half.second) != std::string::npos) return;
  name->first = first == values.end() ? "first_name" : "last_name";
}

// "email" of "contact.email", the name of a member of a nested object.
string_view member_name(string_view label) {
  const auto point = label.rfind('.');
  const bool nested = point != string_view::npos && point + 1 < label.size() && label.find(". ") == string_view::npos;
  return nested ? label.substr(point + 1) : label;
}

// A label that says nothing, and a value that can be one thing only.
string_view key_by_value(string_view value) {
  constexpr std::size_t kDigits = 8, kLong = 30;
  if (has_address(value) && word_count(value) == 1) return "email";
  const auto digits = std::count_if(value.begin(), value.end(), ascii::is_digit);
  const bool number = value.starts_with('+') && value.find_first_not_of("+0123456789-()./ ") == string_view::npos;
  return number && static_cast<std::size_t>(digits) >= kDigits && value.size() <= kLong ? "phone" : string_view{};
}

// The name of the form, of its page, or of the site: "form.name".
bool is_about_form(string_view label) {
  constexpr auto kThings = std::to_array<string_view>({"form.", "page.", "site.", "event.", "campaign.", "account."});
  return std::any_of(kThings.begin(), kThings.end(), [&](string_view thing) { return label.starts_with(thing); });
}

// "María Pérez": two to four words with a great letter each.
bool looks_like_name(string_view value) {
  constexpr std::size_t kMost = 4;
  const auto words = word_count(value);
  if (words < 2 || words > kMost || value.find_first_of("0123456789@:/,\n") != string_view::npos) return false;
  for (auto rest = trim_blank(value); !rest.empty(); rest = trim_blank(rest)) {
    if (rest.front() >= 'a' && rest.front() <= 'z') return false;
    rest.remove_prefix(std::min(rest.find(' '), rest.size()));
  }
  return true;
}

// A form whose sender can be answered, and labels that nobody knows: what can only be his words, and his name.
void guess_by_shape(const FormFields& fields, const FormRule* rule, FormFields& values) {
  constexpr std::size_t kSentence = 4;
  const auto knows = [&](string_view key) {
    return std::any_of(values.begin(), values.end(), [&](const auto& field) { return field.first == key; });
  };
  if (!knows("email") && !knows("phone")) return;
  const bool named = knows("name") || knows("first_name") || knows("last_name");
  const bool said = knows("message");
  const std::string* name = nullptr;
  const std::string* message = nullptr;
  for (const auto& [label, value] : fields) {
    if ((rule != nullptr && !rule->key(label).empty()) || is_about_form(label) ||
        label.find('.') != std::string::npos || !form_key(label, value).empty() || hints_at_form_key(label))
      continue;
    if (name == nullptr && looks_like_name(value)) name = &value;
    const bool words = word_count(value) >= kSentence || value.find('\n') != std::string::npos;
    if (words && (message == nullptr || value.size() > message->size())) message = &value;
  }
  if (!named && name != nullptr) values.emplace_back("name", *name);
  if (!said && message != nullptr && message != name) values.emplace_back("message", *message);
}

FormFields values_of(const FormFields& fields, const FormRule* rule) {
  FormFields values;
  const auto put = [&](string_view key, std::string_view value) {
    const auto known =
        std::find_if(values.begin(), values.end(), [&](const auto& field) { return field.first == key; });
    if (known == values.end() && !value.empty()) values.emplace_back(key, value);
  };
  for (const auto& [label, value] : fields) {
    if (rule == nullptr && is_about_form(label)) continue;
    auto key = rule == nullptr ? string_view{} : rule->key(label);
    if (key.empty()) key = form_key(member_name(label));
    if (!key.empty() && key != "ignore") put(key, value);
  }
  // A label that only hints at its meaning comes second.
  for (const auto& [label, value] : fields) {
    if (rule != nullptr ? rule->key(label) == "ignore" : is_about_form(label)) continue;
    if (const auto key = form_key(member_name(label), value); !key.empty()) put(key, value);
  }
  for (const auto& [label, value] : fields) {
    const auto key = key_by_value(value);
    if (!key.empty() && form_key(member_name(label), value).empty()) put(key, value);
  }
  guess_by_shape(fields, rule, values);
  tell_names_apart(values);
  // What WordPress writes into the first line of the text.
  for (const auto& [label, value] : fields) {
    if (!is_form_sender(label, value)) continue;
    for (const auto& [name, address] : read_addresses(value, 1).addresses) {
      put("email", address);
      put("name", name);
    }
  }
  return values;
}

std::size_t known_labels(const FormFields& fields) {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [](const auto& field) { return !form_key(field.first).empty(); }));
}

// The same values, but for something short below them: a footer that the other way of reading knew.
bool has_only_more_below(const FormFields& longer, const FormFields& shorter) {
  const auto has_footer = [](const auto& more, const auto& less) {
    constexpr std::size_t kLong = 200;
    return more.first == less.first && more.second.starts_with(less.second) &&
           more.second.size() - less.second.size() <= kLong;
  };
  return longer.size() == shorter.size() && std::equal(longer.begin(), longer.end(), shorter.begin(), has_footer);
}

// Is the page the better reading of a form that its text tells too?
bool tells_more(const FormFields& page, const FormFields& text) {
  const auto shown = form_values(page), said = form_values(text);
  if (shown.size() != said.size()) return shown.size() > said.size();
  return !page.empty() && known_labels(page) >= known_labels(text) && !has_only_more_below(shown, said);
}

}  // namespace

FormFields read_form(string_view text) {
  if (auto fields = read_form_data(text); !fields.empty()) return fields;
  const auto lines = read_lines(text, kLines);
  if (lines.size() > kLines || is_quoting(lines)) return {};
  FormReader reader(lines, nullptr);
  auto rows = reader.rows(false);
  auto stacked = reader.stacked(false);
  auto& better = form_values(stacked).size() > form_values(rows).size() ? stacked : rows;
  for (auto other : {reader.across(), reader.questions()})
    if (form_values(other).size() > form_values(better).size()) better = std::move(other);
  return better.empty() ? reader.introduced() : std::move(better);
}

FormFields read_form(string_view text, string_view html) {
  auto fields = read_form(text);
  if (html.empty()) return fields;
  auto page = read_form_page(html);
  return tells_more(page, fields) ? page : fields;
}

FormFields read_form(string_view text, const FormRule& rule) {
  if (auto fields = read_form_data(text); !fields.empty()) return fields;
  const auto lines = read_lines(text, kLines);
  if (lines.size() > kLines) return {};
  FormReader reader(lines, &rule);
  auto rows = reader.rows(true);
  auto stacked = reader.stacked(true);
  auto& better = rule.labels_in(stacked) > rule.labels_in(rows) ? stacked : rows;
  const auto least = std::max<std::size_t>(1, rule.labels.size() / 2);
  const auto named = rule.labels_in(better);
  const bool is_it = named > 0 && named >= std::min<std::size_t>(least, rule.labels.size());
  return is_it ? std::move(better) : FormFields{};
}

FormFields read_labelled(string_view text) {
  if (auto fields = read_form(text); !fields.empty()) return fields;
  const auto lines = read_lines(text, kLines);
  if (lines.size() > kLines) return {};
  FormReader reader(lines, nullptr);
  constexpr std::size_t kLeast = 2;
  if (auto fields = reader.rows(true); fields.size() >= kLeast) return fields;
  return reader.stacked(true);
}

FormFields form_values(const FormFields& fields) { return values_of(fields, nullptr); }

FormFields form_values(const FormFields& fields, const FormRule& rule) { return values_of(fields, &rule); }

}  // namespace leadmail::mail::message
