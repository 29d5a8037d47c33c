// The reader of IMAP responses on any bytes, in pieces whose sizes the input chooses.
//
// Also: mail/imap/response_items.cc
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mail/imap/command.h"
#include "mail/imap/response.h"
#include "mail/imap/trouble.h"

using namespace leadmail::mail::imap;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  ResponseReader reader({.line = 4096, .literals = 4096, .nesting = 8});
  std::size_t piece = size == 0 ? 1 : data[0] + 1U;
  while (!rest.empty()) {
    reader.feed(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    piece = piece * 7 % 257 + 1;
    for (;;) {
      auto next = reader.next();
      if (!next) return 0;
      if (!*next) break;
      if (const auto* status = std::get_if<Status>(&**next)) (void)diagnose(status->words(), Moment::in_session);
      if (const auto* entry = std::get_if<ListEntry>(&**next)) (void)folder_argument(from_modified_utf7(entry->name));
    }
  }
  return 0;
}
