#include "core/leads/person_words.h"

#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "core/leads/fold.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostPieces = 20;

struct RoleWord {
  std::string_view written;  // folded
  std::string_view role;
};

constexpr auto kRoles = std::to_array<RoleWord>({
    {"advisor", "advisor"},
    {"adviser", "advisor"},
    {"asesor", "advisor"},
    {"asesora", "advisor"},
    {"consejero", "advisor"},
    {"co van", "advisor"},
    {"tu van", "advisor"},
    {"user", "user"},
    {"usuario", "user"},
    {"usuaria", "user"},
    {"nguoi dung", "user"},
    {"decider", "decider"},
    {"decision maker", "decider"},
    {"decisor", "decider"},
    {"decisora", "decider"},
    {"decide", "decider"},
    {"nguoi quyet dinh", "decider"},
    {"quyet dinh", "decider"},
    {"buyer", "buyer"},
    {"comprador", "buyer"},
    {"compradora", "buyer"},
    {"compras", "buyer"},
    {"nguoi mua", "buyer"},
    {"mua hang", "buyer"},
});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Where a phone number begins and ends: five digits or more with the usual marks between them.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::optional<Range> find_phone(std::string_view text) {
  constexpr std::string_view kMarks = " -./()\xC2\xA0";
  constexpr std::size_t kFewest = 5;
  constexpr std::size_t kMost = 20;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = is_digit(text[at]) || ((text[at] == '+' || text[at] == '(') && at + 1 < text.size());
    if (!starts || (at > 0 && !(std::string_view(" \t:").find(text[at - 1]) != std::string_view::npos))) continue;
    std::size_t digits = 0;
    auto end = at;
    for (auto i = at; i < text.size() && digits <= kMost; ++i) {
      if (is_digit(text[i])) {
        ++digits;
        end = i + 1;
      } else if (!(i == at && text[i] == '+') && kMarks.find(text[i]) == std::string_view::npos) {
        break;
      }
    }
    if (digits >= kFewest && digits <= kMost && (end == text.size() || text[end] == ' ' || text[end] == ')'))
      return Range{at, end};
  }
  return std::nullopt;
}

/// Takes <address>, or a bare word with "@", out of the piece.
void take_addresses(std::string& piece, PersonWords& person) {
  for (std::size_t at = piece.find('@'); at != std::string::npos; at = piece.find('@')) {
    auto begin = piece.find_last_of(" \t<(", at);
    begin = begin == std::string::npos ? 0 : begin;
    auto end = std::min(piece.find_first_of(" \t>)", at), piece.size());
    if (end < piece.size() && (piece[end] == '>' || piece[end] == ')')) ++end;
    auto address = piece.substr(begin, end - begin);
    std::erase_if(address, [](char c) { return std::string_view(" \t<>()").find(c) != std::string_view::npos; });
    while (address.ends_with(';') || address.ends_with('.')) address.pop_back();
    if (address.starts_with("mailto:")) address.erase(0, 7);
    if (is_plain_address(address)) {
      person.emails.push_back(with_lower_domain(address));
    } else if (person.wrong.empty()) {
      person.wrong = address;
    }
    piece.replace(begin, end - begin, " ");
  }
}

void take_phones(std::string& piece, PersonWords& person) {
  for (auto phone = find_phone(piece); phone; phone = find_phone(piece)) {
    person.phones.emplace_back(trim(std::string_view(piece).substr(phone->begin, phone->end - phone->begin)));
    piece.replace(phone->begin, phone->end - phone->begin, " ");
  }
}

/// "cel.", "Tel:", "WhatsApp:": what stands before a number or an address and is none of the name.
bool is_label(std::string word) {
  const bool is_marked = word.ends_with(':') || word.ends_with('.');
  while (word.ends_with(':') || word.ends_with('.')) word.pop_back();
  constexpr auto kAlways = std::to_array<std::string_view>({"tel", "cel", "sdt", "whatsapp", "movil", "celular"});
  constexpr auto kMarked =
      std::to_array<std::string_view>({"phone", "email", "e-mail", "mail", "correo", "telefono", "mobile", "cell",
                                       "mob", "ph", "dt", "dd", "zalo", "fon", "tlf", "tfno"});
  if (std::ranges::find(kAlways, word) != kAlways.end()) return true;
  return is_marked && std::ranges::find(kMarked, word) != kMarked.end();
}

std::string without_labels(std::string_view piece) {
  std::string text;
  for (const auto& word : words_of(piece)) {
    if (is_label(fold(word))) continue;
    if (!text.empty()) text += ' ';
    text += word;
  }
  while (text.starts_with('"')) text.erase(0, 1);
  while (text.ends_with('"')) text.pop_back();
  return text;
}

}  // namespace

PersonWords read_person(std::string_view text) {
  PersonWords person;
  std::string role_words;
  for (std::size_t i = 0; i < kMostPieces && !text.empty(); ++i) {
    const auto end = std::min(text.find_first_of(",;"), text.size());
    auto piece = one_line(text.substr(0, end), 500);
    text.remove_prefix(std::min(end + 1, text.size()));
    take_addresses(piece, person);
    take_phones(piece, person);
    auto rest = without_labels(piece);
    if (rest.empty()) continue;
    const auto role = read_role(rest);
    if (i == 0) {
      person.name = std::move(rest);
    } else if (role) {
      if (!person.role.empty()) person.more.push_back(std::move(role_words));  // "purchasing, decider": what he does
      person.role = *role;
      role_words = std::move(rest);
    } else {
      person.more.push_back(std::move(rest));
    }
  }
  return person;
}

std::optional<std::string> read_role(std::string_view word) {
  const auto folded = fold(trim(word));
  const auto* const found = std::ranges::find(kRoles, folded, &RoleWord::written);
  if (found == kRoles.end()) return std::nullopt;
  return std::string(found->role);
}

bool is_plain_address(std::string_view text) {
  constexpr std::size_t kLongest = 254;
  const auto at = text.rfind('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= kLongest &&
         text.find('@') == at && text.find_first_of(" \t\r\n<>,;:\"()[]\\") == std::string_view::npos &&
         text[at + 1] != '.' && text.back() != '.';
}

}  // namespace leadmail::leads
