// What the clock and the tool cause: a next contact that has come due, and commands of `leadmail do`.
#include <algorithm>

#include "core/leads/assign.h"
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

/// Whom to remind: who was to make it, else the owner, else the team's lead.
const User* reminded(const Lead& lead, const std::string& user, const Rules& rules, Time now) {
  if (const auto* const found = rules.user(user)) return found;
  if (const auto* const owner = rules.user(lead.owner())) return owner;
  return team_fallback(rules.mailbox(mailbox_of(lead, rules)), rules, now);
}

}  // namespace

Decision decide_due(const Lead& lead, Time due, const std::string& user, const Rules& rules, Time now) {
  const auto key = to_string(lead.id) + ":" + std::to_string(to_unix(due)) + ":" + user;
  Plan plan(rules, Occasion{.now = now, .at = now, .key = key, .cause = "clock", .mailbox = mailbox_of(lead, rules)});
  plan.begin(lead);
  const auto next = lead.next();
  if (!next || next->by != user || next->at > due) {
    plan.saw("reminder", "moved, cleared or answered meanwhile", true);
    return plan.finish(Outcome::ignored, "moved, cleared or answered meanwhile");
  }
  const auto* const who = reminded(lead, user, rules, now);
  plan.saw("reminder", "due " + to_rfc3339(next->at), true);
  plan.record(
      {.type = EventType::reminded, .by = "clock", .text = who == nullptr ? "nobody is left to remind" : who->id});
  plan.move_status("clock", status_after(lead.status(), Status::open, Mover::clock), lead.owed(),
                   "next contact is due");
  Letter letter{.kind = LetterKind::reminder, .next = next};
  if (who != nullptr) {
    letter.to_user = who->id;
  } else {
    letter.kind = LetterKind::alert;
  }
  letter.cause = "reminder:" + key;
  letter.subject = std::string(lead.value("last.in.subject"));
  plan.send(std::move(letter));
  return plan.finish(Outcome::threaded, "next contact is due");
}

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
  answer.deed = executed.deed;
  answer.results = std::move(executed.results);
  if (!executed.text.empty()) answer.results.push_back({"help", {}, std::move(executed.text)});
  return plan.finish(Outcome::command, "commands of " + who->id);
}

}  // namespace leadmail::leads
