// How fields, statuses and buttons are called in the languages of our mails.
#pragma once

#include <string>
#include <string_view>

#include "core/leads/lead.h"
#include "core/leads/record.h"

namespace leadmail::daemon {

/// "phone" -> "Teléfono" in "es", also of the company's own fields; the field's name where no label is known.
std::string label_of(std::string_view field, std::string_view language, const leads::RecordSpec& record);

/// "Lost Quotation", "Cotización perdida", "Mất báo giá".
std::string label_of(leads::Status status, std::string_view language);

/// What a button says that sends this command: "#dnc" -> "Do not contact"; the command itself where nothing is known.
std::string label_of_command(std::string_view command, std::string_view language);

/// What a changed value looks like to people: statuses by their label, instants in `zone`, yes and no in words, empty
/// as "–".
std::string spell_value(std::string_view field, std::string_view value, std::string_view language,
                        std::string_view zone);

}  // namespace leadmail::daemon
