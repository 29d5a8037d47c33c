#include <algorithm>

#include "core/leads/address.h"
#include "daemon/config_read.h"

namespace leadmail::daemon {
namespace {

/// The labels of a form, each with a meaning that we know.
void read_fields(const Node* fields, const leads::RecordSpec& record, mail::message::FormRule& form,
                 ConfigReport& report) {
  const auto known = leads::settable_fields(record);
  const auto is_field = [&](const std::string& name) {
    return std::ranges::find(known, name, &leads::FieldSpec::name) != known.end();
  };
  if (fields == nullptr || fields->kind != NodeKind::table) return;
  for (const auto& [label, place, value] : fields->members) {
    const auto folded = mail::message::fold_label(label);
    if (value.kind != NodeKind::text) continue;  // told already
    if (!mail::message::is_form_key(value.text) && !is_field(value.text)) {
      report.error(
          value.place, "no field of a form is called '" + value.text + "'",
          "name, first_name, last_name, email, phone, company, title, message, subject, product …, a [[field]], "
          "or ignore");
    } else if (folded.empty()) {
      report.error(place, "the label '" + label + "' has no letter in it");
    } else {
      form.labels.emplace_back(folded, value.text);
    }
  }
}

}  // namespace

void read_forms(const ConfigTree& tree, Config& config, ConfigReport& report) {
  for (const auto* node : tables_of(tree.root, "form")) {
    const TableReader table("form", *node);
    mail::message::FormRule form{
        .name = table.text("name"), .from = leads::to_lower(table.text("from")), .subject = table.text("subject")};
    if (form.from.empty() && form.subject.empty()) {
      report.error(node->place, "the form '" + form.name + "' has neither from nor subject",
                   "say what tells its mails from others");
    }
    read_fields(node->find("fields"), config.rules.record, form, report);
    config.forms.push_back(std::move(form));
  }
}

}  // namespace leadmail::daemon
