// One mail's commands while they are carried out: who, on which lead, and what has come of it. Internal to the
// executing files.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/leads/execute.h"
#include "core/leads/phrases.h"
#include "core/leads/when.h"

namespace leadmail::leads {

struct Turn {
  const User& user;
  Plan& plan;
  std::string& below;  ///< the text under the commands
  const Circumstances& around;
  Executed result{};
  int lists_told = 0;
  bool opened = false;  ///< by #new

  [[nodiscard]] std::string_view language() const { return user.language; }
  [[nodiscard]] const Lead& lead() const { return plan.lead(); }
  [[nodiscard]] bool is_refused() const { return !result.refused.empty(); }

  void refuse(std::string why) { result.refused = std::move(why); }
  void refuse(Phrase phrase, std::initializer_list<std::string_view> arguments = {}) {
    refuse(say(phrase, language(), arguments));
  }
  /// "#next needs more: #next tomorrow 10:00 …"
  void refuse_short(Verb verb);

  /// A line of the answer. Values as the lead keeps them; who writes the letter spells them for its reader.
  void changed(std::string field, std::string before, std::string after) {
    result.results.push_back({std::move(field), std::move(before), std::move(after)});
  }
  /// A sentence of the answer beside the lines.
  void say_also(const std::string& sentence) { result.text += (result.text.empty() ? "" : "\n") + sentence; }
  /// Records one event that sets these values, and tells of each that changed. False: nothing changed.
  bool set(Verb verb, EventType type, const Values& values, std::string text = {});
};

/// "command #next in message <id>": the cause of the events of one command.
std::string cause_of(Verb verb, const Plan& plan);

/// When the user writes a date: in his zone and language, counted from when he wrote; `is_duration`: "2h" is in two
/// hours.
WhenContext context_for(const Turn& turn, bool is_duration);

/// "2026-12-03 10:00 America/Mexico_City"
std::string local_words(Time at, const User& user);

/// "until 3 Dec", "hasta el lunes": without the word that leads it in.
std::string_view behind_until(std::string_view text);

/// Whether a time of day stands in what is left behind `when`, which did not take it; then it is refused.
bool leaves_a_time(Turn& turn, const When& when, std::string_view rest);

/// Whether words that say more of the date begin or end what is left behind it; then it is refused.
bool leaves_a_date(Turn& turn, const When& when, std::string_view rest);

/// "not yet", "todavía no", "không": who says so does not want it done. "not interested", "no quiere" is a reason.
bool is_taken_back(std::string_view text);

/// Without the dash, comma or colon that parts it from what stands before.
std::string_view behind_dash(std::string_view text);

/// Is the word one of these, which are folded? Case and accents of `word` do not matter.
bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);

void do_next(Turn& turn, const Command& command);
void do_snooze(Turn& turn, const Command& command);
/// Ends the next contact, with CANCEL; refused when there is none.
void clear_next(Turn& turn, Verb verb);

void do_status(Turn& turn, const Command& command);
void do_assign(Turn& turn, const Command& command);
void do_note(Turn& turn, const Command& command);
void file_attachments(Turn& turn, Verb verb);
void do_dnc(Turn& turn, const Command& command);

void do_set(Turn& turn, const Command& command);
void do_tag(Turn& turn, const Command& command);
void do_contact(Turn& turn, const Command& command);
void do_address(Turn& turn, const Command& command);

void do_qualify(Turn& turn, const Command& command);
void do_score(Turn& turn, const Command& command);
void do_step(Turn& turn, const Command& command);

void do_new(Turn& turn, const Command& command);
void do_claim(Turn& turn, const Command& command);
void do_event(Turn& turn, const Command& command);
void do_away(Turn& turn, const Command& command);

void do_show(Turn& turn, const Command& command);
void do_list(Turn& turn, const Command& command);
void do_find(Turn& turn, const Command& command);

void do_merge(Turn& turn, const Command& command);
void do_split(Turn& turn);
void do_move(Turn& turn, const Command& command);
void do_undo(Turn& turn, const Command& command);

/// A new name for an entry of calendars; `which` tells those of one lead apart.
std::string calendar_uid(const Plan& plan, std::string_view what, std::string_view which);
/// REQUEST or CANCEL for the next contact as it stands, or stood.
void send_invitation(Plan& plan, const NextContact& next, bool cancels);
/// REQUEST or CANCEL for a meeting: to who is there for us and, when `guest` is an address, to him.
void send_meeting(Plan& plan, const Meeting& meeting, const Person* guest, bool cancels);

/// The number of an event of the lead at the front of `rest`, which is taken off; nothing when there stands none.
std::optional<int> meeting_named(std::string_view& rest, const Lead& lead);
/// "#event 2 tomorrow 11:00", "#event 2 cancel", "#event 2 keep".
void change_event(Turn& turn, int number, std::string_view rest);
/// Takes off the answer what people are not shown.
void leave_out_marks(Turn& turn, int number);
/// "1h", "90 min", "half an hour": taken off the front of `rest`.
std::optional<std::chrono::minutes> take_length(std::string_view& rest);

/// Whether all is answered and filled in that the config wants before an opportunity; else refused.
bool is_qualified(Turn& turn);
void do_opportunity(Turn& turn, const Command& command);
void do_stage(Turn& turn, const Command& command);
void do_quote(Turn& turn, const Command& command);
void do_lost(Turn& turn, const Command& command);
void do_won(Turn& turn, const Command& command);
void do_order(Turn& turn, const Command& command);
void do_customer(Turn& turn, const Command& command);

}  // namespace leadmail::leads
