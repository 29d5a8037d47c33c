// The remembering: one SQLite file, one writing connection. The only folder that knows SQL; nothing of SQLite shows
// here, for another store may come one day. One message is one transaction: ledger row, raw bytes, lead, events, outbox
// and cursor together.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/leads/asked.h"
#include "core/leads/decide.h"
#include "core/leads/digest.h"
#include "core/leads/repair.h"
#include "core/store/press.h"
#include "core/store/retention.h"

namespace leadmail::store {

/// Where a message was seen. (mailbox, folder, uid_validity, uid) or, for `ingest`, (mailbox, file) names it once and
/// for ever.
struct Place {
  std::string mailbox{};
  std::string folder{};  ///< "" for ingest
  std::uint32_t uid_validity = 0;
  std::uint32_t uid = 0;
  std::string file{};  ///< ingest: path, with #n for the n-th mail of an mbox
};

/// The words by which a mail is found, folded on any thread, so that the one that writes only has to write. They hold
/// for the texts that the inquiry had then.
struct MailWords {
  std::string text{};   ///< as much as counts
  std::string words{};  ///< of `text`, as the index takes them
};
MailWords fold_words(const leads::Inquiry& inquiry);

/// What the book keeps of one incoming message.
struct Incoming {
  Place place{};
  Time seen{};  ///< when we took it
  const leads::Inquiry* inquiry = nullptr;
  std::string_view raw{};              ///< the bytes, kept compressed
  const PackedMail* packed = nullptr;  ///< the same as a Press made them; nothing or empty: that is done now
  const MailWords* words = nullptr;    ///< fold_words(*inquiry); nothing or of other texts: that is done now
  bool partial = false;                ///< only header and first 256 KiB were taken
};

/// A mail that is ready to go: bytes fixed now, the same in every attempt.
struct Outgoing {
  std::string message_id{};  ///< without <>
  std::string mail_from{};   ///< empty: null reverse-path
  std::vector<std::string> rcpt_to{};
  std::string bytes{};
  std::string reader{};          ///< whose mails are counted together: a user id, or "@admin"; "" is nobody's
  int merge_above = 0;           ///< so many an hour to that reader go out one by one, the rest is merged; 0: all do
  std::string calendar_uid{};    ///< of an invitation: what answers name, and so find the lead
  std::string words{};           ///< of a mail to a user: our own words in it, which no answer may carry outside
  bool belongs_in_sent = false;  ///< a copy has to stand in the Sent folder, whoever puts it there
};

struct Claim;

/// Makes the bytes of a letter, called inside the transaction with the lead as it stands after all changes so far.
/// An Error rolls the whole message back.
class Composer {
 public:
  virtual ~Composer() = default;
  virtual Result<Outgoing> compose(const leads::Letter& letter, const leads::Lead* lead) = 0;
  /// One mail that holds all of these, which waited for the same reader; never fewer than two. An Error: they go out
  /// one by one.
  virtual Result<Outgoing> merge(const std::string& reader, const std::vector<Claim>& mails);
};

/// What an application of a decision made.
struct Applied {
  LedgerId ledger{};
  MailId mail{};
  std::optional<LeadId> lead{};  ///< opened or touched
  std::vector<OutboxId> outbox{};
  std::vector<std::string> not_repeated{};  ///< causes of letters that were not made: they had their mail already
};

/// A mail that left, or may have left: what rates are counted of.
struct PastSend {
  std::string kind{};
  std::vector<std::string> rcpt_to{};
  Time at{};
};

/// One mail waiting for SMTP, claimed by a sender.
struct Claim {
  OutboxId id{};
  std::string kind{};
  std::string cause{};  ///< Letter::cause
  std::string mailbox{};
  std::optional<LeadId> lead{};
  std::string message_id{};
  std::string mail_from{};
  struct Recipient {
    std::string rcpt_to{};
    int attempts = 0;
    int times_unknown = 0;
  };
  std::vector<Recipient> recipients{};
  std::string author{};                 ///< user whose words or meeting it is
  std::vector<std::string> withheld{};  ///< who must not be contacted and was cancelled just now: its author is told
  std::string bytes{};
  Time expires{};
  Time since{};  ///< when its recipients came into their state; for unknown_sends(): when its fate became unknown
};

/// How one recipient's attempt ended. state is one of docs/json.md's words.
struct AttemptResult {
  std::string rcpt_to{};
  std::string state{};       ///< delivered, deferred, failed, unknown, waiting, cancelled
  std::string reply{};       ///< what the server said, one line
  Time next_try{};           ///< for deferred and waiting
  bool keeps_place = false;  ///< waiting: it was not tried for reasons of the account, so nobody overtakes it
};

/// Stands for a baseline_uid that the next look at the folder fills in: its UIDNEXT.
inline constexpr std::uint32_t kNextUid = 0xFFFF'FFFF;

/// Where the reader stands in one folder.
struct FolderCursor {
  std::uint32_t uid_validity = 0;
  std::uint32_t last_uid = 0;      ///< all UIDs up to here have a ledger row
  std::uint32_t baseline_uid = 0;  ///< UIDs below it are history (baseline = "now")
  Time began{};                    ///< when we first saw the folder, in whatever epoch
  bool first_epoch = true;  ///< false after a change of UIDVALIDITY: then older mail is looked at again, not skipped
  Time contact{};           ///< when a message of it was last committed, or when it was first seen
};

/// What is still to be done to a mail on the server.
struct Filing {
  enum class Step { waiting, copying, copied };
  std::string folder{};
  std::uint32_t uid_validity = 0;
  std::uint32_t uid = 0;
  std::string target{};      ///< folder to move it to; empty: mark it as read
  std::string message_id{};  ///< without <>; empty when it has none
  Step step = Step::waiting;
};

/// A mail of the holding list with its bytes.
struct HeldBytes {
  LedgerId ledger{};
  Place place{};
  leads::HeldMail::State state{};
  Time received{};
  std::string raw{};
  bool partial = false;
};

/// A message that could not be read, and the lead that stands for it.
struct Quarantined {
  Place place{};
  std::optional<LeadId> lead{};
  Time received{};
  std::string raw{};  ///< empty when the server never gave it out
};

/// A mail of a lead, with the beginning of its bytes: its header, which this folder does not read.
struct MailOfLead {
  leads::KeptMail mail{};  ///< without recipients and what it refers to
  std::string head{};
};

/// A repair as it is kept.
struct RepairRow {
  std::int64_t number = 0;
  Time at{};
  std::string by{};
  leads::RepairVerb verb = leads::RepairVerb::split;
  LeadId source{};
  LeadId target{};
  std::optional<Time> undone{};
  std::vector<MailId> moved{};
  std::int64_t later = 0;  ///< a later one that stands and concerns the same leads; 0: none
};

struct Erasure;  // erasure.h
struct Erased;

struct DueReminder {
  leads::Lead lead{};
  Time due{};
  std::string user{};
  leads::ReminderStep step = leads::ReminderStep::remind;
};

/// A reminder that waits, without its lead.
struct WaitingReminder {
  LeadId lead{};
  Time due{};
  std::string user{};
  leads::ReminderStep step = leads::ReminderStep::remind;
  Time wake{};
};

/// How far the digests of one reader got.
struct DigestMark {
  Time slot{};             ///< the period that was done last
  std::int64_t event = 0;  ///< the newest event that it knew
};

/// A transaction: begins with BEGIN IMMEDIATE, rolls back in its destructor unless committed. All calls may fail with
/// Next::stop (the file can't be trusted any more) or Next::retry (disk full).
class Transaction {
 public:
  virtual ~Transaction() = default;

  /// Those of `uids` that have no ledger row yet, ascending.
  virtual Result<std::vector<std::uint32_t>> without_ledger_row(const std::string& mailbox, const std::string& folder,
                                                                std::uint32_t uid_validity,
                                                                std::vector<std::uint32_t> uids) = 0;
  virtual Result<bool> is_in_ledger(const Place& place) = 0;
  virtual Result<leads::Snapshot> snapshot(const leads::Query& query, Time now) = 0;
  /// Writes everything that the decision says about this message. The lead's row, its contacts' addresses, the
  /// full-text index, reminders and outbox follow from the effects. Exactly one ledger row is added.
  virtual Result<Applied> apply(const leads::Decision& decision, const Incoming& incoming, Composer& composer) = 0;
  /// The same for a decision that no message caused (a due reminder, a command of the tool). No ledger row.
  virtual Result<Applied> apply(const leads::Decision& decision, Time now, Composer& composer) = 0;
  /// UIDs from `first` on are to be given out again: the rows that hold them keep everything but their place, which
  /// moves into `file`. How many there were.
  virtual Result<int> free_places(const std::string& mailbox, const std::string& folder, std::uint32_t uid_validity,
                                  std::uint32_t first) = 0;
  /// A ledger row without bytes: history below the baseline, a message the server can't give us.
  virtual Result<void> note(const Place& place, Time seen, leads::Outcome outcome, std::string_view reason) = 0;

  virtual Result<std::optional<FolderCursor>> cursor(const std::string& mailbox, const std::string& folder) = 0;
  virtual Result<void> set_cursor(const std::string& mailbox, const std::string& folder,
                                  const FolderCursor& cursor) = 0;

  virtual Result<std::optional<leads::Lead>> lead(LeadId id) = 0;
  /// Every event of a lead, in order.
  virtual Result<std::vector<leads::Event>> events(LeadId id) = 0;

  /// What commands ask, but for the mails of leads and a repair's standing, whose headers this folder does not read.
  virtual Result<leads::Answered> answer(const leads::Ask& ask) = 0;
  /// A mail that its writer has confirmed and that is still to be done; nothing when it is not.
  virtual Result<std::vector<LedgerId>> confirmed() = 0;
  virtual Result<std::optional<HeldBytes>> confirmed_bytes(LedgerId id) = 0;
  virtual Result<void> confirmed_done(LedgerId id) = 0;

  /// The mail that has this Message-ID, and its lead; nothing when none is kept or it is of no lead.
  virtual Result<std::optional<std::pair<MailId, LeadId>>> mail_named(std::string_view message_id) = 0;
  /// The mails of a lead, oldest first, at most 2,000.
  virtual Result<std::vector<MailOfLead>> mails_of(LeadId lead) = 0;
  virtual Result<std::int64_t> next_repair() = 0;
  virtual Result<std::optional<RepairRow>> repair(std::int64_t number) = 0;

  /// Leads of which one of these addresses is a contact, without doubles; ascending.
  virtual Result<std::vector<LeadId>> leads_with(const std::vector<std::string>& addresses) = 0;
  /// The lead that an imported row of this key has made; the key is remembered for ever.
  virtual Result<std::optional<LeadId>> imported(std::string_view key) = 0;
  virtual Result<void> keep_imported(std::string_view key, LeadId lead) = 0;
  /// Leads with a number above `after`, ascending.
  virtual Result<std::vector<leads::Lead>> leads_after(LeadId after, int limit) = 0;
  /// Leads in Replied without a next contact on which nothing has happened since `before`, those that rested longest
  /// first.
  virtual Result<std::vector<leads::Lead>> silent_leads(Time before, int limit) = 0;
  /// Leads on which a service level has run out, or whom they wait for is back; the longest due first.
  virtual Result<std::vector<leads::Lead>> late_leads(Time now, int limit) = 0;
  /// The prospect's last mail as far as it is kept: its head, text, kind and the names of its attachments. Nothing
  /// when the lead has none.
  virtual Result<std::optional<leads::Inquiry>> last_inquiry(const leads::Lead& lead) = 0;
  virtual Result<std::optional<Time>> next_term() = 0;
  /// Days on which users are away, as they said by mail, from the day before that of `now` on.
  virtual Result<leads::Absences> absences(Time now) = 0;
  /// Why no such mail may go to that address; empty when it may.
  virtual Result<std::string> why_not_write(leads::LetterKind kind, LeadId lead, std::string_view address) = 0;
  /// Whether a mail with that cause was promised already.
  virtual Result<bool> has_cause(std::string_view cause) = 0;

  /// Reminders to be looked at by now, those that are due the longest first.
  virtual Result<std::vector<DueReminder>> due_reminders(Time now, int limit) = 0;
  virtual Result<void> reminder_done(const DueReminder& reminder, std::string_view how) = 0;
  /// It waits on, to be looked at then.
  virtual Result<void> reminder_waits(LeadId lead, Time due, const std::string& user, leads::ReminderStep step,
                                      Time wake) = 0;
  /// Those that wait, behind this one, in an order of their own; nothing left: an empty list.
  virtual Result<std::vector<WaitingReminder>> waiting_reminders(const std::optional<WaitingReminder>& after,
                                                                 int limit) = 0;

  virtual Result<std::optional<DigestMark>> digest_mark(std::string_view reader) = 0;
  virtual Result<void> set_digest_mark(std::string_view reader, const DigestMark& mark) = 0;
  virtual Result<std::int64_t> newest_event() = 0;
  /// What the digest of these users rests on (digest.h).
  virtual Result<leads::DigestFacts> digest_facts(const leads::DigestAsk& ask) = 0;
  /// Leads with a next contact of his, or with a meeting of his that is not over before `since`; at most `limit`.
  virtual Result<std::vector<leads::Lead>> leads_in_calendar(const std::string& user, Time since, int limit) = 0;

  /// Takes up to `limit` mails of a mailbox that are due and marks their recipients `sending`, attempt counted. One
  /// that a user wrote comes without recipients when all of them are withheld.
  virtual Result<std::vector<Claim>> claim_due(const std::string& mailbox, Time now, int limit) = 0;
  /// Mails to the same reader that have waited long enough become one. Number of mails made.
  virtual Result<int> merge_held(const std::string& mailbox, Time now, Composer& composer) = 0;
  virtual Result<void> mark_sending_final(OutboxId id, const std::vector<std::string>& rcpt_to) = 0;
  virtual Result<void> record_attempt(OutboxId id, Time now, const std::vector<AttemptResult>& results) = 0;
  /// At start: `sending` -> `waiting` (nothing can have left), `sending-final` -> `unknown`. Number of unknown rows.
  virtual Result<int> recover_interrupted(Time now) = 0;
  /// Mails of which nobody knows whether they left, and about which something can still be done.
  virtual Result<std::vector<Claim>> unknown_sends(const std::string& mailbox) = 0;
  /// Mails of a mailbox that left, or may have left, since then: oldest first, the latest `limit` of them. Of a mail
  /// to several recipients one entry for each state's second.
  virtual Result<std::vector<PastSend>> recent_sends(const std::string& mailbox, Time since, int limit) = 0;
  /// It stays unknown; only a person changes that now.
  virtual Result<void> settle_unknown(OutboxId id, const std::string& rcpt_to, std::string_view why) = 0;
  /// A mail of ours with that Message-ID came back in a watched folder, so it has left.
  virtual Result<bool> was_met(std::string_view message_id) = 0;
  /// Mails of the last week that belong into the Sent folder, were delivered before `before`, and of which nobody has
  /// said yet that they are there. At most `limit`, oldest first.
  virtual Result<std::vector<Claim>> wanted_sent_copies(const std::string& mailbox, Time before, int limit) = 0;
  virtual Result<void> sent_copy_is_there(OutboxId id) = 0;
  /// An administrator wants it tried again now, or never: recipients that were failed, unknown, deferred (or waiting,
  /// for cancel).
  virtual Result<int> retry_outbox(OutboxId id, Time now) = 0;
  virtual Result<int> cancel_outbox(OutboxId id, Time now) = 0;
  /// Messages that could not be read, oldest first.
  virtual Result<std::vector<LedgerId>> quarantined() = 0;
  /// One of them, with its bytes; nothing when it is none (any more).
  virtual Result<std::optional<Quarantined>> quarantined(LedgerId id) = 0;
  /// Mails that wait for an administrator, oldest first, at most `limit`; and how many there are.
  virtual Result<std::vector<leads::HeldMail>> held_waiting(int limit) = 0;
  virtual Result<int> count_held_waiting() = 0;
  virtual Result<std::optional<leads::HeldMail>> held_mail(std::int64_t number) = 0;
  /// Numbers that were accepted and are still to be taken once more, oldest first.
  virtual Result<std::vector<std::int64_t>> held_accepting() = 0;
  virtual Result<std::optional<HeldBytes>> held_bytes(std::int64_t number) = 0;
  /// It was taken: nothing is left to do.
  virtual Result<void> held_taken(std::int64_t number, Time now) = 0;
  /// The time of day to which the last look at the holding list belonged.
  virtual Result<std::optional<Time>> held_list_slot() = 0;
  virtual Result<void> set_held_list_slot(Time slot) = 0;

  /// Notes what is to be done to the mail of that place after the commit; nothing when it is noted already.
  virtual Result<void> plan_filing(const std::string& mailbox, const Filing& filing) = 0;
  /// What is to be done in this mailbox, at most `limit`, by folder and UID.
  virtual Result<std::vector<Filing>> filings(const std::string& mailbox, int limit) = 0;
  virtual Result<void> filing_step(const std::string& mailbox, const Filing& filing, Filing::Step step) = 0;
  virtual Result<void> filing_done(const std::string& mailbox, const Filing& filing) = 0;

  /// A quarantined or held message that could be read at last: its ledger row gets the decision's outcome and reason,
  /// its message row the texts of the inquiry; the effects are applied as by apply(). No second ledger row, no second
  /// copy of the bytes.
  virtual Result<Applied> apply_again(LedgerId id, const leads::Decision& decision, const Incoming& incoming,
                                      Composer& composer) = 0;
  /// What is kept of that kind since before `before` goes: as much as a transaction may hold up others for.
  virtual Result<Pruned> prune(Kept what, Time before) = 0;
  /// The day whose pruning is done.
  virtual Result<std::optional<Time>> prune_slot() = 0;
  virtual Result<void> set_prune_slot(Time slot) = 0;
  /// Whether any mark is kept: otherwise none has to be made for a mail.
  virtual Result<bool> somebody_was_erased() = 0;
  /// When the latest of these marks was erased; nothing when none was.
  virtual Result<std::optional<Time>> erased(const std::vector<std::string>& marks) = 0;
  /// Takes a person out of the whole book (erasure.h). Book::compact() has to follow.
  virtual Result<Erased> erase(const Erasure& erasure, Time now) = 0;
  /// A copy of the book was made at this absolute path.
  virtual Result<void> keep_backup(std::string_view file, Time at) = 0;
  virtual Result<std::optional<Time>> next_due_send(const std::string& mailbox) = 0;
  virtual Result<std::optional<Time>> next_due_reminder() = 0;

  /// Runs `work`; when it answers an Error, what it wrote is undone alone and the rest of the transaction stands.
  virtual Result<void> savepoint(const std::function<Result<void>()>& work) = 0;
  virtual Result<void> commit() = 0;
};

/// The file, open for writing by exactly one process.
class Book {
 public:
  /// Opens (creating it if need be), takes the lock and migrates. Error: `stop` when another process holds it, when the
  /// file is no book of ours or damaged (it is then not modified), or was written by a newer version; `retry` when the
  /// disk is full or the process has no more descriptors.
  static Result<std::unique_ptr<Book>> open(const std::string& path);
  virtual ~Book() = default;
  /// One at a time; it must not outlive the book.
  virtual Result<std::unique_ptr<Transaction>> begin() = 0;
  /// Moves what the write-ahead log holds into the file, when it has grown; for quiet moments. Writer calls it.
  virtual Result<void> tidy() = 0;
  /// Before the end: the whole log goes into the file. After an error, and after leave(), nothing more is written, and
  /// the next start reads what is there.
  virtual Result<void> close() = 0;
  virtual void leave() = 0;
  /// Gives back the memory that made much mail quick: pages of the file, leads that were read.
  virtual void rest() = 0;
  /// Writes the file anew without what was deleted, and empties the log, so that neither holds anything of it; needs as
  /// much room again for the time, beside the book. Not while a transaction runs. Error retry: the disk is full, or
  /// somebody reads an old state for too long; what was committed stands.
  virtual Result<void> compact() = 0;
  /// 32 hexadecimal digits, made with the file: tells this book's mail from another instance's.
  [[nodiscard]] virtual const std::string& instance() const = 0;
};

}  // namespace leadmail::store
