// Nearest branch: by country, region and postal code, else by distance.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include "core/leads/choose.h"
#include "core/leads/fold.h"

namespace leadmail::leads {
namespace {

/// "CP 01-230" is "01230": countries write the same code with and without spaces and dashes.
std::string bare(std::string_view code) {
  std::string kept;
  for (const char c : fold(code)) {
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) kept += c;
  }
  return kept;
}

bool names_one_of(const std::vector<std::string>& has, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(wanted,
                             [&](const std::string& name) { return std::ranges::find(has, fold(name)) != has.end(); });
}

/// How exactly the lead lies in the territory; 0: it does not.
int fit(const Branch& branch, Fields& fields) {
  int exactness = 0;
  if (!branch.country.empty()) {
    const auto& has = fields.comparable("country");
    if (std::ranges::find(has, comparable("country", branch.country)) == has.end()) return 0;
    exactness += 1;
  }
  if (!branch.regions.empty()) {
    if (!names_one_of(fields.folded("region"), branch.regions)) return 0;
    exactness += 10;
  }
  if (!branch.postal_prefixes.empty()) {
    std::size_t longest = 0;
    for (const auto& code : fields.values("postal_code")) {
      const auto has = bare(code);
      for (const auto& prefix : branch.postal_prefixes) {
        const auto wanted = bare(prefix);
        if (!wanted.empty() && has.starts_with(wanted)) longest = std::max(longest, wanted.size());
      }
    }
    if (longest == 0) return 0;
    exactness += 100 * static_cast<int>(longest);
  }
  return exactness;
}

std::optional<double> degrees(Fields& fields, const std::string& field, double most) {
  for (const auto& text : fields.values(field)) {
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed == std::errc{} && end == text.data() + text.size() && std::abs(value) <= most) return value;
  }
  return std::nullopt;
}

bool is_among(const std::vector<std::string>& among, const std::string& id) {
  return among.empty() || std::ranges::find(among, id) != among.end();
}

}  // namespace

double distance_km(Coordinates a, Coordinates b) {
  constexpr double kEarth = 6371.0;
  const auto radians = [](double value) { return value * std::numbers::pi / 180; };
  const double north = std::sin(radians(b.latitude - a.latitude) / 2);
  const double east = std::sin(radians(b.longitude - a.longitude) / 2);
  const double share = north * north + std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) * east * east;
  return 2 * kEarth * std::asin(std::sqrt(std::clamp(share, 0.0, 1.0)));
}

const Branch* nearest_branch(const std::vector<std::string>& among, Fields& fields, const Rules& rules,
                             std::string& why) {
  const Branch* best = nullptr;
  int exactness = 0;
  for (const auto& branch : rules.branches) {
    if (!is_among(among, branch.id)) continue;
    if (const int fits = fit(branch, fields); fits > exactness) {
      best = &branch;
      exactness = fits;
    }
  }
  if (best != nullptr) {
    why = "in the territory of " + best->id;
    return best;
  }
  const auto latitude = degrees(fields, "latitude", 90);
  const auto longitude = degrees(fields, "longitude", 180);
  if (!latitude || !longitude) {
    why = "in no branch's territory";
    return nullptr;
  }
  double shortest = 0;
  for (const auto& branch : rules.branches) {
    if (!is_among(among, branch.id) || !branch.at) continue;
    const double distance = distance_km({*latitude, *longitude}, *branch.at);
    if (best != nullptr && distance >= shortest) continue;
    best = &branch;
    shortest = distance;
  }
  why = best == nullptr ? "in no branch's territory"
                        : std::to_string(std::lround(shortest)) + " km from " + best->id + ", the nearest branch";
  return best;
}

}  // namespace leadmail::leads
