// The table itself, in the order of the page.
#include <array>

#include "daemon/exposition.h"

namespace leadmail::daemon {
namespace {

using enum MetricType;

constexpr std::array kFamilies{
    MetricFamily{"leadmail_build_info", gauge, "version", "always 1; says which version runs"},
    MetricFamily{"leadmail_start_time_seconds", gauge, "", "when this process began, in seconds since 1970"},

    MetricFamily{"leadmail_mailbox_up", gauge, "mailbox, folder",
                 "1 while the folder is watched, 0 while it can't be reached, logged into or read"},
    MetricFamily{"leadmail_mailbox_last_poll_timestamp_seconds", gauge, "mailbox, folder",
                 "when we last knew that nothing more is in the folder, in seconds since 1970; absent until then"},
    MetricFamily{"leadmail_mailbox_lag_messages", gauge, "mailbox, folder",
                 "messages that were seen in the folder and are not committed yet"},
    MetricFamily{"leadmail_mailbox_failures", gauge, "mailbox, folder", "connections that failed in a row"},
    MetricFamily{"leadmail_mailbox_filing_messages", gauge, "mailbox",
                 "messages in the book that are still to be marked or moved on the server"},
    MetricFamily{"leadmail_mailbox_last_message_timestamp_seconds", gauge, "mailbox",
                 "when a message was last taken, in seconds since 1970"},

    MetricFamily{"leadmail_login_needs_person", gauge, "mailbox",
                 "1 when a mailbox that logs in by token is not let in until somebody does something"},
    MetricFamily{"leadmail_login_token_expiry_timestamp_seconds", gauge, "mailbox",
                 "until when the access token is good, in seconds since 1970; it is replaced before"},
    MetricFamily{"leadmail_login_expiry_timestamp_seconds", gauge, "mailbox",
                 "when a person has to log in again at the latest, in seconds since 1970; absent where nobody knows"},
    MetricFamily{"leadmail_login_secret_expiry_timestamp_seconds", gauge, "mailbox",
                 "when the client's secret or certificate ends, in seconds since 1970; absent where nobody knows"},
    MetricFamily{"leadmail_login_tokens_total", counter, "mailbox, result",
                 "asked of the token server since the start: fetched or failed"},

    MetricFamily{"leadmail_messages_total", counter, "mailbox, outcome, kind",
                 "messages committed since the start, by what they are and what became of them"},
    MetricFamily{"leadmail_ledger_messages", gauge, "mailbox, outcome",
                 "all messages ever seen, by what became of them"},
    MetricFamily{"leadmail_quarantined_messages", gauge, "mailbox", "messages that could not be read"},
    MetricFamily{"leadmail_held_messages", gauge, "mailbox", "doubtful messages that wait for an administrator"},
    MetricFamily{"leadmail_intake_seconds", histogram, "",
                 "time from the server's word that a message is there to its commit"},

    MetricFamily{"leadmail_leads", gauge, "status", "leads in the book"},
    MetricFamily{"leadmail_leads_without_owner", gauge, "", "leads in progress that nobody has"},
    MetricFamily{"leadmail_leads_owed", gauge, "", "leads that wait for an answer of ours"},
    MetricFamily{"leadmail_leads_late", gauge, "term",
                 "leads whose time for acknowledge, first_answer or answer has run out"},

    MetricFamily{"leadmail_next_contacts_planned", gauge, "", "leads whose next contact is still to come"},
    MetricFamily{"leadmail_next_contacts_due", gauge, "", "leads whose next contact has come and is not settled"},
    MetricFamily{"leadmail_reminders_late_seconds", gauge, "",
                 "for how long the clock should have looked at a reminder already; far from 0 something is stuck"},

    MetricFamily{"leadmail_outbox_recipients", gauge, "state",
                 "recipients of mails that have not ended well, or not yet"},
    MetricFamily{"leadmail_outbox_oldest_waiting_seconds", gauge, "",
                 "for how long the oldest mail that waits could have left"},
    MetricFamily{"leadmail_sends_total", counter, "mailbox, kind, state",
                 "attempts since the start, one a recipient, by how they ended"},
    MetricFamily{"leadmail_smtp_up", gauge, "mailbox", "0 while trouble with the account makes its mail wait"},
    MetricFamily{"leadmail_smtp_failures", gauge, "mailbox", "attempts of the account that failed in a row"},
    MetricFamily{"leadmail_smtp_slow_domains", gauge, "mailbox", "domains that have had their rate"},
    MetricFamily{"leadmail_smtp_stopped_domains", gauge, "mailbox",
                 "domains that get no automatic mail, after a storm"},

    MetricFamily{"leadmail_parse_seconds", histogram, "", "time that a confined parser needed for a message"},
    MetricFamily{"leadmail_parser_starts_total", counter, "", "parser processes that were started"},
    MetricFamily{"leadmail_parser_deaths_total", counter, "cause",
                 "parser processes that a message ended: died, or needed too long (deadline)"},

    MetricFamily{"leadmail_store_commit_seconds", histogram, "", "time of a commit, the sync of the disk included"},
    MetricFamily{"leadmail_store_queued_jobs", gauge, "", "changes that wait for the writer"},
    MetricFamily{"leadmail_store_queued_bytes", gauge, "", "bytes that they hold"},
    MetricFamily{"leadmail_store_readable", gauge, "",
                 "0 when the figures of the book could not be read, and are absent"},
    MetricFamily{"leadmail_store_database_bytes", gauge, "", "size of the database"},
    MetricFamily{"leadmail_store_wal_bytes", gauge, "", "size of its write-ahead log"},
    MetricFamily{"leadmail_store_disk_free_bytes", gauge, "", "what may still be written where the database is"},

    MetricFamily{"leadmail_config_reloads_total", counter, "result",
                 "configs that were read anew: accepted or refused"},
    MetricFamily{"leadmail_config_last_reload_successful", gauge, "",
                 "0 when the newest config was refused, so that an older one is in force"},
    MetricFamily{"leadmail_config_last_reload_success_timestamp_seconds", gauge, "",
                 "since when the config is in force, in seconds since 1970"},

    MetricFamily{"leadmail_log_records_total", counter, "level, id",
                 "warnings and errors in the log; docs/messages.md explains each id"},

    // Not process_…: in the file for the node exporter those would stand twice.
    MetricFamily{"leadmail_process_cpu_seconds_total", counter, "", "CPU time of the daemon without its parsers"},
    MetricFamily{"leadmail_process_resident_memory_bytes", gauge, "", "memory of the daemon without its parsers"},
    MetricFamily{"leadmail_process_open_fds", gauge, "", "open file descriptors of the daemon"},
    MetricFamily{"leadmail_figures_seconds", gauge, "", "how long it took to read the figures of the book"},
    MetricFamily{"leadmail_figures_timestamp_seconds", gauge, "",
                 "when this page was made, in seconds since 1970: a file that gets old is one that nobody writes"},
};

}  // namespace

std::span<const MetricFamily> metric_families() { return kFamilies; }

}  // namespace leadmail::daemon
