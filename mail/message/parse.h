// Bytes -> what we understand. Pure functions; they never throw and never fail: damage goes to `defects`.
// parse() belongs into the confined worker (mail/worker); read_identity() is the daemon's own bounded header reader.
#pragma once

#include <string>
#include <string_view>

#include "mail/message/limits.h"
#include "mail/message/message.h"

namespace leadmail::mail::message {

/// The header block at the start of `raw`: unfolded, mbox "From " line and colon-less lines dropped and noted. Linear
/// time, bounded.
Header read_header(std::string_view raw, const Limits& limits = {});

/// Who wrote what to whom: from the header block alone, with our own bounded readers. RFC 5322 §3.6
Identity read_identity(std::string_view raw, const Limits& limits = {});

struct ParseOptions {
  Limits limits{};
  bool attachment_content = false;  ///< fill Attachment::content
};

/// The body: structure by mimetic behind a pre-pass with limits; text, new text, attachments, reports, forms.
/// Only for use inside the confined worker, and in tests.
Content parse(std::string_view raw, const ParseOptions& options = {});

/// Reads the new text once more, now that the mail it answers is known: `parent` is that mail's whole text. True when
/// reply, signature and quoted changed, or words were found below the quote. Commands are left as they were: they are
/// read from the mail alone. `goes_out`: as in ReplyScene.
bool reread_reply(Content& content, std::string_view parent, bool goes_out);

/// What kind of mail it is, and why: header fields first, then structure, then text. Sets kind and kind_reason.
void classify(Message& message);

/// The fingerprint that survives folders, UIDVALIDITY and differing Received lines: SHA-256 in hex over
/// normalised Message-ID, Date, From address and the SHA-256 of the bytes after the header.
std::string fingerprint(const Identity& identity, std::string_view raw);

}  // namespace leadmail::mail::message
