#include "mail/message/relay.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/machine_address.h"
#include "mail/message/address.h"
#include "mail/message/ascii.h"
#include "mail/message/charset.h"
#include "mail/message/fold.h"
#include "mail/message/reply_patterns.h"

namespace leadmail::mail::message {
namespace {

using std::string_view;

string_view local_part(string_view address) { return address.substr(0, address.find('@')); }

// "Jane via Sales", "'Jane' via Group", "Jane (via form)", "Jane über Portal": what stands before.
struct NameBefore {
  string_view name{};
  bool marked = false;
};

NameBefore before_mark(string_view name) {
  constexpr auto kMarks = std::to_array<string_view>({" via ", " (via ", " über ", " (über ", " a través de ", " par ",
                                                      " (par ", " por meio de ", " através de ", " qua ", " tramite ",
                                                      " przez ", " через ", " - via ", " through ", " on behalf of "});
  for (const auto mark : kMarks)
    if (const auto at = name.find(mark); at != string_view::npos && at > 0) return {name.substr(0, at), true};
  return {name, false};
}

string_view without_quotes(string_view name) {
  name = trim_blank(name);
  while (name.size() >= 2 && (name.front() == '\'' || name.front() == '"') && name.back() == name.front())
    name = trim_blank(name.substr(1, name.size() - 2));
  return name;
}

std::vector<std::string> words_of(string_view text) {
  std::vector<std::string> words(1);
  for (const char c : fold_plain(utf8_prefix(text, 200))) {
    if (ascii::is_alnum(c) || ascii::is_8bit(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  std::erase_if(words, [](const std::string& word) { return word.size() < 2; });
  return words;
}

/// The address could be that of somebody with this name: "siobhan@" of "Siobhán O'Rourke".
bool is_address_of(string_view address, string_view name) {
  constexpr std::size_t kLetters = 3;
  const auto local = ascii::lower(local_part(address));
  const auto words = words_of(name);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.size() >= kLetters && local.find(word) != std::string::npos;
  });
}

bool are_same_names(string_view one, string_view other) {
  const auto all = words_of(one), some = words_of(other);
  return !some.empty() && std::all_of(some.begin(), some.end(), [&](const std::string& word) {
    return std::find(all.begin(), all.end(), word) != all.end();
  });
}

const Address* answer_to(const Identity& identity, const Address& from) {
  const auto found = std::find_if(identity.reply_to.begin(), identity.reply_to.end(), [&](const Address& person) {
    return person.address.find('@') != std::string::npos && !ascii::same(person.address, from.address) &&
           !is_machine_address(person.address);
  });
  return found == identity.reply_to.end() ? nullptr : &*found;
}

bool is_to_itself(const Identity& identity, const Address& from) {
  return std::any_of(identity.to.begin(), identity.to.end(),
                     [&](const Address& to) { return ascii::same(to.address, from.address); });
}

/// The name that Reply-To gives; else From's, where it is a person's that goes with the address.
std::string name_of(const Address& person, const NameBefore& shown) {
  if (!person.name.empty() && !has_address(person.name))
    return std::string(without_quotes(before_mark(person.name).name));
  const auto name = without_quotes(shown.name);
  if (has_address(name)) return {};
  return shown.marked || is_address_of(person.address, name) ? std::string(name) : std::string{};
}

std::optional<Address> original_from(const Identity& identity) {
  for (const auto field : {string_view("X-Original-From"), string_view("X-Original-Sender")}) {
    const auto written = identity.header.first(field);
    if (!written) continue;
    auto addresses = read_addresses(*written, 2).addresses;
    if (addresses.size() == 1 && addresses.front().address.find('@') != std::string::npos) return addresses.front();
  }
  return std::nullopt;
}

}  // namespace

std::optional<Address> read_relay(const Identity& identity) {
  if (identity.from.size() != 1) return std::nullopt;
  const Address& from = identity.from.front();
  const auto shown = before_mark(from.name);
  const bool passed_on = shown.marked || is_to_itself(identity, from) || is_machine_address(from.address);

  if (const auto original = original_from(identity); original && !ascii::same(original->address, from.address))
    return Address{name_of(*original, shown), original->address};
  const Address* const person = answer_to(identity, from);
  if (person == nullptr) {
    if (!shown.marked) return std::nullopt;
    return Address{std::string(without_quotes(shown.name)), from.address};
  }
  // "Jane (Helpdesk) <support@desk.example>" with Jane's own address to answer to.
  const bool stands_in = !is_address_of(from.address, from.name) && is_address_of(person->address, person->name) &&
                         are_same_names(from.name, person->name);
  if (!passed_on && !stands_in) return std::nullopt;
  return Address{name_of(*person, shown), person->address};
}

}  // namespace leadmail::mail::message
