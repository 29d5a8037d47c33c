#include "mail/net/token_request.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "mail/net/signed_token.h"

namespace leadmail::mail::net {
namespace {

constexpr std::size_t kLongestQuery = 8192;

void add_client(FormFields& fields, const TokenClient& client) {
  fields.emplace_back("client_id", client.id);
  if (!client.assertion.empty()) {
    fields.emplace_back("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    fields.emplace_back("client_assertion", client.assertion);
  } else if (!client.secret.empty()) {
    fields.emplace_back("client_secret", client.secret);
  }
}

void add_scope(FormFields& fields, const TokenClient& client) {
  if (!client.scope.empty()) fields.emplace_back("scope", client.scope);
}

std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      plain += ' ';
    } else if (text[i] != '%') {
      plain += text[i];
    } else {
      unsigned value = 0;
      if (i + 2 >= text.size()) return std::nullopt;
      const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
      if (error != std::errc{} || end != text.data() + i + 3) return std::nullopt;
      plain += static_cast<char>(value);
      i += 2;
    }
  }
  return plain;
}

/// The value of a parameter that stands once; empty for none. RFC 6749 §3.1: none may stand twice
std::string parameter(std::string_view query, std::string_view name) {
  std::optional<std::string> found;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    if (found) return {};
    found = decoded(pair.substr(equals + 1));
    if (!found) return {};
  }
  return found.value_or(std::string{});
}

/// In time that depends on the lengths alone.
bool same_word(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < one.size(); ++i) {
    difference = static_cast<unsigned char>(
        difference | (static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i])));
  }
  return difference == 0;
}

std::string printable(std::string text) {
  if (text.size() > 200) text.resize(200);
  std::ranges::replace_if(
      text, [](char c) { return c < 0x20 || c > 0x7e; }, ' ');
  return text;
}

}  // namespace

FormFields refresh_request(const TokenClient& client, std::string_view refresh_token) {
  FormFields fields{{"grant_type", "refresh_token"}, {"refresh_token", std::string{refresh_token}}};
  add_client(fields, client);
  add_scope(fields, client);
  return fields;
}

FormFields code_request(const TokenClient& client, std::string_view code, std::string_view redirect_uri,
                        std::string_view verifier) {
  FormFields fields{{"grant_type", "authorization_code"},
                    {"code", std::string{code}},
                    {"redirect_uri", std::string{redirect_uri}},
                    {"code_verifier", std::string{verifier}}};
  add_client(fields, client);
  return fields;
}

FormFields device_request(const TokenClient& client) {
  FormFields fields;
  add_client(fields, client);
  add_scope(fields, client);
  return fields;
}

FormFields device_token_request(const TokenClient& client, std::string_view device_code) {
  FormFields fields{{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                    {"device_code", std::string{device_code}}};
  add_client(fields, client);
  return fields;
}

FormFields client_credentials_request(const TokenClient& client) {
  FormFields fields{{"grant_type", "client_credentials"}};
  add_client(fields, client);
  add_scope(fields, client);
  return fields;
}

FormFields assertion_request(std::string_view assertion) {
  return {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"}, {"assertion", std::string{assertion}}};
}

Result<std::string> random_word() {
  std::array<char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return Error{Next::stop, "getrandom failed"};
  }
  return base64url({bytes.data(), bytes.size()});
}

std::string challenge_of(std::string_view verifier) { return base64url(sha256(verifier)); }

std::string authorization_url(const TokenClient& client, const Invitation& invitation) {
  FormFields fields{{"response_type", "code"},
                    {"client_id", client.id},
                    {"redirect_uri", invitation.redirect_uri},
                    {"state", invitation.state},
                    {"code_challenge", challenge_of(invitation.verifier)},
                    {"code_challenge_method", "S256"}};
  add_scope(fields, client);
  if (!invitation.login_hint.empty()) fields.emplace_back("login_hint", invitation.login_hint);
  fields.insert(fields.end(), invitation.extra.begin(), invitation.extra.end());
  const bool has_query = invitation.endpoint.find('?') != std::string::npos;
  return invitation.endpoint + (has_query ? "&" : "?") + encode_form(fields);
}

Result<Redirected> read_redirect(std::string_view address, std::string_view state) {
  if (address.size() > kLongestQuery) return Error{Next::give_up, "that address is too long"};
  auto query =
      address.substr(std::min(address.size(), address.find('?') == std::string_view::npos ? 0 : address.find('?') + 1));
  query = query.substr(0, query.find('#'));
  if (state.empty() || !same_word(parameter(query, "state"), state)) {
    return Error{Next::give_up, "that is not the answer to this login (another state)"};
  }
  Redirected redirected{.code = parameter(query, "code")};
  if (!redirected.code.empty()) return redirected;
  redirected.error = printable(parameter(query, "error"));
  if (redirected.error.empty()) return Error{Next::give_up, "there is no code in that address"};
  if (const auto why = printable(parameter(query, "error_description")); !why.empty()) redirected.error += ": " + why;
  return redirected;
}

}  // namespace leadmail::mail::net
