// Effects become rows. Everything a message means is written here, in the caller's transaction.
#include <algorithm>
#include <map>
#include <memory>

#include "core/leads/address.h"
#include "core/store/deals.h"
#include "core/store/deeds.h"
#include "core/store/held.h"
#include "core/store/lead_row.h"
#include "core/store/ledger.h"
#include "core/store/mail_row.h"
#include "core/store/message_ids.h"
#include "core/store/outbox.h"
#include "core/store/reminders.h"
#include "core/store/repair.h"
#include "core/store/rotations.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

const Sql kMarkAddress{
    "INSERT INTO address_state (address, dead, why, at) VALUES (:address, :dead, :why, :now)"
    " ON CONFLICT DO UPDATE SET dead = excluded.dead, why = excluded.why, at = excluded.at"};

/// One decision being written. Leads are changed in memory by their events and written once at the end, or before a
/// letter to people outside is queued, for the outbox reads whom it must not write to.
class Application {
 public:
  Application(Desk& desk, Composer& composer, Time now, std::string_view writer)
      : desk_(desk), db_(*desk.db), composer_(composer), now_(now), writer_(writer) {}

  Result<void> run(const leads::Decision& decision) {
    for (const auto& effect : decision.effects) {
      auto done = std::visit([this](const auto& wanted) { return write(wanted); }, effect);
      if (!done) return done;
    }
    for (auto& [id, lead] : touched_) {
      if (!lead.changed) continue;
      if (auto done = write_row(lead); !done) return done;
    }
    return {};
  }

  /// The lead that a reference means; nothing when it means the one opened here and none was.
  [[nodiscard]] std::optional<LeadId> meant(const leads::LeadRef& ref) const { return ref.id ? ref.id : opened_; }

  Applied applied{};
  std::optional<std::string> held_sender{};           ///< the message goes onto the holding list
  std::optional<leads::AwaitConfirmation> awaited{};  ///< the message waits for its writer

 private:
  struct Touched {
    std::shared_ptr<const leads::Lead> written{};  ///< as its row stands; nothing: the row says nothing yet
    leads::Lead now{};
    bool changed = false;
  };

  Result<Touched*> touch(const leads::LeadRef& ref) {
    const auto id = meant(ref);
    if (!id) return Error{Next::give_up, "an effect means a new lead, but none was opened"};
    if (const auto found = touched_.find(*id); found != touched_.end()) return &found->second;
    auto lead = desk_.leads.read(db_, *id);
    if (!lead) return std::move(lead.error());
    if (!*lead) return Error{Next::give_up, "no such lead: " + to_string(*id)};
    auto& touched = touched_[*id];
    touched.written = *lead;
    touched.now = **lead;
    return &touched;
  }

  Result<void> write(const leads::OpenLead&) {
    auto id = add_lead(db_, now_);
    if (!id) return std::move(id.error());
    opened_ = *id;
    touched_[*id] = {.now = leads::Lead{.id = *id}, .changed = true};
    return {};
  }

  Result<void> write(const leads::Record& record) {
    auto touched = touch(record.lead);
    if (!touched) return std::move(touched.error());
    leads::fold((*touched)->now, record.event);
    (*touched)->changed = true;
    auto done = add_event(db_, desk_.words, (*touched)->now.id, record.event);
    if (done) done = follow_times(db_, (*touched)->now, record.event);
    return done && deed_ ? add_deed_event(db_, *deed_, db_.last_insert_id()) : done;
  }

  Result<void> write(const leads::PlanReminder& wanted) {
    auto touched = touch(wanted.lead);
    if (!touched) return std::move(touched.error());
    return plan_reminder(db_, (*touched)->now.id, wanted);
  }

  Result<void> write(const leads::CancelReminders& wanted) {
    auto touched = touch(wanted.lead);
    if (!touched) return std::move(touched.error());
    return cancel_reminders(db_, (*touched)->now.id);
  }

  Result<void> write(const leads::MoveReminders& moved) {
    return with_target(moved.to, [&](LeadId to) { return move_reminders(db_, moved, to); });
  }

  Result<void> write(const leads::Rotate& given) { return rotate(desk_, given); }

  Result<void> write(const leads::MarkAddress& mark) {
    return db_.query(kMarkAddress)
        .bind(":address", leads::to_lower(mark.address))
        .bind(":dead", mark.dead)
        .bind(":why", mark.why)
        .bind(":now", now_)
        .run();
  }

  Result<void> write(const leads::KeepRepair& repair) {
    return with_target(repair.target, [&](LeadId to) { return keep_repair(db_, repair, to, now_); });
  }

  Result<void> write(const leads::EndRepair& repair) { return end_repair(db_, repair.number, now_); }

  Result<void> write(const leads::MoveMail& move) {
    return with_target(move.to, [&](LeadId to) { return move_mail(db_, move, to); });
  }

  Result<void> write(const leads::Learn& lesson) {
    return with_target(lesson.to, [&](LeadId to) { return learn(db_, lesson, to); });
  }

  template <typename Write>
  Result<void> with_target(const leads::LeadRef& ref, const Write& write) {
    const auto id = meant(ref);
    return id ? write(*id) : Error{Next::give_up, "an effect means a new lead, but none was opened"};
  }
  Result<void> write(const leads::Hold& hold) {
    held_sender = hold.sender;  // its row refers to the ledger's, which is written last
    return {};
  }

  Result<void> write(const leads::KeepDeed& deed) {
    deed_ = deed.number;
    return keep_deed(db_, deed, now_);
  }
  Result<void> write(const leads::EndDeed& deed) { return end_deed(db_, deed.number, now_); }
  Result<void> write(const leads::CancelMail& cancel) { return cancel_mail(db_, cancel.mail, now_); }
  Result<void> write(const leads::MarkAway& away) { return mark_away(db_, away, deed_); }
  Result<void> write(const leads::AwaitConfirmation& wanted) {
    awaited = wanted;  // its row refers to the ledger's, which is written last
    return {};
  }
  Result<void> write(const leads::Confirm& confirmed) { return confirm_awaited(db_, confirmed); }

  Result<void> write(const leads::AcceptHeld& accepted) { return accept_held(db_, accepted, now_); }
  Result<void> write(const leads::BlockHeld& blocked) { return block_held(db_, blocked, now_); }

  Result<void> write(const leads::SendLetter& send) {
    const auto& letter = send.letter;
    const leads::Lead* lead = nullptr;
    if (letter.lead || letter.about_new_lead) {
      auto touched = touch({letter.lead});
      if (!touched) return std::move(touched.error());
      lead = &(*touched)->now;
    }
    if (goes_outside(letter)) {
      if (auto done = write_leads(); !done) return done;
    }
    auto queued = queue_letter(desk_, letter, lead, composer_, now_, writer_);
    if (!queued) return std::move(queued.error()).in("a letter of kind " + std::string(leads::name(letter.kind)));
    if (*queued) applied.outbox.push_back(**queued);
    if (*queued && deed_) {
      if (auto done = add_deed_mail(db_, *deed_, **queued); !done) return done;
    }
    if (!*queued) applied.not_repeated.push_back(letter.cause);
    return {};
  }

  Result<void> write(const leads::NameAlias& name) { return add_alias(db_, name.message_id, name.alias); }

  /// Of all that have changed; they may change again.
  Result<void> write_leads() {
    for (auto& [id, lead] : touched_) {
      if (!lead.changed) continue;
      if (auto done = write_row(lead); !done) return done;
      lead.written = std::make_shared<const leads::Lead>(lead.now);
      lead.changed = false;
    }
    return {};
  }

  Result<void> write_row(Touched& lead) {
    if (lead.now.created == Time{}) lead.now.created = now_;
    return write_lead(db_, lead.written.get(), lead.now, now_);
  }

  Desk& desk_;
  Connection& db_;
  Composer& composer_;
  Time now_;
  std::string_view writer_;
  std::optional<LeadId> opened_{};
  std::optional<std::int64_t> deed_{};  ///< to which events and letters belong from here on
  std::map<LeadId, Touched> touched_{};
};

/// On which side of the conversation the mail stands: as its own event says, else as its outcome lets us see.
std::string_view direction_of(const leads::Decision& decision, const leads::Inquiry& inquiry) {
  for (const auto& effect : decision.effects) {
    const auto* record = std::get_if<leads::Record>(&effect);
    if (!record || record->event.direction.empty()) continue;
    if (record->event.message_id == inquiry.message_id) return record->event.direction;
  }
  using leads::Outcome;
  if (inquiry.in_sent_folder || decision.outcome == Outcome::rep_answer) return "out";
  if (decision.outcome == Outcome::command || decision.outcome == Outcome::own) return "internal";
  return "in";
}

MailFate fate_of(const leads::Decision& decision, const leads::Inquiry& inquiry, std::optional<LeadId> lead) {
  return {.direction = direction_of(decision, inquiry),
          .lead = lead,
          .is_of_one_lead = decision.is_of_one_lead,
          .was_read = decision.outcome != leads::Outcome::quarantined};
}

LedgerRow ledger_row(const leads::Decision& decision, const Incoming& incoming, const Applied& applied,
                     bool brings_mail) {
  return {.place = incoming.place,
          .seen = incoming.seen,
          .kind = leads::name(incoming.inquiry->nature),
          .outcome = decision.outcome,
          .reason = decision.reason,
          .lead = applied.lead,
          .mail = applied.mail,
          .brings_mail = brings_mail,
          .evidence = decision.evidence};
}

/// For what a message waits once it is in the ledger.
struct Waiting {
  std::optional<std::string> held_sender{};
  std::optional<leads::AwaitConfirmation> awaited{};
};

/// Writes the effects that a message has.
Result<Applied> run_effects(Desk& desk, const leads::Decision& decision, const Incoming& incoming, Composer& composer,
                            Waiting& waiting) {
  const auto writer = leads::to_lower(incoming.inquiry->from.address);
  Application application(desk, composer, incoming.seen, writer);
  if (auto done = application.run(decision); !done) return std::move(done.error());
  if (decision.lead) application.applied.lead = application.meant(*decision.lead);
  waiting = {std::move(application.held_sender), std::move(application.awaited)};
  return std::move(application.applied);
}

}  // namespace

Result<Applied> BookTransaction::apply(const leads::Decision& decision, const Incoming& incoming, Composer& composer) {
  const auto& inquiry = *incoming.inquiry;
  Waiting waiting;
  auto applied = run_effects(desk_, decision, incoming, composer, waiting);
  if (!applied) return std::move(applied.error()).in("applying");

  // The same mail in a second place is one more sighting of the mail we have.
  std::optional<MailId> first;
  if (decision.outcome == leads::Outcome::duplicate) {
    auto found = first_mail(db(), inquiry.fingerprint);
    if (!found) return std::move(found.error()).in("applying");
    first = *found;
  }
  if (first) {
    applied->mail = *first;
  } else {
    auto mail = add_mail(desk_, incoming, fate_of(decision, inquiry, applied->lead));
    if (!mail) return std::move(mail.error()).in("keeping the mail");
    applied->mail = *mail;
  }
  auto row = add_ledger_row(db(), ledger_row(decision, incoming, *applied, !first));
  if (!row) return std::move(row.error()).in("applying");
  applied->ledger = *row;
  if (waiting.held_sender) {
    auto done = add_held(db(), *row, *waiting.held_sender, incoming.seen);
    if (!done) return std::move(done.error());
  }
  if (waiting.awaited) {
    if (auto done = add_awaited(db(), *row, *waiting.awaited, incoming.seen); !done) return std::move(done.error());
  }
  return applied;
}

Result<Applied> BookTransaction::apply_again(LedgerId id, const leads::Decision& decision, const Incoming& incoming,
                                             Composer& composer) {
  const auto place = "ledger row " + std::to_string(id.value);
  auto before = open_row(db(), id);
  if (!before) return std::move(before.error());
  if (!*before) return Error{Next::give_up, place + " has its final outcome already"};
  Waiting again;  // nothing that was accepted or confirmed waits once more
  auto applied = run_effects(desk_, decision, incoming, composer, again);
  if (!applied) return std::move(applied.error()).in(place);
  applied->ledger = id;
  if (!applied->lead) applied->lead = (*before)->lead;

  const auto fate = fate_of(decision, *incoming.inquiry, applied->lead);
  const auto known = (*before)->mail;
  if (known) {
    applied->mail = *known;
    if (auto done = complete_mail(desk_, *known, incoming, fate); !done) return std::move(done.error()).in(place);
  } else {
    auto mail = add_mail(desk_, incoming, fate);
    if (!mail) return std::move(mail.error()).in(place);
    applied->mail = *mail;
  }
  auto row = ledger_row(decision, incoming, *applied, !known);
  if (auto done = settle_row(db(), id, **before, row); !done) return std::move(done.error());
  return applied;
}

Result<Applied> BookTransaction::apply(const leads::Decision& decision, Time now, Composer& composer) {
  Application application(desk_, composer, now, {});
  if (auto done = application.run(decision); !done) return std::move(done.error()).in("applying");
  if (decision.lead) application.applied.lead = application.meant(*decision.lead);
  return std::move(application.applied);
}

}  // namespace leadmail::store
