#include "daemon/deal_words.h"

#include <array>

#include "core/leads/record.h"
#include "core/leads/text.h"
#include "daemon/amounts.h"
#include "daemon/labels.h"

namespace leadmail::daemon {
namespace {

constexpr int kMostDeals = 100;
/// Parts that speak for themselves, and those that need their name.
constexpr std::array<std::string_view, 7> kPlain{"stage", "state", "at", "lines", "document", "reason", "note"};
constexpr std::array<std::string_view, 4> kNamed{"number", "valid_until", "close", "tax"};

/// One of them, as its parts are found on the lead.
class Deal {
 public:
  Deal(const leads::Lead& lead, std::string_view what, int number)
      : lead_(lead), head_(std::string(what) + "." + std::to_string(number) + ".") {}

  [[nodiscard]] std::string field(std::string_view part) const { return head_ + std::string(part); }
  [[nodiscard]] std::string_view value(std::string_view part) const { return lead_.value(field(part)); }

  [[nodiscard]] bool is_there() const {
    for (const auto* const part : {"stage", "state", "number"}) {
      if (!value(part).empty()) return true;
    }
    return false;
  }

  [[nodiscard]] std::string amount(std::string_view language) const {
    return spell_amount(value("total").empty() ? value("value") : value("total"), value("currency"), language);
  }

 private:
  const leads::Lead& lead_;
  std::string head_;
};

/// The label's part behind the colon: "Quotation: valid until".
std::string_view behind_colon(std::string_view label) {
  const auto colon = label.find(": ");
  return colon == std::string_view::npos ? label : label.substr(colon + 2);
}

std::string line_of(const Deal& deal, const leads::RecordSpec& record, std::string_view language,
                    std::string_view zone) {
  std::vector<std::string> pieces;
  const auto spelled = [&](std::string_view part) {
    return leads::one_line(spell_value(deal.field(part), deal.value(part), language, zone, &record));
  };
  if (const auto amount = deal.amount(language); !amount.empty()) pieces.push_back(amount);
  if (!deal.value("probability").empty()) pieces.push_back(std::string(deal.value("probability")) + " %");
  for (const auto part : kPlain) {
    if (!deal.value(part).empty()) pieces.push_back(spelled(part));
  }
  for (const auto part : kNamed) {
    const auto label = leads::value_label(deal.field(part), language, record);
    if (!deal.value(part).empty()) pieces.push_back(std::string(behind_colon(label)) + " " + spelled(part));
  }
  return leads::join(pieces, ", ");
}

}  // namespace

std::vector<Words::Entry> deal_words(const leads::Lead& lead, const leads::RecordSpec& record,
                                     std::string_view language, std::string_view zone) {
  std::vector<Words::Entry> entries;
  for (const auto* const what : {"opportunity", "quotation", "order"}) {
    for (int number = 1; number <= kMostDeals; ++number) {
      const Deal deal(lead, what, number);
      if (!deal.is_there()) break;
      const auto label = leads::value_label(deal.field("note"), language, record);
      entries.push_back(
          {{"label", label.substr(0, label.find(": "))}, {"value", line_of(deal, record, language, zone)}});
    }
  }
  return entries;
}

}  // namespace leadmail::daemon
