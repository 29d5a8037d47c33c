#include "core/leads/organisation.h"

#include <libpsl.h>

#include <algorithm>
#include <array>

#include "core/base/free_mail.h"
#include "core/base/machine_address.h"
#include "core/leads/address.h"

namespace leadmail::leads {
namespace {

/// Beside those of is_machine_address().
constexpr auto kRobots =
    std::to_array<std::string_view>({"maildaemon", "bounce", "bounces", "listserv", "majordomo", "mailman", "root",
                                     "autoreply", "newsletter", "auto-confirm"});

/// Machines write from these as well, but people of small companies read them.
constexpr std::array<std::string_view, 3> kReadByPeople = {"leads", "anfrage", "webmaster"};

}  // namespace

std::string organisation_domain(std::string_view address) {
  const auto domain = domain_of(address);
  if (domain.empty()) return {};
  const char* const registered = psl_registrable_domain(psl_builtin(), domain.c_str());
  return registered == nullptr ? std::string{} : std::string(registered);
}

std::string colleagues_domain(std::string_view address) {
  return is_free_mail(address) ? std::string{} : organisation_domain(address);
}

bool is_free_mail(std::string_view address) { return is_free_mail_domain(domain_of(address)); }

bool is_robot_address(std::string_view address) {
  const auto local = to_lower(local_part_of(address));
  const auto bare = std::string_view(local).substr(0, local.find('+'));
  return std::ranges::find(kRobots, bare) != kRobots.end() || bare.starts_with("owner-") || bare.ends_with("-owner") ||
         bare.ends_with("-request") || bare.ends_with("-bounces") || bare.starts_with("bounce-") ||
         (is_machine_address(bare) && std::ranges::find(kReadByPeople, bare) == kReadByPeople.end());
}

bool is_own_company(std::string_view address, const Rules& rules) {
  const auto organisation = colleagues_domain(address);
  if (organisation.empty()) return false;
  const auto same = [&](const std::string& other) {
    return domain_of(other).ends_with(organisation) && organisation_domain(other) == organisation;
  };
  return std::ranges::any_of(rules.mailboxes, [&](const Mailbox& m) { return same(m.address); }) ||
         std::ranges::any_of(rules.users, [&](const User& u) { return std::ranges::any_of(u.addresses, same); }) ||
         std::ranges::any_of(rules.admins, same);
}

Participant::Participant(std::string_view address) : address_(to_lower(address)) {
  named_by_ = organisation_domain(address_);
  if (!is_free_mail(address_)) organisation_ = named_by_;
  if (named_by_.empty()) named_by_ = address_;
}

/// Without taking its values apart: of fifty leads of one subject none may be his. takes_part_in() looks for him in no
/// other values.
bool Participant::may_be_named_in(const Lead& lead) const {
  const auto is_letter_of = [](char said, char wanted) {
    return (said >= 'A' && said <= 'Z' ? said - 'A' + 'a' : said) == wanted;
  };
  const auto names_him = [&](std::string_view text) {
    return std::search(text.begin(), text.end(), named_by_.begin(), named_by_.end(), is_letter_of) != text.end();
  };
  constexpr std::string_view kContact = "contact.";
  for (auto value = lead.values.lower_bound(kContact); value != lead.values.end() && value->first.starts_with(kContact);
       ++value) {
    if (value->first.ends_with(".emails") && names_him(value->second)) return true;
  }
  return names_him(lead.value("last.participants"));
}

bool Participant::takes_part_in(const Lead& lead) const {
  if (address_.empty() || !may_be_named_in(lead)) return false;
  if (lead.is_contact(address_)) return true;
  const auto others = lines_of(lead.value("last.participants"));
  if (std::ranges::find(others, address_) != others.end()) return true;
  if (organisation_.empty()) return false;
  const auto known = lead.emails();
  return std::ranges::any_of(known,
                             [&](const std::string& email) { return organisation_domain(email) == organisation_; });
}

}  // namespace leadmail::leads
