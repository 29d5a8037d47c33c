#include "daemon/admin/report_words.h"

#include <algorithm>
#include <cmath>

#include "core/leads/service_level.h"
#include "core/leads/text.h"
#include "daemon/admin/print.h"
#include "daemon/amounts.h"
#include "daemon/labels.h"

namespace leadmail::daemon::admin {

std::string ReportTongue::say(std::string_view en, std::string_view es, std::string_view vi) const {
  return std::string(rules.language == "es" ? es : rules.language == "vi" ? vi : en);
}

std::string ReportTongue::count(std::int64_t number) {
  auto digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  if (digits.size() - first <= 4) return digits;
  for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, "\u202F");
  return digits;
}

std::vector<std::string> ReportTongue::currencies(const leads::Amounts& amounts) const {
  std::vector<std::string> found;
  for (const auto& [currency, cents] : amounts) {
    if (cents != 0) found.push_back(currency);
  }
  std::ranges::stable_partition(found, [&](const std::string& currency) { return currency == rules.record.currency; });
  return found;
}

std::string ReportTongue::money(const leads::Amounts& amounts) const {
  std::string text;
  for (const auto& currency : currencies(amounts)) {
    text += (text.empty() ? "" : "\n") + shown(spell_cents(amounts.at(currency), currency, rules.language));
  }
  return text.empty() ? "–" : text;
}

std::string ReportTongue::money_line(const leads::Amounts& amounts) const {
  return leads::join(leads::lines_of(money(amounts)), " + ");
}

std::string ReportTongue::percent(std::optional<double> share) const {
  if (!share) return "–";
  return std::to_string(std::lround(*share * 100)) + say("%", "\u00A0%", "%");
}

std::string ReportTongue::length(const leads::Spread& spread, std::chrono::seconds leads::Spread::*which) const {
  if (spread.leads == 0) return "–";
  const auto minutes = std::chrono::round<std::chrono::minutes>(spread.*which);
  return minutes.count() == 0 ? say("under 1 min", "menos de 1 min", "dưới 1 min") : leads::spell_minutes(minutes);
}

std::string ReportTongue::stage(const std::string& id) const {
  return shown(spell_value("opportunity.1.stage", id, rules.language, rules.timezone, &rules.record));
}

std::string ReportTongue::owner(const leads::ReportOwner& owner) const {
  return owner.user.empty() ? say("Nobody", "Nadie", "Chưa có ai") : shown(owner.name);
}

}  // namespace leadmail::daemon::admin
