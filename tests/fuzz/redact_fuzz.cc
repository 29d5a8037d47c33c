// Taking somebody out of mail that others wrote: whatever the mail, he is gone afterwards, and a second time nothing
// is found.
//
// Also: mail/message/{redact_html,fold}.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "mail/message/redact.h"

namespace {

constexpr std::string_view kHim = "maria";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail;
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const mail::message::Redaction redaction{.find = [](std::string_view text) {
    std::vector<Cut> cuts;
    for (auto at = text.find(kHim); at != text.npos; at = text.find(kHim, at + kHim.size())) {
      if (!cuts.empty() && cuts.back().end == at) {
        cuts.back().end += kHim.size();
      } else {
        cuts.push_back({at, at + kHim.size(), "#"});
      }
    }
    return cuts;
  }};
  const auto fresh = mail::message::redact(raw, redaction);
  if (!fresh) return 0;
  if (fresh->size() > 16 * raw.size() + 4096) std::abort();
  if (mail::message::redact(*fresh, redaction)) std::abort();
  return 0;
}
