// Mail in one file, so that every byte of it comes back. RFC 4155, quoted as mboxrd does it.
#pragma once

#include <string>
#include <string_view>

#include "core/base/time.h"

namespace leadmail::daemon::admin {

/// One message with its separator and the empty line behind it: lines that begin with "From ", however many ">" stand
/// before it, get one more ">". A message without a line end at its end gets one.
std::string mbox_entry(std::string_view raw, Time received);

}  // namespace leadmail::daemon::admin
