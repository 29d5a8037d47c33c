// Who wrote a mail that somebody else's machine hands on under its own address: groups ("María via Compras"), portals,
// a site's contact form, forwarding services. Reads the header alone. What it says is as good as the header is: never
// who may command.
#pragma once

#include <optional>
#include <string>

#include "mail/message/message.h"

namespace leadmail::mail::message {

/// The author, and the address at which he is reached, where From is only the one who hands on: X-Original-From, or
/// Reply-To of a machine, of a mail to itself, or of "Jane via Sales"; the portal's own address for him where there is
/// no other. The name is a person's, without "via Sales"; "" when only a site is named. Nothing when From is the
/// author.
std::optional<Address> read_relay(const Identity& identity);

}  // namespace leadmail::mail::message
