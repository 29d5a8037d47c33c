#include "mail/message/form.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/fold.h"
#include "mail/message/form_reader.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kFields = 200;
constexpr std::size_t kLabelBytes = 80;
constexpr std::size_t kValueBytes = 64 * 1024;
constexpr std::size_t kJsonBytes = 256 * 1024;
constexpr std::size_t kLines = 3000;

// Bullets, bold marks and the like at both ends.
string_view without_marks(string_view text) {
  text = trim_blank(text);
  for (bool again = true; again;) {
    again = false;
    for (const string_view mark : {string_view("*"), string_view("_"), string_view("•"), string_view("-"),
                                   string_view("|"), string_view("#"), string_view(">")}) {
      if (text.starts_with(mark)) text.remove_prefix(mark.size()), again = true;
      if (mark != "-" && mark != "#" && text.ends_with(mark)) text.remove_suffix(mark.size()), again = true;
    }
    const auto bare = trim_blank(text);
    again = again || bare.size() != text.size();
    text = bare;
  }
  return text;
}

// What builders write below the last field, in the spelling of fold_plain.
// clang-format off
constexpr auto kFooters = std::to_array<string_view>({
    "sent by ", "sent from ", "the results of ", "reply to ", "regards", "best regards", "team ", "sent via", "(sent via", "view in ", "view submission", "view all submissions", "view the submission", "view entry", "view response", "view this ", "view full",
    "view details", "view online", "manage submissions", "manage your ", "log in to view", "login to view", "does this submission", "if you think this submission", "to edit your email settings",
    "edit submission", "you can edit this submission", "submitted ", "submission id", "google forms", "this e-mail was sent from",
    "this email was sent from", "this mail was sent", "this message was sent", "this e-mail is sent", "this is a notification", "this is an automatic", "this is an automated", "this form was submitted",
    "this notification", "this submission", "powered by", "mark as spam", "mark this as spam", "report spam", "report as spam", "reply directly to this email", "reply to this email", "you are receiving",
    "you received this email", "you're receiving", "unsubscribe", "stop receiving", "to stop receiving", "to unsubscribe", "to view", "to reply", "see all responses", "open in ", "copyright", "(c) ",
    "all rights reserved", "create your own", "get your own", "respond to ", "reply now", "este correo se ha enviado", "este correo fue enviado", "este correo electronico", "este mensaje fue enviado",
    "este mensaje se ha enviado", "enviado desde", "este email foi enviado", "este e-mail foi enviado", "esta mensagem foi enviada", "enviado atraves", "diese e-mail wurde", "diese nachricht wurde",
    "dieses formular wurde", "gesendet uber", "gesendet von", "abgesendet am", "cet e-mail a ete", "cet email a ete", "ce message a ete envoye", "message envoye depuis", "envoye depuis",
    "thu nay duoc gui", "email nay duoc gui", "e-mail nay duoc gui", "tin nhan nay duoc gui", "duoc gui tu",
});
// clang-format on

bool is_footer(string_view body) {
  constexpr std::size_t kRead = 60;
  const auto folded = fold_plain(utf8_prefix(without_marks(body), kRead));
  return std::any_of(kFooters.begin(), kFooters.end(), [&](string_view words) { return folded.starts_with(words); });
}

struct Row {
  string_view label{};
  string_view value{};
};

// "2. Name" and "2) Name" of a numbered questionnaire.
string_view without_number(string_view text) {
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool numbered = digits > 0 && digits <= 2 && digits + 1 < text.size() &&
                        (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
  return numbered ? trim_blank(text.substr(digits + 1)) : text;
}

// "[Name] Bob": a label that we know in brackets.
std::optional<Row> read_bracketed(string_view body) {
  const auto close = body.substr(0, kLabelBytes).find(']');
  if (!body.starts_with('[') || close == string_view::npos) return std::nullopt;
  const auto label = trim_blank(body.substr(1, close - 1));
  return form_key(label).empty() ? std::nullopt : std::optional(Row{label, trim_blank(body.substr(close + 1))});
}

// "label: value", "label<tab>value" or "label | value".
std::optional<Row> read_row(string_view body) {
  body = without_number(body);
  if (auto row = read_bracketed(body)) return row;
  const auto head = body.substr(0, kLabelBytes);
  std::size_t at = head.find(':');
  std::size_t width = 1;
  const auto nearer = [&](string_view mark) {
    if (const auto found = head.find(mark); found < at) at = found, width = mark.size();
  };
  nearer("：");
  nearer("\t");
  nearer(" | ");
  nearer(" => ");
  nearer(" = ");
  if (at == string_view::npos) nearer("=");
  if (at == string_view::npos || at == 0) return std::nullopt;
  auto label = without_marks(body.substr(0, at));
  auto value = body.substr(at + width);
  while (!label.empty() && (label.back() == ':' || label.back() == '.' || label.back() == ' ')) label.remove_suffix(1);
  value = trim_blank(value);
  while (value.starts_with("*") || value.starts_with("|") || value.starts_with(":"))
    value = trim_blank(value.substr(1));
  while (value.ends_with("|")) value = trim_blank(value.substr(0, value.size() - 1));
  constexpr std::size_t kLabelWords = 8;
  const bool link = value.starts_with("//");
  const bool spelled = !label.empty() && word_count(label) <= kLabelWords &&
                       label.find_first_of(".!\"<>@") == string_view::npos &&
                       !(label.front() >= '0' && label.front() <= '9');
  return spelled && !link ? std::optional(Row{label, value}) : std::nullopt;
}

std::string to_value(string_view text) { return std::string(utf8_prefix(trim_blank(text), kValueBytes)); }

// "From: Bob <bob@example.com>"
bool is_sender(string_view label, string_view value) {
  if (!has_address(value)) return false;
  const auto header = header_label(std::string(label) + ':');
  return header && header->label == HeaderLabel::from;
}

struct Evidence {
  std::set<string_view> keys;
  bool sender = false;  // "From: Bob <bob@example.com>", as WordPress writes it

  void see(string_view label, string_view value = {}) {
    if (const auto key = form_key(label, value); !key.empty()) keys.insert(key);
    sender = sender || is_sender(label, value);
  }
  [[nodiscard]] bool has(string_view key) const { return keys.contains(key); }
  [[nodiscard]] bool names_somebody() const {
    return has("name") || has("first_name") || has("last_name") || has("company");
  }
  // A way to answer, somebody to answer to, and something he wants; a signature tells the first two at most.
  [[nodiscard]] bool convinces() const {
    const bool reachable = has("email") || has("phone");
    const bool wants = has("message") || has("product") || has("subject") || has("budget") || has("quantity");
    return (reachable && names_somebody() && (wants || keys.size() >= 4)) ||
           (has("email") && wants && keys.size() >= 3) || ((has("email") || sender) && has("message"));
  }
};

// Values that a visitor types over several lines.
bool takes_lines(string_view key) { return key == "message" || key == "address"; }

}  // namespace

string_view FormReader::key(string_view label) const {
  if (rule_ != nullptr)
    if (const auto key = rule_->key(label); !key.empty()) return key;
  return form_key(label);
}

void FormReader::add_line(string_view body, bool apart) {
  auto& value = fields_.back().second;
  if (value.size() >= kValueBytes) return;
  if (!value.empty()) value += apart ? "\n\n" : "\n";
  value += to_value(body);
}

// Rows of a label and its value; a line that is neither goes on with the value above.
FormFields FormReader::rows(bool sure) {
  constexpr std::size_t kIntroduction = 8;
  constexpr std::size_t kLongValue = 200;
  fields_.clear();
  Evidence evidence;
  std::size_t before = 0, loose = 0;
  bool open = false, blank_above = false;
  for (const auto& line : lines_) {
    if (line.blank) {
      blank_above = true;
      continue;
    }
    const auto body = line.body;
    // Below the last rule, or words of his own, stands the builder's footer.
    if (is_rule(body) || (open && is_footer(body))) {
      if (open && is_rule(body) && fields_.back().second.empty()) continue;
      open = false;
      continue;
    }
    auto row = read_row(body);
    const auto known = row ? key(row->label) : string_view{};
    const bool inside_message = open && !fields_.empty() && takes_lines(key(fields_.back().first));
    // A line of the message may look like a row; only a label we know ends it.
    if (row && known.empty() && inside_message && !blank_above) row.reset();
    if (row && fields_.size() < kFields) {
      fields_.emplace_back(std::string(utf8_prefix(row->label, kLabelBytes)), to_value(row->value));
      evidence.see(row->label, row->value);
      open = true;
    } else if (fields_.empty()) {
      if (++before > kIntroduction) return {};
    } else if (open && (fields_.back().second.empty() || inside_message || !blank_above)) {
      add_line(body, blank_above && inside_message);
      if (!inside_message && !fields_.back().second.empty()) loose += fields_.back().second.size() > kLongValue;
    } else {
      ++loose;
      open = false;
    }
    blank_above = false;
  }
  if (sure) return fields_;
  // Who writes a letter writes sentences between his lines.
  constexpr std::size_t kFooter = 6;
  const bool sentences = loose > kFooter || before + loose > 2 * fields_.size() + 3;
  return evidence.convinces() && !sentences ? fields_ : FormFields{};
}

// "Name" on one line, what was typed on the next.
FormFields FormReader::stacked(bool sure) {
  constexpr std::size_t kIntroduction = 8;
  fields_.clear();
  std::size_t before = 0;
  bool blank_above = true, open = true;
  for (const auto& line : lines_) {
    if (line.blank || is_rule(line.body)) {
      blank_above = true;
      continue;
    }
    auto label = without_number(without_marks(line.body));
    while (line.body.starts_with("--") && label.ends_with('-')) label = trim_blank(label.substr(0, label.size() - 1));
    if (label.ends_with(':')) label.remove_suffix(1);
    if (!fields_.empty() && open && is_footer(line.body)) {
      open = false;
    } else if (is_label(label, blank_above, sure) && fields_.size() < kFields) {
      fields_.emplace_back(std::string(label), "");
      open = true;
    } else if (fields_.empty()) {
      if (++before > kIntroduction) return {};
    } else if (open) {
      add_line(line.body, blank_above && !fields_.back().second.empty());
    }
    blank_above = false;
  }
  Evidence evidence;
  for (const auto& [label, value] : fields_) evidence.see(label, value);
  // One line under each label but the message; text that runs on is a letter.
  const auto running = std::count_if(fields_.begin(), fields_.end(), [&](const auto& field) {
    return !takes_lines(key(field.first)) && std::count(field.second.begin(), field.second.end(), '\n') > 1;
  });
  constexpr std::size_t kLeast = 3;
  return (sure || evidence.convinces()) && fields_.size() >= kLeast && running <= 1 ? fields_ : FormFields{};
}

bool FormReader::is_label(string_view label, bool blank_above, bool sure) const {
  constexpr std::size_t kWords = 6, kQuestionWords = 14;
  const bool follows = fields_.empty() || !fields_.back().second.empty();
  if (!follows || label.size() > 2 * kLabelBytes) return false;
  if (!key(label).empty() && word_count(label) <= kWords) return true;
  // A question above an answer; in a sure form any short line that stands apart.
  const bool question = label.ends_with('?') && word_count(label) <= kQuestionWords && !fields_.empty() &&
                        !takes_lines(key(fields_.back().first));
  const bool hint = !fields_.empty() && word_count(label) <= kQuestionWords && hints_at_form_key(label);
  return blank_above && (question || hint || (sure && word_count(label) <= kWords && !has_address(label)));
}

namespace {

void flatten(const nlohmann::ordered_json& value, const std::string& name, int depth, FormFields& fields) {
  constexpr int kDepth = 4;
  if (fields.size() >= kFields) return;
  if (value.is_object() && depth < kDepth) {
    for (const auto& [key, inner] : value.items())
      flatten(inner, name.empty() ? key : name + '.' + key, depth + 1, fields);
  } else if (value.is_array() && depth < kDepth) {
    std::string joined;
    for (const auto& inner : value) {
      if (inner.is_object()) {
        flatten(inner, name, depth + 1, fields);
      } else if (inner.is_string() && joined.size() < kValueBytes) {
        joined += (joined.empty() ? "" : ", ") + inner.get<std::string>();
      }
    }
    if (!joined.empty()) fields.emplace_back(name, to_value(joined));
  } else if (value.is_string()) {
    fields.emplace_back(name, to_value(value.get<std::string>()));
  } else if (value.is_number() || value.is_boolean()) {
    fields.emplace_back(name, value.dump());
  }
}

FormFields read_json(string_view text) {
  text = trim_blank(text);
  if (!text.starts_with('{') || !text.ends_with('}') || text.size() > kJsonBytes) return {};
  const auto parsed = nlohmann::ordered_json::parse(text.begin(), text.end(), nullptr, false);
  if (parsed.is_discarded() || !parsed.is_object()) return {};
  FormFields fields;
  flatten(parsed, "", 0, fields);
  Evidence evidence;
  for (const auto& [label, value] : fields) evidence.see(string_view(label).substr(label.rfind('.') + 1));
  return evidence.convinces() || (evidence.has("email") && fields.size() >= 2) ? fields : FormFields{};
}

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

FormFields values_of(const FormFields& fields, const FormRule* rule) {
  FormFields values;
  const auto put = [&](string_view key, std::string_view value) {
    const auto known =
        std::find_if(values.begin(), values.end(), [&](const auto& field) { return field.first == key; });
    if (known == values.end() && !value.empty()) values.emplace_back(key, value);
  };
  const auto last = [](string_view label) { return label.substr(label.rfind('.') + 1); };  // of a nested JSON object
  for (const auto& [label, value] : fields) {
    auto key = rule == nullptr ? string_view{} : rule->key(label);
    if (key.empty()) key = form_key(last(label));
    if (!key.empty() && key != "ignore") put(key, value);
  }
  // A label that only hints at its meaning comes second.
  for (const auto& [label, value] : fields) {
    if (rule != nullptr && rule->key(label) == "ignore") continue;
    if (const auto key = form_key(last(label), value); !key.empty()) put(key, value);
  }
  tell_names_apart(values);
  // What WordPress writes into the first line of the text.
  for (const auto& [label, value] : fields) {
    if (!is_sender(label, value)) continue;
    for (const auto& [name, address] : read_addresses(value, 1).addresses) {
      put("email", address);
      put("name", name);
    }
  }
  return values;
}

}  // namespace

FormFields read_form(string_view text) {
  if (auto fields = read_json(text); !fields.empty()) return fields;
  const auto lines = read_lines(text, kLines);
  if (lines.size() > kLines || is_quoting(lines)) return {};
  FormReader reader(lines, nullptr);
  if (auto fields = reader.rows(false); !fields.empty()) return fields;
  return reader.stacked(false);
}

FormFields read_form(string_view text, const FormRule& rule) {
  if (auto fields = read_json(text); !fields.empty()) return fields;
  const auto lines = read_lines(text, kLines);
  if (lines.size() > kLines) return {};
  const auto found = [&](const FormFields& fields) {
    return static_cast<std::size_t>(
        std::count_if(fields.begin(), fields.end(), [&](const auto& field) { return !rule.key(field.first).empty(); }));
  };
  FormReader reader(lines, &rule);
  auto rows = reader.rows(true);
  auto stacked = reader.stacked(true);
  auto& better = found(stacked) > found(rows) ? stacked : rows;
  const auto least = std::max<std::size_t>(1, rule.labels.size() / 2);
  return found(better) >= std::min<std::size_t>(least, rule.labels.size()) && found(better) > 0 ? std::move(better)
                                                                                                : FormFields{};
}

FormFields read_labelled(string_view text) {
  if (auto fields = read_form(text); !fields.empty()) return fields;
  if (auto fields = read_json(text); !fields.empty()) return fields;
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
