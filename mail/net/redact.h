// Takes secrets out of what a server says: some repeat the command they did not like, password and all.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::net {

/// Base64 as far as it goes, without complaint; padding and what follows it are left out. RFC 4648 §4
std::string decode_base64(std::string_view text);

/// `words` with "***" for every place where `secret` stands, plainly or inside a run of base64. Nothing is replaced for
/// an empty secret.
std::string redact(std::string words, std::string_view secret);

}  // namespace leadmail::mail::net
