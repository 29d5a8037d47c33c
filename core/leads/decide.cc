#include "core/leads/decide.h"

#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/deciding.h"
#include "core/leads/match.h"
#include "core/leads/organisation.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostIds = 32;

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::ranges::find(list, text) == list.end()) list.push_back(text);
}

/// In-Reply-To, then References newest first, then what bounced.
std::vector<std::string> ids_to_look_up(const Inquiry& inquiry) {
  std::vector<std::string> ids;
  for (const auto& id : inquiry.in_reply_to) {
    if (ids.size() < kMostIds) add_once(ids, id);
  }
  for (auto id = inquiry.references.rbegin(); id != inquiry.references.rend() && ids.size() < kMostIds; ++id) {
    add_once(ids, *id);
  }
  add_once(ids, inquiry.failed_message_id);
  add_once(ids, inquiry.message_id);
  add_once(ids, inquiry.original_id);
  if (inquiry.calendar) add_once(ids, to_lower(inquiry.calendar->uid));
  return ids;
}

/// Everybody outside whom a mail of ours goes to.
void add_outsiders(std::vector<std::string>& list, const std::vector<Person>& people, const Rules& rules) {
  constexpr std::size_t kMost = 50;
  for (const auto& person : people) {
    if (list.size() >= kMost) return;
    if (rules.user_with_address(person.address) == nullptr && rules.mailbox_with_address(person.address) == nullptr) {
      add_once(list, person.address);
    }
  }
}

bool is_written_by_us(const Inquiry& inquiry, const Rules& rules) {
  return inquiry.in_sent_folder || rules.user_with_address(inquiry.from.address) != nullptr;
}

/// Our own mail coming back: by its signed mark, or because it says it is from the shared address. A site's form and a
/// group may say so too; then who wrote stands in Reply-To, in X-Original-From or in the form, which need not ask for
/// an address.
bool is_own(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  if (!inquiry.instance.empty()) return true;
  if (inquiry.in_sent_folder || scene.rules.mailbox_with_address(inquiry.from.address) == nullptr) return false;
  // A list of ours puts its address into From as well.
  const bool may_be_passed_on = inquiry.nature == Nature::form || inquiry.nature == Nature::personal ||
                                (inquiry.nature == Nature::bulk && inquiry.is_from_list);
  if (!may_be_passed_on) return true;
  if (!writer_of(inquiry, scene.rules).address.empty()) return false;
  return inquiry.nature != Nature::form || inquiry.findings.empty() || !is_addressed_to_us(inquiry, scene.rules);
}

bool is_automatic(Nature nature) { return nature != Nature::personal && nature != Nature::form; }

Decision decide_duplicate(const Scene& scene) {
  auto plan = plan_for(scene);
  const auto& seen = *scene.known.seen_before;
  plan.saw("duplicate", "same fingerprint, seen in mailbox " + seen.mailbox + " (" + seen.outcome + ")", true);
  auto decision = plan.finish(Outcome::duplicate, "already in the book, from mailbox " + seen.mailbox);
  if (seen.lead) decision.lead = LeadRef{seen.lead};
  return decision;
}

/// Who puts the shared address in copy of what he writes with its login gets that back before its copy in Sent is seen,
/// which says that he wrote it.
bool came_back_before(const Scene& scene) {
  return scene.inquiry.in_sent_folder && scene.inquiry.instance.empty() &&
         scene.known.seen_before->outcome == name(Outcome::own);
}

Decision decide_own(const Scene& scene) {
  auto plan = plan_for(scene);
  const bool marked = !scene.inquiry.instance.empty();
  const std::string why = marked ? "carries our signed mark" : "says it is from " + scene.inquiry.from.address;
  plan.saw("own", why, true);
  auto decision = plan.finish(Outcome::own, "our own mail: " + why);
  if (!scene.inquiry.original_id.empty() && !scene.inquiry.message_id.empty()) {
    decision.effects.emplace_back(NameAlias{scene.inquiry.original_id, scene.inquiry.message_id});
    decision.reason += "; the server calls it <" + scene.inquiry.message_id + ">";
  }
  return decision;
}

/// Mail from outside: onto a lead that it belongs to, else a new one.
Decision decide_outside(const Scene& scene) {
  const auto writer = writer_of(scene.inquiry, scene.rules);
  const auto weighed = match(scene.inquiry, writer, scene.known, scene.rules, scene.now);
  if (weighed.found) return with_evidence(decide_reply(scene, writer, *weighed.found), weighed.looked_at);
  if (!scene.known.blocked.empty()) return ignore_blocked(scene);
  const auto doubt = reason_to_hold(scene.inquiry, scene.rules);
  return with_evidence(doubt.empty() ? decide_capture(scene, writer) : hold(scene, writer, doubt), weighed.looked_at);
}

/// What a list passed on into a conversation of ours: a group address of the prospect's company takes part in it.
/// Without a mail of ours that it answers it is nobody's word to us.
std::optional<Decision> decide_list_answer(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  if (inquiry.nature != Nature::bulk || !inquiry.is_from_list || inquiry.unreadable || inquiry.in_sent_folder)
    return {};
  if (scene.rules.user_with_address(inquiry.from.address) != nullptr) return {};
  const auto writer = writer_of(inquiry, scene.rules);
  auto weighed = match(inquiry, writer, scene.known, scene.rules, scene.now);
  if (!weighed.found || !weighed.found->by_thread) return {};
  return with_evidence(decide_reply(scene, writer, *weighed.found), weighed.looked_at);
}

}  // namespace

Query assignment_query(const Rules& rules) {
  using Strategy = AssignRule::Strategy;
  Query query;
  for (const auto& rule : rules.assign) {
    const bool is_fixed = rule.strategy == Strategy::user || rule.strategy == Strategy::field;
    query.needs_rotations = query.needs_rotations || !is_fixed;
    query.needs_organisation = query.needs_organisation || rule.strategy == Strategy::sticky;
  }
  return query;
}

Query query(const Inquiry& inquiry, const Rules& rules, Time now) {
  Query query;
  const auto* const user = rules.user_with_address(inquiry.from.address);
  const auto add_lead = [&](LeadId id) {
    if (id && std::ranges::find(query.leads, id) == query.leads.end()) query.leads.push_back(id);
  };
  for (const auto& verified : verified_tokens(inquiry, user == nullptr ? std::string_view{} : user->id, rules, now)) {
    add_lead(verified.token.lead);
  }
  if (const auto tagged = lead_in_subject(inquiry.subject, rules.tokens)) add_lead(*tagged);

  query.message_ids = ids_to_look_up(inquiry);
  query.conversation = inquiry.conversation;
  query.failed_message_id = inquiry.failed_message_id;
  query.needs_thread_ids = user != nullptr;
  query.writer = inquiry.from.address;
  const auto writer = writer_of(inquiry, rules);
  add_once(query.addresses, writer.address);
  query.organisation = colleagues_domain(writer.address);
  if (is_written_by_us(inquiry, rules)) {
    if (inquiry.forwarded_from) add_outsiders(query.addresses, {*inquiry.forwarded_from}, rules);
    add_outsiders(query.addresses, inquiry.to, rules);
    add_outsiders(query.addresses, inquiry.cc, rules);
  }
  query.subject_key = inquiry.subject_key;
  query.is_answer = is_answer(inquiry);
  query.subject_since = inquiry.received - rules.subject_window;
  query.fingerprint = inquiry.fingerprint;
  query.held = held_numbers(inquiry, rules);
  const auto assigning = assignment_query(rules);
  query.needs_rotations = assigning.needs_rotations;
  query.needs_organisation = assigning.needs_organisation;
  query.names_colleagues = user == nullptr && !inquiry.is_history && !inquiry.in_sent_folder;
  return query;
}

Decision decide(const Inquiry& inquiry, const Snapshot& known, const Rules& rules, Time now) {
  const Scene scene{inquiry, known, rules, now};
  if (known.seen_before && !came_back_before(scene)) return decide_duplicate(scene);
  if (is_own(scene)) return decide_own(scene);
  if (auto unsubscribed = decide_unsubscribe(scene)) return std::move(*unsubscribed);

  // A bounce or an auto-reply is news about our own mail, not an inquiry, and talking to a robot never ends. RFC 3834
  // §2
  if (auto answer = decide_list_answer(scene)) return std::move(*answer);
  if (auto answered = decide_calendar(scene)) return std::move(*answered);
  if (auto passed_on = decide_calendar_words(scene)) return std::move(*passed_on);
  if (is_automatic(inquiry.nature)) return decide_automatic(scene);
  if (inquiry.unreadable) return decide_unreadable(scene);

  if (inquiry.in_sent_folder) return decide_sent(scene);
  if (auto decided = decide_administrator(scene)) return std::move(*decided);
  if (const auto* const user = rules.user_with_address(inquiry.from.address)) return decide_user(scene, *user);
  return decide_outside(scene);
}

namespace {

/// From when its writer counts "tomorrow": the Date of the mail, where it can be right; as long back as a command is
/// taken at all (authority.h). Else from when it came.
Time written_at(const Inquiry& inquiry, Time taken) {
  constexpr std::chrono::days kLongest{7};
  if (!inquiry.date || *inquiry.date > taken || *inquiry.date < taken - kLongest) return taken;
  return *inquiry.date;
}

}  // namespace

Plan plan_for(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  const bool has_time = inquiry.received != Time{} && inquiry.received < scene.now;
  Plan plan(scene.rules, Occasion{.now = scene.now,
                                  .at = has_time ? inquiry.received : scene.now,
                                  .written = written_at(inquiry, has_time ? inquiry.received : scene.now),
                                  .key = inquiry.fingerprint,
                                  .cause = "message " + (inquiry.message_id.empty() ? inquiry.fingerprint
                                                                                    : "<" + inquiry.message_id + ">"),
                                  .mailbox = inquiry.mailbox,
                                  .silent = inquiry.is_history});
  plan.saw("kind",
           std::string(name(inquiry.nature)) + (inquiry.nature_reason.empty() ? "" : ": " + inquiry.nature_reason));
  return plan;
}

Person writer_of(const Inquiry& inquiry, const Rules& rules) {
  const auto is_outside = [&](const std::string& address) {
    return !address.empty() && rules.user_with_address(address) == nullptr &&
           rules.mailbox_with_address(address) == nullptr;
  };
  const auto& from = inquiry.from;
  const auto answer_to = std::ranges::find_if(inquiry.reply_to, [&](const Person& p) { return is_outside(p.address); });
  const auto named = std::ranges::find(inquiry.findings, "name", &Finding::field);
  const auto name = inquiry.nature != Nature::form || named == inquiry.findings.end() ? std::string{} : named->value;

  if (inquiry.nature == Nature::form) {
    const auto is_email = [&](const Finding& f) {
      return f.field == "email" && f.value.find('@') != std::string::npos && is_outside(with_lower_domain(f.value));
    };
    const auto email = std::ranges::find_if(inquiry.findings, is_email);
    if (email != inquiry.findings.end()) return {name, with_lower_domain(email->value)};
    if (answer_to != inquiry.reply_to.end()) return {name.empty() ? answer_to->name : name, answer_to->address};
  }
  const bool is_user = rules.user_with_address(from.address) != nullptr;
  if (is_user || inquiry.in_sent_folder) return is_outside(from.address) || from.address.empty() ? from : Person{};
  if (inquiry.list_author && is_outside(inquiry.list_author->address)) return *inquiry.list_author;

  // A program or somebody of our own company writes for another one, who stands in Reply-To or in what is passed on.
  const bool is_mailbox = rules.mailbox_with_address(from.address) != nullptr;
  const bool is_relayed = from.address.empty() || is_robot_address(from.address) || is_own_company(from.address, rules);
  if (is_relayed && (!is_mailbox || is_addressed_to_us(inquiry, rules))) {
    if (answer_to != inquiry.reply_to.end()) return *answer_to;
    const auto& forwarded = inquiry.forwarded_from;
    const bool is_colleague = is_own_company(from.address, rules) && !is_robot_address(from.address);
    if (is_colleague && forwarded && is_outside(forwarded->address) && !is_own_company(forwarded->address, rules))
      return *forwarded;
  }
  if (is_mailbox || (inquiry.nature == Nature::form && is_relayed)) return {name, {}};
  return {name.empty() ? from.name : name, from.address};
}

Decision with_evidence(Decision decision, const std::vector<Evidence>& looked_at) {
  const auto behind_kind = decision.evidence.begin() + (decision.evidence.empty() ? 0 : 1);
  decision.evidence.insert(behind_kind, looked_at.begin(), looked_at.end());
  return decision;
}

const Lead* Snapshot::named(LeadId id) const {
  const auto merged_into = merged.find(id);
  const auto wanted = merged_into == merged.end() ? id : merged_into->second;
  const auto found = std::ranges::find(by_token, wanted, &Lead::id);
  return found == by_token.end() ? nullptr : &*found;
}

std::string headline(const Inquiry& inquiry) {
  auto subject = one_line(inquiry.subject);
  if (!subject.empty()) return subject;
  return one_line(inquiry.reply.empty() ? inquiry.text : inquiry.reply);
}

}  // namespace leadmail::leads
