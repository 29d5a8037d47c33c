#include "core/leads/deals.h"

#include <algorithm>
#include <charconv>

#include "core/leads/money.h"

namespace leadmail::leads {
namespace {

constexpr int kMostDeals = 100;  // of a kind, on one lead

/// The values of one deal, by the names of their parts.
class Parts {
 public:
  Parts(const Lead& lead, std::string_view kind, int number)
      : lead_(lead), prefix_(std::string(kind) + "." + std::to_string(number) + ".") {}

  [[nodiscard]] std::string text(std::string_view part) const {
    return std::string(lead_.value(prefix_ + std::string(part)));
  }
  [[nodiscard]] int number(std::string_view part) const {
    const auto value = text(part);
    int read = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), read);
    return error == std::errc{} && end == value.data() + value.size() ? read : 0;
  }

 private:
  const Lead& lead_;
  std::string prefix_;
};

bool has_any(const Lead& lead, std::string_view prefix) {
  const auto first = lead.values.lower_bound(prefix);
  return first != lead.values.end() && first->first.starts_with(prefix);
}

void add_opportunities(const Lead& lead, std::vector<Deal>& deals) {
  for (int number = 1; number <= kMostDeals; ++number) {
    const Parts part(lead, "opportunity", number);
    auto stage = part.text("stage");
    if (stage.empty()) return;
    deals.push_back({.kind = Deal::Kind::opportunity,
                     .number = number,
                     .state = std::move(stage),
                     .currency = part.text("currency"),
                     .cents = cents_of(part.text("value")),
                     .percent = std::clamp(part.number("probability"), 0, 100),
                     .day = part.text("close")});
  }
}

void add_quotations(const Lead& lead, std::vector<Deal>& deals) {
  for (int number = 1; number <= kMostDeals; ++number) {
    const Parts part(lead, "quotation", number);
    auto state = part.text("state");
    if (state.empty()) return;
    Deal deal{.kind = Deal::Kind::quotation,
              .number = number,
              .state = std::move(state),
              .currency = part.text("currency"),
              .cents = cents_of(part.text("total")),
              .day = part.text("valid_until")};
    if (deal.state == "accepted" && deal.cents) {
      const auto of_it = [&](const Deal& other) {
        return other.kind == Deal::Kind::opportunity && other.number == part.number("opportunity");
      };
      if (const auto sold = std::ranges::find_if(deals, of_it); sold != deals.end()) {
        sold->cents = deal.cents;
        sold->currency = deal.currency;
      }
    }
    deals.push_back(std::move(deal));
  }
}

/// #order and #customer need no opportunity, and #lost none either.
std::optional<Deal> sale_of(const Lead& lead) {
  const bool is_won = lead.status() == Status::converted;
  if (!is_won && lead.status() != Status::lost_quotation) return std::nullopt;
  const Parts part(lead, "order", 1);
  return Deal{.kind = Deal::Kind::sale,
              .state = is_won ? "won" : "lost",
              .currency = part.text("currency"),
              .cents = cents_of(part.text("value"))};
}

}  // namespace

std::string_view name(Deal::Kind kind) {
  switch (kind) {
    case Deal::Kind::opportunity: return "opportunity";
    case Deal::Kind::quotation: return "quotation";
    case Deal::Kind::sale: return "sale";
  }
  return "sale";
}

bool is_gone(const Lead& lead) { return !lead.value("merged").empty() || !lead.value("withdrawn").empty(); }

std::vector<Deal> deals_of(const Lead& lead) {
  std::vector<Deal> deals;
  if (is_gone(lead)) return deals;
  if (has_any(lead, "opportunity.")) add_opportunities(lead, deals);
  const bool has_opportunity = !deals.empty();
  if (has_any(lead, "quotation.")) add_quotations(lead, deals);
  if (!has_opportunity) {
    if (auto sale = sale_of(lead)) deals.push_back(std::move(*sale));
  }
  return deals;
}

}  // namespace leadmail::leads
