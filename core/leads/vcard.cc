#include "core/leads/vcard.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <memory>

#include "core/leads/address.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kFoldAt = 75;

std::string upper(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return result;
}

/// RFC 6350 §3.4
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\r') {
      result += "\\r";
    } else {
      if (c == '\\' || c == ',' || c == ';') result += '\\';
      result += c;
    }
  }
  return result;
}

/// A value between quotation marks; what can't stand there is written with a circumflex. RFC 6868 §3.1
std::string parameter_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') {
      result += "^'";
    } else if (c == '^') {
      result += "^^";
    } else if (c == '\n') {
      result += "^n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      result += c;
    }
  }
  return result + '"';
}

std::string parameter_value(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    const bool is_escape = text[i] == '^' && (next == '^' || next == 'n' || next == '\'');
    result += !is_escape ? text[i] : next == 'n' ? '\n' : next == '\'' ? '"' : '^';
    if (is_escape) ++i;
  }
  return result;
}

void add_folded(std::string& text, std::string_view line) {
  std::size_t room = kFoldAt;
  while (line.size() > room) {
    auto cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    text.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kFoldAt - 1;
  }
  text.append(line).append("\r\n");
}

/// Where the first of `marks` stands outside quotation marks.
std::size_t find_outside_quotes(std::string_view text, std::string_view marks) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (!quoted && marks.find(text[i]) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

std::vector<std::string> parts_of(std::string_view value) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '\\' && i + 1 < value.size()) {
      const char next = value[++i];
      parts.back() += next == 'n' || next == 'N' ? '\n' : next == 'r' ? '\r' : next;
    } else if (c == ';') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

/// Version 2.1 writes what is not ASCII so, and names the encoding with or without "ENCODING=". RFC 2045 §6.7
bool is_quoted_printable(std::string_view line) {
  const auto colon = find_outside_quotes(line, ":");
  if (colon == std::string_view::npos) return false;
  const auto head = upper(line.substr(0, colon));
  return head.find(";QUOTED-PRINTABLE") != std::string::npos ||
         head.find(";ENCODING=QUOTED-PRINTABLE") != std::string::npos;
}

int hex_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string without_quoted_printable(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '=' && i + 2 < text.size() ? hex_of(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_of(text[i + 2]) : -1;
    result += low < 0 ? text[i] : static_cast<char>(high * 16 + low);
    if (low >= 0) i += 2;
  }
  // Its lines end as those of mail do.
  std::erase(result, '\r');
  return result;
}

/// Bytes of that charset as UTF-8; nothing where they are none of it, or nobody knows it.
std::optional<std::string> as_utf8(const std::string& bytes, const std::string& charset) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(charset.c_str(), &error), ucnv_close);
  if (U_FAILURE(error) != 0) return std::nullopt;
  ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  // No charset makes more than one unit of UTF-16 of a byte, and none of these more than three bytes of UTF-8.
  std::u16string wide(bytes.size() + 1, u'\0');
  const auto units = ucnv_toUChars(from.get(), wide.data(), static_cast<std::int32_t>(wide.size()), bytes.data(),
                                   static_cast<std::int32_t>(bytes.size()), &error);
  if (U_FAILURE(error) != 0) return std::nullopt;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &error), ucnv_close);
  std::string text(static_cast<std::size_t>(units) * 3 + 1, '\0');
  const auto size =
      ucnv_fromUChars(to.get(), text.data(), static_cast<std::int32_t>(text.size()), wide.data(), units, &error);
  if (U_FAILURE(error) != 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(size));
  return text;
}

/// What version 2.1 says of its values is done to them. Why they can't be read; empty when they can.
std::string decode(CardProperty& property, bool is_quoted) {
  const auto charset = property.parameter("CHARSET");
  for (auto& part : property.parts) {
    if (is_quoted) part = without_quoted_printable(part);
    if (charset.empty() && !is_quoted) continue;
    auto text = as_utf8(part, charset.empty() ? "UTF-8" : charset);
    if (!text) return property.name + " can't be read as " + (charset.empty() ? "UTF-8" : charset.substr(0, 40));
    part = *std::move(text);
  }
  return {};
}

/// "item1.EMAIL;TYPE=work:maria@x.example"; nothing for a line that is no property.
std::optional<CardProperty> read_property(std::string_view line) {
  const auto colon = find_outside_quotes(line, ":");
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  auto head = line.substr(0, colon);
  CardProperty property{.parts = parts_of(line.substr(colon + 1))};
  const auto take = [&] {
    const auto end = std::min(find_outside_quotes(head, ";"), head.size());
    const auto piece = head.substr(0, end);
    head.remove_prefix(std::min(end + 1, head.size()));
    return piece;
  };
  auto name = take();
  if (const auto dot = name.rfind('.'); dot != std::string_view::npos) name.remove_prefix(dot + 1);
  property.name = upper(name);
  while (!head.empty()) {
    const auto piece = take();
    const auto equals = std::min(piece.find('='), piece.size());
    auto value = piece.substr(std::min(equals + 1, piece.size()));
    if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) value = value.substr(1, value.size() - 2);
    property.parameters.emplace_back(upper(piece.substr(0, equals)), parameter_value(value));
  }
  return property;
}

}  // namespace

std::string CardProperty::parameter(std::string_view wanted) const {
  const auto found = std::ranges::find(parameters, wanted, &std::pair<std::string, std::string>::first);
  return found == parameters.end() ? std::string{} : found->second;
}

std::string card_text(const std::vector<CardProperty>& properties) {
  std::string text = "BEGIN:VCARD\r\nVERSION:4.0\r\n";
  for (const auto& property : properties) {
    std::string line = property.name;
    for (const auto& [name, value] : property.parameters) line += ";" + name + "=" + parameter_text(value);
    line += ':';
    for (std::size_t i = 0; i < property.parts.size(); ++i) line += (i == 0 ? "" : ";") + escaped(property.parts[i]);
    add_folded(text, line);
  }
  return text + "END:VCARD\r\n";
}

CardReader::CardReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
}

/// One line with what is folded behind it. False: the end.
bool CardReader::take_line(std::string& line) {
  line.clear();
  if (rest_.empty()) return false;
  line_began_ = line_;
  bool is_soft = false;
  do {
    const auto end = std::min(rest_.find('\n'), rest_.size());
    auto piece = rest_.substr(0, end);
    if (piece.ends_with('\r')) piece.remove_suffix(1);
    if (line_ != line_began_ && !is_soft) piece.remove_prefix(std::min<std::size_t>(1, piece.size()));
    if (line.size() <= kLongestProperty) line += piece.substr(0, kLongestProperty + 1);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++line_;
    // A soft line break of version 2.1: what comes next belongs to it, whatever it begins with. RFC 2045 §6.7
    if (line_ == line_began_ + 1) is_quoted_ = is_quoted_printable(line);
    is_soft = is_quoted_ && !rest_.empty() && piece.ends_with('=');
    if (is_soft && line.ends_with('=')) line.pop_back();
  } while (is_soft || rest_.starts_with(' ') || rest_.starts_with('\t'));
  return true;
}

std::optional<Card> CardReader::next() {
  std::string line;
  while (take_line(line)) {
    if (upper(line.substr(0, 20)) != "BEGIN:VCARD") continue;
    Card card{.line = line_began_};
    bool is_closed = false;
    while (!is_closed && take_line(line)) {
      is_closed = line.size() < 20 && upper(line) == "END:VCARD";
      if (is_closed || line.empty()) continue;
      auto property = read_property(line);
      if (!property) {
        card.wrong = "line " + std::to_string(line_began_) + " is no property";
      } else if (line.size() > kLongestProperty || card.properties.size() >= kMostProperties) {
        card.wrong = "more than a card may hold";
      } else if (auto why = decode(*property, is_quoted_); !why.empty()) {
        card.wrong = "line " + std::to_string(line_began_) + ": " + why;
      } else if (property->name != "VERSION") {
        card.properties.push_back(std::move(*property));
      }
    }
    if (!is_closed) card.wrong = "END:VCARD is missing";
    return card;
  }
  return std::nullopt;
}

}  // namespace leadmail::leads
