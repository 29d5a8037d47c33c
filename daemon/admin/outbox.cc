#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {
namespace {

std::string addresses_of(const store::OutboxEntry& entry) {
  std::string text;
  for (const auto& recipient : entry.recipients) text += (text.empty() ? "" : ", ") + recipient.rcpt_to;
  return text;
}

std::string replies_of(const store::OutboxEntry& entry) {
  std::string text;
  for (const auto& recipient : entry.recipients) {
    if (recipient.state != "delivered" && !recipient.reply.empty())
      text += (text.empty() ? "" : "; ") + recipient.reply;
  }
  return text;
}

int list(Desk& desk) {
  const auto place = desk.place();
  Table table({"ID", "KIND", "STATE", "DUE", "LEAD", "TO", "SERVER SAID"});
  const auto result = desk.book().outbox(false, [&](const store::OutboxEntry& entry) {
    if (desk.is_json()) {
      desk.print_json(outbox_json(entry));
      return true;
    }
    const auto state = state_of(entry);
    table.add({{std::to_string(entry.id.value), Colour::bold},
               {entry.kind, Colour::none},
               {state, state == "delivered" ? Colour::green
                       : state == "failed"  ? Colour::red
                                            : Colour::yellow},
               {time_text(entry.due, place), Colour::none},
               {entry.lead ? to_string(*entry.lead) : "", Colour::none},
               {addresses_of(entry), Colour::none},
               {replies_of(entry), Colour::none}});
    return true;
  });
  if (!result) return desk.fail(result.error());
  if (!table.empty()) desk.print(table.text(desk.terminal()));
  return fine;
}

int show(Desk& desk, OutboxId id) {
  std::optional<store::OutboxEntry> found;
  const auto result = desk.book().outbox(false, [&](const store::OutboxEntry& entry) {
    if (entry.id == id) found = entry;
    return !found;
  });
  if (!result) return desk.fail(result.error());
  if (!found) return desk.fail("no mail " + std::to_string(id.value) + " in the outbox");
  const auto bytes = desk.book().outbox_bytes(id);
  if (!bytes) return desk.fail(bytes.error());
  auto json = outbox_json(*found);
  if (desk.is_json()) {
    json["content"] = *bytes;
    desk.print_json(json);
  } else {
    desk.print(shown(found->kind + ", " + state_of(*found) + ", because of " + found->cause) + "\n\n");
    desk.print(desk.terminal().width > 0 ? shown_lines(*bytes) : *bytes);
  }
  return fine;
}

int change(Desk& desk, const std::string& what, OutboxId id) {
  const auto answer = desk.change(Json{{"action", "outbox"}, {"do", what}, {"id", id.value}});
  if (!answer) return desk.fail(answer.error());
  if (!answer->value("ok", false)) return desk.fail(answer->value("error", "refused"));
  const auto count = answer->value("recipients", 0);
  if (desk.is_json()) desk.print_json(Json{{"id", id.value}, {"recipients", count}});
  desk.remark(what + ": " + std::to_string(count) + " recipients");
  return fine;
}

}  // namespace

int run_outbox(Desk& desk, const QueueArguments& arguments) {
  const auto id = number_named(arguments.id);
  if (arguments.action != "list" && !id) return desk.fail("outbox " + arguments.action + " needs a number", usage);
  if (arguments.action == "retry" || arguments.action == "cancel") {
    if (!desk.read_config()) return desk.status();
    return change(desk, arguments.action, OutboxId{*id});
  }
  if (!desk.open_book()) return desk.status();
  return arguments.action == "show" ? show(desk, OutboxId{*id}) : list(desk);
}

}  // namespace leadmail::daemon::admin
