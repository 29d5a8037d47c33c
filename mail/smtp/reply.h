// What an SMTP server says: its reply lines put together, and the conversation they belong to. Pure: lines go in, facts
// come out. No socket and no clock; nothing here decides whether a mail is tried again. A hostile server costs a
// bounded amount of memory: 8 KiB of text a reply, 64 capabilities, and the rest of a reply is only counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::mail::smtp {

/// One complete reply. RFC 5321 §4.2
struct Reply {
  int code = 0;            ///< 200 to 599; 0: there was none
  std::string enhanced{};  ///< "5.1.1" as the server gave it, or empty. RFC 3463 §2
  std::string text{};      ///< the words of all lines, joined by a space; printable, at most 512 bytes, valid UTF-8

  bool positive() const { return code >= 200 && code < 400; }
  bool transient() const { return code >= 400 && code < 500; }
  bool permanent() const { return code >= 500 && code < 600; }
};

/// "550 5.1.1 no such user", for logs and for people; "no reply" without a code.
std::string describe(const Reply& reply);

/// At most 512 bytes of foreign words, fit for a log: valid UTF-8 without controls, line breaks and marks of direction,
/// each of which becomes a "?".
std::string printable(std::string_view words);

/// One line of a reply, without its CRLF.
struct ReplyLine {
  int code = 0;
  bool last = false;        ///< a space or nothing after the code; a hyphen means that more follows
  std::string_view text{};  ///< a view into the line that was read
};

/// Reads one line; nothing when it does not begin with a code of 200 to 599 and a space, a hyphen or the end.
std::optional<ReplyLine> parse_reply_line(std::string_view line);

/// Puts lines together to replies. RFC 5321 §4.2.1
class ReplyReader {
 public:
  enum class Got {
    more,      ///< the reply goes on
    reply,     ///< `reply()` is complete
    nonsense,  ///< no reply line, or a code unlike that of the line before: the conversation cannot be trusted any more
    too_long,  ///< more than 64 KiB of lines
  };
  Got add(std::string_view line);

  /// The complete reply, or what came of it so far: the code of the first line stands for all. RFC 5321 §4.2.1
  const Reply& reply() const { return reply_; }
  bool inside() const { return inside_; }

 private:
  Reply reply_{};
  bool inside_ = false;
  std::size_t size_ = 0;
};

/// What the server offers. RFC 5321 §4.1.1.1
struct Capabilities {
  bool starttls = false;        ///< RFC 3207
  bool auth = false;            ///< RFC 4954
  bool pipelining = false;      ///< RFC 2920
  bool eight_bit_mime = false;  ///< RFC 6152
  bool smtputf8 = false;        ///< RFC 6531
  std::uint64_t size = 0;       ///< the largest mail it takes, in bytes; 0: not said. RFC 1870 §3
};

/// The conversation about one mail, as it goes by: fed with the commands that leave and the lines that come back, it
/// knows which reply answers what. Takes no part in it. A reused connection begins at MAIL.
class Transcript {
 public:
  /// Which step the conversation has reached: the last command that left, or the end of the mail.
  enum class Step { connecting, greeting, hello, starttls, auth, mail, rcpt, data, body, final, quit };

  /// A connection was opened: what was known of the last one is forgotten, and a greeting is expected.
  void connected();
  /// A command left. Only its verb is looked at: it may hold a password. Of one that had to wait for room in the
  /// connection libcurl shows no more than what left at once, be it nothing: then its place in the order of commands
  /// tells which it was.
  void sent(std::string_view command);
  /// The last bytes of the mail have been handed over: the next reply answers the whole mail.
  void end_of_mail();
  /// A line came, with or without its CRLF. False when it makes no sense here: hang up.
  bool received(std::string_view line);
  /// The next mail of the same connection: capabilities stay, replies are forgotten.
  void next_mail();

  Step step() const { return step_; }
  bool nonsense() const { return nonsense_; }
  /// What the last complete EHLO reply offered.
  const Capabilities& capabilities() const { return capabilities_; }

  const std::optional<Reply>& greeting() const { return greeting_; }
  const std::optional<Reply>& hello() const { return hello_; }
  const std::optional<Reply>& starttls() const { return starttls_; }
  const std::optional<Reply>& auth() const { return auth_; }
  const std::optional<Reply>& mail() const { return mail_; }
  const std::vector<Reply>& recipients() const { return recipients_; }  ///< in the order of the RCPT commands
  const std::optional<Reply>& data() const { return data_; }
  /// The answer to the whole mail. The first line of a long one is enough: its code stands for all lines.
  const std::optional<Reply>& final() const { return final_; }
  /// The last refusal (4yz or 5yz) of any step, if there was one.
  const std::optional<Reply>& last_refusal() const { return last_refusal_; }

 private:
  Step after_unseen() const;
  void take_capability(std::string_view line);
  void note(const Reply& reply);

  ReplyReader reader_{};
  Step step_ = Step::connecting;
  bool awaiting_ = false;  // a reply is due
  bool nonsense_ = false;
  Capabilities capabilities_{}, offered_{};
  std::optional<Reply> greeting_{}, hello_{}, starttls_{}, auth_{}, mail_{}, data_{}, final_{}, last_refusal_{};
  std::vector<Reply> recipients_{};
};

}  // namespace leadmail::mail::smtp
