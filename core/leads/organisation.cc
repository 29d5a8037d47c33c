#include "core/leads/organisation.h"

#include <libpsl.h>

#include <algorithm>
#include <array>

#include "core/base/free_mail.h"
#include "core/leads/address.h"

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 20> kRobots = {
    "mailer-daemon", "maildaemon", "postmaster",    "no-reply",     "noreply",    "do-not-reply", "donotreply",
    "bounce",        "bounces",    "listserv",      "majordomo",    "mailman",    "daemon",       "root",
    "nobody",        "autoreply",  "notifications", "notification", "newsletter", "auto-confirm"};

}  // namespace

std::string organisation_domain(std::string_view address) {
  const auto domain = domain_of(address);
  if (domain.empty()) return {};
  const char* const registered = psl_registrable_domain(psl_builtin(), domain.c_str());
  return registered == nullptr ? std::string{} : std::string(registered);
}

bool is_free_mail(std::string_view address) { return is_free_mail_domain(domain_of(address)); }

bool is_robot_address(std::string_view address) {
  const auto local = to_lower(local_part_of(address));
  const auto bare = std::string_view(local).substr(0, local.find('+'));
  return std::ranges::find(kRobots, bare) != kRobots.end() || bare.starts_with("owner-") || bare.ends_with("-owner") ||
         bare.ends_with("-request") || bare.ends_with("-bounces") || bare.starts_with("bounce-") ||
         bare.starts_with("noreply-") || bare.starts_with("no-reply-") || bare.ends_with("-noreply");
}

bool is_participant(const Lead& lead, std::string_view address) {
  if (lead.is_contact(address)) return true;
  const auto others = lines_of(lead.value("last.participants"));
  if (std::ranges::find(others, to_lower(address)) != others.end()) return true;
  const auto organisation = organisation_domain(address);
  if (organisation.empty() || is_free_mail(address)) return false;
  const auto known = lead.emails();
  return std::ranges::any_of(known,
                             [&](const std::string& email) { return organisation_domain(email) == organisation; });
}

}  // namespace leadmail::leads
