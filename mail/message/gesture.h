// Mail that a client sends by itself for a click of its owner: a reaction to our mail, or the wish to have one back.
// Nobody wrote a word in it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// The emoji of Gmail's part text/vnd.google.email-reaction+json; "" when it holds none.
std::string read_reaction_part(std::string_view json);

/// Of new text that says only "Ann Bell reacted to your message:", as Outlook has it in many languages: the emoji
/// beside it, or that line; "" when it says anything else.
std::string read_reaction_text(std::string_view reply);

/// Of a text that says only "Ann Bell would like to recall the message, "Offer".": the subject, or that line where
/// nothing stands in quotes; "" when it says anything else.
std::string read_recall(std::string_view text);

}  // namespace leadmail::mail::message
