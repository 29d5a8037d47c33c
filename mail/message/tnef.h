// winmail.dat: what Outlook hides from everybody else. The files and the text in it; everything else is skipped. Every
// length is held against what is there; nothing is copied that is not asked for. MS-OXTNEF
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::mail::message {

struct TnefFile {
  std::string name{};
  std::string content_type{};
  std::string content_id{};
  std::string_view content{};  ///< looks into the bytes that were read
};

struct Tnef {
  std::vector<TnefFile> files{};  ///< at most 200
  std::string text{};             ///< the body as plain text, when there is one
  std::string html{};             ///< the body as HTML, when there is one
  bool damaged = false;           ///< it ended too early, or was none at all
};

/// Reads `bytes`, which must outlive the result; at most `limit` bytes of text.
Tnef read_tnef(std::string_view bytes, std::size_t limit);

}  // namespace leadmail::mail::message
