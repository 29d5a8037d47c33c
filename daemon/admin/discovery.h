// Where an address's servers are, as its domain, its provider or the public collection of mail programs tells. Every
// source is asked with a time limit and may fail; nothing is tried here, and no password is needed.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "daemon/admin/autoconfig.h"
#include "daemon/admin/provider.h"
#include "mail/net/name_records.h"

namespace leadmail::daemon::admin {

/// Who can be asked; in tests, somebody else.
struct Sources {
  std::function<std::vector<std::string>(std::string_view domain)> mail_hosts{};
  std::function<std::vector<mail::net::ServiceRecord>(std::string_view service, std::string_view domain)> service{};
  std::function<Result<std::string>(const std::string& url)> page{};
};

/// DNS and https.
Sources public_sources();

struct Discovered {
  const Provider* provider = nullptr;  ///< one of the table; null: somebody else
  FoundServers servers{};
  std::string how{};    ///< "its MX hosts are Google's": for people; empty when nothing was found
  bool proven = false;  ///< by the table, by https, or a host of the domain itself. Else only DNS says so
};

/// Asks in this order until both servers are known: the table by domain and MX, the domain's own autoconfig page, its
/// SRV records (RFC 6186 §3, RFC 8314 §5.1), the public collection by domain and by MX.
Discovered discover(std::string_view address, const Sources& sources);

}  // namespace leadmail::daemon::admin
