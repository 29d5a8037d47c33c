#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/options.h"
#include "daemon/token_file.h"
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

/// True only where it is seen: whoever asks may not be allowed to look.
bool lacks_login(const Config& config, const MailboxConfig& mailbox) {
  if (!mailbox.oauth2 || !mailbox.oauth2->needs_person()) return false;
  return ::access(token_path(config.keys_path, mailbox.name).c_str(), F_OK) != 0 && errno == ENOENT;
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
  for (const auto& mailbox : loaded.config->mailboxes) {
    if (!lacks_login(*loaded.config, mailbox)) continue;
    desk.remark("mailbox " + mailbox.name + ": nobody has logged in yet; leadmail login " + mailbox.name);
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
