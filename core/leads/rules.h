// What the company decided: people, mailboxes, who gets what. An immutable value made from the config; a reload makes a
// new one.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
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
  std::vector<std::chrono::year_month_day> holidays{};
  std::vector<Absence> away{};
};

struct Team {
  std::string id{};
  std::vector<std::string> members{};
  std::string lead{};
};

enum class KnownSender { join, open_new, ask };

/// One shared mailbox as the rules see it: no servers, no passwords.
struct Mailbox {
  std::string name{};
  std::string address{};
  std::vector<std::string> aliases{};
  bool plus_addressing = true;
  bool transport_auth_required = true;  ///< false: transport_auth = "none", so a token is needed for everything
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
};

struct AssignRule {
  enum class Strategy { user, round_robin, sticky };
  std::string name{};
  int priority = 0;  ///< lower comes first; equal: order in the file
  Condition when{};
  Strategy strategy = Strategy::user;
  std::vector<std::string> users{};  ///< user ids; a team is expanded by the config reader
};

/// Keys that sign our tokens, newest first; two while rotating.
struct TokenKeys {
  struct Key {
    std::uint8_t id = 0;
    std::string secret{};  ///< 32 bytes
  };
  std::vector<Key> keys{};
};

struct Rules {
  std::string company{};
  std::string timezone{"UTC"};
  std::string language{"en"};
  std::vector<User> users{};
  std::vector<Team> teams{};
  std::vector<Mailbox> mailboxes{};
  std::vector<AssignRule> assign{};
  RecordSpec record{};                   ///< what is kept of a lead
  std::vector<std::string> admins{};     ///< addresses for alerts and the holding list
  std::chrono::minutes held_at{9 * 60};  ///< when the holding list goes out, company time
  TokenKeys tokens{};
  int max_acknowledgements_a_day = 200;           ///< the global budget for automatic mail to people who are not users
  int max_acknowledgements_a_day_to_domain = 50;  ///< of them, to one domain; free-mail providers excepted
  std::chrono::days subject_window{30};
  std::chrono::days close_after{30};  ///< Replied, and nobody has heard since: its owner is asked; 0: never
  std::string unsubscribe_url{};      ///< https, of the company: takes one-click requests of newsletters; "" none

  [[nodiscard]] const User* user(std::string_view id) const;  ///< by id, any case
  [[nodiscard]] const User* user_with_address(std::string_view address) const;
  [[nodiscard]] const Mailbox* mailbox(std::string_view mailbox_name) const;
  /// One of our own addresses, plus-tags ignored.
  [[nodiscard]] const Mailbox* mailbox_with_address(std::string_view address) const;
};

}  // namespace leadmail::leads
