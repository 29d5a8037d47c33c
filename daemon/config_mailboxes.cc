// [[mailbox]]: servers, login, folders, and what the rules know of it. No mailbox may write to itself.
#include <algorithm>
#include <map>

#include "core/leads/address.h"
#include "core/leads/zone.h"
#include "daemon/config_read.h"
#include "daemon/config_values.h"
#include "mail/message/phone_number.h"

namespace leadmail::daemon {
namespace {

Processed processed_from(std::string_view text) {
  if (text == "seen") return {Processed::Then::seen, {}};
  if (text.starts_with("move:")) return {Processed::Then::move, std::string{text.substr(5)}};
  return {};
}

Baseline baseline_from(std::string_view text, const std::string& zone) {
  if (text == "off") return {Baseline::From::off, {}};
  const auto day = date_from(text);
  if (!day) return {};
  return {Baseline::From::date, leads::to_utc(std::chrono::local_days{*day}, zone)};
}

leads::KnownSender known_sender_from(std::string_view text) {
  if (text == "new") return leads::KnownSender::open_new;
  return text == "ask" ? leads::KnownSender::ask : leads::KnownSender::join;
}

class MailboxReader {
 public:
  MailboxReader(const ConfigTree& tree, Config& config, ConfigReport& report)
      : tree_(tree), config_(config), report_(report) {}

  void read() {
    for (const auto* node : tables_of(tree_.root, "mailbox")) read_one(TableReader("mailbox", *node));
    check_people();
  }

 private:
  void read_one(const TableReader& table) {
    MailboxConfig wires;
    wires.name = leads::to_lower(table.text("name"));
    if (wires.name.empty()) return;
    if (config_.mailbox(wires.name) != nullptr) {
      report_.error(table.place("name"), "mailbox '" + wires.name + "' stands twice");
      return;
    }
    wires.imap = server(table, "imap");
    wires.smtp = server(table, "smtp");
    if (table.has("tls_ca")) check_certificate_file(path_of(table, "tls_ca"), table.place("tls_ca"), report_);
    read_login_of(table, wires);
    read_folders(table, wires);
    wires.trusted_authserv = table.texts("trusted_authserv");
    for (auto& host : wires.trusted_authserv) host = leads::to_lower(host);
    wires.mails_a_minute = table.integer("mails_a_minute");
    const auto copy = table.text("sent_copy");
    wires.sent_copy = copy == "always"  ? MailboxConfig::SentCopy::always
                      : copy == "never" ? MailboxConfig::SentCopy::never
                                        : MailboxConfig::SentCopy::automatic;
    wires.idle_time = table.duration("idle_time");
    wires.sweep_time = table.duration("sweep_time");
    wires.poll_time = table.duration("poll_time");
    check_times(table, wires);
    check_trust(table);
    read_rules(table, wires.name);
    read_region(table.node().find("defaults"), wires);
    config_.mailboxes.push_back(std::move(wires));
  }

  std::string path_of(const TableReader& table, std::string_view key) {
    return absolute_path(table.text(key), tree_.files[table.place(key).file]);
  }

  mail::net::Server server(const TableReader& table, const std::string& service) {
    std::string why;
    auto read = server_from(table.text(service), service, why);
    if (!read) return {};  // missing or wrong: told already
    if (table.has("tls_ca")) read->ca_file = path_of(table, "tls_ca");
    if (!table.boolean("insecure")) return *read;
    if (!is_loopback(read->host)) {
      report_.error(table.place("insecure"),
                    "insecure is allowed for a server on this machine only, not for " + read->host,
                    "use " + service + "s://");
    } else if (read->security == mail::net::Security::starttls) {
      read->security = mail::net::Security::none;
    }
    return *read;
  }

  void read_login_of(const TableReader& table, MailboxConfig& wires) {
    wires.user = table.has("user") ? table.text("user") : table.text("address");
    wires.credential = leads::to_lower(table.text("credential"));
    if (table.has("password_file")) {
      const auto place = table.place("password_file");
      wires.password_file = path_of(table, "password_file");
      check_secret(wires.password_file, SecretKind::password, place, report_);
    }
    const auto* const oauth2 = table.node().find("oauth2");
    if (oauth2 != nullptr && oauth2->kind == NodeKind::table) wires.oauth2 = read_oauth2(*oauth2, tree_, report_);
    if (table.has("password_file") && table.has("credential")) {
      report_.error(table.place("credential"), "there is a password_file too", "leave one of them out");
    }
    const bool has_password =
        table.node().find("password_file") != nullptr || table.node().find("credential") != nullptr;
    if (has_password && oauth2 != nullptr) {
      report_.error(oauth2->place, "there is a password too", "leave the password or [mailbox.oauth2] out");
    }
    if (!has_password && oauth2 == nullptr) {
      report_.error(table.node().place, "mailbox '" + wires.name + "' has no login",
                    "set password_file, credential or [mailbox.oauth2]");
    }
  }

  void read_folders(const TableReader& table, MailboxConfig& wires) {
    wires.inbox = table.text("inbox");
    wires.sent = table.text("sent");
    wires.processed = processed_from(table.text("processed"));
    wires.baseline = baseline_from(table.text("baseline"), config_.rules.timezone);
    if (wires.inbox.empty()) report_.error(table.place("inbox"), "inbox must not be empty");
    if (wires.sent == wires.inbox) report_.error(table.place("sent"), "sent and inbox are the same folder");
    if (wires.processed.folder == wires.inbox || (!wires.sent.empty() && wires.processed.folder == wires.sent)) {
      report_.error(table.place("processed"), "mail can't be moved into a folder that is watched");
    }
  }

  void check_times(const TableReader& table, const MailboxConfig& wires) {
    using std::chrono::minutes, std::chrono::seconds;
    if (wires.idle_time < seconds{1} || wires.idle_time > minutes{29}) {
      report_.error(table.place("idle_time"), "idle_time must be from 1s to 29m", "RFC 2177 allows no more");
    }
    if (wires.sweep_time < seconds{1}) report_.error(table.place("sweep_time"), "sweep_time must be at least 1s");
    if (wires.poll_time < seconds{1}) report_.error(table.place("poll_time"), "poll_time must be at least 1s");
  }

  /// Without either, a rep's commands could never be believed, and he would not learn why.
  void check_trust(const TableReader& table) {
    const bool is_none = table.text("transport_auth") == "none";
    const bool is_trusting = !table.texts("trusted_authserv").empty();
    if (is_none && is_trusting) {
      report_.warn(table.place("trusted_authserv"),
                   "transport_auth = \"none\" says that nobody writes Authentication-Results, and trusted_authserv who "
                   "does: what they do not prove is believed for its token then",
                   "leave one of them out");
    }
    if (is_none || is_trusting) return;
    report_.warn(table.node().place, "no trusted_authserv: commands by mail will not be believed",
                 "name what your server writes first into Authentication-Results, or say transport_auth = \"none\"");
  }

  void read_rules(const TableReader& table, const std::string& name) {
    leads::Mailbox box;
    box.name = name;
    box.address = leads::with_lower_domain(table.text("address"));
    for (const auto& alias : table.texts("aliases")) box.aliases.push_back(leads::with_lower_domain(alias));
    claim(box.address, table.place("address"));
    for (const auto& alias : box.aliases) claim(alias, table.place("aliases"));
    box.plus_addressing = table.boolean("plus_addressing");
    box.transport_auth_required = table.text("transport_auth") != "none";
    box.known_sender = known_sender_from(table.text("known_sender"));
    box.acknowledge = table.boolean("acknowledge");
    read_defaults(table.node().find("defaults"), box);
    config_.rules.mailboxes.push_back(std::move(box));
  }

  void read_defaults(const Node* node, leads::Mailbox& box) {
    static const Node kNone{};
    const TableReader defaults("mailbox.defaults", node == nullptr || node->kind != NodeKind::table ? kNone : *node);
    box.team = leads::to_lower(defaults.text("team"));
    box.source = defaults.text("source");
    box.campaign = defaults.text("campaign");
    box.language = defaults.has("language") ? defaults.text("language") : config_.rules.language;
    std::vector<std::string> teams;
    teams.reserve(config_.rules.teams.size());
    for (const auto& team : config_.rules.teams) teams.push_back(team.id);
    if (!box.team.empty() && std::ranges::find(teams, box.team) == teams.end()) {
      report_.error(defaults.place("team"), "there is no team '" + box.team + "'", suggest(box.team, teams));
    }
  }

  void read_region(const Node* node, MailboxConfig& wires) {
    if (node == nullptr || node->kind != NodeKind::table) return;
    const TableReader defaults("mailbox.defaults", *node);
    if (!defaults.has("region")) return;
    for (const char c : defaults.text("region"))
      wires.region += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (!mail::message::is_region(wires.region)) {
      report_.error(defaults.place("region"), "region: we know no '" + wires.region + "'",
                    "two letters of ISO 3166, like MX, ES, VN");
    }
  }

  /// Two mailboxes with one address would answer each other's mail.
  void claim(const std::string& address, Place place) {
    if (address.empty()) return;
    const auto [first, added] = addresses_.emplace(leads::to_lower(address), place);
    if (!added) {
      report_.error(place, "the address " + address + " belongs to a mailbox already",
                    "see line " + std::to_string(first->second.line));
    }
  }

  /// What we write to ourselves would come back as an inquiry, for ever.
  void check_people() {
    const auto is_ours = [&](const std::string& address) {
      return config_.rules.mailbox_with_address(address) != nullptr;
    };
    for (const auto* node : tables_of(tree_.root, "user")) {
      const TableReader user("user", *node);
      auto addresses = user.texts("addresses");
      addresses.push_back(user.text("address"));
      for (const auto& address : addresses) {
        if (!is_ours(address)) continue;
        report_.error(user.place("address"), "the address " + address + " is a mailbox of ours, not a user's",
                      "give the user's own address");
      }
    }
    for (const auto* node : tables_of(tree_.root, "admin")) {
      const TableReader admin("admin", *node);
      for (const auto& address : admin.texts("addresses")) {
        if (is_ours(address)) {
          report_.error(admin.place("addresses"), "the address " + address + " is a mailbox of ours",
                        "give an address that a person reads");
        }
      }
    }
    for (const auto* node : tables_of(tree_.root, "department")) {
      const TableReader department("department", *node);
      for (const auto& address : department.texts("addresses")) {
        if (!is_ours(address)) continue;
        report_.error(department.place("addresses"), "the address " + address + " is a mailbox of ours",
                      "give an address that a person reads");
      }
    }
  }

  const ConfigTree& tree_;
  Config& config_;
  ConfigReport& report_;
  std::map<std::string, Place, std::less<>> addresses_{};
};

}  // namespace

void read_mailboxes(const ConfigTree& tree, Config& config, ConfigReport& report) {
  MailboxReader(tree, config, report).read();
}

}  // namespace leadmail::daemon
