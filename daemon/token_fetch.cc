#include "daemon/token_fetch.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mail/net/redact.h"
#include "mail/net/signed_token.h"

namespace leadmail::daemon {
namespace {

namespace net = mail::net;
using Grant = OAuth2Config::Grant;

/// What must not come back in a server's words.
constexpr std::array<std::string_view, 6> kSecretFields{"client_secret", "refresh_token", "client_assertion",
                                                        "assertion",     "code",          "device_code"};

Result<std::string> sign_for_client(const OAuth2Config& oauth2, Time now) {
  auto key = read_key_file(oauth2.key_file);
  if (!key) return key;
  auto certificate = read_certificate_file(oauth2.certificate_file);
  if (!certificate) return certificate;
  auto id = net::random_word();
  if (!id) return id;
  // The client speaks for itself: it is issuer and subject. RFC 7523 §3
  const net::Claims claims{.issuer = oauth2.client_id,
                           .subject = oauth2.client_id,
                           .audience = oauth2.token_endpoint,
                           .id = std::move(*id),
                           .issued = now};
  // Microsoft asks for PS256 by now; elsewhere RS256 is what everybody has. RFC 7518 §3.1
  const bool microsoft = oauth2.provider == OAuth2Config::Provider::microsoft;
  auto assertion = net::sign_token(claims, {std::move(*key), std::move(*certificate), ""},
                                   microsoft ? net::Signature::ps256 : net::Signature::rs256);
  if (!assertion) return std::move(assertion.error()).in(oauth2.key_file);
  return assertion;
}

/// A service account that acts for the mailbox. RFC 7523 §2.1
Result<std::string> sign_for_mailbox(const OAuth2Config& oauth2, const std::string& user, Time now) {
  const auto text = read_key_file(oauth2.key_file);
  if (!text) return text.error();
  auto account = net::read_service_account(*text);
  if (!account) return std::move(account.error()).in(oauth2.key_file);
  const net::Claims claims{.issuer = account->email,
                           .subject = user,
                           .audience = oauth2.token_endpoint,
                           .scope = oauth2.scope,
                           .issued = now};
  auto assertion =
      net::sign_token(claims, {std::move(account->private_key), "", std::move(account->key_id)}, net::Signature::rs256);
  if (!assertion) return std::move(assertion.error()).in(oauth2.key_file);
  return assertion;
}

}  // namespace

Result<net::TokenClient> make_client(const OAuth2Config& oauth2, Time now) {
  net::TokenClient client{.id = oauth2.client_id, .scope = oauth2.scope};
  if (!oauth2.certificate_file.empty()) {
    auto assertion = sign_for_client(oauth2, now);
    if (!assertion) return std::move(assertion.error());
    client.assertion = std::move(*assertion);
    return client;
  }
  auto secret = read_client_secret(oauth2);
  if (!secret) return std::move(secret.error());
  client.secret = std::move(*secret);
  return client;
}

Result<net::FormFields> token_fields(const OAuth2Config& oauth2, const std::string& user,
                                     const std::string& refresh_token, Time now) {
  if (oauth2.grant == Grant::service_account) {
    const auto assertion = sign_for_mailbox(oauth2, user, now);
    if (!assertion) return assertion.error();
    return net::assertion_request(*assertion);
  }
  const auto client = make_client(oauth2, now);
  if (!client) return client.error();
  if (oauth2.grant == Grant::client_credentials) return net::client_credentials_request(*client);
  return net::refresh_request(*client, refresh_token);
}

Result<net::TokenAnswer> ask_token_server(const OAuth2Config& oauth2, net::FormFields fields, const Post& post,
                                          const std::function<bool()>& is_stopped) {
  net::FormPost request{.url = oauth2.token_endpoint, .fields = std::move(fields), .ca_file = oauth2.ca_file};
  request.is_stopped = is_stopped;
  const auto answer = post(request);
  if (!answer) return answer.error();
  auto read = net::read_token_answer(*answer);
  for (const auto& [name, value] : request.fields) {
    if (std::ranges::find(kSecretFields, name) == kSecretFields.end()) continue;
    read.refusal.words = net::redact(std::move(read.refusal.words), value);
  }
  return read;
}

std::optional<Time> end_of_secret(const OAuth2Config& oauth2) {
  std::optional<Time> end;
  if (oauth2.secret_expires) end = Time{*oauth2.secret_expires};
  if (oauth2.certificate_file.empty()) return end;
  const auto certificate = read_certificate_file(oauth2.certificate_file);
  if (!certificate) return end;
  const auto ends = net::end_of_certificate(*certificate);
  if (!ends) return end;
  return end ? std::min(*end, *ends) : *ends;
}

}  // namespace leadmail::daemon
