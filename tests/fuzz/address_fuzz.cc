// Any bytes as the value of a header field: addresses, ids, dates, parameters and conversations stay bounded and valid
// UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/message/address.h"
#include "mail/message/charset.h"
#include "mail/message/date.h"
#include "mail/message/message_ids.h"
#include "mail/message/parameter.h"
#include "mail/message/thread_index.h"

namespace message = leadmail::mail::message;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view value(reinterpret_cast<const char*>(data), size);
  const auto list = message::read_addresses(value, 100);
  if (list.addresses.size() > 100) std::abort();
  for (const auto& address : list.addresses) {
    if (!message::is_valid_utf8(address.name) || !message::is_valid_utf8(address.address)) std::abort();
    if (address.address.find_first_of("\r\n") != std::string::npos) std::abort();
  }
  const auto parameters = message::read_parameters(value);
  if (parameters.all.size() > 64) std::abort();
  for (const auto& [name, text] : parameters.all) {
    if (!message::is_valid_utf8(text)) std::abort();
  }
  for (const auto& [name, text] : parameters.all) (void)message::raw_parameter(value, name);
  (void)message::read_zone(value);
  if (message::read_message_id(value).size() > 998) std::abort();
  for (const auto& id : message::read_message_ids(value, 100)) {
    if (id.empty() || id.size() > 998) std::abort();
  }
  (void)message::read_date(value);
  if (const auto name = message::conversation_of(value); name && name->size() != 32) std::abort();
  if (message::extend_thread_index(value, leadmail::from_unix(1'795'532'400), 7).size() > 2000) std::abort();
  return 0;
}
