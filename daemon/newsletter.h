// `leadmail newsletter send`: a page of leads at a time, each page one transaction, so that other mail is never kept
// waiting and a cut in the middle is mended by asking once more: nobody gets a campaign twice.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "daemon/engine.h"

namespace leadmail::daemon {

/// {"action":"newsletter","template":T,"to":QUERY,"campaign":C,"dry_run":bool,"after":N,"queued":N,"as":USER} ->
/// {"ok":true,"mails":[{"lead","address"}],"left_out":[{"lead","why"}],"after":N,"more":bool}. `after` and `queued` are
/// of the page before; begin with 0.
nlohmann::json send_newsletter(Engine& engine, const nlohmann::json& request, const std::string& by);

}  // namespace leadmail::daemon
