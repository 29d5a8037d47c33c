#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/options.h"
#include "daemon/wording.h"

namespace leadmail::daemon::admin {
namespace {

Json to_json(const ConfigError& error) {
  return Json{{"file", error.file},
              {"line", error.line > 0 ? Json(error.line) : Json(nullptr)},
              {"column", error.line > 0 ? Json(error.column) : Json(nullptr)},
              {"severity", error.warning ? "warning" : "error"},
              {"message", error.message},
              {"suggestion", error.suggestion.empty() ? Json(nullptr) : Json(error.suggestion)}};
}

}  // namespace

int run_check(Desk& desk, const CheckArguments& arguments) {
  if (arguments.example) {
    desk.print(example_config());
    return fine;
  }
  const auto loaded = with_templates_checked(load_config(desk.config_path()));
  for (const auto& error : loaded.errors) {
    if (desk.is_json()) {
      desk.print_json(to_json(error));
    } else {
      std::fputs((shown(to_string(error)) + "\n").c_str(), stderr);
    }
  }
  if (!loaded.config) return bad_config;
  desk.remark(desk.config_path() + ": no errors");
  return fine;
}

}  // namespace leadmail::daemon::admin
