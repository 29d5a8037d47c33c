#include "mail/message/flowed.h"

#include <algorithm>

namespace leadmail::mail::message {
namespace {

struct Line {
  std::size_t quotes = 0;
  std::string_view text{};
};

/// Quote marks counted and one stuffed blank taken off. RFC 3676 §4.4, §4.5
Line read_line(std::string_view line) {
  Line result;
  while (!line.empty() && line.front() == '>') {
    ++result.quotes;
    line.remove_prefix(1);
  }
  if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  result.text = line;
  return result;
}

}  // namespace

std::string unflow(std::string_view text, bool delsp) {
  std::string result;
  result.reserve(text.size());
  bool flowing = false;
  std::size_t depth = 0;
  while (!text.empty()) {
    const std::size_t lf = text.find('\n');
    const Line line = read_line(text.substr(0, lf));
    text.remove_prefix(lf == std::string_view::npos ? text.size() : lf + 1);

    // The signature's "-- " is no flowed line, nor does one flow into it. RFC 3676 §4.3
    const bool signature = line.text == "-- ";
    const bool joins = flowing && line.quotes == depth && !signature;
    if (!joins) {
      if (flowing) result.push_back('\n');
      result.append(std::min<std::size_t>(line.quotes, 100), '>');
      if (line.quotes > 0 && !line.text.empty()) result.push_back(' ');
    }
    const bool soft = line.text.ends_with(' ') && !signature;
    result += soft && delsp ? line.text.substr(0, line.text.size() - 1) : line.text;
    flowing = soft;
    depth = line.quotes;
    if (!soft && (lf != std::string_view::npos)) result.push_back('\n');
  }
  return result;
}

}  // namespace leadmail::mail::message
