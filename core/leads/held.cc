#include "core/leads/held.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/address.h"
#include "core/leads/command.h"
#include "core/leads/fold.h"
#include "core/leads/match.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 4> kStates{"waiting", "accepting", "accepted", "blocked"};
constexpr std::size_t kMostNumbers = 500;

/// Folded. Words by which a mailing says how to leave it: a person who writes for the first time has no such line.
constexpr auto kLeavingWords = std::to_array<std::string_view>({
    "unsubscribe",
    "opt out",
    "opt-out",
    "manage preferences",
    "email preferences",
    "view in browser",
    "view this email",
    "view online",
    "darse de baja",
    "darme de baja",
    "dejar de recibir",
    "date de baja",
    "cancelar la susc",
    "cancelar suscr",
    "ver en el navegador",
    "desuscri",
    "anular suscr",
    "cancelar inscri",
    "descadastr",
    "desinscre",
    "deixar de receber",
    "ver no navegador",
    "abbestell",
    "abmeld",
    "austragen",
    "im browser ansehen",
    "desabonn",
    "se desinscrire",
    "vous desinscrire",
    "desinscription",
    "annulla iscrizione",
    "disiscri",
    "cancella iscri",
    "uitschrijven",
    "afmelden",
    "avregistrer",
    "afmeld",
    "avsluta prenumer",
    "wypisz",
    "anuluj subskrypcj",
    "odhlasit",
    "отписаться",
    "відписатися",
    "aboneliginizi",
    "abonelikten",
    "huy dang ky",
    "ngung nhan",
    "退订",
    "取消订阅",
    "配信停止",
});

bool speaks_of_leaving(const Inquiry& inquiry) {
  constexpr std::size_t kLooked = std::size_t{256} * 1024;
  const auto text = fold(std::string_view(inquiry.text).substr(0, kLooked));
  return std::ranges::any_of(kLeavingWords, [&](std::string_view words) { return text.find(words) != text.npos; });
}

bool is_ours(const Person& person, const Rules& rules) { return rules.mailbox_with_address(person.address) != nullptr; }

/// To us and to somebody else: a person who asks us with a list in copy.
bool is_addressed_to_others_too(const Inquiry& inquiry, const Rules& rules) {
  const auto other = [&](const Person& person) { return !person.address.empty() && !is_ours(person, rules); };
  return std::ranges::any_of(inquiry.to, other) || std::ranges::any_of(inquiry.cc, other);
}

bool may_be_a_person(const Inquiry& inquiry) {
  // postmaster@ reads mail, and may write some; the others of that kind do not.
  const bool robot =
      is_robot_address(inquiry.from.address) && to_lower(local_part_of(inquiry.from.address)) != "postmaster";
  return !inquiry.from.address.empty() && !robot && !trim(inquiry.text).empty();
}

std::optional<std::int64_t> number_from(std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number < 1) return std::nullopt;
  return number;
}

/// "7" or "3-7". False: it is neither, or too much.
bool add_range(std::string_view word, std::vector<std::int64_t>& numbers) {
  while (word.starts_with('#')) word.remove_prefix(1);
  const auto dash = word.find('-');
  const auto first = number_from(word.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : number_from(word.substr(dash + 1));
  if (!first || !last || *last < *first || *last - *first >= static_cast<std::int64_t>(kMostNumbers)) return false;
  for (auto number = *first; number <= *last; ++number) {
    if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(number);
  }
  return numbers.size() <= kMostNumbers;
}

}  // namespace

std::string_view name(HeldMail::State state) { return kStates.at(static_cast<std::size_t>(state)); }

std::optional<HeldMail::State> held_state_named(std::string_view name) {
  const auto* const found = std::ranges::find(kStates, name);
  if (found == kStates.end()) return std::nullopt;
  return static_cast<HeldMail::State>(found - kStates.begin());
}

std::string reason_to_hold(const Inquiry& inquiry, const Rules& rules) {
  if (inquiry.is_history || inquiry.was_held || inquiry.in_sent_folder || inquiry.unreadable) return {};
  const bool looks_personal = inquiry.nature == Nature::personal || inquiry.nature == Nature::form;
  if (looks_personal) {
    return inquiry.spam.empty() ? std::string{}
                                : "the provider takes it for spam (" + one_line(inquiry.spam, 100) + ")";
  }
  if (!may_be_a_person(inquiry)) return {};
  const auto sign = one_line(inquiry.nature_reason, 100);
  if (inquiry.nature == Nature::auto_reply && !inquiry.nature_is_sure) return "may be no machine's after all: " + sign;
  if (inquiry.nature != Nature::bulk || !is_addressed_to_us(inquiry, rules)) return {};
  const bool in_doubt = !inquiry.nature_is_sure || is_addressed_to_others_too(inquiry, rules);
  if (!in_doubt || speaks_of_leaving(inquiry)) return {};
  return "may be no mailing after all: " + sign;
}

std::optional<HeldWish> read_held_wish(std::string_view arguments) {
  HeldWish wish;
  std::string text(arguments);
  std::ranges::replace_if(
      text, [](char c) { return c == ',' || c == ';'; }, ' ');
  for (const auto word : words_of(text)) {
    if (const auto folded = fold(word); folded == "domain" || folded == "dominio" || folded == "mien") {
      wish.whole_domain = true;
    } else if (!add_range(word, wish.numbers)) {
      return std::nullopt;
    }
  }
  if (wish.numbers.empty()) return std::nullopt;
  return wish;
}

bool is_administrator(std::string_view address, const Rules& rules) {
  const auto* const user = rules.user_with_address(address);
  if (user != nullptr && user->role == Role::admin) return true;
  const auto wanted = to_lower(address);
  return std::ranges::any_of(rules.admins, [&](const std::string& admin) { return to_lower(admin) == wanted; });
}

User administrator_at(std::string_view address, const Rules& rules) {
  return User{.id = "admin",
              .name = std::string(address),
              .addresses = {std::string(address)},
              .role = Role::admin,
              .language = rules.language,
              .timezone = rules.timezone};
}

std::vector<std::int64_t> held_numbers(const Inquiry& inquiry, const Rules& rules) {
  std::vector<std::int64_t> numbers;
  if (inquiry.in_sent_folder || !is_administrator(inquiry.from.address, rules)) return numbers;
  for (const auto& command : read_commands(inquiry.command_text, rules.language).commands) {
    if (command.verb != Verb::accept && command.verb != Verb::block) continue;
    const auto wish = read_held_wish(command.arguments);
    if (!wish) continue;
    for (const auto number : wish->numbers) {
      if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(number);
    }
  }
  return numbers;
}

std::optional<std::string> pattern_to_block(const HeldMail& mail, bool whole_domain, const Rules& rules,
                                            std::string_view language, std::string& why) {
  const auto sender = to_lower(mail.sender);
  if (sender.empty() || rules.user_with_address(sender) != nullptr || rules.mailbox_with_address(sender) != nullptr) {
    why = say(Phrase::held_no_sender, language, {std::to_string(mail.number)});
    return std::nullopt;
  }
  if (!whole_domain) return sender;
  const auto domain = colleagues_domain(sender);
  if (domain.empty() || is_own_company(sender, rules)) {
    why = say(Phrase::held_not_the_domain, language, {domain_of(sender)});
    return std::nullopt;
  }
  return "@" + domain;
}

std::vector<std::string> patterns_of(std::string_view address) {
  const auto lower = to_lower(address);
  if (lower.empty()) return {};
  const auto organisation = organisation_domain(lower);
  if (organisation.empty()) return {lower};
  return {lower, "@" + organisation};
}

}  // namespace leadmail::leads
