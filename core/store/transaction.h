// The transaction of book.h on SQLite; its functions stand by subject in ledger.cc, snapshot.cc, apply.cc, outbox.cc,
// held.cc, filing.cc, reminders.cc, prune.cc and erasure.cc. Internal to core/store.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/book.h"
#include "core/store/known_leads.h"
#include "core/store/pack.h"
#include "core/store/search.h"
#include "core/store/sqlite.h"

namespace leadmail::store {

/// What every transaction of one book works with.
struct Desk {
  std::unique_ptr<Connection> db{};
  Packer packer{};
  PendingWords words{};                           ///< of the transaction that runs
  std::shared_ptr<leads::Rotations> rotations{};  ///< as this connection has them; nothing: not read yet
  KnownLeads leads{};

  /// What was read or written may not have happened.
  void step_back() {
    rotations.reset();
    leads.forget();
  }
};

class BookTransaction final : public Transaction {
 public:
  /// BEGIN IMMEDIATE: a second writer is met at the door.
  static Result<std::unique_ptr<Transaction>> begin(Desk& desk);
  explicit BookTransaction(Desk& desk) : desk_(desk) {}
  BookTransaction(const BookTransaction&) = delete;
  BookTransaction& operator=(const BookTransaction&) = delete;
  ~BookTransaction() override;

  Result<std::vector<std::uint32_t>> without_ledger_row(const std::string& mailbox, const std::string& folder,
                                                        std::uint32_t uid_validity,
                                                        std::vector<std::uint32_t> uids) override;
  Result<bool> is_in_ledger(const Place& place) override;
  Result<leads::Snapshot> snapshot(const leads::Query& query, Time now) override;
  Result<Applied> apply(const leads::Decision& decision, const Incoming& incoming, Composer& composer) override;
  Result<Applied> apply(const leads::Decision& decision, Time now, Composer& composer) override;
  Result<int> free_places(const std::string& mailbox, const std::string& folder, std::uint32_t uid_validity,
                          std::uint32_t first) override;
  Result<void> note(const Place& place, Time seen, leads::Outcome outcome, std::string_view reason) override;

  Result<std::optional<FolderCursor>> cursor(const std::string& mailbox, const std::string& folder) override;
  Result<void> set_cursor(const std::string& mailbox, const std::string& folder, const FolderCursor& cursor) override;

  Result<std::optional<leads::Lead>> lead(LeadId id) override;
  Result<std::vector<leads::Event>> events(LeadId id) override;
  Result<leads::Answered> answer(const leads::Ask& ask) override;
  Result<std::vector<LedgerId>> confirmed() override;
  Result<std::optional<HeldBytes>> confirmed_bytes(LedgerId id) override;
  Result<void> confirmed_done(LedgerId id) override;
  Result<std::optional<std::pair<MailId, LeadId>>> mail_named(std::string_view message_id) override;
  Result<std::vector<MailOfLead>> mails_of(LeadId lead) override;
  Result<std::int64_t> next_repair() override;
  Result<std::optional<RepairRow>> repair(std::int64_t number) override;
  Result<std::vector<LeadId>> leads_with(const std::vector<std::string>& addresses) override;
  Result<std::optional<LeadId>> imported(std::string_view key) override;
  Result<void> keep_imported(std::string_view key, LeadId lead) override;
  Result<std::vector<leads::Lead>> leads_after(LeadId after, int limit) override;
  Result<std::vector<leads::Lead>> silent_leads(Time before, int limit) override;
  Result<std::vector<leads::Lead>> late_leads(Time now, int limit) override;
  Result<std::optional<leads::Inquiry>> last_inquiry(const leads::Lead& lead) override;
  Result<std::optional<Time>> next_term() override;
  Result<leads::Absences> absences(Time now) override;
  Result<std::string> why_not_write(leads::LetterKind kind, LeadId lead, std::string_view address) override;
  Result<bool> has_cause(std::string_view cause) override;
  Result<std::vector<DueReminder>> due_reminders(Time now, int limit) override;
  Result<void> reminder_done(const DueReminder& reminder, std::string_view how) override;
  Result<void> reminder_waits(LeadId lead, Time due, const std::string& user, leads::ReminderStep step,
                              Time wake) override;
  Result<std::vector<WaitingReminder>> waiting_reminders(const std::optional<WaitingReminder>& after,
                                                         int limit) override;
  Result<std::optional<DigestMark>> digest_mark(std::string_view reader) override;
  Result<void> set_digest_mark(std::string_view reader, const DigestMark& mark) override;
  Result<std::int64_t> newest_event() override;
  Result<leads::DigestFacts> digest_facts(const leads::DigestAsk& ask) override;
  Result<std::vector<leads::Lead>> leads_in_calendar(const std::string& user, Time since, int limit) override;

  Result<std::vector<Claim>> claim_due(const std::string& mailbox, Time now, int limit) override;
  Result<int> merge_held(const std::string& mailbox, Time now, Composer& composer) override;
  Result<void> mark_sending_final(OutboxId id, const std::vector<std::string>& rcpt_to) override;
  Result<void> record_attempt(OutboxId id, Time now, const std::vector<AttemptResult>& results) override;
  Result<int> recover_interrupted(Time now) override;
  Result<std::vector<Claim>> unknown_sends(const std::string& mailbox) override;
  Result<std::vector<PastSend>> recent_sends(const std::string& mailbox, Time since, int limit) override;
  Result<void> settle_unknown(OutboxId id, const std::string& rcpt_to, std::string_view why) override;
  Result<bool> was_met(std::string_view message_id) override;
  Result<std::vector<Claim>> wanted_sent_copies(const std::string& mailbox, Time before, int limit) override;
  Result<void> sent_copy_is_there(OutboxId id) override;
  Result<int> retry_outbox(OutboxId id, Time now) override;
  Result<int> cancel_outbox(OutboxId id, Time now) override;
  Result<std::vector<LedgerId>> quarantined() override;
  Result<std::optional<Quarantined>> quarantined(LedgerId id) override;
  Result<Applied> apply_again(LedgerId id, const leads::Decision& decision, const Incoming& incoming,
                              Composer& composer) override;
  Result<std::vector<leads::HeldMail>> held_waiting(int limit) override;
  Result<int> count_held_waiting() override;
  Result<std::optional<leads::HeldMail>> held_mail(std::int64_t number) override;
  Result<std::vector<std::int64_t>> held_accepting() override;
  Result<std::optional<HeldBytes>> held_bytes(std::int64_t number) override;
  Result<void> held_taken(std::int64_t number, Time now) override;
  Result<std::optional<Time>> held_list_slot() override;
  Result<void> set_held_list_slot(Time slot) override;
  Result<void> plan_filing(const std::string& mailbox, const Filing& filing) override;
  Result<std::vector<Filing>> filings(const std::string& mailbox, int limit) override;
  Result<void> filing_step(const std::string& mailbox, const Filing& filing, Filing::Step step) override;
  Result<void> filing_done(const std::string& mailbox, const Filing& filing) override;
  Result<Pruned> prune(Kept what, Time before) override;
  Result<std::optional<Time>> prune_slot() override;
  Result<void> set_prune_slot(Time slot) override;
  Result<bool> somebody_was_erased() override;
  Result<std::optional<Time>> erased(const std::vector<std::string>& marks) override;
  Result<Erased> erase(const Erasure& erasure, Time now) override;
  Result<void> keep_backup(std::string_view file, Time at) override;
  Result<std::optional<Time>> next_due_send(const std::string& mailbox) override;
  Result<std::optional<Time>> next_due_reminder() override;

  Result<void> savepoint(const std::function<Result<void>()>& work) override;
  Result<void> commit() override;

 private:
  Connection& db() { return *desk_.db; }

  Desk& desk_;
  bool committed_ = false;
};

}  // namespace leadmail::store
