// The first config: questions or a file of answers, a look for the servers, a trial of the mailbox, the files.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/leads/address.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/discovery.h"
#include "daemon/admin/findings.h"
#include "daemon/admin/login_trial.h"
#include "daemon/admin/questions.h"
#include "daemon/admin/setup.h"
#include "daemon/admin/state_folder.h"
#include "daemon/admin/token_talk.h"
#include "daemon/config_values.h"
#include "daemon/token_file.h"

namespace leadmail::daemon::admin {
namespace {

namespace fs = std::filesystem;
using Grade = Finding::Grade;

constexpr std::size_t kMostAnswers = 1U << 20U;
constexpr int kMostTrials = 5;

/// The zone of this machine; "UTC" where it does not say.
std::string system_zone() {
  std::error_code failure;
  const auto link = fs::read_symlink("/etc/localtime", failure).string();
  constexpr std::string_view kFolder{"zoneinfo/"};
  const auto at = link.find(kFolder);
  auto zone = at == std::string::npos ? std::string{} : link.substr(at + kFolder.size());
  if (zone.empty()) std::getline(std::ifstream("/etc/timezone") >> std::ws, zone);
  return wrong_with_timezone(zone).empty() ? zone : "UTC";
}

/// "acme.example" -> "Acme".
std::string company_of(const std::string& address) {
  auto name = leads::domain_of(address);
  name = name.substr(0, name.find('.'));
  if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
    name.front() = static_cast<char>(name.front() - 0x20);
  return name;
}

std::string not_empty(std::string_view answer) { return answer.empty() ? "this is needed" : ""; }

class Init {
 public:
  Init(Desk& desk, const InitArguments& arguments) : desk_(desk), arguments_(arguments) {}

  int run() {
    const auto path = fs::absolute(desk_.config_path());
    std::error_code failure;
    if (fs::exists(fs::symlink_status(path, failure))) {
      return desk_.fail(path.string() + " is there already, and init overwrites nothing: --config FILE names another");
    }
    config_path_ = path.string();
    setup_.tried = !arguments_.untried;
    const int status = arguments_.answers.empty() ? by_questions() : by_file();
    return status == fine ? write() : status;
  }

 private:
  // --- from a file ---

  int by_file() {
    auto text = read_file();
    if (!text) return desk_.fail(text.error());
    auto read = read_answers(*text, arguments_.answers);
    for (const auto& error : read.errors) desk_.fail(to_string(error), bad_config);
    if (!read.errors.empty()) return bad_config;
    answers_ = std::move(read.answers);
    if (answers_.company.empty()) answers_.company = company_of(answers_.address);
    if (auto secret = take_password(); !secret) return desk_.fail(secret.error());
    find_servers();
    if (answers_.imap.empty() || answers_.smtp.empty()) {
      return desk_.fail("the servers of " + answers_.address + " were not found: name imap and smtp in the answers");
    }
    if (is_locked()) return desk_.fail(locked_words());
    if (!found_.proven && !named_) {
      return desk_.fail("only DNS says that its servers are " + answers_.imap + " and " + answers_.smtp +
                        ": if that is right, name them in the answers");
    }
    if (!setup_.tried) return fine;
    if (auto token = log_in(); !token) return desk_.fail(token.error());
    try_it();
    return setup_.trial.usable ? static_cast<int>(fine) : desk_.fail("nothing was written");
  }

  Result<std::string> read_file() {
    std::ifstream file(arguments_.answers, std::ios::binary);
    std::string text(kMostAnswers + 1, '\0');
    if (!file || !fs::is_regular_file(arguments_.answers)) {
      return Error{Next::give_up, arguments_.answers + ": can't be read"};
    }
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (text.size() > kMostAnswers) return Error{Next::give_up, arguments_.answers + ": larger than 1 MiB"};
    return text;
  }

  Result<void> take_password() {
    if (answers_.oauth2) return {};
    if (answers_.password_from.empty()) {
      struct stat status {};
      const bool open = ::stat(arguments_.answers.c_str(), &status) != 0 || (status.st_mode & 077) != 0;
      if (open) return Error{Next::give_up, arguments_.answers + " holds a password: chmod 600 " + arguments_.answers};
      return {};
    }
    MailboxConfig from;
    from.name = mailbox_name(answers_.address);
    from.password_file = answers_.password_from;
    auto login = read_login(from);
    if (!login) return std::move(login.error());
    answers_.password = std::move(login->secret);
    return {};
  }

  // --- servers ---

  void find_servers() {
    named_ = !answers_.imap.empty() && !answers_.smtp.empty();
    if (const auto* const chosen = provider_named(answers_.provider)) {
      found_ = {chosen, {std::string{chosen->imap}, std::string{chosen->smtp}, {}, chosen->needs_oauth2}, "", true};
    } else if (!named_ && !arguments_.no_lookup && answers_.provider == "auto") {
      desk_.remark("Looking for the servers of " + answers_.address + " ...");
      found_ = discover(answers_.address, public_sources());
    }
    if (answers_.imap.empty()) answers_.imap = found_.servers.imap;
    if (answers_.smtp.empty()) answers_.smtp = found_.servers.smtp;
    if (answers_.user.empty()) answers_.user = found_.servers.user.empty() ? answers_.address : found_.servers.user;
    if (found_.provider != nullptr) setup_.known_authserv = found_.provider->authserv;
  }

  /// No password opens it.
  [[nodiscard]] bool is_locked() const { return found_.servers.needs_oauth2 && !named_ && !answers_.oauth2; }

  [[nodiscard]] std::string locked_words() const {
    const auto name = found_.provider == nullptr ? "this provider" : std::string{found_.provider->name};
    return name +
           " lets nobody in by password: it needs [oauth2] in the answers; docs/setup.md tells how Leadmail is "
           "registered there";
  }

  // --- a login by token ---

  /// Somebody logs in where that is needed; nothing for a login by password.
  Result<void> log_in() {
    if (!answers_.oauth2) return {};
    auto token = get_token(desk_, answers_.oauth2->config, answers_.user);
    if (!token) return std::move(token.error());
    token_ = std::move(*token);
    return {};
  }

  /// For the daemon to find, once the config is there.
  Result<void> keep_login(const Config& config) {
    if (!answers_.oauth2 || !token_ || !answers_.oauth2->config.needs_person()) return {};
    if (auto ready = prepare_state_folder(config); !ready) return ready;
    return store_login_token(config.keys_path, mailbox_name(answers_.address),
                             stored_login(answers_.oauth2->config, *token_));
  }

  bool ask_registration() {
    const auto* const provider = found_.provider;
    desk_.remark(std::string{provider->name} +
                 " wants a token: docs/setup.md tells how Leadmail is registered there. A program that logs in "
                 "without a person is set up by a file of answers.");
    std::string client;
    std::string tenant;
    if (!take(client, ask("Application (client) ID", "", not_empty))) return false;
    if (!take(tenant, ask("Directory (tenant) ID", "organizations", not_empty))) return false;
    ConfigReport report;
    const auto tree =
        parse_tree("client_id = " + toml_text(client) + "\ntenant = " + toml_text(tenant) + "\n", config_path_, report);
    answers_.oauth2 = read_oauth2_answers(tree.root, provider->id, tree, report);
    for (const auto& error : report.errors(tree.files)) desk_.warn(error.message);
    return !report.failed();
  }

  // --- the trial ---

  void tell(const Finding& finding) {
    if (finding.grade == Grade::failed && !arguments_.answers.empty()) {
      desk_.warn(finding.what + ": " + finding.words + (finding.advice.empty() ? "" : " (" + finding.advice + ")"));
    } else {
      desk_.remark(finding_line(finding, desk_.terminal()));
    }
  }

  void try_it() {
    TrialAccount account;
    std::string why;
    account.address = answers_.address;
    if (auto server = server_from(answers_.imap, "imap", why)) account.imap = *server;
    if (auto server = server_from(answers_.smtp, "smtp", why)) account.smtp = *server;
    for (auto* const server : {&account.imap, &account.smtp}) {
      server->ca_file = answers_.tls_ca;
      if (answers_.insecure) server->security = mail::net::Security::none;
    }
    account.login.user = answers_.user;
    account.login.secret = answers_.password;
    if (token_) {
      account.login.method = mail::net::Login::Method::bearer;
      account.login.secret = token_->access;
      account.advice = [this](bool smtp, std::string_view words) {
        return advice_on_refusal(answers_.oauth2->config, smtp ? Service::smtp : Service::imap, words);
      };
    }
    account.known_authserv = setup_.known_authserv;
    if (found_.provider != nullptr) account.password_hint = found_.provider->password;
    desk_.remark("Trying the mailbox; a mail to itself may take up to " + std::to_string(arguments_.wait) + " s ...");
    setup_.trial = try_mailbox(account, {.arrival = std::chrono::seconds{arguments_.wait}},
                               [this](const Finding& finding) { tell(finding); });
  }

  // --- by questions ---

  int by_questions() {
    desk_.remark("A few questions, a trial of the mailbox, then " + config_path_ +
                 " is written. Nothing is written before.\n");
    const bool complete = ask_mailbox() && ask_login() && ask_company() && ask_team();
    return complete ? static_cast<int>(fine) : desk_.fail("nothing was written");
  }

  bool take(std::string& into, std::optional<std::string> answer) {
    if (answer) into = std::move(*answer);
    return answer.has_value();
  }

  bool ask_mailbox() {
    if (!take(answers_.address, ask("The shared address, to which prospects write", "", wrong_with_address)))
      return false;
    answers_.address = leads::with_lower_domain(answers_.address);
    find_servers();
    if (is_locked() && found_.provider != nullptr) {
      return ask_registration();
    }
    if (!found_.how.empty()) {
      desk_.remark("Found by " + found_.how + ": " + answers_.imap + " and " + answers_.smtp +
                   (found_.proven ? "" : " (DNS alone says so: look at them closely)"));
      const auto right = ask_whether("Use these", found_.proven);
      if (!right) return false;
      if (*right) return true;
    }
    return ask_servers();
  }

  bool ask_servers() {
    const auto domain = leads::domain_of(answers_.address);
    const auto imap = answers_.imap.empty() ? "imaps://imap." + domain : answers_.imap;
    const auto smtp = answers_.smtp.empty() ? "smtps://smtp." + domain : answers_.smtp;
    named_ = true;
    return take(answers_.imap, ask("IMAP server (imap:// means STARTTLS)", imap,
                                   [](std::string_view url) { return wrong_with_server(url, "imap"); })) &&
           take(answers_.smtp, ask("SMTP server (smtp:// means STARTTLS)", smtp,
                                   [](std::string_view url) { return wrong_with_server(url, "smtp"); }));
  }

  bool ask_login() {
    if (answers_.oauth2) return log_in_by_token();
    const auto* const provider = found_.provider;
    if (provider != nullptr && !provider->password.empty()) {
      desk_.remark(std::string{provider->name} + " wants as the password " + std::string{provider->password});
    }
    for (int trials = 0; trials < kMostTrials; ++trials) {
      if (!take(answers_.user, ask("Login", answers_.user, not_empty)) ||
          !take(answers_.password, ask_secret("Password (not shown)"))) {
        return false;
      }
      if (!setup_.tried) return true;
      try_it();
      if (setup_.trial.usable) return true;
      if (setup_.trial.password_refused) continue;
      const auto other = ask_whether("Other servers", true);
      if (!other || !*other || !ask_servers()) return false;
    }
    return false;
  }

  bool log_in_by_token() {
    if (!take(answers_.user, ask("Login", answers_.user, not_empty))) return false;
    if (!setup_.tried) return true;
    for (int trials = 0; trials < kMostTrials; ++trials) {
      if (auto done = log_in(); !done) {
        desk_.warn(done.error().what);
      } else {
        try_it();
        if (setup_.trial.usable) return true;
      }
      const auto again = ask_whether("Try again", true);
      if (!again || !*again) return false;
    }
    return false;
  }

  bool ask_company() {
    return take(answers_.company,
                ask("Your company, as mails to prospects name it", company_of(answers_.address), not_empty)) &&
           take(answers_.timezone, ask("Its time zone", system_zone(), wrong_with_timezone)) &&
           take(answers_.language, ask("Its language: en, es, vi", "en", wrong_with_language));
  }

  bool ask_team() {
    desk_.remark("The sales team, one a line like Ana López <ana@acme.example>; an empty line ends.");
    while (true) {
      const auto line = ask(answers_.team.empty() ? "Somebody" : "Somebody else", "", [this](std::string_view typed) {
        if (typed.empty()) return answers_.team.empty() ? std::string{"one at least"} : std::string{};
        return colleague_from(typed, answers_.team).address.empty() ? std::string{"that is no address"} : std::string{};
      });
      if (!line) return false;
      if (line->empty()) break;
      answers_.team.push_back(colleague_from(*line, answers_.team));
    }
    std::string admin;
    const auto check = [this](std::string_view typed) {
      return leads::with_lower_domain(typed) == answers_.address ? "a person's, not the shared one"
                                                                 : wrong_with_address(typed);
    };
    if (!take(admin, ask("Who gets alerts", answers_.team.front().address, check))) return false;
    answers_.admins = {admin};
    const auto acknowledge = ask_whether("Tell prospects that their inquiry has arrived", false);
    answers_.acknowledge = acknowledge.value_or(false);
    return acknowledge.has_value();
  }

  // --- the files ---

  int write() {
    const auto folder = fs::path(config_path_).parent_path();
    if (!answers_.oauth2) setup_.password_file = (folder / (mailbox_name(answers_.address) + ".pw")).string();
    const auto text = config_text(setup_);
    const auto checked = read_config(text, config_path_);
    if (!checked.config) {
      for (const auto& error : checked.errors) desk_.warn(to_string(error));
      return desk_.fail("the answers do not make a config; nothing was written", bad_config);
    }
    std::vector<NewFile> files{{config_path_, text, 0640, false}};
    if (!answers_.oauth2) files.insert(files.begin(), {setup_.password_file, answers_.password + "\n", 0600, true});
    if (auto done = write_new_files(files); !done) return desk_.fail(done.error());
    if (auto kept = keep_login(*checked.config); !kept) {
      return desk_.fail(config_path_ + " is written, but not the login (" + kept.error().what + "): leadmail login " +
                        mailbox_name(answers_.address));
    }
    if (desk_.is_json()) desk_.print_json(as_json());
    const bool usual = config_path_ == "/etc/leadmail/leadmail.toml";
    const bool not_yet = answers_.oauth2 && !token_ && answers_.oauth2->config.needs_person();
    desk_.remark("\nWritten: " + config_path_ + (answers_.oauth2 ? "" : " and " + setup_.password_file) + ". Now:\n  " +
                 (not_yet ? "leadmail login " + mailbox_name(answers_.address) + "\n  " : "") +
                 (usual ? "systemctl enable --now leadmaild" : "leadmaild --config " + config_path_) +
                 "\nThen write to " + answers_.address + " from an address outside: `leadmail list` shows the lead.");
    return fine;
  }

  [[nodiscard]] Json as_json() const {
    return Json{{"config", config_path_},
                {"password_file", answers_.oauth2 ? Json(nullptr) : Json(setup_.password_file)},
                {"tried", setup_.tried},
                {"findings", findings_json(setup_.trial.findings)}};
  }

  Desk& desk_;
  const InitArguments& arguments_;
  Setup setup_{};
  Answers& answers_ = setup_.answers;
  Discovered found_{};
  std::optional<mail::net::Token> token_{};
  bool named_ = false;  ///< both servers were named by a person
  std::string config_path_{};
};

}  // namespace

int run_init(Desk& desk, const InitArguments& arguments) {
  if (arguments.example) {
    desk.print(answers_example());
    return fine;
  }
  return Init(desk, arguments).run();
}

}  // namespace leadmail::daemon::admin
