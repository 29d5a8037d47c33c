// What the command line says of itself: leadmail(1), and the words that a shell completes. Made from the commands and
// options there are, so that neither can be out of date.
#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
}  // namespace CLI

namespace leadmail::daemon::admin {

/// leadmail(1) in man(7) macros, UTF-8, without a date.
std::string tool_manual(const CLI::App& app);

/// For bash-completion: commands, their options, and the words that an argument may be.
std::string bash_completion(const CLI::App& app);

/// The same for zsh (compsys), with what each is for.
std::string zsh_completion(const CLI::App& app);

}  // namespace leadmail::daemon::admin
