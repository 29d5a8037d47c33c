#include "core/leads/quote_lines.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/leads/fold.h"
#include "core/leads/money.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kLongestQuantity = 12;

bool is_in(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_sign(std::string_view folded) { return is_in(folded, {"x", "\u00d7", "*"}); }

bool is_unit(std::string_view folded) {
  return is_in(folded, {"pcs", "pc",        "pieces",   "units", "unit", "uds",   "ud",  "unidades", "unidad",
                        "pza", "piezas",    "pieza",    "pzas",  "cai",  "chiec", "bo",  "hours",    "horas",
                        "gio", "licencias", "licenses", "seats", "ngay", "dias",  "days"});
}

std::string_view without_mark(std::string_view text) {
  while (text.ends_with(',') || text.ends_with(';') || text.ends_with('.')) text.remove_suffix(1);
  return trim(text);
}

/// "3" of "3x", "3×", "3": how many bytes are digits and their marks.
std::size_t digits_at(std::string_view word) {
  const auto end =
      std::ranges::find_if_not(word, [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; });
  return static_cast<std::size_t>(end - word.begin());
}

struct Quantity {
  std::string number{};
  std::string unit{};    ///< that belongs to the words: "hours"
  bool is_bare = false;  ///< neither sign nor unit: "3 pumps"
  std::size_t used = 0;
};

/// Behind an amount that is no quantity: "12000 for three pumps", "12000 net".
bool begins_remark(std::string_view folded) {
  return is_in(folded,
               {"for",   "para",  "cho",   "incl", "incluido", "including", "included", "incluye", "net",  "neto",
                "netos", "gross", "bruto", "ex",   "excl",     "excluding", "without",  "sin",     "with", "con",
                "as",    "como",  "in",    "en",   "per",      "por",       "de",       "to",      "from", "on",
                "is",    "was",   "but",   "pero", "bao",      "chua",      "voi",      "is",      "or",   "o"});
}

/// "3 pumps": a number and a word that begins with a letter and has nothing to do with money.
bool begins_things(std::string_view text, std::string_view word, const std::vector<std::string_view>& ends) {
  const auto folded = fold(word);
  const bool is_word = !folded.empty() && ((folded.front() >= 'a' && folded.front() <= 'z') ||
                                           static_cast<unsigned char>(folded.front()) >= 0x80);
  if (!is_word || begins_remark(folded) || std::ranges::find(ends, folded) != ends.end()) return false;
  const auto money = read_money(text, "XXX");
  return money && money->money.currency == "XXX" && money->used <= static_cast<std::size_t>(word.data() - text.data());
}

/// "3 x", "3x", "3 ×", "2.5 hours", "3 pumps" at the beginning of `text`.
std::optional<Quantity> read_quantity(std::string_view text, const std::vector<std::string_view>& ends) {
  auto rest = text;
  const auto word = take_word(rest);
  const auto digits = digits_at(word);
  if (digits == 0 || digits > kLongestQuantity) return std::nullopt;
  auto number = read_number(word.substr(0, digits));
  if (!number || number->find_first_not_of("0.") == std::string::npos) return std::nullopt;
  Quantity quantity{.number = std::move(*number)};
  auto tail = fold(word.substr(digits));
  const auto things = rest;
  if (tail.empty()) tail = fold(take_word(rest));
  if (tail.size() > 1 && tail.ends_with('.')) tail.pop_back();
  if (!is_sign(tail)) {
    if (is_unit(tail)) {
      quantity.unit = tail;
    } else if (digits == word.size() &&
               begins_things(text, without_mark(words_of(things).empty() ? "" : words_of(things).front()), ends)) {
      quantity.is_bare = true;
      rest = things;
    } else {
      return std::nullopt;
    }
  }
  quantity.used = text.size() - rest.size();
  return quantity;
}

bool is_each(std::string_view folded) {
  return is_in(folded,
               {"each", "apiece", "c/u",   "cada", "una", "uno", "moi",    "cai",   "chiec", "ea",  "per", "unit",
                "je",   "stk",    "piece", "pc",   "la",  "por", "unidad", "pieza", "pza",   "mot", "un"});
}

bool is_price_word(std::string_view folded) {
  return is_in(folded, {"at", "@", "a", "de", "por", "for", "gia", "=", ":", "-", "of"});
}

/// The price at the end of `text`, in front of which the words stand.
struct Price {
  MoneyRead read{};
  bool is_currency_said = false;
  std::size_t begin = 0;
};

std::optional<Price> price_at_end(std::string_view text, std::string_view usual_currency) {
  constexpr std::string_view kNone = "XXX";  // ISO 4217: no currency
  auto words = words_of(text);
  while (!words.empty() && is_each(fold(words.back()))) words.pop_back();
  if (words.empty()) return std::nullopt;
  const auto stop = static_cast<std::size_t>(words.back().data() + words.back().size() - text.data());
  constexpr std::size_t kMostWords = 5;  // "EUR 1 200 000", "12 triệu đồng"
  const auto first = words.size() - std::min(words.size(), kMostWords);
  for (auto i = first; i < words.size(); ++i) {
    const auto begin = static_cast<std::size_t>(words[i].data() - text.data());
    const auto tail = text.substr(begin, stop - begin);
    const auto money = read_money(tail, usual_currency);
    if (!money || money->used != tail.size()) continue;
    return Price{.read = *money, .is_currency_said = read_money(tail, kNone)->money.currency != kNone, .begin = begin};
  }
  return std::nullopt;
}

QuoteLineRead line_of(const Quantity& quantity, std::string_view text, const Price& price) {
  auto what = text.substr(0, price.begin);
  auto words = words_of(what);
  while (!words.empty() && is_price_word(fold(words.back()))) words.pop_back();
  what = words.empty()
             ? std::string_view{}
             : what.substr(0, static_cast<std::size_t>(words.back().data() + words.back().size() - what.data()));
  auto said = one_line(without_mark(what), 120);
  if (!quantity.unit.empty()) said = quantity.unit + (said.empty() ? "" : " ") + said;
  return {.line = {.quantity = quantity.number, .price = price.read.money.amount, .what = std::move(said)},
          .currency = price.read.money.currency,
          .is_currency_said = price.is_currency_said,
          .has_price = true};
}

/// "400.5" in units of 10^-digits; nothing when it does not fit.
std::optional<std::int64_t> scaled(std::string_view number, std::size_t digits) {
  std::int64_t value = 0;
  std::size_t behind = 0;
  bool is_behind = false;
  const auto add = [&](int digit) {
    return !__builtin_mul_overflow(value, std::int64_t{10}, &value) && !__builtin_add_overflow(value, digit, &value);
  };
  for (const char c : number) {
    if (c == '.') {
      is_behind = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (is_behind && behind == digits) continue;  // finer than anybody counts
    if (!add(c - '0')) return std::nullopt;
    behind += is_behind ? 1 : 0;
  }
  for (; behind < digits; ++behind) {
    if (!add(0)) return std::nullopt;
  }
  return value;
}

std::string cents_text(std::int64_t cents) {
  auto text = std::to_string(cents / 100);
  if (const auto rest = cents % 100; rest != 0) {
    text += "." + std::string(rest < 10 ? "0" : "") + std::to_string(rest);
    if (text.ends_with('0')) text.pop_back();
  }
  return text;
}

}  // namespace

std::optional<QuoteLineRead> read_quote_line(std::string_view text, std::string_view usual_currency,
                                             const std::vector<std::string_view>& ends) {
  const auto quantity = read_quantity(text, ends);
  if (!quantity) return std::nullopt;
  const auto body = text.substr(quantity->used);
  std::optional<Price> price;
  std::size_t end = 0;  // of the words that belong to it
  for (auto rest = body; !rest.empty();) {
    const auto word = take_word(rest);
    const auto begin = static_cast<std::size_t>(word.data() - body.data());
    const auto folded = fold(without_mark(word));
    const bool is_end = std::ranges::find(ends, folded) != ends.end() || word.ends_with('%');
    // The next line begins here, whether this one has a price or not.
    const auto next = end > 0 ? read_quantity(body.substr(begin), ends) : std::nullopt;
    // "3 x Pump, 12 mm thick, 400 EUR" goes on; in "3 pumps, 2 filters 20 EUR" nobody knows what costs 20.
    const bool begins_next = next && (!next->is_bare || (quantity->is_bare && !price));
    if ((price && is_end) || begins_next) break;
    const auto longer = price_at_end(without_mark(body.substr(0, begin + word.size())), usual_currency);
    const bool goes_on = longer && price && longer->begin == price->begin;
    if (price && price->is_currency_said && !goes_on) break;
    end = begin + word.size();
    price = longer;
    if (price && (word.ends_with(',') || word.ends_with(';'))) break;
  }
  QuoteLineRead read{.line = {.quantity = quantity->number, .what = one_line(without_mark(body), 60)}};
  if (price) read = line_of(*quantity, without_mark(body.substr(0, end)), *price);
  // "30 days" alone is no line.
  if (!price && !quantity->unit.empty()) return std::nullopt;
  read.is_marked = !quantity->is_bare;
  auto rest = body.substr(end);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == ',' || rest.front() == ';')) rest.remove_prefix(1);
  read.used = text.size() - trim(rest).size();
  return read;
}

Result<std::string> total_of(const std::vector<QuoteLine>& lines) {
  constexpr std::size_t kQuantityDigits = 3;
  constexpr std::int64_t kThousand = 1000;
  const Error too_much{Next::give_up, "the lines add up to more than can be counted"};
  std::int64_t cents = 0;
  for (const auto& line : lines) {
    const auto quantity = scaled(line.quantity, kQuantityDigits);
    const auto price = scaled(line.price, 2);
    std::int64_t product = 0;
    if (!quantity || !price || __builtin_mul_overflow(*quantity, *price, &product)) return too_much;
    if (__builtin_add_overflow(product, kThousand / 2, &product)) return too_much;
    if (__builtin_add_overflow(cents, product / kThousand, &cents)) return too_much;
  }
  return cents_text(cents);
}

std::string to_text(const QuoteLine& line) {
  return line.quantity + " " + line.price + (line.what.empty() ? "" : " " + line.what);
}

std::optional<QuoteLine> quote_line_of(std::string_view text) {
  QuoteLine line;
  line.quantity = std::string(take_word(text));
  line.price = std::string(take_word(text));
  line.what = std::string(trim(text));
  const auto is_decimal = [](std::string_view number) {
    return !number.empty() && number.find_first_not_of("0123456789.") == std::string_view::npos;
  };
  if (!is_decimal(line.quantity) || !is_decimal(line.price)) return std::nullopt;
  return line;
}

std::string spell_quote_line(const QuoteLine& line, std::string_view currency, std::string_view language) {
  const auto plain = [&](std::string number) {
    if (language == "es" || language == "vi") std::ranges::replace(number, '.', ',');
    return number;
  };
  auto text = plain(line.quantity) + (line.what.empty() ? " ×" : " × " + line.what + ",");
  // Which mark parts thousands is known by the money; without it none does.
  return text + " " +
         (currency.empty() ? plain(line.price) : spell_money({line.price, std::string(currency)}, language));
}

}  // namespace leadmail::leads
