// Values of a lead that come in numbers (opportunity.2.stage, event.1.at), as whole things that can be taken off one
// lead and put on another. Pure. Who reads them counts from 1 and stops at the first gap, so numbers leave none.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/leads/lead.h"

namespace leadmail::leads {

using Parts = std::map<std::string, std::string, std::less<>>;  ///< "stage" -> "proposal"; none is empty
using Numbers = std::map<int, int>;                             ///< number before -> number now

/// All things of that kind, by number.
std::map<int, Parts> numbered_of(const Lead& lead, std::string_view kind);

/// In place of what stands under that number; no parts: nothing stands there any more.
void put_numbered(Lead& lead, std::string_view kind, int number, const Parts& parts);

/// Opportunities, quotations and orders of `from` behind those of `to`, each still naming its own ones. Answers by kind
/// under which numbers they stand now.
std::map<std::string, Numbers, std::less<>> add_deals(Lead& to, const Lead& from);

/// Closes the gaps that deals left which were taken off.
void close_gaps(Lead& lead);

/// The other way round: {1: 3} for {3: 1}.
Numbers reversed(const Numbers& numbers);

/// A quotation names its opportunity, an order its quotation: by their numbers on this lead.
void name_again(Parts& parts, const std::map<std::string, Numbers, std::less<>>& now);

}  // namespace leadmail::leads
