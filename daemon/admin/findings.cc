#include "daemon/admin/findings.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace leadmail::daemon::admin {
namespace {

constexpr std::array kRemedies{
    Remedy{"alarms-unheard", "set addresses in [admin], so that somebody is told when a mailbox can't be read"},
    Remedy{"authserv-unknown",
           "put that name into trusted_authserv of the mailbox: commands by mail are not believed without it"},
    Remedy{"certificate-ending", "have it renewed: from that day on we will not log in there"},
    Remedy{"certificate-refused",
           "the certificate has to fit the name in the config and be in date; tls_ca names a private authority"},
    Remedy{"clock-unsynchronised", "timedatectl set-ntp true, or install chrony"},
    Remedy{"clock-wrong",
           "set the clock (timedatectl set-ntp true): mail is judged by its date, and reminders would come at the "
           "wrong time"},
    Remedy{"config-wrong", "`leadmail check` names every error with its line and a suggestion"},
    Remedy{"daemon-late", "`leadmail status` and `journalctl -u leadmaild` say what keeps it"},
    Remedy{"daemon-silent",
           "it is there and does not answer: systemd starts it anew when its watchdog is not fed; `journalctl -u "
           "leadmaild` says what it did last"},
    Remedy{"daemon-stopped", "systemctl start leadmaild; why it ended says `journalctl -u leadmaild -n 50`"},
    Remedy{"database-unreadable",
           "`leadmail verify` tells what is wrong with it; `leadmail restore FILE` puts a copy in its place"},
    Remedy{"disk-low", "make room: mail waits on the server meanwhile; `leadmail prune` removes what is past its time"},
    Remedy{"filing-stuck", "does the folder of `processed` exist, and may this login write there?"},
    Remedy{"folder-missing", "name a folder that exists: inbox, sent or processed of the mailbox"},
    Remedy{"idle-mute", "set sweep_time lower if leads come late: it looks by itself every 5 minutes"},
    Remedy{"log-unfed", "the log of the book is larger than it should be: is a backup or another reader hanging?"},
    Remedy{"login-refused",
           "put the right password into its file, or `leadmail login MAILBOX` with OAuth2; many providers want an "
           "app password"},
    Remedy{"mail-does-not-arrive", "look for \"Leadmail set-up test\" in Spam and in the rules of the mailbox"},
    Remedy{"mail-failed", "`leadmail outbox list` shows which and why; `leadmail outbox retry ID` tries again"},
    Remedy{"mail-held", "`leadmail held list`, then accept or block"},
    Remedy{"mail-refused", "ask the provider why it takes no mail of this account"},
    Remedy{"mail-unread", "`leadmail failed list` shows which and why; `leadmail failed retry ID` tries again"},
    Remedy{"mail-unsure", "`leadmail outbox list` shows them: look in Sent before you send one again"},
    Remedy{"mailbox-needs-you", "do what the server's words ask for; then `systemctl reload leadmaild`"},
    Remedy{"mailbox-silent", "the checks of this mailbox below say where it ends: name, connection, TLS or login"},
    Remedy{"mails-missed", "they are taken now; if it happens again, ask the provider"},
    Remedy{"name-unknown", "is the server's name right, and does DNS work on this machine? getent hosts NAME"},
    Remedy{"no-authentication-results",
           "commands by mail need a reply to a notification; if the server never writes it, set transport_auth = "
           "\"none\""},
    Remedy{"parser-broken", "mail can't be read without it: a container may forbid seccomp or memfd"},
    Remedy{"plus-addresses-off",
           "set plus_addressing = false for the mailbox: replies find their lead by Message-ID then"},
    Remedy{"secret-missing",
           "write the password into the file that password_file names. A credential is given by systemd to the daemon "
           "alone: is LoadCredential=NAME:FILE in its unit? `systemctl show leadmaild -p LoadCredential` tells"},
    Remedy{"secret-unreadable", "chmod 600, and owned by leadmail: nobody else may read it, and leadmaild must"},
    Remedy{"secret-wrong", "the file holds the password and nothing else, in one line"},
    Remedy{"sending-stuck", "its mail waits and is tried again; the checks of SMTP below say where it ends"},
    Remedy{"server-silent",
           "is it the right port for this service, does a firewall let us out to it, is the server up?"},
    Remedy{"server-unreachable", "is that the right port, and does a firewall let us out to it?"},
    Remedy{"server-wrong", "is that the right server and port for this service?"},
    Remedy{"tls-missing", "use the port with TLS (imaps://, smtps://); the server must offer TLS 1.2 or later"},
};
static_assert(std::ranges::is_sorted(kRemedies, {}, &Remedy::name));

}  // namespace

std::span<const Remedy> remedies() { return kRemedies; }

std::string_view advice_for(std::string_view name) {
  const auto found = std::ranges::lower_bound(kRemedies, name, {}, &Remedy::name);
  return found != kRemedies.end() && found->name == name ? found->advice : std::string_view{};
}

std::string finding_line(const Finding& finding, const Terminal& terminal) {
  using Grade = Finding::Grade;
  constexpr std::size_t kColumn = 24;
  const auto colour = finding.grade == Grade::fine   ? Colour::green
                      : finding.grade == Grade::note ? Colour::yellow
                                                     : Colour::red;
  const std::string_view mark = finding.grade == Grade::fine   ? "ok    "
                                : finding.grade == Grade::note ? "note  "
                                                               : "failed";
  const auto width = width_of(finding.what);
  auto line = "  " + coloured(mark, colour, terminal) + " " + finding.what;
  line += std::string(width < kColumn ? kColumn - width : 1, ' ') + shown(finding.words);
  if (!finding.advice.empty()) line += "\n           " + shown(finding.advice);
  return line;
}

Json findings_json(const std::vector<Finding>& findings) {
  auto list = Json::array();
  for (const auto& finding : findings) {
    using Grade = Finding::Grade;
    const auto* const grade = finding.grade == Grade::fine ? "ok" : finding.grade == Grade::note ? "note" : "failed";
    list.push_back({{"what", finding.what},
                    {"grade", grade},
                    {"words", finding.words},
                    {"advice", finding.advice},
                    {"name", finding.name.empty() ? Json(nullptr) : Json(finding.name)}});
  }
  return list;
}

}  // namespace leadmail::daemon::admin
