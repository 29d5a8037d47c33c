// The layouts of the usual form builders: rows of label and value, and labels above their values.
#include "mail/message/form_reader.h"

#include <algorithm>
#include <array>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/fold.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kValueBytes = 64 * 1024;

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
    "sent by ", "sent from ", "sent on ", "sent at ", "received on ", "received at ", "gesendet am", "eingegangen am", "envoye le ", "recu le ", "enviado el ", "enviado em ", "recibido el ", "recebido em ", "gui luc ", "gui ngay ", "the results of ", "reply to ", "regards", "best regards", "team ", "sent via", "(sent via", "view in ", "view submission", "view all submissions", "view the submission", "view entry", "view response", "view this ", "view full",
    "view details", "view online", "manage submissions", "manage your ", "log in to view", "login to view", "does this submission", "if you think this submission", "to edit your email settings",
    "edit submission", "you can edit this submission", "submitted ", "submission id", "google forms", "this e-mail was sent", "this email was sent",
    "this mail was sent", "this mail was made", "this message was sent", "this e-mail is sent", "this is a notification", "this is an automatic", "this is an automated", "this form was submitted",
    "this notification", "this submission", "powered by", "mark as spam", "mark this as spam", "report spam", "report as spam", "reply directly to this email", "reply to this email", "you are receiving",
    "you received this email", "you're receiving", "unsubscribe", "stop receiving", "to stop receiving", "to unsubscribe", "to view", "to reply", "see all responses", "open in ", "copyright", "(c) ",
    "all rights reserved", "create your own", "get your own", "respond to ", "reply now", "este correo se ha enviado", "este correo fue enviado", "este correo electronico", "este mensaje fue enviado",
    "este mensaje se ha enviado", "enviado desde", "este email foi enviado", "este e-mail foi enviado", "esta mensagem foi enviada", "enviado atraves", "diese e-mail wurde", "diese nachricht wurde",
    "dieses formular wurde", "gesendet uber", "gesendet von", "abgesendet am", "cet e-mail a ete", "cet email a ete", "ce message a ete envoye", "message envoye depuis", "envoye depuis",
    "thu nay duoc gui", "email nay duoc gui", "e-mail nay duoc gui", "tin nhan nay duoc gui", "duoc gui tu", "responde desde ", "responde a este", "responder a este", "do not reply", "user information", "created", "entry date", "please do not reply", "no responda a este", "nao responda a est",
    "bitte antworten sie nicht", "merci de ne pas repondre",
});
// clang-format on

// A line that is a button: few words and where they lead to. An address that stands alone is something he typed.
bool is_button(string_view body) {
  constexpr std::size_t kWords = 6;
  const auto at = body.find("http");
  if (at == string_view::npos || at == 0) return false;
  const bool linked = body[at - 1] == '<' && body.ends_with('>');
  const auto words = trim_blank(body.substr(0, linked ? at - 1 : at));
  if (words.empty() || word_count(words) > kWords || body.find(' ', at) != string_view::npos) return false;
  const auto folded = fold_plain(words);
  return linked || folded.starts_with("view ") || folded.starts_with("see ") || folded.starts_with("manage ");
}

bool is_footer(string_view body) {
  constexpr std::size_t kRead = 60;
  if (is_button(body)) return true;
  const auto folded = fold_plain(utf8_prefix(without_marks(body), kRead));
  return std::any_of(kFooters.begin(), kFooters.end(), [&](string_view words) { return folded.starts_with(words); });
}

// "Kind regards," above "your website": the builder's closing, not the visitor's.
bool is_machines_closing(string_view body, string_view below) {
  constexpr auto kMachines =
      std::to_array<string_view>({"your website", "your web", "your team", "the website", "the team", "ihre website",
                                  "ihre webseite", "ihr webteam", "ihr team", "ihr kontaktformular", "votre site",
                                  "l equipe", "su sitio", "su web", "su pagina", "el equipo", "seu site", "a equipe"});
  constexpr std::size_t kWords = 5;
  if (!body.ends_with(',') || word_count(body) > kWords) return false;
  const auto folded = fold_label(below);
  return std::any_of(kMachines.begin(), kMachines.end(), [&](string_view words) { return folded.starts_with(words); });
}

std::size_t indent_of(const Line& line) { return static_cast<std::size_t>(line.body.data() - line.text.data()); }

// "2. Name" and "2) Name" of a numbered questionnaire.
string_view without_number(string_view text) {
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool numbered = digits > 0 && digits <= 2 && digits + 1 < text.size() &&
                        (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
  return numbered ? trim_blank(text.substr(digits + 1)) : text;
}

// "[Name] Bob": a label that we know in brackets.
std::optional<FormRow> read_bracketed(string_view body) {
  const auto close = body.substr(0, kFormLabelBytes).find(']');
  if (!body.starts_with('[') || close == string_view::npos) return std::nullopt;
  const auto label = trim_blank(body.substr(1, close - 1));
  return form_key(label).empty() ? std::nullopt
                                 : std::optional(FormRow{label, trim_blank(body.substr(close + 1)), "["});
}

// "3) Name": the number, 0 for none.
std::size_t number_of(string_view body) {
  const auto rest = without_number(body);
  if (rest.size() == body.size()) return 0;
  std::size_t number = 0;
  for (; !body.empty() && ascii::is_digit(body.front()); body.remove_prefix(1))
    number = number * 10 + static_cast<std::size_t>(body.front() - '0');
  return number;
}

// Letters, not bytes: what a column is told by.
std::size_t width_of(string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// "Question   Answer", "Field | Value": what stands above the columns.
bool is_column_heading(const FormRow& row) {
  constexpr auto kLeft = std::to_array<string_view>(
      {"question", "field", "field name", "label", "pregunta", "campo", "champ", "feld", "frage"});
  constexpr auto kRight = std::to_array<string_view>({"answer", "value", "response", "your answer", "respuesta",
                                                      "valor", "reponse", "valeur", "wert", "antwort", "resposta"});
  const auto is_one_of = [](const auto& words, string_view text) {
    return std::find(words.begin(), words.end(), fold_label(text)) != words.end();
  };
  return is_one_of(kLeft, row.label) && is_one_of(kRight, row.value);
}

// "Name - Bob" and "Name      Bob": a mark that stands in any text, behind a label that we know.
std::optional<FormRow> read_loose(string_view body) {
  const auto head = body.substr(0, kFormLabelBytes);
  for (const string_view mark : {string_view(" - "), string_view(" – "), string_view("  ")}) {
    const auto at = head.find(mark);
    if (at == string_view::npos || at == 0) continue;
    const auto label = without_marks(body.substr(0, at));
    const auto value = trim_blank(body.substr(at + mark.size()));
    if (!value.empty() && !form_key(label, value).empty()) return FormRow{label, value, mark};
  }
  return std::nullopt;
}

// "label: value", "label<tab>value" or "label | value".
std::optional<FormRow> read_row(string_view body) {
  body = without_number(body);
  if (auto row = read_bracketed(body)) return row;
  const auto head = body.substr(0, kFormLabelBytes);
  std::size_t at = string_view::npos;
  string_view mark;
  const auto nearer = [&](string_view other) {
    if (const auto found = head.find(other); found < at) at = found, mark = other;
  };
  for (const string_view other : {string_view(":"), string_view("："), string_view("\t"), string_view(" | "),
                                  string_view(" => "), string_view(" = ")})
    nearer(other);
  if (at == string_view::npos) nearer("=");
  if (at == string_view::npos) return read_loose(body);
  if (at == 0) return std::nullopt;
  auto label = without_marks(body.substr(0, at));
  auto value = body.substr(at + mark.size());
  if (mark == ":" && body[at - 1] == ' ') mark = " :";
  // "Name:<tab>Bob": the cell ends behind the tab, and a colon further down in the value is none of the table's.
  if (mark.ends_with(':') && value.starts_with('\t')) mark = "\t";
  while (!label.empty() && (label.back() == ':' || label.back() == '.' || label.back() == ' ')) label.remove_suffix(1);
  value = trim_blank(value);
  while (value.starts_with("*") || value.starts_with("|") || value.starts_with(":"))
    value = trim_blank(value.substr(1));
  while (value.ends_with("|")) value = trim_blank(value.substr(0, value.size() - 1));
  constexpr std::size_t kLabelWords = 8;
  const bool link = value.starts_with("//");
  const bool spelled = !label.empty() && word_count(label) <= kLabelWords &&
                       (label.find_first_of(".!\"<>@") == string_view::npos || !form_key(label).empty()) &&
                       !(label.front() >= '0' && label.front() <= '9');
  return spelled && !link ? std::optional(FormRow{label, value, mark}) : std::nullopt;
}

// Values that a visitor types over several lines.
bool takes_lines(string_view key) { return key == "message" || key == "address"; }

// An address or a telephone number alone on its line: what stands above it is its label.
bool is_reachable(string_view body) {
  constexpr std::size_t kDigits = 7, kLong = 30;
  if (has_address(body)) return word_count(body) == 1;
  const auto digits = static_cast<std::size_t>(std::count_if(body.begin(), body.end(), ascii::is_digit));
  return digits >= kDigits && body.size() <= kLong && body.find_first_not_of("0123456789+-()./ ") == string_view::npos;
}

}  // namespace

std::string to_form_value(string_view text) { return std::string(utf8_prefix(trim_blank(text), kValueBytes)); }

bool is_form_sender(string_view label, string_view value) {
  if (!has_address(value)) return false;
  const auto header = header_label(std::string(label) + ':');
  return header && header->label == HeaderLabel::from;
}

void FormEvidence::see(string_view label, string_view value) {
  if (const auto key = form_key(label, value); !key.empty()) keys_.insert(key);
  sender_ = sender_ || is_form_sender(label, value);
}

bool FormEvidence::convinces() const {
  const bool named = has("name") || has("first_name") || has("last_name") || has("company");
  const bool reachable = has("email") || has("phone");
  const bool wants = has("message") || has("product") || has("subject") || has("budget") || has("quantity");
  return (reachable && named && (wants || keys_.size() >= 4)) || (has("email") && wants && keys_.size() >= 3) ||
         ((has("email") || sender_) && has("message"));
}

string_view FormReader::key(string_view label) const {
  if (rule_ != nullptr)
    if (const auto key = rule_->key(label); !key.empty()) return key;
  return form_key(label);
}

bool FormReader::in_message() const {
  if (fields_.empty()) return false;
  const auto& [label, value] = fields_.back();
  return takes_lines(key(label)) || takes_lines(form_key(label, value));
}

void FormReader::add_line(string_view body, bool apart) {
  auto& value = fields_.back().second;
  if (value.size() >= kValueBytes) return;
  if (!value.empty()) value += apart ? "\n\n" : "\n";
  value += to_form_value(body);
}

// An unknown label in the column of the known ones: "Hull length   12 m" below "Your name     Bob".
std::optional<FormRow> FormReader::in_column(string_view body) const {
  constexpr std::size_t kHabit = 2, kWords = 8;
  const auto gap = body.find("  ");
  if (layout_.column == 0 || layout_.rows < kHabit || gap == string_view::npos || gap == 0) return std::nullopt;
  const auto label = body.substr(0, gap);
  const auto value = trim_blank(body.substr(gap));
  const bool there = width_of(body.substr(0, static_cast<std::size_t>(value.data() - body.data()))) == layout_.column;
  return there && word_count(label) <= kWords ? std::optional(FormRow{without_marks(label), value, "  "})
                                              : std::nullopt;
}

bool FormReader::is_underlined(std::size_t at) const {
  return at + 1 < lines_.size() && !lines_[at + 1].blank && is_rule(lines_[at + 1].body);
}

bool FormReader::pair_at(std::size_t at) const {
  return at + 1 < lines_.size() && !lines_[at + 1].blank && !is_rule(lines_[at + 1].body);
}

// Numbered on, or underlined like all labels above: a label whatever it says.
bool FormReader::continues_layout(std::size_t at, bool blank_above) const {
  constexpr std::size_t kHabit = 2;
  if (layout_.rows < kHabit) return false;
  if (layout_.numbered == layout_.rows) return number_of(lines_[at].body) == layout_.rows + 1;
  return blank_above && layout_.underlined == layout_.rows && is_underlined(at);
}

void FormReader::begin(const FormRow& row, const Line& line, bool apart) {
  const auto column =
      row.mark != "  " ? 0
                       : width_of(line.body.substr(0, static_cast<std::size_t>(row.value.data() - line.body.data())));
  layout_.column = layout_.rows == 0 || layout_.column == column ? column : 0;
  layout_.numbered += number_of(line.body) == layout_.rows + 1;
  layout_.paired += pair_at(static_cast<std::size_t>(&line - lines_.data()));
  layout_.underlined += is_underlined(static_cast<std::size_t>(&line - lines_.data()));
  fields_.emplace_back(std::string(utf8_prefix(row.label, kFormLabelBytes)), to_form_value(row.value));
  layout_.marks.insert(row.mark);
  ++layout_.rows;
  layout_.below += row.value.empty();
  layout_.apart += apart;
  layout_.indent = std::max(layout_.indent, indent_of(line));
}

// Could this line of a message be the next row of the form? It stands like the rows above it, under a label we know.
bool FormReader::fits(const FormRow& row, const Line& line, bool apart) const {
  constexpr std::size_t kHabit = 3;  // rows, the first of which stands apart from the introduction
  if (key(row.label).empty() && !apart) return false;
  // "Note: …" inside a message: he asked for it once.
  if (!apart && key(row.label) == "message" && !fields_.back().second.empty()) return false;
  const bool colon = apart && row.mark.ends_with(':') && (layout_.marks.contains(":") || layout_.marks.contains(" :"));
  if ((!layout_.marks.contains(row.mark) && !colon) || indent_of(line) > layout_.indent) return false;
  if (layout_.rows < kHabit) return true;
  if (!apart && layout_.apart + 1 >= layout_.rows) return false;
  return row.value.empty() || layout_.below + 1 < layout_.rows;
}

// "Your message" alone on its line, above what was typed.
bool FormReader::is_heading(string_view body) const {
  constexpr std::size_t kWords = 4;
  if (fields_.empty() || in_message() || fields_.back().second.empty() || word_count(body) > kWords) return false;
  return key(body) == "message";
}

// Rows of a label and its value; a line that is neither goes on with the value above.
FormFields FormReader::rows(bool sure) {
  constexpr std::size_t kIntroduction = 8;
  constexpr std::size_t kLongValue = 200;
  fields_.clear();
  layout_ = {};
  FormEvidence evidence;
  std::size_t before = 0, loose = 0;
  bool open = false, apart = true;
  for (const auto& line : lines_) {
    if (line.blank) {
      apart = true;
      continue;
    }
    const auto body = line.body;
    // Below the last rule, or words of his own, stands the builder's footer.
    const bool footer = open && (is_footer(body) ||
                                 is_machines_closing(body, next_body(static_cast<std::size_t>(&line - lines_.data()))));
    if (is_rule(body) || footer) {
      apart = is_rule(body);
      if (open && is_rule(body) && fields_.back().second.empty()) continue;
      open = false;
      continue;
    }
    auto row = in_column(body);
    if (!row) row = read_row(body);
    const bool inside_message = open && in_message();
    // A line of the message may look like a row.
    if (row && inside_message && !fits(*row, line, apart)) row.reset();
    if (row && fields_.empty() && is_column_heading(*row)) continue;
    if (!row && is_heading(without_marks(body))) row = FormRow{without_marks(body), {}, {}};
    if (row && fields_.size() < kFormFields) {
      evidence.see(row->label, row->value);
      begin(*row, line, apart);
      open = true;
    } else if (fields_.empty()) {
      if (++before > kIntroduction) return {};
    } else if (open && (fields_.back().second.empty() || inside_message || !apart)) {
      add_line(body, apart && inside_message);
      if (!inside_message && !fields_.back().second.empty()) loose += fields_.back().second.size() > kLongValue;
    } else {
      ++loose;
      open = false;
    }
    apart = false;
  }
  if (sure) return fields_;
  // Who writes a letter writes sentences between his lines.
  constexpr std::size_t kFooter = 6;
  const bool sentences = loose > kFooter || before + loose > 2 * fields_.size() + 3;
  return evidence.convinces() && !sentences ? fields_ : FormFields{};
}

string_view FormReader::next_body(std::size_t at) const {
  for (++at; at < lines_.size(); ++at)
    if (!lines_[at].blank && !is_rule(lines_[at].body)) return lines_[at].body;
  return {};
}

// "Name" on one line, what was typed on the next.
FormFields FormReader::stacked(bool sure) {
  constexpr std::size_t kIntroduction = 8;
  fields_.clear();
  layout_ = {};
  std::size_t before = 0;
  bool blank_above = true, open = true;
  for (std::size_t at = 0; at < lines_.size(); ++at) {
    const auto& line = lines_[at];
    if (line.blank || is_rule(line.body)) {
      blank_above = true;
      continue;
    }
    auto label = without_number(without_marks(line.body));
    while (line.body.starts_with("--") && label.ends_with('-')) label = trim_blank(label.substr(0, label.size() - 1));
    if (!fields_.empty() && open && is_footer(line.body)) {
      open = false;
    } else if (is_label(at, label, blank_above, sure) && fields_.size() < kFormFields) {
      if (label.ends_with(':')) label.remove_suffix(1);
      begin({label, {}, {}}, line, blank_above);
      open = true;
    } else if (fields_.empty()) {
      if (++before > kIntroduction) return {};
    } else if (open && (in_message() || fields_.back().second.empty() || !blank_above)) {
      add_line(line.body, blank_above && !fields_.back().second.empty());
    }
    blank_above = false;
  }
  FormEvidence evidence;
  for (const auto& [label, value] : fields_) evidence.see(label, value);
  // One line under each label but the message; text that runs on is a letter.
  const auto running = std::count_if(fields_.begin(), fields_.end(), [&](const auto& field) {
    return !takes_lines(form_key(field.first, field.second)) &&
           std::count(field.second.begin(), field.second.end(), '\n') > 1;
  });
  constexpr std::size_t kLeast = 3;
  return (sure || evidence.convinces()) && fields_.size() >= kLeast && running <= 1 ? fields_ : FormFields{};
}

bool FormReader::is_label(std::size_t at, string_view label, bool blank_above, bool sure) const {
  constexpr std::size_t kWords = 6, kQuestionWords = 14;
  const bool colon = label.ends_with(':');
  if (colon) label.remove_suffix(1);
  // "Questions:" above further labels was a heading.
  const bool heading = blank_above && in_message() && !key(label).empty();
  const bool follows = fields_.empty() || !fields_.back().second.empty() || heading;
  if (!follows || label.size() > 2 * kFormLabelBytes) return false;
  if (continues_layout(at, blank_above)) return true;
  // A line of the message is a label only where the labels so far stood like it.
  const bool indented = indent_of(lines_[at]) > layout_.indent && !fields_.empty();
  const bool touching = !blank_above && layout_.rows >= 3 && layout_.apart == layout_.rows;
  if (in_message() && (indented || touching)) return false;
  // Above the first label stands the heading, which may be a word such as "Enquiry".
  if (fields_.empty() && !key(next_body(at)).empty()) return false;
  if (!key(label).empty() && word_count(label) <= kWords) return true;
  if (fields_.empty()) return false;
  // Above an address or a number, and below a value that is complete, any short line is one.
  const bool complete = !in_message() && fields_.back().second.find('\n') == std::string::npos;
  if (complete && word_count(label) <= kWords && !is_reachable(label) && is_reachable(next_body(at))) return true;
  // A question above an answer; in a sure form any short line that stands apart.
  const bool question = label.ends_with('?') && word_count(label) <= kQuestionWords && complete;
  const bool hint = word_count(label) <= kQuestionWords && hints_at_form_key(label);
  if (complete && (question || hint) && word_count(label) <= kWords) return true;
  if (!blank_above) return false;
  // Labels that all stood apart, each on top of its value, make the next such pair one too.
  constexpr std::size_t kHabit = 3;
  if (complete && pair_at(at) && layout_.rows >= kHabit && layout_.apart == layout_.rows &&
      word_count(label) <= kWords && !has_address(label) && layout_.paired == layout_.rows)
    return true;
  return question || hint || (colon && complete && word_count(label) <= kWords) ||
         (sure && word_count(label) <= kWords && !has_address(label));
}

// "This is an enquiry via https://acme.example from:" above "Bob <bob@example.com>" above what he wrote.
FormFields FormReader::introduced() {
  constexpr auto kFrom = std::to_array<string_view>({"from:", "by:", "de:", "von:", "par:", "por:", "tu:"});
  fields_.clear();
  std::size_t at = 0;
  while (at < lines_.size() && lines_[at].blank) ++at;
  if (at + 2 >= lines_.size()) return {};
  const auto words = fold_plain(lines_[at].body);
  const auto last = string_view(words).substr(std::min(words.rfind(' ') + 1, words.size()));
  const auto who = lines_[at + 1].body;
  const bool told = word_count(words) > 3 && std::find(kFrom.begin(), kFrom.end(), last) != kFrom.end();
  if (!told || !has_address(who) || !(who.ends_with('>') || word_count(who) == 1)) return {};
  fields_ = {{"From", std::string(who)}, {"Message", ""}};
  bool apart = false;
  for (at += 2; at < lines_.size(); ++at) {
    if (!lines_[at].blank) add_line(lines_[at].body, apart && !fields_.back().second.empty());
    apart = lines_[at].blank;
  }
  return fields_.back().second.empty() ? FormFields{} : fields_;
}

}  // namespace leadmail::mail::message
