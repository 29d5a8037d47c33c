// leadmail.toml(5): every section and key of the config, made from the one table that the check uses too.
#pragma once

#include <string>
#include <string_view>

namespace leadmail::daemon {

/// Text that troff takes literally: no escapes, and no line that begins with a control character.
std::string roff(std::string_view text);

/// The page as man(7) macros, UTF-8; without a date, so that two builds of one version make the same bytes.
std::string config_manual();

}  // namespace leadmail::daemon
