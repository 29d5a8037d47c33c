// Notices that a sending service writes as JSON and a topic delivers as mail: Amazon SES through SNS. Read as RFC 3464
// fields would be.
#pragma once

#include <optional>
#include <string_view>

#include "mail/message/message.h"

namespace leadmail::mail::message {

enum class ServiceEvent { none, bounce, complaint };

/// What the text of a mail, which begins with a JSON object, says of our own mail. At most 256 KiB and 100 recipients
/// are read.
struct ServiceNotice {
  ServiceEvent event = ServiceEvent::none;
  Bounce bounce{};
};
ServiceNotice read_service_notice(std::string_view text);

}  // namespace leadmail::mail::message
