#include "core/base/machine_address.h"

#include <algorithm>
#include <array>
#include <string>

namespace leadmail {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool is_machine_address(std::string_view address) {
  constexpr auto kNames = std::to_array<std::string_view>(
      {"notifications", "notification",  "www-data",        "apache",      "nobody",       "httpd",
       "nginx",         "wordpress",     "mailer",          "automailer",  "robot",        "daemon",
       "postmaster",    "mailer-daemon", "website",         "webserver",   "wwwrun",       "form",
       "forms",         "formmail",      "form-submission", "contactform", "contact-form", "webform",
       "drupal",        "joomla",        "leads",           "anfrage",     "webmaster"});
  constexpr auto kParts = std::to_array<std::string_view>(
      {"noreply", "donotreply", "dontreply", "nepasrepondre", "nichtantworten", "keineantwort", "noresponder",
       "naoresponda", "naoresponder", "khongtraloi", "nietbeantwoorden", "nonrispondere", "nerepondez", "svarainte",
       "svarikke", "neodpovidat", "nieodpowiadaj", "autoresponder"});
  const auto local = address.substr(0, address.find('@'));
  std::string bare(local.substr(0, local.find('+')));
  std::ranges::transform(bare, bare.begin(), lower);
  if (std::ranges::find(kNames, bare) != kNames.end()) return true;
  std::erase_if(bare, [](char c) { return c < 'a' || c > 'z'; });
  return std::ranges::any_of(kParts, [&](std::string_view part) { return bare.find(part) != std::string::npos; });
}

}  // namespace leadmail
