// One incoming message as the lead book sees it: no MIME, no bytes. The daemon translates a Message into it
// (to_inquiry).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/leads/attachment.h"
#include "core/leads/opt_out.h"

namespace leadmail::leads {

/// What kind of mail it is; spelled as `kind` in docs/json.md.
enum class Nature { personal, auto_reply, bounce, complaint, receipt, bulk, calendar, form };

std::string_view name(Nature nature);
std::optional<Nature> nature_named(std::string_view name);

struct Person {
  std::string name{};
  std::string address{};  ///< addr-spec, domain in lower case
  bool operator==(const Person&) const = default;
};

/// A failed delivery of one of our mails, as its notification says.
struct FailedRecipient {
  std::string address{};
  std::string action{};
  std::string status{};
  std::string diagnostic{};
};

/// What a signature or a form told of the writer, with how sure we are (0..100).
struct Finding {
  std::string field{};  ///< a field name of Lead::values: "phone", "company", "title", "website" …
  std::string value{};
  int confidence = 0;
  std::string source{};  ///< "signature", "form", "from", "domain"
  std::string normal{};  ///< the one spelling of it, where it has one: a phone in E.164; else empty
};

/// What a calendar program says about an invitation, as it is written; its writer stands in Inquiry::from. RFC 5546
/// §3.2
struct CalendarAnswer {
  std::string method{};  ///< REPLY, COUNTER, REFRESH …; upper case
  std::string uid{};
  std::int64_t sequence = 0;
  std::string partstat{};  ///< upper case; "" when nobody answers
  std::string attendee{};  ///< who answers; domain in lower case
  std::string start{};     ///< RFC 3339, or local without offset, or a day; "" when none is told
  std::string end{};
  std::string zone{};     ///< IANA name of a local start; "": the reader's own
  std::string comment{};  ///< one line
  std::string summary{};  ///< what it is about, one line
  std::string place{};    ///< one line
};

struct Inquiry {
  // Where and when it was seen
  std::string mailbox{};        ///< name in the config
  bool in_sent_folder = false;  ///< seen in Sent: somebody with the mailbox's login wrote it
  bool is_history = false;      ///< from before the baseline, or `ingest --silent`: build the book, send nothing
  Time received{};              ///< INTERNALDATE of the server, or now for `ingest` without one
  std::string fingerprint{};    ///< survives folders and UIDVALIDITY

  // Identity, from the daemon's own header reader
  Person from{};               ///< the one author; address empty when there is not exactly one
  bool from_is_plain = false;  ///< one From field, one mailbox, nothing encoded in the address
  std::vector<Person> reply_to{};
  std::vector<Person> to{};
  std::vector<Person> cc{};
  std::vector<std::string> delivered_to{};
  std::string subject{};
  std::string subject_key{};      ///< base subject, folded for comparing; empty when nothing is left
  bool subject_is_reply = false;  ///< it begins with "Re:" in some language
  std::optional<Time> date{};
  std::string message_id{};
  std::vector<std::string> in_reply_to{};
  std::vector<std::string> references{};  ///< oldest first
  std::string thread_index{};             ///< Outlook's, as written; for answers
  std::string conversation{};             ///< the conversation that it names: equal ones are the same
  bool is_from_list = false;              ///< a mailing list passed it on
  std::optional<Person> list_author{};    ///< who wrote it, where the list put its own address into From. Never a user
  std::size_t hops = 0;                   ///< Received fields
  bool null_return_path = false;
  bool authenticated = false;    ///< transport evidence for From: docs/overview.md, "Who may command"
  std::string authentication{};  ///< in words: "auth=pass smtp.auth=ana@acme.example at mx.acme.example", or why not
  std::string instance{};        ///< our own instance mark, if its signature holds: this mail is ours
  std::string original_id{};     ///< of our mail, where the server that keeps it has given it another Message-ID

  // Content
  Nature nature = Nature::personal;
  std::string nature_reason{};
  bool nature_is_sure = true;  ///< false: only signs that people's mail may bear too
  std::string spam{};          ///< what the provider's filter wrote against it; empty: nothing
  bool was_held = false;       ///< an administrator said that it is an inquiry, whatever it looks like
  bool is_confirmed = false;   ///< its writer has said once more that he means it
  bool unreadable = false;     ///< the parser died or a limit left no text: quarantined, but never lost
  std::string unreadable_reason{};
  std::string text{};          ///< the whole body
  std::string reply{};         ///< new text only
  OptOutReading opt_out{};     ///< of `reply`, or of what that was before: ask it with the text
  std::string command_text{};  ///< where commands may stand: new text of the first unambiguous text/plain part
  std::string below_quote{};   ///< words below all that an answer quotes, which are neither in `reply` nor in a mail
                               ///< that it may quote
  Person quoted_from{};        ///< of a user's mail: who wrote what he quotes first, where a header above it says so
  std::string quoted_mail{};   ///< and what that is
  std::string signature{};
  std::string language{};  ///< ISO 639-1 or empty
  std::vector<Finding> findings{};
  std::optional<std::chrono::year_month_day> returns{};  ///< of an automatic answer: the first day the writer is back
  std::vector<std::pair<std::string, std::string>> form{};
  std::optional<Person> forwarded_from{};  ///< whom the forwarded text is by
  std::string forwarded_subject{};
  std::string forwarded_text{};
  std::vector<std::string> forwarded_beside{};  ///< more mails that are enclosed: "Ann <ann@a.example>: Subject"
  std::string passed_on_with{};                 ///< what a user wrote above a mail that he passes on: of decide() alone
  std::vector<FailedRecipient> failed{};
  std::string failed_message_id{};  ///< which mail of ours bounced
  std::vector<Attachment> attachments{};
  bool attachments_left_out = false;  ///< too large to be passed on
  bool has_html = false;              ///< its writer's program writes HTML
  bool says_only_who = false;         ///< of a user's: commands aside, new in it is a signature or a footer alone
  bool is_reaction = false;           ///< a thumb up, or a wish to take a mail back: a program's words
  bool is_encrypted = false;          ///< for somebody who has the key
  std::optional<CalendarAnswer> calendar{};
};

}  // namespace leadmail::leads
