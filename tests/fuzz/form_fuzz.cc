// Forms in any layout, and labels.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/message/form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail::mail::message;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto fields = read_form(input);
  if (fields.size() > 200) std::abort();
  form_key(input.substr(0, 80));
  return 0;
}
