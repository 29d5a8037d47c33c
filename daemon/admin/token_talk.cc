#include "daemon/admin/token_talk.h"

#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "daemon/admin/login_flow.h"
#include "daemon/admin/print.h"
#include "daemon/token_fetch.h"

namespace leadmail::daemon::admin {
namespace {

namespace net = mail::net;
using Grant = OAuth2Config::Grant;
using Provider = OAuth2Config::Provider;

Time true_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

Json task_json(const LoginTask& task) {
  const auto or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  return {{"url", task.url},
          {"code", or_null(task.code)},
          {"complete_url", or_null(task.complete_url)},
          {"seconds", task.life.count()}};
}

std::string task_words(const Desk& desk, const LoginTask& task, const std::string& who) {
  if (!task.code.empty()) {
    return "Open " + shown(task.url) + " on any device, type the code " +
           coloured(shown(task.code), Colour::bold, desk.terminal()) + " and log in as " + who +
           ".\nThe code is good for " + std::to_string(task.life.count() / 60) + " minutes. Waiting ...\n";
  }
  const auto port = std::to_string(task.port);
  return "Open this in a browser and log in as " + who + ":\n\n" + task.url + "\n\nThe browser comes back to port " +
         port +
         " of this machine. If it runs on another one it will show an error then: copy the\naddress that it shows to "
         "here and press Enter (or connect with `ssh -L " +
         port + ":127.0.0.1:" + port + " ...` before). Waiting ...\n";
}

/// Whatever happens to the output, a person has to see this.
void tell(const Desk& desk, const LoginTask& task, const std::string& who) {
  if (desk.is_json()) {
    desk.print_json(task_json(task));
  } else {
    desk.print(task_words(desk, task, who));
  }
  std::fflush(stdout);
}

Error no_refresh_token(Provider provider) {
  std::string why = "the provider gave no refresh token, so the login would end within the hour: ";
  why += provider == Provider::google ? "remove Leadmail at https://myaccount.google.com/connections and log in again"
                                      : "the scopes have to hold offline_access, or what the provider has in its place";
  return {Next::give_up, std::move(why)};
}

Result<net::Token> by_person(const Desk& desk, const OAuth2Config& oauth2, const std::string& user) {
  const auto who =
      shown(user) + (oauth2.provider == Provider::microsoft ? " (or as somebody with full access to it)" : "");
  const LoginWorld world{.post = net::post_form,
                         .tell = [&](const LoginTask& task) { tell(desk, task, who); },
                         .wait = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); },
                         .now = true_now,
                         .from_input = true};
  auto token = oauth2.grant == Grant::device ? log_in_by_device(oauth2, world) : log_in_by_browser(oauth2, user, world);
  if (token && token->refresh.empty()) return no_refresh_token(oauth2.provider);
  return token;
}

}  // namespace

Result<net::Token> get_token(const Desk& desk, const OAuth2Config& oauth2, const std::string& user) {
  if (oauth2.needs_person()) return by_person(desk, oauth2, user);
  auto fields = token_fields(oauth2, user, "", true_now());
  if (!fields) return std::move(fields.error());
  auto answer = ask_token_server(oauth2, std::move(*fields), net::post_form);
  if (!answer) return std::move(answer.error());
  if (answer->token) return std::move(*answer->token);
  const auto& refusal = answer->refusal;
  return Error{Next::give_up, refusal.words + (refusal.advice.empty() ? "" : " (" + refusal.advice + ")")};
}

StoredLogin stored_login(const OAuth2Config& oauth2, const net::Token& token) {
  const Time now = true_now();
  StoredLogin login{token.refresh, oauth2.client_id, oauth2.token_endpoint, now, {}};
  if (token.refresh_life) login.ends = now + *token.refresh_life;
  return login;
}

}  // namespace leadmail::daemon::admin
