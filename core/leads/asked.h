// What a user's commands want to see of the book beside the lead they stand on: who is named, what is listed, what is
// taken back. Asked for before deciding, answered by the daemon in the same transaction, so that deciding stays pure.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/leads/command.h"
#include "core/leads/decide.h"
#include "core/leads/repair.h"

namespace leadmail::leads {

inline constexpr std::size_t kMostListed = 50;  ///< leads in one answer
inline constexpr std::size_t kMostTold = 30;    ///< entries of a timeline in one answer
inline constexpr std::chrono::minutes kNonceLife{15};

/// What #list or #find looks for. Of leads that the user may see only.
struct ListWish {
  std::optional<Status> status{};
  std::optional<std::string> owner{};
  std::string tag{};
  std::string text{};  ///< full text; the rest does not count then
  bool due = false;
  bool owed = false;
  bool all = false;                    ///< also those whose story is over
  std::vector<std::string> visible{};  ///< owners whose leads he may see; empty: everybody's
};

/// What a mail's commands ask.
struct Ask {
  bool is_needed = false;
  std::string user{};
  Time now{};
  bool of_anybody = false;                  ///< also what others did may be taken back
  std::function<bool(const Lead&)> sees{};  ///< whether he may see it
  LeadId lead{};                            ///< on which the commands stand; 0: none
  std::vector<LeadId> stories{};            ///< with their timeline
  std::vector<LeadId> mails{};              ///< with their mails
  std::vector<ListWish> lists{};            ///< in the order of the commands
  std::vector<std::string> addresses{};     ///< of somebody who is about to become a lead
  bool undo = false;
  std::int64_t deed = 0;                   ///< to be taken back; 0: the last one
  std::vector<std::string> answered{};     ///< Message-IDs that the mail answers, the strongest first
  std::vector<std::string> nonce_marks{};  ///< of a word that confirms
};

struct LeadStory {
  Lead lead{};
  std::vector<Event> events{};
};

struct ListedLeads {
  std::vector<Lead> leads{};
  bool more = false;
};

/// A mail that a deed made, and how far it is.
struct DeedMail {
  OutboxId id{};
  std::string kind{};
  std::string to{};    ///< its recipients, for people
  bool waits = false;  ///< nobody has got it; it can be cancelled
};

/// What a user's commands of one mail did.
struct Deed {
  std::int64_t number = 0;
  std::string by{};
  std::string verbs{};             ///< "#next, #status"
  std::int64_t repair_number = 0;  ///< of the repair among them; 0: none
  Time at{};
  std::optional<Time> undone{};
  struct Done {
    LeadId lead{};
    Event event{};
  };
  std::vector<Done> done{};        ///< its events, in order
  std::map<LeadId, Lead> leads{};  ///< as they stand now
  std::vector<Done> later{};       ///< what happened to these leads after it
  std::vector<DeedMail> mails{};
  std::optional<StandingRepair> repair{};
  std::string obstacle{};  ///< why its repair can't be taken back
};

/// A mail that waits for its writer's confirming reply.
struct Awaited {
  std::string mark{};
  std::string user{};
  std::string state{};  ///< "waiting", "confirmed", "done"
  Time asked{};
};

struct Answered {
  bool is_read = false;  ///< false: nobody looked, as in `leadmail explain`
  std::int64_t next_deed = 1;
  std::int64_t next_repair = 1;
  std::map<LeadId, LeadStory> stories{};
  std::map<LeadId, LeadWithMails> mails{};
  std::vector<ListedLeads> lists{};
  std::vector<Lead> same_people{};  ///< leads that have one of Ask::addresses
  std::optional<Deed> deed{};
  std::optional<Awaited> awaited{};
};

/// What these commands of `user` ask; `answered` as in Ask.
Ask ask_for(const std::vector<Command>& commands, const User& user, LeadId lead, std::vector<std::string> answered,
            const Rules& rules, Time now);

/// The same for commands of the tool, on `lead` (id 0: on none).
Ask ask_of_tool(const Lead& lead, const std::string& user, std::string_view commands, const Rules& rules, Time now);

/// What this mail asks: nothing unless a user wrote it and it begins with a command.
Ask ask(const Inquiry& inquiry, const Snapshot& known, const Rules& rules, Time now);

/// "open", "luis", "overdue", "tag fair", "all": what #list names. Nothing: `wrong` is what nobody understands.
std::optional<ListWish> read_list(std::string_view text, const User& user, const Rules& rules, std::string& wrong);

/// A user sees leads that he or one of his teams owns and unassigned ones of his teams' mailboxes; managers and
/// administrators see all. docs/crm.md
bool may_see(const User& user, const Lead& lead, const Rules& rules);

/// Owners whose leads he may see, with "" for nobody's; empty: all.
std::vector<std::string> visible_owners(const User& user, const Rules& rules);

/// "L-12", "l12", "12", "#12", with a word like "with" or "to" before it.
std::optional<LeadId> read_lead(std::string_view text);

}  // namespace leadmail::leads
