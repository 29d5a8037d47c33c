#include "core/leads/command.h"

#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/fold.h"
#include "core/leads/phrases.h"
#include "core/leads/telex.h"
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

/// The verb that the line begins with; the longest name wins, of equal ones that with the accents as `written`.
VerbHit find_verb(const std::vector<std::string>& words, std::string_view written) {
  VerbHit best;
  if (words.empty()) return best;
  for (const auto& row : verbs()) {
    for_each_alternative({row.en, row.es, row.vi}, [&](std::string_view name) {
      const auto count = covers(words, name);
      const bool is_exact = count == best.words && count > 0 && written.starts_with(name);
      if (count > best.words || is_exact) best = {&row, count};
    });
  }
  return best;
}

std::vector<std::string> folded_words(std::string_view text, std::size_t most) {
  std::vector<std::string> folded;
  for (auto rest = trim(text); !rest.empty() && folded.size() < most;) {
    auto word = fold(take_word(rest));
    while (word.size() > 1 && std::string_view(":,;.!").find(word.back()) != std::string_view::npos) word.pop_back();
    if (word.starts_with("¡")) word.erase(0, std::string_view("¡").size());
    folded.push_back(std::move(word));
  }
  return folded;
}

constexpr std::size_t kLongestVerb = 3;  // words

/// The verb of a Vietnamese whose keyboard put no accents on.
VerbHit find_typed_verb(std::string_view body) {
  std::string_view rest = body;
  std::string typed;
  for (std::size_t i = 0; i < kLongestVerb && !rest.empty(); ++i)
    typed += (i == 0 ? "" : " ") + std::string(take_word(rest));
  const auto meant = telex_read(typed);
  return meant == typed ? VerbHit{} : find_verb(folded_words(meant, kLongestVerb), meant);
}

/// Without what keyboards and programs slip in before a line: no-break spaces and marks of no width. Ordinary spaces
/// stay: what is set in may be a quote.
std::string_view without_lead(std::string_view line) {
  constexpr std::string_view kMarks[] = {"\xC2\xA0",     "\xE2\x80\xAF", "\xEF\xBB\xBF", "\xE2\x80\x8B", "\xE2\x80\x8C",
                                         "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x81\xA0"};
  for (bool found = true; found;) {
    found = false;
    for (const auto mark : kMarks) {
      if (!line.starts_with(mark)) continue;
      line.remove_prefix(mark.size());
      found = true;
    }
  }
  return line;
}

/// The line as a command: "＃" and "﹟" of Asian keyboards are "#". Empty when it is none.
std::string as_command(std::string_view line) {
  line = without_lead(line);
  for (const std::string_view sign : {"#", "＃", "﹟"}) {
    if (line.starts_with(sign)) return "#" + std::string(line.substr(sign.size()));
  }
  return {};
}

/// Without the mark that leads in what follows a verb, ": " or "- ", and without quotation marks around all of it.
std::string_view bare_arguments(std::string_view text) {
  for (const std::string_view mark : {":", "=", "- ", "– ", "— "}) {
    if (!text.starts_with(mark)) continue;
    text = trim(text.substr(mark.size()));
    break;
  }
  constexpr std::pair<std::string_view, std::string_view> kQuotes[] = {{"“", "”"},   {"„", "“"}, {"«", "»"},
                                                                       {"\"", "\""}, {"‘", "’"}, {"”", "”"}};
  for (const auto& [open, close] : kQuotes) {
    const bool is_around = text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close);
    if (!is_around) continue;
    const auto inside = text.substr(open.size(), text.size() - open.size() - close.size());
    if (inside.find(open) == std::string_view::npos) return trim(inside);
  }
  return text;
}

/// What telephones and programs write below a mail, and some on its last line. Spelled as they spell it: in a sentence
/// it would not begin with a capital.
std::string_view without_device(std::string_view line) {
  constexpr std::size_t kLongest = 60;
  for (const std::string_view mark :
       {" Sent from my ", " Sent from Outlook", " Sent from Mail", " Sent from Yahoo", " Get Outlook for ",
        " Enviado desde mi ", " Enviado desde Outlook", " Obtener Outlook para ", " Obtén Outlook para ", " Đã gửi từ ",
        " Được gửi từ ", " Gửi từ iPhone", " Tải Outlook cho "}) {
    const auto at = line.rfind(mark);
    if (at != std::string_view::npos && line.size() - at < kLongest) line = trim(line.substr(0, at));
  }
  return line;
}

/// Verbs whose arguments are names and numbers: whoever is polite behind them means nothing by it.
bool takes_no_text(Verb verb) {
  switch (verb) {
    case Verb::status:
    case Verb::assign:
    case Verb::claim:
    case Verb::stage:
    case Verb::snooze:
    case Verb::merge:
    case Verb::move:
    case Verb::show:
    case Verb::list:
    case Verb::undo: return true;
    default: return false;
  }
}

/// "luis, please" -> "luis".
std::string_view without_courtesy(std::string_view text) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view words :
         {"please", "pls", "plz", "thanks", "thank you", "por favor", "porfa", "porfavor", "gracias", "nhe", "nha", "a",
          "giup em", "giup minh", "giup toi", "cam on"}) {
      const auto parts = words_of(text);
      const auto count = words_of(words).size();
      if (parts.size() <= count) continue;
      const auto* const begin = parts[parts.size() - count].data();
      auto tail = text.substr(static_cast<std::size_t>(begin - text.data()));
      while (tail.ends_with('.') || tail.ends_with('!')) tail.remove_suffix(1);
      // "a" is a word of others: alone it is the Vietnamese "ạ".
      if (fold(tail) != words || (words == "a" && tail == "a")) continue;
      text = trim(text.substr(0, static_cast<std::size_t>(begin - text.data())));
      while (text.ends_with(',')) text.remove_suffix(1);
      found = true;
    }
  }
  return text;
}

std::string_view body_of(std::string_view line) {
  return trim(line.substr(std::min(line.find_first_not_of('#'), line.size())));
}

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

/// "#status" within the words of another command: it was meant to be one, and would not be done.
std::string_view command_within(std::string_view arguments) {
  for (const auto word : words_of(arguments)) {
    if (word.size() < 2 || word.front() != '#') continue;
    const auto named = word.substr(1) == "?"
                           ? std::string_view{}
                           : arguments.substr(static_cast<std::size_t>(word.data() + 1 - arguments.data()));
    if (find_verb(folded_words(named, kLongestVerb), to_lower(named)).row != nullptr) return word;
  }
  return {};
}

bool is_only_hashes(std::string_view line) { return line.find_first_not_of('#') == std::string_view::npos; }

/// Reads one line that begins with "#". False: `refused` says why.
bool read_line(std::string_view line, std::string_view language, CommandText& result) {
  line = without_device(line);
  const auto words = is_only_hashes(line) ? std::vector<std::string>{} : folded_words(body_of(line), kLongestVerb);
  auto hit = find_verb(words, to_lower(body_of(line)));
  if (hit.row == nullptr && language == "vi" && !words.empty()) hit = find_typed_verb(body_of(line));
  if (hit.row == nullptr) {
    const auto near = words.empty() ? std::string{} : near_misses(words.front(), language);
    const auto shown = one_line(line, 40);
    result.refused = near.empty() ? say(Phrase::unknown_verb_alone, language, {shown})
                                  : say(Phrase::unknown_verb, language, {shown, near});
    return false;
  }
  auto arguments = body_of(line);
  for (std::size_t i = 0; i < hit.words; ++i) take_word(arguments);
  if (hit.row->verb != Verb::note) arguments = bare_arguments(arguments);
  if (const auto within = command_within(arguments); !within.empty() && hit.row->verb != Verb::help) {
    result.refused = one_line(line, 60) + ": " + say(Phrase::one_a_line, language, {one_line(within, 40)});
    return false;
  }
  if (takes_no_text(hit.row->verb)) arguments = without_courtesy(arguments);
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

/// "1. ", "12) ": the number of an item.
std::string_view without_number(std::string_view line) {
  const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const auto mark = line.substr(digits, 2);
  return digits > 0 && digits < 3 && (mark == ". " || mark == ") ") ? line.substr(digits + 2) : line;
}

/// What a program or a keyboard puts before a "#" that its writer did not mean: nothing that is seen, a mark of bold
/// text or of an item, a quotation mark.
std::string_view without_disguise(std::string_view line) {
  constexpr auto kDisguises = std::to_array<std::string_view>(
      {" ",      "\t",     "*",      "_",      "-",      "+",      "`",      "'",      "\"",     "~",      "(",
       "[",      "\u00a0", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u3000", "\ufeff",
       "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\u2022", "\u2023", "\u25aa", "\u25cf", "\u25e6",
       "\u00b7", "\u2018", "\u2019", "\u201a", "\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb", "\u2192", "\u2043"});
  const auto hides = [&](std::string_view disguise) { return line.starts_with(disguise); };
  for (const auto* found = std::ranges::find_if(kDisguises, hides); found != kDisguises.end();
       found = std::ranges::find_if(kDisguises, hides)) {
    line.remove_prefix(found->size());
  }
  return line;
}

/// What stands behind the "#" of the line, or behind one that looks so; nothing for other lines.
std::string_view behind_hash(std::string_view line) {
  line = without_disguise(without_number(without_disguise(line)));
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
    const auto named = body_of(body);
    if (find_verb(folded_words(named, kLongestVerb), to_lower(named)).row != nullptr) return line;
  }
  return {};
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// A command that is as long as mail programs make lines, or would be with the word below it, and text right below:
/// its end, or the customer's text?
bool may_run_on(const CommandText& read) {
  constexpr std::size_t kShortestBroken = 60;  // some break at 65 columns
  if (read.commands.empty()) return false;
  const auto& line = read.commands.back().line;
  auto below = std::string_view(read.rest);
  return columns(line) >= kShortestBroken || columns(line) + 1 + columns(take_word(below)) > kShortestBroken + 5;
}

}  // namespace

CommandText read_commands(std::string_view text, std::string_view language) {
  CommandText result;
  bool is_followed_at_once = false;
  auto rest = text;
  while (!rest.empty()) {
    const auto before = rest;
    const auto line = take_line(rest);
    if (trim(without_lead(line)).empty()) {
      is_followed_at_once = false;
      continue;
    }
    const auto command = as_command(line);
    if (command.empty()) {
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
    if (!read_line(trim(command), language, result)) return result;
  }
  if (result.rest.empty()) return result;
  if (const auto below = command_further_down(result.rest); !below.empty()) {
    result.refused = say(Phrase::command_below, language, {one_line(below, 40)});
  } else if (is_followed_at_once && may_run_on(result)) {
    result.refused = say(Phrase::command_runs_on, language, {one_line(result.commands.back().line, 40)});
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
