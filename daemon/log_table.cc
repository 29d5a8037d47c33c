#include "daemon/log_table.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <vector>

namespace leadmail::daemon {
namespace {

using enum Level;

constexpr std::array kMessages{
    // The process
    LogMessage{"started", info, "The daemon has started", "It says its version and how many mailboxes it watches."},
    LogMessage{"stopping", info, "The daemon stops", "Somebody asked for it: systemd, or a signal."},
    LogMessage{"reloaded", info, "A new config is in force", "Nothing is to be done."},
    LogMessage{"reload-refused", error, "A new config was refused",
               "The old one stays in force; what is wrong stands in the lines before this one. `leadmail check` shows "
               "the same with places and suggestions. Mend the file and reload again."},
    LogMessage{"mailbox-changed", info, "A mailbox begins anew after a reload",
               "Its server, login, folder or password is another one. The others keep their connections."},
    LogMessage{"mailbox-removed", warning, "A mailbox is watched no more",
               "A reload took it out of the config. Its leads and what waits to be sent stay in the book; put it back, "
               "and it goes on where it was."},
    LogMessage{
        "mailbox-queue-left", error, "Mail waits for a mailbox that is gone",
        "What was to be sent from it waits on: nobody else may send in its name. Put the mailbox back into the "
        "config and reload, or cancel the mails: `leadmail status` says how many, `leadmail outbox` lists them."},
    LogMessage{"config-error", error, "The config is in error",
               "The line names file, line and column. Mend it: `leadmail check` tells when it is right."},
    LogMessage{"config-warning", warning, "Something in the config is doubtful",
               "The config is used all the same. The line names the place and what may be meant."},
    LogMessage{
        "control-failed", error, "The control socket can't be opened",
        "`leadmail` reaches the daemon through it, so the daemon does not start without. Another daemon may run, "
        "or the folder (/run/leadmail) is missing or not ours. `[daemon] control` names another place."},
    LogMessage{"control-connected", debug, "Somebody uses the control socket", "User and process, as the kernel says."},
    LogMessage{"book-fatal", error, "The database can't be trusted any more",
               "Writing or syncing it failed, and after that nobody knows what is on the disk. The daemon ends and "
               "systemd starts it again; nothing that was committed is lost. When it repeats, look at the disk (dmesg, "
               "SMART, free space), then `leadmail verify`."},
    LogMessage{"recover-failed", error, "The sends of the last run could not be put in order",
               "The database could not be written at the start. See book-fatal; full disks end so, too."},

    // Reading mail
    LogMessage{"imap-state", info, "A folder is watched again, or no longer", "Nothing is to be done."},
    LogMessage{
        "imap-trouble", warning, "A folder can't be read at present",
        "The connection was cut, refused or said no; the server's own words stand in the line. It is tried again, "
        "later each time. Nothing is lost, for mail keeps on the server. Only when it lasts something is to be "
        "done: `leadmail status`, `leadmail doctor`."},
    LogMessage{
        "imap-alert", error, "A folder can't be read, and will not be by itself",
        "Usually the login is refused: the password was changed, has run out, or the provider wants OAuth2 or an "
        "app password. Put the new password into the file that the config names (it is read for every login), or "
        "run `leadmail login`. Other causes: the folder is gone, the certificate is not valid, UIDVALIDITY "
        "changes with every connection. The administrators get a mail, too."},
    LogMessage{
        "imap-restored", warning, "The server gives out numbers again",
        "UIDNEXT went back, as after a mailbox was restored from a backup. What stands there now is looked at once "
        "more; what is in the book is known again and makes no second lead."},
    LogMessage{"mailbox-unread", error, "A mailbox could not be read by --once",
               "The run goes on with the others and ends with status 1; the next one tries again."},
    LogMessage{
        "intake-committed", info, "A message is in the book",
        "DECISION says what became of it, KIND what it is, LEAD where it went. `leadmail ledger` has the reason, "
        "`leadmail explain` all of the evidence."},
    LogMessage{
        "intake-quarantined", warning, "A message could not be read",
        "Its bytes are kept and a lead stands for it, so that nobody is overlooked; the next message was not held "
        "up. `leadmail failed list` names it, `leadmail failed retry` tries again, after an update perhaps."},
    LogMessage{"intake-failed", error, "A message could not be committed",
               "Usually the disk is full or the database busy. It stays on the server and is fetched again."},
    LogMessage{"intake-latency", debug, "How long a message took",
               "Microseconds from the server's EXISTS to the commit."},
    LogMessage{"filed", debug, "Mail was marked or moved on the server", "As `processed` of the mailbox wants it."},
    LogMessage{
        "filing-trouble", warning, "Mail can't be marked or moved on the server",
        "It is in the book and safe; only the folder looks untidy. The server's words stand in the line: often the "
        "folder of `processed` may not be made, or the server offers no way to move."},
    LogMessage{"filing-again", info, "Mail is marked or moved again", "Nothing is to be done."},

    // Held mail, and what was confirmed
    LogMessage{"held-list", info, "The list of held mail was sent", "To the addresses of `[admin]`."},
    LogMessage{"held-list-failed", error, "The list of held mail could not be made",
               "The database could not be written. It is tried again; `leadmail held list` shows what waits."},
    LogMessage{"held-failed", error, "An accepted mail could not be taken",
               "It stays accepted and is tried at the next start. `leadmail held list` shows it until then."},
    LogMessage{"confirmed-failed", error, "A confirmed command could not be carried out",
               "It stays confirmed and is tried at the next start; the line says what kept it."},

    // Sending mail
    LogMessage{"smtp-delivered", info, "A mail was taken by the server",
               "KIND, OUTBOX and the server's code tell more."},
    LogMessage{
        "smtp-deferred", warning, "A mail was put off",
        "The server said 4yz: later. It is tried again, with growing distance, until the mail is too old to be of "
        "use. `leadmail outbox show` has the server's words."},
    LogMessage{
        "smtp-failed", warning, "A mail was refused for good",
        "The server said 5yz, or the mail grew too old. The lead's owner is told. `leadmail outbox show` has the "
        "server's words; when many fail alike, the account or its domain may be blocked."},
    LogMessage{
        "smtp-unknown", warning, "Nobody knows whether a mail has left",
        "The connection was cut after the last byte and before the answer (RFC 1047). Its copy is looked for; then "
        "it is left, sent once more with the same bytes, or its writer is asked, by kind."},
    LogMessage{"smtp-waiting", warning, "A mail went back to the queue",
               "It was not tried, for trouble of the account."},
    LogMessage{"smtp-cancelled", warning, "A mail was cancelled while it was being sent",
               "Nothing left: the reader is marked Do Not Contact by now, or an administrator took the mail back."},
    LogMessage{
        "smtp-account", warning, "Trouble with an account",
        "The server can't be reached, refuses the login or sends nothing for us at present. All mail of the account "
        "waits, longer each time, and is tried again."},
    LogMessage{
        "smtp-account-lasting", error, "Trouble with an account that does not end",
        "Five attempts in a row have failed; the administrators were told by mail, by another account where there "
        "is one. `leadmail status` shows since when and the server's words: a changed password, a blocked or "
        "throttled account, a name or certificate that is not right."},
    LogMessage{
        "alarm", error, "The administrators are told of trouble",
        "FAULT is what is wrong, SUBJECT where; the line holds what the mail to them says. docs/troubleshooting.md "
        "has a section for each fault."},
    LogMessage{"alarm-over", info, "The administrators are told that trouble is over", "Nothing is to be done."},
    LogMessage{"alarm-route", error, "An alert could not be sent on one of its ways",
               "ROUTE is alert_smtp or the mailbox whose account was tried. The next way is taken: the outbox, or "
               "another account. `leadmail doctor` tries the second route."},
    LogMessage{"alarm-untold", error, "An alert could not be sent at all",
               "Neither the second route nor the outbox nor an account of ours took it. It is tried again each minute; "
               "look at what FAULT names yourself."},
    LogMessage{"alarm-memory", debug, "What was told can't be written down",
               "After a restart the administrators may be told once more."},
    LogMessage{
        "imap-missed", warning, "A folder held mail that the server had not told of",
        "Once a day all that stands in a folder is compared with the ledger. What was missing is taken now. When "
        "it happens again, ask the provider."},
    LogMessage{"sender-alert", error, "The administrators were told of trouble with sending",
               "By mail; the line says what they were told, and smtp-account-lasting what it means."},
    LogMessage{"sender-failed", error, "The outbox could not be worked on",
               "The database could not be written; see book-fatal. What waits is tried again."},
    LogMessage{"sends-interrupted", warning, "Sends were cut by the last stop",
               "Of these mails nobody knows whether they left; see smtp-unknown for what is done."},
    LogMessage{
        "send-unknown", warning, "The fate of a mail stays unknown",
        "No copy came back in time, and sending it again might double it. `leadmail outbox retry` sends it all the "
        "same."},
    LogMessage{"send-resolved", warning, "The fate of a mail is known", "Its copy came back, or it is sent once more."},
    LogMessage{"sent-copies", info, "Copies were put into the Sent folder", "Nothing is to be done."},
    LogMessage{
        "sent-copy-failed", warning, "A copy could not be put into the Sent folder",
        "The mail itself has left. It is tried again for a week; `sent` and `sent_copy` of the mailbox say where "
        "and whether."},

    // What the clock does
    LogMessage{"reminder", info, "A reminder was made", "USER gets it; LEAD is what it is about."},
    LogMessage{"reminder-failed", error, "Reminders could not be looked at",
               "The database could not be written; see book-fatal. They are looked at again, none is lost."},
    LogMessage{"late-lead", info, "A lead has waited too long", "What the rule says for that was done."},
    LogMessage{"late-failed", error, "Leads that wait could not be looked at",
               "The database could not be written; they are looked at again, see reminder-failed."},
    LogMessage{"silence-asked", info, "An owner was asked about a lead that rests", "After `[company] close_after`."},
    LogMessage{"silence-failed", error, "Leads that rest could not be looked at",
               "The database could not be written; they are looked at again, see reminder-failed."},
    LogMessage{"digest-sent", info, "A digest was made", "For USER."},
    LogMessage{"digest-failed", error, "Digests could not be made",
               "The database could not be written; they are made when it can be, see reminder-failed."},
    LogMessage{
        "calendar-failed", error, "The calendar files could not be written",
        "`[calendar] folder` has to be a folder in which the daemon may write, also for systemd (ReadWritePaths=)."},

    LogMessage{"pruned", info, "What was too old is gone",
               "Once a night, by `[retention]`: how much of each kind. Nothing is to be done."},
    LogMessage{
        "prune-failed", error, "What is too old could not be pruned",
        "The database could not be written; see book-fatal. It is tried again, and nothing that is to be kept goes."},

    // Administration
    LogMessage{"person-erased", info, "A person was erased",
               "By `leadmail person erase`: how many leads and mails went. Who it was stands in no log."},
    LogMessage{"newsletter-queued", info, "A newsletter was queued", "Its campaign, and how many mails."},
    LogMessage{"imported", info, "Leads were imported", "How many."},
    LogMessage{
        "login-token", warning, "A token for logging in could not be had",
        "The provider's token server did not give one; its words stand in the line. It is asked again. When it says "
        "that the grant is no longer valid, run `leadmail login`."},
    LogMessage{"login-changed", info, "A login was put right", "It is tried again at once."},

    // Figures
    LogMessage{
        "metrics-listen", warning, "Nobody can ask for the metrics",
        "The address of `[metrics] listen` is taken or not of this machine. It is tried each minute; mail is not "
        "touched by it."},
    LogMessage{"metrics-file", warning, "The file of the metrics could not be written",
               "Its folder has to be there and the user leadmail has to be allowed to write in it, also for systemd "
               "(ReadWritePaths=) and AppArmor."},
    LogMessage{"metrics-book", warning, "The figures of the database could not be read",
               "They are missing among the metrics this time."},
};

// Of our own, made once: every MESSAGE_ID follows from it.
constexpr std::array<unsigned char, 16> kNamespace{0x6b, 0x1f, 0x2d, 0x0e, 0x95, 0xc3, 0x4e, 0x57,
                                                   0x8a, 0x64, 0xf0, 0x3b, 0xd1, 0x7c, 0x29, 0xe8};

/// At most `width` characters a line; words are never cut.
std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + end > width) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

std::span<const LogMessage> log_messages() { return kMessages; }

const LogMessage* find_log_message(std::string_view id) {
  static const auto by_id = [] {
    std::vector<const LogMessage*> sorted;
    sorted.reserve(kMessages.size());
    for (const auto& message : kMessages) sorted.push_back(&message);
    std::ranges::sort(sorted, {}, &LogMessage::id);
    return sorted;
  }();
  const auto found = std::ranges::lower_bound(by_id, id, {}, &LogMessage::id);
  return found == by_id.end() || (*found)->id != id ? nullptr : *found;
}

std::string journal_id(std::string_view id) {
  std::vector<unsigned char> name(kNamespace.begin(), kNamespace.end());
  name.insert(name.end(), id.begin(), id.end());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(name.data(), name.size(), digest.data(), &size, EVP_sha1(), nullptr);
  digest[6] = static_cast<unsigned char>((digest[6] & 0x0fU) | 0x50U);  // version 5
  digest[8] = static_cast<unsigned char>((digest[8] & 0x3fU) | 0x80U);  // the variant of RFC 9562
  std::string text;
  for (std::size_t i = 0; i < 16; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

std::vector<std::string> journal_fields(const LogRecord& record) {
  std::vector<std::string> entries{fmt::format("PRIORITY={}", static_cast<int>(record.level)),
                                   fmt::format("MESSAGE={}", record.text),
                                   fmt::format("MESSAGE_ID={}", journal_id(record.id)),
                                   fmt::format("LEADMAIL_ID={}", record.id), "SYSLOG_IDENTIFIER=leadmaild"};
  for (const auto& [name, value] : record.fields) {
    if (!value.empty()) entries.push_back(fmt::format("LEADMAIL_{}={}", name, value));
  }
  return entries;
}

std::string messages_manual() {
  std::string page =
      "# The lines of the log\n\n"
      "Made by `leadmail manual messages`. Each line begins with an id that stays the same for ever; the journal has "
      "it as"
      " LEADMAIL_ID and, as the 128 bits that it wants, as MESSAGE_ID:\n\n"
      "    journalctl -u leadmaild LEADMAIL_ID=imap-trouble\n"
      "    journalctl -u leadmaild -x                          with these explanations\n"
      "    journalctl -u leadmaild LEADMAIL_MAILBOX=sales -o json\n"
      "    journalctl -u leadmaild LEADMAIL_LEAD=L-17\n\n"
      "Further fields: LEADMAIL_FOLDER and LEADMAIL_UID, LEADMAIL_OUTBOX (the number for `leadmail outbox show`),"
      " LEADMAIL_KIND, LEADMAIL_DECISION (what became of a message), LEADMAIL_USER, and LEADMAIL_MESSAGE.\n\n"
      "No line tells who wrote or what: addresses are masked, names and subjects left out. LEADMAIL_MESSAGE is the "
      "beginning"
      " of the SHA-256 of the Message-ID (`printf %s 'id@host' | sha256sum`), so that who has the mail finds its lines "
      "and"
      " nobody learns it from them. `[daemon] log_personal = true` puts addresses, reasons and Message-IDs into the "
      "log.\n";
  for (const auto& message : kMessages) {
    page += fmt::format("\n## {}\n\n{}, `{}`. **{}.** {}\n", message.id, name(message.level), journal_id(message.id),
                        message.title, message.text);
  }
  return page;
}

std::string journal_catalog() {
  std::string catalog =
      "# What the lines of leadmaild mean, for journalctl --catalog. Made by `leadmail manual catalog`.\n";
  for (const auto& message : kMessages) {
    catalog += fmt::format("\n-- {}\nSubject: {}\nDefined-By: Leadmail\nDocumentation: man:leadmaild(8)\n\n{}\n",
                           journal_id(message.id), message.title, wrapped(message.text, 72));
  }
  return catalog;
}

}  // namespace leadmail::daemon
