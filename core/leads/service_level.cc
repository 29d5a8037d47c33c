#include "core/leads/service_level.h"

#include <algorithm>
#include <charconv>

#include "core/leads/match.h"
#include "core/leads/plan.h"
#include "core/leads/reassign.h"
#include "core/leads/working_time.h"

namespace leadmail::leads {
namespace {

/// Of a term, when its owner is reminded that it will end.
std::string_view warning_of(std::string_view term) {
  if (term == sla::kAcknowledge) return sla::kWarnAcknowledge;
  return term == sla::kFirstAnswer ? sla::kWarnFirstAnswer : sla::kWarnAnswer;
}

std::optional<Time> instant(const Lead& lead, std::string_view field) {
  const auto text = lead.value(field);
  std::int64_t seconds = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return from_unix(seconds);
}

std::optional<Time> earliest(const Lead& lead, std::initializer_list<std::string_view> fields) {
  std::optional<Time> first;
  for (const auto field : fields) {
    const auto at = instant(lead, field);
    if (at && (!first || *at < *first)) first = at;
  }
  return first;
}

bool is_true(const std::optional<Condition>& condition, const Lead& lead) {
  if (!condition) return false;
  const auto mail = remembered_mail(lead);
  Fields fields(mail, lead);
  return holds(*condition, fields);
}

/// The new values of the terms, worked out on a copy.
class Terms {
 public:
  Terms(const Plan& plan, const Lead& before, const AssignRule& rule, const std::vector<std::string>& acted)
      : plan_(plan), before_(before), lead_(plan.lead()), rule_(rule), acted_(acted) {}

  Values run() {
    const bool is_new = before_.value(sla::kRule) != lead_.value(sla::kRule) ||
                        before_.value("offered") != lead_.value("offered") ||
                        before_.value(sla::kRounds) != lead_.value(sla::kRounds);
    const bool has_new_owner = !lead_.owner().empty() && before_.owner() != lead_.owner();
    if (!lead_.owner().empty()) {
      end(sla::kWaitsFor);
      end(sla::kBack);
    }
    if (is_new || has_new_owner) begin(sla::kAcknowledge, rule_.level.acknowledge);
    const bool is_acknowledged = std::ranges::find(acted_, lead_.owner()) != acted_.end() || !lead_.owed();
    if (!lead_.owner().empty() && is_acknowledged) make_good(sla::kAcknowledge);
    answers(is_new || has_new_owner);
    return std::move(values_);
  }

 private:
  void answers(bool is_given) {
    if (!lead_.owed()) {
      make_good(sla::kFirstAnswer);
      make_good(sla::kAnswer);
      if (before_.owed()) set(sla::kAnswered, "yes");
      return;
    }
    const bool runs = instant(lead_, sla::kFirstAnswer) || instant(lead_, sla::kAnswer);
    if (runs || (before_.owed() && !is_given)) return;
    const bool is_first = lead_.value(sla::kAnswered).empty() && rule_.level.first_answer.count() > 0;
    if (is_first) {
      begin(sla::kFirstAnswer, rule_.level.first_answer);
    } else {
      begin(sla::kAnswer, rule_.level.answer);
    }
  }

  void begin(std::string_view term, std::chrono::minutes within) {
    if (within.count() <= 0) return;
    const auto* const owner = plan_.owner();
    const auto calendar = owner == nullptr ? company_calendar(plan_.rules()) : *owner;
    const auto behind = [&](std::chrono::minutes work) {
      return std::to_string(to_unix(after_working_time(plan_.now(), work, calendar)));
    };
    set(term, behind(within));
    const auto early = rule_.level.warn_before;
    set(warning_of(term), early.count() > 0 && early < within ? behind(within - early) : std::string{});
  }

  void end(std::string_view field) { set(field, ""); }

  void make_good(std::string_view term) {
    end(term);
    end(warning_of(term));
    std::string late;
    for (const auto& name : late_terms(lead_)) {
      if ("sla." + name != term) late += (late.empty() ? "" : "\n") + name;
    }
    set(sla::kLate, late);
    lead_.values[std::string(sla::kLate)] = late;
  }

  void set(std::string_view field, std::string value) {
    const auto known =
        std::ranges::find(values_, field, [](const auto& entry) { return std::string_view(entry.first); });
    if (known != values_.end()) {
      known->second = std::move(value);
    } else {
      values_.emplace_back(field, std::move(value));
    }
  }

  const Plan& plan_;
  const Lead& before_;
  Lead lead_;
  const AssignRule& rule_;
  const std::vector<std::string>& acted_;
  Values values_{};
};

void forget(Plan& plan, const std::string& why) {
  Values values;
  for (const auto field : sla::kAll) values.emplace_back(field, "");
  plan.record_change({.type = EventType::fields, .by = "rule", .text = why}, values);
}

/// Its assignment is done: nothing is owed, nobody is reminded, no term runs.
void close(Plan& plan, const AssignRule& rule) {
  plan.cancel_reminders();
  plan.record_change(
      {.type = EventType::fields, .by = "rule", .cause = "rule " + rule.name, .text = "closed by rule " + rule.name},
      {{"owed", ""}, {"next.at", ""}, {"next.by", ""}, {"next.note", ""}});
  forget(plan, "closed by rule " + rule.name);
}

std::string told(const Lead& lead) {
  const auto due = due_term(lead);
  return due ? "to be seen to by " + to_rfc3339(*due) : "no term runs";
}

}  // namespace

const AssignRule* watching_rule(const Lead& lead, const Rules& rules) {
  const auto name = lead.value(sla::kRule);
  if (name.empty()) return nullptr;
  const auto found = std::ranges::find(rules.assign, name, &AssignRule::name);
  return found == rules.assign.end() ? nullptr : &*found;
}

bool watches(const AssignRule& rule) {
  return rule.level.is_set() || rule.when_away != AssignRule::WhenAway::unsaid || rule.unassign_when || rule.close_when;
}

std::optional<Time> next_term(const Lead& lead) {
  return earliest(lead, {sla::kAcknowledge, sla::kFirstAnswer, sla::kAnswer, sla::kBack, sla::kWarnAcknowledge,
                         sla::kWarnFirstAnswer, sla::kWarnAnswer});
}

std::optional<Time> due_term(const Lead& lead) {
  return earliest(lead, {sla::kAcknowledge, sla::kFirstAnswer, sla::kAnswer});
}

std::vector<std::string> late_terms(const Lead& lead) { return lines_of(lead.value(sla::kLate)); }

Inquiry remembered_mail(const Lead& lead) {
  Inquiry mail;
  mail.mailbox = lead.value("mailbox");
  mail.from = {std::string(lead.value("last.in.name")), std::string(lead.value("last.in.from"))};
  mail.subject = lead.value("last.in.subject");
  for (const auto& line : lines_of(lead.value("last.in.cc"))) mail.cc.push_back({{}, line.substr(0, line.find(' '))});
  return mail;
}

std::string spell_minutes(std::chrono::minutes length) {
  const auto hours = length.count() / 60;
  const auto minutes = length.count() % 60;
  if (hours == 0) return std::to_string(minutes) + " min";
  return std::to_string(hours) + " h" + (minutes == 0 ? "" : " " + std::to_string(minutes) + " min");
}

void follow_rule(Plan& plan, const Lead& before, const std::vector<std::string>& acted) {
  if (plan.lead().value(sla::kRule).empty() || plan.occasion().silent) return;
  const auto* const rule = watching_rule(plan.lead(), plan.rules());
  if (rule == nullptr) return forget(plan, "its rule is gone");
  const auto& lead = plan.lead();
  if (is_over(lead) || lead.status() == Status::do_not_contact || !lead.value("merged").empty())
    return forget(plan, "nothing more is to be watched");
  if (is_true(rule->close_when, lead)) return close(plan, *rule);
  if (!lead.owner().empty() && is_true(rule->unassign_when, lead)) return take_from_owner(plan, *rule);
  const auto values = Terms(plan, before, *rule, acted).run();
  Lead after = lead;
  for (const auto& [field, value] : values) after.values[field] = value;
  plan.record_change({.type = EventType::fields, .by = "rule", .cause = "rule " + rule->name, .text = told(after)},
                     values);
}

}  // namespace leadmail::leads
