#include "tests/bench/growth_book.h"

#include <algorithm>

#include "core/leads/asked.h"
#include "core/leads/decide.h"
#include "daemon/keys.h"
#include "tests/bench/growth_copies.h"

namespace leadmail::bench {
namespace {

/// Nobody misses a book that was being made when the power went.
constexpr const char* kMaker =
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = "
    "MEMORY;"
    "PRAGMA cache_size = -4000000; PRAGMA foreign_keys = OFF;";
constexpr const char* kMade = "PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint(TRUNCATE);";

constexpr const char* kSendAll =
    "UPDATE recipient SET state = 'delivered', attempts = 1, changed = created"
    " WHERE state NOT IN ('delivered', 'cancelled') AND state = 'waiting';"
    "UPDATE outbox SET next_try = NULL, held = 0, content = x'' WHERE next_try IS NOT NULL;";

/// What reps do to the lead beside their mail.
Result<void> command(store::Transaction& transaction, const daemon::Settings& settings, std::uint64_t number, Time now,
                     store::Composer& composer) {
  const auto commands = commands_for(number);
  auto lead = transaction.lead(LeadId{static_cast<std::int64_t>(number)});
  if (!lead) return std::move(lead.error());
  if (!*lead) return Error{Next::stop, "lead " + std::to_string(number) + " is not there"};
  const auto& rules = settings.config.rules;
  const std::string owner((*lead)->owner());
  leads::CommandAnswer answer;
  auto answered = transaction.answer(leads::ask_of_tool(**lead, owner, commands, rules, now));
  if (!answered) return std::move(answered.error());
  const auto decision =
      leads::decide_commands(**lead, owner, commands, rules, now, "tool " + std::to_string(number), answer, &*answered);
  if (!answer.refused.empty()) return Error{Next::stop, "\"" + commands + "\": " + answer.refused};
  auto applied = transaction.apply(decision, now, composer);
  return applied ? Result<void>{} : Result<void>{std::move(applied.error())};
}

/// All mails of the leads from `first` to `last`, first mails first, and what is done to these leads.
Result<void> make_block(store::Transaction& transaction, const daemon::Settings& settings, std::uint64_t first,
                        std::uint64_t last) {
  ShortComposer composer;
  Time now = time_of(first);
  for (std::uint64_t stage = 0; stage < kMailsOfLead; ++stage) {
    for (auto lead = first; lead <= last; ++lead, now += std::chrono::seconds{50}) {
      if (auto done = take(transaction, settings, mail_of(lead, stage, now), composer); !done) return done;
    }
  }
  for (auto lead = first; lead <= last; ++lead) {
    if (auto done = command(transaction, settings, lead, now, composer); !done) return done;
  }
  return {};
}

Result<void> open_desk(store::Desk& desk, const std::string& path, const char* settings) {
  auto db = store::Connection::open(path, store::Connection::Mode::write);
  if (!db) return std::move(db.error());
  desk.db = std::move(*db);
  return desk.db->run(settings);
}

/// The next leads: from mail, or copied. One transaction.
Result<void> add_block(store::Desk& desk, const daemon::Settings& settings, std::uint64_t there, std::uint64_t leads) {
  auto transaction = store::BookTransaction::begin(desk);
  if (!transaction) return std::move(transaction.error());
  const bool is_mail = there < kWritten;
  const auto last = std::min(there + (is_mail ? kBlock : kWritten), leads);
  auto done = is_mail ? make_block(**transaction, settings, there + 1, last) : add_copies(desk, last - there);
  if (done) done = send_all(desk);
  if (done) done = (*transaction)->commit();
  return done;
}

constexpr const char* kCountLeads = "SELECT coalesce(max(id), 0) FROM lead";

}  // namespace

Result<std::shared_ptr<const daemon::Settings>> read_settings(const std::string& path) {
  auto loaded = daemon::load_config(path);
  if (!loaded.config) {
    return Error{Next::stop, loaded.errors.empty() ? "no config" : daemon::to_string(loaded.errors.front())};
  }
  auto& config = *loaded.config;
  auto wording = daemon::Wording::load(config.templates_path);
  if (!wording) return std::move(wording.error());
  auto keys = daemon::load_keys(config.keys_path);
  if (!keys) return std::move(keys.error());
  config.rules.tokens = std::move(*keys);
  return std::shared_ptr<const daemon::Settings>(std::make_shared<daemon::Settings>(
      daemon::Settings{.config = std::move(config), .wording = std::move(*wording)}));
}

Result<store::Outgoing> ShortComposer::compose(const leads::Letter& letter, const leads::Lead*) {
  store::Outgoing mail{.message_id = letter.cause + "@acme.example", .mail_from = "sales@acme.example"};
  if (!letter.to_user.empty()) mail.rcpt_to.push_back(letter.to_user + "@acme.example");
  for (const auto& person : letter.to) mail.rcpt_to.push_back(person.address);
  mail.bytes = "Subject: " + letter.cause + "\r\n\r\n";
  mail.reader = letter.to_user;
  return mail;
}

Result<void> take(store::Transaction& transaction, const daemon::Settings& settings, const GrowthMail& mail,
                  store::Composer& composer) {
  const auto& rules = settings.config.rules;
  auto known = transaction.snapshot(leads::query(mail.inquiry, rules, mail.seen), mail.seen);
  if (!known) return std::move(known.error());
  const auto decision = leads::decide(mail.inquiry, *known, rules, mail.seen);
  auto applied = transaction.apply(decision, mail.incoming(), composer);
  if (!applied) return std::move(applied.error()).in(leads::describe(decision));
  if (!applied->lead) return Error{Next::stop, "a mail has no lead: " + decision.reason};
  return {};
}

Result<std::uint64_t> leads_in(const std::string& path) {
  auto db = store::Connection::open(path, store::Connection::Mode::read);
  if (!db) return std::move(db.error());
  auto count = (*db)->number(kCountLeads);
  if (!count) return std::move(count.error());
  return static_cast<std::uint64_t>(*count);
}

Result<void> grow(const daemon::Settings& settings, std::uint64_t leads,
                  const std::function<void(std::uint64_t)>& progress) {
  const auto& path = settings.config.store_path;
  if (auto book = store::Book::open(path); !book) return std::move(book.error());  // makes the file
  auto there = leads_in(path);
  if (!there) return std::move(there.error());
  store::Desk desk;
  if (auto done = open_desk(desk, path, kMaker); !done) return done;
  while (*there < leads) {
    if (auto done = add_block(desk, settings, *there, leads); !done) return done;
    auto now_there = desk.db->number(kCountLeads);
    if (!now_there) return std::move(now_there.error());
    *there = static_cast<std::uint64_t>(*now_there);
    progress(*there);
  }
  return desk.db->run(kMade);
}

Result<void> send_all(store::Desk& desk) { return desk.db->run(kSendAll); }

}  // namespace leadmail::bench
