#include "core/leads/match.h"

#include <algorithm>
#include <charconv>

#include "core/leads/organisation.h"

namespace leadmail::leads {
namespace {

const Lead* find_lead(const std::vector<Lead>& leads, LeadId id) {
  const auto found = std::ranges::find(leads, id, &Lead::id);
  return found == leads.end() ? nullptr : &*found;
}

Time last_mail(const Lead& lead) {
  const auto text = lead.value("last.at");
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failed == std::errc{} && !text.empty() ? from_unix(value) : lead.created;
}

std::optional<Found> match_tag(const Inquiry& inquiry, const Person& writer, const Snapshot& known,
                               const Rules& rules) {
  const auto id = lead_in_subject(inquiry.subject, rules.tokens);
  const auto* const lead = id ? find_lead(known.by_token, *id) : nullptr;
  if (lead == nullptr || !is_participant(*lead, writer.address)) return std::nullopt;
  return Found{.lead = lead, .step = "thread: subject tag", .what = to_string(*id) + ", of " + writer.address};
}

std::optional<Found> match_subject(const Inquiry& inquiry, const Person& writer, const Snapshot& known,
                                   const Rules& rules) {
  if (inquiry.subject_key.empty()) return std::nullopt;
  // A colleague joins by answering; his own first mail under a usual subject ("Quotation") is an inquiry of its own.
  const bool answers = !inquiry.in_reply_to.empty() || !inquiry.references.empty();
  const auto fits = [&](const Lead& lead) {
    return (lead.is_contact(writer.address) || (answers && is_participant(lead, writer.address))) && !is_over(lead) &&
           inquiry.received - last_mail(lead) <= rules.subject_window;
  };
  const auto found = std::ranges::find_if(known.by_subject, fits);
  if (found == known.by_subject.end()) return std::nullopt;
  return Found{.lead = &*found, .step = "thread: subject", .what = "same subject, of participant " + writer.address};
}

/// The writer is a contact: of one open lead, of several, or of one that must not be contacted.
std::optional<Found> match_sender(const Inquiry& inquiry, const Person& writer, const Snapshot& known,
                                  const Rules& rules) {
  std::vector<const Lead*> open;
  for (const auto& lead : known.by_address) {
    if (!is_over(lead) && lead.is_contact(writer.address)) open.push_back(&lead);
  }
  if (open.empty()) return std::nullopt;

  const auto* const mailbox = rules.mailbox(inquiry.mailbox);
  const auto policy = mailbox == nullptr ? KnownSender::join : mailbox->known_sender;
  const bool must_not_contact = open.front()->status() == Status::do_not_contact;
  if (policy == KnownSender::open_new && !must_not_contact) return std::nullopt;

  Found found{.lead = open.front(), .step = "known sender", .what = writer.address + " is a contact"};
  found.by_sender_only = true;
  if (open.size() > 1 || (policy == KnownSender::ask && !must_not_contact)) {
    for (const auto* const lead : open) found.candidates.push_back(lead->id);
  }
  return found;
}

}  // namespace

bool is_over(const Lead& lead) { return lead.status() == Status::converted || lead.status() == Status::lost_quotation; }

const Lead* predecessor(const Snapshot& known) {
  const auto found = std::ranges::find_if(known.by_address, is_over);
  return found == known.by_address.end() ? nullptr : &*found;
}

std::vector<VerifiedToken> verified_tokens(const Inquiry& inquiry, std::string_view user, const Rules& rules,
                                           Time now) {
  std::vector<VerifiedToken> verified;
  for (const auto& candidate : find_tokens(inquiry)) {
    const auto accept = [&](std::string_view whose, std::string_view mailbox) {
      const auto token = verify_token(candidate.text, whose, mailbox, rules.tokens, now);
      if (token) verified.push_back({*token, candidate.where});
      return token.has_value();
    };
    if (!user.empty() && accept(user, inquiry.mailbox)) continue;
    // A prospect may answer to one of our mailboxes what another one wrote: his token names the thread in all of them.
    for (const auto& mailbox : rules.mailboxes) {
      if (accept({}, mailbox.name)) break;
    }
  }
  return verified;
}

std::optional<Found> match_thread(const Inquiry& inquiry, std::string_view user, const Snapshot& known,
                                  const Rules& rules, Time now) {
  for (const auto& [token, where] : verified_tokens(inquiry, user, rules, now)) {
    const auto* const lead = find_lead(known.by_token, token.lead);
    if (lead == nullptr) continue;
    return Found{.lead = lead, .step = "thread: token", .what = "ours, in " + where, .by_thread = true};
  }
  if (!known.by_message_id.empty()) {
    const auto& first = known.by_message_id.front();
    return Found{.lead = &first.lead, .step = "thread: message-id", .what = first.message_id, .by_thread = true};
  }
  return std::nullopt;
}

std::optional<Found> match(const Inquiry& inquiry, const Person& writer, const Snapshot& known, const Rules& rules,
                           Time now) {
  if (auto found = match_thread(inquiry, {}, known, rules, now)) return found;
  if (auto found = match_tag(inquiry, writer, known, rules)) return found;
  if (auto found = match_subject(inquiry, writer, known, rules)) return found;
  return match_sender(inquiry, writer, known, rules);
}

}  // namespace leadmail::leads
