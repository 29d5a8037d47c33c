#include "daemon/newsletter_mail.h"

#include "core/leads/token.h"
#include "daemon/mail_html.h"

namespace leadmail::daemon {

std::string newsletter_unsubscribe(const leads::Mailbox& mailbox, LeadId lead, std::string_view token) {
  const auto address = leads::reply_address(mailbox, token);
  if (address != mailbox.address) return "mailto:" + address + "?subject=unsubscribe";
  const auto tag = leads::action_tag(lead, token);
  return "mailto:" + address + "?subject=unsubscribe%20%5B" + tag.substr(1, tag.size() - 2) + "%5D";
}

std::string with_tappable(std::string html, std::string_view link, std::string_view shown) {
  const auto written = escape_html(link);
  const auto tap = "<a href=\"" + written + "\">" + escape_html(shown) + "</a>";
  for (auto at = html.find(written); at != std::string::npos; at = html.find(written, at)) {
    const bool is_attribute = at > 0 && (html[at - 1] == '"' || html[at - 1] == '\'' || html[at - 1] == '=');
    if (!is_attribute) html.replace(at, written.size(), tap);
    at += is_attribute ? written.size() : tap.size();
  }
  return html;
}

std::vector<mail::message::Field> newsletter_headers(std::string_view link, std::string_view url,
                                                     std::string_view token) {
  std::string ways = "<" + std::string(link) + ">";
  std::vector<mail::message::Field> fields{{"Precedence", "bulk"}};
  if (!url.empty()) {
    const char* mark = url.find('?') == std::string_view::npos ? "?u=" : "&u=";
    ways += ", <" + std::string(url) + mark + std::string(token) + ">";
    fields.push_back({"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"});
  }
  fields.push_back({"List-Unsubscribe", ways});
  return fields;
}

}  // namespace leadmail::daemon
