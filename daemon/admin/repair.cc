#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {
namespace {

int repair(Desk& desk, const Json& request) {
  if (!desk.read_config()) return desk.status();
  const auto answer = desk.change(request);
  if (!answer) return desk.fail(answer.error());
  if (!answer->value("ok", false)) return desk.fail(answer->value("error", "refused"));
  const auto number = answer->value("repair", std::int64_t{0});
  const auto lead = answer->value("lead", "");
  const auto moved = answer->value("moved", 0);
  const auto results = answer->value("results", Json::array());
  const auto notes = answer->value("notes", Json::array());
  if (desk.is_json())
    desk.print_json(Json{{"repair", number}, {"lead", lead}, {"moved", moved}, {"results", results}, {"notes", notes}});
  remark_results(desk, results);
  for (const auto& note : notes) desk.remark(shown(note.get<std::string>()));
  const bool is_undo = request.value("do", "") == "undo";
  desk.remark(std::to_string(moved) + (moved == 1 ? " mail" : " mails") + " to " + lead + "; " +
              (is_undo ? "repair " + std::to_string(number) + " is taken back"
                       : "to take it back: leadmail undo " + std::to_string(number)));
  return fine;
}

Json request_of(const char* what, const RepairArguments& arguments) {
  return Json{{"action", "repair"}, {"do", what}, {"as", arguments.as}};
}

/// "<id>" and "id" are the same.
std::string bare_id(std::string_view text) {
  if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
  return std::string(text);
}

}  // namespace

int run_split(Desk& desk, const RepairArguments& arguments) {
  auto request = request_of("split", arguments);
  request["message"] = bare_id(arguments.what);
  return repair(desk, request);
}

int run_move(Desk& desk, const RepairArguments& arguments) {
  const auto lead = lead_named(arguments.target);
  if (!lead) return desk.fail("'" + arguments.target + "' names no lead", usage);
  auto request = request_of("move", arguments);
  request["message"] = bare_id(arguments.what);
  request["lead"] = lead->value;
  return repair(desk, request);
}

int run_merge(Desk& desk, const RepairArguments& arguments) {
  const auto into = lead_named(arguments.what);
  const auto from = lead_named(arguments.target);
  if (!into || !from) return desk.fail("merge needs two leads", usage);
  auto request = request_of("merge", arguments);
  request["lead"] = into->value;
  request["from"] = from->value;
  return repair(desk, request);
}

int run_undo(Desk& desk, const RepairArguments& arguments) {
  const auto number = number_named(arguments.what);
  if (!number) return desk.fail("undo needs the number of a repair", usage);
  auto request = request_of("undo", arguments);
  request["repair"] = *number;
  return repair(desk, request);
}

}  // namespace leadmail::daemon::admin
