#include "daemon/admin/testimony.h"

#include <libpsl.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/leads/address.h"
#include "daemon/config_values.h"
#include "mail/message/authentication_results.h"

namespace leadmail::daemon::admin {
namespace {

namespace message = mail::message;

constexpr std::size_t kMostNames = 8;
constexpr std::size_t kFewestDomains = 3;

/// "example.com" of "mx1.example.com"; the name itself where it has no such part.
std::string organisation(const std::string& host) {
  const char* domain = psl_registrable_domain(psl_builtin(), host.c_str());
  return domain == nullptr ? host : domain;
}

/// The name of the topmost field; empty: there is none, it bears no name, or none that a server could have.
std::string topmost_name(const message::Identity& identity) {
  if (identity.authentication_results.empty()) return {};
  auto name = message::parse_authentication_results(identity.authentication_results.front()).authserv_id;
  return is_host(name) ? name : std::string{};
}

bool is_from_outside(const message::Identity& identity, std::string_view own_domain) {
  return identity.received > 0 && identity.from.size() == 1 &&
         leads::domain_of(identity.from.front().address) != own_domain;
}

struct Tally {
  std::size_t mails = 0;
  std::map<std::string, std::size_t, std::less<>> names{};  ///< how often each was on top
};

using Outside = std::vector<const message::Identity*>;

std::vector<std::string> most_frequent(const Tally& tally) {
  std::vector<std::pair<std::string, std::size_t>> names(tally.names.begin(), tally.names.end());
  std::ranges::stable_sort(names, std::greater{}, [](const auto& entry) { return entry.second; });
  if (names.size() > kMostNames) names.resize(kMostNames);
  std::vector<std::string> found;
  found.reserve(names.size());
  for (auto& [name, count] : names) found.push_back(std::move(name));
  return found;
}

/// Fills what is trusted from the names on top.
void judge_names(const Outside& outside, Testimony& testimony) {
  std::map<std::string, Tally, std::less<>> tallies;
  std::set<std::string, std::less<>> domains;
  for (const auto* identity : outside) {
    const auto name = topmost_name(*identity);
    if (name.empty()) continue;
    auto& tally = tallies[organisation(name)];
    ++tally.mails;
    ++tally.names[name];
    domains.insert(leads::domain_of(identity->from.front().address));
  }
  const auto most = std::ranges::max_element(tallies, {}, [](const auto& entry) { return entry.second.mails; });
  if (most == tallies.end()) {
    testimony.why_none = "no mail bears a named Authentication-Results";
  } else if (most->second.mails * 5 < outside.size() * 4) {
    testimony.why_none = "only " + std::to_string(most->second.mails) + " of " + std::to_string(outside.size()) +
                         " mails bear one of " + most->first + ": it may be forged";
  } else if (domains.size() < kFewestDomains) {
    testimony.why_none = "there is mail of too few senders to tell";
  } else {
    testimony.trusted = most_frequent(most->second);
    testimony.signed_by_it = most->second.mails;
  }
}

std::size_t confirmed_by(const std::vector<std::string>& names, const Outside& outside) {
  if (names.empty()) return 0;
  return static_cast<std::size_t>(std::ranges::count_if(
      outside, [&](const message::Identity* identity) { return message::authenticate(*identity, names).pass; }));
}

}  // namespace

Testimony who_testifies(std::span<const message::Identity> recent, std::string_view own_domain,
                        std::string_view known) {
  Testimony testimony;
  Outside outside;
  for (const auto& identity : recent) {
    if (is_from_outside(identity, own_domain)) outside.push_back(&identity);
  }
  testimony.from_outside = outside.size();
  if (!known.empty()) {
    testimony.trusted = {std::string{known}};
    testimony.signed_by_it = static_cast<std::size_t>(
        std::ranges::count_if(outside, [&](const auto* identity) { return topmost_name(*identity) == known; }));
  } else if (outside.empty()) {
    testimony.why_none = "there is no mail from outside yet";
  } else {
    judge_names(outside, testimony);
  }
  testimony.confirmed = confirmed_by(testimony.trusted, outside);
  return testimony;
}

std::vector<std::string> testified_on(const message::Identity& own) {
  std::vector<std::string> names;
  for (const auto& value : own.authentication_results) {
    auto name = message::parse_authentication_results(value).authserv_id;
    if (is_host(name) && std::ranges::find(names, name) == names.end() && names.size() < kMostNames) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace leadmail::daemon::admin
