#include "core/leads/beginnings.h"

#include <string>

#include "core/leads/zone.h"

namespace leadmail::leads {

void add_history(Values& values, const std::vector<Lead>& earlier) {
  std::string list;
  for (const auto& lead : earlier) {
    const bool is_customer = lead.status() == Status::converted || lead.value("customer") == "yes";
    if (is_customer) list += (list.empty() ? "" : ", ") + to_string(lead.id);
  }
  if (list.empty()) return;
  values.emplace_back("qualification.was_customer.answer", "yes");
  values.emplace_back("qualification.was_customer.note", list);
}

void add_planned_steps(Values& values, const Rules& rules, Time first_contact) {
  for (const auto& step : rules.record.steps) {
    if (step.after.count() <= 0) continue;
    values.emplace_back("step." + step.id + ".planned", to_text(day_of(first_contact + step.after, rules.timezone)));
  }
}

}  // namespace leadmail::leads
