// Whether a page and the text beside it say the same, so that nobody need build a tree of the page to find out.
#pragma once

#include <string_view>

namespace leadmail::mail::message {

/// Does the page say word for word what the text says? Blanks, line breaks and ">" are not compared. False in doubt, as
/// where the page has anything but tags, plain words and the commonest character references. Time grows with the size
/// of the page alone.
bool says_the_same(std::string_view html, std::string_view text);

}  // namespace leadmail::mail::message
