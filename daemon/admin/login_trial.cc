#include "daemon/admin/login_trial.h"

#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <utility>

#include "mail/imap/attempt.h"
#include "mail/imap/session.h"
#include "mail/net/curl_connection.h"
#include "mail/net/unwaited.h"
#include "mail/smtp/session.h"

namespace leadmail::daemon::admin {
namespace {

namespace asio = boost::asio;
namespace imap = mail::imap;
namespace net = mail::net;
namespace smtp = mail::smtp;
using asio::awaitable;
using std::chrono::seconds;
using Grade = Finding::Grade;
using Grant = OAuth2Config::Grant;
using Provider = OAuth2Config::Provider;
using Stage = net::Attempt::Stage;

std::string place(const net::Server& server) { return server.host + ":" + std::to_string(server.port); }

class Trying {
 public:
  Trying(const MailboxConfig& mailbox, const net::Login& login, const std::function<void(const Finding&)>& tell)
      : mailbox_(mailbox), login_(login), tell_(tell) {}

  LoginTrial run() && {
    asio::io_context loop(1);
    net::LoopClock clock(loop.get_executor());
    net::CurlConnector connector(loop.get_executor(), {.connect = seconds{15}, .answer = seconds{20}});
    bool imap = false;
    asio::co_spawn(
        loop, [&]() -> awaitable<void> { imap = co_await try_imap(connector, clock); }, mail::net::or_end);
    loop.run();
    const bool smtp = try_smtp();
    trial_.works = imap && smtp;
    return std::move(trial_);
  }

 private:
  void tell(Grade grade, std::string what, std::string words, std::string advice = {}) {
    trial_.findings.push_back({grade, std::move(what), std::move(words), std::move(advice)});
    tell_(trial_.findings.back());
  }

  void tell_refused(Service service, const std::string& what, const std::string& words) {
    trial_.refused = true;
    tell(Grade::failed, what, words, advice_on_refusal(*mailbox_.oauth2, service, words));
  }

  awaitable<bool> try_imap(net::Connector& connector, net::Clock& clock) {
    const std::string where = place(mailbox_.imap) + " as " + login_.user;
    auto attempt = co_await connector.connect(mailbox_.imap, login_);
    if (attempt.stage != Stage::connected) {
      const bool no_way = attempt.stage == Stage::login && attempt.words.empty();
      if (attempt.stage == Stage::login && !no_way) {
        tell_refused(Service::imap, "IMAP login", where + ": " + attempt.words);
      } else {
        tell(Grade::failed, "IMAP server", attempt.error.what,
             no_way ? "this server offers no login by token (AUTH=XOAUTH2, AUTH=OAUTHBEARER)" : "is that its name?");
      }
      co_return false;
    }
    imap::Session session(std::move(attempt.connection), clock, {});
    auto started = co_await session.start();
    if (!started) {
      tell(Grade::failed, "IMAP", started.error().what);
      co_return false;
    }
    auto opened = co_await session.examine(mailbox_.inbox);
    const bool is_there = opened && opened->has_value();
    if (is_there) {
      tell(Grade::fine, "IMAP login", where);
    } else {
      // Exchange lets an application in and shows it nothing, when the mailbox was not opened to it.
      trial_.refused = true;
      tell(Grade::failed, "IMAP inbox", opened ? "there is no " + mailbox_.inbox : opened.error().what,
           advice_on_refusal(*mailbox_.oauth2, Service::imap, ""));
    }
    co_await session.logout();
    co_return is_there;
  }

  bool try_smtp() {
    smtp::Account account;
    account.server = mailbox_.smtp;
    account.login = [this]() -> Result<net::Login> { return login_; };
    account.patience.connect = seconds{20};
    account.patience.reply = seconds{20};
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0) account.ehlo_name = host.data();
    const auto tried = smtp::try_login(account);
    const std::string where = place(mailbox_.smtp) + " as " + login_.user;
    if (tried.in) {
      tell(Grade::fine, "SMTP login", where);
    } else if (tried.refused) {
      tell_refused(Service::smtp, "SMTP login", where + ": " + tried.words);
    } else {
      tell(Grade::failed, "SMTP server", place(mailbox_.smtp) + ": " + tried.words,
           "is that its name, and does it offer a login by token?");
    }
    return tried.in;
  }

  const MailboxConfig& mailbox_;
  const net::Login& login_;
  const std::function<void(const Finding&)>& tell_;
  LoginTrial trial_{};
};

std::string microsoft_advice(Grant grant, Service service, std::string_view words) {
  if (words.find("SmtpClientAuthentication is disabled") != std::string_view::npos ||
      words.find("5.7.139") != std::string_view::npos) {
    return "an administrator allows it: Set-CASMailbox MAILBOX -SmtpClientAuthenticationDisabled $false";
  }
  if (grant == Grant::client_credentials) {
    return service == Service::imap
               ? "in Exchange Online PowerShell: New-ServicePrincipal -AppId CLIENT -ObjectId OBJECT (the Object ID of "
                 "the Enterprise application, not of the App registration), then Add-MailboxPermission MAILBOX -User "
                 "OBJECT -AccessRights FullAccess; in Entra: IMAP.AccessAsApp of Office 365 Exchange Online with admin "
                 "consent. It may take half an hour to work"
               : "in Entra: SMTP.SendAsApp of Office 365 Exchange Online with admin consent; for the mailbox: "
                 "Set-CASMailbox MAILBOX -SmtpClientAuthenticationDisabled $false";
  }
  return service == Service::imap
             ? "log in as the mailbox itself, or as somebody with full access to it; IMAP has to be on for it: "
               "Set-CASMailbox MAILBOX -ImapEnabled $true"
             : "log in as the mailbox itself, or as somebody who may send as it; SMTP has to be on for it: "
               "Set-CASMailbox MAILBOX -SmtpClientAuthenticationDisabled $false";
}

std::string google_advice(Grant grant) {
  if (grant == Grant::service_account) {
    return "Admin console, Security, API controls, Domain-wide delegation: the service account's client ID with the "
           "scope https://mail.google.com/; and IMAP has to be on (Apps, Google Workspace, Gmail, End User Access)";
  }
  return "log in as the mailbox itself (another account's token does not open it); in Workspace IMAP has to be on: "
         "Admin console, Apps, Google Workspace, Gmail, End User Access";
}

}  // namespace

std::string advice_on_refusal(const OAuth2Config& oauth2, Service service, std::string_view words) {
  switch (oauth2.provider) {
    case Provider::microsoft: return microsoft_advice(oauth2.grant, service, words);
    case Provider::google: return google_advice(oauth2.grant);
    case Provider::generic: break;
  }
  return "is the token for this mailbox and this server (scopes, user)?";
}

LoginTrial try_login(const MailboxConfig& mailbox, const net::Login& login,
                     const std::function<void(const Finding&)>& tell) {
  return Trying(mailbox, login, tell).run();
}

}  // namespace leadmail::daemon::admin
