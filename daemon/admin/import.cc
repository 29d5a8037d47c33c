#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/leads/exchange.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"

namespace leadmail::daemon::admin {
namespace {

/// "HEADING=FIELD", parted at the last "=", for headings have them too.
bool add_columns(const std::vector<std::string>& pairs, Json& columns) {
  for (const auto& pair : pairs) {
    const auto equals = pair.rfind('=');
    if (equals == std::string::npos || equals == 0) return false;
    columns[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return true;
}

void tell(Desk& desk, const Json& answer) {
  const auto count = [&](const char* key) { return answer.value(key, Json::array()).size(); };
  for (const auto& row : answer.value("bad", Json::array()))
    desk.remark("line " + std::to_string(row.value("line", 0)) + ": " + shown(row.value("reason", "")));
  for (const auto& column : answer.value("unknown_columns", Json::array())) {
    desk.remark("unknown column: " + shown(column.get<std::string>()) + "; --map '" + shown(column.get<std::string>()) +
                "=FIELD' says what it means");
  }
  for (const auto& row : answer.value("known", Json::array()))
    desk.remark("line " + std::to_string(row.value("line", 0)) + ": is " + shown(row.value("lead", "")) + " already");
  for (const auto& line : answer.value("erased", Json::array()))
    desk.remark("line " + std::to_string(line.get<std::int64_t>()) + ": was erased, and does not come back by a table");
  const bool applied = answer.value("applied", false);
  desk.remark(std::to_string(count("made")) + (applied ? " imported, " : " would be imported, ") +
              std::to_string(count("known")) + " known already, " + std::to_string(count("bad")) + " wrong");
  if (!applied) desk.remark("nothing was changed");
}

}  // namespace

int run_import(Desk& desk, const ImportArguments& arguments) {
  Json columns = Json::object();
  if (!add_columns(arguments.columns, columns)) return desk.fail("--map needs HEADING=FIELD", usage);
  if (!desk.read_config()) return desk.status();
  auto bytes = read_mail_file(arguments.file, leads::kMostImportBytes + 1);
  if (!bytes) return desk.fail(bytes.error());
  const auto name =
      arguments.file == "-" ? std::string("-") : std::filesystem::path(arguments.file).filename().string();
  auto answer = desk.change(Json{{"action", "import"},
                                 {"file", name},
                                 {"format", arguments.format},
                                 {"columns", std::move(columns)},
                                 {"dry_run", arguments.dry_run},
                                 {"skip_bad", arguments.skip_bad},
                                 {"ignore_unknown", arguments.ignore_unknown},
                                 {"assign", arguments.assign},
                                 {"bytes", bytes->size()}},
                            *bytes);
  if (!answer) return desk.fail(answer.error());
  if (!answer->value("ok", false)) return desk.fail(answer->value("error", "refused"));
  answer->erase("ok");
  if (desk.is_json()) {
    desk.print_json(*answer);
  } else {
    tell(desk, *answer);
  }
  return answer->value("applied", false) || arguments.dry_run ? fine : failed;
}

}  // namespace leadmail::daemon::admin
