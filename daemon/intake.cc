#include "daemon/intake.h"

#include <malloc.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/guarded.h"
#include "core/leads/tombstone.h"
#include "daemon/letters.h"
#include "daemon/log.h"
#include "daemon/repair.h"
#include "daemon/translate.h"
#include "mail/message/parse.h"

namespace leadmail::daemon {

namespace message = mail::message;

/// Parsing runs in parallel; tickets put the results back into the order in which the messages came.
class Stream {
 public:
  std::uint64_t next_ticket() {
    const std::lock_guard lock(mutex_);
    return tickets_++;
  }

  /// Hands over what is ready and whose turn it is. The hand-over happens under the lock, so that two lanes cannot
  /// swap.
  template <typename Submit>
  void ready(std::uint64_t ticket, store::Job job, const Submit& submit) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(ticket, std::move(job));
    for (auto turn = waiting_.find(turn_); turn != waiting_.end(); turn = waiting_.find(turn_)) {
      submit(std::move(turn->second));
      waiting_.erase(turn);
      ++turn_;
    }
  }

  [[nodiscard]] bool is_broken() const { return broken_; }

  /// What those that come after the message that could not be stored are told: the status shows the last of them.
  [[nodiscard]] Error why_broken() const {
    const std::lock_guard lock(why_mutex_);
    return {Next::retry, "an earlier message of this folder could not be stored: " + why_};
  }
  void set_broken(const std::string& why) {
    const std::lock_guard lock(why_mutex_);
    if (!broken_.exchange(true)) why_ = why;
  }

 private:
  std::mutex mutex_{};
  std::uint64_t tickets_ = 0;
  std::uint64_t turn_ = 0;
  std::map<std::uint64_t, store::Job> waiting_{};
  std::atomic<bool> broken_{false};
  mutable std::mutex why_mutex_{};  ///< its own: a job asks while the lock of the turns may be held
  std::string why_{};
};

/// Threads that understand mail. Not asio::thread_pool: where the system has fewer threads to give, that one waits for
/// ever for those it got. Throws std::system_error then.
struct Intake::Lanes {
  explicit Lanes(std::size_t count) {
    try {
      while (threads.size() < count) threads.emplace_back([this] { context.run(); });
    } catch (...) {
      context.stop();
      throw;
    }
  }
  /// All that was posted is done then, and what that posted.
  void join() {
    work.reset();
    threads.clear();
  }

  boost::asio::io_context context{};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{context.get_executor()};
  std::vector<std::jthread> threads{};
};

/// One message on its way into the book: all that its transaction needs.
struct Intake::Entry {
  Arrived arrived{};
  std::shared_ptr<const Settings> settings{};
  message::Message message{};
  leads::Inquiry inquiry{};
  store::PackedMail packed{};
  store::MailWords words{};
  Taken taken{};
  bool made_mail = false;
  bool accepts_held = false;  ///< it decides about mail that waits, which has to be taken once more
};

namespace {

/// After so much mail what the allocator keeps for more of it goes back to the system, once none is under way. Each
/// mail takes some memory beside its bytes: a thousand short ones leave as much behind as a large one.
constexpr std::uint64_t kMuchMail = 16ULL << 20;
constexpr std::uint64_t kBesideItsBytes = 16ULL << 10;

/// Lanes beyond the parsers: while all workers read, the next mail stands ready, so that none is let go and started
/// anew.
constexpr std::size_t kLanesThatWait = 1;

/// Attachments of a larger mail are named in our own mails, and not carried.
constexpr std::size_t kLargestPassedOn = 20 << 20;

Result<void> advance_cursor(store::Transaction& transaction, const store::Place& place, Time now) {
  if (place.uid == 0) return {};
  auto cursor = transaction.cursor(place.mailbox, place.folder);
  if (!cursor) return std::move(cursor.error());
  store::FolderCursor next = cursor->value_or(store::FolderCursor{});
  if (next.uid_validity != place.uid_validity) return {};  // a new epoch began meanwhile
  next.last_uid = std::max(next.last_uid, place.uid);
  // While a folder is read anew its messages say nothing of when we last were in touch with it.
  if (place.uid >= next.baseline_uid) next.contact = now;
  return transaction.set_cursor(place.mailbox, place.folder, next);
}

/// What the config wants done to the mail on the server, once it is in the book. History stays as it lies, and so does
/// what nobody could read or decide about yet.
Result<void> plan_filing(store::Transaction& transaction, const Settings& settings, const store::Place& place,
                         const std::string& message_id, leads::Outcome outcome) {
  const auto* const mailbox = settings.config.mailbox(place.mailbox);
  const bool is_open = outcome == leads::Outcome::quarantined || outcome == leads::Outcome::held;
  if (mailbox == nullptr || mailbox->processed.then == Processed::Then::keep || is_open) return {};
  if (place.uid == 0 || place.folder != mailbox->inbox) return {};
  return transaction.plan_filing(place.mailbox, {.folder = place.folder,
                                                 .uid_validity = place.uid_validity,
                                                 .uid = place.uid,
                                                 .target = mailbox->processed.folder,
                                                 .message_id = message_id});
}

}  // namespace

Result<void> file_blocked(store::Transaction& transaction, const Settings& settings, const leads::Decision& decision) {
  for (const auto& effect : decision.effects) {
    const auto* const blocked = std::get_if<leads::BlockHeld>(&effect);
    if (blocked == nullptr) continue;
    auto mail = transaction.held_bytes(blocked->number);
    if (!mail) return std::move(mail.error());
    if (!*mail) continue;
    const auto message_id = message::read_identity((*mail)->raw).message_id;
    auto done = plan_filing(transaction, settings, (*mail)->place, message_id, leads::Outcome::ignored);
    if (!done) return done;
  }
  return {};
}

namespace {

store::Incoming incoming_of(const Intake::Entry& entry, Time now) {
  store::Incoming incoming;
  incoming.place = entry.arrived.place;
  incoming.seen = now;
  incoming.inquiry = &entry.inquiry;
  incoming.raw = entry.arrived.raw;
  incoming.packed = &entry.packed;
  incoming.words = &entry.words;
  incoming.partial = entry.arrived.partial;
  return incoming;
}

/// What was understood, as the lead book sees it.
void translate(Intake::Entry& entry, Time now) {
  const auto& arrived = entry.arrived;
  const Sighting sighting{arrived.place.mailbox, arrived.in_sent_folder, arrived.is_history,
                          arrived.received == Time{} ? now : arrived.received};
  const bool unreadable = entry.inquiry.unreadable;
  auto reason = std::move(entry.inquiry.unreadable_reason);
  entry.inquiry = to_inquiry(entry.message, arrived.raw, sighting, entry.settings->config);
  const auto& date = entry.inquiry.date;
  if (date && *date < arrived.news_since) entry.arrived.is_history = entry.inquiry.is_history = true;
  entry.inquiry.unreadable = unreadable;
  entry.inquiry.unreadable_reason = std::move(reason);
  entry.inquiry.attachments_left_out = arrived.raw.size() > kLargestPassedOn && !entry.inquiry.attachments.empty();
}

/// In a known thread the mail that is answered tells what is quoted, whatever the client made of it.
void reread(Intake::Entry& entry, const leads::Snapshot& known, Time now) {
  const bool goes_out = entry.settings->config.rules.user_with_address(entry.inquiry.from.address) != nullptr;
  if (message::reread_reply(entry.message.content, known.parent_text, goes_out)) translate(entry, now);
}

Result<void> decide_and_apply(store::Transaction& transaction, Intake::Entry& entry, Time now) {
  const auto& rules = entry.settings->config.rules;
  auto known = transaction.snapshot(leads::query(entry.inquiry, rules, now), now);
  if (!known) return std::move(known.error()).in("reading the snapshot");
  reread(entry, *known, now);
  auto answered = look_up(transaction, leads::ask(entry.inquiry, *known, rules, now));
  if (!answered) return std::move(answered.error());
  known->answered = std::move(*answered);
  const auto decision = leads::decide(entry.inquiry, *known, rules, now);
  LetterWriter letters(*entry.settings, now, &entry.inquiry, &entry.message.content);
  auto applied = transaction.apply(decision, incoming_of(entry, now), letters);
  if (!applied) return std::move(applied.error()).in("applying \"" + leads::describe(decision) + "\"");
  entry.taken = {decision.outcome, decision.reason, applied->lead, false};
  entry.made_mail = !applied->outbox.empty();
  entry.accepts_held = std::ranges::any_of(decision.effects, [](const leads::Effect& effect) {
    return std::holds_alternative<leads::AcceptHeld>(effect) || std::holds_alternative<leads::Confirm>(effect);
  });
  if (auto done = file_blocked(transaction, *entry.settings, decision); !done) return done;
  if (entry.arrived.is_history) return {};
  return plan_filing(transaction, *entry.settings, entry.arrived.place, entry.inquiry.message_id, decision.outcome);
}

/// A message that we can read, but make no decision of that can be written: kept with its bytes for the administrator.
/// It never stops the next one.
Result<void> set_aside(store::Transaction& transaction, Intake::Entry& entry, const std::string& why, Time now) {
  leads::Decision decision;
  decision.outcome = leads::Outcome::quarantined;
  decision.reason = why;
  store::Incoming incoming = incoming_of(entry, now);
  LetterWriter letters(*entry.settings, now);
  auto applied = transaction.apply(decision, incoming, letters);
  if (!applied) return std::move(applied.error()).in("setting it aside");
  entry.taken = {decision.outcome, why, std::nullopt, false};
  return {};
}

/// A mail of somebody who was erased, from before that: itself, or of his address. A later one is a new inquiry.
Result<bool> is_of_erased(store::Transaction& transaction, const Intake::Entry& entry, Time now) {
  const auto& key = entry.settings->erasure_key;
  const auto& inquiry = entry.inquiry;
  if (auto any = transaction.somebody_was_erased(); !any || !*any) return any;
  auto itself = transaction.erased({leads::tombstone(key, inquiry.fingerprint)});
  if (!itself) return std::move(itself.error());
  if (*itself) return true;
  std::vector<std::string> marks;
  for (const auto& address : leads::query(inquiry, entry.settings->config.rules, now).addresses) {
    marks.push_back(leads::tombstone(key, address));
  }
  if (!inquiry.from.address.empty()) marks.push_back(leads::tombstone(key, inquiry.from.address));
  auto of_him = transaction.erased(marks);
  if (!of_him) return std::move(of_him.error());
  if (!*of_him) return false;
  // What lay there, or comes from a file, may be old whenever it is taken; of other mail the server says when it came.
  const bool is_dated = inquiry.is_history || !entry.arrived.place.file.empty();
  const auto written =
      is_dated ? std::min(inquiry.date.value_or(inquiry.received), inquiry.received) : inquiry.received;
  return written <= **of_him;
}

/// The whole of what the transaction does for one message.
Result<void> enter(store::Transaction& transaction, Intake::Entry& entry, Time now) {
  const auto& place = entry.arrived.place;
  auto known = transaction.is_in_ledger(place);
  if (!known) return std::move(known.error());
  if (*known) {
    entry.taken.was_known = true;
    return {};
  }
  if (!entry.arrived.missing.empty()) {
    entry.taken = {leads::Outcome::quarantined, entry.arrived.missing, std::nullopt, false};
    if (auto noted = transaction.note(place, now, leads::Outcome::quarantined, entry.arrived.missing); !noted)
      return noted;
    return advance_cursor(transaction, place, now);
  }
  auto erased = is_of_erased(transaction, entry, now);
  if (!erased) return std::move(erased.error());
  if (*erased) {
    entry.taken = {leads::Outcome::ignored, "erased person", std::nullopt, false};
    entry.inquiry.message_id.clear();
    if (auto noted = transaction.note(place, now, leads::Outcome::ignored, "erased person"); !noted) return noted;
    return advance_cursor(transaction, place, now);
  }
  const auto cannot_be_done = [](const Result<void>& done) {
    return !done && (done.error().next == Next::give_up || done.error().next == Next::quarantine);
  };
  auto applied = transaction.savepoint([&] { return decide_and_apply(transaction, entry, now); });
  if (cannot_be_done(applied)) {
    // Somebody has to hear of it: as of a mail that could not be read, it makes its lead, and administrators are told.
    const auto why = applied.error().what;
    entry.inquiry.unreadable = true;
    entry.inquiry.unreadable_reason = why;
    applied = transaction.savepoint([&] { return decide_and_apply(transaction, entry, now); });
    if (cannot_be_done(applied)) applied = set_aside(transaction, entry, why, now);
  }
  if (!applied) return applied;
  return advance_cursor(transaction, place, now);
}

void report(Meters& meters, const Intake::Entry& entry) {
  const auto& place = entry.arrived.place;
  const bool is_read = entry.arrived.missing.empty() && !entry.inquiry.unreadable;
  meters.message(place.mailbox, leads::name(entry.taken.outcome), is_read ? leads::name(entry.inquiry.nature) : "");
  const std::string lead = entry.taken.lead ? to_string(*entry.taken.lead) : "";
  const auto outcome = leads::name(entry.taken.outcome);
  const auto kind = is_read ? leads::name(entry.inquiry.nature) : std::string_view{};
  log(entry.taken.outcome == leads::Outcome::quarantined ? "intake-quarantined" : "intake-committed",
      std::string(outcome) + (lead.empty() ? "" : " " + lead),
      {{"MAILBOX", place.mailbox},
       {"FOLDER", place.folder},
       {"UID", place.uid == 0 ? "" : std::to_string(place.uid)},
       {"LEAD", lead},
       {"DECISION", std::string(outcome)},
       {"KIND", std::string(kind)},
       {"MESSAGE", entry.inquiry.message_id}},
      entry.taken.reason);
}

bool claims_to_be_user(const message::Identity& identity, const leads::Rules& rules) {
  return std::any_of(identity.from.begin(), identity.from.end(),
                     [&](const message::Address& from) { return rules.user_with_address(from.address) != nullptr; });
}

}  // namespace

Intake::Intake(Engine& engine)
    : engine_(engine),
      lanes_(std::make_unique<Lanes>(static_cast<std::size_t>(std::max(1, engine.settings()->config.limits.parsers)) +
                                     kLanesThatWait)) {}

Intake::~Intake() {
  lanes_->join();
  (void)engine_.write([](store::Transaction&) -> Result<void> { return {}; });  // all before it is done then
}

std::shared_ptr<Stream> Intake::open_stream() { return std::make_shared<Stream>(); }

Result<Intake::Understood> Intake::understand(std::string_view raw, const Config& config, bool with_attachments) {
  Understood understood;
  auto& message = understood.message;
  message.identity = message::read_identity(raw);
  const bool from_user = claims_to_be_user(message.identity, config.rules);
  auto content = engine_.parsers().parse({.raw = raw,
                                          .attachment_content = with_attachments && raw.size() <= kLargestPassedOn,
                                          .more_follow = pending_ > raw.size(),
                                          .fresh = from_user});
  if (content) {
    message.content = std::move(*content);
  } else if (content.error().next == Next::quarantine) {
    understood.unreadable = content.error().what;
  } else {
    return std::move(content.error());
  }
  message::classify(message);
  message::apply_form_rules(message, config.forms);
  return understood;
}

void Intake::retry(LedgerId id, const Done& done) {
  auto entry = std::make_shared<Entry>();
  entry->settings = engine_.settings();
  std::optional<store::Quarantined> found;
  const auto looked = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    auto quarantined = transaction.quarantined(id);
    if (!quarantined) return std::move(quarantined.error());
    found = std::move(*quarantined);
    return {};
  });
  if (!looked) return done(looked.error());
  if (!found || found->raw.empty())
    return done(Error{Next::give_up, "nothing to read in ledger row " + std::to_string(id.value)});
  entry->arrived.place = found->place;
  entry->arrived.received = found->received;
  entry->arrived.raw = std::move(found->raw);
  if (auto read = understand_entry(*entry); !read) return done(std::move(read.error()));
  if (entry->inquiry.unreadable) return done(Error{Next::quarantine, entry->inquiry.unreadable_reason});
  const auto lead_id = found->lead;
  const auto written = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    std::optional<leads::Lead> lead;
    if (lead_id) {
      auto known = transaction.lead(*lead_id);
      if (!known) return std::move(known.error());
      lead = std::move(*known);
    }
    const Time now = engine_.now();
    const auto& rules = entry->settings->config.rules;
    auto query = leads::query(entry->inquiry, rules, now);
    query.fingerprint.clear();  // it is in the book: as itself
    auto known = transaction.snapshot(query, now);
    if (!known) return std::move(known.error());
    reread(*entry, *known, now);
    const auto decision = leads::decide_retry(entry->inquiry, lead ? &*lead : nullptr, *known, rules, now);
    LetterWriter letters(*entry->settings, now, &entry->inquiry, &entry->message.content);
    auto applied = transaction.apply_again(id, decision, incoming_of(*entry, now), letters);
    if (!applied) return std::move(applied.error());
    entry->taken = {decision.outcome, decision.reason, applied->lead, false};
    return plan_filing(transaction, *entry->settings, entry->arrived.place, entry->inquiry.message_id,
                       decision.outcome);
  });
  if (!written) return done(written.error());
  engine_.tell_news();
  done(entry->taken);
}

Result<Taken> Intake::take_again(const Waiting& waiting) {
  Entry entry{.settings = engine_.settings()};
  std::optional<store::HeldBytes> found;
  const auto read = [&](store::Transaction& transaction) -> Result<void> {
    auto bytes = waiting.bytes(transaction);
    if (!bytes) return std::move(bytes.error());
    if (!*bytes || (*bytes)->state != leads::HeldMail::State::accepting) {
      return Error{Next::give_up, waiting.what + " is not to be taken"};
    }
    found = std::move(*bytes);
    return {};
  };
  if (auto looked = engine_.write(read); !looked) return looked.error();
  entry.arrived.place = found->place;
  entry.arrived.received = found->received;
  entry.arrived.partial = found->partial;
  entry.arrived.raw = std::move(found->raw);
  if (auto understood = understand_entry(entry); !understood) return std::move(understood.error());
  waiting.mark(entry.inquiry);
  const auto take = [&](store::Transaction& transaction) -> Result<void> {
    // Somebody else may have been quicker.
    if (auto still = read(transaction); !still) return still;
    const Time now = engine_.now();
    const auto& rules = entry.settings->config.rules;
    auto query = leads::query(entry.inquiry, rules, now);
    query.fingerprint.clear();  // it is in the book: as itself
    auto known = transaction.snapshot(query, now);
    if (!known) return std::move(known.error());
    reread(entry, *known, now);
    waiting.mark(entry.inquiry);
    if (entry.inquiry.was_held) known->blocked.clear();
    auto answered = look_up(transaction, leads::ask(entry.inquiry, *known, rules, now));
    if (!answered) return std::move(answered.error());
    known->answered = std::move(*answered);
    const auto decision = leads::decide(entry.inquiry, *known, rules, now);
    LetterWriter letters(*entry.settings, now, &entry.inquiry, &entry.message.content);
    auto applied = transaction.apply_again(found->ledger, decision, incoming_of(entry, now), letters);
    if (!applied) return std::move(applied.error());
    entry.taken = {decision.outcome, decision.reason, applied->lead, false};
    if (auto done = waiting.done(transaction, now); !done) return done;
    return plan_filing(transaction, *entry.settings, entry.arrived.place, entry.inquiry.message_id, decision.outcome);
  };
  if (auto written = engine_.write(take); !written) return written.error();
  report(engine_.meters(), entry);
  engine_.tell_news();
  return entry.taken;
}

Result<Taken> Intake::accept(std::int64_t number) {
  return take_again(
      {.what = "held mail " + std::to_string(number),
       .bytes = [=](store::Transaction& transaction) { return transaction.held_bytes(number); },
       .mark =
           [](leads::Inquiry& inquiry) {
             if (inquiry.nature != leads::Nature::form) inquiry.nature = leads::Nature::personal;
             inquiry.was_held = true;
           },
       .done = [=](store::Transaction& transaction, Time now) { return transaction.held_taken(number, now); }});
}

Result<Taken> Intake::carry_out_confirmed(LedgerId id) {
  return take_again({.what = "confirmed mail " + std::to_string(id.value),
                     .bytes = [=](store::Transaction& transaction) { return transaction.confirmed_bytes(id); },
                     .mark = [](leads::Inquiry& inquiry) { inquiry.is_confirmed = true; },
                     .done = [=](store::Transaction& transaction, Time) { return transaction.confirmed_done(id); }});
}

void Intake::accept_later() {
  boost::asio::post(lanes_->context, [this] {
    const auto done = run_guarded([this]() -> Result<void> {
      accept_all();
      return {};
    });
    if (!done) log("held-failed", done.error().what);
  });
}

void Intake::accept_all() {
  std::vector<std::int64_t> numbers;
  std::vector<LedgerId> confirmed;
  const auto listed = engine_.write([&](store::Transaction& transaction) -> Result<void> {
    auto all = transaction.held_accepting();
    if (!all) return std::move(all.error());
    numbers = std::move(*all);
    auto rows = transaction.confirmed();
    if (!rows) return std::move(rows.error());
    confirmed = std::move(*rows);
    return {};
  });
  if (!listed) return log("held-failed", listed.error().what);
  for (const auto id : confirmed) {
    if (auto taken = carry_out_confirmed(id); !taken && taken.error().next != Next::give_up) {
      log("confirmed-failed", "ledger row " + std::to_string(id.value) + ": " + taken.error().what);
    }
  }
  for (const auto number : numbers) {
    if (auto taken = accept(number); !taken && taken.error().next != Next::give_up) {
      log("held-failed", "held mail " + std::to_string(number) + ": " + taken.error().what);
    }
  }
}

void Intake::take(const std::shared_ptr<Stream>& stream, Arrived arrived, Done done) {
  pending_ += arrived.raw.size();
  const std::uint64_t ticket = stream->next_ticket();
  boost::asio::post(lanes_->context,
                    [this, stream, ticket, arrived = std::move(arrived), done = std::move(done)]() mutable {
                      parse_and_queue(stream, ticket, std::move(arrived), done);
                    });
}

Result<void> Intake::understand_entry(Entry& entry) {
  auto read = run_guarded([&] { return read_entry(entry); });
  if (read || read.error().next != Next::quarantine) return read;
  // Whatever was thrown over this mail: it is told of as one that nobody could read, and the next one has its turn.
  entry.message = {};
  entry.inquiry = {};
  entry.inquiry.unreadable = true;
  entry.inquiry.unreadable_reason = read.error().what;
  return run_guarded([&]() -> Result<void> {
    entry.message.identity = message::read_identity(entry.arrived.raw);
    translate(entry, engine_.now());
    return {};
  });
}

Result<void> Intake::read_entry(Entry& entry) {
  const auto& config = entry.settings->config;
  auto understood = understand(entry.arrived.raw, config, !entry.arrived.is_history);
  if (!understood) return std::move(understood.error());
  entry.message = std::move(understood->message);
  entry.inquiry.unreadable = !understood->unreadable.empty();
  entry.inquiry.unreadable_reason = understood->unreadable;
  translate(entry, engine_.now());
  return {};
}

/// None is under way. Memory goes back on the writer's thread, when what it has just done is gone.
void Intake::rest() {
  engine_.parsers().rest();
  press_.rest();
  if (handled_ <= kMuchMail) return;
  handled_ = 0;
  engine_.writer().submit({.done = [](const Result<void>&) { ::malloc_trim(0); },
                           .upkeep = [](store::Book& book) -> Result<void> {
                             book.rest();
                             return {};
                           }});
}

void Intake::parse_and_queue(const std::shared_ptr<Stream>& stream, std::uint64_t ticket, Arrived arrived,
                             const Done& done) {
  auto entry = std::make_shared<Entry>();
  entry->settings = engine_.settings();
  entry->arrived = std::move(arrived);
  const auto size = entry->arrived.raw.size();
  auto failure = std::make_shared<Result<void>>();
  if (entry->arrived.missing.empty() && !stream->is_broken()) {
    *failure = run_guarded([&]() -> Result<void> {
      auto understood = understand_entry(*entry);
      entry->packed = press_.pack(entry->arrived.raw);
      if (understood) entry->words = store::fold_words(entry->inquiry);
      return understood;
    });
  }
  store::Job job;
  job.work = [this, stream, entry, failure](store::Transaction& transaction) -> Result<void> {
    if (stream->is_broken()) return stream->why_broken();
    if (!*failure) return std::move(failure->error());
    return enter(transaction, *entry, engine_.now());
  };
  job.bytes = size;
  job.done = [this, stream, entry, size, done](Result<void> result) {
    handled_ += size + kBesideItsBytes;
    if ((pending_ -= size) == 0) rest();
    if (!result) {
      stream->set_broken(result.error().what);
      log("intake-failed", result.error().what,
          {{"MAILBOX", entry->arrived.place.mailbox},
           {"FOLDER", entry->arrived.place.folder},
           {"UID", std::to_string(entry->arrived.place.uid)}});
      done(std::move(result.error()));
      return;
    }
    if (!entry->taken.was_known) report(engine_.meters(), *entry);
    if (entry->made_mail) engine_.tell_news();
    if (entry->accepts_held) accept_later();
    done(entry->taken);
  };
  stream->ready(ticket, std::move(job), [this](store::Job ready) { engine_.writer().submit(std::move(ready)); });
}

}  // namespace leadmail::daemon
