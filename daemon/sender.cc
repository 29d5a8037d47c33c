#include "daemon/sender.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/leads/decide.h"
#include "daemon/letters.h"
#include "daemon/log.h"
#include "daemon/sender_policy.h"

namespace leadmail::daemon {
namespace {

namespace smtp = mail::smtp;

constexpr int kMailsAClaim = 8;
constexpr std::chrono::seconds kLongestWait{60};

smtp::Account account_of(Engine& engine, const std::string& mailbox) {
  const auto settings = engine.settings();
  const MailboxConfig* config = settings->config.mailbox(mailbox);
  smtp::Account account;
  if (config == nullptr) return account;
  account.server = config->smtp;
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) == 0) account.ehlo_name = host.data();
  account.login = [&engine, mailbox]() -> Result<mail::net::Login> {
    const auto now = engine.settings();
    const MailboxConfig* current = now->config.mailbox(mailbox);
    if (current == nullptr) return Error{Next::retry, "mailbox " + mailbox + " is not in the config any more"};
    return read_login(*current);
  };
  return account;
}

/// Writes what `fate` means for one recipient. True: a mail was made.
Result<bool> settle(store::Transaction& transaction, const Settings& settings, const store::Claim& claim,
                    const std::string& rcpt_to, Fate fate, Time now) {
  const auto become = [&](const char* state, const char* why) -> Result<bool> {
    auto done = transaction.record_attempt(claim.id, now, {{rcpt_to, state, why, now}});
    if (!done) return std::move(done.error());
    log(Level::warning, "send-resolved", std::string(why) + ": " + state,
        {{"OUTBOX", std::to_string(claim.id.value)}, {"KIND", claim.kind}});
    return false;
  };
  switch (fate) {
    case Fate::look_again: return false;
    case Fate::delivered: return become("delivered", "its copy came back");
    case Fate::send_again: return become("waiting", "no copy came back: sent once more, the same bytes");
    case Fate::leave:
    case Fate::ask_the_rep: break;
  }
  static constexpr const char* kNobodyKnows = "the server never confirmed it: it may have arrived or not";
  if (auto settled = transaction.settle_unknown(claim.id, rcpt_to, kNobodyKnows); !settled)
    return std::move(settled.error());
  log(Level::warning, "send-unknown", kNobodyKnows, {{"OUTBOX", std::to_string(claim.id.value)}, {"KIND", claim.kind}});
  if (fate == Fate::leave) return false;
  return tell_undelivered(transaction, settings, claim, {rcpt_to, "unknown", kNobodyKnows, now}, now);
}

int mails_a_minute(Engine& engine, const std::string& mailbox) {
  const auto settings = engine.settings();
  const MailboxConfig* config = settings->config.mailbox(mailbox);
  return config == nullptr ? 0 : config->mails_a_minute;
}

}  // namespace

MailboxSender::MailboxSender(Engine& engine, std::string mailbox)
    : engine_(engine),
      mailbox_(std::move(mailbox)),
      session_(account_of(engine, mailbox_)),
      rate_(mails_a_minute(engine, mailbox_), mails_a_minute(engine, mailbox_)),
      random_(std::random_device{}()) {}

double MailboxSender::chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

Result<int> MailboxSender::flush(const std::stop_token& stop) {
  if (auto resolved = resolve_unknown(); !resolved)
    return std::move(resolved.error()).in("unknown sends of " + mailbox_);
  int tried = 0;
  while (!stop.stop_requested() && engine_.now() >= pause_until_) {
    std::vector<store::Claim> claims;
    auto claimed = engine_.write([&](store::Transaction& transaction) -> Result<void> {
      auto due = transaction.claim_due(mailbox_, engine_.now(), kMailsAClaim);
      if (!due) return std::move(due.error());
      claims = std::move(*due);
      return {};
    });
    if (!claimed) return std::move(claimed.error()).in("claiming mail of " + mailbox_);
    if (claims.empty()) break;
    for (const auto& claim : claims) {
      auto sent = send_one(claim, stop);
      if (!sent) return std::move(sent.error());
      ++tried;
    }
  }
  session_.hang_up();
  return tried;
}

/// Mails that were cut off in their last step: delivered when their copy came back, else what the policy of their kind
/// says.
Result<void> MailboxSender::resolve_unknown() {
  const auto settings = engine_.settings();
  bool made_mail = false;
  auto done = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    const Time now = engine_.now();
    auto unknown = transaction.unknown_sends(mailbox_);
    if (!unknown) return std::move(unknown.error());
    for (const auto& claim : *unknown) {
      auto met = transaction.was_met(claim.message_id);
      if (!met) return std::move(met.error());
      for (const auto& recipient : claim.recipients) {
        const auto fate = fate_of_unknown(claim.kind, claim.since, now, claim.expires, *met, recipient.times_unknown);
        auto told = settle(transaction, *settings, claim, recipient.rcpt_to, fate, now);
        if (!told) return std::move(told.error());
        made_mail = made_mail || *told;
      }
    }
    return {};
  });
  if (done && made_mail) engine_.tell_news();
  return done;
}

/// Sends one mail; what can't be tried now (a stop, a pause after trouble) goes back to the queue untouched.
Result<bool> MailboxSender::send_one(const store::Claim& claim, const std::stop_token& stop) {
  smtp::Envelope envelope{claim.mail_from, {}};
  envelope.rcpt_to.reserve(claim.recipients.size());
  for (const auto& recipient : claim.recipients) envelope.rcpt_to.push_back(recipient.rcpt_to);
  if (engine_.now() < pause_until_ || !await_rate(stop)) {
    smtp::Sent not_tried;
    for (const auto& address : envelope.rcpt_to) not_tried.recipients.push_back({address, smtp::Outcome::deferred, {}});
    not_tried.account_trouble = true;
    not_tried.trouble = "not tried: the queue of this account waits";
    if (auto recorded = record(claim, not_tried); !recorded) return std::move(recorded.error());
    return false;
  }
  const auto before_final = [&] {
    return static_cast<bool>(engine_.write(
        [&](store::Transaction& transaction) { return transaction.mark_sending_final(claim.id, envelope.rcpt_to); }));
  };
  auto sent = session_.send(envelope, claim.bytes, before_final, stop);
  if (!sent) {
    if (auto recorded = record_refused(claim, sent.error().what); !recorded) return std::move(recorded.error());
    return true;
  }
  troubles_ = sent->account_trouble ? troubles_ + 1 : 0;
  if (sent->account_trouble) {
    pause_until_ = engine_.now() + smtp::account_delay(troubles_, chance());
    log(Level::warning, "smtp-account", sent->trouble, {{"MAILBOX", mailbox_}});
  }
  if (auto recorded = record(claim, *sent); !recorded) return std::move(recorded.error());
  return true;
}

store::AttemptResult MailboxSender::judge(const store::Claim& claim, const smtp::RecipientResult& result,
                                          const smtp::Sent& sent) {
  const auto found =
      std::find_if(claim.recipients.begin(), claim.recipients.end(),
                   [&](const store::Claim::Recipient& recipient) { return recipient.rcpt_to == result.rcpt_to; });
  Standing standing;
  standing.attempts = found == claim.recipients.end() ? 1 : found->attempts;
  standing.now = engine_.now();
  standing.expires = claim.expires;
  standing.pause_until = pause_until_;
  standing.chance = chance();
  return after_attempt(result, sent, standing);
}

Result<void> MailboxSender::record(const store::Claim& claim, const smtp::Sent& sent) {
  std::vector<store::AttemptResult> results;
  results.reserve(sent.recipients.size());
  for (const auto& recipient : sent.recipients) results.push_back(judge(claim, recipient, sent));
  const auto settings = engine_.settings();
  const Time now = engine_.now();
  bool made_mail = false;
  auto recorded = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    if (auto done = transaction.record_attempt(claim.id, now, results); !done) return done;
    for (const auto& result : results) {
      if (result.state != "failed") continue;
      auto told = tell_undelivered(transaction, *settings, claim, result, now);
      if (!told) return std::move(told.error());
      made_mail = made_mail || *told;
    }
    return {};
  });
  if (!recorded)
    return std::move(recorded.error()).in("recording the attempt of outbox row " + std::to_string(claim.id.value));
  for (const auto& result : results) {
    const bool fine = result.state == "delivered";
    log(fine ? Level::info : Level::warning, "smtp-" + result.state, result.reply.empty() ? sent.trouble : result.reply,
        {{"MAILBOX", mailbox_},
         {"OUTBOX", std::to_string(claim.id.value)},
         {"KIND", claim.kind},
         {"MESSAGE_ID", claim.message_id}});
  }
  if (made_mail) engine_.tell_news();
  return {};
}

/// The mail itself can't be sent by anybody (an address that is none): it has failed for all.
Result<void> MailboxSender::record_refused(const store::Claim& claim, const std::string& why) {
  smtp::Sent sent;
  sent.trouble = why;
  for (const auto& recipient : claim.recipients) {
    smtp::Reply reply;
    reply.text = why;
    sent.recipients.push_back({recipient.rcpt_to, smtp::Outcome::failed, reply});
  }
  return record(claim, sent);
}

/// Waits for the account's rate to allow one more mail. False: a stop request came first.
bool MailboxSender::await_rate(const std::stop_token& stop) {
  const auto instant = [] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); };
  std::mutex mutex;
  std::condition_variable_any never;
  while (!rate_.take(instant())) {
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop, rate_.ready(instant()), [] { return false; });
    if (stop.stop_requested()) return false;
  }
  return !stop.stop_requested();
}

Time MailboxSender::next_look() {
  const Time now = engine_.now();
  Time next = now + kLongestWait;
  (void)engine_.write([&](store::Transaction& transaction) -> Result<void> {
    auto due = transaction.next_due_send(mailbox_);
    if (!due) return std::move(due.error());
    if (*due) next = std::min(next, **due);
    return {};
  });
  return std::max(next, pause_until_);
}

Senders::Senders(Engine& engine) : engine_(engine) {
  for (const auto& mailbox : engine.settings()->config.mailboxes) {
    threads_.emplace_back([this, name = mailbox.name](const std::stop_token& stop) { run(name, stop); });
  }
}

Senders::~Senders() {
  stop();
  threads_.clear();
}

void Senders::wake() {
  const std::lock_guard lock(mutex_);
  ++wakes_;
  news_.notify_all();
}

void Senders::stop() {
  for (auto& thread : threads_) thread.request_stop();
}

void Senders::run(const std::string& mailbox, const std::stop_token& stop) {
  MailboxSender sender(engine_, mailbox);
  std::uint64_t seen = 0;
  while (!stop.stop_requested()) {
    {
      const std::lock_guard lock(mutex_);
      seen = wakes_;
    }
    if (auto sent = sender.flush(stop); !sent)
      log(Level::error, "sender-failed", sent.error().what, {{"MAILBOX", mailbox}});
    if (stop.stop_requested()) return;
    const auto wait = std::clamp(sender.next_look() - engine_.now(), std::chrono::seconds{1}, kLongestWait);
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, stop, wait, [&] { return wakes_ != seen; });
  }
}

}  // namespace leadmail::daemon
