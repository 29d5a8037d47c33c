#include "daemon/admin/provider.h"

#include <algorithm>
#include <array>

#include "core/leads/address.h"

namespace leadmail::daemon::admin {
namespace {

constexpr std::string_view kTwoStep = "an app password, which the account offers once its two-step login is on";

constexpr std::array kProviders{
    Provider{"gmail", "Gmail or Google Workspace", "imaps://imap.gmail.com", "smtps://smtp.gmail.com", "mx.google.com",
             "an app password (myaccount.google.com/apppasswords; two-step login has to be on)", false,
             "gmail.com googlemail.com", "google.com googlemail.com"},
    // An Authentication-Results without a name stands below a Received of this domain.
    Provider{"microsoft365", "Microsoft 365", "imaps://outlook.office365.com", "smtp://smtp.office365.com",
             "outlook.com", "", true, "outlook.com hotmail.com live.com msn.com",
             "mail.protection.outlook.com mx.microsoft olc.protection.outlook.com"},
    Provider{"yahoo", "Yahoo", "imaps://imap.mail.yahoo.com", "smtps://smtp.mail.yahoo.com", "", kTwoStep, false,
             "yahoo.com yahoo.es yahoo.com.mx yahoo.co.uk yahoo.fr yahoo.de ymail.com rocketmail.com", "yahoodns.net"},
    Provider{"icloud", "iCloud", "imaps://imap.mail.me.com", "smtp://smtp.mail.me.com", "",
             "an app-specific password (account.apple.com)", false, "icloud.com me.com mac.com", "mail.icloud.com"},
    Provider{"zoho", "Zoho Mail", "imaps://imappro.zoho.com", "smtps://smtppro.zoho.com", "mx.zohomail.com",
             "an app-specific password if two-step login is on; IMAP has to be switched on", false, "", "zoho.com"},
    Provider{"zoho-eu", "Zoho Mail, Europe", "imaps://imappro.zoho.eu", "smtps://smtppro.zoho.eu", "mx.zohomail.eu",
             "an app-specific password if two-step login is on; IMAP has to be switched on", false, "", "zoho.eu"},
    Provider{"fastmail", "Fastmail", "imaps://imap.fastmail.com", "smtps://smtp.fastmail.com", "",
             "an app password (Settings, Privacy & Security)", false, "fastmail.com fastmail.fm",
             "messagingengine.com"},
};

/// Calls `fits` with each of the words until one does.
template <typename Fits>
bool any_word(std::string_view words, Fits fits) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (fits(words.substr(0, end))) return true;
    words.remove_prefix(std::min(words.size(), end + 1));
  }
  return false;
}

bool is_below(std::string_view host, std::string_view domain) {
  return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

std::span<const Provider> providers() { return kProviders; }

const Provider* provider_named(std::string_view id) {
  const auto* const found = std::ranges::find(kProviders, id, &Provider::id);
  return found == kProviders.end() ? nullptr : found;
}

const Provider* provider_of(std::string_view domain, std::span<const std::string> mail_hosts) {
  const auto wanted = leads::to_lower(domain);
  for (const auto& provider : kProviders) {
    if (any_word(provider.domains, [&](std::string_view own) { return own == wanted; })) return &provider;
  }
  for (const auto& written : mail_hosts) {
    auto host = leads::to_lower(written);
    if (host.ends_with('.')) host.pop_back();
    for (const auto& provider : kProviders) {
      if (any_word(provider.mail_hosts, [&](std::string_view own) { return is_below(host, own); })) return &provider;
    }
  }
  return nullptr;
}

}  // namespace leadmail::daemon::admin
