#include "mail/message/html_tree.h"

#include <string>

#include "mail/message/html_guard.h"
#include "mail/message/html_marks.h"

namespace leadmail::mail::message {

HtmlTree parse_html(std::string_view html) {
  const std::string tame = tame_html(html);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  return HtmlTree(gumbo_parse_with_options(&options, tame.data(), tame.size()));
}

std::size_t breaks_around(const GumboElement& element) {
  switch (element.tag) {
    case GUMBO_TAG_P: {
      // Word's paragraphs have no margin; its blank lines are paragraphs too.
      const auto style = squeezed_style(element);
      const bool tight = attribute(element, "class").find("Mso") != std::string_view::npos ||
                         style.find("margin:0") != std::string::npos ||
                         style.find("margin-bottom:0") != std::string::npos;
      return tight ? 1 : 2;
    }
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL: return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY: return 1;
    default: return 0;
  }
}

}  // namespace leadmail::mail::message
