#include "daemon/admin/discovery.h"

#include <array>
#include <chrono>
#include <utility>

#include "core/leads/address.h"
#include "mail/net/page.h"

namespace leadmail::daemon::admin {
namespace {

constexpr std::chrono::seconds kLongestLook{20};  // nothing more is asked after that
constexpr std::string_view kCollection{"https://autoconfig.thunderbird.net/v1.1/"};

bool is_below(std::string_view host, std::string_view domain) {
  return host == domain ||
         (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

/// What mail programs ask for, with the few letters escaped that an address may have and a query may not.
std::string escaped(std::string_view address) {
  std::string text;
  for (const char c : address) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                       c == '-' || c == '_' || c == '@';
    constexpr std::string_view kHex{"0123456789ABCDEF"};
    const auto byte = static_cast<unsigned char>(c);
    text += plain ? std::string{c} : std::string{'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return text;
}

bool is_complete(const FoundServers& servers) { return !servers.imap.empty() && !servers.smtp.empty(); }

FoundServers servers_of(const Provider& provider) {
  return {std::string{provider.imap}, std::string{provider.smtp}, {}, provider.needs_oauth2};
}

Discovered by_page(const Sources& sources, const std::string& url, std::string_view address) {
  const auto page = sources.page(url);
  if (!page) return {};
  auto found = servers_in(*page, address);
  if (!found || !is_complete(*found)) return {};
  return {nullptr, std::move(*found), "published at " + url.substr(0, url.find('?')), true};
}

struct Offered {
  std::string url{};
  std::string host{};
};

/// The best record of the first of the two services that the domain offers: TLS from the first byte before STARTTLS.
Offered offered(const Sources& sources, const std::string& domain,
                const std::array<std::pair<std::string_view, std::string_view>, 2>& services) {
  for (const auto& [service, scheme] : services) {
    const auto records = sources.service(service, domain);
    if (records.empty() || records.front().host.empty() || records.front().port == 0) continue;
    const auto& best = records.front();
    return {std::string{scheme} + best.host + ":" + std::to_string(best.port), best.host};
  }
  return {};
}

Discovered by_services(const Sources& sources, const std::string& domain) {
  const auto imap = offered(sources, domain, {{{"_imaps._tcp", "imaps://"}, {"_imap._tcp", "imap://"}}});
  if (imap.url.empty()) return {};
  const auto smtp = offered(sources, domain, {{{"_submissions._tcp", "smtps://"}, {"_submission._tcp", "smtp://"}}});
  if (smtp.url.empty()) return {};
  const bool proven = is_below(imap.host, domain) && is_below(smtp.host, domain);
  return {nullptr, {imap.url, smtp.url, {}, false}, "the SRV records of " + domain, proven};
}

/// "example.com" of "mx1.mail.example.com": as mail programs try it, without knowing public suffixes.
std::string last_two_labels(std::string_view host) {
  const auto last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return std::string{host};
  const auto before = host.rfind('.', last - 1);
  return std::string{before == std::string_view::npos ? host : host.substr(before + 1)};
}

}  // namespace

Sources public_sources() {
  using std::chrono::steady_clock;
  const auto deadline = steady_clock::now() + kLongestLook;
  const auto is_late = [deadline] { return steady_clock::now() >= deadline; };
  Sources sources;
  sources.mail_hosts = [is_late](std::string_view domain) {
    return is_late() ? std::vector<std::string>{} : mail::net::find_mail_hosts(domain);
  };
  sources.service = [is_late](std::string_view service, std::string_view domain) {
    return is_late() ? std::vector<mail::net::ServiceRecord>{} : mail::net::find_service(service, domain);
  };
  sources.page = [is_late](const std::string& url) -> Result<std::string> {
    if (is_late()) return Error{Next::retry, "the look for servers took too long"};
    return mail::net::read_page(url);
  };
  return sources;
}

Discovered discover(std::string_view address, const Sources& sources) {
  const auto domain = leads::domain_of(address);
  if (const auto* known = provider_of(domain, {})) return {known, servers_of(*known), "its domain", true};
  const auto hosts = sources.mail_hosts(domain);
  if (const auto* known = provider_of(domain, hosts)) {
    return {known, servers_of(*known), "the MX hosts of " + domain, true};
  }

  const auto query = "/mail/config-v1.1.xml?emailaddress=" + escaped(address);
  if (auto found = by_page(sources, "https://autoconfig." + domain + query, address); found.proven) return found;
  const auto well_known = "https://" + domain + "/.well-known/autoconfig/mail/config-v1.1.xml";
  if (auto found = by_page(sources, well_known, address); found.proven) return found;
  if (auto found = by_services(sources, domain); is_complete(found.servers)) return found;
  if (auto found = by_page(sources, std::string{kCollection} + domain, address); found.proven) return found;
  if (hosts.empty()) return {};
  return by_page(sources, std::string{kCollection} + last_two_labels(hosts.front()), address);
}

}  // namespace leadmail::daemon::admin
