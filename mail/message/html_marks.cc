#include "mail/message/html_marks.h"

#include <algorithm>
#include <array>

#include "mail/message/ascii.h"
#include "mail/message/reply_words.h"
#include "mail/message/word_index.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

// clang-format off
// Classes, ids and names, with the client that writes them.
constexpr auto kQuotes = std::to_array<WordRow>({
    {"Gmail", "gmail_attr"},
    {"Yahoo, AOL", "yahoo_quoted|aolReplacedBody|aol_quoted"},
    {"Thunderbird", "moz-cite-prefix|moz-forward-container"},
    {"Outlook for Mac and phones", "OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|ms-outlook-mobile-body-separator-line-quote"},
    {"Proton, Tuta", "protonmail_quote|tutanota_quote"},
    {"Zoho", "zmail_extra"},
    {"Roundcube", "reply-intro|replybody"},
    {"GMX, Web.de", "quoted-content"},
    {"NetEase, QQ", "isReplyContent|isForwardContent|ntes-mailmaster-quote|ntes_quote|qmQuote|netease_mail_quote"},
    {"Spark, Airmail, Canary, Newton", "messageReplySection|spark_quote|clean_bq|airmail_on|CanaryBlockquote|CanaryDropbox|cm_quote"},
    {"Samsung, HTC, LG", "quoted_header|quoted-text|replyforward_quote|htc_quote"},
    {"BlackBerry", "_originalContent|_replyContent"},
    {"Front, Missive, Superhuman, Hey", "front-blockquote|missive_quote|sh-quoted-content|hey_quote"},
    {"desks", "cs-quote-block|mail_quoted_text|quoted-mail-body|freshdesk_quote|zendesk_quote|hs_reply|hs-quoted|intercom-quote|helpscout-quote"},
    {"Notion, Shortwave, Mailbird", "notion-mail-quote|shortwave_quote|mb_quote"},
    {"others", "WordSection1_quoted|blockquote_cite|quoted_message|reply_quote|mail-quote|email_quote|quote-header|quotedText"},
});
constexpr auto kBegins = std::to_array<WordRow>({
    {"Outlook", "divRplyFwdMsg|OutlookMessageHeader|stopSpelling|replySplit|ms-outlook-mobile-reply-forward-header"},
    {"Zimbra", "zwchr"},
    {"Naver, Daum", "replyHeader|originalMessageHeader"},
});
constexpr auto kSignatures = std::to_array<WordRow>({
    {"Gmail", "gmail_signature"},
    {"Thunderbird", "moz-signature"},
    {"Apple Mail", "AppleMailSignature|apple-mail-signature|lineBreakAtBeginningOfSignature"},
    {"Outlook", "Signature|ms-outlook-mobile-signature"},
    {"Proton", "protonmail_signature_block-user|protonmail_signature_block-proton|protonmail_signature_block"},
    {"Yahoo", "signature|yahoo-signature|yahooMailSignature"},
    {"Samsung, K-9", "composer_signature|k9mail-signature"},
    {"Roundcube, Zoho", "_rc_sig|Zm-_Id_-Sgn"},
    {"Airmail, Spark, Canary, Superhuman", "bloop_sign|messageSignatureSection|CanarySig|sh-signature|edo-signature"},
    {"NetEase", "ntes-pcmac-signature|ntes-mailmaster-signature"},
});
// clang-format on

/// Webmailers rename what they quote: "x_divRplyFwdMsg", "m_-123gmail_quote", "ydp1234yahoo_quoted"; some count:
/// "yahoo_quoted_77".
template <const auto& kRows>
bool is_named(string_view token) {
  while (!token.empty() && (ascii::is_digit(token.back()) || token.back() == '_' || token.back() == '-'))
    token.remove_suffix(1);
  if (token.empty()) return false;
  const auto places = kByLast<kWordsOf<kRows>>.at(token.back());
  return std::any_of(places.begin(), places.end(), [&](auto place) {
    const auto name = kWordsOf<kRows>[place];
    if (!token.ends_with(name)) return false;
    const auto prefix = token.substr(0, token.size() - name.size());
    return prefix.empty() || prefix.ends_with('_') || ascii::starts_with(prefix, "ydp") ||
           ascii::starts_with(prefix, "m_");
  });
}

template <const auto& kRows>
bool has_name(const GumboElement& element) {
  for (const char* where : {"class", "id", "name"}) {
    for (auto tokens = ascii::trim(attribute(element, where)); !tokens.empty(); tokens = ascii::trim(tokens)) {
      const auto token = tokens.substr(0, tokens.find_first_of(" \t\r\n"));
      if (is_named<kRows>(token)) return true;
      tokens.remove_prefix(token.size());
    }
  }
  return false;
}

constexpr auto kGmailQuotes = std::to_array<WordRow>({{"Gmail", "gmail_quote|gmail_quote_container|nylas-quote"}});

}  // namespace

string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found != nullptr ? string_view(found->value) : string_view{};
}

std::string squeezed_style(const GumboElement& element) {
  std::string result;
  for (const char c : attribute(element, "style")) {
    if (!ascii::is_space(c)) result.push_back(ascii::lower(c));
  }
  return result;
}

bool is_nothing(std::string_view style, std::string_view property) {
  const std::size_t at = style.find(property);
  if (at == std::string_view::npos || (at > 0 && style[at - 1] != ';')) return false;
  const auto value = style.substr(at + property.size(), style.find(';', at) - at - property.size());
  return value.starts_with('0') && value.find_first_of("123456789") == std::string_view::npos;
}

bool is_hidden(const GumboElement& element) {
  if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
  const auto style = squeezed_style(element);
  return style.find("display:none") != std::string::npos || style.find("mso-hide:all") != std::string::npos ||
         style.find("visibility:hidden") != std::string::npos || is_nothing(style, "max-height:") ||
         is_nothing(style, "opacity:");
}

bool is_quote(const GumboElement& element) {
  return has_name<kQuotes>(element) || attribute(element, "name") == "quote" ||
         attribute(element, "data-marker") == "__QUOTED_TEXT__";
}

bool is_indented(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_BLOCKQUOTE || !attribute(element, "type").empty()) return false;
  const auto style = squeezed_style(element);
  return style.find("border:none") != std::string::npos && style.find("border-left:") == std::string::npos &&
         style.find("margin:") != std::string::npos;
}

bool is_gmail_quote(const GumboElement& element) { return has_name<kGmailQuotes>(element); }

bool begins_quote(const GumboElement& element) {
  return has_name<kBegins>(element) ||
         (element.tag == GUMBO_TAG_HR && attribute(element, "data-marker") == "__DIVIDER__");
}

bool has_line_above(const GumboElement& element) {
  if (element.tag != GUMBO_TAG_DIV) return false;
  const auto style = squeezed_style(element);
  return style.find("border-top") != std::string::npos && style.find("solid") != std::string::npos;
}

bool is_signature(const GumboElement& element) { return has_name<kSignatures>(element); }

}  // namespace leadmail::mail::message
