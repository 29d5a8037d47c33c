// Files written into the text as people did before MIME, and as some programs still do: "begin 644 name", lines, "end".
// POSIX uuencode. Linear; a "begin" behind which no such lines stand is text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leadmail::mail::message {

struct UuFile {
  std::string name{};  ///< as written
  std::string content{};
  bool ended = false;  ///< there was an "end"
};

/// Takes the files out of `text` (line breaks \n), at most `limit` of them; what is left is the text around them.
std::vector<UuFile> take_uuencoded(std::string& text, std::size_t limit = 100);

/// The first file in `bytes`, or the lines themselves when the "begin" is missing; hardly ever more bytes than `bytes`
/// has, and never 128 more. RFC 2045 §6.3 "x-uuencode"
std::string decode_uuencoded(std::string_view bytes);

}  // namespace leadmail::mail::message
