// Text made comparable: what people mean to be the same word becomes the same bytes. By ICU; the tables of words beside
// it are written in this spelling.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// fold_case() without accents, and with the letters that people replace where a keyboard lacks them: "Réponse" is
/// "reponse", "Straße" "strasse", "đến" "den", "włącznie" "wlacznie"; typographic quotes and dashes become the plain
/// ones.
std::string fold_plain(std::string_view text);

}  // namespace leadmail::mail::message
