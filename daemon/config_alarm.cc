// [admin]: who is told of trouble, and by which way.
#include "core/leads/address.h"
#include "daemon/config_read.h"
#include "daemon/config_values.h"

namespace leadmail::daemon {
namespace {

/// The account on the second route, as far as its server needs one.
void read_account(const TableReader& admin, const ConfigTree& tree, AlarmConfig& alarm, ConfigReport& report) {
  alarm.user = admin.text("alert_user");
  if (admin.has("alert_password_file")) {
    const auto place = admin.place("alert_password_file");
    alarm.password_file = absolute_path(admin.text("alert_password_file"), tree.files[place.file]);
    check_secret(alarm.password_file, SecretKind::password, place, report);
  }
  if (alarm.user.empty() != alarm.password_file.empty()) {
    const auto* const there = alarm.user.empty() ? "alert_password_file" : "alert_user";
    report.error(admin.place(there), "alert_user and alert_password_file belong together",
                 alarm.user.empty() ? "set alert_user" : "set alert_password_file");
  }
}

void read_second_route(const TableReader& admin, const ConfigTree& tree, Config& config, ConfigReport& report) {
  for (const auto* const key : {"alert_user", "alert_password_file", "alert_from", "alert_tls_ca"}) {
    if (!admin.has("alert_smtp") && admin.has(key)) {
      report.error(admin.place(key), std::string{key} + " says nothing without alert_smtp", "set alert_smtp");
    }
  }
  if (!admin.has("alert_smtp")) return;
  std::string why;
  auto server = server_from(admin.text("alert_smtp"), "smtp", why);
  if (!server) return;  // told already
  if (admin.has("alert_tls_ca")) {
    server->ca_file = absolute_path(admin.text("alert_tls_ca"), tree.files[admin.place("alert_tls_ca").file]);
    check_certificate_file(server->ca_file, admin.place("alert_tls_ca"), report);
  }
  config.alarm.smtp = std::move(*server);
  read_account(admin, tree, config.alarm, report);
  auto& from = config.alarm.from;
  from = leads::with_lower_domain(admin.text("alert_from"));
  if (from.empty() && config.alarm.user.find('@') != std::string::npos) from = config.alarm.user;
  if (from.empty() && !config.rules.mailboxes.empty()) from = config.rules.mailboxes.front().address;
  if (config.rules.admins.empty()) {
    report.warn(admin.place("alert_smtp"), "there is nobody to tell", "set addresses in [admin]");
  }
}

}  // namespace

void read_alarms(const ConfigTree& tree, Config& config, ConfigReport& report) {
  static const Node kEmpty{};
  const auto tables = tables_of(tree.root, "admin");
  const TableReader admin("admin", tables.empty() ? kEmpty : *tables.front());
  config.rules.admins = admin.texts("addresses");
  for (auto& address : config.rules.admins) address = leads::with_lower_domain(address);
  config.rules.held_at = admin.clock("held_at");
  config.alarm.silent_after = admin.duration("silent_after");
  if (config.alarm.silent_after < std::chrono::seconds{10}) {
    report.error(admin.place("silent_after"), "silent_after must be at least 10s");
  }
  read_second_route(admin, tree, config, report);
}

}  // namespace leadmail::daemon
