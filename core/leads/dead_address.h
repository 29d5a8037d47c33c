// What a failed delivery says of an address: dead at once, or dead when it fails again and again. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

/// "The address does not exist", as opposed to "not now", "too large" or "we don't like you". By `status` (RFC 3463 §3)
/// where it is one of those that mean just that; 5.0.0, or none, says only that it failed, and servers give it to what
/// a blocklist refused too: then the words decide, and by doubt it is not dead.
bool says_that_it_is_dead(std::string_view status, std::string_view words);

/// The same of a server's reply to RCPT or DATA, "550 5.1.1 No such user".
bool reply_says_that_it_is_dead(std::string_view reply);

/// Records on the plan's lead that `address` could not be delivered to, in words `what`. Of a contact: hard makes it
/// dead; soft is counted, one less for each week that passes, and five make it dead. Of anybody else only the words are
/// kept. True: it is dead now.
bool record_failed_delivery(Plan& plan, const std::string& address, bool hard, const std::string& what);

/// A real mail came from that address: what was counted against it is forgotten, and it lives.
void record_sign_of_life(Plan& plan, const std::string& address);

}  // namespace leadmail::leads
