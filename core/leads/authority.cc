#include "core/leads/authority.h"

#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

struct Needs {
  Action action;
  bool by_a_person;
  bool reply_token;
  bool fresh;
};

// Author, user and transport are needed for everything.
//                                           by a person  token  fresh
constexpr std::array kPolicy = {Needs{Action::simple_command, true, false, true},
                                Needs{Action::other_command, true, true, true}, Needs{Action::relay, true, true, true},
                                Needs{Action::log_own_mail, false, false, false},
                                Needs{Action::calendar_answer, false, false, false}};
static_assert(kPolicy[static_cast<std::size_t>(Action::calendar_answer)].action == Action::calendar_answer);

bool is_fresh(const Inquiry& inquiry) {
  return inquiry.date && *inquiry.date >= inquiry.received - std::chrono::days{7} &&
         *inquiry.date <= inquiry.received + std::chrono::hours{1};
}

/// As the config spells it: another spelling may be another mailbox, or a forger's. RFC 5321 §2.4
bool is_spelled_as_in_config(const User& user, std::string_view address) {
  return std::ranges::find(user.addresses, with_lower_domain(address)) != user.addresses.end();
}

}  // namespace

Facts facts_of(const Inquiry& inquiry, const User* user, bool has_token, const Mailbox* mailbox) {
  return {.one_author = inquiry.from_is_plain && !inquiry.from.address.empty(),
          .by_a_person = inquiry.nature == Nature::personal || inquiry.nature == Nature::form,  // he may quote one
          .known_user = user != nullptr && is_spelled_as_in_config(*user, inquiry.from.address),
          .transport = inquiry.authenticated,
          .transport_is_silent = mailbox != nullptr && !mailbox->transport_auth_required,
          .reply_token = has_token,
          .fresh = is_fresh(inquiry)};
}

std::optional<AuthorityRule> first_failure(Action action, const Facts& facts) {
  const auto& needs = kPolicy.at(static_cast<std::size_t>(action));
  if (!facts.one_author) return AuthorityRule::one_author;
  if (needs.by_a_person && !facts.by_a_person) return AuthorityRule::by_a_person;
  if (!facts.known_user) return AuthorityRule::known_user;
  if (!facts.transport && !facts.transport_is_silent) return AuthorityRule::transport;
  const bool needs_token = needs.reply_token || (!facts.transport && facts.transport_is_silent);
  if (needs_token && !facts.reply_token) return AuthorityRule::reply_token;
  if (needs.fresh && !facts.fresh) return AuthorityRule::fresh;
  return std::nullopt;
}

std::string reason(AuthorityRule rule, const Inquiry& inquiry, std::string_view language) {
  switch (rule) {
    case AuthorityRule::one_author: return say(Phrase::not_one_author, language);
    case AuthorityRule::by_a_person: return say(Phrase::not_by_a_person, language);
    case AuthorityRule::known_user: return say(Phrase::not_a_user, language);
    case AuthorityRule::transport: return say(Phrase::not_authenticated, language, {one_line(inquiry.authentication)});
    case AuthorityRule::reply_token: return say(Phrase::no_token, language);
    case AuthorityRule::fresh: return say(Phrase::wrong_date, language);
  }
  return {};
}

std::string_view name(AuthorityRule rule) {
  switch (rule) {
    case AuthorityRule::one_author: return "rule 1: one plain author";
    case AuthorityRule::by_a_person: return "rule 2: written by a person";
    case AuthorityRule::known_user: return "rule 3: a user";
    case AuthorityRule::transport: return "rule 4: confirmed by the transport";
    case AuthorityRule::reply_token: return "rule 5: our reply token";
    case AuthorityRule::fresh: return "rule 7: fresh";
  }
  return "";
}

}  // namespace leadmail::leads
