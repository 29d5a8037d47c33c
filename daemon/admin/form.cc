// `leadmail form learn`: the config for a form of one's own site from one of its notifications.
#include "mail/message/form.h"

#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"
#include "daemon/admin/understand.h"

namespace leadmail::daemon::admin {

int run_form(Desk& desk, const FormArguments& arguments) {
  constexpr std::uint64_t kMostBytes = 150'000'000;
  const auto raw = read_mail_file(arguments.file, kMostBytes);
  if (!raw) {
    desk.fail(raw.error());
    return desk.status();
  }
  mail::worker::Pool pool({.workers = 1});
  const auto config = mail::message::learn_form(understand_mail(pool, *raw));
  if (config.empty()) {
    desk.fail(Error{Next::give_up, "no labels with values in " + arguments.file + ": is it a notification of a form?"});
  } else if (desk.is_json()) {
    desk.print(Json{{"config", config}}.dump() + "\n");
  } else {
    desk.print(config);
  }
  return desk.status();
}

}  // namespace leadmail::daemon::admin
