#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {

int run_ledger(Desk& desk, const LedgerArguments& arguments) {
  if (!arguments.outcome.empty() && !leads::outcome_named(arguments.outcome)) {
    return desk.fail("there is no outcome '" + arguments.outcome + "'", usage);
  }
  if (!desk.open_book()) return desk.status();
  // One that was taken out of the config is still asked for by its name; a mistyped one is told from an empty one.
  if (!arguments.mailbox.empty() && desk.config().mailbox(arguments.mailbox) == nullptr) {
    bool is_known = false;
    const auto looked = desk.book().ledger(arguments.mailbox, {}, [&](const store::LedgerEntry&) {
      is_known = true;
      return false;
    });
    if (!looked) return desk.fail(looked.error());
    if (!is_known)
      return desk.fail("there is no mailbox '" + shown(arguments.mailbox) + "', in the config or in the ledger", usage);
    desk.remark("no mailbox '" + shown(arguments.mailbox) + "' in the config");
  }
  const auto place = desk.place();
  Table table({"AT", "MAILBOX", "KIND", "OUTCOME", "LEAD", "REASON"});
  const auto result = desk.book().ledger(arguments.mailbox, arguments.outcome, [&](const store::LedgerEntry& entry) {
    if (desk.is_json()) {
      desk.print_json(ledger_json(entry));
      return true;
    }
    table.add({{time_text(entry.at, place), Colour::dim},
               {entry.mailbox, Colour::none},
               {entry.kind, Colour::none},
               {entry.outcome, entry.outcome == "quarantined" ? Colour::red : Colour::none},
               {entry.lead ? to_string(*entry.lead) : "", Colour::bold},
               {entry.reason, Colour::none}});
    return true;
  });
  if (!result) return desk.fail(result.error());
  if (!table.empty()) desk.print(table.text(desk.terminal()));
  return fine;
}

}  // namespace leadmail::daemon::admin
