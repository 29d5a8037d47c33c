// What was tried, as people and programs read it.
#pragma once

#include <string>
#include <vector>

#include "daemon/admin/desk.h"
#include "daemon/admin/trial.h"

namespace leadmail::daemon::admin {

/// "  ok     IMAP login   …" with the advice below it.
std::string finding_line(const Finding& finding, const Terminal& terminal);

/// [{what, grade: ok|note|failed, words, advice}]
Json findings_json(const std::vector<Finding>& findings);

}  // namespace leadmail::daemon::admin
