// What the tests of a session share: an account at a scripted server, a mail, and a result as a line to compare.
#pragma once

#include <string>

#include "mail/smtp/session.h"
#include "tests/fakes/scripted_smtp_server.h"

namespace leadmail::mail::smtp {

inline const std::string kId = "<a.mail@leadmail.example>";

inline std::string a_mail(const std::string& id = kId, const std::string& text = "Good morning.\r\n") {
  return "From: sales@acme.example\r\nTo: ann@example.com\r\nMessage-ID: " + id + "\r\nSubject: hello\r\n\r\n" + text;
}

inline Envelope to(std::vector<std::string> recipients) { return {"sales@acme.example", std::move(recipients)}; }

/// An account at this server, without TLS, and with little patience.
inline Account account_at(const fakes::ScriptedSmtpServer& server) {
  Account account;
  account.server = {.host = "127.0.0.1", .port = server.port(), .security = net::Security::none};
  account.ehlo_name = "client.example";
  return account;
}

inline Account with_login(Account account, const net::Login& login) {
  account.login = [login]() -> Result<net::Login> { return login; };
  return account;
}

inline bool yes() { return true; }

/// "ann@example.com delivered 250; bob@example.com failed 550 5.1.1", and " | account" when the account is in trouble,
/// " | counts" when the attempt counts though nobody was served.
inline std::string summary(const Result<Sent>& sent) {
  if (!sent) return "error " + std::string(name(sent.error().next)) + ": " + sent.error().what;
  std::string text;
  for (const auto& one : sent->recipients) {
    if (!text.empty()) text += "; ";
    text += one.rcpt_to + " " + std::string(name(one.outcome));
    if (one.reply.code != 0) text += " " + std::to_string(one.reply.code);
    if (one.reply.code >= 400 && !one.reply.enhanced.empty()) text += " " + one.reply.enhanced;
  }
  return text + (sent->account_trouble ? " | account" : "");
}

/// One mail to one person by a session of its own.
inline Result<Sent> send_once(const fakes::ScriptedSmtpServer& server,
                              const std::vector<std::string>& recipients = {"ann@example.com"}) {
  Session session(account_at(server));
  return session.send(to(recipients), a_mail(), yes);
}

}  // namespace leadmail::mail::smtp
