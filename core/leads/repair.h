// Threading put right by a person: mails go to another lead, two leads become one, and either is taken back. Pure
// functions: the caller reads the leads and their mails, and writes the effects. Nobody is written to but calendars,
// where an entry no longer stands or stands again; all of it is events, so a lead stays the sum of them, and what was
// learned is kept so that the same mistake is not made again.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/leads/decide.h"
#include "core/leads/letter.h"

namespace leadmail::leads {

/// One mail of a lead, as repairing sees it.
struct KeptMail {
  MailId id{};
  std::string message_id{};
  Person from{};
  std::vector<Person> recipients{};  ///< To and Cc
  std::string subject{};
  std::string subject_key{};
  std::string direction{};  ///< "in", "out", "internal"
  Time received{};
  std::vector<std::string> refers_to{};   ///< References, then In-Reply-To
  std::vector<std::string> caused_ids{};  ///< Message-IDs of what we sent because of it
};

/// What every repair needs to know.
struct RepairScene {
  std::int64_t number = 0;  ///< of this repair
  std::string by{};         ///< user id or "admin"
  const Rules& rules;
  Time now{};
  std::string language{"en"};  ///< of what is said when it can't be done
};

/// A lead with its mails, oldest first.
struct LeadWithMails {
  Lead lead{};
  std::vector<KeptMail> mails{};
};

/// The mail and all that answers it become a lead of their own, with the same owner. Error (give_up): no such mail
/// here, or nothing would be left.
Result<Decision> decide_split(const RepairScene& scene, const LeadWithMails& from, MailId mail);

/// The mail and all that answers it go to `to`. A lead that has nothing left becomes part of `to`. Error (give_up): no
/// such mail here, or they are there already.
Result<Decision> decide_move(const RepairScene& scene, const LeadWithMails& from, MailId mail, const Lead& to);

/// What whoever merges two leads is told.
struct MergeTold {
  std::vector<ResultLine> results{};     ///< what came over
  std::vector<std::string> sentences{};  ///< what could not, and what stands twice
};

/// All of `from` becomes part of `into`: its mails, its people, its next contact and events with their entries in the
/// calendars, its deals, the further status, and what is known of it and not of `into`. Of two next contacts the one
/// that comes first stands, and the other gets a CANCEL. Error (give_up): they are one already.
Result<Decision> decide_merge(const RepairScene& scene, const Lead& into, const LeadWithMails& from,
                              MergeTold* told = nullptr);

/// A repair that stands, with the events that it made on its two leads and the mails that stand on them now.
struct StandingRepair {
  std::int64_t number = 0;
  RepairVerb verb = RepairVerb::split;
  Lead source{};
  std::vector<Event> source_events{};
  LeadWithMails target{};
  std::vector<Event> target_events{};
  std::vector<MailId> moved{};
};

/// Takes it back: values that nobody changed since are as before, the mails are where they were, what was learned is
/// forgotten. A next contact, event or deal that had come over goes back as it stands now; an entry that was taken off
/// a calendar is put there again. A lead that a split had opened becomes part of the one it came from, with all that
/// came to it since.
Decision decide_unrepair(const RepairScene& scene, const StandingRepair& repair);

}  // namespace leadmail::leads
