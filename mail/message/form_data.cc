// Forms that come as data for machines: JSON of webhooks, XML of portals.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "mail/message/ascii.h"
#include "mail/message/form_reader.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/reply_text.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kBytes = 256 * 1024;

string_view last_name(string_view label) { return label.substr(label.rfind('.') + 1); }

// {"label": "Name", "value": "Bob"}, however the two members are called.
std::optional<std::pair<std::string, std::string>> labelled_member(const nlohmann::ordered_json& object) {
  constexpr auto kLabels = std::to_array<const char*>({"label", "title", "question", "name", "field", "key", "id"});
  constexpr auto kValues = std::to_array<const char*>({"value", "answer", "text", "response"});
  const auto text_of = [&](const char* name) {
    const auto member = object.find(name);
    return member != object.end() && member->is_string() ? std::optional(member->get<std::string>()) : std::nullopt;
  };
  for (const char* const label : kLabels) {
    const auto said = text_of(label);
    if (!said || said->empty()) continue;
    for (const char* const value : kValues)
      if (const auto typed = text_of(value)) return std::pair(*said, *typed);
    return std::nullopt;
  }
  return std::nullopt;
}

void flatten(const nlohmann::ordered_json& value, const std::string& name, int depth, FormFields& fields) {
  constexpr int kDepth = 5;
  if (fields.size() >= kFormFields) return;
  if (value.is_object() && depth < kDepth) {
    if (const auto pair = labelled_member(value)) {
      fields.emplace_back(pair->first.substr(0, kFormLabelBytes), to_form_value(pair->second));
      return;
    }
    for (const auto& [key, inner] : value.items())
      flatten(inner, name.empty() ? key : name + '.' + key, depth + 1, fields);
  } else if (value.is_array() && depth < kDepth) {
    std::string joined;
    for (const auto& inner : value) {
      if (inner.is_object()) {
        flatten(inner, name, depth + 1, fields);
      } else if (inner.is_string() && joined.size() < kBytes) {
        joined += (joined.empty() ? "" : ", ") + inner.get<std::string>();
      }
    }
    if (!joined.empty()) fields.emplace_back(name, to_form_value(joined));
  } else if (value.is_string()) {
    fields.emplace_back(name, to_form_value(value.get<std::string>()));
  } else if (value.is_number() || value.is_boolean()) {
    fields.emplace_back(name, value.dump());
  }
}

FormFields read_json(string_view text) {
  if (!text.starts_with('{') || !text.ends_with('}')) return {};
  const auto parsed = nlohmann::ordered_json::parse(text.begin(), text.end(), nullptr, false);
  if (parsed.is_discarded() || !parsed.is_object()) return {};
  FormFields fields;
  flatten(parsed, "", 0, fields);
  return fields;
}

// A document of elements, each with other elements or a text. Names only; namespaces, entities of its own and the like
// are left alone. The elements around the present one are kept on a stack of bounded depth.
class XmlReader {
 public:
  explicit XmlReader(string_view text) : text_(text) {}

  FormFields read() {
    while (at_ < text_.size() && fields_.size() < kFormFields) {
      const auto open = text_.find('<', at_);
      content_ += text_.substr(at_, open == string_view::npos ? string_view::npos : open - at_);
      if (open == string_view::npos) break;
      at_ = open;
      if (!read_markup()) break;
    }
    return std::move(fields_);
  }

 private:
  static constexpr std::size_t kDepth = 12;

  bool read_markup() {
    const auto rest = text_.substr(at_);
    if (rest.starts_with("<![CDATA[")) {
      const auto end = text_.find("]]>", at_);
      if (end == string_view::npos) return false;
      literal_ += text_.substr(at_ + 9, end - at_ - 9);
      at_ = end + 3;
      return true;
    }
    const bool comment = rest.starts_with("<!--");
    const auto end = comment ? text_.find("-->", at_) : text_.find('>', at_);
    if (end == string_view::npos) return false;
    const auto tag = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + (comment ? 3 : 1);
    if (comment || tag.empty() || tag.front() == '?' || tag.front() == '!') return true;
    if (tag.front() == '/') return close();
    if (tag.back() == '/') return true;
    return open(tag);
  }

  bool open(string_view tag) {
    if (names_.size() >= kDepth) return false;
    const auto name = ascii::lower(tag.substr(0, tag.find_first_of(" \t\r\n")));
    // ADF tells by an attribute which part of a name it is.
    const auto part = tag.find(" part=");
    std::string label = name;
    if (part != string_view::npos && part + 7 < tag.size()) {
      const auto value = tag.substr(part + 7);
      label = ascii::lower(value.substr(0, value.find_first_of("\"'"))) + ' ' + name;
    }
    names_.push_back(label);
    leaf_ = true;
    content_.clear();
    literal_.clear();
    return true;
  }

  bool close() {
    if (names_.empty()) return false;
    const auto value = literal_.empty() ? html_to_text(content_) : literal_;
    if (leaf_ && !is_about_others() && !to_form_value(value).empty()) {
      std::string label;
      for (const auto& name : names_) label += (label.empty() ? "" : ".") + name;
      fields_.emplace_back(label, to_form_value(value));
    }
    leaf_ = false;
    content_.clear();
    literal_.clear();
    names_.pop_back();
    return true;
  }

  // The dealer, and the portal that passes it on.
  [[nodiscard]] bool is_about_others() const {
    constexpr auto kOthers = std::to_array<string_view>({"vendor", "provider", "dealer", "agent", "recipient"});
    return std::ranges::any_of(
        names_, [&](const std::string& name) { return std::ranges::find(kOthers, name) != kOthers.end(); });
  }

  string_view text_;
  std::size_t at_ = 0;
  std::vector<std::string> names_{};
  std::string content_{}, literal_{};
  bool leaf_ = false;
  FormFields fields_{};
};

FormFields read_xml(string_view text) {
  const bool document = text.starts_with("<?xml") || text.starts_with("<?adf") || text.starts_with("<adf");
  return document && text.ends_with('>') ? XmlReader(text).read() : FormFields{};
}

// Below a line or two that say what this is.
string_view without_introduction(string_view text) {
  constexpr std::size_t kIntroduction = 300;
  text = trim_blank(text);
  const auto head = text.substr(0, kIntroduction);
  for (const string_view mark :
       {string_view("\n{"), string_view("\n<?xml"), string_view("\n<?adf"), string_view("\n<adf")})
    if (const auto at = head.find(mark); at != string_view::npos) return text.substr(at + 1);
  return text;
}

}  // namespace

FormFields read_form_data(string_view text) {
  text = without_introduction(text);
  if (text.size() > kBytes) return {};
  auto fields = read_json(text);
  if (fields.empty()) fields = read_xml(text);
  FormEvidence evidence;
  for (const auto& [label, value] : fields) evidence.see(last_name(label), value);
  return evidence.convinces() || (evidence.has("email") && fields.size() >= 2) ? fields : FormFields{};
}

}  // namespace leadmail::mail::message
