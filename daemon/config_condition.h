// Conditions of [[assign]]: which fields there are and of what type, which comparisons make sense with them, and which
// rules can never fire. Everything wrong is reported at its place.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/leads/rules.h"
#include "daemon/config_tree.h"

namespace leadmail::daemon {

enum class FieldKind { text, address, host, moment, number, yes_no, status, user, mailbox, nature, choice, country };

/// A field that a condition may name.
struct KnownField {
  std::string name{};
  FieldKind kind = FieldKind::text;
  std::vector<std::string> choices{};  ///< of a choice; empty: anything
};

/// Everybody's fields and the company's own.
std::vector<KnownField> known_fields(const leads::Rules& rules);

/// Reads one condition, all groups within it included. What is wrong gives a condition that always holds, and an error.
leads::Condition read_condition(const Node& node, const std::vector<KnownField>& fields, const leads::Rules& rules,
                                ConfigReport& report);

/// An error unless the value names a country: one that never fits would be believed to work.
void check_country(const std::string& value, Place place, ConfigReport& report);

/// An error for each field of it that is known of a mail at hand alone: a condition that is looked at later, whenever
/// something happens on a lead, would never see it.
void refuse_fields_of_mail(const leads::Condition& condition, const Place& place, const leads::Rules& rules,
                           ConfigReport& report);

/// Warns of rules that can never fire, because their conditions contradict themselves or because an earlier one takes
/// all that they could. In the order in which they are asked.
void warn_of_idle_rules(const std::vector<std::pair<leads::AssignRule, Place>>& rules, ConfigReport& report);

}  // namespace leadmail::daemon
