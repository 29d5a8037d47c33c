// Dates as people write them: always an instant ahead within twenty years, or an error; never more text than there is.
//
// Also: core/leads/when_*.cc
#include <cassert>
#include <cstdint>
#include <string_view>

#include "core/leads/when.h"

using namespace leadmail;
using namespace leadmail::leads;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto* const language : {"en", "es", "vi"}) {
    WhenContext context{.now = from_unix(1795532400), .zone = "Europe/Madrid", .language = language};
    for (const int wish : {0, 1, 2}) {
      context.is_duration = wish == 1;
      context.is_date = wish == 2;
      const auto when = read_when(text, context);
      (void)parse_when(text, context);
      if (!when) continue;
      assert(context.is_date || when->at > context.now);
      assert(when->at <= context.now + std::chrono::years{20});
      assert(when->used > 0 && when->used <= size);
    }
  }
  return 0;
}
