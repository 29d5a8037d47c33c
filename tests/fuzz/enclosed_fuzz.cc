// What mail encloses in formats of its own; the first byte says in which: uuencode, OpenPGP armour, S/MIME,
// winmail.dat, RTF, iCalendar, a service's JSON, transfer encodings, format=flowed. Text that comes out is valid UTF-8
// and no longer than it may be.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "mail/message/armour.h"
#include "mail/message/calendar.h"
#include "mail/message/charset.h"
#include "mail/message/dsn_json.h"
#include "mail/message/flowed.h"
#include "mail/message/rtf.h"
#include "mail/message/signed_data.h"
#include "mail/message/tnef.h"
#include "mail/message/transfer.h"
#include "mail/message/uuencode.h"

namespace {

using namespace leadmail::mail::message;

constexpr std::size_t kLimit = 100'000;

void demand(bool condition) {
  if (!condition) std::abort();
}

void read_files(std::string_view bytes) {
  std::string text(bytes);
  demand(take_uuencoded(text, 5).size() <= 5 && text.size() <= bytes.size() + 1);
  demand(decode_uuencoded(bytes).size() <= bytes.size() + 128);
}

void read_armour(std::string_view bytes) {
  std::string text(bytes);
  take_off_armour(text);
  demand(text.size() <= bytes.size() + 1);
  has_encrypted_armour(bytes);
}

void read_envelope(std::string_view bytes) {
  const auto tnef = read_tnef(bytes, kLimit);
  demand(tnef.files.size() <= 200 && is_valid_utf8(tnef.text) && is_valid_utf8(tnef.html));
  for (const auto& file : tnef.files) demand(file.content.size() <= bytes.size() && is_valid_utf8(file.name));
}

void read_rich_text(std::string_view bytes) {
  const auto rtf = decompress_rtf(bytes, kLimit);
  demand(!rtf || rtf->size() <= kLimit);
  demand(is_valid_utf8(read_rtf(rtf ? *rtf : bytes).text));
  demand(is_valid_utf8(read_rtf(bytes).text));
}

void read_event(std::string_view bytes) {
  const auto text = repair_utf8(bytes);
  if (const auto event = read_calendar(text)) demand(is_valid_utf8(event->uid) && is_valid_utf8(event->attendee));
}

void undo_encodings(std::string_view bytes) {
  for (const auto encoding : {Encoding::identity, Encoding::base64, Encoding::quoted_printable, Encoding::uuencode}) {
    demand(decode(bytes, encoding).size() <= bytes.size() + 128);
    demand(decode(bytes, encoding, 10).size() <= 10);
  }
  is_plain_writing(bytes);
  const auto named = read_encoding(bytes.substr(0, 100));
  demand(named == Encoding::identity || is_known_encoding(bytes.substr(0, 100)));
  // A blank may come behind the quote marks of each line.
  for (const bool delsp : {false, true}) demand(unflow(bytes, delsp).size() <= 2 * bytes.size() + 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0: read_files(bytes); break;
    case 1: read_armour(bytes); break;
    case 2: {
      const auto content = signed_content(bytes, kLimit);
      demand(!content || content->size() <= kLimit);
      break;
    }
    case 3: read_envelope(bytes); break;
    case 4: read_rich_text(bytes); break;
    case 5: read_event(bytes); break;
    case 6: demand(read_service_notice(repair_utf8(bytes)).bounce.recipients.size() <= 100); break;
    default: undo_encodings(bytes);
  }
  return 0;
}
