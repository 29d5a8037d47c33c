// Between the two worlds: a Message as the lead book sees it. The only place that knows both words.
#pragma once

#include <string_view>

#include "core/leads/inquiry.h"
#include "core/leads/rules.h"
#include "daemon/config.h"
#include "mail/message/message.h"

namespace leadmail::daemon {

/// Where and when a message was seen, as far as deciding needs it.
struct Sighting {
  std::string mailbox{};
  bool in_sent_folder = false;
  bool is_history = false;
  Time received{};
};

/// The message as an inquiry. Identity comes from `message.identity` alone; transport evidence is weighed for the
/// mailbox's own trusted servers; what signature, form and forward say becomes findings. Pure.
leads::Inquiry to_inquiry(const mail::message::Message& message, std::string_view raw, const Sighting& sighting,
                          const Config& config);

}  // namespace leadmail::daemon
