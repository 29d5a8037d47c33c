#include "core/leads/command.h"

#include <algorithm>
#include <array>

#include "core/leads/fold.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

/// How many words of `words` (folded) the verb covers when written so; 0 when it is another. "trang thai" may be
/// written "trạngthái" or "trang-thai" too.
std::size_t covers(const std::vector<std::string>& words, std::string_view written) {
  const auto verb = fold(written);
  auto joined = verb;
  std::erase(joined, ' ');
  auto first = words.front();
  std::erase(first, '-');
  if (first == joined) return 1;
  const auto parts = words_of(verb);
  if (parts.size() > words.size() || !std::ranges::equal(parts, std::span(words).first(parts.size()))) return 0;
  return parts.size();
}

/// Calls `each` with every alternative of "siguiente|próximo" and the like.
template <typename Each>
void for_each_alternative(std::initializer_list<std::string_view> lists, Each each) {
  for (auto list : lists) {
    while (!list.empty()) {
      const auto end = std::min(list.find('|'), list.size());
      each(list.substr(0, end));
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }
}

struct VerbHit {
  const VerbRow* row = nullptr;
  std::size_t words = 0;
};

/// The verb that the line begins with; the longest name wins.
VerbHit find_verb(const std::vector<std::string>& words) {
  VerbHit best;
  if (words.empty()) return best;
  for (const auto& row : verbs()) {
    for_each_alternative({row.en, row.es, row.vi}, [&](std::string_view name) {
      const auto count = covers(words, name);
      if (count > best.words) best = {&row, count};
    });
  }
  return best;
}

std::vector<std::string> folded_words(std::string_view text, std::size_t most) {
  std::vector<std::string> folded;
  for (auto rest = trim(text); !rest.empty() && folded.size() < most;) {
    auto word = fold(take_word(rest));
    while (!word.empty() && (word.back() == ':' || word.back() == ',')) word.pop_back();
    folded.push_back(std::move(word));
  }
  return folded;
}

constexpr std::size_t kLongestVerb = 3;  // words

std::string_view body_of(std::string_view line) { return trim(line.substr(line.find_first_not_of('#'))); }

/// "#stauts" -> "#status": English verbs and those of the user's language that differ by two letters or begin so, the
/// nearest first.
std::string near_misses(std::string_view word, std::string_view language) {
  constexpr std::size_t kFar = 2;
  constexpr std::size_t kMost = 3;
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const auto& row : verbs()) {
    const auto own = language == "es" ? row.es : language == "vi" ? row.vi : std::string_view{};
    for_each_alternative({row.en, own}, [&](std::string_view name) {
      const auto folded = fold(name);
      auto far = distance(word, folded, kFar);
      if (word.size() >= 2 && folded.starts_with(word)) far = std::min(far, std::size_t{1});
      if (far <= kFar && far < folded.size()) near.emplace_back(far, "#" + std::string(name));
    });
  }
  std::ranges::stable_sort(near, {}, [](const auto& entry) { return entry.first; });
  std::string list;
  for (std::size_t i = 0; i < near.size() && i < kMost; ++i) list += (i == 0 ? "" : ", ") + near[i].second;
  return list;
}

bool is_only_hashes(std::string_view line) { return line.find_first_not_of('#') == std::string_view::npos; }

/// Reads one line that begins with "#". False: `refused` says why.
bool read_line(std::string_view line, std::string_view language, CommandText& result) {
  const auto words = is_only_hashes(line) ? std::vector<std::string>{} : folded_words(body_of(line), kLongestVerb);
  const auto hit = find_verb(words);
  if (hit.row == nullptr) {
    const auto near = words.empty() ? std::string{} : near_misses(words.front(), language);
    const auto shown = one_line(line, 40);
    result.refused = near.empty() ? say(Phrase::unknown_verb_alone, language, {shown})
                                  : say(Phrase::unknown_verb, language, {shown, near});
    return false;
  }
  auto arguments = body_of(line);
  for (std::size_t i = 0; i < hit.words; ++i) take_word(arguments);
  result.commands.push_back({hit.row->verb, std::string(line), std::string(arguments)});
  return true;
}

std::string_view take_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// What a program or a keyboard puts before a "#" that its writer did not mean: nothing that is seen, or a mark of bold
/// text.
std::string_view without_disguise(std::string_view line) {
  constexpr auto kDisguises =
      std::to_array<std::string_view>({" ", "\t", "*", "_", "\u00a0", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e",
                                       "\u200f", "\u2060", "\u3000", "\ufeff"});
  const auto hides = [&](std::string_view disguise) { return line.starts_with(disguise); };
  for (const auto* found = std::ranges::find_if(kDisguises, hides); found != kDisguises.end();
       found = std::ranges::find_if(kDisguises, hides)) {
    line.remove_prefix(found->size());
  }
  return line;
}

/// What stands behind the "#" of the line, or behind one that looks so; nothing for other lines.
std::string_view behind_hash(std::string_view line) {
  line = without_disguise(line);
  for (const std::string_view hash : {"#", "\uff03", "\ufe5f"}) {
    if (line.starts_with(hash)) return trim(without_disguise(line.substr(hash.size())));
  }
  return {};
}

/// A known command below the text: it was meant for us, and would reach the customer.
std::string_view command_further_down(std::string_view rest) {
  while (!rest.empty()) {
    const auto line = trim(take_line(rest));
    const auto body = behind_hash(line);
    if (body.empty() || is_only_hashes(body)) continue;
    if (find_verb(folded_words(body_of(body), kLongestVerb)).row != nullptr) return line;
  }
  return {};
}

/// A note of the length at which mail programs break lines, and text right below it: its end, or the customer's text?
bool note_may_run_on(const CommandText& read, bool is_followed_at_once) {
  constexpr std::size_t kMayBeBroken = 60;
  return is_followed_at_once && !read.commands.empty() && read.commands.back().verb == Verb::note &&
         read.commands.back().line.size() >= kMayBeBroken;
}

}  // namespace

CommandText read_commands(std::string_view text, std::string_view language) {
  CommandText result;
  bool is_followed_at_once = false;
  auto rest = text;
  while (!rest.empty()) {
    const auto before = rest;
    const auto line = take_line(rest);
    if (trim(line).empty()) {
      is_followed_at_once = false;
      continue;
    }
    if (!line.starts_with('#')) {
      result.rest = std::string(trim(before));
      break;
    }
    is_followed_at_once = true;
    if (result.commands.size() == kMostCommands) {
      result.refused = say(Phrase::too_many_commands, language, {std::to_string(kMostCommands)});
      return result;
    }
    if (line.size() > kLongestCommand) {
      result.refused = say(Phrase::too_long_command, language, {std::to_string(kLongestCommand)});
      return result;
    }
    if (!read_line(trim(line), language, result)) return result;
  }
  if (result.rest.empty()) return result;
  if (const auto below = command_further_down(result.rest); !below.empty()) {
    result.refused = say(Phrase::command_below, language, {one_line(below, 40)});
  } else if (note_may_run_on(result, is_followed_at_once)) {
    result.refused = say(Phrase::note_runs_on, language);
  }
  return result;
}

std::string help_text(std::string_view language) {
  std::string text;
  for (const auto& row : verbs()) {
    if (!row.can_be_done) continue;
    auto example = std::string(row.example);
    const auto space = std::min(example.find(' '), example.size());
    text += verb_name(row.verb, language) + example.substr(space) + "\n";
  }
  return text + "\n" + say(Phrase::also_for_others, language) + "\n";
}

}  // namespace leadmail::leads
