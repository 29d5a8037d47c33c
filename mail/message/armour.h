// OpenPGP written into plain text: what was signed is the text, the armour around it is not. RFC 4880 §7
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// Takes the lines of "BEGIN PGP SIGNED MESSAGE", its hash fields and the signature off, and the dashes that protect
/// lines. False when there is none.
bool take_off_armour(std::string& text);

/// Is there an encrypted message in it, which nobody can read here?
bool has_encrypted_armour(std::string_view text);

}  // namespace leadmail::mail::message
