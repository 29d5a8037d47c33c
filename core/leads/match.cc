#include "core/leads/match.h"

#include <algorithm>
#include <charconv>

#include "core/base/machine_address.h"
#include "core/leads/address.h"
#include "core/leads/organisation.h"

namespace leadmail::leads {
namespace {

Time last_mail(const Lead& lead) {
  const auto text = lead.value("last.at");
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failed == std::errc{} && !text.empty() ? from_unix(value) : lead.created;
}

/// Its own id is looked up as well, and tells something else.
bool refers_to(const Inquiry& inquiry, std::string_view message_id) {
  return message_id != inquiry.message_id ||
         std::ranges::find(inquiry.in_reply_to, message_id) != inquiry.in_reply_to.end() ||
         std::ranges::find(inquiry.references, message_id) != inquiry.references.end();
}

std::optional<Found> by_token(const Inquiry& inquiry, std::string_view user, const Snapshot& known, const Rules& rules,
                              Time now) {
  for (const auto& [token, where] : verified_tokens(inquiry, user, rules, now)) {
    if (const auto* const lead = known.named(token.lead)) {
      return Found{.lead = lead, .step = "thread: token", .what = "ours, in " + where, .by_thread = true};
    }
  }
  return std::nullopt;
}

/// One message before the evidence: each kind is a function that answers what it finds.
class Weighing {
 public:
  Weighing(const Inquiry& inquiry, const Person& writer, const Snapshot& known, const Rules& rules, Time now)
      : inquiry_(inquiry), writer_(writer), known_(known), rules_(rules), now_(now) {}

  Weighed weigh() {
    for (const auto look : {&Weighing::pinned, &Weighing::token, &Weighing::message_id, &Weighing::tag,
                            &Weighing::conversation, &Weighing::subject, &Weighing::same_id, &Weighing::sender}) {
      auto found = (this->*look)();
      if (!found) continue;
      if (weighed_.found) {
        note(found->step, found->what + " -> " + to_string(found->lead->id));
      } else {
        weighed_.found = correct(std::move(*found));
      }
    }
    return std::move(weighed_);
  }

 private:
  void note(std::string step, std::string what) { weighed_.looked_at.push_back({std::move(step), std::move(what)}); }

  [[nodiscard]] bool is_participant_of(const Lead& lead) const { return is_participant(lead, writer_.address); }

  /// A person said so. Nothing outranks that.
  std::optional<Found> pinned() {
    const auto pinned = std::ranges::find_if(known_.by_message_id, &Match::is_pinned);
    if (pinned == known_.by_message_id.end()) return std::nullopt;
    return Found{.lead = &pinned->lead,
                 .step = "thread: correction",
                 .what = pinned->message_id + " was put there by hand",
                 .by_thread = true};
  }

  std::optional<Found> token() { return by_token(inquiry_, {}, known_, rules_, now_); }

  /// Newest first; one where he takes part before one where he is a stranger.
  std::optional<Found> message_id() {
    const Match* stranger = nullptr;
    for (const auto& match : known_.by_message_id) {
      if (match.is_pinned || !refers_to(inquiry_, match.message_id)) continue;
      if (is_participant_of(match.lead)) return found_by(match);
      // Many people answer a circular that we never saw; that makes them no company.
      if (match.only_referred) {
        note("thread: message-id", match.message_id + " is referred to in " + to_string(match.lead.id) + ", of which " +
                                       writer_.address + " is no participant");
      } else if (stranger == nullptr) {
        stranger = &match;
      }
    }
    if (stranger == nullptr) return std::nullopt;
    if (const auto* const own = his_only_lead()) {
      note("thread: message-id", stranger->message_id + " is of " + to_string(stranger->lead.id) + ", but " +
                                     writer_.address + " is a contact of " + to_string(own->id));
      return std::nullopt;
    }
    return found_by(*stranger);
  }

  static Found found_by(const Match& match) {
    return {
        .lead = &match.lead, .step = "thread: message-id", .what = match.message_id, .by_thread = !match.only_referred};
  }

  [[nodiscard]] const Lead* his_only_lead() const {
    const Lead* only = nullptr;
    for (const auto& lead : known_.by_address) {
      if (is_over(lead) || !lead.is_contact(writer_.address)) continue;
      if (only != nullptr) return nullptr;
      only = &lead;
    }
    return only;
  }

  std::optional<Found> tag() {
    const auto id = lead_in_subject(inquiry_.subject, rules_.tokens);
    const auto* const lead = id ? known_.named(*id) : nullptr;
    if (lead == nullptr) return std::nullopt;
    if (!is_participant_of(*lead)) {
      note("thread: subject tag", to_string(*id) + ", but " + writer_.address + " is no participant");
      return std::nullopt;
    }
    return Found{.lead = lead, .step = "thread: subject tag", .what = to_string(*id) + ", of " + writer_.address};
  }

  std::optional<Found> conversation() {
    for (const auto& lead : known_.by_conversation) {
      if (is_participant_of(lead)) {
        return Found{
            .lead = &lead, .step = "thread: thread-index", .what = inquiry_.conversation + ", of " + writer_.address};
      }
      note("thread: thread-index", "of " + to_string(lead.id) + ", but " + writer_.address + " is no participant");
    }
    return std::nullopt;
  }

  /// A colleague joins by answering; his own first mail under a usual subject ("Quotation") is an inquiry of its own.
  std::optional<Found> subject() {
    if (inquiry_.subject_key.empty() || known_.by_subject.empty() || tells_nobody_apart("thread: subject")) return {};
    for (const auto& lead : known_.by_subject) {
      const bool takes_part = lead.is_contact(writer_.address) || (is_answer(inquiry_) && is_participant_of(lead));
      if (!takes_part || (is_over(lead) && !is_answer(inquiry_))) continue;
      if (inquiry_.received - last_mail(lead) > rules_.subject_window) continue;
      return Found{.lead = &lead, .step = "thread: subject", .what = "same subject, of participant " + writer_.address};
    }
    return std::nullopt;
  }

  /// The same mail, changed on its way: it reached us by a list and directly. Or its answer was faster.
  std::optional<Found> same_id() {
    for (const auto& match : known_.by_message_id) {
      if (refers_to(inquiry_, match.message_id)) continue;
      const bool fits = match.only_referred ? is_participant_of(match.lead) : match.lead.is_contact(writer_.address);
      if (!fits) continue;
      return Found{.lead = &match.lead,
                   .step = "thread: message-id",
                   .what = match.only_referred ? "it was answered there before it came"
                                               : "another mail with the same Message-ID"};
    }
    return std::nullopt;
  }

  /// The writer is a contact: of one open lead, of several, or of one that must not be contacted.
  std::optional<Found> sender() {
    std::vector<const Lead*> open;
    for (const auto& lead : known_.by_address) {
      if (!is_over(lead) && lead.is_contact(writer_.address)) open.push_back(&lead);
    }
    if (open.empty() || tells_nobody_apart("known sender")) return std::nullopt;

    const auto* const mailbox = rules_.mailbox(inquiry_.mailbox);
    const auto policy = mailbox == nullptr ? KnownSender::join : mailbox->known_sender;
    const bool must_not_contact = open.front()->status() == Status::do_not_contact;
    if (!known_.answered_circular.empty()) {
      return Found{.lead = open.front(),
                   .step = "thread: message-id",
                   .what = known_.answered_circular + " went to people of several leads, " + writer_.address +
                           " is a contact of this one"};
    }
    if (policy == KnownSender::open_new && !must_not_contact) {
      note("known sender", writer_.address + " is a contact of " + to_string(open.front()->id) +
                               "; known_sender = \"new\": a new subject is a new lead");
      return std::nullopt;
    }
    Found found{.lead = open.front(), .step = "known sender", .what = writer_.address + " is a contact"};
    found.by_sender_only = true;
    if (open.size() > 1 || (policy == KnownSender::ask && !must_not_contact)) {
      for (const auto* const lead : open) found.candidates.push_back(lead->id);
    }
    return found;
  }

  bool tells_nobody_apart(std::string_view step) {
    if (!speaks_for_many(inquiry_, writer_, rules_)) return false;
    note(std::string(step), writer_.address + " speaks for many: it proves nothing");
    return true;
  }

  /// The same mistake is not made twice.
  Found correct(Found found) {
    const auto applies = [&](const Correction& correction) {
      return correction.from == found.lead->id && (correction.over_thread || !found.by_thread);
    };
    const auto correction = std::ranges::find_if(known_.corrections, applies);
    if (found.step == "thread: correction" || correction == known_.corrections.end()) return found;
    note(found.step, found.what + " -> " + to_string(found.lead->id));
    return {.lead = &correction->to,
            .step = "thread: correction",
            .what = "repair " + std::to_string(correction->repair) + ": mail of " + writer_.address +
                    " under this subject is not of " + to_string(found.lead->id),
            .by_thread = found.by_thread};
  }

  const Inquiry& inquiry_;
  const Person& writer_;
  const Snapshot& known_;
  const Rules& rules_;
  Time now_;
  Weighed weighed_{};
};

}  // namespace

bool is_answer(const Inquiry& inquiry) {
  return !inquiry.in_reply_to.empty() || !inquiry.references.empty() || inquiry.subject_is_reply;
}

bool is_addressed_to_us(const Inquiry& inquiry, const Rules& rules) {
  const auto is_ours = [&](const Person& person) { return rules.mailbox_with_address(person.address) != nullptr; };
  return std::ranges::any_of(inquiry.to, is_ours) || std::ranges::any_of(inquiry.cc, is_ours);
}

bool speaks_for_many(const Inquiry& inquiry, const Person& writer, const Rules& rules) {
  if (writer.address.empty()) return false;
  const bool is_handed_on =
      inquiry.list_author && to_lower(inquiry.list_author->address) == to_lower(inquiry.from.address);
  return is_handed_on || is_machine_address(writer.address) || is_robot_address(writer.address) ||
         is_own_company(writer.address, rules);
}

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
  const auto& ids = known.by_message_id;
  const auto names_thread = [&](const Match& match) { return refers_to(inquiry, match.message_id); };
  const auto pinned = std::ranges::find_if(ids, &Match::is_pinned);
  if (pinned != ids.end()) {
    return Found{.lead = &pinned->lead, .step = "thread: correction", .what = pinned->message_id, .by_thread = true};
  }
  if (auto found = by_token(inquiry, user, known, rules, now)) return found;
  const auto first = std::ranges::find_if(ids, names_thread);
  if (first == ids.end()) return std::nullopt;
  return Found{.lead = &first->lead, .step = "thread: message-id", .what = first->message_id, .by_thread = true};
}

Weighed match(const Inquiry& inquiry, const Person& writer, const Snapshot& known, const Rules& rules, Time now) {
  return Weighing(inquiry, writer, known, rules, now).weigh();
}

}  // namespace leadmail::leads
