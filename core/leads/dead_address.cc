#include "core/leads/dead_address.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/leads/address.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr int kMostSoft = 5;
constexpr std::chrono::weeks kForgetOne{1};

constexpr std::string_view kDeadCodes[] = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"};
constexpr std::string_view kNoSuchUser[] = {
    "user unknown",        "unknown user",      "no such user",        "no such recipient",  "no such mailbox",
    "does not exist",      "doesn't exist",     "unknown recipient",   "recipient unknown",  "unknown mailbox",
    "mailbox not found",   "user not found",    "recipient not found", "invalid recipient",  "invalid mailbox",
    "no mailbox here",     "address not found", "unrouteable address", "no longer valid",    "account is disabled",
    "account is inactive", "account disabled",  "mailbox is disabled", "not a valid mailbox"};

bool speaks_of_no_such_user(std::string_view words) {
  const auto folded = to_lower(words);
  if (folded.find("sender") != std::string::npos) return false;  // it is about us
  return std::ranges::any_of(kNoSuchUser,
                             [&](std::string_view said) { return folded.find(said) != std::string::npos; });
}

/// One line of the lead's value "soft": "address count since", since when it has not been lowered.
struct Soft {
  std::string address{};
  int count = 0;
  std::int64_t since = 0;
};

std::int64_t number_in(std::string_view word) {
  std::int64_t number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

std::vector<Soft> soft_of(const Lead& lead) {
  std::vector<Soft> all;
  for (const auto& line : lines_of(lead.value("soft"))) {
    std::string_view rest = line;
    Soft one{.address = std::string(take_word(rest))};
    one.count = static_cast<int>(std::clamp<std::int64_t>(number_in(take_word(rest)), 0, kMostSoft));
    one.since = number_in(rest);
    all.push_back(std::move(one));
  }
  return all;
}

std::string text_of(const std::vector<Soft>& all) {
  std::string lines;
  for (const auto& one : all) {
    lines +=
        (lines.empty() ? "" : "\n") + one.address + " " + std::to_string(one.count) + " " + std::to_string(one.since);
  }
  return lines;
}

/// One more failure, after what time has made of the earlier ones.
Soft& count_one(std::vector<Soft>& all, const std::string& address, Time now) {
  auto known = std::ranges::find(all, address, &Soft::address);
  if (known == all.end()) known = all.insert(all.end(), Soft{.address = address});
  const auto weeks = known->count == 0 ? 0 : (to_unix(now) - known->since) / std::chrono::seconds{kForgetOne}.count();
  known->count = static_cast<int>(std::max<std::int64_t>(0, known->count - std::max<std::int64_t>(0, weeks))) + 1;
  known->since = to_unix(now);
  return *known;
}

/// As the lead spells it: a report may write it in other case.
std::string as_known(const Lead& lead, const std::string& address) {
  const auto wanted = to_lower(address);
  for (const auto& email : lead.emails()) {
    if (to_lower(email) == wanted) return email;
  }
  return with_lower_domain(address);
}

}  // namespace

bool says_that_it_is_dead(std::string_view status, std::string_view words) {
  if (std::ranges::find(kDeadCodes, status) != std::end(kDeadCodes)) return true;
  const bool says_nothing = status.empty() || status == "5.0.0";
  return says_nothing && speaks_of_no_such_user(words);
}

bool reply_says_that_it_is_dead(std::string_view reply) {
  auto rest = reply;
  auto word = take_word(rest);
  if (!word.empty() && word.front() == '4') return false;
  for (; !word.empty(); word = take_word(rest)) {
    if (word.starts_with("4.")) return false;
    const bool is_code = word.starts_with("5.") && word.find_first_not_of("0123456789.") == std::string_view::npos;
    if (is_code) return says_that_it_is_dead(word, reply);
  }
  return says_that_it_is_dead({}, reply);
}

bool record_failed_delivery(Plan& plan, const std::string& given, bool hard, const std::string& what) {
  const auto address = as_known(plan.lead(), given);
  const bool is_contact = plan.lead().is_contact(address);
  bool dead = is_contact && hard;
  Values values;
  if (is_contact && !hard) {
    auto soft = soft_of(plan.lead());
    dead = count_one(soft, address, plan.now()).count >= kMostSoft;
    if (dead) std::erase_if(soft, [&](const Soft& one) { return one.address == address; });
    values.emplace_back("soft", text_of(soft));
  }
  if (dead) {
    auto all = lines_of(plan.lead().value("dead"));
    if (std::ranges::find(all, address) == all.end()) all.push_back(address);
    values.emplace_back("dead", join(all, "\n"));
  }
  plan.record({.type = dead ? EventType::contact : EventType::flagged,
               .by = "rule",
               .text = "could not be delivered to " + what},
              values);
  if (dead) plan.mark_address(address, true, what);
  return dead;
}

void record_sign_of_life(Plan& plan, const std::string& given) {
  const auto address = as_known(plan.lead(), given);
  auto dead = lines_of(plan.lead().value("dead"));
  auto soft = soft_of(plan.lead());
  const bool was_dead = std::erase(dead, address) > 0;
  const bool was_counted = std::erase_if(soft, [&](const Soft& one) { return one.address == address; }) > 0;
  if (!was_dead && !was_counted) return;
  plan.record({.type = EventType::contact, .by = "prospect", .text = address + " writes again"},
              {{"dead", join(dead, "\n")}, {"soft", text_of(soft)}});
  if (was_dead) plan.mark_address(address, false, "wrote to us");
}

}  // namespace leadmail::leads
