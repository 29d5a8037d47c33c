#include "core/leads/turn.h"

#include <algorithm>

#include "core/leads/fold.h"
#include "core/leads/record.h"
#include "core/leads/text.h"
#include "core/leads/zone.h"

namespace leadmail::leads {

void Turn::refuse_short(Verb verb) {
  refuse(Phrase::needs_more, {verb_name(verb, language()), "#" + std::string(row_of(verb).example)});
}

bool Turn::set(Verb verb, EventType type, const Values& values, std::string text) {
  std::vector<ResultLine> lines;
  for (const auto& [field, value] : values) {
    const auto before = std::string(lead().value(field));
    if (before != value) lines.push_back({field, before, value});
  }
  if (lines.empty()) return false;
  plan.record({.type = type, .by = user.id, .cause = cause_of(verb, plan), .text = std::move(text)}, values);
  std::ranges::move(lines, std::back_inserter(result.results));
  return true;
}

std::string cause_of(Verb verb, const Plan& plan) {
  return "command " + verb_name(verb, "en") + " in " + plan.occasion().cause;
}

WhenContext context_for(const Turn& turn, bool is_duration) {
  return {.now = turn.plan.written(),
          .taken = turn.plan.now(),
          .zone = turn.user.timezone,
          .language = turn.user.language,
          .day_starts = turn.user.hours.from,
          .is_duration = is_duration,
          .needs_year = true};
}

std::string local_words(Time at, const User& user) {
  auto text = to_rfc3339(at, offset_at(at, user.timezone)).substr(0, 16);
  std::ranges::replace(text, 'T', ' ');
  return text + " " + user.timezone;
}

std::string_view behind_until(std::string_view text) {
  text = trim(text);
  for (const std::string_view mark : {"'", "\u2019", "\u2018", "`"}) {  // "\u2019til"
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
  }
  for (const std::string_view lead :
       {"until the end of", "until", "till", "til", "to", "through", "hasta el", "hasta", "den het ngay", "den het",
        "cho den", "den ngay", "den", "toi", "for", "por", "trong", "mat"}) {
    if (const auto used = words_said(text, lead); used != 0) return behind_until(text.substr(used));
  }
  return text;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  const auto folded = fold(word);
  return std::ranges::find(words, folded) != words.end();
}

}  // namespace leadmail::leads
