#include "core/leads/organisation.h"

#include <libpsl.h>

#include <algorithm>
#include <array>

#include "core/leads/address.h"

namespace leadmail::leads {
namespace {

/// Names that providers use under many suffixes: yahoo.es, hotmail.co.uk, gmx.de.
constexpr std::array<std::string_view, 20> kFreeNames = {
    "gmail", "googlemail", "hotmail", "outlook", "live", "msn",  "yahoo",      "ymail",    "rocketmail", "aol",
    "gmx",   "icloud",     "yandex",  "proton",  "zoho", "mail", "protonmail", "tutanota", "fastmail",   "inbox"};

constexpr std::array<std::string_view, 62> kFreeDomains = {
    "me.com",         "mac.com",        "web.de",        "t-online.de",    "freenet.de",   "pm.me",
    "hey.com",        "tuta.io",        "tutamail.com",  "mail.ru",        "bk.ru",        "list.ru",
    "rambler.ru",     "ya.ru",          "ukr.net",       "qq.com",         "foxmail.com",  "163.com",
    "126.com",        "sina.com",       "sohu.com",      "naver.com",      "hanmail.net",  "daum.net",
    "rediffmail.com", "orange.fr",      "wanadoo.fr",    "free.fr",        "laposte.net",  "sfr.fr",
    "libero.it",      "virgilio.it",    "tiscali.it",    "alice.it",       "terra.com.br", "uol.com.br",
    "bol.com.br",     "prodigy.net.mx", "telmex.com",    "comcast.net",    "verizon.net",  "att.net",
    "sbcglobal.net",  "cox.net",        "bellsouth.net", "btinternet.com", "talktalk.net", "sky.com",
    "seznam.cz",      "wp.pl",          "o2.pl",         "interia.pl",     "onet.pl",      "ziggo.nl",
    "planet.nl",      "bluewin.ch",     "skynet.be",     "telenet.be",     "sapo.pt",      "docomo.ne.jp",
    "ezweb.ne.jp",    "softbank.ne.jp"};

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

bool is_free_mail(std::string_view address) {
  const auto domain = organisation_domain(address);
  const auto label = std::string_view(domain).substr(0, domain.find('.'));
  return std::ranges::find(kFreeNames, label) != kFreeNames.end() ||
         std::ranges::find(kFreeDomains, domain) != kFreeDomains.end();
}

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
