// Signed marks by which our own mail is known again: reply tokens, Message-IDs, subject tags and the instance mark.
// A token proves the thread, never the person; a user's token is worth nothing in anybody else's mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/leads/inquiry.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

inline constexpr std::size_t kTokenLength = 32;     ///< characters of a-z, 2-7: twenty bytes, twelve of them signature
inline constexpr std::chrono::days kTokenLife{90};  ///< older ones are refused
inline constexpr std::size_t kValidKeys = 2;        ///< the newest, and the one before it while rotating

enum class Purpose : std::uint8_t {
  conversation = 1,  ///< in mail to prospects: names the lead, gives no right
  reply = 2,         ///< in mail to a user: he may answer and command by it
  unsubscribe =
      3,  ///< in List-Unsubscribe of a newsletter: mail to it ends newsletters, for ever, and gives no other right
  circular = 4,  ///< in a newsletter: as a conversation, and tells that an answer answers it
};

/// What a token says. The user is signed but not carried.
struct Token {
  Purpose purpose = Purpose::conversation;
  LeadId lead{};          ///< 0: about no lead; at most 2^32 - 1
  std::string user{};     ///< user id; empty for prospects
  std::string mailbox{};  ///< name in the config
};

/// The token in lower case, signed with the newest key; "" without keys.
std::string make_token(const Token& token, const TokenKeys& keys, Time now);

/// What the token says, if one of the two newest keys signed it for this user ("" for a prospect) and this mailbox
/// within the last 90 days (to unsubscribe: at any time). Case of `text` does not matter. Compares in constant time.
std::optional<Token> verify_token(std::string_view text, std::string_view user, std::string_view mailbox,
                                  const TokenKeys& keys, Time now);

/// "sales+<token>@acme.example"; the bare address where the mailbox has no plus-addressing or the local part would
/// exceed 64 octets. RFC 5321 §4.5.3.1.1
std::string reply_address(const Mailbox& mailbox, std::string_view token);

/// "<token>.<16 hex digits>@acme.example" without <>: the same for the same token and cause, whoever asks.
std::string make_message_id(std::string_view token, std::string_view cause, const Mailbox& mailbox,
                            const TokenKeys& keys);

/// "next-<26 characters>@acme.example": what calendars know an invitation by. Nobody can guess it, so that who names it
/// has got it from us; kept with what it invites to, for it has to outlive the keys. RFC 5545 §3.8.4.7
std::string make_calendar_uid(std::string_view what, std::string_view cause, const Mailbox& mailbox,
                              const TokenKeys& keys);

/// "[L-123-k7ab]" for subjects: tells our tag from that of another system, no more than that.
std::string subject_tag(LeadId lead, const TokenKeys& keys);

/// "[L-123-<token>]": for action links where plus-addressing is off.
std::string action_tag(LeadId lead, std::string_view token);

/// The lead that the last of our tags in the subject names; nothing when its check letters are wrong.
std::optional<LeadId> lead_in_subject(std::string_view subject, const TokenKeys& keys);

/// The value of X-Leadmail-Instance for a mail of ours; "" without keys.
std::string make_instance_mark(std::string_view message_id, const TokenKeys& keys);

/// Whether we made that mark for that Message-ID.
bool verify_instance_mark(std::string_view mark, std::string_view message_id, const TokenKeys& keys);

/// Sixteen letters by which a writer confirms what his mail of that fingerprint asks: nobody can guess them, and they
/// are good for that mail alone.
std::string make_nonce(std::string_view fingerprint, std::string_view user, const TokenKeys& keys);

/// What the book keeps of a nonce instead of it, by each valid key, the newest first.
std::vector<std::string> nonce_marks(std::string_view nonce, const TokenKeys& keys);

/// Where a word of the shape of a token stood.
struct TokenCandidate {
  std::string text{};   ///< in lower case
  std::string where{};  ///< "recipient", "in-reply-to", "references", "subject"
};

/// Every word of the message that may be a token, the strongest place first, without doubles, at most 64.
std::vector<TokenCandidate> find_tokens(const Inquiry& inquiry);

/// The first word of `text` that has the shape of a token, in lower case.
std::optional<std::string> token_in(std::string_view text);

}  // namespace leadmail::leads
