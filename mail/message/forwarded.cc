#include "mail/message/forwarded.h"

#include <algorithm>
#include <string>

#include "mail/message/address.h"
#include "mail/message/date.h"
#include "mail/message/reply_patterns.h"
#include "mail/message/subject.h"
#include "mail/message/text_lines.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;
constexpr std::size_t kBlockLines = 30;

// A line without one level of "> ".
string_view unquoted(string_view text) {
  const auto body = trim_blank(text);
  if (!body.starts_with('>')) return text;
  auto rest = body.substr(1);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  return rest;
}

struct Block {
  std::string from, date, subject;
  std::size_t labels = 0;
  std::size_t end = 0;  // the first line below
  bool quoted = false;  // the block stands behind "> "
};

// Reads "From: … Date: … Subject: …" from `first` on, blank lines above it skipped; values may go on in the next line.
Block read_block(const std::vector<Line>& lines, std::size_t first) {
  Block block;
  block.end = first;
  std::string ignored;
  std::string* last = nullptr;
  std::size_t loose = 0, blanks = 0;
  for (auto i = first; i < lines.size() && i < first + kBlockLines; ++i) {
    const auto text = unquoted(lines[i].text);
    const auto body = trim_blank(text);
    if (body.empty()) {
      // Some clients leave blank lines between the fields; text begins where no field follows.
      const bool more = i + 1 < lines.size() && header_label(unquoted(lines[i + 1].text));
      if (block.labels > 0 && (!more || ++blanks > 4)) break;
      continue;
    }
    const auto label = header_label(body);
    if (!label) {
      if (block.labels == 0 || last == nullptr || ++loose > 2) break;
      (*last += ' ') += body;
      block.end = i + 1;
      continue;
    }
    std::string* target = label->label == HeaderLabel::from      ? &block.from
                          : label->label == HeaderLabel::date    ? &block.date
                          : label->label == HeaderLabel::subject ? &block.subject
                                                                 : nullptr;
    if (block.labels == 0) block.quoted = lines[i].quoted;
    ++block.labels;
    loose = 0;
    last = target == nullptr ? &ignored : target;
    if (target == nullptr || target->empty()) *last = label->value;
    block.end = i + 1;
  }
  return block;
}

// "Ann Example [mailto:ann@example.com]", "Ann<mailto:ann@example.com>", "ann@example.com<mailto:ann@example.com>" as a
// plain field value.
Address read_sender(string_view written) {
  std::string value(written);
  const auto replace = [&](string_view what, string_view by) {
    for (auto at = value.find(what); at != std::string::npos; at = value.find(what, at + by.size()))
      value.replace(at, what.size(), by);
  };
  replace("[mailto:", "<");
  replace("[MAILTO:", "<");
  replace("<mailto:", " <");
  replace("]", ">");
  replace("[", "<");
  replace(">>", ">");
  replace("*", "");
  // "Bob <bob@example.com <bob@example.com>": the link only repeats the address.
  if (const auto first = value.find('<'); first != std::string::npos) {
    const auto close = value.find('>', first);
    const auto second = value.find('<', first + 1);
    if (second != std::string::npos && (close == std::string::npos || second < close)) {
      value.erase(second,
                  value.find('>', second) == std::string::npos ? std::string::npos : value.find('>', second) - second);
    } else if (close != std::string::npos) {
      value.erase(close + 1);
    }
  }
  const auto list = read_addresses(value, 2);
  for (const auto& address : list.addresses) {
    if (address.address.find('@') == std::string::npos) continue;
    auto name = address.name == address.address ? std::string{} : address.name;
    return {std::move(name), address.address};
  }
  return {std::string(trim_blank(written.substr(0, 200))), ""};
}

std::string read_written_date(string_view written) {
  if (const auto date = read_date(written)) return to_rfc3339(date->time, std::chrono::minutes(date->offset));
  constexpr std::size_t kLongest = 200;
  return std::string(trim_blank(written.substr(0, kLongest)));
}

// The text of the forward: to the end, or as far as it is quoted.
std::string read_text(const std::vector<Line>& lines, const Block& block) {
  std::vector<Line> chosen;
  for (auto i = block.end; i < lines.size(); ++i) {
    if (!block.quoted) {
      chosen.push_back(lines[i]);
      continue;
    }
    if (!lines[i].blank && !lines[i].quoted) break;
    const auto text = unquoted(lines[i].text);
    const auto body = trim_blank(text);
    chosen.push_back({text, body, body.empty(), false});
  }
  return join_lines(chosen);
}

}  // namespace

std::optional<Forwarded> read_forwarded(string_view subject, string_view text) {
  const auto lines = read_lines(text);
  const bool announced = read_subject(subject).is_forward;
  constexpr std::size_t kTried = 50;  // header blocks that turn out to be none
  bool quote_above = false;
  std::size_t tried = 0;
  for (std::size_t i = 0; i < lines.size() && tried < kTried; ++i) {
    if (lines[i].blank) continue;
    const auto body = trim_blank(unquoted(lines[i].text));
    const bool marked = is_forward_marker(body) && !quote_above;
    const bool may_be = announced && !quote_above && (is_original_marker(body) || header_label(body));
    quote_above = quote_above || lines[i].quoted;
    if (!marked && !may_be) continue;

    ++tried;
    const auto block = read_block(lines, header_label(body) ? i : i + 1);
    const bool complete =
        !block.from.empty() && block.labels >= 2 && (marked || block.labels >= 3 || has_address(block.from));
    if (!complete) continue;
    return Forwarded{read_sender(block.from), read_written_date(block.date), block.subject, read_text(lines, block)};
  }
  return std::nullopt;
}

std::optional<Forwarded> read_forwarded(const Identity& attached, string_view text) {
  if (attached.from.empty() && attached.subject.empty() && trim_blank(text).empty()) return std::nullopt;
  Forwarded forwarded;
  if (!attached.from.empty()) forwarded.from = attached.from.front();
  if (attached.date) forwarded.date = to_rfc3339(*attached.date, std::chrono::minutes(attached.date_offset));
  forwarded.subject = attached.subject;
  forwarded.text = text;
  return forwarded;
}

}  // namespace leadmail::mail::message
