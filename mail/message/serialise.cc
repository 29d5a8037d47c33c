#include <cstdint>
#include <cstring>
#include <type_traits>

#include "mail/message/json.h"

// Both directions walk the same description of Content (the functions `visit` below), so they cannot disagree. Numbers
// are eight bytes, strings and lists their length and then their items. Written and read by one build on one machine.
namespace leadmail::mail::message {
namespace {

constexpr std::uint64_t kMark = 0x4c4d430000000002;  // changes with the description

class Writer {
 public:
  void number(std::uint64_t& value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out_.append(bytes, sizeof value);
  }
  void text(std::string& value) {
    auto size = static_cast<std::uint64_t>(value.size());
    number(size);
    out_ += value;
  }
  template <typename List>
  std::uint64_t count(const List& list) {
    auto size = static_cast<std::uint64_t>(list.size());
    number(size);
    return size;
  }
  [[nodiscard]] static bool good() { return true; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_{};
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  void number(std::uint64_t& value) {
    if (rest_.size() < sizeof value) return fail();
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
  }
  void text(std::string& value) {
    std::uint64_t size = 0;
    number(size);
    if (size > rest_.size()) return fail();
    value = std::string(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }
  /// Every item takes at least eight bytes, so a count beyond that is a lie; nothing is reserved for it.
  template <typename List>
  std::uint64_t count(List& list) {
    std::uint64_t size = 0;
    number(size);
    if (size > rest_.size() / 8) fail();
    list.clear();
    return good_ ? size : 0;
  }
  void fail() {
    good_ = false;
    rest_ = {};
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

template <typename Archive>
void visit(Archive& archive, std::string& value) {
  archive.text(value);
}

template <typename Archive, typename Number>
  requires std::is_integral_v<Number>
void visit(Archive& archive, Number& value) {
  auto wide = static_cast<std::uint64_t>(value);
  archive.number(wide);
  value = static_cast<Number>(wide);
}

template <typename Archive>
void visit(Archive& archive, bool& value) {
  std::uint64_t wide = value ? 1 : 0;
  archive.number(wide);
  value = wide != 0;
}

template <typename Archive>
void visit(Archive& archive, std::pair<std::string, std::string>& value) {
  visit(archive, value.first);
  visit(archive, value.second);
}

template <typename Archive>
void visit(Archive& archive, Address& value) {
  visit(archive, value.name);
  visit(archive, value.address);
}

template <typename Archive>
void visit(Archive& archive, Attachment& value) {
  visit(archive, value.filename);
  visit(archive, value.content_type);
  visit(archive, value.size);
  visit(archive, value.sha256);
  visit(archive, value.is_inline);
  visit(archive, value.content_id);
  visit(archive, value.content);
}

template <typename Archive>
void visit(Archive& archive, Bounce::Recipient& value) {
  visit(archive, value.address);
  visit(archive, value.action);
  visit(archive, value.status);
  visit(archive, value.diagnostic);
  visit(archive, value.written_to);
}

template <typename Archive, typename Item>
void visit(Archive& archive, std::vector<Item>& list) {
  const std::uint64_t size = archive.count(list);
  for (std::uint64_t i = 0; i < size && archive.good(); ++i) {
    if constexpr (std::is_same_v<Archive, Reader>) list.emplace_back();
    visit(archive, list[i]);
  }
}

template <typename Archive>
void visit(Archive& archive, Bounce& value) {
  visit(archive, value.recipients);
  visit(archive, value.original_message_id);
}

template <typename Archive>
void visit(Archive& archive, Enclosed& value) {
  visit(archive, value.from);
  visit(archive, value.subject);
}

template <typename Archive>
void visit(Archive& archive, Forwarded& value) {
  visit(archive, value.from);
  visit(archive, value.date);
  visit(archive, value.subject);
  visit(archive, value.text);
  visit(archive, value.others);
}

template <typename Archive>
void visit(Archive& archive, CalendarPart& value) {
  visit(archive, value.method);
  visit(archive, value.uid);
  visit(archive, value.sequence);
  visit(archive, value.partstat);
  visit(archive, value.attendee);
  visit(archive, value.start);
  visit(archive, value.end);
  visit(archive, value.zone);
  visit(archive, value.comment);
  visit(archive, value.summary);
  visit(archive, value.place);
}

template <typename Archive, typename Item>
void visit(Archive& archive, std::optional<Item>& value) {
  bool there = value.has_value();
  visit(archive, there);
  if (!there) return value.reset();
  if (!value) value.emplace();
  visit(archive, *value);
}

template <typename Archive>
void visit(Archive& archive, Content& value) {
  visit(archive, value.text);
  visit(archive, value.reply);
  visit(archive, value.signature);
  visit(archive, value.quoted);
  visit(archive, value.own_words);
  visit(archive, value.command_text);
  visit(archive, value.html);
  visit(archive, value.language);
  visit(archive, value.content_type);
  visit(archive, value.report_type);
  visit(archive, value.attachments);
  visit(archive, value.bounce);
  visit(archive, value.forwarded);
  visit(archive, value.calendar);
  visit(archive, value.form);
  visit(archive, value.returns);
  visit(archive, value.is_feedback_report);
  visit(archive, value.is_receipt);
  visit(archive, value.is_encrypted);
  visit(archive, value.reaction);
  visit(archive, value.recalled);
  visit(archive, value.defects);
}

}  // namespace

std::string serialise(const Content& content) {
  Writer writer;
  auto mark = kMark;
  writer.number(mark);
  auto copy = content;  // the one description takes what it may change; a writer changes nothing
  visit(writer, copy);
  return writer.take();
}

Result<Content> deserialise(std::string_view bytes) {
  Reader reader(bytes);
  std::uint64_t mark = 0;
  reader.number(mark);
  Content content;
  if (mark == kMark) visit(reader, content);
  if (mark != kMark || !reader.good() || !reader.at_end()) {
    return Error{Next::quarantine, "what the parser sent is no content"};
  }
  return content;
}

}  // namespace leadmail::mail::message
