// Any bytes as a config: an answer, never a crash. Nothing outside is looked at but time zones and secret files' modes.
//
// Also: daemon/config_*.cc daemon/options*.cc core/leads/{condition,working_time,zone}.cc
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "daemon/config.h"
#include "daemon/control_protocol.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto loaded = leadmail::daemon::read_config(text, "/nonexistent/leadmail.toml");
  bool failed = false;
  for (const auto& error : loaded.errors) failed = failed || !error.warning;
  if (failed == loaded.config.has_value()) __builtin_trap();

  leadmail::daemon::ControlReader reader({.line = 256, .bytes = 256});
  for (std::size_t at = 0; at < size; at += 7) {
    if (!reader.feed(text.substr(at, 7))) break;
    while (reader.next()) {}
  }
  return 0;
}
