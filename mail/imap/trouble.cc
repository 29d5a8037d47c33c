#include "mail/imap/trouble.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>

namespace leadmail::mail::imap {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr milliseconds kCapacityPause = minutes(5);
constexpr milliseconds kQuotaPause = hours(1);
constexpr milliseconds kThrottlePause = minutes(1);
constexpr milliseconds kLongestPause = hours(24);

std::string lower(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return all;
}

bool has(std::string_view words, std::string_view phrase) { return words.find(phrase) != std::string_view::npos; }

/// "Suggested Backoff Time: 89117 milliseconds", as Exchange says it in a NO or in a BAD.
std::optional<milliseconds> suggested_pause(std::string_view words) {
  constexpr std::string_view kPhrase = "suggested backoff time:";
  const auto found = words.find(kPhrase);
  if (found == std::string_view::npos) return std::nullopt;
  words.remove_prefix(found + kPhrase.size());
  while (words.starts_with(' ')) words.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), value);
  if (error != std::errc{} || value < 0) return kThrottlePause;
  words.remove_prefix(static_cast<std::size_t>(end - words.data()));
  const std::int64_t unit = words.starts_with(" sec") ? 1000 : 1;
  return std::min(milliseconds(std::min<std::int64_t>(value, kLongestPause.count()) * unit), kLongestPause);
}

struct Phrase {
  std::string_view words;  ///< in lower case; response codes with their bracket, so that [LIMIT] and "limit" differ
  Diagnosis diagnosis;
};

// The first that is found decides. Codes are RFC 5530 §3 and RFC 9051 §7.1; phrases are those of the servers named.
constexpr std::array kPhrases{
    Phrase{"request is throttled", {Trouble::throttle, kThrottlePause}},               // Exchange
    Phrase{"[overquota] account exceeded", {Trouble::throttle, kQuotaPause}},          // Gmail: commands or bandwidth
    Phrase{"exceeded command or bandwidth limits", {Trouble::throttle, kQuotaPause}},  // Gmail
    Phrase{"[throttled]", {Trouble::throttle, kQuotaPause}},                           // Gmail, Yahoo
    Phrase{"too many simultaneous connections", {Trouble::capacity, kCapacityPause}},  // Gmail
    Phrase{"maximum number of connections", {Trouble::capacity, kCapacityPause}},      // Dovecot, Courier
    Phrase{"too many connections", {Trouble::capacity, kCapacityPause}},
    Phrase{"authenticated but not connected", {Trouble::capacity, kCapacityPause}},  // Exchange
    Phrase{"[limit]", {Trouble::capacity, kCapacityPause}},
    Phrase{"[unavailable]", {Trouble::transient}},
    Phrase{"[inuse]", {Trouble::transient}},
    Phrase{"[serverbug]", {Trouble::transient}},
    Phrase{"temporary authentication failure", {Trouble::transient}},  // Dovecot: its database is down
    Phrase{"[authenticationfailed]", {Trouble::credentials}},
    Phrase{"[authorizationfailed]", {Trouble::credentials}},
    Phrase{"[expired]", {Trouble::credentials}},
    Phrase{"invalid_grant", {Trouble::credentials}},
    Phrase{"[privacyrequired]", {Trouble::admin}},
    Phrase{"[contactadmin]", {Trouble::admin}},
    Phrase{"[noperm]", {Trouble::admin}},
    Phrase{"[alert] please log in via your web browser", {Trouble::admin}},  // Gmail
    Phrase{"[webalert", {Trouble::admin}},                                   // Gmail
    Phrase{"unsafe login", {Trouble::admin}},                                // 163, 126
    Phrase{"application-specific password required", {Trouble::admin}},      // Gmail
    Phrase{"imap access is disabled", {Trouble::admin}},                     // Gmail, Zoho
    Phrase{"imap is disabled", {Trouble::admin}},
};

/// What only a refused login means, so that a mail server's idle chatter later on never counts as one.
constexpr std::array<std::string_view, 8> kRefusals{"invalid credentials", "authentication failed", "login failed",
                                                    "authenticate failed", "logon failure",         "bad username",
                                                    "incorrect password",  "invalid login"};

}  // namespace

std::string_view name(Trouble trouble) {
  switch (trouble) {
    case Trouble::transient: return "transient";
    case Trouble::unreached: return "unreached";
    case Trouble::capacity: return "capacity";
    case Trouble::throttle: return "throttle";
    case Trouble::credentials: return "credentials";
    case Trouble::revoked: return "revoked";
    case Trouble::admin: return "admin";
    case Trouble::bug: return "bug";
  }
  return "bug";
}

Diagnosis diagnose(std::string_view words, Moment moment) {
  const std::string said = lower(words.substr(0, 2000));
  if (const auto pause = suggested_pause(said)) return {Trouble::throttle, *pause};
  for (const Phrase& phrase : kPhrases) {
    if (has(said, phrase.words)) return phrase.diagnosis;
  }
  if (moment == Moment::logging_in) {
    for (const auto refusal : kRefusals) {
      if (has(said, refusal)) return {Trouble::credentials};
    }
    // A server that goes away while we log in has not refused us.
    return {said.starts_with("no") || said.starts_with("bad") ? Trouble::credentials : Trouble::transient};
  }
  if (moment == Moment::in_session && said.starts_with("bad")) return {Trouble::bug};
  return {Trouble::transient};
}

}  // namespace leadmail::mail::imap
