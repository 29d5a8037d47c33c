// What a domain says about people: who belongs together, and who is nobody's colleague.
#pragma once

#include <string>
#include <string_view>

#include "core/leads/lead.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// The part that somebody registered: "mail.acme.co.uk" -> "acme.co.uk", by the public suffix list; "" when there is
/// none.
std::string organisation_domain(std::string_view address);

/// The domain by which colleagues know each other; "" where nobody is, with a provider for anybody.
std::string colleagues_domain(std::string_view address);

/// Providers whose customers share nothing but the domain.
bool is_free_mail(std::string_view address);

/// Local parts that no person reads: mailer-daemon, postmaster, no-reply, wordpress, owner-…, …-request. RFC 2142,
/// RFC 3834 §2
bool is_robot_address(std::string_view address);

/// Of the domain of a mailbox, a user or an administrator of ours, users and mailboxes themselves included: whoever
/// writes from there is no prospect. False of providers for anybody.
bool is_own_company(std::string_view address, const Rules& rules);

/// One address, before one lead or many.
class Participant {
 public:
  explicit Participant(std::string_view address);

  /// A contact of the lead, somebody who was in its conversation, or somebody of the organisation of one of its
  /// contacts.
  [[nodiscard]] bool takes_part_in(const Lead& lead) const;

 private:
  [[nodiscard]] bool may_be_named_in(const Lead& lead) const;

  std::string address_;
  std::string organisation_;  ///< "" where it is nobody's colleague
  std::string named_by_;      ///< in lower case: what stands among the addresses of every lead in which it takes part
};

/// The same for one lead.
inline bool is_participant(const Lead& lead, std::string_view address) {
  return Participant(address).takes_part_in(lead);
}

}  // namespace leadmail::leads
