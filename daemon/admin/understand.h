// What we understand of one mail, without a config: for the commands that look at files.
#pragma once

#include <string_view>

#include "mail/message/message.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon::admin {

/// By a confined worker. A body that costs the worker its life is a defect, not a failure.
mail::message::Message understand_mail(mail::worker::Pool& pool, std::string_view raw);

}  // namespace leadmail::daemon::admin
