#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {
namespace {

int list(Desk& desk) {
  const auto place = desk.place();
  Table table({"ID", "AT", "MAILBOX", "LEAD", "MESSAGE-ID", "REASON"});
  const auto result = desk.book().ledger("", "quarantined", [&](const store::LedgerEntry& entry) {
    if (desk.is_json()) {
      desk.print_json(ledger_json(entry));
      return true;
    }
    table.add({{std::to_string(entry.id.value), Colour::bold},
               {time_text(entry.at, place), Colour::dim},
               {entry.mailbox, Colour::none},
               {entry.lead ? to_string(*entry.lead) : "", Colour::none},
               {entry.message_id, Colour::none},
               {entry.reason, Colour::red}});
    return true;
  });
  if (!result) return desk.fail(result.error());
  if (!table.empty()) desk.print(table.text(desk.terminal()));
  if (table.empty()) desk.remark("everything could be read");
  return fine;
}

int show(Desk& desk, LedgerId id) {
  const auto raw = desk.book().raw_by_ledger(id);
  if (!raw) return desk.fail(raw.error());
  if (!*raw) return desk.fail("no bytes are kept for " + std::to_string(id.value));
  if (desk.is_json()) {
    desk.print_json(Json{{"id", id.value}, {"size", (*raw)->size()}, {"content", **raw}});
  } else {
    desk.print(desk.terminal().width > 0 ? shown_lines(**raw) : **raw);
  }
  return fine;
}

/// Each on its own line; the status says whether all could be read now.
int retry(Desk& desk, std::int64_t id) {
  const auto answer = desk.change(Json{{"action", "failed"}, {"id", id}});
  if (!answer) return desk.fail(answer.error());
  if (!answer->value("ok", false)) return desk.fail(answer->value("error", "refused"));
  int status = fine;
  for (const auto& entry : answer->value("done", Json::array())) {
    const auto error = entry.value("error", "");
    const bool is_read = error.empty() && entry.value("outcome", "") != "quarantined";
    if (!is_read) status = failed;
    if (desk.is_json()) desk.print_json(entry);
    const auto text = error.empty() ? entry.value("outcome", "") + ": " + entry.value("reason", "") : error;
    desk.remark(shown(std::to_string(entry.value("ledger", std::int64_t{0})) + "  " + text));
  }
  return status;
}

}  // namespace

int run_failed(Desk& desk, const QueueArguments& arguments) {
  const bool all = arguments.action == "retry" && arguments.id == "all";
  const auto id = number_named(arguments.id);
  if (arguments.action != "list" && !id && !all)
    return desk.fail("failed " + arguments.action + " needs a number", usage);
  if (arguments.action == "retry") {
    if (!desk.read_config()) return desk.status();
    return retry(desk, id.value_or(0));
  }
  if (!desk.open_book()) return desk.status();
  return arguments.action == "show" ? show(desk, LedgerId{*id}) : list(desk);
}

}  // namespace leadmail::daemon::admin
