#include "mail/smtp/session.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "mail/net/redact.h"
#include "mail/smtp/address.h"
#include "mail/smtp/connection.h"
#include "mail/smtp/verdict.h"

namespace leadmail::mail::smtp {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostRecipients = 100;
constexpr std::size_t kLongestLine = 998;  // RFC 5322 §2.1.1

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// The envelope as the server gets it, or why it gets none.
Result<Envelope> on_the_wire(const Envelope& envelope) {
  Envelope wire;
  if (!envelope.mail_from.empty()) {
    auto sender = wire_address(envelope.mail_from);
    if (!sender) return Error{Next::give_up, "the envelope sender is not an address"};
    wire.mail_from = std::move(*sender);
  }
  if (envelope.rcpt_to.empty()) return Error{Next::give_up, "nobody to send to"};
  if (envelope.rcpt_to.size() > kMostRecipients)
    return Error{Next::give_up, "more than 100 recipients in one envelope"};
  for (const auto& address : envelope.rcpt_to) {
    if (auto recipient = wire_address(address)) wire.rcpt_to.push_back(std::move(*recipient));
  }
  if (wire.rcpt_to.empty()) return Error{Next::give_up, "no recipient is an address"};
  return wire;
}

bool is_no_address(const std::string& address) { return !wire_address(address); }

/// Those of `everyone` whom the server was not told of failed for `reason`, each in his place; the others have what
/// `sent` says of them, in its order.
void add_left_out(Sent& sent, const std::vector<std::string>& everyone, bool (*is_left_out)(const std::string&),
                  const std::string& reason) {
  for (std::size_t i = 0; i < everyone.size(); ++i) {
    if (!is_left_out(everyone[i])) continue;
    const auto place = sent.recipients.begin() + static_cast<std::ptrdiff_t>(i);
    sent.recipients.insert(place, {everyone[i], Outcome::failed, Reply{.text = reason}});
  }
}

bool same(const net::Login& a, const net::Login& b) {
  return a.method == b.method && a.user == b.user && a.secret == b.secret;
}

/// Of an address on the wire, whose domain is ASCII.
bool is_international(const std::string& address) { return !std::all_of(address.begin(), address.end(), is_ascii); }

}  // namespace

Result<void> sendable(std::string_view bytes) {
  if (!bytes.ends_with("\r\n")) return Error{Next::give_up, "the mail does not end with CRLF"};
  std::size_t line = 0;  // where it begins
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '\0' || !is_ascii(c)) {
      return Error{Next::give_up, "octet " + std::to_string(i) + " of the mail is NUL or not 7-bit"};
    }
    if (c == '\n') return Error{Next::give_up, "a bare LF at octet " + std::to_string(i) + " of the mail"};
    if (c != '\r') continue;
    if (i + 1 == bytes.size() || bytes[i + 1] != '\n') {
      return Error{Next::give_up, "a bare CR at octet " + std::to_string(i) + " of the mail"};
    }
    if (i - line > kLongestLine) return Error{Next::give_up, "a line of the mail is longer than 998 octets"};
    line = ++i + 1;
  }
  return {};
}

struct Session::State {
  explicit State(Account given) : account(std::move(given)) {}

  Account account;
  std::optional<Connection> connection{};
  Clock::time_point used{};

  Sent speak(const Mail& mail, const net::Login& login);
  Sent without_utf8(const Mail& mail, const net::Login& login, const std::string& reason);
  void ready(const net::Login& login);
  bool went_stale(const Ending& ending, const Mail& mail) const;
  void part(bool friends);
};

/// A connection that may be used, or a new one that libcurl opens when it is first spoken to.
void Session::State::ready(const net::Login& login) {
  if (connection && (!same(connection->login(), login) || Clock::now() - used > account.patience.idle)) part(true);
  if (!connection) connection.emplace(account, login);
}

void Session::State::part(bool friends) {
  if (connection && friends) connection->part_as_friends();
  connection.reset();
}

/// The server had closed the kept connection: nothing was said about this mail, so it is simply said again.
bool Session::State::went_stale(const Ending& ending, const Mail& mail) const {
  if (!connection->was_reused() || ending.final_dot_may_have_left || mail.stop.stop_requested()) return false;
  const auto& reply = connection->transcript().mail();
  return !reply || reply->code == 421;
}

Sent Session::State::speak(const Mail& mail, const net::Login& login) {
  ready(login);
  const bool last = connection->mails() + 1 >= account.patience.mails;
  Ending ending = connection->converse(mail, last);
  if (went_stale(ending, mail)) {
    part(false);
    ready(login);
    ending = connection->converse(mail, last);
  }
  used = Clock::now();

  if (connection->too_large()) {
    part(true);
    return everybody(mail.envelope.rcpt_to, Outcome::failed, ending.reason);
  }
  if (connection->lacks_smtputf8()) {
    part(true);
    return without_utf8(mail, login, ending.reason);
  }
  Sent sent = judge(mail.envelope.rcpt_to, connection->transcript(), ending);
  // Anything but a smooth delivery, and the next mail begins with a new connection.
  const auto& final = connection->transcript().final();
  if (!ending.reason.empty() || !final || final->code != 250) part(false);
  return sent;
}

/// Those whom this server cannot be told of fail; the others get the mail.
Sent Session::State::without_utf8(const Mail& mail, const net::Login& login, const std::string& reason) {
  const auto& everyone = mail.envelope.rcpt_to;
  Envelope rest{.mail_from = mail.envelope.mail_from};
  std::copy_if(everyone.begin(), everyone.end(), std::back_inserter(rest.rcpt_to), std::not_fn(is_international));
  if (rest.rcpt_to.empty() || is_international(rest.mail_from)) return everybody(everyone, Outcome::failed, reason);

  Sent sent = speak({rest, mail.bytes, mail.before_final, mail.stop}, login);
  add_left_out(sent, everyone, is_international, reason);
  return sent;
}

Session::Session(Account account) : state_(std::make_unique<State>(std::move(account))) {}
Session::~Session() {
  if (state_) hang_up();
}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Result<Sent> Session::send(const Envelope& envelope, std::string_view bytes, const BeforeFinal& before_final,
                           const std::stop_token& stop) {
  const auto wire = on_the_wire(envelope);
  if (!wire) return wire.error();
  if (auto right = sendable(bytes); !right) return std::move(right.error());

  auto login = state_->account.login ? state_->account.login() : Result<net::Login>(net::Login{});
  if (!login) {
    Sent sent = everybody(envelope.rcpt_to, Outcome::deferred, printable(login.error().what));
    sent.account_trouble = true;
    return sent;
  }
  const Mail mail{*wire, bytes, before_final, stop};
  Sent sent = state_->speak(mail, *login);
  // Nothing was said of the mail yet, so it may be said again with a token that is fresh.
  if (sent.login_refused && login->method == net::Login::Method::bearer && state_->account.login_after_refusal) {
    auto fresh = state_->account.login_after_refusal();
    if (!fresh) {
      sent.trouble = printable(fresh.error().what);
    } else if (fresh->secret != login->secret) {
      *login = std::move(*fresh);
      sent = state_->speak(mail, *login);
    }
  }
  add_left_out(sent, envelope.rcpt_to, is_no_address, "not an address");
  for (std::size_t i = 0; i < envelope.rcpt_to.size(); ++i) {
    auto& recipient = sent.recipients[i];
    recipient.rcpt_to = envelope.rcpt_to[i];
    recipient.reply.text = net::redact(std::move(recipient.reply.text), login->secret);
  }
  sent.trouble = net::redact(std::move(sent.trouble), login->secret);
  return sent;
}

Tried try_login(const Account& account) {
  auto login = account.login ? account.login() : Result<net::Login>(net::Login{});
  if (!login) return {.words = printable(login.error().what)};
  Connection connection(account, *login);
  const auto ending = connection.log_in();
  const auto& said = connection.transcript();
  // What NOOP is answered does not matter: it is only asked to know that we are in.
  if (said.auth() && said.auth()->positive() && said.auth()->code != 334) return {.in = true};
  const auto sent = judge({}, said, ending);
  const auto words = said.last_refusal() ? describe(*said.last_refusal()) : ending.reason;
  return {.refused = sent.login_refused, .words = net::redact(printable(words), login->secret)};
}

void Session::hang_up() { state_->part(true); }

}  // namespace leadmail::mail::smtp
