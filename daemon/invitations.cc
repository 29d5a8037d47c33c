#include "daemon/invitations.h"

#include <algorithm>

#include "core/leads/meeting.h"
#include "daemon/labels.h"

namespace leadmail::daemon {
namespace {

namespace message = mail::message;
using leads::LetterKind;

constexpr std::chrono::minutes kContact{30};
constexpr std::chrono::days kPast{30};  // what is older leaves the calendar

std::string who_of(const leads::Lead& lead) {
  auto who = std::string(lead.value("name"));
  const auto company = lead.value("company");
  if (!company.empty() && company != who) who += (who.empty() ? "" : ", ") + std::string(company);
  return who.empty() ? to_string(lead.id) : who + " (" + to_string(lead.id) + ")";
}

message::Invitation entry_of(const leads::Lead& lead, const leads::NextContact& next, Time stamp) {
  message::Invitation entry;
  entry.uid = next.uid.empty() ? "next." + to_string(lead.id) + "." + next.by : next.uid;
  entry.sequence = next.sequence;
  entry.stamp = stamp;
  entry.start = next.at;
  entry.length = kContact;
  return entry;
}

message::Invitation entry_of(const leads::Lead& lead, const leads::Meeting& meeting, Time stamp) {
  message::Invitation entry;
  entry.uid = meeting.uid.empty() ? "event." + to_string(lead.id) + "." + std::to_string(meeting.number) : meeting.uid;
  entry.sequence = meeting.sequence;
  entry.stamp = stamp;
  entry.start = meeting.at;
  entry.length = meeting.length;
  entry.location = meeting.place;
  return entry;
}

/// What is kept without a name of its own is told apart by the company.
void complete_uid(std::string& uid, std::string_view address) {
  if (uid.find('@') == std::string::npos) uid += "@" + std::string(address.substr(address.find('@') + 1));
}

}  // namespace

CalendarObject calendar_object(const leads::Letter& letter, const leads::Lead* lead, const message::Draft& draft,
                               std::string_view zone, Time now) {
  const bool is_next = letter.kind == LetterKind::invitation && letter.next;
  const bool is_meeting = letter.kind == LetterKind::meeting && letter.meeting;
  if (lead == nullptr || (!is_next && !is_meeting)) return {};
  auto invitation = is_next ? entry_of(*lead, *letter.next, now) : entry_of(*lead, *letter.meeting, now);
  complete_uid(invitation.uid, draft.from.address);
  invitation.method = letter.counter ? "DECLINECOUNTER" : letter.cancels ? "CANCEL" : "REQUEST";
  if (letter.counter) invitation.start = *letter.counter;
  invitation.zone = zone;
  invitation.summary = draft.subject;
  invitation.description = draft.text;
  invitation.organizer = draft.from;
  invitation.attendee = draft.to.front();
  return {invitation.method, invitation.uid, message::to_icalendar(invitation)};
}

std::string user_calendar(const leads::User& user, const std::vector<leads::Lead>& leads, const leads::Rules& rules,
                          Time now) {
  std::vector<message::Invitation> entries;
  const auto add = [&](message::Invitation entry, std::string summary) {
    if (entry.start < now - kPast) return;
    complete_uid(entry.uid, rules.mailboxes.empty() ? user.addresses.front() : rules.mailboxes.front().address);
    entry.summary = std::move(summary);
    entries.push_back(std::move(entry));
  };
  for (const auto& lead : leads) {
    // The stamp is the entry's own, so that the same entries are the same file.
    if (const auto next = lead.next(); next && next->by == user.id) {
      const auto label = label_of("next.at", user.language, rules.record);
      add(entry_of(lead, *next, lead.created), label + ": " + who_of(lead));
    }
    for (const auto& meeting : leads::meetings_of(lead)) {
      if (meeting.by != user.id) continue;
      const auto kind = spell_value("event.1.kind", meeting.kind, user.language, user.timezone);
      add(entry_of(lead, meeting, lead.created), kind + ": " + who_of(lead));
    }
  }
  std::ranges::stable_sort(entries, {},
                           [](const message::Invitation& entry) { return std::pair(entry.start, entry.uid); });
  return message::to_icalendar(rules.company + ": " + user.name, entries);
}

}  // namespace leadmail::daemon
