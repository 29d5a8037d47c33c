#include <nlohmann/json.hpp>

#include "core/leads/held.h"
#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {
namespace {

constexpr std::size_t kShown = 500;  // bytes of its text

/// The beginning of a text, whole characters only.
std::string beginning(const std::string& text) {
  auto end = std::min(text.size(), kShown);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

/// A row of the ledger with what people decide by; `id` is the number to decide about.
Json held_json(const store::HeldEntry& entry) {
  auto json = ledger_json(entry.row);
  json["id"] = entry.mail.number;
  json["ledger"] = entry.row.id.value;
  json["state"] = std::string{leads::name(entry.mail.state)};
  json["from"] = Json{{"name", entry.mail.from_name}, {"address", entry.mail.from_address}};
  json["sender"] = entry.mail.sender;
  json["subject"] = entry.mail.subject;
  json["received"] = time_json(entry.mail.received);
  json["text"] = beginning(entry.mail.text);
  return json;
}

int list(Desk& desk) {
  const auto place = desk.place();
  Table table({"ID", "RECEIVED", "MAILBOX", "FROM", "SUBJECT", "REASON"});
  const auto result = desk.book().held([&](const store::HeldEntry& entry) {
    if (desk.is_json()) {
      desk.print_json(held_json(entry));
      return true;
    }
    const auto& mail = entry.mail;
    table.add({{std::to_string(mail.number), Colour::bold},
               {time_text(mail.received, place), Colour::dim},
               {mail.mailbox, Colour::none},
               {mail.sender.empty() ? mail.from_address : mail.sender, Colour::none},
               {mail.subject, Colour::none},
               {mail.reason, Colour::yellow}});
    return true;
  });
  if (!result) return desk.fail(result.error());
  if (!table.empty()) desk.print(table.text(desk.terminal()));
  if (table.empty()) desk.remark("nothing is held");
  return fine;
}

/// Each by itself: one that can't be decided does not keep the others from it.
int decide(Desk& desk, const std::string& what, const std::vector<std::int64_t>& numbers) {
  for (const auto number : numbers) {
    const auto answer = desk.change(Json{{"action", "held"}, {"do", what}, {"id", number}});
    if (!answer) return desk.fail(answer.error());
    if (!answer->value("ok", false)) {
      desk.fail(answer->value("error", "refused"));
      continue;
    }
    auto told = *answer;
    told.erase("ok");
    if (desk.is_json()) desk.print_json(told);
    const auto lead = told["lead"].is_string() ? " " + told["lead"].get<std::string>() : std::string{};
    desk.remark(
        shown(std::to_string(number) + "  " + told.value("outcome", "") + lead + ": " + told.value("reason", "")));
  }
  return desk.status();
}

}  // namespace

int run_held(Desk& desk, const HeldArguments& arguments) {
  if (arguments.action == "list") {
    if (!desk.open_book()) return desk.status();
    return list(desk);
  }
  std::string words;
  for (const auto& id : arguments.ids) words += id + " ";
  const auto wish = leads::read_held_wish(words);
  if (!wish) return desk.fail("held " + arguments.action + " needs numbers of the list", usage);
  const bool domain = arguments.domain || wish->whole_domain;
  if (domain && arguments.action == "accept") return desk.fail("a domain is blocked, not accepted", usage);
  if (!desk.read_config()) return desk.status();
  return decide(desk, domain ? "block-domain" : arguments.action, wish->numbers);
}

}  // namespace leadmail::daemon::admin
