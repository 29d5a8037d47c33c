#include "daemon/actions.h"

#include <algorithm>
#include <array>
#include <future>
#include <nlohmann/json.hpp>

#include "core/leads/decide.h"
#include "daemon/import.h"
#include "daemon/letters.h"
#include "daemon/log.h"
#include "daemon/newsletter.h"
#include "daemon/person.h"
#include "daemon/repair.h"
#include "daemon/upkeep.h"

namespace leadmail::daemon {
namespace {

using nlohmann::json;

json refuse(std::string_view why) { return {{"ok", false}, {"error", why}}; }

std::string text_of(const json& request, const char* key) {
  const auto found = request.find(key);
  return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t number_of(const json& request, const char* key) {
  const auto found = request.find(key);
  return found != request.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

bool flag_of(const json& request, const char* key) {
  const auto found = request.find(key);
  return found != request.end() && found->is_boolean() && found->get<bool>();
}

json times_of(const std::map<std::string, Time>& times) {
  json object = json::object();
  for (const auto& [name, time] : times) object[name] = to_rfc3339(time);
  return object;
}

/// How each account is doing at sending.
json sending(const SenderBoard* board, Time now) {
  json accounts = json::array();
  if (board == nullptr) return accounts;
  for (const auto& row : board->rows()) {
    const bool paused = row.paused_until > now;
    accounts.push_back({{"mailbox", row.mailbox},
                        {"state", row.alert ? "alert"
                                  : paused  ? "paused"
                                            : "ok"},
                        {"failures", row.failures},
                        {"trouble", row.trouble.empty() ? json(nullptr) : json(row.trouble)},
                        {"paused_until", paused ? json(to_rfc3339(row.paused_until)) : json(nullptr)},
                        {"mails_a_minute", row.mails_a_minute},
                        {"mails_a_minute_to_domain", row.domain_mails_a_minute},
                        {"slow_domains", times_of(row.slow)},
                        {"stopped_domains", times_of(row.storms)}});
  }
  return accounts;
}

/// One line a mailbox: the worse of its folders' states, the older of their looks, the sum of their lags.
json status(const WatchBoard* board, const SenderBoard* senders, Time now) {
  json mailboxes = json::array();
  if (board != nullptr) {
    std::map<std::string, json> by_name;
    for (const auto& row : board->rows()) {
      auto& entry = by_name[row.state.mailbox];
      if (entry.is_null()) {
        entry = {{"name", row.state.mailbox},
                 {"state", "ok"},
                 {"lag", 0},
                 {"last_poll", nullptr},
                 {"folders", json::array()}};
      }
      const auto name = health_name(row.state.health);
      if (row.state.health != mail::imap::MailboxState::Health::ok) entry["state"] = name;
      if (!row.state.trouble_text.empty() && row.state.health != mail::imap::MailboxState::Health::ok)
        entry["trouble"] = row.state.trouble_text;
      entry["lag"] = entry["lag"].get<std::uint64_t>() + row.lag;
      const json look = row.state.last_look ? json(to_rfc3339(*row.state.last_look)) : json(nullptr);
      if (entry["last_poll"].is_null() || (look.is_string() && look < entry["last_poll"])) entry["last_poll"] = look;
      entry["folders"].push_back({{"name", row.state.folder}, {"state", name}, {"last_poll", look}, {"lag", row.lag}});
    }
    for (auto& [name, entry] : by_name) {
      if (const auto trouble = board->filing(name); !trouble.empty()) entry["filing_trouble"] = trouble;
      mailboxes.push_back(std::move(entry));
    }
  }
  return {{"ok", true}, {"mailboxes", std::move(mailboxes)}, {"sending", sending(senders, now)}};
}

/// How the logins by token are doing.
json logins_of(Engine& engine) {
  json logins = json::array();
  const auto time = [](const std::optional<Time>& at) { return at ? json(to_rfc3339(*at)) : json(nullptr); };
  for (const auto& state : engine.logins().states()) {
    logins.push_back({{"mailbox", state.mailbox},
                      {"standing", name(state.standing)},
                      {"trouble", state.trouble},
                      {"fetched", time(state.fetched)},
                      {"token_ends", time(state.token_ends)},
                      {"login_ends", time(state.login_ends)},
                      {"secret_ends", time(state.secret_ends)}});
  }
  return logins;
}

/// What is wrong now, as the administrators are told it, in English.
json faults_of(const Running& running, const Settings& settings) {
  json faults = json::array();
  if (!running.faults) return faults;
  for (const auto& fault : running.faults()) {
    const auto words = alarm_text({fault}, "en", settings.config.rules.timezone);
    faults.push_back({{"name", fault.name},
                      {"subject", fault.subject},
                      {"since", to_rfc3339(fault.since)},
                      {"title", words.title},
                      {"text", words.text}});
  }
  return faults;
}

/// The tool acts for a user (`--as`), or for the first administrator, or for nobody in particular.
std::string acting_user(const json& request, const leads::Rules& rules) {
  const auto named = text_of(request, "as");
  if (!named.empty()) return named;
  const auto admin = std::find_if(rules.users.begin(), rules.users.end(),
                                  [](const leads::User& user) { return user.role == leads::Role::admin; });
  return admin == rules.users.end() ? std::string() : admin->id;
}

constexpr int kMostMerges = 100;  // one into the other; no circle of them is followed for ever

/// The lead that a command is about, or the one that it is part of now; 0 is none (`leadmail do -`).
Result<leads::Lead> lead_for(store::Transaction& transaction, LeadId id) {
  if (!id) return leads::Lead{};
  auto lead = transaction.lead(id);
  if (!lead) return std::move(lead.error());
  if (!*lead) return Error{Next::give_up, "no such lead: " + to_string(id)};
  for (int merges = 0; merges < kMostMerges; ++merges) {
    const auto into = leads::lead_named((*lead)->value("merged"));
    if (!into) break;
    lead = transaction.lead(*into);
    if (!lead) return std::move(lead.error());
    if (!*lead) return Error{Next::give_up, "no such lead: " + to_string(*into)};
  }
  return std::move(**lead);
}

json do_commands(Engine& engine, const json& request) {
  const auto settings = engine.settings();
  const auto& rules = settings->config.rules;
  const auto user = acting_user(request, rules);
  if (!user.empty() && rules.user(user) == nullptr) return refuse("no such user: " + user);
  const auto unnamed = leads::needs_a_name(text_of(request, "commands"), rules.language);
  if (text_of(request, "as").empty() && !unnamed.empty()) return refuse(unnamed);
  const LeadId id{number_of(request, "lead")};
  json answer;
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    const Time now = engine.now();
    auto lead = lead_for(transaction, id);
    if (!lead) return std::move(lead.error());
    leads::CommandAnswer commands;
    const auto asked = leads::ask_of_tool(*lead, user, text_of(request, "commands"), rules, now);
    auto answered = look_up(transaction, asked);
    if (!answered) return std::move(answered.error());
    const auto cause = "tool " + std::to_string(to_unix(now)) + " " + to_string(lead->id);
    const auto decision =
        leads::decide_commands(*lead, user, text_of(request, "commands"), rules, now, cause, commands, answered->get());
    if (!commands.refused.empty()) return Error{Next::give_up, commands.refused};
    answer = {{"ok", true},
              {"lead", id ? json(to_string(lead->id)) : json(nullptr)},
              {"results", results_of(commands.results)},
              {"undo", commands.deed != 0 ? json(commands.deed) : json(nullptr)}};
    if (decision.effects.empty()) return {};
    LetterWriter letters(*settings, now);
    auto applied = transaction.apply(decision, now, letters);
    if (!applied) return std::move(applied.error());
    return {};
  });
  if (!done) return refuse(done.error().what);
  engine.tell_news();
  return answer;
}

json new_lead(Engine& engine, const json& request) {
  const auto settings = engine.settings();
  leads::NewLead wish;
  wish.email = text_of(request, "email");
  wish.phone = text_of(request, "phone");
  wish.name = text_of(request, "name");
  if (const auto fields = request.find("fields"); fields != request.end() && fields->is_object()) {
    for (const auto& [name, value] : fields->items()) {
      if (value.is_string()) wish.fields[name] = value.get<std::string>();
    }
  }
  json answer;
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    const Time now = engine.now();
    const auto& rules = settings->config.rules;
    auto known = transaction.snapshot(leads::wish_query(wish, rules), now);
    if (!known) return std::move(known.error());
    auto decision = leads::decide_new(wish, acting_user(request, rules), rules, now, *known);
    if (!decision) return std::move(decision.error());
    LetterWriter letters(*settings, now);
    auto applied = transaction.apply(*decision, now, letters);
    if (!applied) return std::move(applied.error());
    answer = {{"ok", true}, {"lead", to_string(applied->lead.value_or(LeadId{}))}};
    return {};
  });
  if (!done) return refuse(done.error().what);
  engine.tell_news();
  return answer;
}

json outcome_of(const Result<Taken>& taken) {
  if (!taken) return refuse(taken.error().what);
  return {{"ok", true},
          {"outcome", taken->was_known ? "known" : std::string(leads::name(taken->outcome))},
          {"lead", taken->lead ? json(to_string(*taken->lead)) : json(nullptr)},
          {"reason", taken->was_known ? "this file is in the ledger already" : taken->reason}};
}

/// Answers after the commit; at once when the request is none.
void begin_ingest(Engine& engine, Intake& intake, const std::shared_ptr<Stream>& stream, const json& request,
                  std::string_view bytes, std::function<void(json)> done) {
  const auto settings = engine.settings();
  const auto& mailboxes = settings->config.mailboxes;
  Arrived arrived;
  arrived.place.mailbox = text_of(request, "mailbox");
  if (arrived.place.mailbox.empty() && !mailboxes.empty()) arrived.place.mailbox = mailboxes.front().name;
  if (settings->config.mailbox(arrived.place.mailbox) == nullptr) {
    return done(refuse("no such mailbox: " + arrived.place.mailbox));
  }
  arrived.place.file = text_of(request, "file");
  if (arrived.place.file.empty()) return done(refuse("a mail to ingest needs the name of its file"));
  arrived.is_history = flag_of(request, "silent");
  arrived.in_sent_folder = flag_of(request, "sent");
  arrived.partial = flag_of(request, "partial");
  arrived.raw = bytes;
  intake.take(stream, std::move(arrived),
              [done = std::move(done)](const Result<Taken>& taken) { done(outcome_of(taken)); });
}

json change_outbox(Engine& engine, const json& request) {
  const OutboxId id{number_of(request, "id")};
  const auto what = text_of(request, "do");
  if (what != "retry" && what != "cancel") return refuse("outbox: do is \"retry\" or \"cancel\"");
  int changed = 0;
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    auto count =
        what == "retry" ? transaction.retry_outbox(id, engine.now()) : transaction.cancel_outbox(id, engine.now());
    if (!count) return std::move(count.error());
    changed = *count;
    return {};
  });
  if (!done) return refuse(done.error().what);
  if (changed == 0) return refuse("nothing to " + what + " in outbox row " + std::to_string(id.value));
  engine.tell_news();
  return {{"ok", true}, {"recipients", changed}};
}

/// Accepts a held mail, or blocks its sender.
json decide_held(Engine& engine, Intake& intake, const json& request) {
  using leads::HeldVerdict;
  static const std::map<std::string, HeldVerdict, std::less<>> kVerdicts{
      {"accept", HeldVerdict::accept}, {"block", HeldVerdict::block}, {"block-domain", HeldVerdict::block_domain}};
  const auto verdict = kVerdicts.find(text_of(request, "do"));
  if (verdict == kVerdicts.end()) return refuse("held: do is \"accept\", \"block\" or \"block-domain\"");
  const auto number = number_of(request, "id");
  const auto settings = engine.settings();
  std::string said;
  const auto decided = engine.write([&](store::Transaction& transaction) -> Result<void> {
    const Time now = engine.now();
    auto mail = transaction.held_mail(number);
    if (!mail) return std::move(mail.error());
    if (!*mail) return Error{Next::give_up, "there is no held mail " + std::to_string(number)};
    const auto& rules = settings->config.rules;
    auto decision = leads::decide_held(verdict->second, **mail, acting_user(request, rules), rules, now);
    if (!decision) return std::move(decision.error());
    said = decision->reason;
    LetterWriter letters(*settings, now);
    auto applied = transaction.apply(*decision, now, letters);
    if (!applied) return std::move(applied.error());
    return file_blocked(transaction, *settings, *decision);
  });
  if (!decided) return refuse(decided.error().what);
  json done{{"ok", true}, {"id", number}, {"outcome", "ignored"}, {"lead", nullptr}, {"reason", said}};
  if (verdict->second != HeldVerdict::accept) return done;
  const auto taken = intake.accept(number);
  if (!taken) return refuse("accepted, and to be read once more: " + taken.error().what);
  done["outcome"] = leads::name(taken->outcome);
  done["reason"] = taken->reason;
  if (taken->lead) done["lead"] = to_string(*taken->lead);
  return done;
}

/// A quarantined message is understood once more and completes the lead that stands for it.
json retry_failed(Engine& engine, Intake& intake, const json& request) {
  std::vector<LedgerId> ids;
  if (number_of(request, "id") != 0) {
    ids.push_back({number_of(request, "id")});
  } else {
    const auto listed = engine.write([&](store::Transaction& transaction) -> Result<void> {
      auto all = transaction.quarantined();
      if (!all) return std::move(all.error());
      ids = std::move(*all);
      return {};
    });
    if (!listed) return refuse(listed.error().what);
  }
  json done = json::array();
  for (const auto id : ids) {
    std::promise<Result<Taken>> promise;
    auto future = promise.get_future();
    intake.retry(id, [&promise](Result<Taken> result) { promise.set_value(std::move(result)); });
    auto taken = future.get();
    if (!taken) {
      done.push_back({{"ledger", id.value}, {"error", taken.error().what}});
      continue;
    }
    done.push_back({{"ledger", id.value},
                    {"outcome", leads::name(taken->outcome)},
                    {"reason", taken->reason},
                    {"lead", taken->lead ? json(to_string(*taken->lead)) : json(nullptr)}});
  }
  return {{"ok", true}, {"done", std::move(done)}};
}

json answer(Engine& engine, Intake& intake, const Running& running, const json& request, std::string_view bytes) {
  const auto action = text_of(request, "action");
  if (action == "status") {
    auto answer = status(running.board, running.senders, engine.now());
    answer["faults"] = faults_of(running, *engine.settings());
    answer["logins"] = logins_of(engine);
    return answer;
  }
  if (action == "do") return do_commands(engine, request);
  if (action == "new") return new_lead(engine, request);
  if (action == "import")
    return import_leads(engine, request, bytes, acting_user(request, engine.settings()->config.rules));
  if (action == "newsletter")
    return send_newsletter(engine, request, acting_user(request, engine.settings()->config.rules));
  if (action == "outbox") return change_outbox(engine, request);
  if (action == "repair") return repair_threads(engine, request);
  if (action == "failed") return retry_failed(engine, intake, request);
  if (action == "person-erase") return erase_person(engine, request);
  if (action == "prune") return prune_some(engine, request);
  if (action == "compact") return compact_book(engine);
  if (action == "backup") return note_backup(engine, request);
  if (action == "held") return decide_held(engine, intake, request);
  if (action == "reload" && running.reload) return json::parse(running.reload());
  if (action == "flush" && running.flush) {
    running.flush();
    return {{"ok", true}};
  }
  return refuse("no such action: " + action);
}

}  // namespace

std::string_view health_name(mail::imap::MailboxState::Health health) {
  static constexpr std::array<std::string_view, 6> kNames{"starting",    "ok",          "back-off",
                                                          "auth-failed", "needs-admin", "stopped"};
  return kNames.at(static_cast<std::size_t>(health));
}

std::string run_action(Engine& engine, Intake& intake, const Running& running, std::string_view request_json,
                       std::string_view bytes) {
  std::promise<std::string> promise;
  auto future = promise.get_future();
  begin_action(engine, intake, running, intake.open_stream(), request_json, bytes,
               [&promise](std::string answer) { promise.set_value(std::move(answer)); });
  return future.get();
}

void begin_action(Engine& engine, Intake& intake, const Running& running, const std::shared_ptr<Stream>& stream,
                  std::string_view request_json, std::string_view bytes, std::function<void(std::string)> done) {
  const auto tell = [done = std::move(done)](const json& result) {
    done(result.dump(-1, ' ', false, json::error_handler_t::replace));
  };
  const auto request = json::parse(request_json, nullptr, false);
  if (!request.is_object()) return tell(refuse("not a JSON object"));
  if (text_of(request, "action") == "ingest") return begin_ingest(engine, intake, stream, request, bytes, tell);
  tell(answer(engine, intake, running, request, bytes));
}

}  // namespace leadmail::daemon
