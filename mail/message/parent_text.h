// What of a mail stands in the mail that it answers, which we hold: strong evidence, whatever the client made of it.
// Lines are compared without white space and quote marks, so wrapping, marks and scripts without blanks do not matter.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "mail/message/text_lines.h"

namespace leadmail::mail::message {

struct ParentLines {
  std::vector<bool> quoted{};   ///< these lines stand in the parent; none does when nothing else would be left
  std::vector<bool> strange{};  ///< nothing of these lines stands in the parent, and they say something
  std::size_t first = 0;        ///< the first of them; the number of lines when there is none
  bool answered = false;        ///< whole lines of the author's own stand between them
};

/// Where the parent's text is found in `lines`, from the line on at which its beginning stands. What the author repeats
/// above that, such as his signature, stays his. At most 256 KiB of `parent` are looked at; linear in both.
ParentLines find_parent(std::string_view parent, std::span<const Line> lines);

}  // namespace leadmail::mail::message
