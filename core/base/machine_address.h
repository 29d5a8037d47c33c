// Addresses that machines write from: a table, for the mail and the leads alike.
#pragma once

#include <string_view>

namespace leadmail {

/// What stands before the "@" is a program's or nobody's: "noreply", "ne-pas-repondre", "www-data", "wordpress".
bool is_machine_address(std::string_view address);

}  // namespace leadmail
