#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {

int run_new(Desk& desk, const NewArguments& arguments) {
  if (arguments.email.empty() && arguments.phone.empty() && arguments.name.empty()) {
    return desk.fail("a lead needs --email, --phone or --name", usage);
  }
  Json fields = Json::object();
  for (const auto& pair : arguments.fields) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0) return desk.fail("'" + pair + "' is not FIELD=VALUE", usage);
    fields[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  if (!desk.read_config()) return desk.status();

  auto answer = desk.change(Json{{"action", "new"},
                                 {"email", arguments.email},
                                 {"phone", arguments.phone},
                                 {"name", arguments.name},
                                 {"fields", std::move(fields)}});
  if (!answer) return desk.fail(answer.error());
  if (!answer->value("ok", false)) return desk.fail(answer->value("error", "refused"));
  answer->erase("ok");
  if (desk.is_json()) {
    desk.print_json(*answer);
  } else {
    desk.print(shown(answer->value("lead", "")) + "\n");
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
