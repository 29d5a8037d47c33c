// Whether somebody is to be invited to an event, as people write it at the end of #event: "invite", "invitar a
// ana@x.example", "mời khách", and the opposite: "do not invite", "sin invitar", "không mời". What can't be told apart
// is said to be unclear: an invitation that went out can't be taken back.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::leads {

enum class InviteWish { unsaid, invite, leave_out, unclear };

struct InviteRead {
  InviteWish wish = InviteWish::unsaid;
  std::string address{};    ///< of who is invited; empty: the lead's own
  std::string_view rest{};  ///< the text before the words that said it
};

/// Looks at the whole text; the words that say it stand at its end.
InviteRead read_invite(std::string_view text);

}  // namespace leadmail::leads
