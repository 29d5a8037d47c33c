// Looking at the book: a read-only connection for `leadmail`, beside a running daemon or without one. Never migrates,
// never checkpoints.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/leads/decide.h"
#include "core/leads/event.h"
#include "core/leads/lead.h"
#include "core/leads/report.h"
#include "core/store/book.h"

namespace leadmail::store {

struct ListFilter {
  std::optional<leads::Status> status{};
  std::optional<std::string> owner{};
  std::optional<Time> due_by{};
  bool owed = false;
  std::string tag{};
};

struct LedgerEntry {
  LedgerId id{};
  std::string message_id{};
  std::string mailbox{};
  std::string folder{};
  std::uint32_t uid_validity = 0;
  std::uint32_t uid = 0;
  std::string file{};
  Time at{};
  std::string kind{};
  std::string outcome{};
  std::optional<LeadId> lead{};
  std::string reason{};
  std::string evidence{};  ///< JSON [[step, found, decisive], …]; only of ledger_of_*
};

/// A row whose mail is kept.
struct PastEntry {
  LedgerEntry entry{};
  MailId mail{};
  Time received{};
};

struct HeldEntry {
  leads::HeldMail mail{};
  LedgerEntry row{};
};

struct OutboxEntry {
  OutboxId id{};
  std::string kind{};
  std::string cause{};
  std::string mailbox{};
  std::string message_id{};
  std::optional<LeadId> lead{};
  Time due{};
  Time expires{};
  struct Recipient {
    std::string rcpt_to{};
    std::string state{};
    int attempts = 0;
    Time next_try{};
    std::string reply{};
    int times_unknown = 0;  ///< attempts that were cut off before the server answered: each may have made a copy
  };
  std::vector<Recipient> recipients{};
};

struct MailboxCounts {
  std::string mailbox{};
  std::int64_t ledger = 0;
  std::optional<Time> last_seen{};
  std::int64_t quarantined = 0;
  std::int64_t held = 0;
  std::int64_t baseline = 0;  ///< from before the first start, not read
  std::int64_t filing = 0;    ///< to be marked or moved on the server
};

struct Counts {
  std::int64_t leads = 0;
  std::int64_t messages = 0;
  std::int64_t outbox_waiting = 0;  ///< waiting, sending, deferred
  std::int64_t outbox_failed = 0;
  std::int64_t outbox_unknown = 0;
  std::int64_t reminders_due = 0;
  std::int64_t reminders_waiting = 0;
  std::int64_t late_leads = 0;  ///< by a rule's service level, in one of these ways or several
  std::int64_t late_acknowledge = 0;
  std::int64_t late_first_answer = 0;
  std::int64_t late_answer = 0;
  std::vector<MailboxCounts> mailboxes{};
  std::map<std::string, std::int64_t> waiting_from{};  ///< mails that wait to be sent, by the mailbox they go out from
};

/// Lists are streamed to `each` and stop when it answers false.
class Reader {
 public:
  /// Error give_up: no such file, not ours, or of another version (says which).
  static Result<std::unique_ptr<Reader>> open(const std::string& path);
  virtual ~Reader() = default;

  virtual Result<std::optional<leads::Lead>> lead(LeadId id) = 0;
  virtual Result<std::optional<leads::Lead>> lead_at(LeadId id, Time at) = 0;  ///< what its events up to then add up to
  virtual Result<std::vector<leads::Event>> timeline(LeadId id) = 0;
  virtual Result<void> list(const ListFilter& filter, const std::function<bool(const leads::Lead&)>& each) = 0;
  /// Full text over mails, notes and lead values; case and accents folded; every word must occur (a prefix is enough).
  virtual Result<void> find(std::string_view text, const std::function<bool(const leads::Lead&)>& each) = 0;
  virtual Result<void> ledger(const std::string& mailbox, const std::string& outcome,
                              const std::function<bool(const LedgerEntry&)>& each) = 0;
  /// The rows of one message, by its Message-ID, or of one lead; oldest first.
  virtual Result<std::vector<LedgerEntry>> ledger_of_message(std::string_view message_id) = 0;
  virtual Result<std::vector<LedgerEntry>> ledger_of_lead(LeadId lead) = 0;
  /// What a person put right between this lead and others, oldest first.
  virtual Result<std::vector<RepairRow>> repairs(LeadId lead) = 0;
  /// Every message with bytes, in the order in which it was taken: for `leadmail replay`.
  virtual Result<void> taken(const std::function<Result<bool>(const PastEntry&)>& each) = 0;
  virtual Result<std::optional<std::string>> raw(MailId mail) = 0;
  /// Held mail that waits for a verdict, oldest first.
  virtual Result<void> held(const std::function<bool(const HeldEntry&)>& each) = 0;
  virtual Result<void> outbox(bool failed_only, const std::function<bool(const OutboxEntry&)>& each) = 0;
  virtual Result<std::string> outbox_bytes(OutboxId id) = 0;
  virtual Result<std::optional<std::string>> raw_by_message_id(std::string_view message_id) = 0;
  virtual Result<std::optional<std::string>> raw_by_ledger(LedgerId id) = 0;
  virtual Result<Counts> counts(Time now) = 0;
  /// The sums of a report, all of one moment.
  virtual Result<leads::ReportFacts> report(const leads::ReportAsk& ask) = 0;
  /// What Transaction::prune() would take, all of it.
  virtual Result<Pruned> prunable(Kept what, Time before) = 0;
  /// What deciding about an inquiry would read now: for `leadmail explain`.
  virtual Result<leads::Snapshot> snapshot(const leads::Query& query, Time now) = 0;
};

}  // namespace leadmail::store
