// Address cards that others wrote, and the leads in them as we write them.
//
// Also: core/leads/{exchange_read,import,value_label}.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/leads/exchange.h"
#include "core/leads/vcard.h"
#include "tests/fuzz/round_trip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail::leads;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  CardReader reader(input);
  while (const auto card = reader.next()) {
    if (card->properties.size() > kMostProperties) std::abort();
    for (const auto& property : card->properties) {
      if (property.parts.empty()) std::abort();
    }
  }
  read_again(read_import(input, ImportFormat::vcard, {}, company(), leadmail::from_unix(1'800'000'000)));
  return 0;
}
