#include "daemon/admin/login_flow.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "daemon/admin/redirect_listener.h"

namespace leadmail::daemon::admin {
namespace {

namespace net = mail::net;
using mail::net::TokenTrouble;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kBrowserPatience = std::chrono::minutes{15};
constexpr seconds kSlowerBy{5};  // RFC 8628 §3.5
constexpr seconds kLongestInterval{60};

Error error_of(const net::TokenRefusal& refusal) {
  Error error{Next::give_up, refusal.words};
  if (refusal.trouble == TokenTrouble::busy) error.next = Next::retry;
  if (refusal.trouble == TokenTrouble::declined) error.what = "it was declined: " + refusal.words;
  if (refusal.trouble == TokenTrouble::expired) error = {Next::retry, "nobody has logged in in time"};
  if (!refusal.advice.empty()) error.what += " (" + refusal.advice + ")";
  return error;
}

Result<net::DeviceCode> begin(const OAuth2Config& oauth2, const net::TokenClient& client, const Post& post) {
  const auto answer =
      post({.url = oauth2.device_endpoint, .fields = net::device_request(client), .ca_file = oauth2.ca_file});
  if (!answer) return answer.error();
  auto read = net::read_device_answer(*answer);
  if (!read.code) return error_of(read.refusal);
  return std::move(*read.code);
}

/// Google gives a refresh token only where it is asked for, and only the first time unless it is asked to ask again.
net::FormFields extra_fields(OAuth2Config::Provider provider) {
  if (provider == OAuth2Config::Provider::google) return {{"access_type", "offline"}, {"prompt", "consent"}};
  if (provider == OAuth2Config::Provider::microsoft) return {{"prompt", "select_account"}};
  return {};
}

/// Entra compares everything but the port, and knows localhost by that name; others want the address. RFC 8252 §7.3
std::string redirect_uri(OAuth2Config::Provider provider, std::uint16_t port) {
  const bool microsoft = provider == OAuth2Config::Provider::microsoft;
  return std::string("http://") + (microsoft ? "localhost" : "127.0.0.1") + ":" + std::to_string(port) +
         (microsoft ? "" : "/");
}

}  // namespace

Result<net::Token> log_in_by_device(const OAuth2Config& oauth2, const LoginWorld& world) {
  const auto client = make_client(oauth2, world.now());
  if (!client) return client.error();
  const auto code = begin(oauth2, *client, world.post);
  if (!code) return code.error();
  world.tell({code->verification_uri, code->user_code, code->complete_uri, 0, code->life});

  const Time deadline = world.now() + code->life;
  auto interval = code->interval;
  while (world.now() < deadline) {
    world.wait(interval);
    const auto answer = ask_token_server(oauth2, net::device_token_request(*client, code->device_code), world.post);
    if (!answer) {
      // "On encountering a connection timeout, clients MUST unilaterally reduce their polling frequency." RFC 8628 §3.5
      if (answer.error().next != Next::retry) return answer.error();
      interval = std::min(interval * 2, kLongestInterval);
      continue;
    }
    if (answer->token) return *answer->token;
    const auto trouble = answer->refusal.trouble;
    if (trouble == TokenTrouble::slow_down) interval = std::min(interval + kSlowerBy, kLongestInterval);
    if (trouble == TokenTrouble::busy) interval = std::min(interval * 2, kLongestInterval);
    const bool goes_on =
        trouble == TokenTrouble::pending || trouble == TokenTrouble::slow_down || trouble == TokenTrouble::busy;
    if (!goes_on) return error_of(answer->refusal);
  }
  return Error{Next::retry, "nobody has logged in in time"};
}

Result<net::Token> log_in_by_browser(const OAuth2Config& oauth2, const std::string& user, const LoginWorld& world) {
  const auto client = make_client(oauth2, world.now());
  if (!client) return client.error();
  auto listener = RedirectListener::open(oauth2.redirect_port);
  if (!listener) return std::move(listener.error());
  auto state = net::random_word();
  auto verifier = net::random_word();
  if (!state || !verifier) return Error{Next::stop, "getrandom failed"};
  const net::Invitation invitation{.endpoint = oauth2.authorization_endpoint,
                                   .redirect_uri = redirect_uri(oauth2.provider, listener->port()),
                                   .state = *state,
                                   .verifier = *verifier,
                                   .login_hint = user,
                                   .extra = extra_fields(oauth2.provider)};
  world.tell({.url = net::authorization_url(*client, invitation), .port = listener->port(), .life = kBrowserPatience});

  const auto fits = [&](std::string_view address) { return static_cast<bool>(net::read_redirect(address, *state)); };
  const auto address = listener->wait(fits, kBrowserPatience, world.from_input);
  if (!address) return address.error();
  const auto redirected = net::read_redirect(*address, *state);
  if (!redirected) return redirected.error();
  if (!redirected->error.empty()) return Error{Next::give_up, "it was declined: " + redirected->error};
  auto answer = ask_token_server(
      oauth2, net::code_request(*client, redirected->code, invitation.redirect_uri, *verifier), world.post);
  if (!answer) return std::move(answer.error());
  if (!answer->token) return error_of(answer->refusal);
  return std::move(*answer->token);
}

}  // namespace leadmail::daemon::admin
