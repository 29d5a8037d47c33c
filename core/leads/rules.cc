#include "core/leads/rules.h"

#include <algorithm>

#include "core/leads/address.h"

namespace leadmail::leads {

const User* Rules::user(std::string_view id) const {
  const auto wanted = to_lower(id);
  const auto found = std::ranges::find_if(users, [&](const User& user) { return to_lower(user.id) == wanted; });
  return found == users.end() ? nullptr : &*found;
}

// Only the domain loses its case: two users may differ in the case of a local part, and identity rests on this.
const User* Rules::user_with_address(std::string_view address) const {
  if (address.empty()) return nullptr;
  const auto whole = to_lower(address);
  const auto bare = without_tag(address);
  const auto is_it = [&](const std::string& own) { return to_lower(own) == whole || to_lower(own) == bare; };
  const auto found =
      std::ranges::find_if(users, [&](const User& user) { return std::ranges::any_of(user.addresses, is_it); });
  return found == users.end() ? nullptr : &*found;
}

const Mailbox* Rules::mailbox(std::string_view mailbox_name) const {
  const auto found = std::ranges::find(mailboxes, mailbox_name, &Mailbox::name);
  return found == mailboxes.end() ? nullptr : &*found;
}

const Mailbox* Rules::mailbox_with_address(std::string_view address) const {
  if (address.empty()) return nullptr;
  const auto whole = to_lower(address);
  const auto bare = without_tag(address);
  const auto is_it = [&](const std::string& own) { return to_lower(own) == whole || to_lower(own) == bare; };
  const auto found = std::ranges::find_if(mailboxes, [&](const Mailbox& mailbox) {
    return is_it(mailbox.address) || std::ranges::any_of(mailbox.aliases, is_it);
  });
  return found == mailboxes.end() ? nullptr : &*found;
}

}  // namespace leadmail::leads
