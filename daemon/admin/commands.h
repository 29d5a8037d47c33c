// The commands of `leadmail`, one file each: what they are given, and the exit status they return. None reads the
// command line; command_line.cc does.
#pragma once

#include <string>
#include <vector>

#include "daemon/admin/desk.h"

namespace leadmail::daemon::admin {

struct CheckArguments {
  bool example = false;  ///< print config/leadmail.toml instead
};
struct InitArguments {
  std::string answers{};   ///< a file; "": by questions
  bool example = false;    ///< print a file of answers to fill in instead
  bool untried = false;    ///< write without trying the mailbox
  bool no_lookup = false;  ///< ask neither DNS nor the web for the servers
  int wait = 60;           ///< seconds for a mail to come back
};
struct LoginArguments {
  std::string mailbox{};
  bool device = false;   ///< by a code, whatever the config says
  bool browser = false;  ///< by a browser
  bool untried = false;  ///< keep the login without trying it
};
struct DoctorArguments {
  bool no_probe = false;  ///< send no mail of ours
  int wait = 60;          ///< seconds for it to come back, and for the daemon to take it
  bool names = false;     ///< print what may be wrong, and nothing else
};
struct ListArguments {
  std::string status{};
  std::string owner{};
  std::string tag{};
  bool due = false;
  bool owed = false;
  std::size_t limit = 0;  ///< 0: all
};
struct FindArguments {
  std::vector<std::string> words{};
  std::size_t limit = 0;  ///< 0: all
};
struct ShowArguments {
  std::string lead{};
  std::string at{};
};
struct DoArguments {
  std::string lead{};
  std::vector<std::string> commands{};
  std::string as{};
};
struct NewArguments {
  std::string email{};
  std::string phone{};
  std::string name{};
  std::vector<std::string> fields{};  ///< FIELD=VALUE
};
struct ParseArguments {
  std::vector<std::string> files{};
};
struct FormArguments {
  std::string action{};  ///< learn
  std::string file{};
};
struct IngestArguments {
  std::string mailbox{};
  bool silent = false;
  bool sent = false;  ///< as if they lay in the Sent folder
  std::vector<std::string> paths{};
};
struct ReportArguments {
  std::string html{};  ///< a file for the page; "-" is standard output; "": no page
  std::string since{};
  std::string until{};
};
struct BackupArguments {
  std::string file{};  ///< the copy
  std::string worked_until{};
};
struct LedgerArguments {
  std::string mailbox{};
  std::string outcome{};
};
struct ExplainArguments {
  std::string what{};
  std::string mailbox{};
};
struct RepairArguments {
  std::string what{};    ///< a Message-ID, a lead, or a repair's number
  std::string target{};  ///< a lead
  std::string as{};
};
struct ReplayArguments {
  std::string new_config{};
  std::string since{};
  std::vector<std::string> paths{};
};
struct ExportArguments {
  std::string what{};    ///< leads, contacts, mail, attachment
  std::string format{};  ///< csv, json, vcard, mbox; "": csv, or mbox for mail
  std::string output{};  ///< a file; "" is standard output
  std::string lead{};    ///< only this one's
  std::string sha256{};  ///< attachment: of its bytes
  bool bom = false;      ///< csv: a byte order mark, for spreadsheets that take UTF-8 for something else
};
struct ImportArguments {
  std::string what{};  ///< leads
  std::string file{};
  std::string format{};
  std::vector<std::string> columns{};  ///< HEADING=FIELD
  bool dry_run = false;
  bool skip_bad = false;
  bool ignore_unknown = false;
  bool assign = false;
};
struct NewsletterArguments {
  std::string action{};  ///< send
  std::string template_name{};
  std::string to{};
  std::string campaign{};
  std::string as{};
  bool dry_run = false;
};
struct QueueArguments {
  std::string action{"list"};
  std::string id{};
};
struct HeldArguments {
  std::string action{"list"};
  std::vector<std::string> ids{};
  bool domain = false;  ///< block everybody of the sender's domain
};

struct PruneArguments {
  bool dry_run = false;
  bool compact = false;  ///< and write the file anew, so that it shrinks
};

struct PersonArguments {
  std::string action{};  ///< export, erase
  std::string address{};
  std::string output{};  ///< export: the archive
  bool dry_run = false;
  bool yes = false;  ///< erase without asking
};

struct AssignArguments {
  std::string action{"simulate"};
  int days = 30;  ///< 0: all
};

int run_assign(Desk& desk, const AssignArguments& arguments);
int run_init(Desk& desk, const InitArguments& arguments);
int run_login(Desk& desk, const LoginArguments& arguments);
int run_check(Desk& desk, const CheckArguments& arguments);
int run_doctor(Desk& desk, const DoctorArguments& arguments);
int run_status(Desk& desk);
int run_list(Desk& desk, const ListArguments& arguments);
int run_find(Desk& desk, const FindArguments& arguments);
int run_show(Desk& desk, const ShowArguments& arguments);
int run_do(Desk& desk, const DoArguments& arguments);
/// What a command changed, for people: a line of each value.
void remark_results(Desk& desk, const Json& results);
int run_new(Desk& desk, const NewArguments& arguments);
int run_parse(Desk& desk, const ParseArguments& arguments);
int run_form(Desk& desk, const FormArguments& arguments);
int run_ingest(Desk& desk, const IngestArguments& arguments);
int run_ledger(Desk& desk, const LedgerArguments& arguments);
int run_explain(Desk& desk, const ExplainArguments& arguments);
int run_split(Desk& desk, const RepairArguments& arguments);
int run_move(Desk& desk, const RepairArguments& arguments);
int run_merge(Desk& desk, const RepairArguments& arguments);
int run_undo(Desk& desk, const RepairArguments& arguments);
int run_replay(Desk& desk, const ReplayArguments& arguments);
int run_export(Desk& desk, const ExportArguments& arguments);
int run_import(Desk& desk, const ImportArguments& arguments);
int run_newsletter(Desk& desk, const NewsletterArguments& arguments);
int run_outbox(Desk& desk, const QueueArguments& arguments);
int run_held(Desk& desk, const HeldArguments& arguments);
int run_failed(Desk& desk, const QueueArguments& arguments);
int run_report(Desk& desk, const ReportArguments& arguments);
int run_backup(Desk& desk, const BackupArguments& arguments);
int run_prune(Desk& desk, const PruneArguments& arguments);
int run_person(Desk& desk, const PersonArguments& arguments);
int run_verify(Desk& desk, const BackupArguments& arguments);
int run_restore(Desk& desk, const BackupArguments& arguments);

/// Reads the command line and runs what it says. Exit statuses as leadmail(1) states them.
int run_tool(int argc, const char* const* argv);

/// What is wrong with a command line, without doing anything; "" when it would be carried out. `may_lack`: it need not
/// be whole, as where a text only names a command.
std::string fault_of_command_line(int argc, const char* const* argv, bool may_lack);

}  // namespace leadmail::daemon::admin
