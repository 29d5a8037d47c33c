// Whom an answer to a lead reaches. Pure.
#pragma once

#include "core/leads/inquiry.h"
#include "core/leads/lead.h"

namespace leadmail::leads {

/// Whom an answer goes to: the address he last wrote from, else the first one known; one that lives, if there is any.
/// Its address is empty when the lead has none.
Person answer_to(const Lead& lead);

}  // namespace leadmail::leads
