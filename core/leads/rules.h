// What the company decided: people, mailboxes, who gets what. An immutable value made from the config; a reload makes a
// new one.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/leads/record.h"

namespace leadmail::leads {

struct WorkingHours {
  std::array<bool, 7> days{true, true, true, true, true, false, false};  ///< Monday first
  std::chrono::minutes from{9 * 60};                                     ///< since local midnight
  std::chrono::minutes until{18 * 60};
};

/// Days somebody is not there; dates are local, both ends included.
struct Absence {
  std::chrono::year_month_day from{};
  std::chrono::year_month_day until{};
  std::string deputy{};
  bool operator==(const Absence&) const = default;
};

using Absences = std::vector<std::pair<std::string, Absence>>;  ///< user id -> days that he said by mail

enum class Role { rep, manager, admin };

struct User {
  std::string id{};  ///< lower case ASCII
  std::string name{};
  std::vector<std::string> addresses{};  ///< the first is where we write to; domain in lower case
  Role role = Role::rep;
  std::string language{"en"};
  std::string timezone{"UTC"};
  int weight = 1;
  WorkingHours hours{};
  std::vector<std::chrono::year_month_day> holidays{};  ///< the company's, the region's and his own
  std::vector<Absence> away{};
  bool takes_leads = true;             ///< false: rules give him none
  int capacity = 0;                    ///< most open leads; 0: no limit
  std::vector<std::string> domains{};  ///< lower case; leads from there come to him before others of his rule
};

struct Team {
  std::string id{};
  std::vector<std::string> members{};
  std::string lead{};
};

/// Degrees.
struct Coordinates {
  double latitude = 0;
  double longitude = 0;
};

/// An office with its territory: what is given has to fit.
struct Branch {
  std::string id{};
  std::string team{};
  std::string country{};
  std::vector<std::string> regions{};
  std::vector<std::string> postal_prefixes{};
  std::optional<Coordinates> at{};  ///< leads that fit no territory go to the nearest
};

enum class KnownSender { join, open_new, ask };

/// One shared mailbox as the rules see it: no servers, no passwords.
struct Mailbox {
  std::string name{};
  std::string address{};
  std::vector<std::string> aliases{};
  bool plus_addressing = true;
  bool transport_auth_required = true;  ///< false: transport_auth = "none", so a token stands in for what is not proved
  KnownSender known_sender = KnownSender::join;
  bool acknowledge = false;
  std::string team{};
  std::string source{};
  std::string campaign{};
  std::string language{};
};

/// A condition over fields of message and lead; an empty one is true. Exactly one of the groups is used.
struct Condition {
  enum class Op { always, all, any, none_of, is, in, contains, matches, domain, before, after, exists };
  Op op = Op::always;
  std::vector<Condition> parts{};  ///< of all, any, none_of (not)
  std::string field{};
  std::vector<std::string> values{};  ///< one for is, contains, matches (RE2), domain, before, after
  std::vector<std::string> folded{};  ///< the same as they are compared, when somebody has taken the trouble
};

/// How long the owner of a rule's lead may take, in working time of his calendar; 0: as long as he likes.
struct ServiceLevel {
  enum class Then { warn, escalate, reassign, offer };
  std::chrono::minutes acknowledge{0};   ///< to do anything at all with it
  std::chrono::minutes first_answer{0};  ///< to answer what the prospect wrote first
  std::chrono::minutes answer{0};        ///< to answer what he wrote later
  std::chrono::minutes warn_before{0};   ///< so long before one of them ends its owner is reminded; 0: not at all
  Then then = Then::escalate;

  [[nodiscard]] bool is_set() const { return acknowledge.count() + first_answer.count() + answer.count() > 0; }
};

struct AssignRule {
  enum class Strategy { user, round_robin, weighted, least_open, quota, field, branch, sticky, offer };
  enum class WhenAway {
    unsaid,    ///< new leads as reassign, mail on leads he has as deputy
    wait,      ///< until he is back
    deputy,    ///< whom his absence names
    reassign,  ///< another one of the rule, or the next rule
  };
  enum class Hours { prefer, only, ignore };  ///< who works at this hour: first, alone, or no matter
  enum class SameAs { person_or_organisation, person, organisation, customer };

  std::string name{};
  int priority = 0;  ///< lower comes first; equal: order in the file
  Condition when{};
  Strategy strategy = Strategy::user;
  std::vector<std::string> users{};     ///< user ids; a team is expanded by the config reader
  std::map<std::string, int> shares{};  ///< weighted: other weights than the users' own; quota: leads a month
  std::string field{};                  ///< of field: names a user by id, name or address
  std::vector<std::string> branches{};  ///< of branch: ids; empty: all
  std::string team{};                   ///< of offer
  SameAs same_as = SameAs::person_or_organisation;  ///< of sticky
  WhenAway when_away = WhenAway::unsaid;
  Hours hours = Hours::prefer;
  ServiceLevel level{};
  std::optional<Condition> unassign_when{};  ///< its owner loses the lead
  std::optional<Condition> close_when{};     ///< nothing more is to be done: nothing is owed, nobody is reminded
};

class RuleIndex;

/// Keys that sign our tokens, newest first; two while rotating.
struct TokenKeys {
  struct Key {
    std::uint8_t id = 0;
    std::string secret{};  ///< 32 bytes
  };
  std::vector<Key> keys{};
};

/// When the summary goes out, in the local time of its reader ([digest]).
struct DigestTimes {
  bool daily = true;   ///< every working day
  bool weekly = true;  ///< on the first working day of a week, instead of the daily one
  bool teams = true;   ///< to the lead of a team about all of it, and to managers about all teams
  std::chrono::minutes at{8 * 60};
};

struct Rules {
  std::string company{};
  std::string timezone{"UTC"};
  std::string language{"en"};
  std::vector<User> users{};
  std::vector<Team> teams{};
  std::vector<Mailbox> mailboxes{};
  std::vector<AssignRule> assign{};
  std::shared_ptr<const RuleIndex> index{};  ///< of `assign` as it stands; nothing: all are looked at (rule_index.h)
  bool explains = false;                     ///< keep what every rule saw, also those behind the one that decided
  std::vector<Branch> branches{};
  WorkingHours hours{};                                 ///< the company's
  std::vector<std::chrono::year_month_day> holidays{};  ///< the company's
  RecordSpec record{};                                  ///< what is kept of a lead
  std::vector<std::string> admins{};                    ///< addresses for alerts and the holding list
  std::chrono::minutes held_at{9 * 60};                 ///< when the holding list goes out, company time
  TokenKeys tokens{};
  int max_acknowledgements_a_day = 200;           ///< the global budget for automatic mail to people who are not users
  int max_acknowledgements_a_day_to_domain = 50;  ///< of them, to one domain; free-mail providers excepted
  std::chrono::days subject_window{30};
  std::chrono::days close_after{30};  ///< Replied, and nobody has heard since: its owner is asked; 0: never
  DigestTimes digest{};
  std::chrono::minutes escalate_after{0};  ///< working time that a reminder may be left alone; 0: for ever
  bool accepts_guest_times = false;        ///< a guest's other time is taken over when the rep works then
  std::string unsubscribe_url{};           ///< https, of the company: takes one-click requests of newsletters; "" none

  [[nodiscard]] const User* user(std::string_view id) const;  ///< by id, any case
  [[nodiscard]] const User* user_with_address(std::string_view address) const;
  [[nodiscard]] const Mailbox* mailbox(std::string_view mailbox_name) const;
  /// One of our own addresses, plus-tags ignored.
  [[nodiscard]] const Mailbox* mailbox_with_address(std::string_view address) const;
};

}  // namespace leadmail::leads
