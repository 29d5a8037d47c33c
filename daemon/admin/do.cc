#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/labels.h"

namespace leadmail::daemon::admin {

void remark_results(Desk& desk, const Json& results) {
  const auto place = desk.place();
  for (const auto& line : results) {
    const auto field = line.value("field", "");
    const auto spell = [&](const char* key) {
      return spell_value(field, line.value(key, ""), place.language, place.zone);
    };
    desk.remark(shown(label_of(field, place.language, place.record) + ": " + spell("before") + " → " + spell("after")));
  }
}

int run_do(Desk& desk, const DoArguments& arguments) {
  const bool needs_none = arguments.lead == "-";
  const auto id = needs_none ? LeadId{} : lead_named(arguments.lead).value_or(LeadId{});
  if (!needs_none && !id) return desk.fail("'" + arguments.lead + "' names no lead; like L-123", usage);
  if (!desk.read_config()) return desk.status();
  std::string commands;
  for (const auto& command : arguments.commands) commands += command + "\n";

  auto answer = desk.change(Json{{"action", "do"}, {"lead", id.value}, {"commands", commands}, {"as", arguments.as}});
  if (!answer) return desk.fail(answer.error());
  if (!answer->value("ok", false)) return desk.fail(answer->value("error", "refused"));
  answer->erase("ok");
  if (desk.is_json()) {
    desk.print_json(*answer);
    return fine;
  }
  const auto done_on = needs_none ? LeadId{} : lead_named((*answer)["lead"].get<std::string>()).value_or(id);
  if (done_on != id) desk.remark(to_string(id) + " is part of " + to_string(done_on) + " now: done there");
  remark_results(desk, answer->value("results", Json::array()));
  if (!answer->at("undo").is_null()) {
    desk.remark("to take it back: leadmail do " + arguments.lead + " '#undo " + (*answer)["undo"].dump() + "'");
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
