// Makes foreign HTML harmless for the HTML parser, whose work grows with the square of unclosed tags and whose stack
// grows with their depth: comments, scripts, styles and attributes nobody reads are dropped, tags closed and counted.
// Linear, bounded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadmail::mail::message {

struct HtmlLimits {
  std::size_t bytes = std::size_t{2} * 1024 * 1024;  ///< of HTML read
  std::size_t tags = 60'000;                         ///< beyond them only text is kept
  std::size_t depth = 200;                           ///< open elements
  std::size_t formatting = 40;                       ///< open <b>, <font>, <span> … among them
  std::size_t attribute = 1000;                      ///< bytes of one attribute value
};

/// The same visible content as `html`, within the limits.
std::string tame_html(std::string_view html, const HtmlLimits& limits = {});

}  // namespace leadmail::mail::message
