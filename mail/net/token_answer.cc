#include "mail/net/token_answer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "mail/net/https_form.h"

namespace leadmail::mail::net {
namespace {

using nlohmann::json;
using std::chrono::seconds;

constexpr std::size_t kLongestWords = 400;
constexpr int kDeepest = 8;
constexpr seconds kUsualLife{3600};
constexpr seconds kLongestLife{7 * 86'400};
constexpr seconds kLongestRefreshLife{10L * 365 * 86'400};

/// An object, or nothing. What is nested deeper than any server nests is left out.
std::optional<json> object_in(std::string_view text) {
  if (text.size() > kLongestAnswer) return std::nullopt;
  const auto shallow = [](int depth, json::parse_event_t, json&) { return depth <= kDeepest; };
  auto parsed = json::parse(text, shallow, false);
  if (!parsed.is_object()) return std::nullopt;
  return parsed;
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// Some servers write numbers as texts.
std::optional<seconds> seconds_of(const json& object, const char* key, seconds longest) {
  const auto found = object.find(key);
  if (found == object.end()) return std::nullopt;
  std::int64_t value = -1;
  if (found->is_number_integer()) {
    value = found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(longest.count())
                ? longest.count()
                : found->get<std::int64_t>();
  } else if (found->is_number_float()) {
    const auto real = found->get<double>();
    value =
        real >= 0 && real < static_cast<double>(longest.count()) ? static_cast<std::int64_t>(real) : longest.count();
  } else if (found->is_string()) {
    const auto text = found->get<std::string>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  }
  if (value < 0) return std::nullopt;
  return std::min(seconds{value}, longest);
}

/// RFC 6749 §A.12 allows spaces; the header and the SASL message that carry it do not. RFC 6750 §2.1
bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= kLongestToken &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string printable_ascii(std::string text) {
  if (text.size() > kLongestWords) text.resize(kLongestWords);
  for (char& c : text) {
    if (c < 0x20 || c > 0x7e) c = ' ';
  }
  return text;
}

bool equals_ignoring_case(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](char a, char b) {
    const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; };
    return low(a) == low(b);
  });
}

struct Code {
  std::string_view error{};
  TokenTrouble trouble = TokenTrouble::misconfigured;
};

// RFC 6749 §5.2 and §4.1.2.1, RFC 8628 §3.5, OpenID Connect Core §3.1.2.6. Any other code is a mistake of the config.
constexpr std::array kCodes{
    Code{"authorization_pending", TokenTrouble::pending}, Code{"slow_down", TokenTrouble::slow_down},
    Code{"access_denied", TokenTrouble::declined},        Code{"authorization_declined", TokenTrouble::declined},
    Code{"expired_token", TokenTrouble::expired},         Code{"code_expired", TokenTrouble::expired},
    Code{"invalid_grant", TokenTrouble::revoked},         Code{"interaction_required", TokenTrouble::revoked},
    Code{"login_required", TokenTrouble::revoked},        Code{"consent_required", TokenTrouble::revoked},
    Code{"temporarily_unavailable", TokenTrouble::busy},  Code{"server_error", TokenTrouble::busy},
    Code{"internal_failure", TokenTrouble::busy},         Code{"rate_limit_exceeded", TokenTrouble::busy},
};

struct Advice {
  std::string_view words{};
  std::string_view what{};
};

// What administrators meet most; the first that is found. Numbers are those of Microsoft Entra.
constexpr std::array kAdvice{
    Advice{"AADSTS7000222",
           "the client secret has expired: make a new one in Entra, App registrations, Certificates & "
           "secrets, and put it into client_secret_file"},
    Advice{"AADSTS7000215", "that is not the secret: copy its Value, not its Secret ID"},
    Advice{"AADSTS7000218",
           "Entra, App registrations, Authentication: allow public client flows, or give a "
           "client_secret_file"},
    Advice{"AADSTS700027", "the certificate is not the one that was uploaded in Entra, or it has expired"},
    Advice{"AADSTS700016", "there is no such client_id in that tenant"},
    Advice{"AADSTS90002", "there is no such tenant: take the Directory (tenant) ID of the registration"},
    Advice{"AADSTS900023", "there is no such tenant: take the Directory (tenant) ID of the registration"},
    Advice{"AADSTS50194", "the registration is for one organisation: tenant has to be its Directory (tenant) ID"},
    Advice{"AADSTS65001", "an administrator has to consent to the permissions of the registration"},
    Advice{"AADSTS50173", "the password of the account was changed: log in again"},
    Advice{"AADSTS700082", "the login was not used for too long: log in again"},
    Advice{"AADSTS70043", "a sign-in frequency policy has ended the login: log in again, or take client credentials"},
    Advice{"AADSTS50076", "a policy asks for a second factor: log in again, or take client credentials"},
    Advice{"AADSTS53003", "a Conditional Access policy of the organisation forbids it"},
    Advice{"AADSTS70011", "a scope is not known: leave `scopes` out"},
    Advice{"Token has been expired or revoked",
           "log in again; where it ends every seven days, publish the app in the Google console (it is in testing)"},
    Advice{"deleted_client", "the client was deleted in the Google console"},
    Advice{"unauthorized_client",
           "is the client allowed this grant and scope? A service account needs domain-wide "
           "delegation for https://mail.google.com/ in the Admin console"},
    Advice{"invalid_client", "client_id and its secret do not fit together"},
    Advice{"invalid_scope", "a scope is not known, or not allowed to this client"},
    Advice{"invalid_grant", "log in again"},
};

std::string advice_for(std::string_view words) {
  const auto* const found = std::ranges::find_if(
      kAdvice, [&](const Advice& advice) { return words.find(advice.words) != std::string_view::npos; });
  return found == kAdvice.end() ? std::string{} : std::string{found->what};
}

TokenRefusal refusal_of(const json& object, const HttpAnswer& answer) {
  TokenRefusal refusal;
  const auto code = text_of(object, "error");
  const auto* const known = std::ranges::find(kCodes, code, &Code::error);
  refusal.trouble = known == kCodes.end() ? TokenTrouble::misconfigured : known->trouble;
  if (answer.status >= 500 || answer.status == 429 || answer.status == 408) refusal.trouble = TokenTrouble::busy;
  const auto description = text_of(object, "error_description");
  refusal.words = printable_ascii(description.empty() ? code : code + ": " + description);
  refusal.advice = advice_for(refusal.words);
  refusal.retry_after = answer.retry_after;
  return refusal;
}

/// An answer that nobody promised: a proxy's page, a server in trouble, a wrong endpoint.
TokenRefusal no_answer(const HttpAnswer& answer) {
  TokenRefusal refusal;
  refusal.words = "HTTP status " + std::to_string(answer.status) + " and nothing that is a token";
  const bool wrong_place = answer.status == 404 || answer.status == 405 || answer.status == 410;
  if (wrong_place) refusal.trouble = TokenTrouble::misconfigured;
  if (wrong_place) refusal.advice = "is that the right endpoint, and the right tenant?";
  refusal.retry_after = answer.retry_after;
  return refusal;
}

std::optional<Token> token_in(const json& object) {
  Token token{.access = text_of(object, "access_token"), .refresh = text_of(object, "refresh_token")};
  if (!is_token(token.access) || (!token.refresh.empty() && !is_token(token.refresh))) return std::nullopt;
  const auto type = text_of(object, "token_type");
  if (!type.empty() && !equals_ignoring_case(type, "bearer")) return std::nullopt;
  token.life = seconds_of(object, "expires_in", kLongestLife).value_or(kUsualLife);
  token.refresh_life = seconds_of(object, "refresh_token_expires_in", kLongestRefreshLife);
  if (token.refresh_life == seconds{0}) token.refresh_life.reset();  // Microsoft's way to say that there is no end
  token.scope = printable_ascii(text_of(object, "scope"));
  return token;
}

std::optional<DeviceCode> device_code_in(const json& object) {
  DeviceCode code{.device_code = text_of(object, "device_code"),
                  .user_code = text_of(object, "user_code"),
                  .verification_uri = text_of(object, "verification_uri"),
                  .complete_uri = text_of(object, "verification_uri_complete")};
  if (code.verification_uri.empty())
    code.verification_uri = text_of(object, "verification_url");  // Google's older name
  const bool readable = !code.user_code.empty() && code.user_code.size() <= 64 &&
                        std::ranges::all_of(code.user_code, [](char c) { return c >= 0x20 && c < 0x7f; });
  if (!is_token(code.device_code) || !readable || !usable_endpoint(code.verification_uri)) return std::nullopt;
  if (!usable_endpoint(code.complete_uri)) code.complete_uri.clear();
  code.life =
      std::clamp(seconds_of(object, "expires_in", seconds{3600}).value_or(seconds{900}), seconds{30}, seconds{3600});
  code.interval = std::clamp(seconds_of(object, "interval", seconds{60}).value_or(seconds{5}), seconds{1}, seconds{60});
  return code;
}

}  // namespace

std::string_view name(TokenTrouble trouble) {
  switch (trouble) {
    case TokenTrouble::pending: return "pending";
    case TokenTrouble::slow_down: return "slow-down";
    case TokenTrouble::declined: return "declined";
    case TokenTrouble::expired: return "expired";
    case TokenTrouble::revoked: return "revoked";
    case TokenTrouble::misconfigured: return "misconfigured";
    case TokenTrouble::busy: return "busy";
  }
  return "busy";
}

TokenAnswer read_token_answer(const HttpAnswer& answer) {
  const auto object = object_in(answer.body);
  if (!object) return {{}, no_answer(answer)};
  if (object->contains("error") || answer.status != 200) {
    if (text_of(*object, "error").empty()) return {{}, no_answer(answer)};
    return {{}, refusal_of(*object, answer)};
  }
  if (auto token = token_in(*object)) return {std::move(token), {}};
  return {{}, no_answer(answer)};
}

DeviceAnswer read_device_answer(const HttpAnswer& answer) {
  const auto object = object_in(answer.body);
  if (!object) return {{}, no_answer(answer)};
  if (!text_of(*object, "error").empty()) return {{}, refusal_of(*object, answer)};
  if (answer.status == 200) {
    if (auto code = device_code_in(*object)) return {std::move(code), {}};
  }
  return {{}, no_answer(answer)};
}

seconds refresh_after(seconds life, double chance) {
  const auto part = static_cast<double>(life.count()) * (0.8 - 0.05 * chance);
  return std::max(seconds{1}, seconds{static_cast<std::int64_t>(part)});
}

seconds usable_for(seconds life) { return std::max(seconds{1}, life - std::min(seconds{60}, life / 5)); }

}  // namespace leadmail::mail::net
