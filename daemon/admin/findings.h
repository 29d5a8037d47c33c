// What a look at the system found, one line each, and what to do about it. The names are those of the sections of
// docs/troubleshooting.md; alarms of the daemon have theirs from the same table.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/admin/print.h"
#include "daemon/admin/view.h"

namespace leadmail::daemon::admin {

/// One thing that was tried or looked at.
struct Finding {
  enum class Grade { fine, note, failed };  ///< `failed` keeps the daemon from its work
  Grade grade = Grade::fine;
  std::string what{};    ///< "IMAP login"
  std::string words{};   ///< what came of it, the server's own words included
  std::string advice{};  ///< what to do about it; may be empty
  std::string name{};    ///< "login-refused"; may be empty
};

/// Something that may be wrong, and what to do then.
struct Remedy {
  std::string_view name;
  std::string_view advice;
};

/// All of them, ordered by name.
std::span<const Remedy> remedies();

/// The advice under that name; "" for none.
std::string_view advice_for(std::string_view name);

/// "  ok     IMAP login              imap.acme.example:993 as sales", with the advice on a line of its own.
std::string finding_line(const Finding& finding, const Terminal& terminal);

/// [{what, grade: ok|note|failed, words, advice, name}]
Json findings_json(const std::vector<Finding>& findings);

}  // namespace leadmail::daemon::admin
