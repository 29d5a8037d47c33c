// A document as HTML for mail programs: tables and inline styles, for Outlook knows little else; nothing is fetched
// from anywhere, no link leads elsewhere than to our own address, and whatever somebody wrote to us is text. The head's
// few rules for dark mode and small screens are a bonus where they are read.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/document.h"

namespace leadmail::daemon {

/// Gmail shows no more than 102 KiB of a mail; the frame around the blocks needs a few.
inline constexpr std::size_t kMostHtml = 90'000;

/// A command as a mailto: link. Empty: the mail can't be answered, and its buttons are shown as what to write.
using LinkMaker = std::function<std::string(std::string_view command)>;

std::string escape_html(std::string_view text);

/// A value in an HTML template: escaped, line ends as <br>.
std::string escape_html_lines(std::string_view text);

/// The blocks as HTML, to stand in a frame.
std::string to_html(const Document& document, const LinkMaker& link);

/// Cuts the longest blocks, with "[…]" where something is missing, until their HTML has at most `most` bytes.
void shorten(Document& document, const LinkMaker& link, std::size_t most = kMostHtml);

/// An answer as an HTML mail: the text, its images (cid, file name) where "[cid:…]" or "[image: name]" marks their
/// place and else below it, and the mail that is answered under the line that says whose it is, as Gmail writes it, for
/// most programs know that. Nothing of it is fetched from outside.
std::string answer_html(std::string_view text, const std::vector<std::pair<std::string, std::string>>& images,
                        std::string_view attribution, std::string_view quoted);

}  // namespace leadmail::daemon
