// Questions on a terminal, or on any input that has a line for each answer. Knows nothing of what is asked.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace leadmail::daemon::admin {

/// Nothing, or why an answer will not do.
using Check = std::function<std::string(std::string_view answer)>;

/// The answer to `question`, without blanks around it; `proposed` where it is empty. Asked again until `check` is
/// content, ten times at most. Nothing: the input has ended, or no answer would do.
std::optional<std::string> ask(std::string_view question, std::string_view proposed, const Check& check = {});

/// The same without showing what is typed.
std::optional<std::string> ask_secret(std::string_view question);

/// Yes or no; the proposed one where nothing is typed.
std::optional<bool> ask_whether(std::string_view question, bool proposed);

}  // namespace leadmail::daemon::admin
