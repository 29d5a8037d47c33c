// Reads the notification that a website's form sends: labels and values, whatever the builder's layout. Ordinary mail,
// in which a line may look like "Tel: 12", is left alone.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace leadmail::mail::message {

using FormFields = std::vector<std::pair<std::string, std::string>>;  ///< label as written, value; in order

/// The fields of a form notification: "label: value" lines, a label above its value, two columns (a tab or " | "
/// between the cells of a row), or a JSON object. Empty when the text is no form. At most 200 fields; linear time.
FormFields read_form(std::string_view text);

/// What a label means, in English, Spanish, Vietnamese, French, German and Portuguese: "name", "first_name",
/// "last_name", "email", "phone", "company", "title", "message", "subject", "product", "quantity", "budget", "country",
/// "city", "state", "address", "postal_code", "website", "language", "date", "source", "industry", "page", "ip",
/// "consent". "" for any other label.
std::string_view form_key(std::string_view label);

}  // namespace leadmail::mail::message
