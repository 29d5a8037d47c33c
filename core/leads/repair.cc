#include "core/leads/repair.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/leads/address.h"
#include "core/leads/deciding.h"
#include "core/leads/merge.h"
#include "core/leads/numbered.h"
#include "core/leads/organisation.h"
#include "core/leads/phrases.h"
#include "core/leads/reminding.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

using Group = std::vector<const KeptMail*>;

std::string cause_of(std::int64_t number) { return "repair " + std::to_string(number); }

Plan plan_for(const RepairScene& scene) {
  return Plan(scene.rules, Occasion{.now = scene.now,
                                    .at = scene.now,
                                    .key = cause_of(scene.number),
                                    .cause = cause_of(scene.number),
                                    .silent = true});
}

/// The mail with all that answers it: a mail goes with the newest mail of the lead that it refers to.
Group with_answers(const std::vector<KeptMail>& mails, MailId first) {
  Group group;
  std::map<std::string, const KeptMail*, std::less<>> by_id;
  for (const auto& mail : mails) {
    by_id.emplace(mail.message_id, &mail);
    for (const auto& id : mail.caused_ids) by_id.emplace(id, &mail);
  }
  by_id.erase("");
  const auto parent_of = [&](const KeptMail& mail) -> const KeptMail* {
    for (auto id = mail.refers_to.rbegin(); id != mail.refers_to.rend(); ++id) {
      const auto found = by_id.find(*id);
      if (found != by_id.end() && found->second != &mail) return found->second;
    }
    return nullptr;
  };
  for (const auto& mail : mails) {
    const auto* const parent = parent_of(mail);
    const bool goes_with = parent != nullptr && std::ranges::find(group, parent) != group.end();
    if (mail.id == first || goes_with) group.push_back(&mail);
  }
  return group;
}

Group rest_of(const std::vector<KeptMail>& mails, const Group& group) {
  Group rest;
  for (const auto& mail : mails) {
    if (std::ranges::find(group, &mail) == group.end()) rest.push_back(&mail);
  }
  return rest;
}

const KeptMail* last_in(const Group& group) {
  const auto found = std::ranges::find(group.rbegin(), group.rend(), "in", &KeptMail::direction);
  return found == group.rend() ? nullptr : *found;
}

std::int64_t number_value(const Lead& lead, std::string_view field) {
  const auto text = lead.value(field);
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Time time_value(const Lead& lead, std::string_view field) { return from_unix(number_value(lead, field)); }

/// What a lead remembers of the last mail of its prospect.
Values last_values(const KeptMail& mail) {
  return {{"last.in.from", mail.from.address},
          {"last.in.name", one_line(mail.from.name)},
          {"last.in.id", mail.message_id},
          {"last.in.subject", one_line(mail.subject, 500)},
          {"last.in.cc", ""},
          {"last.in.index", ""}};
}

/// "3 mails", by the subject of the first one.
std::string words_of(const Group& group) {
  const auto count = std::to_string(group.size()) + (group.size() == 1 ? " mail" : " mails");
  return group.empty() ? count : count + " (" + one_line(group.front()->subject, 80) + ")";
}

void move_mails(Plan& plan, const RepairScene& scene, const Group& group, LeadRef to, bool is_pinned) {
  for (const auto* mail : group) plan.add(MoveMail{mail->id, to, scene.number, is_pinned});
}

/// The same mistake is not made twice: mail of these people under these subjects goes there.
void learn(Plan& plan, const RepairScene& scene, const Group& moved, const Group& rest, LeadId from, LeadRef to) {
  std::set<std::pair<std::string, std::string>> learned;
  for (const auto* mail : moved) {
    const auto writer = to_lower(mail->from.address);
    if (mail->direction != "in" || mail->subject_key.empty() || writer.empty()) continue;
    if (!learned.emplace(writer, mail->subject_key).second) continue;
    const auto same = [&](const KeptMail* other) { return other->subject_key == mail->subject_key; };
    plan.add(Learn{.writer = writer,
                   .subject_key = mail->subject_key,
                   .from = from,
                   .to = to,
                   .over_thread = std::ranges::none_of(rest, same),
                   .repair = scene.number});
  }
}

/// Is an answer owed, as the mails that stand there say? The status follows where mail may set it.
void settle(Plan& plan, const RepairScene& scene, const Group& mails) {
  const auto external = [](const KeptMail* mail) { return mail->direction != "internal"; };
  const auto last = std::ranges::find_if(mails.rbegin(), mails.rend(), external);
  if (last == mails.rend()) return;
  const bool owed = (*last)->direction == "in";
  Values values{
      {"owed", owed ? "yes" : ""},
      {"status", std::string(name(status_after(plan.lead().status(), owed ? Status::open : Status::replied)))},
      {"last.at", std::to_string(to_unix((*last)->received))}};
  if (const auto* const in = last_in(mails)) {
    for (auto& value : last_values(*in)) values.push_back(std::move(value));
  }
  plan.record_change({.type = EventType::repaired, .by = scene.by, .text = "as its mails say"}, values);
}

/// Writers of moved mails who have written nothing else here are people of the other lead.
void drop_people(Plan& plan, const RepairScene& scene, const Group& moved, const Group& rest) {
  const auto wrote = [](const Group& group, const std::string& address) {
    return std::ranges::any_of(group,
                               [&](const KeptMail* mail) { return to_lower(mail->from.address) == to_lower(address); });
  };
  Values values;
  const auto contacts = plan.lead().contacts();
  for (std::size_t number = 2; number <= contacts.size() + 1; ++number) {
    const auto prefix = "contact." + std::to_string(number) + ".";
    const auto emails = lines_of(plan.lead().value(prefix + "emails"));
    if (emails.empty()) continue;
    const bool is_gone = std::ranges::all_of(
        emails, [&](const std::string& email) { return wrote(moved, email) && !wrote(rest, email); });
    if (!is_gone) continue;
    for (const auto part : {"name", "role", "title", "emails", "phones"}) values.emplace_back(prefix + part, "");
  }
  plan.record_change({.type = EventType::repaired, .by = scene.by, .text = "people who wrote nothing else here"},
                     values);
}

void add_people(Plan& plan, const RepairScene& scene, const std::vector<Person>& people) {
  for (const auto& person : people) {
    if (person.address.empty() || plan.lead().is_contact(person.address)) continue;
    std::size_t number = 1;
    const auto is_taken = [&](std::size_t n) {
      const auto prefix = "contact." + std::to_string(n) + ".";
      return !plan.lead().value(prefix + "emails").empty() || !plan.lead().value(prefix + "name").empty();
    };
    while (is_taken(number)) ++number;
    const auto prefix = "contact." + std::to_string(number) + ".";
    plan.record({.type = EventType::repaired, .by = scene.by, .text = person.address + " came with the mails"},
                {{prefix + "name", one_line(person.name)}, {prefix + "emails", person.address}});
  }
}

std::vector<Person> writers_of(const Group& group) {
  std::vector<Person> people;
  for (const auto* mail : group) {
    if (mail->direction == "in" && std::ranges::find(people, mail->from.address, &Person::address) == people.end()) {
      people.push_back(mail->from);
    }
  }
  return people;
}

/// Repairs are silent; calendars alone hear of them.
void tell_calendar(Plan& plan, const NextContact& next, bool cancels) {
  auto occasion = plan.occasion();
  occasion.silent = false;
  occasion.mailbox = std::string(plan.lead().value("mailbox"));
  const auto& rules = plan.rules();
  if (rules.mailbox(occasion.mailbox) == nullptr && !rules.mailboxes.empty())
    occasion.mailbox = rules.mailboxes.front().name;
  Plan aloud(rules, std::move(occasion));
  aloud.begin(plan.lead());
  send_invitation(aloud, next, cancels);
  for (const auto& effect : aloud.effects()) plan.add(effect);
}

User reader_of(const RepairScene& scene) {
  auto reader = user_at_tool(scene.by, scene.rules).value_or(User{.timezone = scene.rules.timezone});
  reader.language = scene.language;
  return reader;
}

/// What the other lead has comes to the one the plan is about; answers what they are as one.
Union bring(Plan& plan, const RepairScene& scene, const Lead& from, Brings brings) {
  auto both = unite(plan.lead(), from, brings, scene.rules, reader_of(scene), scene.now);
  auto text = to_string(from.id) + " is part of this lead now";
  for (const auto& sentence : both.told) text += "\n" + sentence;
  plan.record({.type = EventType::repaired, .by = scene.by, .text = std::move(text)},
              difference(plan.lead(), both.kept));
  if (both.own_dropped) {
    plan.cancel_reminders();
    tell_calendar(plan, *both.own_dropped, true);
  }
  if (both.moved) {
    plan.add(MoveReminders{from.id, {plan.lead().id}, both.moved->at, both.moved->by});
    if (both.moved->at > scene.now) remind_again(plan, *both.moved);
  }
  return both;
}

/// It is part of another lead now: nobody has to do anything with it. What came over with its entries in calendars is
/// no longer its own.
void fold_into(Plan& plan, const RepairScene& scene, LeadId into, const Union& both) {
  plan.cancel_reminders();
  Values values{{"merged", to_string(into)}, {"owner", ""},      {"owed", ""}, {"next.at", ""}, {"next.by", ""},
                {"next.note", ""},           {"next.answer", ""}};
  if (both.other_dropped) values.emplace_back("next.sequence", std::to_string(both.other_dropped->sequence));
  for (const auto& [field, value] : plan.lead().values) {
    if (field.starts_with("event.")) values.emplace_back(field, "");
  }
  plan.record({.type = EventType::repaired, .by = scene.by, .text = "is part of " + to_string(into) + " now"}, values);
  if (both.other_dropped) tell_calendar(plan, *both.other_dropped, true);
}

Error not_repaired(const RepairScene& scene, Phrase why, std::initializer_list<std::string_view> what) {
  return {Next::give_up, say(why, scene.language, what)};
}

Error no_such_mail(const RepairScene& scene, const Lead& lead) {
  return not_repaired(scene, Phrase::not_its_mail, {to_string(lead.id)});
}

Error is_merged(const RepairScene& scene, const Lead& lead) {
  return not_repaired(scene, Phrase::part_of_another, {to_string(lead.id), lead.value("merged")});
}

}  // namespace

Result<Decision> decide_split(const RepairScene& scene, const LeadWithMails& from, MailId mail) {
  const auto group = with_answers(from.mails, mail);
  const auto rest = rest_of(from.mails, group);
  if (group.empty()) return no_such_mail(scene, from.lead);
  if (rest.empty()) return not_repaired(scene, Phrase::nothing_left, {to_string(from.lead.id)});

  const auto& first = *group.front();
  const auto* const in = last_in(group);
  const auto& writer = in == nullptr ? first.from : in->from;
  auto plan = plan_for(scene);
  plan.open();
  Values values{{"status", "lead"}, {"type", "person"}, {"related", to_string(from.lead.id)}};
  for (const auto field : {"mailbox", "source", "campaign", "language", "owner"}) {
    values.emplace_back(field, std::string(from.lead.value(field)));
  }
  const auto shown = writer.name.empty() ? std::string(local_part_of(writer.address)) : one_line(writer.name);
  values.emplace_back("name", shown);
  values.emplace_back("contact.1.name", shown);
  values.emplace_back("contact.1.emails", writer.address);
  values.emplace_back("first_contact_at", std::to_string(to_unix(first.received)));
  values.emplace_back("domain", colleagues_domain(writer.address));
  plan.record({.type = EventType::captured, .by = scene.by, .text = "split from " + to_string(from.lead.id)}, values);
  plan.add(KeepRepair{scene.number, RepairVerb::split, scene.by, from.lead.id, {}});
  add_people(plan, scene, writers_of(group));
  settle(plan, scene, group);
  move_mails(plan, scene, group, {}, true);
  learn(plan, scene, group, rest, from.lead.id, {});

  plan.begin(from.lead);
  plan.record({.type = EventType::repaired, .by = scene.by, .text = words_of(group) + " became a lead of their own"});
  drop_people(plan, scene, group, rest);
  settle(plan, scene, rest);
  auto decision = plan.finish(Outcome::threaded, "split by " + scene.by);
  decision.lead = LeadRef{};
  return decision;
}

Result<Decision> decide_move(const RepairScene& scene, const LeadWithMails& from, MailId mail, const Lead& to) {
  const auto group = with_answers(from.mails, mail);
  const auto rest = rest_of(from.mails, group);
  if (group.empty()) return no_such_mail(scene, from.lead);
  if (to.id == from.lead.id) return not_repaired(scene, Phrase::stands_already, {to_string(to.id)});
  if (!to.value("merged").empty()) return is_merged(scene, to);

  auto plan = plan_for(scene);
  plan.begin(to);
  plan.add(KeepRepair{scene.number, RepairVerb::move, scene.by, from.lead.id, {to.id}});
  plan.record(
      {.type = EventType::repaired, .by = scene.by, .text = words_of(group) + " came from " + to_string(from.lead.id)});
  add_people(plan, scene, writers_of(group));
  if (group.back()->received >= time_value(to, "last.at")) settle(plan, scene, group);
  move_mails(plan, scene, group, {to.id}, true);
  learn(plan, scene, group, rest, from.lead.id, {to.id});
  Union both;
  if (rest.empty()) both = bring(plan, scene, from.lead, Brings::everything);

  plan.begin(from.lead);
  plan.record({.type = EventType::repaired, .by = scene.by, .text = words_of(group) + " went to " + to_string(to.id)});
  if (rest.empty()) {
    fold_into(plan, scene, to.id, both);
  } else {
    drop_people(plan, scene, group, rest);
    settle(plan, scene, rest);
  }
  auto decision = plan.finish(Outcome::threaded, "moved by " + scene.by);
  decision.lead = LeadRef{to.id};
  return decision;
}

Result<Decision> decide_merge(const RepairScene& scene, const Lead& into, const LeadWithMails& from, MergeTold* told) {
  if (into.id == from.lead.id) return not_repaired(scene, Phrase::is_one_lead, {to_string(into.id)});
  for (const auto* lead : {&into, &from.lead}) {
    if (!lead->value("merged").empty()) return is_merged(scene, *lead);
  }
  Group group;
  for (const auto& mail : from.mails) group.push_back(&mail);

  auto plan = plan_for(scene);
  plan.begin(into);
  plan.add(KeepRepair{scene.number, RepairVerb::merge, scene.by, from.lead.id, {into.id}});
  auto both = bring(plan, scene, from.lead, Brings::everything);
  move_mails(plan, scene, group, {into.id}, false);
  if (told != nullptr) {
    told->results = lines_of_change(into, both.kept, reader_of(scene), scene.rules);
    told->sentences = both.told;
  }

  plan.begin(from.lead);
  fold_into(plan, scene, into.id, both);
  auto decision = plan.finish(Outcome::threaded, "merged by " + scene.by);
  decision.lead = LeadRef{into.id};
  return decision;
}

namespace {

/// The lead without what the events changed; what has changed again since stays.
Lead as_before(const Lead& lead, const std::vector<Event>& events) {
  Lead undone = lead;
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    for (const auto& change : event->changes) {
      if (undone.value(change.field) == change.after) undone.values[change.field] = change.before;
    }
  }
  return undone;
}

/// How a value stood before the first of the events; nothing when they left it alone.
std::optional<std::string> value_before(std::string_view field, const std::vector<Event>& events) {
  for (const auto& event : events) {
    const auto found = std::ranges::find(event.changes, field, &Change::field);
    if (found != event.changes.end()) return found->before;
  }
  return std::nullopt;
}

/// Numbers of that kind under which the events put something where nothing was.
std::vector<int> brought(std::string_view kind, std::string_view part, const std::vector<Event>& events) {
  std::vector<int> numbers;
  Lead after;
  for (const auto& event : events) {
    for (const auto& change : event.changes) {
      if (change.before.empty() && !change.after.empty()) after.values[change.field] = change.after;
    }
  }
  for (const auto& [number, parts] : numbered_of(after, kind)) {
    if (parts.contains(part)) numbers.push_back(number);
  }
  return numbers;
}

/// A merge on its way back: two leads again.
class Parting {
 public:
  explicit Parting(const StandingRepair& repair)
      : repair_(repair),
        source(as_before(repair.source, repair.source_events)),
        target(as_before(repair.target.lead, repair.target_events)) {
    give_back_next();
    give_back_deals();
    give_back("event", "kind", {}, {});
  }

 private:
  const StandingRepair& repair_;

 public:
  Lead source;
  Lead target;
  std::optional<NextContact> gone_back{};  ///< a next contact that goes back as it stands

 private:
  /// The entry that went over, as it stands there now: moved, answered or cleared.
  void give_back_next() {
    const auto& events = repair_.target_events;
    const auto before = repair_.source.value("next.at").empty() ? source.next() : std::nullopt;
    const auto at = value_before("next.at", repair_.source_events);
    const auto& now = repair_.target.lead;
    const bool went_over = before && at && value_before("next.at", events).has_value() &&
                           now.value("next.uid") == source.value("next.uid") && set_by(events, "next.at", *at);
    if (!went_over) return;
    for (const auto* const part : {"at", "by", "note", "answer", "sequence"}) {
      const auto field = "next." + std::string(part);
      source.values[field] = now.value(field);
      target.values[field] = value_before(field, events).value_or(std::string(target.value(field)));
    }
    target.values["next.uid"] = value_before("next.uid", events).value_or(std::string(now.value("next.uid")));
    gone_back = source.next();
  }

  static bool set_by(const std::vector<Event>& events, std::string_view field, std::string_view value) {
    return std::ranges::any_of(events, [&](const Event& event) {
      return std::ranges::any_of(event.changes,
                                 [&](const Change& change) { return change.field == field && change.after == value; });
    });
  }

  void give_back_deals() {
    std::map<std::string, Numbers, std::less<>> home;
    for (const auto& [kind, part] : {std::pair{"opportunity", "stage"}, {"quotation", "state"}, {"order", "number"}}) {
      const auto there = brought(kind, part, repair_.target_events);
      const auto here = numbered_of(source, kind);
      for (std::size_t i = 0; i < there.size() && i < here.size(); ++i)
        home[kind][there[i]] = std::next(here.begin(), static_cast<std::ptrdiff_t>(i))->first;
      give_back(kind, part, home[kind], home);
    }
    close_gaps(target);
  }

  /// Things of that kind as they stand there now; without numbers each to the one of the same name in calendars.
  void give_back(std::string_view kind, std::string_view part, Numbers numbers,
                 const std::map<std::string, Numbers, std::less<>>& home) {
    const auto now = numbered_of(repair_.target.lead, kind);
    const auto there = brought(kind, part, repair_.target_events);
    for (const auto number : there) {
      const auto stands = now.find(number);
      auto parts = stands == now.end() ? Parts{} : stands->second;
      if (kind == "event") {
        for (const auto& [here, own] : numbered_of(source, kind)) {
          if (own.contains("uid") && parts.contains("uid") && own.find("uid")->second == parts.find("uid")->second)
            numbers[number] = here;
        }
      }
      const auto here = numbers.find(number);
      put_numbered(target, kind, number, {});
      if (here == numbers.end()) continue;
      name_again(parts, home);
      put_numbered(source, kind, here->second, parts);
    }
  }
};

/// Says what a lead is again, and to calendars what stands there again.
void restore(Plan& plan, const RepairScene& scene, Lead then, const std::string& text, bool went_back) {
  const auto now = plan.lead();
  auto next = then.next();
  const bool stands_again = next && !went_back && !(now.next() && now.value("next.uid") == then.value("next.uid"));
  if (stands_again) {
    // Behind the CANCEL that took it off.
    const bool counted = now.value("next.uid") == then.value("next.uid");
    next->sequence = (counted ? number_value(now, "next.sequence") : next->sequence + 1) + 1;
    then.values["next.sequence"] = std::to_string(next->sequence);
  }
  plan.record({.type = EventType::repaired, .by = scene.by, .text = text}, difference(now, then));
  if (!stands_again) return;
  remind_again(plan, *next);
  tell_calendar(plan, *next, false);
}

}  // namespace

Decision decide_unrepair(const RepairScene& scene, const StandingRepair& repair) {
  // A cause of its own: what it writes is no part of any repair, of this one or the next, and goes back with none.
  const auto cause = "undo of " + cause_of(repair.number);
  Plan plan(scene.rules, Occasion{.now = scene.now, .at = scene.now, .key = cause, .cause = cause, .silent = true});
  const auto taken_back = "repair " + std::to_string(repair.number) + " is taken back";
  const bool is_split = repair.verb == RepairVerb::split;
  plan.begin(repair.source);
  plan.add(EndRepair{repair.number});
  if (is_split) {
    restore(plan, scene, as_before(repair.source, repair.source_events), taken_back, false);
    const auto both = bring(plan, scene, repair.target.lead, Brings::what_was_done);
    plan.begin(repair.target.lead);
    plan.record({.type = EventType::repaired, .by = scene.by, .text = taken_back});
    fold_into(plan, scene, repair.source.id, both);
    for (const auto& mail : repair.target.mails) plan.add(MoveMail{mail.id, {repair.source.id}});
  } else {
    const Parting parted(repair);
    restore(plan, scene, parted.source, taken_back, parted.gone_back.has_value());
    if (parted.gone_back) {
      const auto& next = *parted.gone_back;
      plan.add(MoveReminders{repair.target.lead.id, {repair.source.id}, next.at, next.by});
      if (next.at > scene.now) remind_again(plan, next);
    }
    plan.begin(repair.target.lead);
    if (parted.gone_back) plan.cancel_reminders();
    restore(plan, scene, parted.target, taken_back, false);
    for (const auto mail : repair.moved) plan.add(MoveMail{mail, {repair.source.id}});
  }
  auto decision = plan.finish(Outcome::threaded, taken_back + " by " + scene.by);
  decision.lead = LeadRef{repair.source.id};
  return decision;
}

}  // namespace leadmail::leads
