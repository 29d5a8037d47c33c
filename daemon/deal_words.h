// What was offered and sold, as our mails tell it: one line for each opportunity, quotation and order.
#pragma once

#include <string_view>
#include <vector>

#include "core/leads/lead.h"
#include "core/leads/rules.h"
#include "daemon/wording.h"

namespace leadmail::daemon {

/// "Quotation": "12000 MXN, open, valid until 2026-12-22, offer.pdf"; in the order in which they came about. Entries
/// have `label` and `value`.
std::vector<Words::Entry> deal_words(const leads::Lead& lead, const leads::RecordSpec& record,
                                     std::string_view language, std::string_view zone);

}  // namespace leadmail::daemon
