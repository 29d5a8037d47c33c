// #qualify, #score, #step: how good the lead is, and how far it has come.
#include <algorithm>
#include <charconv>

#include "core/leads/fold.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

template <typename Spec>
std::vector<std::string> ids_of(const std::vector<Spec>& specs) {
  std::vector<std::string> ids;
  ids.reserve(specs.size());
  for (const auto& spec : specs) ids.push_back(spec.id);
  return ids;
}

/// The question at the beginning of `text`, and how many bytes say it; the longest of its names wins.
std::pair<const FieldSpec*, std::size_t> read_question(std::string_view text) {
  std::pair<const FieldSpec*, std::size_t> best{};
  for (const auto& question : qualification()) {
    auto used = words_said(text, question.name);
    for (const auto& [language, label] : question.labels) used = std::max(used, words_said(text, label));
    if (used > best.second) best = {&question, used};
  }
  return best;
}

std::optional<int> small_number(std::string_view text) {
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void tell_total(Turn& turn, int before, int after) {
  const auto& evaluation = turn.plan.rules().record.evaluation;
  if (before != after)
    turn.changed("evaluation.total", before == 0 ? "" : std::to_string(before), std::to_string(after));
  turn.changed("evaluation.verdict", "", verdict_of(evaluation, after, turn.language()));
}

int total_of(const std::vector<std::string>& scores) {
  int total = 0;
  for (const auto& score : scores) total += small_number(score).value_or(0);
  return total;
}

std::string local_day(Time at, const User& user) { return to_rfc3339(at, offset_at(at, user.timezone)).substr(0, 10); }

}  // namespace

void do_qualify(Turn& turn, const Command& command) {
  Values values;
  const FieldSpec* question = nullptr;
  std::string note;
  auto rest = std::string_view(command.arguments);
  const auto keep = [&] {
    if (question != nullptr && !note.empty()) values.emplace_back("qualification." + question->name + ".note", note);
    note.clear();
  };
  while (!trim(rest).empty()) {
    const auto end = std::min(rest.find_first_of(",;"), rest.size());
    auto piece = trim(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto [named, used] = read_question(piece);
    if (named == nullptr) {
      // Words behind a comma go on with the note of the question before.
      if (question == nullptr)
        return turn.refuse(Phrase::unknown_choice, {one_line(piece, 40), question_names(turn.language())});
      note += (note.empty() ? "" : ", ") + one_line(piece, 300);
      continue;
    }
    keep();
    question = named;
    auto said = trim(piece.substr(used));
    auto behind = said;
    const auto answer = read_answer(take_word(behind));
    if (!answer) {
      return turn.refuse(Phrase::neither_yes_nor_no, {one_line(said.empty() ? piece : said, 40)});
    }
    values.emplace_back("qualification." + question->name + ".answer", *answer);
    note = one_line(behind, 300);
  }
  keep();
  if (values.empty()) return turn.refuse_short(Verb::qualify);
  turn.set(Verb::qualify, EventType::fields, values);
}

void do_score(Turn& turn, const Command& command) {
  const auto& evaluation = turn.plan.rules().record.evaluation;
  const auto wrong = [&] {
    turn.refuse(Phrase::wrong_scores,
                {std::to_string(evaluation.scores.size()) + " (" + join(evaluation.scores, ", ") + ")",
                 std::to_string(evaluation.lowest), std::to_string(evaluation.highest)});
  };
  auto scores = lines_of(turn.lead().value("evaluation.scores"));
  const auto before = total_of(scores);
  scores.resize(evaluation.scores.size(), "0");
  auto text = command.arguments;
  std::ranges::replace_if(
      text, [](char c) { return std::string_view(",;:=/").find(c) != std::string_view::npos; }, ' ');
  const auto words = words_of(text);
  if (words.empty()) return turn.refuse_short(Verb::score);
  const auto in_range = [&](std::optional<int> n) { return n && *n >= evaluation.lowest && *n <= evaluation.highest; };
  if (const auto named = read_entry(words.front(), evaluation.scores)) {
    if (words.size() != 2 || !in_range(small_number(words[1]))) return wrong();
    scores[*named] = std::string(words[1]);
  } else {
    if (words.size() != scores.size()) return wrong();
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (!in_range(small_number(words[i]))) return wrong();
      scores[i] = std::to_string(*small_number(words[i]));
    }
  }
  std::string kept;
  for (const auto& score : scores) kept += (kept.empty() ? "" : "\n") + score;
  const auto total = total_of(scores);
  const auto verdict = verdict_of(evaluation, total, turn.language());
  turn.plan.record_change({.type = EventType::fields,
                           .by = turn.user.id,
                           .cause = cause_of(Verb::score, turn.plan),
                           .text = std::to_string(total) + ": " + verdict},
                          {{"evaluation.scores", kept}, {"evaluation.total", std::to_string(total)}});
  tell_total(turn, before, total);
}

void do_step(Turn& turn, const Command& command) {
  const auto& steps = turn.plan.rules().record.steps;
  if (steps.empty()) return turn.refuse(Phrase::no_steps);
  auto rest = trim(command.arguments);
  if (rest.empty()) return turn.refuse_short(Verb::step);
  const StepSpec* step = nullptr;
  std::size_t used = 0;
  for (const auto& spec : steps) {
    auto said = words_said(rest, spec.id);
    for (const auto& [language, label] : spec.labels) said = std::max(said, words_said(rest, label));
    if (said > used) {
      step = &spec;
      used = said;
    }
  }
  if (step == nullptr) return turn.refuse(Phrase::unknown_choice, {one_line(rest, 40), join(ids_of(steps), ", ")});
  rest = trim(rest.substr(used));
  auto behind = rest;
  const auto word = take_word(behind);
  const auto done = "step." + step->id + ".done_at";
  if (is_one_of(word, {"open", "undone", "abierto", "pendiente", "mo", "chua"})) {
    turn.set(Verb::step, EventType::fields, {{done, ""}});
    return;
  }
  if (is_one_of(word, {"planned", "plan", "planificado", "planificada", "previsto", "prevista", "programado"})) {
    rest = behind;
  } else if (auto next = behind; is_one_of(word, {"du"}) && is_one_of(take_word(next), {"kien"})) {  // dự kiến
    rest = next;
  }
  const bool is_done = rest.empty() || is_one_of(word, {"done", "ok", "hecho", "hecha", "listo", "lista", "xong"});
  auto context = context_for(turn, false);
  context.is_date = true;
  context.is_done = is_done;
  const auto today = local_day(turn.plan.written(), turn.user);
  auto day = today;
  const auto date = is_done ? trim(behind) : rest;
  if (!date.empty()) {
    const auto at = parse_when(date, context);
    if (!at) return turn.refuse(at.error().what);
    day = local_day(*at, turn.user);
    if (is_done && day > today) return turn.refuse(Phrase::to_come, {one_line(date, 40)});
  }
  turn.set(Verb::step, EventType::fields, {{is_done ? done : "step." + step->id + ".planned", day}});
}

}  // namespace leadmail::leads
