// Login by token: what a person has to do for it, whether the token works, and the file that keeps it. The running
// daemon sees that file change and goes on by itself.
#include <nlohmann/json.hpp>

#include "core/leads/address.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/findings.h"
#include "daemon/admin/login_trial.h"
#include "daemon/admin/state_folder.h"
#include "daemon/admin/token_talk.h"
#include "daemon/token_file.h"

namespace leadmail::daemon::admin {
namespace {

namespace net = mail::net;
using Grade = Finding::Grade;
using Grant = OAuth2Config::Grant;
using Provider = OAuth2Config::Provider;

constexpr std::chrono::days kShortLife{8};  // Google's tokens of an app in testing live for seven

std::string day_of(Time time) { return to_rfc3339(time).substr(0, 10); }

class LoggingIn {
 public:
  LoggingIn(Desk& desk, const LoginArguments& arguments) : desk_(desk), arguments_(arguments) {}

  int run() {
    if (!desk_.read_config()) return desk_.status();
    const auto wanted = leads::to_lower(arguments_.mailbox);
    const auto* const found = desk_.config().mailbox(wanted);
    if (found == nullptr) return desk_.fail(no_such(wanted));
    if (!found->oauth2) {
      return desk_.fail("mailbox " + found->name + " logs in by password; [mailbox.oauth2] makes it use a token",
                        bad_config);
    }
    mailbox_ = *found;
    auto& oauth2 = *mailbox_.oauth2;
    if (arguments_.browser) oauth2.grant = Grant::browser;
    if (arguments_.device) oauth2.grant = Grant::device;
    if (auto able = check_grant(); !able.empty()) return desk_.fail(able, usage);
    return oauth2.needs_person() ? by_person() : by_itself();
  }

 private:
  std::string no_such(const std::string& wanted) {
    std::string names;
    for (const auto& mailbox : desk_.config().mailboxes) names += (names.empty() ? "" : ", ") + mailbox.name;
    return "there is no mailbox '" + shown(wanted) + "'; there is " + names;
  }

  std::string check_grant() {
    const auto& oauth2 = *mailbox_.oauth2;
    if (oauth2.grant == Grant::device && oauth2.device_endpoint.empty()) {
      return "this provider has no device_endpoint: use --browser";
    }
    if (oauth2.grant == Grant::browser && oauth2.authorization_endpoint.empty()) {
      return "there is no authorization_endpoint: use --device";
    }
    return {};
  }

  // --- what a person does ---

  int by_person() {
    // Before anybody has to do anything: can what comes of it be kept?
    if (auto ready = prepare_state_folder(desk_.config()); !ready) return desk_.fail(ready.error());
    auto token = get_token(desk_, *mailbox_.oauth2, mailbox_.user);
    if (!token) return desk_.fail(token.error());
    const bool works = try_it(token->access);
    if (refused_ && !arguments_.untried) {
      finish(false);
      return desk_.fail("the token does not open the mailbox, so it was not kept (--untried keeps it)");
    }
    return keep(*token) && works ? static_cast<int>(fine) : static_cast<int>(failed);
  }

  bool keep(const net::Token& token) {
    const auto login = stored_login(*mailbox_.oauth2, token);
    if (auto stored = store_login_token(desk_.config().keys_path, mailbox_.name, login); !stored) {
      desk_.fail(stored.error());
      return false;
    }
    tell_end(login);
    finish(true);
    return true;
  }

  void tell_end(const StoredLogin& login) {
    const bool google = mailbox_.oauth2->provider == Provider::google;
    const bool is_short = login.ends && *login.ends - login.logged_in <= kShortLife;
    if (is_short) {
      tell({Grade::note, "Life of the login", "it ends on " + day_of(*login.ends),
            google
                ? "the app is in testing: publish it in the Google console (Audience, Publish app), then log in again"
                : "somebody has to log in again before"});
    } else if (login.ends) {
      tell({Grade::fine, "Life of the login", "until " + day_of(*login.ends)});
    } else if (google) {
      tell({Grade::note, "Life of the login", "not told by Google",
            "while the app is in testing it ends after seven days: is it published (Audience) or internal?"});
    }
  }

  // --- what needs nobody ---

  int by_itself() {
    const auto token = get_token(desk_, *mailbox_.oauth2, mailbox_.user);
    if (!token) return desk_.fail(token.error());
    tell({Grade::fine, "Token", "the token server gives one; nobody has to log in"});
    const bool works = try_it(token->access);
    finish(false);
    return works ? static_cast<int>(fine) : desk_.fail("the token does not open the mailbox");
  }

  // --- what is told ---

  bool try_it(const std::string& access) {
    if (arguments_.untried) return true;
    const net::Login login{net::Login::Method::bearer, mailbox_.user, access};
    const auto trial = try_login(mailbox_, login, [this](const Finding& finding) { tell(finding); });
    refused_ = trial.refused;
    return trial.works;
  }

  void tell(const Finding& finding) {
    findings_.push_back(finding);
    if (finding.grade == Grade::failed) {
      desk_.warn(finding.what + ": " + finding.words + (finding.advice.empty() ? "" : " (" + finding.advice + ")"));
    } else {
      desk_.remark(finding_line(finding, desk_.terminal()));
    }
  }

  void finish(bool stored) {
    if (desk_.is_json()) {
      desk_.print_json({{"mailbox", mailbox_.name}, {"stored", stored}, {"findings", findings_json(findings_)}});
    } else if (stored) {
      desk_.remark("The login of " + mailbox_.name + " is kept; a running daemon uses it at once.");
    }
  }

  Desk& desk_;
  const LoginArguments& arguments_;
  MailboxConfig mailbox_{};
  std::vector<Finding> findings_{};
  bool refused_ = false;
};

}  // namespace

int run_login(Desk& desk, const LoginArguments& arguments) { return LoggingIn(desk, arguments).run(); }

}  // namespace leadmail::daemon::admin
