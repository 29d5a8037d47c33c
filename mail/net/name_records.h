// What a domain publishes in DNS about its mail: SRV and MX records, through the system's resolver. Blocks, but not for
// long. DNS as such is not authenticated: a name found here that is outside the domain is a claim. RFC 6186 §6
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail::mail::net {

/// RFC 2782. `host` is lower case, without a dot at its end; empty: the service is surely not offered ("." there).
struct ServiceRecord {
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  std::uint16_t port = 0;
  std::string host{};

  bool operator==(const ServiceRecord&) const = default;
};

/// The SRV records of an answer of a name server, best first (the lowest priority, then the greatest weight); none of
/// what is damaged. At most 32.
std::vector<ServiceRecord> service_records_in(std::span<const unsigned char> answer);

/// The hosts of its MX records, best first; at most 32. RFC 5321 §5.1
std::vector<std::string> mail_hosts_in(std::span<const unsigned char> answer);

/// Asks for `service` ("_imaps._tcp") of `domain`: about 6 s at most. Empty: none, or nobody answered.
std::vector<ServiceRecord> find_service(std::string_view service, std::string_view domain);

/// Asks who takes the domain's mail: the same.
std::vector<std::string> find_mail_hosts(std::string_view domain);

}  // namespace leadmail::mail::net
