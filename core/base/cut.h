// What is to be taken out of a text.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leadmail {

/// A range of bytes that goes, and what stands there then.
struct Cut {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view instead{};  ///< of a constant
};

/// The cuts of a text, ascending, none touching another.
using FindCuts = std::function<std::vector<Cut>(std::string_view)>;

/// The text as it is after these cuts.
inline std::string apply_cuts(std::string_view text, const std::vector<Cut>& cuts) {
  std::string out;
  std::size_t at = 0;
  for (const auto& cut : cuts) {
    out.append(text.substr(at, cut.begin - at)).append(cut.instead);
    at = cut.end;
  }
  return out.append(text.substr(at));
}

/// The same; nothing when there is nothing to cut.
inline std::optional<std::string> without(std::string_view text, const FindCuts& find) {
  const auto cuts = find(text);
  if (cuts.empty()) return std::nullopt;
  return apply_cuts(text, cuts);
}

}  // namespace leadmail
