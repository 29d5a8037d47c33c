#include "daemon/health.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/leads/phrases.h"
#include "daemon/wording.h"

namespace leadmail::daemon {
namespace {

using leads::Phrase;
using mail::imap::MailboxState;
using nlohmann::json;
using Health = MailboxState::Health;

constexpr std::chrono::minutes kOver{2};
constexpr std::chrono::hours kFlapping{1};
constexpr std::chrono::hours kAgain{24};
constexpr std::size_t kMostWords = 600;

/// What can be wrong, and how people are told. {0} subject, {1} since when, {2} words.
struct Kind {
  std::string_view name;
  Phrase title;
  Phrase why;
  std::chrono::minutes patience{0};  ///< it is told when it has lasted so long
  bool passes = false;               ///< it happened, rather than lasts: nobody is told that it is over
};
constexpr std::array kKinds{
    Kind{"disk-low", Phrase::disk_low, Phrase::disk_low_why},
    Kind{"filing-stuck", Phrase::filing_stuck, Phrase::filing_stuck_why, std::chrono::minutes{30}},
    Kind{"login-refused", Phrase::login_refused, Phrase::login_refused_why},
    Kind{"mailbox-needs-you", Phrase::mailbox_needs_you, Phrase::mailbox_needs_you_why},
    Kind{"mailbox-silent", Phrase::mailbox_silent, Phrase::mailbox_silent_why},
    Kind{"mails-missed", Phrase::mails_missed, Phrase::mails_missed_why, {}, true},
    Kind{"sending-stuck", Phrase::mailbox_stuck, Phrase::mailbox_stuck_why},
};

const Kind* kind_of(std::string_view key) {
  const auto found = std::ranges::find(kKinds, key.substr(0, key.find(':')), &Kind::name);
  return found == kKinds.end() ? nullptr : &*found;
}

bool passes(std::string_view key) {
  const auto* const kind = kind_of(key);
  return kind != nullptr && kind->passes;
}

std::chrono::minutes patience(std::string_view key) {
  const auto* const kind = kind_of(key);
  return kind == nullptr ? std::chrono::minutes{0} : kind->patience;
}

/// Whether an inbox was not looked at for too long; a mailbox that was never seen is counted from our start.
bool is_silent(const WatchBoard::Row& row, const Facts& facts, std::chrono::seconds silent_after, Time now) {
  return now - row.state.last_look.value_or(facts.started) > silent_after;
}

std::optional<Fault> fault_of(const WatchBoard::Row& row, const Facts& facts, std::chrono::seconds silent_after,
                              Time now) {
  const auto inbox = facts.inboxes.find(row.state.mailbox);
  const bool is_inbox = inbox != facts.inboxes.end() && inbox->second == row.state.folder;
  Fault fault{.subject = row.state.mailbox, .since = now, .words = row.state.trouble_text};
  if (row.state.health == Health::auth_failed) {
    fault.name = "login-refused";
    return fault;
  }
  if (row.state.health == Health::needs_admin) {
    fault.name = "mailbox-needs-you";
    return fault;
  }
  // The folder of sent mail may come into being with the first answer.
  if (!is_inbox || !is_silent(row, facts, silent_after, now)) return std::nullopt;
  fault.name = "mailbox-silent";
  fault.since = row.state.last_look.value_or(facts.started);
  return fault;
}

void find_reading(const Facts& facts, std::chrono::seconds silent_after, Time now, std::vector<Fault>& faults) {
  static constexpr std::array<std::string_view, 3> kWorstFirst{"login-refused", "mailbox-needs-you", "mailbox-silent"};
  const auto weight = [](const Fault& fault) { return std::ranges::find(kWorstFirst, fault.name); };
  std::map<std::string, Fault> worst;
  for (const auto& row : facts.folders) {
    auto fault = fault_of(row, facts, silent_after, now);
    if (!fault) continue;
    const auto [place, is_new] = worst.try_emplace(row.state.mailbox, *fault);
    if (!is_new && weight(*fault) < weight(place->second)) place->second = std::move(*fault);
  }
  // The connection that stands outlives a login that was revoked; it is known before the next one fails.
  for (const auto& login : facts.logins) {
    if (!needs_person(login.standing)) continue;
    worst.try_emplace(login.mailbox, Fault{"login-refused", login.mailbox, login.since, login.trouble});
  }
  for (auto& [mailbox, fault] : worst) faults.push_back(std::move(fault));
}

void find_missed(const Facts& facts, std::vector<Fault>& faults) {
  for (const auto& row : facts.folders) {
    const auto& count = row.state.count;
    if (!count || count->missed == 0) continue;
    faults.push_back(
        {.name = "mails-missed",
         .subject = row.state.mailbox,
         .since = count->at,
         .words = row.state.folder + ": " + std::to_string(count->missed) + " / " + std::to_string(count->on_server)});
  }
}

void find_sending(const Facts& facts, Time now, std::vector<Fault>& faults) {
  for (const auto& row : facts.senders) {
    if (!row.alert) continue;
    faults.push_back({.name = "sending-stuck",
                      .subject = row.mailbox,
                      .since = row.trouble_since == Time{} ? now : row.trouble_since,
                      .words = row.trouble});
  }
}

/// A key as it stands in the map, and whether it is of a fault that stands.
const Fault* standing(const std::vector<Fault>& faults, const std::string& key) {
  const auto found = std::ranges::find(faults, key, &Fault::key);
  return found == faults.end() ? nullptr : &*found;
}

bool is_due(const Fault& fault, const Told* told, Time now) {
  const bool is_new = told == nullptr || told->told == Time{};
  if (is_new) return now - (told == nullptr ? now : told->since) >= patience(fault.name);
  if (passes(fault.name)) return fault.since > told->since && now - told->told >= kFlapping;
  return now - told->told >= (told->is_over ? std::chrono::seconds(kFlapping) : std::chrono::seconds(kAgain));
}

}  // namespace

std::vector<std::string_view> fault_names() {
  std::vector<std::string_view> names;
  names.reserve(kKinds.size());
  for (const auto& kind : kKinds) names.push_back(kind.name);
  return names;
}

std::vector<Fault> find_faults(const Facts& facts, std::chrono::seconds silent_after, Time now) {
  std::vector<Fault> faults;
  find_reading(facts, silent_after, now, faults);
  find_missed(facts, faults);
  find_sending(facts, now, faults);
  for (const auto& [mailbox, words] : facts.filing) {
    if (words.empty()) continue;
    faults.push_back({.name = "filing-stuck", .subject = mailbox, .since = now, .words = words});
  }
  if (facts.disk_free < kLeastDisk) {
    faults.push_back(
        {.name = "disk-low", .subject = facts.store_folder, .since = now, .words = size_words(facts.disk_free)});
  }
  for (auto& fault : faults) fault.words = fault.words.substr(0, kMostWords);
  std::ranges::sort(faults, {}, &Fault::key);
  return faults;
}

std::vector<Alarm> due_alarms(const std::vector<Fault>& faults, const ToldFaults& told, Time now) {
  std::vector<Alarm> alarms;
  for (const auto& fault : faults) {
    const auto known = told.find(fault.key());
    if (!is_due(fault, known == told.end() ? nullptr : &known->second, now)) continue;
    alarms.push_back({fault});
    const bool lasts = known != told.end() && !known->second.is_over && !passes(fault.name);
    if (lasts) alarms.back().fault.since = known->second.since;
  }
  for (const auto& [key, memory] : told) {
    const bool is_gone = standing(faults, key) == nullptr && memory.missing_since != Time{};
    if (memory.told == Time{} || passes(key) || memory.is_over || !is_gone || now - memory.missing_since < kOver)
      continue;
    const auto colon = key.find(':');
    alarms.push_back({.fault = {.name = key.substr(0, colon), .subject = key.substr(colon + 1), .since = memory.since},
                      .is_over = true,
                      .until = memory.missing_since});
  }
  return alarms;
}

ToldFaults after_telling(const std::vector<Fault>& faults, const std::vector<Alarm>& alarms, ToldFaults told,
                         Time now) {
  for (const auto& alarm : alarms) {
    auto& memory = told[alarm.fault.key()];
    if (alarm.is_over) {
      memory.is_over = true;
    } else {
      memory = {.since = alarm.fault.since, .told = now};
    }
  }
  for (const auto& fault : faults) told.try_emplace(fault.key(), Told{.since = fault.since});
  for (auto& [key, memory] : told) {
    const bool stands = standing(faults, key) != nullptr;
    if (stands) memory.missing_since = Time{};
    if (!stands && memory.missing_since == Time{}) memory.missing_since = now;
  }
  std::erase_if(told, [&](const auto& entry) {
    const auto& [key, memory] = entry;
    if (memory.told == Time{}) return memory.missing_since != Time{};
    return (memory.is_over || passes(key)) && memory.missing_since != Time{} && now - memory.missing_since > kAgain;
  });
  return told;
}

AlarmText alarm_text(const Alarm& alarm, std::string_view language, std::string_view zone) {
  const auto& fault = alarm.fault;
  const auto* const kind = kind_of(fault.name);
  if (kind == nullptr) return {fault.name, fault.words};  // told by another version of us
  const auto since = spell_time(fault.since, zone, language);
  const auto title = leads::say(kind->title, language, {fault.subject});
  if (!alarm.is_over) return {title, leads::say(kind->why, language, {fault.subject, since, fault.words})};
  return {leads::say(Phrase::in_order_again, language, {title}),
          leads::say(Phrase::in_order_again_why, language, {title, since, spell_time(alarm.until, zone, language)})};
}

std::string write_told(const ToldFaults& told) {
  json all = json::object();
  for (const auto& [key, memory] : told) {
    all[key] = {{"since", to_unix(memory.since)},
                {"told", to_unix(memory.told)},
                {"missing_since", to_unix(memory.missing_since)},
                {"is_over", memory.is_over}};
  }
  return all.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

ToldFaults read_told(std::string_view text) {
  ToldFaults told;
  const auto all = json::parse(text, nullptr, false);
  if (!all.is_object()) return told;
  const auto time = [](const json& entry, const char* name) {
    const auto found = entry.find(name);
    return from_unix(found != entry.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0);
  };
  for (const auto& [key, entry] : all.items()) {
    if (!entry.is_object()) continue;
    const auto over = entry.find("is_over");
    told[key] = {.since = time(entry, "since"),
                 .told = time(entry, "told"),
                 .missing_since = time(entry, "missing_since"),
                 .is_over = over != entry.end() && over->is_boolean() && over->get<bool>()};
  }
  return told;
}

std::string size_words(std::uint64_t bytes) {
  static constexpr std::array<std::string_view, 5> kUnits{"bytes", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  std::uint64_t tenths = bytes * 10;
  if (bytes > UINT64_MAX / 10) tenths = UINT64_MAX;
  for (; unit + 1 < kUnits.size() && tenths >= 10240; ++unit) tenths /= 1024;
  auto words = std::to_string(tenths / 10);
  if (unit > 0 && tenths < 1000) words += "." + std::to_string(tenths % 10);
  return words + " " + std::string{kUnits.at(unit)};
}

}  // namespace leadmail::daemon
