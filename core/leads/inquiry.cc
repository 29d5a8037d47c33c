#include "core/leads/inquiry.h"

#include <algorithm>
#include <array>

namespace leadmail::leads {
namespace {

constexpr std::array<std::string_view, 8> kNatureNames = {"person",  "auto-reply", "bounce",   "complaint",
                                                          "receipt", "bulk",       "calendar", "form"};
static_assert(kNatureNames.size() == static_cast<std::size_t>(Nature::form) + 1);

}  // namespace

std::string_view name(Nature nature) { return kNatureNames.at(static_cast<std::size_t>(nature)); }

std::optional<Nature> nature_named(std::string_view name) {
  const auto* const found = std::ranges::find(kNatureNames, name);
  if (found == kNatureNames.end()) return std::nullopt;
  return static_cast<Nature>(found - kNatureNames.begin());
}

}  // namespace leadmail::leads
