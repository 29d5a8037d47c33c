// The providers that many have, and what is known of each before anything is tried: servers, what its password has to
// be, whose word about senders counts. From their own help pages and from mail that they delivered. Pure: no look-up.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace leadmail::daemon::admin {

struct Provider {
  std::string_view id{};    ///< as answers name it
  std::string_view name{};  ///< for people
  std::string_view imap{};
  std::string_view smtp{};
  std::string_view authserv{};    ///< the name in its Authentication-Results; "" where it differs or there is none
  std::string_view password{};    ///< what to use as the password; "" for the mailbox's own
  bool needs_oauth2 = false;      ///< it lets nobody in by password
  std::string_view domains{};     ///< of addresses that are its own, separated by blanks
  std::string_view mail_hosts{};  ///< ends of the names of its MX hosts, separated by blanks
};

std::span<const Provider> providers();

/// By its id; null for none.
const Provider* provider_named(std::string_view id);

/// Whose an address's domain is, or whose hosts take the domain's mail; null when it is nobody of the list.
const Provider* provider_of(std::string_view domain, std::span<const std::string> mail_hosts);

}  // namespace leadmail::daemon::admin
