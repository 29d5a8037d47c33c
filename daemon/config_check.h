// Is every key of a config known, and its value of the right type? By the table of options alone, so that a key is
// described in one place. What values mean to each other is config_read.h's part.
#pragma once

#include "daemon/config_tree.h"
#include "daemon/options.h"

namespace leadmail::daemon {

/// Reports unknown, wrongly typed and missing keys, and what is set but not used by this version.
void check_options(const ConfigTree& tree, ConfigReport& report);

/// Is the value of the type that its option wants? Says nothing: check_options has done that.
bool fits(const Option& option, const Node& value);

}  // namespace leadmail::daemon
