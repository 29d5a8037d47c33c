// The marks by which mail clients tell in HTML what is quoted and what is a signature. Looks at one element; decides
// nothing about the text.
#pragma once

#include <gumbo.h>

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// The value of an attribute; "" when there is none.
std::string_view attribute(const GumboElement& element, const char* name);

/// style="margin: 0 0" without blanks, in lower case.
std::string squeezed_style(const GumboElement& element);

/// Does a squeezed style give nought to `property` ("opacity:")? "0.5" is something.
bool is_nothing(std::string_view style, std::string_view property);

/// Not shown to the reader.
bool is_hidden(const GumboElement& element);

/// The element holds a quote, or the attribution above one.
bool is_quote(const GumboElement& element);

/// A block that its author moved to the right, as Gmail's and Outlook's buttons do with the element of quotes.
bool is_indented(const GumboElement& element);

/// Gmail's container: attribution, quote, and the answers in between.
bool is_gmail_quote(const GumboElement& element);

/// From here on everything is quoted: marks that stand beside the quote instead of around it.
bool begins_quote(const GumboElement& element);

/// A line drawn above, as Outlook's desktop and Windows Mail draw it over the header of a quote.
bool has_line_above(const GumboElement& element);

bool is_signature(const GumboElement& element);

}  // namespace leadmail::mail::message
