// Foreign HTML as a tree, made harmless first.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string_view>

namespace leadmail::mail::message {

struct DestroyHtmlTree {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};
using HtmlTree = std::unique_ptr<GumboOutput, DestroyHtmlTree>;

/// The tree of `html` within the limits of HtmlLimits; nullptr when memory is short. Owns all that it shows.
HtmlTree parse_html(std::string_view html);

/// How many line breaks stand around an element; 0 for those within a line.
std::size_t breaks_around(const GumboElement& element);

}  // namespace leadmail::mail::message
