#include "daemon/sender.h"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/leads/decide.h"
#include "core/leads/phrases.h"
#include "daemon/alarm_loop.h"
#include "daemon/letters.h"
#include "daemon/log.h"
#include "daemon/mailbox_change.h"
#include "daemon/sender_policy.h"

namespace leadmail::daemon {
namespace {

namespace smtp = mail::smtp;
using leads::Phrase;
using leads::say;

constexpr int kMailsAClaim = 8;
constexpr std::chrono::minutes kRemembered{10};  // as long as the longest of the windows: a storm's
constexpr int kMostRemembered = 5000;            // mails
constexpr std::chrono::seconds kLongestWait{60};

smtp::Account account_of(Engine& engine, const std::string& mailbox) {
  const auto settings = engine.settings();
  const MailboxConfig* config = settings->config.mailbox(mailbox);
  smtp::Account account;
  if (config == nullptr) return account;
  account.server = config->smtp;
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) == 0) account.ehlo_name = host.data();
  account.login = [&engine, mailbox] { return engine.logins().get(mailbox); };
  account.login_after_refusal = [&engine, mailbox] { return engine.logins().get(mailbox, true); };
  return account;
}

/// "550 5.1.1" of what a server said: its words may name whom the mail was for. RFC 5321 §4.2, RFC 2034 §4
std::string codes_of(std::string_view reply) {
  const auto end = reply.find_first_not_of("0123456789. -");
  auto codes = std::string(reply.substr(0, end));
  while (!codes.empty() && (codes.back() == ' ' || codes.back() == '-')) codes.pop_back();
  return codes.empty() ? "without a code" : codes;
}

/// Writes what `fate` means for one recipient. True: a mail was made.
Result<bool> settle(store::Transaction& transaction, const Settings& settings, const store::Claim& claim,
                    const std::string& rcpt_to, Fate fate, Time now) {
  const auto become = [&](const char* state, const char* why) -> Result<bool> {
    auto done = transaction.record_attempt(claim.id, now, {{rcpt_to, state, why, now}});
    if (!done) return std::move(done.error());
    log("send-resolved", std::string(why) + ": " + state,
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
  log("send-unknown", kNobodyKnows, {{"OUTBOX", std::to_string(claim.id.value)}, {"KIND", claim.kind}});
  if (fate == Fate::leave) return false;
  return tell_undelivered(transaction, settings, claim, {rcpt_to, "unknown", kNobodyKnows, now}, now);
}

smtp::Rates rates_of(const Settings& settings, const std::string& mailbox) {
  const MailboxConfig* config = settings.config.mailbox(mailbox);
  const auto& limits = settings.config.limits;
  return {config == nullptr ? 0 : config->mails_a_minute, limits.mails_a_minute_to_domain, limits.storm_mails};
}

smtp::Instant instant_now() { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

std::map<std::string, Time> in_seconds(const std::map<std::string, smtp::Instant, std::less<>>& instants) {
  std::map<std::string, Time> times;
  for (const auto& [name, instant] : instants) times.emplace(name, std::chrono::ceil<std::chrono::seconds>(instant));
  return times;
}

}  // namespace

MailboxSender::MailboxSender(Engine& engine, std::string mailbox, SenderBoard* board)
    : engine_(engine),
      mailbox_(std::move(mailbox)),
      board_(board),
      session_(account_of(engine, mailbox_)),
      throttle_(rates_of(*engine.settings(), mailbox_)),
      random_(std::random_device{}()) {
  show();
}

double MailboxSender::chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

Result<int> MailboxSender::flush(const std::stop_token& stop) {
  if (auto adopted = adopt_rates(); !adopted) return std::move(adopted.error()).in("rates of " + mailbox_);
  if (auto resolved = resolve_unknown(); !resolved)
    return std::move(resolved.error()).in("unknown sends of " + mailbox_);
  // Waiting for a login that works again would help nobody.
  const auto changes = engine_.logins().changes(mailbox_);
  if (std::exchange(login_changes_, changes) != changes) pause_until_ = {};
  int tried = 0;
  while (!stop.stop_requested() && engine_.now() >= pause_until_) {
    auto claims = claim();
    if (!claims) return std::move(claims.error()).in("claiming mail of " + mailbox_);
    if (claims->empty()) break;
    for (const auto& claim : *claims) {
      if (claim.recipients.empty()) continue;  // all of them withheld
      auto sent = send_one(claim, stop);
      if (!sent) return std::move(sent.error());
      tried += *sent ? 1 : 0;
    }
  }
  session_.hang_up();
  show();
  return tried;
}

/// What is due; mail to users that waited to be merged is merged first.
Result<std::vector<store::Claim>> MailboxSender::claim() {
  const auto settings = engine_.settings();
  std::vector<store::Claim> claims;
  auto claimed = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    const Time now = engine_.now();
    LetterWriter letters(*settings, now);
    if (auto merged = transaction.merge_held(mailbox_, now, letters); !merged) return std::move(merged.error());
    auto due = transaction.claim_due(mailbox_, now, kMailsAClaim);
    if (!due) return std::move(due.error());
    for (const auto& claim : *due) {
      if (claim.withheld.empty()) continue;
      if (auto told = tell_withheld(transaction, *settings, claim, now); !told) return told;
    }
    claims = std::move(*due);
    return {};
  });
  if (!claimed) return std::move(claimed.error());
  return claims;
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

/// Sends one mail; what can't be tried now (a stop, a pause after trouble, a rate) goes back to the queue untouched.
/// False: it was not tried.
Result<bool> MailboxSender::send_one(const store::Claim& claim, const std::stop_token& stop) {
  auto allowed = may_go(claim, stop);
  if (!allowed || !*allowed) return allowed;
  smtp::Envelope envelope{claim.mail_from, {}};
  envelope.rcpt_to.reserve(claim.recipients.size());
  for (const auto& recipient : claim.recipients) envelope.rcpt_to.push_back(recipient.rcpt_to);
  const auto before_final = [&] {
    return static_cast<bool>(engine_.write(
        [&](store::Transaction& transaction) { return transaction.mark_sending_final(claim.id, envelope.rcpt_to); }));
  };
  auto sent = session_.send(envelope, claim.bytes, before_final, stop);
  if (!sent) {
    if (auto recorded = record_refused(claim, sent.error().what); !recorded) return std::move(recorded.error());
    return true;
  }
  if (auto noted = note_account(*sent); !noted) return std::move(noted.error());
  if (auto recorded = record(claim, *sent); !recorded) return std::move(recorded.error());
  return true;
}

/// Whether the account and the domains of this mail may have it now; if not, it is back in the queue.
Result<bool> MailboxSender::may_go(const store::Claim& claim, const std::stop_token& stop) {
  const auto refuse = [&](const std::string& why, std::optional<Time> until) -> Result<bool> {
    if (auto done = put_back(claim, why, until); !done) return std::move(done.error());
    return false;
  };
  if (engine_.now() < pause_until_) return refuse("not tried: the queue of this account waits", {});
  std::vector<std::string> rcpt_to;
  rcpt_to.reserve(claim.recipients.size());
  for (const auto& recipient : claim.recipients) rcpt_to.push_back(recipient.rcpt_to);
  const auto answer = throttle_.ask(question_for(claim.kind, rcpt_to, engine_.settings()->config.rules), instant_now());
  if (!answer.go) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(answer.again - instant_now());
    if (answer.storm_began) {
      const auto& language = engine_.settings()->config.rules.language;
      const AlarmText words{say(Phrase::storm_stopped, language),
                            say(Phrase::storm_stopped_why, language, {mailbox_, answer.why})};
      log("sender-alert", say(Phrase::storm_stopped_why, "en", {mailbox_, answer.why}), {{"MAILBOX", mailbox_}});
      const auto hour = std::chrono::floor<std::chrono::hours>(engine_.now()).time_since_epoch().count();
      auto told = tell_admins(engine_, mailbox_, "storm:" + answer.why + ":" + std::to_string(hour), words);
      if (!told) return std::move(told.error());
    }
    return refuse("not tried: " + answer.why, engine_.now() + wait);
  }
  if (!await_rate(stop)) return refuse("not tried: the daemon stops", {});
  return true;
}

/// Until then, or without a time into its old place: what keeps it waiting then is the account, and ends for all at
/// once.
Result<void> MailboxSender::put_back(const store::Claim& claim, const std::string& why, std::optional<Time> until) {
  std::vector<store::AttemptResult> results;
  results.reserve(claim.recipients.size());
  for (const auto& recipient : claim.recipients) {
    results.push_back(not_tried(recipient.rcpt_to, why, until.value_or(pause_until_), claim.expires));
    results.back().keeps_place = !until;
  }
  return record(claim, results);
}

/// Trouble of the account makes its whole queue wait, longer each time; when it does not end, the board says so and
/// somebody is told (alarm_loop.h).
Result<void> MailboxSender::note_account(const smtp::Sent& sent) {
  const bool was_in_trouble = troubles_ > 0;
  troubles_ = sent.account_trouble ? troubles_ + 1 : 0;
  trouble_ = sent.account_trouble ? sent.trouble : "";
  if (!sent.account_trouble) {
    if (was_in_trouble) show();
    return {};
  }
  const Time now = engine_.now();
  if (troubles_ == 1) trouble_since_ = now;
  pause_until_ = now + smtp::account_delay(troubles_, chance(), sent.reached);
  const bool lasts = is_lasting(troubles_, now - trouble_since_);
  log(lasts ? "smtp-account-lasting" : "smtp-account", sent.trouble,
      {{"MAILBOX", mailbox_}, {"FAILURES", std::to_string(troubles_)}});
  show();
  return {};
}

/// At the start, and when a reload has changed them; what has left lately counts.
Result<void> MailboxSender::adopt_rates() {
  const auto settings = engine_.settings();
  const auto rates = rates_of(*settings, mailbox_);
  if (knows_the_past_ && rates == throttle_.rates()) return {};
  std::vector<store::PastSend> sends;
  auto read = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    auto recent = transaction.recent_sends(mailbox_, engine_.now() - kRemembered, kMostRemembered);
    if (!recent) return std::move(recent.error());
    sends = std::move(*recent);
    return {};
  });
  if (!read) return read;
  throttle_ = smtp::Throttle(rates);
  for (const auto& send : sends) {
    throttle_.remember(question_for(send.kind, send.rcpt_to, settings->config.rules), send.at);
  }
  knows_the_past_ = true;
  return {};
}

void MailboxSender::show() {
  if (board_ == nullptr) return;
  SenderBoard::Row row;
  row.mailbox = mailbox_;
  row.failures = troubles_;
  row.alert = troubles_ > 0 && is_lasting(troubles_, engine_.now() - trouble_since_);
  row.trouble = trouble_;
  row.trouble_since = trouble_since_;
  row.paused_until = pause_until_;
  row.mails_a_minute = throttle_.rates().account;
  row.domain_mails_a_minute = throttle_.rates().domain;
  row.slow = in_seconds(throttle_.slow(instant_now()));
  row.storms = in_seconds(throttle_.storms(instant_now()));
  board_->put(std::move(row));
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
  if (auto recorded = record(claim, results); !recorded) return recorded;
  for (const auto& result : results) {
    engine_.meters().send(mailbox_, claim.kind, result.state);
    const auto& said = result.reply.empty() ? sent.trouble : result.reply;
    log("smtp-" + result.state, codes_of(said),
        {{"MAILBOX", mailbox_},
         {"OUTBOX", std::to_string(claim.id.value)},
         {"KIND", claim.kind},
         {"LEAD", claim.lead ? to_string(*claim.lead) : ""},
         {"MESSAGE", claim.message_id}},
        said);
  }
  return {};
}

/// The states, and for what has failed whom it concerns, in one transaction.
Result<void> MailboxSender::record(const store::Claim& claim, const std::vector<store::AttemptResult>& results) {
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
  std::mutex mutex;
  std::condition_variable_any never;
  while (!throttle_.take_account(instant_now())) {
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop, throttle_.account_ready(instant_now()), [] { return false; });
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

Senders::Senders(Engine& engine, SenderBoard& board) : engine_(engine), board_(board) {
  const auto settings = engine.settings();
  for (const auto& mailbox : settings->config.mailboxes) begin(mailbox.name);
}

Senders::~Senders() {
  stop();
  lines_.clear();
}

void Senders::begin(const std::string& mailbox) {
  auto& line = lines_[mailbox];
  if (line.thread.joinable()) line.thread.join();  // it has ended
  line.ended = false;
  line.thread = std::jthread([this, mailbox, &line](const std::stop_token& stop) { run(mailbox, line, stop); });
}

void Senders::wake() {
  const std::lock_guard lock(mutex_);
  ++wakes_;
  news_.notify_all();
}

void Senders::adopt() {
  const auto settings = engine_.settings();
  for (const auto& mailbox : settings->config.mailboxes) {
    const auto runs = [&] {
      const std::lock_guard lock(mutex_);
      const auto found = lines_.find(mailbox.name);
      return found != lines_.end() && !found->second.ended;
    };
    if (!runs()) begin(mailbox.name);
  }
  wake();
}

void Senders::stop() {
  for (auto& [mailbox, line] : lines_) line.thread.request_stop();
}

/// Decided under the lock that adopt() takes after a new config: either it sees that the line has ended, or the line
/// sees that its mailbox is back.
bool Senders::leaves(const std::string& mailbox, Line& line) {
  const std::lock_guard lock(mutex_);
  line.ended = engine_.settings()->config.mailbox(mailbox) == nullptr;
  return line.ended;
}

void Senders::tell_what_waits(const std::string& mailbox) {
  board_.forget(mailbox);
  bool waits = false;
  const auto looked = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    auto due = transaction.next_due_send(mailbox);
    if (!due) return std::move(due.error());
    waits = due->has_value();
    return {};
  });
  if (looked && waits) {
    log("mailbox-queue-left", "mail waits to be sent from a mailbox that is not in the config any more",
        {{"MAILBOX", mailbox}});
  }
}

void Senders::run(const std::string& mailbox, Line& line, const std::stop_token& stop) {
  std::optional<MailboxSender> sender;
  MailboxConfig made_with;
  std::uint64_t seen = 0;
  while (!stop.stop_requested()) {
    if (leaves(mailbox, line)) return tell_what_waits(mailbox);
    {
      const std::lock_guard lock(mutex_);
      seen = wakes_;
    }
    const auto settings = engine_.settings();
    const auto* const config = settings->config.mailbox(mailbox);
    if (config == nullptr) continue;
    if (!sender || !sends_alike(made_with, *config)) {
      sender.emplace(engine_, mailbox, &board_);
      made_with = *config;
    }
    if (auto sent = sender->flush(stop); !sent) log("sender-failed", sent.error().what, {{"MAILBOX", mailbox}});
    if (stop.stop_requested()) return;
    const auto wait = std::clamp(sender->next_look() - engine_.now(), std::chrono::seconds{1}, kLongestWait);
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, stop, wait, [&] { return wakes_ != seen; });
  }
}

}  // namespace leadmail::daemon
