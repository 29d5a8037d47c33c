// Forms that the config describes.
#include <algorithm>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/form.h"
#include "mail/message/parse.h"
#include "mail/message/subject.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

bool fits(const FormRule& rule, const Identity& identity) {
  const auto sent = [&](const Address& address) { return ascii::same(address.address, rule.from); };
  const bool from = rule.from.empty() || std::any_of(identity.from.begin(), identity.from.end(), sent) ||
                    (identity.sender && sent(*identity.sender));
  if (!from || rule.subject.empty()) return from && !rule.from.empty();
  return fold_case(identity.subject).starts_with(fold_case(rule.subject)) ||
         read_subject(identity.subject).key.starts_with(fold_case(rule.subject));
}

}  // namespace

string_view FormRule::key(string_view label) const {
  if (labels.empty()) return {};
  const auto folded = fold_label(label);
  const auto found =
      std::find_if(labels.begin(), labels.end(), [&](const auto& known) { return known.first == folded; });
  return found == labels.end() ? string_view{} : string_view(found->second);
}

std::size_t FormRule::labels_in(const FormFields& fields) const {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [&](const auto& field) { return !key(field.first).empty(); }));
}

const FormRule* form_rule_for(std::span<const FormRule> rules, const Identity& identity) {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const FormRule& rule) { return fits(rule, identity); });
  return found == rules.end() ? nullptr : &*found;
}

void apply_form_rules(Message& message, std::span<const FormRule> rules) {
  const bool may_be = message.kind == Kind::person || message.kind == Kind::form || message.kind == Kind::auto_reply ||
                      message.kind == Kind::bulk;
  if (!may_be) return;
  const auto* const rule = form_rule_for(rules, message.identity);
  if (rule == nullptr) return;
  // What was read without the rule may tell more: the layout of the page, which only the worker has seen.
  auto fields = read_form(message.content.text, *rule);
  const auto named = rule->labels_in(message.content.form);
  const bool is_read = named > 0 && named * 2 >= rule->labels.size() && named > rule->labels_in(fields);
  if (fields.empty() && !is_read) return;
  if (!is_read) message.content.form = std::move(fields);
  message.kind = Kind::form;
  message.kind_reason = "the form '" + rule->name + "' of the config";
}

}  // namespace leadmail::mail::message
