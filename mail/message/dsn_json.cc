#include "mail/message/dsn_json.h"

#include <nlohmann/json.hpp>
#include <string>

#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/dsn_text.h"

namespace leadmail::mail::message {
namespace {

using nlohmann::json;
constexpr std::size_t kRead = std::size_t{256} * 1024;
constexpr std::size_t kRecipients = 100;
constexpr std::size_t kDiagnostic = 500;

// The object at the start of the text, without what the topic writes below it.
std::string_view object_of(std::string_view text) {
  text = ascii::trim(text.substr(0, kRead));
  if (!text.starts_with('{')) return {};
  const auto end = text.rfind('}');
  return end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1);
}

std::string string_at(const json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

const json& member(const json& object, const char* key) {
  static const json nothing;
  if (!object.is_object()) return nothing;
  const auto found = object.find(key);
  return found == object.end() ? nothing : *found;
}

void read_recipients(const json& list, Bounce& bounce) {
  if (!list.is_array()) return;
  for (const auto& entry : list) {
    if (bounce.recipients.size() >= kRecipients) return;
    const auto addresses = read_addresses(string_at(entry, "emailAddress"), 1).addresses;
    if (addresses.empty()) continue;
    const auto said = string_at(entry, "diagnosticCode");
    const std::string diagnostic(utf8_prefix(said, kDiagnostic));
    const auto status = find_status(string_at(entry, "status"));
    bounce.recipients.push_back({.address = addresses.front().address,
                                 .action = "failed",
                                 .status = status.empty() ? find_status(diagnostic) : status,
                                 .diagnostic = diagnostic});
  }
}

}  // namespace

ServiceNotice read_service_notice(std::string_view text) {
  ServiceNotice notice;
  const auto object = object_of(text);
  // Cheap for all other mail.
  if (object.find("\"Bounce\"") == std::string_view::npos && object.find("\"Complaint\"") == std::string_view::npos)
    return notice;
  const auto said = json::parse(object, nullptr, false);
  if (said.is_discarded()) return notice;
  auto type = string_at(said, "notificationType");
  if (type.empty()) type = string_at(said, "eventType");
  if (type == "Complaint") notice.event = ServiceEvent::complaint;
  if (type != "Bounce") return notice;
  read_recipients(member(member(said, "bounce"), "bouncedRecipients"), notice.bounce);
  if (notice.bounce.recipients.empty()) return notice;
  notice.event = ServiceEvent::bounce;
  auto id = string_at(member(member(said, "mail"), "commonHeaders"), "messageId");
  if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
  notice.bounce.original_message_id = id.substr(0, 998);
  return notice;
}

}  // namespace leadmail::mail::message
