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
/// `record`: what the company calls its stages; without it they go by their ids.
std::string spell_value(std::string_view field, std::string_view value, std::string_view language,
                        std::string_view zone, const leads::RecordSpec* record = nullptr);

/// The text of an event where it is one of our own set words, in that language; else as it is.
std::string spell_happened(std::string_view text, std::string_view language);

/// "prospect", "clock": who did it and is no user. Any other name is as it is.
std::string spell_actor(std::string_view id, std::string_view language);

}  // namespace leadmail::daemon
