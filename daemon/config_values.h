// How single values of the config are written. Pure functions, all bounded: what is not exactly right gives nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/net/account.h"

namespace leadmail::daemon {

/// "90s", "9m", "2h", "30d", "1w", or several, the greatest first: "1h30m". At most 100 years.
std::optional<std::chrono::seconds> duration_from(std::string_view text);

/// "150MB", "64 KiB", "1000"; at most 2^50. k, M, G are powers of 1000, with an i of 1024.
std::optional<std::uint64_t> size_from(std::string_view text);

/// "09:00", "09:00:00"; "24:00" is the end of the day.
std::optional<std::chrono::minutes> time_of_day_from(std::string_view text);

/// "2026-12-25".
std::optional<std::chrono::year_month_day> date_from(std::string_view text);

/// One addr-spec without name, comment or quotes, domain in ASCII. RFC 5321 §4.1.2 without its oddities.
bool is_address(std::string_view text);

/// The words of a host in a URL or an Authentication-Results: letters, digits, dots, hyphens, or an IP address.
bool is_host(std::string_view text);

/// localhost, 127.0.0.0/8 or ::1: what never leaves the machine.
bool is_loopback(std::string_view host);

/// What a user may choose: lower case letters, digits, ".", "_", "-"; 1 to 64 of them.
bool is_id(std::string_view text);

/// The server that a URL names; `service` is "imap" or "smtp". On failure says why in `why`.
std::optional<mail::net::Server> server_from(std::string_view url, std::string_view service, std::string& why);

/// The time zone whose name is most like it; "" when none is.
std::string nearest_zone(std::string_view name);

}  // namespace leadmail::daemon
