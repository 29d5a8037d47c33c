// Forms laid out otherwise than in rows and stacks: labels side by side above their values, and questions with answers.
#include <algorithm>
#include <array>

#include "mail/message/charset.h"
#include "mail/message/fold.h"
#include "mail/message/form_reader.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

// The cells of a line of a table; one cell where it is none.
std::vector<string_view> cells_of(string_view body) {
  constexpr std::size_t kCells = 60;
  const char mark = body.find('\t') != string_view::npos ? '\t' : '|';
  body = trim_blank(body);
  if (mark == '|' && body.starts_with('|')) body.remove_prefix(1);
  if (mark == '|' && body.ends_with('|')) body.remove_suffix(1);
  std::vector<string_view> cells;
  while (cells.size() < kCells) {
    const auto end = body.find(mark);
    cells.push_back(trim_blank(body.substr(0, end)));
    if (end == string_view::npos) break;
    body.remove_prefix(end + 1);
  }
  return cells;
}

// What stands behind "Q:" or "Answer 3:", of the marks given; nothing for any other line.
template <std::size_t kCount>
std::optional<string_view> behind_mark(string_view body, const std::array<string_view, kCount>& marks) {
  constexpr std::size_t kMark = 16;
  const auto colon = body.substr(0, kMark).find_first_of(":.)");
  if (colon == string_view::npos) return std::nullopt;
  auto word = fold_plain(trim_blank(body.substr(0, colon)));
  while (!word.empty() && (word.back() == ' ' || (word.back() >= '0' && word.back() <= '9'))) word.pop_back();
  if (std::find(marks.begin(), marks.end(), word) == marks.end()) return std::nullopt;
  return trim_blank(body.substr(colon + 1));
}

}  // namespace

FormFields FormReader::across() const {
  constexpr std::size_t kLeast = 3;
  std::vector<string_view> labels;
  FormFields fields;
  for (const auto& line : lines_) {
    if (line.blank && !fields.empty()) break;
    if (line.blank || line.text.find_first_not_of("-:|+= \t") == string_view::npos) continue;
    const auto cells = cells_of(line.text);
    if (labels.empty()) {
      if (cells.size() < kLeast) continue;
      const auto known =
          std::count_if(cells.begin(), cells.end(), [&](string_view cell) { return !key(cell).empty(); });
      if (static_cast<std::size_t>(known) * 2 > cells.size()) labels = cells;
      continue;
    }
    if (cells.size() == 1 && !fields.empty()) {  // the last cell goes on
      constexpr std::size_t kLongest = 16 * 1024;
      auto& last = fields.back().second;
      if (last.size() < kLongest) last += '\n' + to_form_value(cells.front());
      continue;
    }
    if (cells.size() != labels.size()) break;
    if (!fields.empty()) return {};  // a table of several
    for (std::size_t at = 0; at < cells.size(); ++at)
      if (!labels[at].empty()) fields.emplace_back(utf8_prefix(labels[at], kFormLabelBytes), to_form_value(cells[at]));
  }
  FormEvidence evidence;
  for (const auto& [label, value] : fields) evidence.see(label, value);
  return evidence.convinces() ? fields : FormFields{};
}

FormFields FormReader::questions() {
  constexpr auto kAsked = std::to_array<string_view>(
      {"q", "question", "frage", "f", "pregunta", "p", "pergunta", "cau hoi", "hoi", "domanda"});
  constexpr auto kAnswered = std::to_array<string_view>(
      {"a", "answer", "antwort", "respuesta", "r", "reponse", "resposta", "tra loi", "dap", "ans", "risposta"});
  constexpr std::size_t kLeast = 3;
  fields_.clear();
  bool asked = false, answered = false, apart = false;
  for (const auto& line : lines_) {
    const auto question = behind_mark(line.body, kAsked), answer = behind_mark(line.body, kAnswered);
    if (question && fields_.size() < kFormFields) {
      fields_.emplace_back(utf8_prefix(*question, kFormLabelBytes), "");
      asked = true;
      answered = false;
    } else if (answer && asked) {
      add_line(*answer, false);
      answered = true;
      asked = false;
    } else if (answered && !line.blank && (!apart || in_message())) {
      add_line(line.body, apart);
    } else if (answered && !line.blank) {
      answered = false;
    }
    apart = line.blank;
  }
  FormEvidence evidence;
  for (const auto& [label, value] : fields_) evidence.see(label, value);
  return fields_.size() >= kLeast && evidence.convinces() ? fields_ : FormFields{};
}

}  // namespace leadmail::mail::message
