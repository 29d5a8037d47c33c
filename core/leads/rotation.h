// What each rule has given to whom: by this shares stay fair and quotas hold, over restarts, joins and leaves. Values
// only; the store keeps them, assign.cc reads them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace leadmail::leads {

/// The memory of one rule.
struct Rotation {
  struct Share {
    std::int64_t given = 0;  ///< leads since the same people have been there
    std::int64_t last = 0;   ///< which of the rule's leads was his last; 0: none
    std::string month{};     ///< "2026-11"
    std::int64_t in_month = 0;
    bool operator==(const Share&) const = default;
  };
  std::string last{};      ///< who had the last one
  std::string period{};    ///< who was there then, with their weights
  std::int64_t leads = 0;  ///< given by the rule at all
  std::map<std::string, Share> shares{};
  bool operator==(const Rotation&) const = default;
};

using Rotations = std::map<std::string, Rotation, std::less<>>;

/// The rule gives one to `user`. Another period than the last one begins to count anew, so that nobody is buried in
/// leads because he was away; another month does so for quotas.
void give(Rotation& turn, const std::string& user, const std::string& period, const std::string& month);

/// As JSON text and back (strict; nothing on damage): how the book keeps it.
std::string rotation_to_json(const Rotation& turn);
std::optional<Rotation> rotation_from_json(std::string_view json);

}  // namespace leadmail::leads
