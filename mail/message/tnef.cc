#include "mail/message/tnef.h"

#include <cstdint>
#include <optional>

#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/encoded_word.h"
#include "mail/message/rtf.h"

namespace leadmail::mail::message {
namespace {

constexpr std::uint32_t kSignature = 0x223E9F78;
constexpr std::size_t kMostFiles = 200;
constexpr std::size_t kMostProperties = 2000;

// Attributes. MS-OXTNEF §2.1.3.2
constexpr std::uint32_t kAttachRenderingData = 0x00069002;
constexpr std::uint32_t kAttachTitle = 0x00018010;
constexpr std::uint32_t kAttachData = 0x0006800F;
constexpr std::uint32_t kAttachment = 0x00069005;
constexpr std::uint32_t kMessageProperties = 0x00069003;
constexpr std::uint32_t kBody = 0x0002800C;
constexpr std::uint32_t kOemCodepage = 0x00069007;

// Properties. MS-OXPROPS
constexpr std::uint16_t kPlainBody = 0x1000;
constexpr std::uint16_t kCompressedRtf = 0x1009;
constexpr std::uint16_t kHtmlBody = 0x1013;
constexpr std::uint16_t kAttachFilename = 0x3704;
constexpr std::uint16_t kAttachLongFilename = 0x3707;
constexpr std::uint16_t kAttachMimeTag = 0x370E;
constexpr std::uint16_t kAttachContentId = 0x3712;

/// Little-endian bytes, read with a look at how many are left.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::uint32_t number(std::size_t width) {
    if (rest_.size() < width) return fail();
    std::uint32_t value = 0;
    for (std::size_t i = width; i-- > 0;) value = value << 8U | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(width);
    return value;
  }
  std::string_view bytes(std::size_t size) {
    if (rest_.size() < size) {
      fail();
      return {};
    }
    const auto result = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return result;
  }
  /// `size` bytes and the padding to a multiple of four.
  std::string_view padded(std::size_t size) {
    const auto result = bytes(size);
    rest_.remove_prefix(std::min(rest_.size(), (4 - size % 4) % 4));
    return result;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::uint32_t fail() {
    good_ = false;
    rest_ = {};
    return 0;
  }
  std::string_view rest_;
  bool good_ = true;
};

struct Property {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  std::string_view value{};  ///< of several values the first
};

constexpr std::size_t fixed_size(std::uint16_t type) {
  switch (type) {
    case 0x0002:
    case 0x0003:
    case 0x0004:
    case 0x000A:
    case 0x000B: return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040: return 8;
    case 0x0048: return 16;
    default: return 0;
  }
}

/// The next property of a list. MS-OXTNEF §2.1.3.4
std::optional<Property> next_property(Cursor& cursor) {
  const auto tag = cursor.number(4);
  Property property{.id = static_cast<std::uint16_t>(tag >> 16U), .type = static_cast<std::uint16_t>(tag & 0x0FFFU)};
  const bool several = (tag & 0x1000U) != 0;
  if (property.id >= 0x8000) {
    cursor.bytes(16);
    if (cursor.number(4) == 0) {
      cursor.number(4);
    } else {
      const auto size = cursor.number(4);
      cursor.padded(size);
    }
  }
  if (const std::size_t size = fixed_size(property.type); size > 0) {
    const auto count = several ? cursor.number(4) : 1U;
    if (count > kMostProperties) return {};
    for (std::uint32_t i = 0; i < count && cursor.good(); ++i) property.value = cursor.bytes(size);
  } else {
    const auto count = cursor.number(4);
    if (count > kMostProperties) return {};
    for (std::uint32_t i = 0; i < count && cursor.good(); ++i) {
      const auto length = cursor.number(4);
      const auto value = cursor.padded(length);
      if (i == 0) property.value = value;
    }
  }
  if (!cursor.good()) return {};
  return property;
}

class Reader {
 public:
  Reader(std::string_view bytes, std::size_t limit) : cursor_(bytes), limit_(limit) {}

  Tnef read() {
    if (cursor_.number(4) != kSignature) {
      result_.damaged = true;
      return std::move(result_);
    }
    cursor_.number(2);
    while (!cursor_.at_end()) {
      const auto level = cursor_.number(1);
      const auto attribute = cursor_.number(4);
      const auto size = cursor_.number(4);
      const auto value = cursor_.bytes(size);
      if (!cursor_.good()) break;
      take(level, attribute, value);
      cursor_.number(2);  // a sum of the bytes; a wrong one would not make them less readable
    }
    result_.damaged = !cursor_.good();
    finish_text();
    return std::move(result_);
  }

 private:
  void take(std::uint32_t level, std::uint32_t attribute, std::string_view value) {
    if (level == 2) {
      if (attribute == kAttachRenderingData && result_.files.size() < kMostFiles) {
        result_.files.emplace_back();
        long_name_ = false;
      }
      if (result_.files.empty()) return;
      TnefFile& file = result_.files.back();
      if (attribute == kAttachTitle && !long_name_) file.name = narrow(value);
      if (attribute == kAttachData) file.content = value;
      if (attribute == kAttachment) properties(value, true);
      return;
    }
    if (attribute == kBody) body_ = narrow(value.substr(0, limit_));
    if (attribute == kMessageProperties) properties(value, false);
    if (attribute == kOemCodepage && value.size() >= 4) {
      const auto page = Cursor(value).number(4);
      if (page > 0 && page < 100000) codepage_ = "windows-" + std::to_string(page);
    }
  }

  void properties(std::string_view list, bool of_file) {
    Cursor cursor(list);
    const auto count = cursor.number(4);
    for (std::uint32_t i = 0; i < count && i < kMostProperties; ++i) {
      const auto property = next_property(cursor);
      if (!property) return;
      if (of_file) {
        file_property(*property);
      } else {
        message_property(*property);
      }
    }
  }

  void file_property(const Property& property) {
    TnefFile& file = result_.files.back();
    if (property.id == kAttachLongFilename) {
      file.name = text(property, 1000);
      long_name_ = true;
    }
    if (property.id == kAttachFilename && file.name.empty()) file.name = text(property, 1000);
    if (property.id == kAttachMimeTag) file.content_type = ascii::lower(one_line(text(property, 200)));
    if (property.id == kAttachContentId) file.content_id = one_line(text(property, 500));
  }

  void message_property(const Property& property) {
    if (property.id == kPlainBody) body_ = text(property, limit_);
    if (property.id == kHtmlBody)
      result_.html = property.type == 0x0102 ? guess_utf8(property.value.substr(0, limit_)) : text(property, limit_);
    if (property.id == kCompressedRtf) rtf_ = property.value;
  }

  void finish_text() {
    result_.text = std::move(body_);
    if (!result_.text.empty() || !result_.html.empty()) return;
    const auto rtf = decompress_rtf(rtf_, limit_);
    if (!rtf) return;
    auto said = read_rtf(*rtf);
    (said.is_html ? result_.html : result_.text) = std::move(said.text);
  }

  /// Strings of one byte a character end with NUL, and so do those of two.
  std::string text(const Property& property, std::size_t limit) const {
    if (property.type == 0x001F) return to_utf8(property.value.substr(0, limit * 2), "utf-16le");
    return narrow(property.value.substr(0, limit));
  }
  std::string narrow(std::string_view value) const { return to_utf8(value.substr(0, value.find('\0')), codepage_); }

  Cursor cursor_;
  std::size_t limit_;
  Tnef result_{};
  std::string body_{};
  std::string_view rtf_{};
  std::string codepage_{"windows-1252"};
  bool long_name_ = false;
};

}  // namespace

Tnef read_tnef(std::string_view bytes, std::size_t limit) { return Reader(bytes, limit).read(); }

}  // namespace leadmail::mail::message
