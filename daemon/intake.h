// From bytes to the book: parse, classify, translate, read the snapshot, decide, apply, commit (steps 2 to 8 of a
// message's life). The same path for IMAP and for `leadmail ingest`. Messages of one stream are committed in the order
// in which they were taken.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/leads/decide.h"
#include "core/store/book.h"
#include "daemon/engine.h"
#include "mail/message/message.h"

namespace leadmail::daemon {

/// Bytes and where they lay.
struct Arrived {
  store::Place place{};
  Time received{};  ///< INTERNALDATE; the epoch when not known
  std::string raw{};
  bool partial = false;
  bool in_sent_folder = false;
  bool is_history = false;
  Time news_since{};      ///< what its Date field puts before that is history too; the epoch: it says nothing
  std::string missing{};  ///< the server does not give it out, in words; raw is empty then
};

/// What became of one message.
struct Taken {
  leads::Outcome outcome = leads::Outcome::ignored;
  std::string reason{};
  std::optional<LeadId> lead{};
  bool was_known = false;  ///< its place has a ledger row already; nothing was done
};

/// The order of one folder (or one `ingest`). After a failure everything that follows in it fails too, so that no
/// cursor can pass a message that is not in the book.
class Stream;

class Intake {
 public:
  explicit Intake(Engine& engine);
  ~Intake();  ///< waits for what is under way

  std::shared_ptr<Stream> open_stream();

  using Done = std::function<void(Result<Taken>)>;
  /// Queues the message and returns; `done` is called after its commit, on the writer's thread. `cursor`: advance the
  /// folder's cursor to this UID in the same transaction.
  void take(const std::shared_ptr<Stream>& stream, Arrived arrived, Done done);

  /// Reads a quarantined message once more; what it says completes the lead that stands for it. Error (quarantine): it
  /// can still not be read. Blocks while it is parsed; `done` as for take().
  void retry(LedgerId id, const Done& done);

  /// Takes a held message that was accepted once more, as the inquiry it is: a lead as if it had come now. Error
  /// (give_up): it was taken already. Blocks while it is parsed.
  Result<Taken> accept(std::int64_t number);
  /// All that were accepted or confirmed and not taken: after a start, and when a mail accepted or confirmed some.
  /// Blocks.
  void accept_all();
  /// The same on a parser lane; returns at once.
  void accept_later();

  /// Bytes taken and not committed yet.
  [[nodiscard]] std::uint64_t pending_bytes() const { return pending_; }

  /// What we understand of `raw`, by a worker; unreadable content is said so in the second member.
  struct Understood {
    mail::message::Message message{};
    std::string unreadable{};  ///< why there is no content; empty when there is
  };
  Result<Understood> understand(std::string_view raw, const Config& config, bool with_attachments);

  struct Entry;

 private:
  struct Lanes;
  /// A mail of the book that is taken once more: where its bytes are, what is known of it now, and how it is done with.
  struct Waiting {
    std::string what{};
    std::function<Result<std::optional<store::HeldBytes>>(store::Transaction&)> bytes{};
    std::function<void(leads::Inquiry&)> mark{};
    std::function<Result<void>(store::Transaction&, Time)> done{};
  };
  Result<Taken> take_again(const Waiting& waiting);
  /// Does what a mail says whose writer has confirmed it. Error (give_up): it is done already.
  Result<Taken> carry_out_confirmed(LedgerId id);
  Result<void> understand_entry(Entry& entry);
  Result<void> read_entry(Entry& entry);
  void rest();
  void parse_and_queue(const std::shared_ptr<Stream>& stream, std::uint64_t ticket, Arrived arrived, const Done& done);

  Engine& engine_;
  std::atomic<std::uint64_t> pending_{0};
  std::atomic<std::uint64_t> handled_{0};  ///< mail since memory was given back: bytes, and what each takes besides
  store::Press press_;
  std::unique_ptr<Lanes> lanes_;
};

/// Mail whose sender the decision blocks is done with: as the config says, it is to be marked or moved on the server.
Result<void> file_blocked(store::Transaction& transaction, const Settings& settings, const leads::Decision& decision);

}  // namespace leadmail::daemon
