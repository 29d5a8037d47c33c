#include <nlohmann/json.hpp>
#include <utility>

#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"

namespace leadmail::daemon::admin {
namespace {

/// Hands mails over, many at a time, and tells in their order what became of each.
class Ingester {
 public:
  Ingester(Desk& desk, const IngestArguments& arguments) : desk_(desk), arguments_(arguments) {}

  /// False: it makes no sense to go on.
  bool take(const FoundMail& mail) {
    desk_.begin_change(Json{{"action", "ingest"},
                            {"mailbox", arguments_.mailbox},
                            {"file", mail.name},
                            {"silent", arguments_.silent},
                            {"sent", arguments_.sent},
                            {"partial", mail.partial},
                            {"bytes", mail.raw.size()}},
                       mail.raw, [this, name = mail.name](const Result<Json>& answer) { told(name, answer); });
    return !stopped_;
  }

  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  void told(const std::string& name, const Result<Json>& answer) {
    if (!answer) {
      // What follows fares no better: once is enough.
      if (!std::exchange(stopped_, true)) desk_.fail(Error{answer.error()}.in(name));
    } else if (!answer->value("ok", false)) {
      desk_.fail(name + ": " + answer->value("error", "refused"));
    } else {
      tell(name, *answer);
      ++count_;
    }
  }

  void tell(const std::string& name, const Json& answer) const {
    const auto lead = answer.contains("lead") ? answer["lead"] : Json(nullptr);
    if (desk_.is_json()) {
      desk_.print_json(Json{{"file", name},
                            {"outcome", answer.value("outcome", "")},
                            {"lead", lead},
                            {"reason", answer.value("reason", "")}});
      return;
    }
    const auto where = lead.is_string() ? " " + lead.get<std::string>() : std::string{};
    desk_.remark(shown(name + ": " + answer.value("outcome", "") + where + ": " + answer.value("reason", "")));
  }

  Desk& desk_;
  const IngestArguments& arguments_;
  std::size_t count_ = 0;
  bool stopped_ = false;
};

}  // namespace

int run_ingest(Desk& desk, const IngestArguments& arguments) {
  if (!desk.read_config()) return desk.status();
  const auto& config = desk.config();
  if (!arguments.mailbox.empty() && config.mailbox(arguments.mailbox) == nullptr) {
    return desk.fail("there is no mailbox '" + arguments.mailbox + "'");
  }
  Ingester ingester(desk, arguments);
  for (const auto& path : arguments.paths) {
    bool go_on = true;
    const auto visited = visit_mail(path, config.limits.max_message, [&](const FoundMail& mail) {
      go_on = ingester.take(mail);
      return go_on;
    });
    if (!visited) {
      desk.fail(visited.error());
    } else if (const auto text = passed_over_text(path, *visited); !text.empty()) {
      desk.warn(text);
    }
    if (!go_on) break;
  }
  desk.finish_changes();
  desk.remark(std::to_string(ingester.count()) + " mails taken");
  return desk.status();
}

}  // namespace leadmail::daemon::admin
