#include "mail/imap/response_items.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace leadmail::mail::imap {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string upper(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(), [](char c) { return upper(c); });
  return all;
}

/// Takes the word before the next space, and the space.
std::string_view take_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

template <typename Number>
std::optional<Number> number(std::string_view digits) {
  Number value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<Status::Kind> status_kind(std::string_view word) {
  const std::string name = upper(word.substr(0, 8));
  if (name == "OK") return Status::Kind::ok;
  if (name == "NO") return Status::Kind::no;
  if (name == "BAD") return Status::Kind::bad;
  if (name == "BYE") return Status::Kind::bye;
  if (name == "PREAUTH") return Status::Kind::preauth;
  return std::nullopt;
}

/// What follows OK, NO, …: "[CODE arguments] text", each part of it optional.
Status status(std::string_view tag, Status::Kind kind, std::string_view rest) {
  Status said{.tag = std::string(tag), .kind = kind};
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const auto end = rest.find(']');
  if (rest.starts_with('[') && end != std::string_view::npos) {
    std::string_view code = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    said.code = upper(take_word(code));
    said.arguments = code;
  }
  said.text = rest;
  return said;
}

/// Why a value could not be read.
enum class Damage { none, nonsense, nesting, literal };

/// Reads the items of a data response, from left to right.
class Items {
 public:
  Items(std::string_view text, std::vector<std::string>& literals, int nesting)
      : rest_(text), literals_(literals), nesting_(nesting) {}

  Damage damage() const { return damage_; }
  bool at_end() const { return rest_.empty() || damage_ != Damage::none; }
  bool sees(char c) const { return rest_.starts_with(c); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_spaces() {
    while (take(' ')) {}
  }

  /// Up to a space, a parenthesis or the end.
  std::string_view atom() {
    const auto end = std::min(rest_.find_first_of(" ()"), rest_.size());
    const auto word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }

  /// The name of a FETCH item, up to its section.
  std::string_view item_name() {
    const auto end = std::min(rest_.find_first_of(" ()["), rest_.size());
    const auto word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }

  /// What stands between [ and ], where the [ is next.
  std::string section() {
    take('[');
    std::string name;
    while (!rest_.empty() && !sees(']')) {
      if (sees('"') || sees('{')) {
        name += string().value_or("");
      } else {
        name += upper(rest_.front());
        rest_.remove_prefix(1);
      }
      if (damage_ != Damage::none) return name;
    }
    if (!take(']')) damage_ = Damage::nonsense;
    return name;
  }

  /// "<0>" behind a section.
  std::optional<std::uint64_t> origin() {
    if (!take('<')) return std::nullopt;
    const auto end = rest_.find('>');
    if (end == std::string_view::npos) {
      damage_ = Damage::nonsense;
      return std::nullopt;
    }
    const auto value = number<std::uint64_t>(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return value;
  }

  /// A quoted string or a literal, where one is next.
  std::optional<std::string> string() {
    if (take('"')) return quoted();
    if (sees('{')) return literal();
    damage_ = Damage::nonsense;
    return std::nullopt;
  }

  /// A string of any kind; nothing for NIL, and for a value that some servers leave out.
  std::optional<std::string> nstring() {
    if (sees('"') || sees('{')) return string();
    const auto word = atom();
    if (word.empty() || upper(word) == "NIL") return std::nullopt;
    return std::string(word);
  }

  /// A string; nothing for NIL, and for a word that is none: no server names a message so.
  std::optional<std::string> octets() {
    if (sees('"') || sees('{')) return string();
    atom();
    return std::nullopt;
  }

  /// One value of any kind, lists in lists included.
  void skip_value() {
    int depth = 0;
    do {
      skip_spaces();
      if (take('(')) {
        if (++depth > nesting_) damage_ = Damage::nesting;
      } else if (sees(')')) {
        if (depth-- == 0) return;  // a value that was left out
        take(')');
      } else if (sees('"') || sees('{')) {
        string();
      } else if (atom().empty()) {
        damage_ = depth > 0 ? Damage::nonsense : damage_;
        return;
      }
    } while (depth > 0 && damage_ == Damage::none);
  }

 private:
  std::optional<std::string> quoted() {
    std::string value;
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return value;
      if (c == '\\' && !rest_.empty()) {
        value += rest_.front();
        rest_.remove_prefix(1);
      } else {
        value += c;
      }
    }
    damage_ = Damage::nonsense;
    return std::nullopt;
  }

  std::optional<std::string> literal() {
    if (!rest_.starts_with("{}") || next_literal_ == literals_.size()) {
      damage_ = Damage::literal;
      return std::nullopt;
    }
    rest_.remove_prefix(2);
    return std::move(literals_[next_literal_++]);
  }

  std::string_view rest_;
  std::vector<std::string>& literals_;
  std::size_t next_literal_ = 0;
  int nesting_;
  Damage damage_ = Damage::none;
};

/// One item of a FETCH, of which the name is next.
void take_item(Items& items, Fetch& fetch) {
  const std::string name = upper(items.item_name());
  if (name.empty()) return items.skip_value();
  if (items.sees('[')) {
    Section section{.name = items.section()};
    section.origin = items.origin();
    items.skip_spaces();
    section.value = items.octets();
    if (name == "BODY") fetch.sections.push_back(std::move(section));
    return;
  }
  items.skip_spaces();
  if (name == "UID") {
    fetch.uid = number<std::uint32_t>(items.atom());
  } else if (name == "RFC822.SIZE") {
    fetch.size = number<std::uint64_t>(items.atom());
  } else if (name == "INTERNALDATE") {
    fetch.internal_date = parse_internal_date(items.nstring().value_or(""));
  } else {
    items.skip_value();
  }
}

bool take_fetch(Items& items, Fetch& fetch) {
  items.skip_spaces();
  if (!items.take('(')) return false;
  while (!items.at_end()) {
    items.skip_spaces();
    if (items.take(')')) return true;
    take_item(items, fetch);
  }
  return false;
}

bool take_list(Items& items, ListEntry& entry) {
  items.skip_spaces();
  if (!items.take('(')) return false;
  for (items.skip_spaces(); !items.at_end() && !items.take(')'); items.skip_spaces()) {
    const auto attribute = items.atom();
    if (attribute.empty() || entry.attributes.size() > 100) return false;
    entry.attributes.emplace_back(attribute);
  }
  items.skip_spaces();
  const auto delimiter = items.nstring();
  if (delimiter && delimiter->size() == 1) entry.delimiter = delimiter->front();
  items.skip_spaces();
  if (items.at_end()) return false;
  // A folder may be called NIL; only here that is a name.
  entry.name = items.sees('"') || items.sees('{') ? items.string().value_or("") : std::string(items.atom());
  return items.damage() == Damage::none && !entry.name.empty();
}

Search search(std::string_view rest) {
  Search found;
  while (!rest.empty()) {
    const auto word = take_word(rest);
    if (word.empty()) continue;
    const auto value = number<std::uint32_t>(word);
    if (!value) break;  // "(MODSEQ 917162500)". RFC 7162 §3.1.5
    found.numbers.push_back(*value);
  }
  return found;
}

Capabilities capabilities(std::string_view rest) {
  Capabilities offered;
  while (!rest.empty() && offered.names.size() < 1000) {
    const auto word = take_word(rest);
    if (!word.empty()) offered.names.push_back(upper(word));
  }
  return offered;
}

Result<Response> data_response(std::string_view line, std::vector<std::string>& literals, int nesting) {
  std::string_view rest = line.substr(1);
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  std::string_view word = take_word(rest);
  const auto counted = number<std::uint32_t>(word);
  if (counted) word = take_word(rest);
  const std::string name = upper(word.substr(0, 16));

  Items items(rest, literals, nesting);
  Response response = Other{printable(line, 200)};
  if (counted) {
    if (name == "EXISTS") return Response(Count{Count::Of::exists, *counted});
    if (name == "EXPUNGE") return Response(Count{Count::Of::expunge, *counted});
    if (name == "RECENT") return Response(Count{Count::Of::recent, *counted});
    Fetch fetch{.sequence = *counted};
    if (name == "FETCH" && take_fetch(items, fetch)) response = std::move(fetch);
  } else if (name == "LIST" || name == "XLIST" || name == "LSUB") {
    ListEntry entry;
    if (take_list(items, entry)) response = std::move(entry);
  } else if (name == "SEARCH") {
    response = search(rest);
  } else if (name == "CAPABILITY") {
    response = capabilities(rest);
  }
  if (items.damage() == Damage::nesting) return Error{Next::retry, "lists nested too deeply"};
  if (items.damage() == Damage::literal) return Error{Next::retry, "a literal that is none"};
  if (items.damage() != Damage::none) return Response(Other{printable(line, 200)});
  return response;
}

int month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> kMonths{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                     "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  const auto found = std::find(kMonths.begin(), kMonths.end(), upper(name));
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

}  // namespace

bool is_for_people(std::string_view text) {
  if (text.starts_with('+')) return true;
  std::string_view rest = text;
  take_word(rest);
  return rest.starts_with('[') || status_kind(take_word(rest)).has_value();
}

Result<Response> parse_response(std::string_view text, std::vector<std::string>& literals, int nesting) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with(' ')) text.remove_prefix(1);
    return Response(Continuation{std::string(text)});
  }
  std::string_view rest = text;
  const std::string_view tag = take_word(rest);
  const bool untagged = tag == "*";
  // Some servers leave the OK out, or all before the code. The code still counts.
  if (untagged && rest.starts_with('[')) return Response(status("", Status::Kind::ok, rest));
  if (tag.starts_with('[')) return Response(status("", Status::Kind::ok, text));

  std::string_view after_kind = rest;
  if (const auto kind = status_kind(take_word(after_kind))) {
    return Response(status(untagged ? "" : tag, *kind, after_kind));
  }
  if (!untagged) return Response(Other{printable(text, 200)});
  return data_response(text, literals, nesting);
}

std::optional<Time> parse_internal_date(std::string_view text) {
  using namespace std::chrono;
  if (text.size() < 25 || text.size() > 26) return std::nullopt;
  if (text.front() == ' ') text.remove_prefix(1);
  const auto dash = text.find('-');
  if (dash == 0 || dash > 2 || text.size() - dash != 24) return std::nullopt;
  const auto at = [&](std::size_t from, std::size_t size) { return number<unsigned>(text.substr(dash + from, size)); };

  const auto d = number<unsigned>(text.substr(0, dash));
  const int m = month_of(text.substr(dash + 1, 3));
  const auto y = at(5, 4);
  const auto hour = at(10, 2);
  const auto minute = at(13, 2);
  const auto second = at(16, 2);
  const auto offset_hours = at(20, 2);
  const auto offset_minutes = at(22, 2);
  const char sign = text[dash + 19];
  if (!d || m == 0 || !y || !hour || !minute || !second || !offset_hours || !offset_minutes) return std::nullopt;
  if (text[dash + 4] != '-' || text[dash + 9] != ' ' || text[dash + 12] != ':' || text[dash + 15] != ':' ||
      text[dash + 18] != ' ' || (sign != '+' && sign != '-')) {
    return std::nullopt;
  }
  if (*hour > 23 || *minute > 59 || *second > 60 || *offset_minutes > 59) return std::nullopt;
  const year_month_day date{year{static_cast<int>(*y)}, month{static_cast<unsigned>(m)}, day{*d}};
  if (!date.ok()) return std::nullopt;
  const seconds offset = hours{*offset_hours} + minutes{*offset_minutes};
  const Time local = sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second};
  return sign == '+' ? local - offset : local + offset;
}

}  // namespace leadmail::mail::imap
