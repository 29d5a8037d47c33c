// `leadmail import`: the rows of one file, all in one transaction.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "daemon/engine.h"

namespace leadmail::daemon {

/// {"action":"import","file":NAME,"format":"csv|json|vcard"|"","columns":{HEADING:FIELD},"dry_run":bool,"skip_bad":bool,
/// "ignore_unknown":bool,"assign":bool,"bytes":N} and the file -> {"ok":true,"applied":bool,"made":[{"line","lead"}],
/// "known":[{"line","lead"}],"erased":[line],"bad":[{"line","reason"}],"unknown_columns":[]}. Nothing is applied when a
/// row is bad or a column unknown, unless the request says so; a row whose address or whose very content is in the book
/// makes no second lead, and one of somebody who was erased makes none.
nlohmann::json import_leads(Engine& engine, const nlohmann::json& request, std::string_view bytes,
                            const std::string& by);

}  // namespace leadmail::daemon
