// New leads, and mail of prospects on leads that we know.
#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/availability.h"
#include "core/leads/beginnings.h"
#include "core/leads/dead_address.h"
#include "core/leads/deciding.h"
#include "core/leads/match.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/reach.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

using std::chrono::hours;

constexpr int kSureEnough = 50;                // of a finding's confidence
constexpr std::size_t kMostParticipants = 20;  // more of them is a list, not a conversation

/// Where a finding goes; "" for one that the book has no place for.
std::string field_of(std::string_view finding, const RecordSpec& record) {
  constexpr std::array<std::string_view, 12> kSame = {"company",   "website", "title",    "country",
                                                      "region",    "city",    "product",  "industry",
                                                      "employees", "budget",  "quantity", "postal_code"};
  if (finding == "phone" || finding == "phones") return "phones";
  if (finding == "address") return "addresses";
  if (finding == "state") return "region";
  if (std::ranges::find(kSame, finding) != kSame.end()) return std::string(finding);
  const bool is_known = settable_field(finding, record).has_value();
  return is_known && finding != "name" && finding != "type" && finding != "source" && finding != "language"
             ? std::string(finding)
             : std::string();
}

/// The value as a field of the company's own keeps it, and what is chosen: "" where it is not of its type.
std::string value_for(std::string_view field, std::string_view said, const Scene& scene) {
  const auto spec = settable_field(field, scene.rules.record);
  const bool is_typed =
      spec && (spec->custom || spec->type == FieldType::boolean || spec->name == "gender" || spec->name == "potential");
  if (!is_typed) return one_line(said);
  const auto& language = scene.inquiry.language.empty() ? scene.rules.language : scene.inquiry.language;
  const WhenContext context{.now = scene.now, .zone = scene.rules.timezone, .language = language};
  auto value = read_value(*spec, said, context, scene.rules.record);
  return value ? std::move(*value) : std::string();
}

std::string best_finding(const Inquiry& inquiry, std::string_view field) {
  const Finding* best = nullptr;
  for (const auto& finding : inquiry.findings) {
    if (finding.field != field || finding.confidence < kSureEnough) continue;
    if (best == nullptr || finding.confidence > best->confidence) best = &finding;
  }
  return best == nullptr ? std::string{} : one_line(best->value);
}

/// What to call him: as he writes his name, else as his signature or form does, else by his address.
std::string name_for(const Inquiry& inquiry, const Person& writer) {
  auto name = one_line(writer.name);
  if (!name.empty() && name.find('@') == std::string::npos) return name;
  if (name = best_finding(inquiry, "name"); !name.empty()) return name;
  const auto first = best_finding(inquiry, "first_name");
  const auto last = best_finding(inquiry, "last_name");
  if (!first.empty() && !last.empty()) return first + " " + last;
  if (!first.empty() || !last.empty()) return first + last;
  return std::string(local_part_of(writer.address));
}

std::vector<Person> recipients_of(const Inquiry& inquiry) {
  auto people = inquiry.to;
  people.insert(people.end(), inquiry.cc.begin(), inquiry.cc.end());
  return people;
}

/// Everybody else outside who was in the conversation: "address name" lines.
std::string other_participants(const Scene& scene, const Person& writer) {
  const auto people = recipients_of(scene.inquiry);
  std::vector<std::string> seen{to_lower(writer.address)};
  std::string lines;
  for (const auto& person : people) {
    const auto address = to_lower(person.address);
    if (address.empty() || std::ranges::find(seen, address) != seen.end()) continue;
    if (scene.rules.user_with_address(person.address) != nullptr) continue;
    if (scene.rules.mailbox_with_address(person.address) != nullptr) continue;
    if (seen.size() > kMostParticipants) return {};
    seen.push_back(address);
    lines += (lines.empty() ? "" : "\n") + person.address + " " + one_line(person.name);
  }
  return lines;
}

bool is_forward_of(const Scene& scene, const Person& writer) {
  return scene.inquiry.forwarded_from && scene.inquiry.forwarded_from->address == writer.address &&
         scene.inquiry.from.address != writer.address;
}

Values values_of_new_lead(const Scene& scene, const Person& writer) {
  const auto& inquiry = scene.inquiry;
  const auto* const mailbox = scene.rules.mailbox(inquiry.mailbox);
  const auto name = name_for(inquiry, writer);
  Values values{{"mailbox", inquiry.mailbox}, {"status", "lead"}, {"type", "person"}, {"name", name}};
  values.emplace_back("contact.1.name", name);
  values.emplace_back("contact.1.emails", writer.address);
  values.emplace_back("first_contact_at", std::to_string(to_unix(inquiry.received)));
  if (mailbox != nullptr) {
    const auto told = best_finding(inquiry, "source");
    values.emplace_back("source", told.empty() ? mailbox->source : told);
    values.emplace_back("campaign", mailbox->campaign);
  }
  const auto language = inquiry.language.empty() && mailbox != nullptr ? mailbox->language : inquiry.language;
  values.emplace_back("language", language);
  values.emplace_back("domain", colleagues_domain(writer.address));
  return values;
}

/// Why no automatic answer may go to whoever wrote this; empty when it may. RFC 3834 §2
std::string reason_for_silence(const Scene& scene, const Person& writer) {
  const auto& inquiry = scene.inquiry;
  const auto* const mailbox = scene.rules.mailbox(inquiry.mailbox);
  const auto is_us = [&](const Person& p) { return scene.rules.mailbox_with_address(p.address) != nullptr; };
  const bool is_to_us = std::ranges::any_of(inquiry.to, is_us) || std::ranges::any_of(inquiry.cc, is_us);
  const bool is_form = inquiry.nature == Nature::form;
  constexpr std::size_t kMostHops = 50;
  if (mailbox == nullptr || !mailbox->acknowledge) return "the mailbox does not acknowledge";
  if (inquiry.is_history) return "older than the beginning";
  if (inquiry.was_held) return "it was held: who looked at it decides who answers";
  if (writer.address.empty() || is_robot_address(writer.address)) return "no person reads that address";
  if (is_own_company(writer.address, scene.rules)) return "an address of our own company";
  if (!is_form && is_robot_address(inquiry.from.address)) return "sent by a robot";
  if (inquiry.null_return_path) return "null return path";
  if (inquiry.hops > kMostHops) return "more than 50 hops";
  if (!is_form && !is_to_us) return "not addressed to us";
  if (scene.now - inquiry.received > hours{24}) return "older than a day";
  if (opt_out_of(scene, Lead{})) return "asks not to be written to";
  if (scene.known.acks_to_writer_today > 0) return "acknowledged today already";
  if (scene.known.acks_to_domain_today >= scene.rules.max_acknowledgements_a_day_to_domain)
    return "the domain has had its share of the day";
  if (scene.known.automatic_mails_today >= scene.rules.max_acknowledgements_a_day) return "the day's budget is spent";
  return {};
}

/// "We have it": echoes neither name nor subject, for the address may be a forged one.
void acknowledge(Plan& plan, const Scene& scene, const Person& writer) {
  const auto why = reason_for_silence(scene, writer);
  if (!why.empty()) return plan.saw("acknowledgement", "none: " + why);
  plan.saw("acknowledgement", "to " + writer.address);
  Letter letter{.kind = LetterKind::ack, .to = {Person{{}, writer.address}}};
  if (scene.inquiry.nature == Nature::personal && !scene.inquiry.message_id.empty()) {
    letter.in_reply_to = {scene.inquiry.message_id};
    letter.references = {scene.inquiry.message_id};
  }
  plan.send(std::move(letter));
}

/// What the owner should look at in a reply.
struct Doubt {
  Phrase phrase = Phrase::which_lead;
  std::string about{};  ///< nothing: there is no doubt
};

void tell_owner_of_reply(Plan& plan, const Scene& scene, const Person& writer, const Doubt& doubt) {
  if (const auto* const owner = plan.owner()) {
    auto letter = letter_about(LetterKind::copy, scene, plan, owner->id);
    letter.quoted_from = {one_line(writer.name), writer.address};
    if (!doubt.about.empty())
      add_warning(letter, say(doubt.phrase, owner->language, {doubt.about, answer_to(plan.lead()).address}));
    plan.send(letter);
    return see_to_absence(plan, scene, *owner, std::move(letter));
  }
  if (!scene.inquiry.is_history) assign_owner(plan, scene);
}

/// An answer to a newsletter: its campaign is what brought it.
void record_campaign(Plan& plan, const Scene& scene) {
  const auto tokens = verified_tokens(scene.inquiry, {}, scene.rules, scene.now);
  const bool answers = std::ranges::any_of(tokens, [&](const VerifiedToken& verified) {
    return verified.token.purpose == Purpose::circular && verified.where != "references" &&
           scene.known.named(verified.token.lead) != nullptr &&
           plan.lead().id == scene.known.named(verified.token.lead)->id;
  });
  const auto campaign = std::string(plan.lead().value("newsletter.last"));
  if (!answers || campaign.empty()) return;
  const auto known = std::string(plan.lead().value("campaign"));
  plan.record({.type = EventType::fields, .by = "rule", .text = "answers newsletter " + campaign},
              {{"campaign", known.empty() ? campaign : known}, {"newsletter.answered", campaign}});
}

/// The leads that a mail may belong to as well.
std::string candidates_of(const Found& found) {
  std::string list;
  for (const auto id : found.candidates) list += (list.empty() ? "" : ", ") + to_string(id);
  return list;
}

/// A colleague of a contact joins the conversation: he becomes a contact of his own.
void add_contact(Plan& plan, const Person& writer) {
  if (plan.lead().is_contact(writer.address) || writer.address.empty()) return;
  std::size_t number = 1;
  while (!plan.lead().value("contact." + std::to_string(number) + ".emails").empty() ||
         !plan.lead().value("contact." + std::to_string(number) + ".name").empty()) {
    ++number;
  }
  const auto prefix = "contact." + std::to_string(number) + ".";
  plan.record({.type = EventType::contact, .by = "prospect", .text = "wrote from the same organisation"},
              {{prefix + "name", one_line(writer.name)}, {prefix + "emails", writer.address}});
}

}  // namespace

std::string with_participants(const Lead& lead, const std::vector<Person>& people, const Rules& rules) {
  constexpr std::size_t kMost = 50;
  std::string list(lead.value("last.participants"));
  auto known = lines_of(list);
  if (people.size() > kMostParticipants) return list;
  for (const auto& person : people) {
    const auto address = to_lower(person.address);
    if (address.empty() || known.size() >= kMost || std::ranges::find(known, address) != known.end()) continue;
    if (lead.is_contact(address) || rules.user_with_address(person.address) != nullptr) continue;
    if (rules.mailbox_with_address(person.address) != nullptr || is_robot_address(address)) continue;
    list += (list.empty() ? "" : "\n") + address;
    known.push_back(address);
  }
  return list;
}

void record_mail_in(Plan& plan, const Scene& scene, const Person& writer) {
  const auto& inquiry = scene.inquiry;
  const bool is_forward = is_forward_of(scene, writer);
  const bool is_his_own = !is_forward && inquiry.nature != Nature::form;
  plan.record({.type = EventType::mail_in,
               .by = "prospect",
               .text = is_forward && !inquiry.forwarded_subject.empty() ? one_line(inquiry.forwarded_subject)
                                                                        : headline(inquiry),
               .message_id = inquiry.message_id,
               .direction = "in",
               .files = shown_files(inquiry.attachments)},
              {{"last.at", std::to_string(to_unix(plan.occasion().at))},
               {"last.in.from", writer.address},
               {"last.in.name", one_line(writer.name)},
               {"last.in.id", is_his_own ? inquiry.message_id : std::string{}},
               {"last.in.cc", is_his_own ? other_participants(scene, writer) : std::string{}},
               {"last.in.index", is_his_own ? inquiry.thread_index : std::string{}},
               {"last.participants", is_his_own ? with_participants(plan.lead(), recipients_of(inquiry), scene.rules)
                                                : std::string(plan.lead().value("last.participants"))},
               {"last.in.subject", one_line(is_forward ? inquiry.forwarded_subject : inquiry.subject, 500)}});
  if (const auto more = enclosed_beside(inquiry, scene.rules); !more.empty())
    plan.record({.type = EventType::fields, .by = "rule", .text = "passed on with more mails: " + more});
}

void record_findings(Plan& plan, const Scene& scene, const Person& writer) {
  const auto first = lines_of(plan.lead().value("contact.1.emails"));
  const bool is_first = first.empty() || std::ranges::find(first, writer.address) != first.end();
  for (const auto& finding : scene.inquiry.findings) {
    const auto field = field_of(finding.field, scene.rules.record);
    const auto value = value_for(field, finding.value, scene);
    if (field.empty() || value.empty() || finding.confidence < kSureEnough) continue;
    if (!plan.lead().value(field).empty()) continue;
    Values values{{field, value}};
    if (is_first && (field == "phones" || field == "title")) {
      values.emplace_back("contact.1." + field, value);
    }
    plan.record_change({.type = EventType::fields,
                        .by = "prospect",
                        .cause = finding.source + " of " + plan.occasion().cause,
                        .text = field + " as the " + finding.source + " says"},
                       values);
  }
}

Decision decide_capture(const Scene& scene, const Person& writer) {
  auto plan = plan_for(scene);
  plan.saw("thread", "none: nothing names a lead that we know");
  plan.open();
  auto values = values_of_new_lead(scene, writer);
  const bool is_anybody = speaks_for_many(scene.inquiry, writer, scene.rules);
  const auto* const before = is_anybody ? nullptr : predecessor(scene.known);
  if (!is_anybody) add_history(values, scene.known.by_address);
  add_planned_steps(values, scene.rules, scene.inquiry.received);
  if (before != nullptr) {
    values.emplace_back("related", to_string(before->id));
    plan.saw("known sender", "only " + to_string(before->id) + " and it is over: a new lead continues it", true);
  }
  plan.record({.type = EventType::captured, .by = "prospect", .text = headline(scene.inquiry)}, values);
  record_mail_in(plan, scene, writer);
  plan.record({.type = EventType::fields, .by = "prospect", .text = "waits for an answer"}, {{"owed", "yes"}});
  record_findings(plan, scene, writer);
  record_colleagues(plan, scene);
  if (const auto wish = opt_out_of(scene, plan.lead())) record_opt_out(plan, *wish);

  if (!scene.inquiry.is_history) {
    const auto* const same = before == nullptr ? nullptr : scene.rules.user(before->owner());
    if (same != nullptr && !absence_at(*same, scene.now, &scene.known.absences)) {
      plan.record({.type = EventType::assigned,
                   .by = "rule",
                   .cause = "earlier lead " + to_string(before->id),
                   .text = "had " + to_string(before->id)},
                  {{"owner", same->id}});
      plan.send(letter_about(LetterKind::notice, scene, plan, same->id));
    } else {
      assign_owner(plan, scene);
    }
  }
  if (!is_forward_of(scene, writer)) acknowledge(plan, scene, writer);
  return plan.finish(Outcome::lead,
                     "a new inquiry of " + (writer.address.empty() ? "an unknown address" : writer.address));
}

Decision decide_reply(const Scene& scene, const Person& writer, const Found& found) {
  auto plan = plan_for(scene);
  plan.begin(*found.lead);
  plan.saw(found.step, found.what + " -> " + to_string(found.lead->id), true);

  if (!is_participant(*found.lead, writer.address)) {
    plan.saw("participant", writer.address + " is a stranger to " + to_string(found.lead->id));
    const auto warning = writer.address + " answered here and is not known";
    plan.record({.type = EventType::mail_in,
                 .by = writer.address,
                 .text = headline(scene.inquiry),
                 .message_id = scene.inquiry.message_id,
                 .direction = "in"});
    plan.record({.type = EventType::flagged, .by = "rule", .text = warning});
    tell_owner_of_reply(plan, scene, writer, {Phrase::stranger_answers, writer.address});
    return plan.finish(Outcome::threaded, found.step + "; written by a stranger");
  }

  record_mail_in(plan, scene, writer);
  plan.record_change(
      {.type = EventType::status, .by = "prospect", .text = "wrote"},
      {{"status", std::string(name(status_after(found.lead->status(), Status::open)))}, {"owed", "yes"}});
  record_campaign(plan, scene);
  add_contact(plan, writer);
  record_sign_of_life(plan, writer.address);
  record_findings(plan, scene, writer);
  if (const auto wish = opt_out_of(scene, plan.lead())) record_opt_out(plan, *wish);
  const auto candidates = candidates_of(found);
  if (!candidates.empty()) {
    const auto question = "by its writer alone; check which lead it belongs to: " + candidates;
    plan.record({.type = EventType::flagged, .by = "rule", .text = question});
  }
  tell_owner_of_reply(plan, scene, writer, {Phrase::which_lead, candidates});
  return plan.finish(Outcome::threaded, found.step + ": " + found.what);
}

void erase_acknowledgements(Decision& decision) {
  std::erase_if(decision.effects, [](const Effect& effect) {
    const auto* const letter = std::get_if<SendLetter>(&effect);
    return letter != nullptr && letter->letter.kind == LetterKind::ack;
  });
}

Decision decide_unreadable(const Scene& scene) {
  const auto& inquiry = scene.inquiry;
  const bool is_ours = inquiry.in_sent_folder || scene.rules.user_with_address(inquiry.from.address) != nullptr;
  const auto reason = "could not be read: " + one_line(inquiry.unreadable_reason);
  const auto writer = writer_of(inquiry, scene.rules);
  const auto found = is_ours ? match_thread(inquiry, {}, scene.known, scene.rules, scene.now)
                             : match(inquiry, writer, scene.known, scene.rules, scene.now).found;

  Decision decision;
  if (is_ours) {
    // What a rep wrote makes no lead and answers nobody; the administrators can still read the bytes.
    auto plan = plan_for(scene);
    if (found) plan.begin(*found->lead);
    tell_administrators(plan, Phrase::unread_mail, {inquiry.from.address, one_line(inquiry.unreadable_reason)});
    decision = plan.finish(Outcome::quarantined, reason);
    if (!found) return decision;
  } else {
    decision = found ? decide_reply(scene, writer, *found) : decide_capture(scene, writer);
  }
  // Nobody outside gets an answer to a mail that we could not read.
  erase_acknowledgements(decision);
  decision.effects.emplace_back(
      Record{decision.lead.value_or(LeadRef{}), Event{.at = scene.now,
                                                      .type = EventType::flagged,
                                                      .by = "rule",
                                                      .cause = "message " + inquiry.fingerprint,
                                                      .text = reason,
                                                      .changes = {Change{"unreadable", {}, "yes"}}}});
  decision.outcome = Outcome::quarantined;
  decision.reason = reason;
  return decision;
}

void record_answer(Plan& plan, const Event& event, Values more) {
  more.emplace_back("last.at", std::to_string(to_unix(plan.occasion().at)));
  // Of an answer that we send ourselves, `more` says it: whoever answers otherwise has answered.
  for (const auto* const field : {"last.out.cause", "last.out.to", "last.out.was"}) {
    if (std::ranges::find(more, field, &Values::value_type::first) == more.end()) more.emplace_back(field, "");
  }
  plan.record(event, more);
  plan.record_change(
      {.type = EventType::status, .by = event.by, .text = "answered"},
      {{"status", std::string(name(status_after(plan.lead().status(), Status::replied)))}, {"owed", ""}});
  const auto next = plan.lead().next();
  if (!next || next->at > plan.now()) return;
  // What had come due is answered by this; a date still ahead stands.
  plan.cancel_reminders();
  plan.record({.type = EventType::next, .by = event.by, .text = "answered"},
              {{"next.at", ""}, {"next.by", ""}, {"next.note", ""}});
}

}  // namespace leadmail::leads
