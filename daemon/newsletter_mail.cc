#include "daemon/newsletter_mail.h"

#include "core/leads/token.h"

namespace leadmail::daemon {

std::string newsletter_unsubscribe(const leads::Mailbox& mailbox, LeadId lead, std::string_view token) {
  const auto address = leads::reply_address(mailbox, token);
  if (address != mailbox.address) return "mailto:" + address + "?subject=unsubscribe";
  const auto tag = leads::action_tag(lead, token);
  return "mailto:" + address + "?subject=unsubscribe%20%5B" + tag.substr(1, tag.size() - 2) + "%5D";
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
