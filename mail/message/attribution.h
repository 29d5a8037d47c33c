// "On 1 May 2024, Ann <ann@example.com> wrote:" in its many shapes and languages. Pure; only looks at the words given.
#pragma once

#include <string_view>

namespace leadmail::mail::message {

enum class Attribution {
  none,
  part,  ///< the end of one: "17:14, Ann wrote:"; more of it may stand above
  whole  ///< names whom and when
};

/// Is the text, its lines joined by blanks, what stands above a quote? A date or an address must be in it, except where
/// drawn dashes or the quote below (`quote_below`) speak for themselves.
Attribution read_attribution(std::string_view text, bool quote_below);

/// An attribution may begin with this line: a date stands near its start, or behind a word such as "On".
bool starts_attribution(std::string_view line);

/// It may end with this one: cheap to ask of every line.
bool may_end_attribution(std::string_view line);

}  // namespace leadmail::mail::message
