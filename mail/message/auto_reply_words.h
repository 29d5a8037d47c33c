// The subjects and first words of automatic answers in many languages. Data, and one question each.
#pragma once

#include <string_view>

namespace leadmail::mail::message {

/// How sure a subject is: "Automatic reply: …" is written by machines alone, "out of office" may be a customer's topic.
enum class AutoSubject { none, weak, strong };
AutoSubject auto_subject(std::string_view subject);

/// The text says near its beginning that the writer is away or that a machine answers.
bool says_away(std::string_view text);

}  // namespace leadmail::mail::message
