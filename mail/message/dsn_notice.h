// Whether a mail without the fields of RFC 3464 is a mail system's notice all the same. Who speaks decides how much has
// to be said: a mailer-daemon hardly writes anything else, a postmaster may be a person, and from anybody else only a
// notice's own form counts. Doubt means none: a genuine mail is never taken for a bounce.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// Who a mail says it is from, weakest claim first.
enum class Speaker {
  anybody,
  house,   ///< postmaster or administrator, or a mail that says it was generated: a machine, or the person behind it
  relay,   ///< the null reverse-path: a machine, though it may answer for a person. RFC 5321 §4.5.5
  daemon,  ///< calls itself a mail system
};
Speaker speaker_of(const Identity& identity);

/// The text says somewhere that a message could not be delivered (yet), in one of many languages. Reads 16 KiB.
bool says_undelivered(std::string_view text);

/// The subject begins as notifications of mail systems do.
bool is_bounce_subject(std::string_view subject);

/// It is an answer to such a notification, or a forward of one.
bool answers_bounce_subject(std::string_view subject);

/// What is known of the mail beside its header.
struct NoticeSigns {
  std::string_view prose{};              ///< the text, without enclosed messages
  std::vector<std::string> told_ones{};  ///< addresses in From and To, lower case: they did not fail
  bool encloses_copy = false;            ///< a message is enclosed, or its header
};
bool is_notice(const Identity& identity, const NoticeSigns& signs);

}  // namespace leadmail::mail::message
