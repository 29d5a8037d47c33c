// [[user]] and [[team]]: who they are, when they work, and that nobody is named twice.
#include <algorithm>
#include <map>

#include "core/leads/address.h"
#include "daemon/config_read.h"
#include "daemon/config_values.h"

namespace leadmail::daemon {
namespace {

constexpr std::array<std::string_view, 7> kDays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Where each thing was named first.
using Seen = std::map<std::string, Place, std::less<>>;

/// Reports what stands twice; `what` is "user 'ana'".
bool is_new(Seen& seen, const std::string& key, const std::string& what, Place place, ConfigReport& report) {
  const auto [first, added] = seen.emplace(key, place);
  if (!added) report.error(place, what + " stands twice", "first in line " + std::to_string(first->second.line));
  return added;
}

leads::WorkingHours read_hours(const TableReader& hours, ConfigReport& report) {
  leads::WorkingHours read{.days = {}};
  for (const auto& day : hours.texts("days")) {
    const auto found = std::ranges::find(kDays, leads::to_lower(day));
    if (found != kDays.end()) read.days.at(static_cast<std::size_t>(found - kDays.begin())) = true;
  }
  read.from = hours.clock("from");
  read.until = hours.clock("to");
  if (std::ranges::none_of(read.days, [](bool works) { return works; })) {
    report.error(hours.place("days"), "there is no working day", "without one, nothing would ever be due");
  }
  if (read.from >= read.until) report.error(hours.place("to"), "working hours end before they begin");
  return read;
}

leads::WorkingHours hours_of(std::string_view section, const Node* table, const leads::WorkingHours& otherwise,
                             ConfigReport& report) {
  const auto* hours = table == nullptr ? nullptr : table->find("hours");
  if (hours == nullptr || hours->kind != NodeKind::table) return otherwise;
  return read_hours(TableReader(section, *hours), report);
}

std::vector<leads::Absence> read_absences(const Node& user, ConfigReport& report) {
  std::vector<leads::Absence> found;
  for (const auto* item : tables_of(user, "away")) {
    const TableReader away("user.away", *item);
    const auto from = date_from(away.text("from"));
    const auto until = date_from(away.text("to"));
    if (!from || !until) continue;
    if (*until < *from) report.error(away.place("to"), "the absence ends before it begins");
    found.push_back({*from, *until, leads::to_lower(away.text("deputy"))});
  }
  return found;
}

leads::Role role_from(std::string_view word) {
  if (word == "manager") return leads::Role::manager;
  return word == "admin" ? leads::Role::admin : leads::Role::rep;
}

std::vector<std::string> addresses_of(const TableReader& user) {
  std::vector<std::string> found;
  if (user.has("address")) found.push_back(user.text("address"));
  std::ranges::move(user.texts("addresses"), std::back_inserter(found));
  for (auto& address : found) address = leads::with_lower_domain(address);
  return found;
}

class PeopleReader {
 public:
  PeopleReader(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report)
      : tree_(tree), rules_(rules), report_(report) {}

  void read() {
    const auto companies = tables_of(tree_.root, "company");
    const Node* company = companies.empty() ? nullptr : companies.front();
    hours_ = hours_of("company.hours", company, hours_, report_);
    if (company != nullptr) holidays_ = TableReader("company", *company).dates("holidays");
    rules_.hours = hours_;
    rules_.holidays = holidays_;
    for (const auto* node : tables_of(tree_.root, "region")) read_region(*node);
    for (const auto* node : tables_of(tree_.root, "user")) read_user(*node);
    for (const auto* node : tables_of(tree_.root, "team")) read_team(*node);
    check_deputies();
  }

 private:
  void read_user(const Node& node) {
    const TableReader table("user", node);
    leads::User user;
    user.id = leads::to_lower(table.text("id"));
    if (user.id.empty() || !is_new(ids_, user.id, "user '" + user.id + "'", table.place("id"), report_)) return;
    user.name = table.has("name") ? table.text("name") : user.id;
    user.addresses = addresses_of(table);
    for (const auto& address : user.addresses) {
      // Identity rests on addresses: one that belongs to two users would name nobody. Compared without case, as people
      // do.
      is_new(addresses_seen_, leads::to_lower(address), "the address " + address, table.place("address"), report_);
    }
    user.role = role_from(table.text("role"));
    user.language = table.has("language") ? table.text("language") : rules_.language;
    user.timezone = table.has("timezone") ? table.text("timezone") : rules_.timezone;
    user.weight = table.integer("weight");
    user.hours = hours_of("user.hours", &node, hours_, report_);
    user.holidays = holidays_;
    std::ranges::move(table.dates("holidays"), std::back_inserter(user.holidays));
    add_regional(table, user);
    user.takes_leads = table.boolean("takes_leads");
    user.capacity = table.integer("capacity");
    for (const auto& domain : table.texts("domains")) user.domains.push_back(leads::to_lower(domain));
    user.away = read_absences(node, report_);
    rules_.users.push_back(std::move(user));
  }

  /// Holidays of a state or country, for those who work there.
  void read_region(const Node& node) {
    const TableReader table("region", node);
    const auto id = leads::to_lower(table.text("id"));
    if (id.empty() || !is_new(regions_seen_, id, "region '" + id + "'", table.place("id"), report_)) return;
    regions_[id] = table.dates("holidays");
  }

  void add_regional(const TableReader& table, leads::User& user) {
    if (!table.has("region")) return;
    const auto id = leads::to_lower(table.text("region"));
    const auto found = regions_.find(id);
    if (found == regions_.end()) {
      const auto known = names_of(regions_, [](const auto& region) { return region.first; });
      report_.error(table.place("region"), "there is no [[region]] '" + id + "'", suggest(id, known));
      return;
    }
    user.holidays.insert(user.holidays.end(), found->second.begin(), found->second.end());
  }

  void read_team(const Node& node) {
    const TableReader table("team", node);
    leads::Team team;
    team.id = leads::to_lower(table.text("id"));
    if (team.id.empty()) return;
    // A rule may name either, so they share their names.
    if (!is_new(ids_, team.id, "user or team '" + team.id + "'", table.place("id"), report_)) return;
    for (auto& member : table.texts("members")) {
      const auto id = leads::to_lower(member);
      if (check_user(id, table.place("members"))) team.members.push_back(id);
    }
    team.lead = leads::to_lower(table.text("lead"));
    if (!team.lead.empty()) check_user(team.lead, table.place("lead"));
    rules_.teams.push_back(std::move(team));
  }

  void check_deputies() {
    for (const auto* node : tables_of(tree_.root, "user")) {
      for (const auto* away : tables_of(*node, "away")) {
        const TableReader table("user.away", *away);
        if (!table.has("deputy")) continue;
        const auto deputy = leads::to_lower(table.text("deputy"));
        check_user(deputy, table.place("deputy"));
        if (deputy == leads::to_lower(TableReader("user", *node).text("id")))
          report_.error(table.place("deputy"), "'" + deputy + "' can't stand in for himself", "name another user");
      }
    }
  }

  bool check_user(const std::string& id, Place place) {
    if (rules_.user(id) != nullptr) return true;
    std::vector<std::string> known;
    known.reserve(rules_.users.size());
    for (const auto& user : rules_.users) known.push_back(user.id);
    report_.error(place, "there is no user '" + id + "'", suggest(id, known));
    return false;
  }

  const ConfigTree& tree_;
  leads::Rules& rules_;
  ConfigReport& report_;
  leads::WorkingHours hours_{};
  std::vector<std::chrono::year_month_day> holidays_{};
  std::map<std::string, std::vector<std::chrono::year_month_day>> regions_{};
  Seen regions_seen_{};
  Seen ids_{};
  Seen addresses_seen_{};
};

}  // namespace

void read_people(const ConfigTree& tree, leads::Rules& rules, ConfigReport& report) {
  PeopleReader(tree, rules, report).read();
}

}  // namespace leadmail::daemon
