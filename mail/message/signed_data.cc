#include "mail/message/signed_data.h"

#include <cstdint>

namespace leadmail::mail::message {
namespace {

// Tags of X.690, and the object identifier of signedData: 1.2.840.113549.1.7.2. RFC 5652 §5.1
constexpr unsigned kInteger = 0x02;
constexpr unsigned kOctets = 0x04;
constexpr unsigned kConstructedOctets = 0x24;
constexpr unsigned kObject = 0x06;
constexpr unsigned kSequence = 0x30;
constexpr unsigned kSet = 0x31;
constexpr unsigned kExplicit = 0xA0;
constexpr std::string_view kSignedData{"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 9};
constexpr int kDeepest = 20;

/// Tag, length, value; of an indefinite length the value is all that is left.
struct Element {
  unsigned tag = 0;
  std::string_view value{};
  bool indefinite = false;
};

/// Reads elements one after another. X.690 §8.1
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  std::optional<Element> next() {
    if (rest_.size() < 2) return {};
    Element element{.tag = byte(0)};
    if ((element.tag & 0x1FU) == 0x1FU) return {};  // tags of several bytes: none of ours
    std::size_t length = byte(1);
    std::size_t head = 2;
    if (length == 0x80) {
      element.indefinite = true;
      rest_.remove_prefix(head);
      element.value = rest_;
      return element;
    }
    if (length > 0x80) {
      const std::size_t width = length & 0x7FU;
      if (width > 4 || rest_.size() < 2 + width) return {};
      length = 0;
      for (std::size_t i = 0; i < width; ++i) length = length << 8U | byte(2 + i);
      head += width;
    }
    // Cut short: what is there is read.
    element.value = rest_.substr(head, length);
    rest_.remove_prefix(head + element.value.size());
    return element;
  }

  /// Goes into an element of indefinite length, which next() has left open; into one of known length by its value.
  void enter(const Element& element) {
    if (!element.indefinite) rest_ = element.value;
  }

  std::optional<Element> expect(unsigned tag) {
    auto element = next();
    if (!element || element->tag != tag) return {};
    return element;
  }

 private:
  [[nodiscard]] unsigned byte(std::size_t at) const { return static_cast<unsigned char>(rest_[at]); }
  std::string_view rest_;
};

/// The octets of a string that may be in pieces, and those in pieces again. X.690 §8.7.3
bool collect(Cursor& cursor, std::string& content, std::size_t limit, int depth) {
  if (depth > kDeepest) return false;
  while (auto element = cursor.next()) {
    if (element->tag == 0 && element->value.empty()) return true;  // end of contents
    if (element->tag == kOctets && !element->indefinite) {
      content += element->value.substr(0, limit - content.size());
    } else if (element->tag == kConstructedOctets && element->indefinite) {
      if (!collect(cursor, content, limit, depth + 1)) return false;
    } else if (element->tag == kConstructedOctets) {
      Cursor inner(element->value);
      if (!collect(inner, content, limit, depth + 1)) return false;
    } else {
      return true;
    }
    if (content.size() >= limit) return true;
  }
  return true;
}

}  // namespace

std::optional<std::string> signed_content(std::string_view bytes, std::size_t limit) {
  Cursor cursor(bytes);
  const auto enter = [&](unsigned tag) {
    const auto element = cursor.expect(tag);
    if (element) cursor.enter(*element);
    return element.has_value();
  };
  // ContentInfo { signedData, [0] SignedData { version, digestAlgorithms, EncapsulatedContentInfo { type, [0] octets
  if (!enter(kSequence)) return {};
  const auto type = cursor.expect(kObject);
  if (!type || type->value != kSignedData) return {};
  if (!enter(kExplicit) || !enter(kSequence) || !cursor.expect(kInteger)) return {};
  const auto algorithms = cursor.expect(kSet);
  if (!algorithms || algorithms->indefinite) return {};
  if (!enter(kSequence) || !cursor.expect(kObject) || !enter(kExplicit)) return {};
  std::string content;
  collect(cursor, content, limit, 0);
  if (content.empty()) return {};
  return content;
}

}  // namespace leadmail::mail::message
