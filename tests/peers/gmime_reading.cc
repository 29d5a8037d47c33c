#include "tests/peers/gmime_reading.h"

#include <gmime/gmime.h>

#include <array>
#include <memory>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/sha256.h"

namespace leadmail::peers {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, Unref>;

struct Free {
  void operator()(void* memory) const { g_free(memory); }
};
using CString = std::unique_ptr<char, Free>;

std::string text_of(const char* text) { return text != nullptr ? text : ""; }

/// A stream that reads `raw` where it lies.
struct Input {
  explicit Input(std::string_view raw)
      : array{reinterpret_cast<guint8*>(const_cast<char*>(raw.data())), static_cast<guint>(raw.size())},
        stream(g_mime_stream_mem_new()) {
    g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream.get()), &array);
  }
  GByteArray array;
  Object<GMimeStream> stream;
};

void add_addresses(InternetAddressList* list, std::vector<mail::message::Address>& to) {
  for (int i = 0; list != nullptr && i < internet_address_list_length(list); ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_GROUP(address)) {
      add_addresses(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), to);
    } else {
      to.push_back({text_of(internet_address_get_name(address)),
                    text_of(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)))});
    }
  }
}

std::vector<std::string> ids_of(GMimeMessage* message, const char* field) {
  const char* value = g_mime_object_get_header(GMIME_OBJECT(message), field);
  std::vector<std::string> ids;
  if (value == nullptr) return ids;
  GMimeReferences* references = g_mime_references_parse(nullptr, value);
  for (int i = 0; i < g_mime_references_length(references); ++i)
    ids.push_back(text_of(g_mime_references_get_message_id(references, i)));
  g_mime_references_free(references);
  return ids;
}

void read_identity(GMimeMessage* message, Reading& reading) {
  add_addresses(g_mime_message_get_from(message), reading.from);
  add_addresses(g_mime_message_get_to(message), reading.to);
  add_addresses(g_mime_message_get_cc(message), reading.cc);
  reading.subject = text_of(g_mime_message_get_subject(message));
  reading.message_id = text_of(g_mime_message_get_message_id(message));
  reading.in_reply_to = ids_of(message, "In-Reply-To");
  reading.references = ids_of(message, "References");
  if (GDateTime* date = g_mime_message_get_date(message)) reading.date = g_date_time_to_unix(date);
}

/// The text in UTF-8. Where the label was wrong GMime gives the bytes as they are, and then leaves it to its own guess.
std::string read_text(GMimeTextPart* part) {
  const CString text(g_mime_text_part_get_text(part));
  if (!text) return {};
  std::string result = text.get();
  if (mail::message::is_valid_utf8(result)) return result;
  const CString guessed(g_mime_utils_decode_8bit(nullptr, result.data(), result.size()));
  return text_of(guessed.get());
}

void read_file(GMimePart* part, Leaf& leaf) {
  GMimeDataWrapper* content = g_mime_part_get_content(part);
  if (content == nullptr) return;
  const Object<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  leaf.size = bytes->len;
  leaf.sha256 = mail::message::sha256_hex({reinterpret_cast<const char*>(bytes->data), bytes->len});
}

Leaf read_leaf(GMimePart* part) {
  GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
  const CString name(g_mime_content_type_get_mime_type(type));
  Leaf leaf{.content_type = mail::message::ascii::lower(text_of(name.get())),
            .filename = text_of(g_mime_part_get_filename(part)),
            .charset = text_of(g_mime_content_type_get_parameter(type, "charset")),
            .is_attachment = g_mime_part_is_attachment(part) != 0};
  if (GMIME_IS_TEXT_PART(part) && !leaf.is_attachment && leaf.filename.empty()) {
    leaf.text = read_text(GMIME_TEXT_PART(part));
  } else {
    read_file(part, leaf);
  }
  return leaf;
}

void read_part(GMimeObject* part, Reading& reading) {
  if (GMIME_IS_MULTIPART(part)) {
    const int count = g_mime_multipart_get_count(GMIME_MULTIPART(part));
    for (int i = 0; i < count; ++i) read_part(g_mime_multipart_get_part(GMIME_MULTIPART(part), i), reading);
  } else if (GMIME_IS_MESSAGE_PART(part)) {
    GMimeMessage* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
    if (message != nullptr) read_part(g_mime_message_get_mime_part(message), reading);
  } else if (part != nullptr && GMIME_IS_PART(part)) {
    reading.leaves.push_back(read_leaf(GMIME_PART(part)));
  }
}

}  // namespace

Gmime::Gmime() {
  g_mime_init();
  // What ours falls back to as well.
  std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
  g_mime_parser_options_set_fallback_charsets(g_mime_parser_options_get_default(), charsets.data());
}

Gmime::~Gmime() { g_mime_shutdown(); }

std::optional<Reading> Gmime::read(std::string_view raw) const {
  const Input input(raw);
  const Object<GMimeParser> parser(g_mime_parser_new_with_stream(input.stream.get()));
  const Object<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return {};
  Reading reading;
  read_identity(message.get(), reading);
  read_part(g_mime_message_get_mime_part(message.get()), reading);
  return reading;
}

}  // namespace leadmail::peers
