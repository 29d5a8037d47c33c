// RTF as Outlook packs it into winmail.dat -> text. Enough of it to read what somebody wrote; fonts, colours and
// pictures are skipped. Bounded and linear. MS-OXRTFCP (compression), MS-OXRTFEX (HTML inside RTF)
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// The RTF inside a PidTagRtfCompressed value; nothing when it is none. At most `limit` bytes. MS-OXRTFCP §2
std::optional<std::string> decompress_rtf(std::string_view bytes, std::size_t limit);

struct RtfText {
  std::string text{};
  bool is_html = false;  ///< the RTF wraps HTML, and `text` is that HTML
};

/// What the RTF says, as UTF-8 with \n.
RtfText read_rtf(std::string_view rtf);

}  // namespace leadmail::mail::message
