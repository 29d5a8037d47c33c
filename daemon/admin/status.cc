#include <algorithm>
#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"

namespace leadmail::daemon::admin {
namespace {

const store::MailboxCounts* counts_of(const store::Counts& counts, const std::string& mailbox) {
  const auto found = std::ranges::find(counts.mailboxes, mailbox, &store::MailboxCounts::mailbox);
  return found == counts.mailboxes.end() ? nullptr : &*found;
}

/// What the daemon says of that mailbox, or nothing.
Json live_state(const std::optional<Json>& answer, const std::string& mailbox) {
  if (!answer || !answer->contains("mailboxes")) return nullptr;
  for (const auto& entry : answer->at("mailboxes")) {
    if (entry.is_object() && entry.value("name", "") == mailbox) return entry;
  }
  return nullptr;
}

Json mailbox_json(const std::string& name, const store::Counts& counts, const std::optional<Json>& answer) {
  const auto live = live_state(answer, name);
  const auto* book = counts_of(counts, name);
  const auto of_live = [&](const char* key) {
    return live.is_object() && live.contains(key) ? live[key] : Json(nullptr);
  };
  Json json{{"name", name},
            {"state", live.is_object() ? of_live("state") : Json(answer ? "starting" : "stopped")},
            {"last_poll", of_live("last_poll")},
            {"lag", of_live("last_poll").is_null() ? Json(nullptr) : of_live("lag")},  // not looked at yet: not known
            {"ledger", book == nullptr ? 0 : book->ledger},
            {"held", book == nullptr ? 0 : book->held},
            {"baseline", book == nullptr ? 0 : book->baseline},
            {"filing", book == nullptr ? 0 : book->filing},
            {"last_seen", book != nullptr && book->last_seen ? time_json(*book->last_seen) : Json(nullptr)}};
  if (live.is_object() && live.contains("trouble")) json["trouble"] = live["trouble"];
  if (live.is_object() && live.contains("filing_trouble")) json["filing_trouble"] = live["filing_trouble"];
  if (live.is_object() && live.contains("folders")) json["folders"] = live["folders"];
  return json;
}

/// Mail that nobody sends any more: its mailbox is not in the config.
Json left_json(const Config& config, const store::Counts& counts) {
  Json list = Json::array();
  for (const auto& [mailbox, mails] : counts.waiting_from) {
    if (config.mailbox(mailbox) == nullptr) list.push_back(Json{{"mailbox", mailbox}, {"waiting", mails}});
  }
  return list;
}

Json status_json(Desk& desk, const store::Counts& counts, const std::optional<Json>& answer) {
  Json mailboxes = Json::array();
  std::optional<std::int64_t> lag = 0;  // of all; a mailbox that is not known makes the sum unknown
  for (const auto& mailbox : desk.config().mailboxes) {
    mailboxes.push_back(mailbox_json(mailbox.name, counts, answer));
    const auto& of_mailbox = mailboxes.back()["lag"];
    lag = lag && of_mailbox.is_number_integer() ? std::optional(*lag + of_mailbox.get<std::int64_t>()) : std::nullopt;
  }
  std::int64_t quarantine = 0;
  std::int64_t held = 0;
  std::int64_t baseline = 0;
  std::int64_t filing = 0;
  for (const auto& mailbox : counts.mailboxes) {
    quarantine += mailbox.quarantined;
    held += mailbox.held;
    baseline += mailbox.baseline;
    filing += mailbox.filing;
  }
  return Json{{"running", answer.has_value()},
              {"mailboxes", std::move(mailboxes)},
              {"outbox",
               {{"waiting", counts.outbox_waiting},
                {"failed", counts.outbox_failed},
                {"unknown", counts.outbox_unknown},
                {"left", left_json(desk.config(), counts)}}},
              {"sending", answer && answer->contains("sending") ? answer->at("sending") : Json::array()},
              {"quarantine", quarantine},
              {"held", held},
              {"baseline", baseline},
              {"filing", filing},
              {"reminders_due", counts.reminders_due},
              {"late",
               {{"leads", counts.late_leads},
                {"acknowledge", counts.late_acknowledge},
                {"first_answer", counts.late_first_answer},
                {"answer", counts.late_answer}}},
              {"lag", lag ? Json(*lag) : Json(nullptr)},
              {"logins", answer && answer->contains("logins") ? answer->at("logins") : Json::array()},
              {"faults", answer && answer->contains("faults") ? answer->at("faults") : Json::array()},
              {"leads", counts.leads},
              {"messages", counts.messages},
              {"reminders_waiting", counts.reminders_waiting}};
}

std::string number(const Json& json) {
  return json.is_number_integer() ? std::to_string(json.get<std::int64_t>()) : "?";
}
std::string words(const Json& json) { return json.is_string() ? json.get<std::string>() : ""; }

std::string time_words(const Json& json, const Place& place) {
  const auto time = parse_rfc3339(words(json));
  return time ? time_text(*time, place) : "";
}

/// One line for each account that does not send as it should, and for each domain that waits.
void print_sending(const Desk& desk, const Json& accounts) {
  for (const auto& account : accounts) {
    const auto mailbox = words(account["mailbox"]);
    if (words(account["state"]) != "ok" || !words(account["trouble"]).empty()) {
      desk.print(coloured("sending from " + mailbox + ": " + words(account["state"]), Colour::red, desk.terminal()) +
                 ", " + number(account["failures"]) + " failures in a row: " + words(account["trouble"]) + "\n");
    }
    for (const auto& [domain, until] : account["stopped_domains"].items()) {
      desk.print("automatic mail to " + domain + " is stopped until " + time_words(until, desk.place()) + "\n");
    }
    for (const auto& [domain, until] : account["slow_domains"].items()) {
      desk.print("mail to " + domain + " waits for its rate until " + time_words(until, desk.place()) + "\n");
    }
  }
}

std::string indented(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines += "  " + shown(text.substr(0, end)) + "\n";
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

std::string trouble_of(const Json& mailbox) {
  std::string text = mailbox.contains("trouble") ? words(mailbox["trouble"]) : "";
  if (!mailbox.contains("filing_trouble")) return text;
  return text + (text.empty() ? "" : "; ") + words(mailbox["filing_trouble"]);
}

void print_status(const Desk& desk, const Json& status) {
  const auto& terminal = desk.terminal();
  const bool runs = status["running"].get<bool>();
  desk.print("leadmaild " + coloured(runs ? "runs" : "does not run", runs ? Colour::green : Colour::red, terminal) +
             "\n");
  Table table({"MAILBOX", "STATE", "LAST POLL", "LAG", "MESSAGES", "TROUBLE"});
  for (const auto& mailbox : status["mailboxes"]) {
    const auto state = words(mailbox["state"]);
    table.add({{words(mailbox["name"]), Colour::bold},
               {state, state == "ok" ? Colour::green : Colour::red},
               {time_words(mailbox["last_poll"], desk.place()), Colour::none},
               {number(mailbox["lag"]), Colour::none},
               {number(mailbox["ledger"]), Colour::none},
               {trouble_of(mailbox), Colour::red}});
  }
  desk.print(table.text(terminal));
  for (const auto& fault : status["faults"]) {
    desk.print(coloured("! " + words(fault["title"]), Colour::red, terminal) + "\n" + indented(words(fault["text"])));
  }
  print_sending(desk, status["sending"]);
  const auto& outbox = status["outbox"];
  for (const auto& left : outbox["left"]) {
    desk.print(coloured(number(left["waiting"]) + " mails wait to be sent from " + shown(words(left["mailbox"])),
                        Colour::red, terminal) +
               ", which is not in the config: put it back, or cancel them (leadmail outbox)\n");
  }
  const auto& late = status["late"];
  desk.print("leads " + number(status["leads"]) + ", messages " + number(status["messages"]) + "\n" +
             "outbox: " + number(outbox["waiting"]) + " waiting, " + number(outbox["failed"]) + " failed, " +
             number(outbox["unknown"]) + " unknown\n" + "could not be read: " + number(status["quarantine"]) +
             ", held: " + number(status["held"]) + "\n" + "older than the beginning, not read: " +
             number(status["baseline"]) + ", to be marked or moved: " + number(status["filing"]) + "\n" +
             "reminders: " + number(status["reminders_due"]) + " due, " + number(status["reminders_waiting"]) +
             " planned\n" + "late leads: " + number(late["leads"]) + " (not acted on " + number(late["acknowledge"]) +
             ", first answer " + number(late["first_answer"]) + ", answer " + number(late["answer"]) + ")\n");
}

}  // namespace

int run_status(Desk& desk) {
  if (!desk.open_book()) return desk.status();
  const auto answer = desk.ask_running(Json{{"action", "status"}});
  const auto counts = desk.book().counts(desk.now());
  if (!counts) return desk.fail(counts.error());
  const auto status = status_json(desk, *counts, answer);
  if (desk.is_json()) {
    desk.print_json(status);
  } else {
    print_status(desk, status);
  }
  return fine;
}

}  // namespace leadmail::daemon::admin
