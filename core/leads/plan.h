// A decision in the making: collects effects, keeps the lead as they leave it, and fills in what every letter and event
// of one decision have in common. Internal to the deciding files.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/leads/decide.h"
#include "core/leads/transition.h"

namespace leadmail::leads {

using Values = std::vector<std::pair<std::string, std::string>>;  ///< field, new value ("": none)

/// What all effects of one decision share.
struct Occasion {
  Time now{};
  Time at{};              ///< of the events: when the mail came, or now
  Time written{};         ///< from when its writer counts "tomorrow"; none: now
  std::string key{};      ///< makes the causes of its letters unique: the fingerprint
  std::string cause{};    ///< of its events: "message <id>"
  std::string mailbox{};  ///< which account sends its letters
  bool silent = false;    ///< history: no letter, no reminder
};

class Plan {
 public:
  Plan(const Rules& rules, Occasion occasion) : rules_(rules), occasion_(std::move(occasion)) {}

  /// Opens a new lead; first of all effects.
  void open();
  /// All that follows is about this lead.
  void begin(const Lead& lead);

  [[nodiscard]] const Rules& rules() const { return rules_; }
  [[nodiscard]] const Occasion& occasion() const { return occasion_; }
  [[nodiscard]] Time now() const { return occasion_.now; }
  /// When it was written what the plan comes from; now where nobody wrote.
  [[nodiscard]] Time written() const { return occasion_.written == Time{} ? occasion_.now : occasion_.written; }
  [[nodiscard]] bool has_lead() const { return has_lead_; }
  [[nodiscard]] const Lead& lead() const { return lead_; }  ///< as the effects so far leave it
  [[nodiscard]] const User* owner() const { return rules_.user(lead_.owner()); }
  [[nodiscard]] std::vector<Evidence>& evidence() { return decision_.evidence; }

  /// In what language the prospect is written to: the one he writes, where we speak it, else the mailbox's.
  [[nodiscard]] std::string language_of_prospect() const { return language_outside(occasion_.mailbox); }

  void saw(std::string step, std::string found, bool decisive = false);

  /// Adds the event with those of `values` that change something. Time, and cause when it has none, are filled in.
  void record(Event event, const Values& values = {});
  /// An event that is only worth telling when one of `values` changes something. True when it was recorded.
  bool record_change(Event event, const Values& values);

  /// To `wanted` where mail may set the status at all, and whether the prospect waits for an answer. docs/crm.md
  /// 3
  void move_status(const std::string& by, Status wanted, bool owed, const std::string& why);

  /// Nobody is reminded of what was answered or moved.
  void cancel_reminders();
  /// Of a next contact at `due`, to be said in his working hours.
  void plan_reminder(Time due, const User& user);
  void mark_address(const std::string& address, bool dead, const std::string& why);

  /// What somebody else decided, as it is; the plan goes on about its lead as those effects leave it.
  void adopt(Decision decision);
  [[nodiscard]] const std::vector<Effect>& effects() const { return decision_.effects; }
  /// Takes back the effect at that place.
  void drop(std::size_t place) {
    decision_.effects.erase(decision_.effects.begin() + static_cast<std::ptrdiff_t>(place));
  }

  /// Any other effect, as it is.
  void add(Effect effect) { decision_.effects.push_back(std::move(effect)); }

  /// Fills in cause, mailbox, lead and language as far as the letter has none. Nothing is sent on a silent occasion.
  void send(Letter letter);

  /// The same for a letter that is about another lead than the plan, or about none.
  void send_about(Letter letter);

  /// The decision; the plan is empty afterwards.
  [[nodiscard]] Decision finish(Outcome outcome, std::string reason);

 private:
  [[nodiscard]] LeadRef ref() const;
  void follow();
  void tell_departments();
  [[nodiscard]] std::string language_for(const Letter& letter) const;
  [[nodiscard]] std::string language_outside(const std::string& mailbox_name) const;

  const Rules& rules_;
  Occasion occasion_;
  Decision decision_{};
  Lead lead_{};
  Lead before_{};                     // as it was when the plan turned to it
  std::vector<std::string> acted_{};  // users who did something on it
  bool has_lead_ = false;
  std::vector<Status> reached_{};  // by the effects, one after the other
};

}  // namespace leadmail::leads
