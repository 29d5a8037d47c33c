// What we understand of one mail. Plain values: produced by read_identity (in the daemon, header only), by parse (in
// the confined worker, everything else) and by classify; read by all. Text is valid UTF-8 with \n; nothing here is
// trusted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.h"

namespace leadmail::mail::message {

/// One mailbox. RFC 5322 §3.4. `address` is the addr-spec, its domain in lower case; `name` is decoded, without quotes.
struct Address {
  std::string name{};
  std::string address{};
  bool operator==(const Address&) const = default;
};

/// One header field as it came: name as written, value unfolded but not decoded (bytes).
struct Field {
  std::string name{};
  std::string value{};
};

/// A header block, all occurrences in order. Names compare without case.
struct Header {
  std::vector<Field> fields{};
  std::size_t body_offset = 0;         ///< where the body begins in the bytes it was read from
  std::vector<std::string> defects{};  ///< limits that were hit, lines that were no field

  /// Value of the first (topmost) field of that name, or nothing.
  [[nodiscard]] std::optional<std::string_view> first(std::string_view name) const;
  /// Values of all fields of that name, topmost first.
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return first(name).has_value(); }
};

/// Who wrote what to whom, from the header alone. Read by the daemon itself, never by a worker: identity and threading
/// rest on it.
struct Identity {
  Header header{};
  std::vector<Address> from{};  ///< every mailbox of every From field
  std::size_t from_fields = 0;  ///< how many From fields there are; more than one gives no identity
  bool from_is_plain = false;   ///< exactly one field, one mailbox, no group and no encoded word inside the address
  std::optional<Address> sender{};
  std::vector<Address> reply_to{};
  std::vector<Address> to{};
  std::vector<Address> cc{};
  std::vector<std::string> delivered_to{};  ///< Delivered-To, X-Original-To, Envelope-To: addresses, lower case
  std::string subject{};                    ///< decoded, one line
  std::optional<Time> date{};               ///< the Date field; nothing when it is absent or nonsense. RFC 5322 §3.3
  int date_offset = 0;                      ///< its zone, minutes east of UTC
  std::string message_id{};                 ///< without <>; empty when there is none. Never invented
  std::vector<std::string> in_reply_to{};   ///< ids without <>
  std::vector<std::string> references{};    ///< ids without <>, oldest first
  std::vector<std::string> authentication_results{};  ///< RFC 8601, topmost first, values as they came
  std::size_t received = 0;                           ///< number of Received fields: hops
  std::string return_path{};  ///< address, lower case; "<>" for the null reverse-path; "" when not told
};

enum class Kind { person, auto_reply, bounce, complaint, receipt, bulk, calendar, form };

/// "person", "auto-reply", … as docs/json.md spells them.
std::string_view name(Kind kind);

struct Attachment {
  std::string filename{};      ///< decoded, without path, control or bidi characters, at most 200 bytes; may be empty
  std::string content_type{};  ///< "type/subtype", lower case
  std::uint64_t size = 0;      ///< decoded bytes
  std::string sha256{};        ///< of the decoded bytes, hex
  bool is_inline = false;      ///< shown inside the text (cid: or Content-Disposition: inline)
  std::string content_id{};    ///< without <>
  std::string content{};       ///< decoded bytes, only when asked for (ParseOptions::attachment_content)
};

/// What a delivery status notification says. RFC 3464, and the non-standard ones.
struct Bounce {
  struct Recipient {
    std::string address{};
    std::string action{};  ///< failed, delayed, delivered, relayed, expanded; "" when not told
    std::string status{};  ///< "5.1.1"; "" when not told
    std::string diagnostic{};
    std::string written_to{};  ///< the alias that the mail was written to, where it is another. RFC 3464 §2.3.1
  };
  std::vector<Recipient> recipients{};
  std::string original_message_id{};
};

/// A mail that is enclosed in another one, and not read further.
struct Enclosed {
  Address from{};
  std::string subject{};
};

/// A mail that somebody forwarded, inline or attached: who really wrote.
struct Forwarded {
  Address from{};
  std::string date{};  ///< RFC 3339 when it can be read, else as written
  std::string subject{};
  std::string text{};
  std::vector<Enclosed> others{};  ///< more mails that are attached beside this one, in their order; at most 50
};

/// What a text/calendar part says. RFC 5545, RFC 5546
struct CalendarPart {
  std::string method{};  ///< REQUEST, REPLY, COUNTER, CANCEL …; upper case
  std::string uid{};
  std::int64_t sequence = 0;
  std::string partstat{};  ///< of the answering ATTENDEE; upper case
  std::string attendee{};  ///< its address
  std::string start{};     ///< RFC 3339, or a date; without offset where its zone is not in the object
  std::string end{};       ///< as start; "" when none is told
  std::string zone{};      ///< TZID of a start without offset; "" for the reader's own time
  std::string comment{};   ///< what its writer says beside it, one line
  std::string summary{};   ///< what it is about, one line
  std::string place{};     ///< LOCATION, one line
};

/// What the body says, as the confined worker reads it. Data about content, never about identity.
struct Content {
  std::string text{};   ///< the whole body as text
  std::string reply{};  ///< what this author wrote anew: no quote, no signature
  std::string signature{};
  std::string quoted{};
  std::string
      below_quote{};  ///< of reread_reply(): words below the quote that are in no mail we know, and not in `reply`
  std::string own_words{};     ///< the words above all quotes, where `reply` is the whole text, for they point below
  std::string command_text{};  ///< first unambiguous text/plain part without quote and signature; "" when there is
                               ///< none: commands are read from nothing else
  std::string html{};          ///< the HTML body as it came, UTF-8; "" when there is none
  std::string language{};      ///< ISO 639-1 of the reply; "" when too short to tell
  std::string content_type{};  ///< of the top: "multipart/report"
  std::string report_type{};   ///< its report-type parameter, lower case
  std::vector<Attachment> attachments{};
  std::optional<Bounce> bounce{};
  std::optional<Forwarded> forwarded{};
  std::optional<CalendarPart> calendar{};
  std::vector<std::pair<std::string, std::string>>
      form{};             ///< label: value of a form notification, in order; empty when it is none
  std::string returns{};  ///< of an automatic answer: the first day its writer is back, "2026-03-16"; "" when not told
  bool is_feedback_report = false;  ///< ARF. RFC 5965
  bool is_receipt = false;          ///< MDN. RFC 8098
  bool is_encrypted = false;        ///< what was written cannot be read here: OpenPGP or S/MIME
  std::string reaction{};  ///< the emoji of a reaction, or the line that tells of one; nobody wrote a word then
  std::string recalled{};  ///< the subject of a mail that its writer would like to have back; nothing else is written
  std::vector<std::string> defects{};
};

struct Message {
  Identity identity{};
  Content content{};
  Kind kind = Kind::person;
  std::string kind_reason{};  ///< "Auto-Submitted: auto-replied", for people and logs
  bool kind_is_sure = true;   ///< false: only signs that mail of people may bear too
  std::string spam{};         ///< what the filter of the receiving side wrote against it: "X-Spam-Flag: YES"
};

}  // namespace leadmail::mail::message
