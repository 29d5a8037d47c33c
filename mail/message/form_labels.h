// What the labels of website forms mean: English, Spanish, Vietnamese, French, German and Portuguese.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// What a label means: "name", "first_name", "last_name", "email", "phone", "company", "title", "message", "subject",
/// "product", "quantity", "budget", "country", "city", "state", "address", "postal_code", "website", "language",
/// "date", "source", "industry", "page", "ip", "consent". "" for any other label.
std::string_view form_key(std::string_view label);

/// The same with the help of what was typed: "Where can we reach you by e-mail?" means "email" when an address follows.
/// "" where neither tells.
std::string_view form_key(std::string_view label, std::string_view value);

/// What a folded label means whose words are all known, though not in this order: "best number to reach you" is
/// "phone".
/// "" when one word is unknown, none carries a meaning, or they contradict each other.
std::string_view key_of_form_words(std::string_view folded);

/// The same though up to three words are unknown: "Hafen Ihres Bootes (Ort)" is likely "city". What was typed has to
/// agree.
std::string_view likely_key_of_form_words(std::string_view folded);

/// Could this have been typed into a field of that meaning?
bool value_agrees(std::string_view key, std::string_view value);

/// A word of the label hints at one of those meanings; what was typed would have to confirm it.
bool hints_at_form_key(std::string_view label);

/// A name of form_key's, or "ignore".
bool is_form_key(std::string_view key);

/// The label in the spelling in which labels are compared: small letters, no accents, blanks for signs, no "required".
std::string fold_label(std::string_view label);

}  // namespace leadmail::mail::message
