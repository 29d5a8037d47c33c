// What the tool causes: commands of `leadmail do`.
#include <algorithm>

#include "core/leads/deciding.h"
#include "core/leads/execute.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

std::string mailbox_of(const Lead& lead, const Rules& rules) {
  auto name = std::string(lead.value("mailbox"));
  if (rules.mailbox(name) != nullptr || rules.mailboxes.empty()) return name;
  return rules.mailboxes.front().name;
}

}  // namespace

Decision decide_commands(const Lead& lead, const std::string& user, std::string_view commands, const Rules& rules,
                         Time now, std::string_view cause, CommandAnswer& answer, const Answered* answered) {
  answer = {};
  const Occasion occasion{.now = now,
                          .at = now,
                          .key = std::string(cause),
                          .cause = std::string(cause),
                          .mailbox = mailbox_of(lead, rules)};
  Plan plan(rules, occasion);
  if (lead.id) plan.begin(lead);
  const auto refuse = [&](std::string why) {
    answer.refused = std::move(why);
    return Plan(rules, occasion).finish(Outcome::ignored, answer.refused);
  };
  const auto who = user_at_tool(user, rules);
  if (!who) return refuse(say(Phrase::unknown_user, rules.language, {user, user_list(rules)}));
  auto read = read_commands(commands, who->language);
  if (!read.refused.empty()) return refuse(std::move(read.refused));
  if (read.commands.empty()) return refuse(say(Phrase::unknown_verb_alone, who->language, {one_line(commands, 40)}));
  auto executed =
      execute(read.commands, *who, plan, read.rest, {.answered = answered, .at_tool = true, .is_confirmed = true});
  if (!executed.refused.empty()) return refuse(std::move(executed.refused));
  // What no command keeps would go to the prospect by mail; here it would go nowhere, and nobody would notice.
  if (!read.rest.empty()) return refuse(say(Phrase::text_at_tool, who->language, {one_line(read.rest, 40)}));
  answer.deed = executed.deed;
  answer.results = std::move(executed.results);
  if (!executed.text.empty()) answer.results.push_back({"help", {}, std::move(executed.text)});
  return plan.finish(Outcome::command, "commands of " + who->id);
}

std::string needs_a_name(std::string_view commands, std::string_view language) {
  const auto read = read_commands(commands, language);
  const auto own = std::ranges::find_if(
      read.commands, [](const Command& command) { return command.verb == Verb::away || command.verb == Verb::claim; });
  return own == read.commands.end() ? std::string{} : say(Phrase::as_user, language, {verb_name(own->verb, language)});
}

}  // namespace leadmail::leads
