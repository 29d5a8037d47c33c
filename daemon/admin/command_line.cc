// The command line of `leadmail`: the only part that knows CLI11.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>

#include "core/leads/card.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/manual.h"
#include "daemon/config_read.h"
#include "daemon/exposition.h"
#include "daemon/log_table.h"
#include "daemon/manual.h"
#include "daemon/options.h"

namespace leadmail::daemon::admin {
namespace {

/// All arguments of all commands, and the one that was chosen.
struct Choice {
  Globals globals{};
  InitArguments init{};
  LoginArguments login{};
  CheckArguments check{};
  DoctorArguments doctor{};
  ListArguments list{};
  FindArguments find{};
  ShowArguments show{};
  DoArguments commands{};
  NewArguments fresh{};
  ParseArguments parse{};
  FormArguments form{};
  IngestArguments ingest{};
  LedgerArguments ledger{};
  ExplainArguments explain{};
  RepairArguments repair{};
  ReplayArguments replay{};
  AssignArguments assign{};
  ExportArguments exported{};
  ImportArguments imported{};
  NewsletterArguments newsletter{};
  QueueArguments outbox{};
  QueueArguments failed{};
  HeldArguments held{};
  ReportArguments report{};
  BackupArguments backup{};
  PruneArguments prune{};
  PersonArguments person{};
  std::string page{};
  std::string shell{};
  std::function<int(Desk&)> run{};
};

/// CLI11 would name the range, with all digits of the largest number there is.
CLI::Validator a_count() {
  return {[](std::string& text) {
            std::size_t count = 0;
            return CLI::detail::lexical_cast(text, count) && count > 0
                       ? std::string{}
                       : "must be a whole number, 1 or more, not " + text;
          },
          "NUMBER"};
}

/// A command whose options may stand before or behind the global ones.
CLI::App& add(CLI::App& app, Choice& choice, const char* name, const char* text, std::function<int(Desk&)> run) {
  auto* command = app.add_subcommand(name, text);
  command->fallthrough();
  command->callback([&choice, run = std::move(run)] { choice.run = run; });
  return *command;
}

void add_repairs(CLI::App& app, Choice& choice) {
  const auto add_repair = [&](const char* name, const char* text, int (*run)(Desk&, const RepairArguments&),
                              const char* what, const char* target) {
    auto& command = add(app, choice, name, text, [&choice, run](Desk& desk) { return run(desk, choice.repair); });
    command.add_option(what, choice.repair.what)->required();
    if (target != nullptr) command.add_option(target, choice.repair.target)->required();
    command.add_option("--as", choice.repair.as, "the user who does it");
  };
  add_repair("split", "a message and what answers it become a lead of their own", run_split, "MESSAGE-ID", nullptr);
  add_repair("move", "a message and what answers it go to another lead", run_move, "MESSAGE-ID", "LEAD");
  add_repair("merge", "the second lead becomes part of the first", run_merge, "LEAD", "OTHER");
  add_repair("undo", "take a split, move or merge back, by the number that it told", run_undo, "REPAIR", nullptr);
}

void add_beginning(CLI::App& app, Choice& choice) {
  auto& init = add(app, choice, "init", "the first config, by questions or a file of answers, after trying the mailbox",
                   [&](Desk& desk) { return run_init(desk, choice.init); });
  init.add_option("--answers", choice.init.answers, "a file with the answers, instead of questions");
  init.add_flag("--example", choice.init.example, "print such a file to fill in");
  init.add_flag("--untried", choice.init.untried, "write without trying, on a machine that has no network yet");
  init.add_flag("--no-lookup", choice.init.no_lookup, "ask neither DNS nor the web where the servers are");
  init.add_option("--wait", choice.init.wait, "seconds to wait for a mail of ours to come back")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();

  auto& login = add(app, choice, "login", "log a mailbox in by token (OAuth2), and try whether it works",
                    [&](Desk& desk) { return run_login(desk, choice.login); });
  login.add_option("MAILBOX", choice.login.mailbox, "its name in the config")->required();
  auto* device = login.add_flag("--device", choice.login.device, "by a code that is typed on any device");
  login.add_flag("--browser", choice.login.browser, "by a browser that comes back to this machine")->excludes(device);
  login.add_flag("--untried", choice.login.untried, "keep the login without trying IMAP and SMTP");
}

void add_looking(CLI::App& app, Choice& choice) {
  auto& check = add(app, choice, "check", "every error of the config, with its place and a suggestion",
                    [&](Desk& desk) { return run_check(desk, choice.check); });
  check.add_flag("--example", choice.check.example, "print the example config with every key");

  auto& doctor =
      add(app, choice, "doctor", "is everything as it should be? sends a mail to each mailbox and follows it",
          [&](Desk& desk) { return run_doctor(desk, choice.doctor); });
  doctor.add_flag("--no-probe", choice.doctor.no_probe, "send no mail");
  doctor.add_option("--wait", choice.doctor.wait, "seconds to wait for that mail")
      ->check(CLI::Range(1, 600))
      ->capture_default_str();
  doctor.add_flag("--names", choice.doctor.names, "print the names of all that may be wrong, and what to do then");

  add(app, choice, "status", "mailboxes, lag, outbox, quarantine, due reminders",
      [](Desk& desk) { return run_status(desk); });

  auto& list = add(app, choice, "list", "leads", [&](Desk& desk) { return run_list(desk, choice.list); });
  list.add_option("--status", choice.list.status, "only in this status");
  list.add_option("--owner", choice.list.owner, "only this user's");
  list.add_option("--tag", choice.list.tag, "only with this tag");
  list.add_flag("--due", choice.list.due, "only those whose next contact is due");
  list.add_flag("--owed", choice.list.owed, "only those who wait for an answer");
  list.add_option("--limit", choice.list.limit, "no more than so many")->check(a_count());

  auto& find = add(app, choice, "find", "leads by words in their mails, notes and values",
                   [&](Desk& desk) { return run_find(desk, choice.find); });
  find.add_option("TEXT", choice.find.words, "words; all must occur")->required();
  find.add_option("--limit", choice.find.limit, "no more than so many, the newest")->check(a_count());

  auto& show =
      add(app, choice, "show", "one lead with its timeline", [&](Desk& desk) { return run_show(desk, choice.show); });
  show.add_option("LEAD", choice.show.lead, "L-123 or 123")->required();
  show.add_option("--at", choice.show.at, "as it was then: 2026-03-01 or an RFC 3339 time");

  auto& report = add(app, choice, "report", "figures: pipeline, sources, response times, workload, months",
                     [&](Desk& desk) { return run_report(desk, choice.report); });
  report.add_option("--html", choice.report.html, "write a page with charts to this file; - is standard output");
  report.add_option("--since", choice.report.since, "a day like 2026-03-01; by default eleven months before this one");
  report.add_option("--until", choice.report.until, "the last day; by default today");

  auto& ledger = add(app, choice, "ledger", "every message ever seen, and what became of it",
                     [&](Desk& desk) { return run_ledger(desk, choice.ledger); });
  ledger.add_option("--mailbox", choice.ledger.mailbox, "only of this mailbox");
  ledger.add_option("--outcome", choice.ledger.outcome, "only with this outcome");
}

void add_understanding(CLI::App& app, Choice& choice) {
  auto& parse = add(app, choice, "parse", "what we understand of each message; needs no config",
                    [&](Desk& desk) { return run_parse(desk, choice.parse); });
  parse.add_option("FILE", choice.parse.files, "messages; - is standard input")->required();

  auto& form = add(app, choice, "form",
                   "config for a form of your site from one of its notifications: learn FILE; needs no config",
                   [&](Desk& desk) { return run_form(desk, choice.form); });
  form.add_option("ACTION", choice.form.action, "learn")->required()->check(CLI::IsMember({"learn"}));
  form.add_option("FILE", choice.form.file, "a notification; - is standard input")->required();

  auto& replay = add(app, choice, "replay", "what another config would have made of past mail; changes nothing",
                     [&](Desk& desk) { return run_replay(desk, choice.replay); });
  replay.add_option("--new-config", choice.replay.new_config, "the config to compare with the one in force")
      ->required();
  replay.add_option("--since", choice.replay.since, "tell of mail since then: 2026-03-01 or an RFC 3339 time");
  replay.add_option("PATH", choice.replay.paths, "this mail instead of what is in the book");

  auto& assign = add(app, choice, "assign", "who would get the leads of past mail: simulate; changes nothing",
                     [&](Desk& desk) { return run_assign(desk, choice.assign); });
  assign.add_option("ACTION", choice.assign.action, "simulate")->required()->check(CLI::IsMember({"simulate"}));
  assign.add_option("--days", choice.assign.days, "tell of leads of the last days; 0: of all")
      ->check(CLI::Range(0, 36500))
      ->capture_default_str();

  auto& explain = add(app, choice, "explain", "what would be decided about a message, and why; changes nothing",
                      [&](Desk& desk) { return run_explain(desk, choice.explain); });
  explain.add_option("MESSAGE", choice.explain.what, "a file, a Message-ID that is in the book, or a lead")->required();
  explain.add_option("--mailbox", choice.explain.mailbox, "as if it came to this mailbox; by default the first");
}

void add_changing(CLI::App& app, Choice& choice) {
  auto& commands =
      add(app, choice, "do", "run commands on a lead", [&](Desk& desk) { return run_do(desk, choice.commands); });
  commands.add_option("LEAD", choice.commands.lead, "L-123 or 123; - where a command needs none")->required();
  commands.add_option("COMMAND", choice.commands.commands, "like '#next tomorrow 10:00'")->required();
  commands.add_option("--as", choice.commands.as, "the user who does it");

  auto& fresh = add(app, choice, "new", "a lead by hand", [&](Desk& desk) { return run_new(desk, choice.fresh); });
  fresh.add_option("--email", choice.fresh.email, "of the prospect");
  fresh.add_option("--phone", choice.fresh.phone, "of the prospect");
  fresh.add_option("--name", choice.fresh.name, "of the prospect");
  fresh.add_option("FIELD=VALUE", choice.fresh.fields, "like company='Acme SA'");

  auto& ingest = add(app, choice, "ingest", "take mail from .eml files, mbox files and Maildirs",
                     [&](Desk& desk) { return run_ingest(desk, choice.ingest); });
  ingest.add_option("--mailbox", choice.ingest.mailbox, "as if it came to this mailbox; by default the first");
  ingest.add_flag("--silent", choice.ingest.silent, "build leads and threads, send nothing");
  ingest.add_flag("--sent", choice.ingest.sent, "it is mail of the Sent folder: written with the mailbox's own login");
  ingest.add_option("PATH", choice.ingest.paths, "files and folders; - is standard input")->required();

  auto& outbox = add(app, choice, "outbox", "mail that is to be sent: list, show ID, retry ID, cancel ID",
                     [&](Desk& desk) { return run_outbox(desk, choice.outbox); });
  outbox.add_option("ACTION", choice.outbox.action, "what to do")
      ->check(CLI::IsMember({"list", "show", "retry", "cancel"}));
  outbox.add_option("ID", choice.outbox.id, "a number of the list");

  auto& failed = add(app, choice, "failed", "mail that could not be read: list, show ID, retry ID, retry all",
                     [&](Desk& desk) { return run_failed(desk, choice.failed); });
  failed.add_option("ACTION", choice.failed.action, "what to do")->check(CLI::IsMember({"list", "show", "retry"}));
  failed.add_option("ID", choice.failed.id, "a number of the list, or all");

  auto& held = add(app, choice, "held", "doubtful mail that waits for you: list, accept ID, block ID",
                   [&](Desk& desk) { return run_held(desk, choice.held); });
  held.add_option("ACTION", choice.held.action, "what to do")->check(CLI::IsMember({"list", "accept", "block"}));
  held.add_option("ID", choice.held.ids, "numbers of the list, like 3 or 3-7 or 3,5");
  held.add_flag("--domain", choice.held.domain, "block everybody of the sender's domain");
}

void add_exchange(CLI::App& app, Choice& choice) {
  auto& exported = add(app, choice, "export", "leads, contacts, mail or one attachment for other programs",
                       [&](Desk& desk) { return run_export(desk, choice.exported); });
  exported.add_option("WHAT", choice.exported.what, "leads, contacts, mail or attachment")
      ->required()
      ->check(CLI::IsMember({"leads", "contacts", "mail", "attachment"}));
  exported.add_option("--format", choice.exported.format, "csv (the default), json or vcard; mbox for mail")
      ->check(CLI::IsMember({"csv", "json", "vcard", "mbox"}));
  exported.add_option("--output", choice.exported.output, "the file to write; by default standard output");
  exported.add_option("--lead", choice.exported.lead, "only this one");
  exported.add_option("--sha256", choice.exported.sha256, "attachment: which of the lead's, as `show` names it");
  exported.add_flag("--bom", choice.exported.bom, "csv: begin with a byte order mark, as some spreadsheets need it");

  auto& imported = add(app, choice, "import", "leads from a table, from JSON or from address cards; nobody is told",
                       [&](Desk& desk) { return run_import(desk, choice.imported); });
  imported.add_option("WHAT", choice.imported.what, "leads")->required()->check(CLI::IsMember({"leads"}));
  imported.add_option("FILE", choice.imported.file, "- is standard input")->required();
  imported.add_option("--format", choice.imported.format, "csv, json or vcard; by default what the file looks like")
      ->check(CLI::IsMember({"csv", "json", "vcard"}));
  imported.add_option("--map", choice.imported.columns, "HEADING=FIELD: what a column means; HEADING= leaves it out");
  imported.add_flag("--dry-run", choice.imported.dry_run, "say what would be done, and do nothing");
  imported.add_flag("--skip-bad", choice.imported.skip_bad, "import the others when some rows are wrong");
  imported.add_flag("--ignore-unknown", choice.imported.ignore_unknown, "leave out columns that nobody knows");
  imported.add_flag("--assign", choice.imported.assign, "choose owners by the rules, and tell them");

  auto& newsletter = add(app, choice, "newsletter", "mail to many leads: send",
                         [&](Desk& desk) { return run_newsletter(desk, choice.newsletter); });
  newsletter.add_option("ACTION", choice.newsletter.action, "send")->required()->check(CLI::IsMember({"send"}));
  newsletter.add_option("--template", choice.newsletter.template_name, "T: LANG/newsletter-T.txt of your templates")
      ->required();
  newsletter.add_option("--to", choice.newsletter.to, "like 'status=open tag=fair -country=US', or all")->required();
  newsletter.add_option("--campaign", choice.newsletter.campaign, "its name, one mail of which a person gets ever");
  newsletter.add_option("--as", choice.newsletter.as, "the user who sends it");
  newsletter.add_flag("--dry-run", choice.newsletter.dry_run, "say who would get it, and who not");
}

void add_keeping(CLI::App& app, Choice& choice) {
  auto& backup = add(app, choice, "backup", "copy the book to a file, also while the daemon runs",
                     [&](Desk& desk) { return run_backup(desk, choice.backup); });
  backup.add_option("FILE", choice.backup.file, "is made; there may be none of that name")->required();

  auto& prune = add(app, choice, "prune", "what [retention] says is too old goes now, and not only at night",
                    [&](Desk& desk) { return run_prune(desk, choice.prune); });
  prune.add_flag("--dry-run", choice.prune.dry_run, "say what would go, and do nothing");
  prune.add_flag("--compact", choice.prune.compact, "write the file anew, so that it shrinks; mail waits meanwhile");

  auto& person = add(app, choice, "person", "all that the book holds about one person: export it, or erase it",
                     [&](Desk& desk) { return run_person(desk, choice.person); });
  person.add_option("ACTION", choice.person.action, "export or erase")
      ->required()
      ->check(CLI::IsMember({"export", "erase"}));
  person.add_option("ADDRESS", choice.person.address, "one of his e-mail addresses")->required();
  person.add_option("--output", choice.person.output,
                    "export: the archive to write; by default person-ADDRESS.zip here");
  person.add_flag("--dry-run", choice.person.dry_run, "erase: say what would go, and do nothing");
  person.add_flag("--yes", choice.person.yes, "erase: do not ask");

  auto& verify = add(app, choice, "verify", "look through the book, or through a copy of it; changes nothing",
                     [&](Desk& desk) { return run_verify(desk, choice.backup); });
  verify.add_option("FILE", choice.backup.file, "a copy; by default the book itself");

  auto& restore = add(app, choice, "restore", "put a copy in the place of the book; the daemon must not run",
                      [&](Desk& desk) { return run_restore(desk, choice.backup); });
  restore.add_option("FILE", choice.backup.file, "the copy")->required();
  restore.add_option("--worked-until", choice.backup.worked_until,
                     "mail that came until then was seen already: nobody is told of it again; by default when the book"
                     " that is replaced was last written");
}

void add_about_itself(CLI::App& app, Choice& choice) {
  auto& manual =
      add(app, choice, "manual",
          "print a manual page (for man -l -), the card of commands for salespeople, the metrics, the lines of the log,"
          " or those for journalctl",
          [&](Desk& desk) {
            desk.print(choice.page == "leadmail"   ? tool_manual(app)
                       : choice.page == "commands" ? leads::commands_card()
                       : choice.page == "metrics"  ? metrics_manual()
                       : choice.page == "messages" ? messages_manual()
                       : choice.page == "catalog"  ? journal_catalog()
                                                   : config_manual());
            return static_cast<int>(fine);
          });
  manual.add_option("PAGE", choice.page, "which one")
      ->required()
      ->check(CLI::IsMember({"leadmail", "leadmail.toml", "commands", "metrics", "messages", "catalog"}));
  auto& completion =
      add(app, choice, "completion", "print what a shell needs to complete these commands", [&](Desk& desk) {
        desk.print(choice.shell == "bash" ? bash_completion(app) : zsh_completion(app));
        return static_cast<int>(fine);
      });
  completion.add_option("SHELL", choice.shell, "for which one")->required()->check(CLI::IsMember({"bash", "zsh"}));
}

constexpr const char* kAbout = "leadmail looks into the book of leadmaild and changes it";

void describe(CLI::App& app, Choice& choice) {
  app.add_option("--config", choice.globals.config, "the config file")->capture_default_str();
  app.add_flag("--json", choice.globals.json, "JSON with stable keys; a line each for lists");
  app.add_flag("--quiet", choice.globals.quiet, "no remarks");
  app.set_version_flag("--version", "leadmail " LEADMAIL_VERSION);
  app.require_subcommand(1);
  add_beginning(app, choice);
  add_looking(app, choice);
  add_understanding(app, choice);
  add_changing(app, choice);
  add_repairs(app, choice);
  add_exchange(app, choice);
  add_keeping(app, choice);
  add_about_itself(app, choice);
}

/// The word that stands where the command should, if there is no such command; "" otherwise.
std::string unknown_command(const CLI::App& app, int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];  // NOLINT(cppcoreguidelines-pro-bounds-pointer-arithmetic): as main gets it
    if (word == "--") return {};
    if (word.starts_with('-')) {
      const auto* const option = app.get_option_no_throw(word);
      if (option != nullptr && option->get_expected_min() > 0) ++i;  // its value
      continue;
    }
    const auto is_it = [&](const CLI::App* command) { return command->check_name(word); };
    return app.get_subcommands(is_it).empty() ? word : std::string{};
  }
  return {};
}

/// "no such command: lst (did you mean 'list'?)"
std::string no_such_command(const CLI::App& app, const std::string& word) {
  const auto known = app.get_subcommands([](const CLI::App*) { return true; });
  const auto close = nearest(word, names_of(known, &CLI::App::get_name));
  return "no such command: " + word + (close.empty() ? "" : " (did you mean '" + close + "'?)");
}

}  // namespace

std::string fault_of_command_line(int argc, const char* const* argv, bool may_lack) {
  CLI::App app{kAbout, "leadmail"};
  Choice choice;
  describe(app, choice);
  if (const auto word = unknown_command(app, argc, argv); !word.empty()) return no_such_command(app, word);
  try {
    app.parse(argc, argv);
  } catch (const CLI::RequiredError& error) {
    return may_lack ? "" : error.what();
  } catch (const CLI::Success&) {
    return "";
  } catch (const CLI::ParseError& error) {
    return error.what();
  }
  return "";
}

int run_tool(int argc, const char* const* argv) {
  CLI::App app{kAbout, "leadmail"};
  Choice choice;
  describe(app, choice);
  if (argc < 2) {
    std::fputs(app.help().c_str(), stderr);
    return usage;
  }
  if (const auto word = unknown_command(app, argc, argv); !word.empty()) {
    std::fputs(("leadmail: " + shown(no_such_command(app, word)) + "; leadmail --help lists them\n").c_str(), stderr);
    return usage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? fine : usage;
  }
  Desk desk(choice.globals);
  return choice.run(desk);
}

}  // namespace leadmail::daemon::admin
