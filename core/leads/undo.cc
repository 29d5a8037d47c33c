#include "core/leads/undo.h"

#include <algorithm>
#include <set>

#include "core/leads/calendar.h"
#include "core/leads/phrases.h"
#include "core/leads/reminding.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

/// Values that follow from what happens and that nobody gives a command for: they go back where they still stand, and
/// keep nobody from anything.
bool is_soft(std::string_view field) {
  return field == "owed" || field == "by_hand" || field.starts_with("last.") || field.starts_with("sla.") ||
         field.ends_with(".sequence") || field.ends_with(".uid") || field.ends_with("answer") ||
         field.ends_with(".proposed");
}

/// Invitations count on and keep their names, whatever is taken back. RFC 5546 §2.1.4
bool only_rises(std::string_view field) { return field.ends_with(".sequence") || field.ends_with(".uid"); }

/// What a deed did to one lead: each value with how it was before all of it and after.
struct Part {
  const Lead* lead = nullptr;
  std::vector<Change> changes{};
  bool opened = false;
};

std::string label(const User& user, const Plan& plan, std::string_view field) {
  auto text = value_label(field, user.language, plan.rules().record);
  return text.empty() ? std::string(field) : text;
}

/// "luis, 2026-12-03 10:00": who did it and when.
std::string who_and_when(const Event& event, const User& user, const Rules& rules) {
  const auto* const who = rules.user(event.by);
  return (who == nullptr ? event.by : who->name) + ", " + local_words(event.at, user);
}

/// "#quote", or what the event says of itself.
std::string words_of(const Event& event) {
  constexpr std::string_view kCommand = "command ";
  if (event.cause.starts_with(kCommand))
    return event.cause.substr(kCommand.size(), event.cause.find(" in ") - kCommand.size());
  return one_line(event.text.empty() ? event.cause : event.text, 80);
}

class Undoing {
 public:
  Undoing(Plan& plan, const Deed& deed, const User& user) : plan_(plan), deed_(deed), user_(user) {}

  Undone run() {
    for (const auto& [id, lead] : deed_.leads) {
      auto part = part_of(id, lead);
      if (!check(id, part)) return std::move(undone_);
      parts_.push_back(std::move(part));
    }
    plan_.add(EndDeed{deed_.number});
    cancel_mails();
    for (const auto& part : parts_) {
      plan_.begin(*part.lead);
      take_back(part);
    }
    return std::move(undone_);
  }

 private:
  /// An answer that has left stays written; what followed from it stays true.
  [[nodiscard]] bool stands(const Event& event) const {
    return event.type == EventType::mail_out &&
           std::ranges::any_of(deed_.mails, [](const DeedMail& mail) { return mail.kind == "answer" && !mail.waits; });
  }

  [[nodiscard]] Part part_of(LeadId id, const Lead& lead) const {
    Part part{.lead = &lead};
    bool answered = false;
    for (const auto& [on, event] : deed_.done) {
      if (on != id) continue;
      if (event.type == EventType::captured) part.opened = true;
      answered = answered || stands(event);
      // Status and debt that an answer has settled are told in the event behind it.
      const bool follows = answered && event.cause.find("command ") == std::string::npos;
      if (follows) continue;
      for (const auto& change : event.changes) {
        const auto known = std::ranges::find(part.changes, change.field, &Change::field);
        if (known == part.changes.end()) {
          part.changes.push_back(change);
        } else {
          known->after = change.after;
        }
      }
    }
    std::erase_if(part.changes, [](const Change& change) { return change.before == change.after; });
    return part;
  }

  /// Does anything depend on it? Then `refused` says what.
  bool check(LeadId id, const Part& part) {
    const auto later = [&](const Deed::Done& done) { return done.lead == id; };
    if (part.opened) {
      const auto found = std::ranges::find_if(deed_.later, later);
      if (found != deed_.later.end()) return refuse(to_string(id), found->event);
    }
    for (const auto& change : part.changes) {
      if (is_soft(change.field) || part.lead->value(change.field) == change.after) continue;
      const Event* last = nullptr;
      for (const auto& done : deed_.later) {
        const auto touches = [&](const Change& other) { return other.field == change.field; };
        if (later(done) && std::ranges::any_of(done.event.changes, touches)) last = &done.event;
      }
      return refuse(label(user_, plan_, change.field), last == nullptr ? Event{} : *last);
    }
    return check_deals(id, part);
  }

  /// A quotation stands on its opportunity, an order on its quotation, whatever their own values say.
  bool check_deals(LeadId id, const Part& part) {
    const auto makes = [&](std::string_view what) {
      return std::ranges::any_of(
          part.changes, [&](const Change& change) { return change.before.empty() && change.field.starts_with(what); });
    };
    std::vector<std::string_view> above;
    if (makes("opportunity.")) above = {"quotation.", "order."};
    if (makes("quotation.")) above = {"order."};
    for (const auto what : above) {
      for (auto value = part.lead->values.lower_bound(what);
           value != part.lead->values.end() && value->first.starts_with(what); ++value) {
        if (std::ranges::find(part.changes, value->first, &Change::field) != part.changes.end()) continue;
        const auto sets = [&](const Deed::Done& done) {
          return done.lead == id &&
                 std::ranges::find(done.event.changes, value->first, &Change::field) != done.event.changes.end();
        };
        const auto found = std::ranges::find_if(deed_.later, sets);
        if (found != deed_.later.end()) return refuse(label(user_, plan_, value->first), found->event);
      }
    }
    return true;
  }

  bool refuse(const std::string& what, const Event& later) {
    undone_.refused =
        say(Phrase::undo_depends, user_.language, {what, words_of(later), who_and_when(later, user_, plan_.rules())});
    return false;
  }

  void cancel_mails() {
    std::string left;
    for (const auto& mail : deed_.mails) {
      if (mail.kind == "result" || mail.kind == "show" || mail.kind == "list") continue;
      if (mail.waits) {
        plan_.add(CancelMail{mail.id});
      } else if (mail.kind != "invitation" && mail.kind != "meeting") {
        left += (left.empty() ? "" : "; ") + mail.kind + " -> " + mail.to;
      }
    }
    if (!left.empty()) undone_.text = say(Phrase::undo_delivered, user_.language, {left});
  }

  [[nodiscard]] bool has_left(std::string_view kind) const {
    return std::ranges::any_of(deed_.mails, [&](const DeedMail& mail) { return mail.kind == kind && !mail.waits; });
  }

  /// Whether calendars know of it: a mail of the deed has left, or others have been written since, which belong to no
  /// deed or to another one and go out by themselves. Else what they say is what they said before it.
  [[nodiscard]] bool is_told(std::string_view kind, const Part& part, std::string_view sequence) const {
    if (has_left(kind)) return true;
    std::string_view last;
    for (const auto& [on, event] : deed_.done) {
      const auto found = std::ranges::find(event.changes, sequence, &Change::field);
      if (on == part.lead->id && found != event.changes.end()) last = found->after;
    }
    return !last.empty() && part.lead->value(sequence) != last;
  }

  void take_back(const Part& part) {
    const auto next_before = part.lead->next();
    Values values;
    for (const auto& change : part.changes) {
      if (only_rises(change.field) || part.lead->value(change.field) != change.after) continue;
      values.emplace_back(change.field, change.before);
      if (!is_soft(change.field)) undone_.results.push_back({change.field, change.after, change.before});
    }
    if (part.opened) values.emplace_back("withdrawn", "yes");
    const auto meetings = meetings_of(part);
    const auto moved = moved_meetings(part);
    for (const auto& [n, rises_to] : moved) values.emplace_back(meeting_field(n, "sequence"), std::to_string(rises_to));
    Lead then = *part.lead;
    fold(then, Event{.changes = changes_of(*part.lead, values)});
    const auto next = then.next();
    const bool moves = next_changes(next_before, next);
    const auto sequence = next_before ? next_before->sequence + 1 : next ? next->sequence + 1 : 0;
    if (moves) values.emplace_back("next.sequence", std::to_string(sequence));
    plan_.record({.type = EventType::undone, .by = user_.id, .text = deed_.verbs}, values);
    if (moves) restore_next(next_before, next, sequence, is_told("invitation", part, "next.sequence"));
    for (const auto& meeting : meetings) {
      if (is_told("meeting", part, meeting_field(meeting.number, "sequence"))) cancel_meeting(*part.lead, meeting);
    }
    for (const auto& one : moved) {
      if (is_told("meeting", part, meeting_field(one.first, "sequence"))) restore_meeting(one.first);
    }
  }

  static std::vector<Change> changes_of(const Lead& lead, const Values& values) {
    std::vector<Change> changes;
    for (const auto& [field, value] : values) changes.push_back(change(lead, field, value));
    return changes;
  }

  static bool next_changes(const std::optional<NextContact>& before, const std::optional<NextContact>& after) {
    if (before.has_value() != after.has_value()) return true;
    return before && (before->at != after->at || before->by != after->by || before->note != after->note);
  }

  void restore_next(const std::optional<NextContact>& before, std::optional<NextContact> after, std::int64_t sequence,
                    bool told) {
    plan_.cancel_reminders();
    if (after) after->sequence = sequence;
    if (told && before && (!after || after->by != before->by)) {
      auto cancelled = *before;
      cancelled.sequence = sequence;
      send_invitation(plan_, cancelled, true);
    }
    if (!after) return;
    // Also when it is past by now: what was put off is where it was, and so is its entry.
    remind_again(plan_, *after);
    if (told) send_invitation(plan_, *after, false);
  }

  /// Meetings that the deed made.
  static std::vector<Meeting> meetings_of(const Part& part) {
    std::vector<Meeting> meetings;
    for (const auto& change : part.changes) {
      if (!change.field.starts_with("event.") || !change.field.ends_with(".at") || !change.before.empty()) continue;
      if (auto meeting = meeting_of(*part.lead, std::atoi(change.field.c_str() + 6))) meetings.push_back(*meeting);
    }
    return meetings;
  }

  /// Those that it moved or called off, with the SEQUENCE under which they stand again.
  static std::vector<std::pair<int, std::int64_t>> moved_meetings(const Part& part) {
    std::vector<std::pair<int, std::int64_t>> moved;
    for (const auto& change : part.changes) {
      if (!change.field.starts_with("event.") || !change.field.ends_with(".at") || change.before.empty()) continue;
      const auto number = std::atoi(change.field.c_str() + 6);
      moved.emplace_back(number,
                         std::atoll(std::string(part.lead->value(meeting_field(number, "sequence"))).c_str()) + 1);
    }
    return moved;
  }

  void restore_meeting(int number) {
    const auto meeting = meeting_of(plan_.lead(), number);
    if (!meeting) return;
    const auto guest = guest_of_meeting(plan_.lead(), number);
    send_meeting(plan_, *meeting, guest ? &*guest : nullptr, false);
  }

  void cancel_meeting(const Lead& lead, Meeting meeting) {
    ++meeting.sequence;
    const auto guest = std::string(lead.value("event." + std::to_string(meeting.number) + ".guest"));
    const Person person{std::string(lead.value("name")), guest};
    send_meeting(plan_, meeting, guest.empty() ? nullptr : &person, true);
  }

  Plan& plan_;
  const Deed& deed_;
  const User& user_;
  std::vector<Part> parts_{};
  Undone undone_{};
};

}  // namespace

Undone undo(Plan& plan, const Deed& deed, const User& user) { return Undoing(plan, deed, user).run(); }

}  // namespace leadmail::leads
