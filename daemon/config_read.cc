#include "daemon/config_read.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "core/leads/address.h"
#include "daemon/config_check.h"
#include "daemon/config_values.h"
#include "daemon/options.h"

namespace leadmail::daemon {
namespace {

/// The default of an option without its quotes; "" when there is none.
std::string default_text(std::string_view section, std::string_view key) {
  const auto* option = find_option(section, key);
  if (option == nullptr || option->default_value.size() < 2 || option->default_value.front() != '"') return {};
  return std::string{option->default_value.substr(1, option->default_value.size() - 2)};
}

/// The texts of a default like ["mon","tue"].
std::vector<std::string> default_texts(std::string_view section, std::string_view key) {
  std::vector<std::string> found;
  const auto* option = find_option(section, key);
  auto rest = option == nullptr ? std::string_view{} : option->default_value;
  for (auto open = rest.find('"'); open != std::string_view::npos; open = rest.find('"')) {
    const auto close = rest.find('"', open + 1);
    if (close == std::string_view::npos) break;
    found.emplace_back(rest.substr(open + 1, close - open - 1));
    rest.remove_prefix(close + 1);
  }
  return found;
}

int in_range(const TableReader& table, std::string_view key, int lowest, int highest, ConfigReport& report) {
  const int value = table.integer(key);
  if (value >= lowest && value <= highest) return value;
  report.error(table.place(key), std::string{key} + " must be from " + std::to_string(lowest) + " to " +
                                     std::to_string(highest) + ", not " + std::to_string(value));
  return lowest;
}

std::string default_control_path(const std::string& store) {
  const std::filesystem::path folder = std::filesystem::path(store).parent_path();
  return folder == "/var/lib/leadmail" ? "/run/leadmail/control.sock" : (folder / "control.sock").string();
}

void read_company(const Node& root, leads::Rules& rules) {
  static const Node kNone{};
  const auto* given = root.find("company");
  const TableReader company("company", given == nullptr ? kNone : *given);
  rules.company = company.text("name");
  rules.timezone = company.text("timezone");
  rules.language = company.text("language");
  rules.close_after = std::chrono::floor<std::chrono::days>(company.duration("close_after"));
}

/// RFC 8058 asks for https: mailbox providers call the address by themselves.
void read_newsletter(const TableReader& newsletter, Config& config, ConfigReport& report) {
  config.newsletter.mailbox = leads::to_lower(newsletter.text("mailbox"));
  config.newsletter.mails_a_minute = in_range(newsletter, "mails_a_minute", 1, 1000, report);
  config.rules.unsubscribe_url = newsletter.text("unsubscribe_url");
  const auto& url = config.rules.unsubscribe_url;
  const bool is_plain = url.find_first_of(" <>,\"\t") == std::string::npos;
  if (!url.empty() && (!url.starts_with("https://") || !is_plain)) {
    report.error(newsletter.place("unsubscribe_url"), "one-click unsubscription needs an https address",
                 "https://acme.example/unsubscribe");
  }
  if (!config.newsletter.mailbox.empty() && config.mailbox(config.newsletter.mailbox) == nullptr) {
    report.error(newsletter.place("mailbox"), "there is no mailbox '" + config.newsletter.mailbox + "'");
  }
}

/// A day at least: what is younger is still worked with.
void read_retention(const TableReader& retention, Config& config, ConfigReport& report) {
  for (const auto what : store::kAllKept) {
    const auto life = retention.duration(store::name(what));
    config.retention.at(static_cast<std::size_t>(what)) = life;
    if (life == std::chrono::seconds{0} || life >= std::chrono::days{1}) continue;
    report.error(retention.place(store::name(what)), "retention is at least 1d; 0d is for ever");
  }
}

void read_limits(const TableReader& limits, Config& config, ConfigReport& report) {
  config.limits.max_message = limits.size("max_message");
  constexpr std::uint64_t kLeast = 1'000'000;
  constexpr std::uint64_t kMost = 1'000'000'000;  // SQLite keeps no longer blob. sqlite.org/limits.html
  if (config.limits.max_message < kLeast || config.limits.max_message > kMost) {
    report.error(limits.place("max_message"), "max_message must be from 1MB to 1GB");
  }
  config.limits.parsers = in_range(limits, "parsers", 1, 64, report);
  config.limits.senders = in_range(limits, "senders", 1, 64, report);
  config.limits.parse_time = limits.duration("parse_time");
  if (config.limits.parse_time < std::chrono::seconds{1}) {
    report.error(limits.place("parse_time"), "parse_time must be at least 1s");
  }
  config.limits.mails_a_minute_to_domain = limits.integer("mails_a_minute_to_domain");
  config.limits.storm_mails = limits.integer("storm_mails");
  config.limits.notices_an_hour = limits.integer("notices_an_hour");
  config.rules.max_acknowledgements_a_day = limits.integer("acknowledgements_a_day");
  config.rules.max_acknowledgements_a_day_to_domain = limits.integer("acknowledgements_a_day_to_domain");
  config.rules.subject_window = std::chrono::floor<std::chrono::days>(limits.duration("subject_window"));
}

LogLevel log_level_from(std::string_view word) {
  if (word == "debug") return LogLevel::debug;
  if (word == "warning") return LogLevel::warning;
  return word == "error" ? LogLevel::error : LogLevel::info;
}

const Node& table_or_empty(const Node& root, std::string_view section) {
  static const Node kNone{};
  const auto* found = root.find(section);
  return found == nullptr || found->kind != NodeKind::table ? kNone : *found;
}

}  // namespace

const Node* TableReader::given(std::string_view key) const {
  const auto* value = node_.find(key);
  const auto* option = find_option(section_, key);
  return value != nullptr && option != nullptr && fits(*option, *value) ? value : nullptr;
}

Place TableReader::place(std::string_view key) const {
  const auto* value = node_.find(key);
  return value == nullptr ? node_.place : value->place;
}

std::string TableReader::text(std::string_view key) const {
  const auto* value = given(key);
  return value == nullptr ? default_text(section_, key) : value->text;
}

std::vector<std::string> TableReader::texts(std::string_view key) const {
  const auto* value = given(key);
  if (value == nullptr) return default_texts(section_, key);
  std::vector<std::string> found;
  found.reserve(value->items.size());
  for (const auto& item : value->items) found.push_back(item.text);
  return found;
}

bool TableReader::boolean(std::string_view key) const {
  const auto* value = given(key);
  if (value != nullptr) return value->boolean;
  const auto* option = find_option(section_, key);
  return option != nullptr && option->default_value == "true";
}

int TableReader::integer(std::string_view key) const {
  if (const auto* value = given(key)) return static_cast<int>(value->integer);
  const auto* option = find_option(section_, key);
  int number = 0;
  if (option != nullptr) {
    const auto text = option->default_value;
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

std::chrono::seconds TableReader::duration(std::string_view key) const {
  return duration_from(text(key)).value_or(std::chrono::seconds{0});
}

std::uint64_t TableReader::size(std::string_view key) const {
  const auto* value = given(key);
  if (value != nullptr && value->kind == NodeKind::integer) return static_cast<std::uint64_t>(value->integer);
  return size_from(text(key)).value_or(0);
}

std::chrono::minutes TableReader::clock(std::string_view key) const {
  return time_of_day_from(text(key)).value_or(std::chrono::minutes{0});
}

std::vector<std::chrono::year_month_day> TableReader::dates(std::string_view key) const {
  std::vector<std::chrono::year_month_day> found;
  for (const auto& day : texts(key)) {
    if (const auto date = date_from(day)) found.push_back(*date);
  }
  return found;
}

std::vector<const Node*> tables_of(const Node& root, std::string_view section) {
  std::vector<const Node*> found;
  const auto* node = root.find(section);
  if (node == nullptr) return found;
  if (node->kind == NodeKind::table) found.push_back(node);
  for (const auto& item : node->items) {
    if (item.kind == NodeKind::table) found.push_back(&item);
  }
  return found;
}

std::string absolute_path(const std::string& path, const std::string& beside) {
  namespace fs = std::filesystem;
  if (path.empty()) return path;
  std::error_code failure;
  const auto folder =
      fs::absolute(fs::path(beside).parent_path().empty() ? fs::path(".") : fs::path(beside).parent_path(), failure);
  return (folder / path).lexically_normal().string();
}

std::string suggest(std::string_view word, const std::vector<std::string>& known) {
  const auto close = nearest(word, known);
  return close.empty() ? close : "did you mean '" + close + "'?";
}

Config build_config(const ConfigTree& tree, ConfigReport& report) {
  Config config;
  config.file = tree.files.front();
  const auto path_of = [&](const TableReader& table, std::string_view key) {
    return absolute_path(table.text(key), tree.files[table.place(key).file]);
  };

  const TableReader store("store", table_or_empty(tree.root, "store"));
  config.store_path = path_of(store, "path");
  check_book_file(config.store_path, store.place("path"), report);
  config.keys_path = (std::filesystem::path(config.store_path).parent_path() / "keys").string();

  const TableReader process("daemon", table_or_empty(tree.root, "daemon"));
  config.control_path = process.has("control") ? path_of(process, "control") : default_control_path(config.store_path);
  config.log_level = log_level_from(process.text("log_level"));
  config.log_personal = process.boolean("log_personal");
  const TableReader templates("templates", table_or_empty(tree.root, "templates"));
  config.templates_path = path_of(templates, "path");
  if (templates.has("path")) check_folder(config.templates_path, templates.place("path"), report);
  const TableReader calendar("calendar", table_or_empty(tree.root, "calendar"));
  config.calendar_folder = path_of(calendar, "folder");
  config.rules.accepts_guest_times = calendar.boolean("accept_guest_times");
  const TableReader reminders("reminders", table_or_empty(tree.root, "reminders"));
  config.rules.escalate_after = std::chrono::floor<std::chrono::minutes>(reminders.duration("escalate_after"));
  const TableReader digest("digest", table_or_empty(tree.root, "digest"));
  config.rules.digest = {.daily = digest.boolean("daily"),
                         .weekly = digest.boolean("weekly"),
                         .teams = digest.boolean("teams"),
                         .at = digest.clock("at")};

  read_company(tree.root, config.rules);
  read_limits(TableReader("limits", table_or_empty(tree.root, "limits")), config, report);
  read_people(tree, config.rules, report);
  read_mailboxes(tree, config, report);
  read_alarms(tree, config, report);
  read_record(tree, config.rules, report);
  read_forms(tree, config, report);
  read_assignment(tree, config.rules, report);
  read_metrics(tree, config, report);
  read_retention(TableReader("retention", table_or_empty(tree.root, "retention")), config, report);
  read_newsletter(TableReader("newsletter", table_or_empty(tree.root, "newsletter")), config, report);
  return config;
}

}  // namespace leadmail::daemon
