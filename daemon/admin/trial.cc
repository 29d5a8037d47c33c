#include "daemon/admin/trial.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "core/leads/address.h"
#include "mail/imap/attempt.h"
#include "mail/imap/sent_folder.h"
#include "mail/imap/session.h"
#include "mail/message/compose.h"
#include "mail/message/parse.h"
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
using std::chrono::milliseconds;
using std::chrono::seconds;
using Grade = Finding::Grade;

constexpr std::uint32_t kMailsLookedAt = 60;
constexpr std::size_t kHead = 64UL * 1024;
constexpr seconds kLook{2};
constexpr seconds kListen{10};
constexpr milliseconds kLookAtBook{250};
constexpr std::string_view kTag{"leadmail-test"};

/// 128 bits in hex: nobody can write a mail that bears it before ours is there.
std::string unguessable() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  constexpr std::string_view kHex{"0123456789abcdef"};
  std::string text;
  for (const auto byte : bytes) text += {kHex[byte >> 4U], kHex[byte & 15U]};
  return text;
}

std::string place(const net::Server& server) { return server.host + ":" + std::to_string(server.port); }

std::string in_seconds(net::Instant::duration time) {
  const auto tenths = std::chrono::duration_cast<milliseconds>(time).count() / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

std::string with_tag(const std::string& address) {
  const auto at = address.rfind('@');
  return address.substr(0, at) + "+" + std::string{kTag} + address.substr(at);
}

/// A mail of ours to the mailbox.
struct Probe {
  std::string to{};
  std::string message_id{};  ///< without <>
  std::string bytes{};
};

Result<Probe> make_probe(const std::string& from, std::string to) {
  const auto secret = unguessable();
  if (secret.empty()) return Error{Next::stop, "getrandom failed"};
  Probe probe{std::move(to), "leadmail-test." + secret + "@" + leads::domain_of(from), {}};
  mail::message::Draft draft;
  draft.from = {"Leadmail", from};
  draft.to = {{"", probe.to}};
  draft.subject = "Leadmail set-up test";
  draft.message_id = probe.message_id;
  draft.date = std::chrono::floor<seconds>(std::chrono::system_clock::now());
  draft.extra = {{"Auto-Submitted", "auto-generated"}};
  draft.text = "Leadmail sent this mail to see whether it comes back. It takes it away again.\n";
  auto bytes = mail::message::compose(draft);
  if (!bytes) return std::move(bytes.error());
  probe.bytes = std::move(*bytes);
  return probe;
}

class Trying {
 public:
  Trying(const TrialAccount& account, const TrialLimits& limits, const std::function<void(const Finding&)>& tell,
         const DaemonHas& daemon_has, net::Clock& clock, net::Connector& connector)
      : account_(account),
        limits_(limits),
        tell_(tell),
        daemon_has_(daemon_has),
        clock_(clock),
        connector_(connector),
        alarm_(clock.alarm()) {}

  awaitable<void> run() {
    auto attempt = co_await connector_.connect(account_.imap, account_.login);
    if (attempt.stage != net::Attempt::Stage::connected) {
      tell_failed(attempt);
      co_return;
    }
    imap::SessionOptions options;
    options.head = kHead;
    imap::Session session(std::move(attempt.connection), clock_, options);
    session_ = &session;
    tell(Grade::fine, "IMAP login", place(account_.imap) + " as " + account_.login.user);
    const auto done = co_await use_mailbox();
    if (!done) tell(Grade::failed, "IMAP", done.error().what, "try again; if it stays so, ask the provider");
    trial_.usable = trial_.usable && static_cast<bool>(done);
    co_await session.logout();
    session_ = nullptr;
  }

  Trial result() && { return std::move(trial_); }

 private:
  void tell(Grade grade, std::string what, std::string words, std::string advice = {}, std::string name = {}) {
    trial_.findings.push_back({grade, std::move(what), std::move(words), std::move(advice), std::move(name)});
    tell_(trial_.findings.back());
  }

  std::string password_advice(bool smtp, std::string_view words) const {
    if (account_.advice) return account_.advice(smtp, words);
    return account_.password_hint.empty() ? "check user and password" : "use " + account_.password_hint;
  }

  void tell_failed(const net::Attempt& attempt) {
    const auto login = attempt.stage == net::Attempt::Stage::login;
    trial_.password_refused = login && imap::diagnose(attempt).trouble == imap::Trouble::credentials;
    std::string advice = "is that the server's name, and does a firewall let us out to " + place(account_.imap) + "?";
    if (attempt.stage == net::Attempt::Stage::tls) {
      advice = "the certificate has to fit the name; tls_ca names a private authority";
    }
    if (login) advice = password_advice(false, attempt.words);
    tell(Grade::failed, login ? "IMAP login" : "IMAP server", attempt.error.what, advice,
         login ? "login-refused" : "server-unreachable");
  }

  awaitable<Result<void>> use_mailbox() {
    auto done = co_await session_->start();
    if (!done) co_return done;
    auto folders = co_await session_->folders();
    if (!folders) co_return std::move(folders.error());
    trial_.sent = imap::find_sent(*folders).value_or("");
    for (const auto& folder : *folders) trial_.folders.push_back(folder.name);
    done = co_await look_at_mail();
    if (!done) co_return done;

    const auto idling = co_await session_->enter_idle();
    if (!idling) co_return idling.error();
    trial_.idle = *idling;
    done = co_await send_and_wait(*idling);
    if (!done) co_return done;
    tell_testimony();
    if (trial_.usable) done = co_await look_in_sent();
    if (done) co_await wait_for_daemon();
    if (done) done = co_await take_away();
    co_return done;
  }

  /// The whole way: until the mail stands in the daemon's book.
  awaitable<void> wait_for_daemon() {
    if (!daemon_has_ || sent_id_.empty()) co_return;
    const auto id = sent_id_.substr(1, sent_id_.size() - 2);
    const auto deadline = clock_.instant() + limits_.taking;
    while (!daemon_has_(id)) {
      if (clock_.instant() >= deadline) {
        tell(Grade::failed, "leadmaild", "has not taken it within " + std::to_string(limits_.taking.count()) + " s",
             std::string{advice_for("daemon-late")}, "daemon-late");
        co_return;
      }
      co_await alarm_->wait_until(std::min(deadline, clock_.instant() + kLookAtBook));
    }
    tell(Grade::fine, "leadmaild", "took it " + in_seconds(clock_.instant() - sent_at_) + " after it was sent");
  }

  /// The heads of the newest mails in the inbox.
  awaitable<Result<void>> look_at_mail() {
    auto opened = co_await session_->examine(account_.inbox);
    if (!opened) co_return std::move(opened.error());
    if (!*opened) co_return Error{Next::give_up, "the server has no folder " + account_.inbox};
    const auto next = (*opened)->uid_next;
    auto listing = co_await session_->list(next > 10 * kMailsLookedAt ? next - 10 * kMailsLookedAt : 1);
    if (!listing) co_return std::move(listing.error());
    auto& listed = listing->messages;
    if (listed.size() > kMailsLookedAt) listed.erase(listed.begin(), listed.end() - kMailsLookedAt);
    std::vector<imap::Wanted> wanted;
    wanted.reserve(listed.size());
    for (const auto& one : listed) wanted.push_back({one, true});
    const imap::Session::Taker take = [this](imap::Fetched fetched) -> awaitable<Result<void>> {
      if (fetched.raw) recent_.push_back(mail::message::read_identity(*fetched.raw));
      co_return Result<void>{};
    };
    co_return co_await session_->fetch(std::move(wanted), take);
  }

  /// To a plus-address first: when that arrives, everything is known with one mail.
  awaitable<Result<void>> send_and_wait(bool idling) {
    auto probe = make_probe(account_.address, with_tag(account_.address));
    if (!probe) co_return std::move(probe.error());
    const auto sent = send(*probe);
    if (sent == Sending::no_account) co_return co_await stop_idling(idling);
    trial_.usable = true;
    auto arrived = std::optional<std::uint32_t>{};
    if (sent == Sending::accepted) {
      auto found = co_await wait_for(*probe, idling);
      if (!found) co_return std::move(found.error());
      arrived = *found;
    } else if (auto left = co_await stop_idling(idling); !left) {
      co_return left;
    }
    trial_.plus_addressing = arrived.has_value();
    if (!arrived) co_return co_await send_plainly();
    tell(Grade::fine, "Plus-addresses", "mail to " + probe->to + " arrives");
    co_return co_await note_arrival(*arrived);
  }

  /// What a plus-address did not bring may still come to the address itself.
  awaitable<Result<void>> send_plainly() {
    auto probe = make_probe(account_.address, account_.address);
    if (!probe) co_return std::move(probe.error());
    const auto idling = co_await session_->enter_idle();
    if (!idling) co_return idling.error();
    const auto sent = send(*probe);
    if (sent == Sending::refused)
      tell(Grade::failed, "Mail to itself", last_refusal_, "ask the provider why", "mail-refused");
    if (sent != Sending::accepted) {
      trial_.usable = false;
      co_return co_await stop_idling(*idling);
    }
    auto found = co_await wait_for(*probe, *idling);
    if (!found) co_return std::move(found.error());
    if (!*found) {
      trial_.plus_addressing.reset();
      tell(Grade::note, "Mail to itself", "did not arrive within " + std::to_string(limits_.arrival.count()) + " s",
           "look for \"Leadmail set-up test\" in Spam and in the rules of the mailbox", "mail-does-not-arrive");
      co_return Result<void>{};
    }
    tell(Grade::note, "Plus-addresses", "mail to " + with_tag(account_.address) + " does not arrive",
         "nothing to do: replies find their lead by Message-ID and subject", "plus-addresses-off");
    co_return co_await note_arrival(**found);
  }

  enum class Sending { accepted, refused, no_account };

  /// Blocks; the loop has nothing else to do. Tells of the login when it is the first mail.
  Sending send(const Probe& probe) {
    smtp::Account account;
    account.server = account_.smtp;
    account.login = [login = account_.login]() -> Result<net::Login> { return login; };
    account.patience.connect = seconds{30};
    account.patience.reply = seconds{60};
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) == 0) account.ehlo_name = host.data();
    smtp::Session session(std::move(account));
    const auto sent = session.send({account_.address, {probe.to}}, probe.bytes, [] { return true; });
    session.hang_up();
    sent_at_ = clock_.instant();
    if (!sent) {
      tell(Grade::failed, "SMTP", sent.error().what);
      return Sending::no_account;
    }
    return judge(*sent);
  }

  Sending judge(const smtp::Sent& sent) {
    const auto& result = sent.recipients.front();
    const auto words = result.reply.text.empty() ? sent.trouble : result.reply.text;
    if (sent.account_trouble) {
      const bool refused = sent.login_refused || result.reply.code == 535 || result.reply.code == 534;  // RFC 4954 §6
      trial_.password_refused = trial_.password_refused || refused;
      const auto advice =
          refused ? password_advice(true, words)
                  : "is that the server's name, and does a firewall let us out to " + place(account_.smtp) + "?";
      tell(Grade::failed, refused ? "SMTP login" : "SMTP server", place(account_.smtp) + ": " + words, advice,
           refused ? "login-refused" : "server-unreachable");
      return Sending::no_account;
    }
    if (!trial_.usable) tell(Grade::fine, "SMTP login", place(account_.smtp) + " as " + account_.login.user);
    if (result.outcome == smtp::Outcome::delivered) return Sending::accepted;
    last_refusal_ = words;
    return Sending::refused;
  }

  awaitable<Result<void>> stop_idling(bool idling) {
    if (!idling) co_return Result<void>{};
    co_return co_await session_->leave_idle();
  }

  /// Its UID once it has come; nothing when it does not within the limit. The session is out of IDLE afterwards.
  awaitable<Result<std::optional<std::uint32_t>>> wait_for(const Probe& probe, bool idling) {
    const auto deadline = clock_.instant() + limits_.arrival;
    const auto id = "<" + probe.message_id + ">";
    while (true) {
      if (idling) {
        auto heard = co_await session_->listen(std::min(deadline, clock_.instant() + kListen));
        if (!heard) co_return std::move(heard.error());
        idle_told_ = idle_told_ || *heard == imap::Session::Heard::exists;
        if (auto left = co_await session_->leave_idle(); !left) co_return std::move(left.error());
      } else {
        co_await alarm_->wait_until(std::min(deadline, clock_.instant() + kLook));
      }
      if (auto looked = co_await session_->noop(); !looked) co_return std::move(looked.error());
      auto uids = co_await session_->search_message_id(id);
      if (!uids) co_return std::move(uids.error());
      if (!uids->empty()) {
        taken_ = clock_.instant() - sent_at_;
        arrived_.push_back({account_.inbox, uids->back()});
        sent_id_ = id;
        co_return uids->back();
      }
      if (clock_.instant() >= deadline) co_return std::optional<std::uint32_t>{};
      if (!idling) continue;
      auto again = co_await session_->enter_idle();
      if (!again) co_return std::move(again.error());
      idling = *again;
    }
  }

  /// How it came, and who testified on it.
  awaitable<Result<void>> note_arrival(std::uint32_t uid) {
    tell(Grade::fine, "Mail to itself", "arrived after " + in_seconds(taken_));
    tell_idle();
    std::vector<imap::Wanted> wanted(1);
    wanted.front().listed.uid = uid;
    wanted.front().head_only = true;
    const imap::Session::Taker take = [this](imap::Fetched fetched) -> awaitable<Result<void>> {
      if (fetched.raw) own_names_ = testified_on(mail::message::read_identity(*fetched.raw));
      if (fetched.internal_date) trial_.clock_ahead = clock_.now() - *fetched.internal_date;
      co_return Result<void>{};
    };
    co_return co_await session_->fetch(std::move(wanted), take);
  }

  void tell_idle() {
    if (!trial_.idle) {
      tell(Grade::note, "IDLE", "the server does not offer it", "new mail is looked for every minute (poll_time)");
    } else if (!idle_told_) {
      tell(Grade::note, "IDLE", "the server did not tell of a mail that had come", std::string{advice_for("idle-mute")},
           "idle-mute");
    } else {
      tell(Grade::fine, "IDLE", "the server tells of new mail at once");
    }
  }

  void tell_testimony() {
    auto& testimony = trial_.testimony;
    trial_.own_names = own_names_;
    testimony = who_testifies(recent_, leads::domain_of(account_.address), account_.known_authserv);
    if (testimony.trusted.empty()) testimony.trusted = own_names_;
    if (testimony.trusted.empty()) {
      tell(Grade::note, "Authentication-Results", testimony.why_none,
           "commands by mail will need a reply to a notification; once the server writes it, name it in "
           "trusted_authserv",
           "no-authentication-results");
      return;
    }
    std::string names;
    for (const auto& name : testimony.trusted) names += (names.empty() ? "" : ", ") + name;
    const auto seen = " (" + std::to_string(testimony.confirmed) + " of " + std::to_string(testimony.from_outside) +
                      " senders of recent mail confirmed)";
    tell(Grade::fine, "Authentication-Results", "by " + names + seen);
  }

  awaitable<Result<void>> look_in_sent() {
    if (trial_.sent.empty()) {
      tell(Grade::note, "Sent", "there is no folder for it", "answers written outside Leadmail will not be seen");
      co_return Result<void>{};
    }
    if (arrived_.empty()) co_return Result<void>{};
    auto opened = co_await session_->examine(trial_.sent);
    if (!opened) co_return std::move(opened.error());
    if (!*opened) co_return Result<void>{};
    trial_.keeps_sent = false;
    const auto deadline = clock_.instant() + limits_.filing;
    while (!*trial_.keeps_sent) {
      auto uids = co_await session_->search_message_id(sent_id_);
      if (!uids) co_return std::move(uids.error());
      for (const auto uid : *uids) arrived_.push_back({trial_.sent, uid});
      trial_.keeps_sent = !uids->empty();
      if (*trial_.keeps_sent || clock_.instant() >= deadline) break;
      co_await alarm_->wait_until(std::min(deadline, clock_.instant() + kLook));
      if (auto looked = co_await session_->noop(); !looked) co_return std::move(looked.error());
    }
    tell(Grade::fine, "Sent",
         *trial_.keeps_sent ? "the server itself files what it sends in " + trial_.sent
                            : "we put copies of answers into " + trial_.sent);
    co_return Result<void>{};
  }

  /// Only our own mails, and only where the server can remove one message and no other.
  awaitable<Result<void>> take_away() {
    bool left_some = false;
    for (const auto& [folder, uid] : arrived_) {
      bool gone = false;
      auto opened = co_await session_->select(folder);
      if (!opened) co_return std::move(opened.error());
      if (*opened && session_->can("UIDPLUS")) {
        std::vector<std::uint32_t> uids(1, uid);
        if (auto marked = co_await session_->add_flag(std::move(uids), "\\Deleted"); !marked) co_return marked;
        auto expunged = co_await session_->expunge_one(uid);
        if (!expunged) co_return std::move(expunged.error());
        gone = *expunged;
      }
      left_some = left_some || !gone;
    }
    if (left_some) tell(Grade::note, "Test mail", "the server cannot remove a single mail: it stays in the mailbox");
    co_return Result<void>{};
  }

  struct Lying {
    std::string folder{};
    std::uint32_t uid = 0;
  };

  const TrialAccount& account_;
  const TrialLimits& limits_;
  const std::function<void(const Finding&)>& tell_;
  const DaemonHas& daemon_has_;
  net::Clock& clock_;
  net::Connector& connector_;
  std::unique_ptr<net::Alarm> alarm_;
  imap::Session* session_ = nullptr;
  Trial trial_{};
  std::vector<mail::message::Identity> recent_{};
  std::vector<std::string> own_names_{};
  std::vector<Lying> arrived_{};
  std::string sent_id_{};  ///< of the mail that arrived, with <>
  std::string last_refusal_{};
  net::Instant sent_at_{};
  net::Instant::duration taken_{};
  bool idle_told_ = false;
};

}  // namespace

Trial try_mailbox(const TrialAccount& account, const TrialLimits& limits,
                  const std::function<void(const Finding&)>& tell, const DaemonHas& daemon_has) {
  asio::io_context loop;
  net::LoopClock clock(loop.get_executor());
  net::CurlConnector connector(loop.get_executor(), {.connect = seconds{15}, .answer = seconds{20}});
  Trying trying(account, limits, tell, daemon_has, clock, connector);
  asio::co_spawn(loop, trying.run(), mail::net::or_end);
  loop.run();
  return std::move(trying).result();
}

}  // namespace leadmail::daemon::admin
