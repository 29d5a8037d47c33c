#include "core/leads/asked.h"

#include <algorithm>
#include <charconv>

#include "core/leads/authority.h"
#include "core/leads/deciding.h"
#include "core/leads/execute.h"
#include "core/leads/fold.h"
#include "core/leads/person_words.h"
#include "core/leads/text.h"
#include "core/leads/token.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

bool is_in_team(const Team& team, std::string_view user) {
  return team.lead == user || std::ranges::find(team.members, user) != team.members.end();
}

/// A word that only joins: "with L-12", "a L-12", "sang L-12".
bool is_joining(std::string_view word) {
  return is_one_of(word, {"with", "to",  "into", "from", "con", "a",   "al",  "de", "en", "voi",
                          "sang", "vao", "den",  "lead", "no",  "no.", "n.o", "so", "la", "el"});
}

void add_once(std::vector<LeadId>& list, LeadId id) {
  if (id && std::ranges::find(list, id) == list.end()) list.push_back(id);
}

/// Whose leads a list shows that nobody understood: no id of a user is a line feed.
constexpr std::string_view kNobody = "\n";

struct ListWord {
  std::string_view words;
  enum class Means { due, owed, mine, all } means;
};

constexpr auto kListWords = std::to_array<ListWord>({
    {"due", ListWord::Means::due},
    {"overdue", ListWord::Means::due},
    {"vencido", ListWord::Means::due},
    {"vencidos", ListWord::Means::due},
    {"pendientes", ListWord::Means::due},
    {"den han", ListWord::Means::due},
    {"qua han", ListWord::Means::due},
    {"owed", ListWord::Means::owed},
    {"unanswered", ListWord::Means::owed},
    {"sin responder", ListWord::Means::owed},
    {"por responder", ListWord::Means::owed},
    {"chua tra loi", ListWord::Means::owed},
    {"mine", ListWord::Means::mine},
    {"my", ListWord::Means::mine},
    {"mios", ListWord::Means::mine},
    {"mis", ListWord::Means::mine},
    {"cua toi", ListWord::Means::mine},
    {"all", ListWord::Means::all},
    {"todos", ListWord::Means::all},
    {"todo", ListWord::Means::all},
    {"tat ca", ListWord::Means::all},
});

/// Takes what `text` begins with into the wish. False: nobody understands it.
bool take_list_word(std::string_view& text, const User& user, const Rules& rules, ListWish& wish) {
  for (const auto& word : kListWords) {
    const auto used = words_said(text, word.words);
    if (used == 0) continue;
    text = trim(text.substr(used));
    switch (word.means) {
      case ListWord::Means::due: wish.due = true; break;
      case ListWord::Means::owed: wish.owed = true; break;
      case ListWord::Means::mine: wish.owner = user.id; break;
      case ListWord::Means::all: wish.all = true; break;
    }
    return true;
  }
  auto rest = text;
  const auto first = take_word(rest);
  if (is_one_of(first, {"tag", "etiqueta", "nhan", "the"}) && !rest.empty()) {
    wish.tag = std::string(take_word(rest));
    if (wish.tag.starts_with('#')) wish.tag.erase(0, 1);
    text = rest;
    return true;
  }
  if (is_one_of(first, {"leads", "prospectos", "de", "of", "by", "khach", "cua"})) {
    text = rest;
    return true;
  }
  // The longest beginning that names a status or a user.
  const auto words = words_of(text);
  for (std::size_t count = std::min<std::size_t>(words.size(), 4); count > 0; --count) {
    const auto& last = words[count - 1];
    const auto used = static_cast<std::size_t>(last.data() + last.size() - text.data());
    const auto named = text.substr(0, used);
    const auto* const who = read_user(named, rules);
    if (const auto status = who == nullptr ? read_status(named) : std::nullopt) {
      wish.status = *status;
    } else if (who != nullptr) {
      wish.owner = who->id;
    } else {
      continue;
    }
    text = trim(text.substr(used));
    return true;
  }
  return false;
}

void add_command(Ask& ask, const Command& command, const User& user, const Rules& rules) {
  std::string wrong;
  const auto named = read_lead(command.arguments);
  switch (command.verb) {
    case Verb::show: add_once(ask.stories, named.value_or(ask.lead)); break;
    case Verb::list: {
      auto wish = read_list(command.arguments, user, rules, wrong);
      ask.lists.push_back(wish.value_or(ListWish{.visible = {std::string(kNobody)}}));
      break;
    }
    case Verb::find:
      ask.lists.push_back({.text = std::string(trim(command.arguments)), .visible = visible_owners(user, rules)});
      break;
    case Verb::create:
      for (auto& email : read_person(command.arguments).emails) ask.addresses.push_back(std::move(email));
      break;
    case Verb::merge:
    case Verb::move:
      if (named) add_once(ask.mails, *named);
      [[fallthrough]];
    case Verb::split: add_once(ask.mails, ask.lead); break;
    case Verb::undo: {
      ask.undo = true;
      const auto text = trim(command.arguments);
      std::from_chars(text.data(), text.data() + text.size(), ask.deed);
      break;
    }
    case Verb::confirm: ask.nonce_marks = nonce_marks(fold(trim(command.arguments)), rules.tokens); break;
    default: break;
  }
}

}  // namespace

namespace {

/// Named as deputy: he has to know the leads before his colleague leaves.
bool stands_in_for(const User& user, std::string_view owner, const Rules& rules) {
  const auto* const other = rules.user(owner);
  return other != nullptr && std::ranges::find(other->away, user.id, &Absence::deputy) != other->away.end();
}

}  // namespace

bool may_see(const User& user, const Lead& lead, const Rules& rules) {
  if (user.role != Role::rep || lead.owner() == user.id) return true;
  const auto shares = [&](std::string_view other) {
    return std::ranges::any_of(rules.teams,
                               [&](const Team& team) { return is_in_team(team, user.id) && is_in_team(team, other); });
  };
  if (!lead.owner().empty()) return shares(lead.owner()) || stands_in_for(user, lead.owner(), rules);
  const auto* const mailbox = rules.mailbox(lead.value("mailbox"));
  const auto offered = std::string(!lead.value("offered").empty() ? lead.value("offered")
                                   : mailbox != nullptr           ? std::string_view(mailbox->team)
                                                                  : std::string_view{});
  return std::ranges::any_of(rules.teams,
                             [&](const Team& team) { return team.id == offered && is_in_team(team, user.id); });
}

std::vector<std::string> visible_owners(const User& user, const Rules& rules) {
  if (user.role != Role::rep) return {};
  std::vector<std::string> owners{user.id, ""};
  for (const auto& team : rules.teams) {
    if (!is_in_team(team, user.id)) continue;
    owners.insert(owners.end(), team.members.begin(), team.members.end());
    owners.push_back(team.lead);
  }
  std::ranges::sort(owners);
  const auto twice = std::ranges::unique(owners);
  owners.erase(twice.begin(), twice.end());
  return owners;
}

std::optional<LeadId> read_lead(std::string_view text) {
  text = trim(text);
  while (true) {
    auto rest = text;
    if (words_of(text).size() < 2 || !is_joining(take_word(rest))) break;
    text = rest;
  }
  while (text.ends_with('.') || text.ends_with(',')) text.remove_suffix(1);
  if (text.starts_with('#')) text.remove_prefix(1);
  if (text.starts_with('L') || text.starts_with('l')) {
    text.remove_prefix(1);
    for (const std::string_view dash : {"-", "‑", "–", " "}) {
      if (!text.starts_with(dash)) continue;
      text.remove_prefix(dash.size());
      break;
    }
  }
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number <= 0) return std::nullopt;
  return LeadId{number};
}

std::optional<ListWish> read_list(std::string_view text, const User& user, const Rules& rules, std::string& wrong) {
  ListWish wish{.visible = visible_owners(user, rules)};
  auto rest = trim(text);
  while (rest.starts_with(',')) rest = trim(rest.substr(1));
  const bool is_bare = rest.empty();
  while (!rest.empty()) {
    if (!take_list_word(rest, user, rules, wish)) {
      wrong = one_line(rest, 40);
      return std::nullopt;
    }
    while (rest.starts_with(',')) rest = trim(rest.substr(1));
  }
  if (is_bare) wish.owner = user.id;
  return wish;
}

Ask ask_for(const std::vector<Command>& commands, const User& user, LeadId lead, std::vector<std::string> answered,
            const Rules& rules, Time now) {
  Ask ask{.is_needed = !commands.empty(),
          .user = user.id,
          .now = now,
          .of_anybody = user.role != Role::rep,
          .sees = [user, &rules](const Lead& one) { return may_see(user, one, rules); },
          .lead = lead,
          .answered = std::move(answered)};
  for (const auto& command : commands) add_command(ask, command, user, rules);
  return ask;
}

std::optional<User> user_at_tool(const std::string& name, const Rules& rules) {
  if (!name.empty() && name != "admin") {
    const auto* const user = rules.user(name);
    return user == nullptr ? std::nullopt : std::optional(*user);
  }
  return User{.id = "admin",
              .name = "administrator",
              .role = Role::admin,
              .language = rules.language,
              .timezone = rules.timezone};
}

Ask ask_of_tool(const Lead& lead, const std::string& user, std::string_view commands, const Rules& rules, Time now) {
  const auto who = user_at_tool(user, rules);
  if (!who) return {};
  const auto read = read_commands(commands, who->language);
  if (!read.refused.empty()) return {};
  return ask_for(read.commands, *who, lead.id, {}, rules, now);
}

Ask ask(const Inquiry& inquiry, const Snapshot& known, const Rules& rules, Time now) {
  const auto* const user = rules.user_with_address(inquiry.from.address);
  if (user == nullptr || inquiry.is_history || inquiry.in_sent_folder || known.seen_before) return {};
  const auto read = read_commands(inquiry.command_text, user->language);
  if (!read.refused.empty() || read.commands.empty()) return {};
  const Scene scene{inquiry, known, rules, now};
  const auto thread = match_user_thread(scene, *user);
  std::vector<std::string> answered = inquiry.in_reply_to;
  for (auto id = inquiry.references.rbegin(); id != inquiry.references.rend() && answered.size() < 16; ++id) {
    answered.push_back(*id);
  }
  return ask_for(read.commands, *user, thread ? thread->lead->id : LeadId{}, std::move(answered), rules, now);
}

}  // namespace leadmail::leads
