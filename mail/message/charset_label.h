// What the labels mean that mail puts on its text: aliases nobody registered, numbers of code pages, labels with quotes
// and semicolons on them. The supersets that all clients assume stand for the charset named (WHATWG Encoding §4.2).
#pragma once

#include <string>
#include <string_view>

namespace leadmail::mail::message {

/// The name under which ICU, or charset_table.h, knows `label`; "" when nobody does, or when the label says that the
/// writer did not know either ("unknown-8bit").
std::string charset_name(std::string_view label);

/// ICU loads its table of names when it is first asked for one. Where that failed for want of memory it says of every
/// name that nobody knows it, for ever: a process that read on would take all mail for what it is not. Throws
/// std::bad_alloc then.
void demand_charset_names();

}  // namespace leadmail::mail::message
