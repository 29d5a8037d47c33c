#include "core/leads/money.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "core/leads/fold.h"
#include "core/leads/text.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kLongest = 64;     // bytes looked at
constexpr std::size_t kMostDigits = 15;  // before the point
constexpr std::string_view kNoBreak = "\xC2\xA0";

struct Sign {
  std::string_view written;  // folded
  std::string_view code;
};

// Codes stand for themselves; these are the signs and words beside them. A lone "$" or "¥" is the usual currency where
// that is one written so.
constexpr auto kSigns = std::to_array<Sign>({
    {"€", "EUR"},       {"euro", "EUR"},    {"euros", "EUR"},  {"£", "GBP"},   {"us$", "USD"},   {"usd$", "USD"},
    {"dollars", "USD"}, {"dolares", "USD"}, {"dollar", "USD"}, {"mx$", "MXN"}, {"mxn$", "MXN"},  {"₫", "VND"},
    {"d", "VND"},       {"dong", "VND"},    {"vnd", "VND"},    {"r$", "BRL"},  {"reais", "BRL"}, {"₹", "INR"},
    {"s/", "PEN"},      {"soles", "PEN"},   {"chf", "CHF"},    {"fr.", "CHF"}, {"zl", "PLN"},    {"kr", "SEK"},
    {"a$", "AUD"},      {"c$", "CAD"},      {"ca$", "CAD"},    {"pesos", ""},  {"$", ""},        {"¥", ""},
    {"₩", "KRW"},       {"₽", "RUB"},       {"₺", "TRY"},      {"฿", "THB"},
});

struct Scale {
  std::string_view written;  // folded
  std::size_t zeros;
};

constexpr auto kScales = std::to_array<Scale>({
    {"k", 3},
    {"mil", 3},
    {"thousand", 3},
    {"nghin", 3},
    {"ngan", 3},
    {"m", 6},
    {"mio", 6},
    {"mn", 6},
    {"million", 6},
    {"millions", 6},
    {"millon", 6},
    {"millones", 6},
    {"trieu", 6},
    {"tr", 6},
    {"ty", 9},
    {"bn", 9},
    {"billion", 9},
});

constexpr auto kCodes = std::to_array<std::string_view>(
    {"AED", "ARS", "AUD", "BGN", "BOB", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CRC", "CZK", "DKK",
     "DOP", "EGP", "EUR", "GBP", "GTQ", "HKD", "HNL", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KRW",
     "MAD", "MXN", "MYR", "NIO", "NOK", "NZD", "PAB", "PEN", "PHP", "PLN", "PYG", "RON", "RSD", "RUB",
     "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "UYU", "VES", "VND", "ZAR"});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t blanks_at(std::string_view text, std::size_t at) {
  const auto start = at;
  while (at < text.size()) {
    if (text[at] == ' ' || text[at] == '\t') {
      ++at;
    } else if (text.substr(at).starts_with(kNoBreak)) {
      at += kNoBreak.size();
    } else {
      break;
    }
  }
  return at - start;
}

/// The word or sign at `at`: up to a digit, a blank or a mark that ends it.
std::string_view token_at(std::string_view text, std::size_t at) {
  auto end = at;
  while (end < text.size() && !is_digit(text[end]) && blanks_at(text, end) == 0 &&
         std::string_view(",;:()%").find(text[end]) == std::string_view::npos)
    ++end;
  auto token = text.substr(at, end - at);
  while (token.ends_with('.') && token != "fr.") token.remove_suffix(1);
  return token;
}

/// The code that a sign or word means; "" for one that says only that it is money.
std::optional<std::string> currency_of(std::string_view token) {
  if (token.empty()) return std::nullopt;
  auto code = std::string(token);
  std::ranges::transform(code, code.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  // "try" and "pen" are words as well.
  const bool is_word = (code == "TRY" || code == "PEN") && code != token;
  if (!is_word && std::ranges::find(kCodes, code) != kCodes.end()) return code;
  const auto folded = fold(token);
  const auto* const found = std::ranges::find(kSigns, folded, &Sign::written);
  if (found == kSigns.end()) return std::nullopt;
  return std::string(found->code);
}

/// What "$" means: the usual currency where that is called dollar or peso, else that of the United States.
std::string_view dollars(std::string_view usual) {
  constexpr auto kDollars = std::to_array<std::string_view>({"", "USD", "MXN", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD",
                                                             "ARS", "CLP", "COP", "UYU", "DOP", "BRL", "NIO", "CRC"});
  return std::ranges::find(kDollars, usual) == kDollars.end() ? "USD" : usual;
}

struct Digits {
  std::string whole{};
  std::string fraction{};
  std::size_t used = 0;
};

/// "12.000,50", "12 000", "12'000": digits with the marks between them.
std::optional<Digits> read_digits(std::string_view text) {
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  std::size_t end = 0;
  std::size_t last_mark = std::string_view::npos;
  std::size_t marks = 0;
  bool mixed = false;
  char mark = 0;
  const auto is_group = [&](std::size_t from) {
    return from + 3 <= text.size() && is_digit(text[from]) && is_digit(text[from + 1]) && is_digit(text[from + 2]) &&
           (from + 3 == text.size() || !is_digit(text[from + 3]));
  };
  while (end < text.size()) {
    if (is_digit(text[end])) {
      ++end;
      continue;
    }
    const char c = text[end];
    if ((c == '.' || c == ',') && end + 1 < text.size() && is_digit(text[end + 1])) {
      if (mark != 0 && mark != c) mixed = true;
      mark = c;
      last_mark = end;
      ++marks;
      ++end;
      continue;
    }
    const auto blank = c == '\'' ? std::size_t{1} : std::min<std::size_t>(blanks_at(text, end), 2);
    if (blank > 0 && is_group(end + blank) && last_mark == std::string_view::npos) {
      end += blank;
      continue;
    }
    break;
  }
  Digits read{.used = end};
  const auto behind = last_mark == std::string_view::npos ? 0 : end - last_mark - 1;
  const bool is_decimal = last_mark != std::string_view::npos && (mixed || (marks == 1 && behind != 3));
  for (std::size_t i = 0; i < end; ++i) {
    if (is_digit(text[i])) (is_decimal && i > last_mark ? read.fraction : read.whole).push_back(text[i]);
  }
  return read;
}

void scale(Digits& digits, std::size_t zeros) {
  for (std::size_t i = 0; i < zeros; ++i) {
    digits.whole.push_back(digits.fraction.empty() ? '0' : digits.fraction.front());
    if (!digits.fraction.empty()) digits.fraction.erase(0, 1);
  }
}

/// "1 tỷ 200 triệu", "2 millones 500 mil", "2 triệu rưỡi": what goes on with a smaller scale belongs to the amount.
void add_smaller(std::string_view text, Digits& digits, std::size_t zeros, std::size_t& at) {
  const auto add = [&](std::string_view amount) {  // its digits stand where the amount has zeros
    if (amount.size() > digits.whole.size()) return false;
    const auto from = digits.whole.size() - amount.size();
    if (digits.whole.find_first_not_of('0', from) != std::string::npos || !digits.fraction.empty()) return false;
    digits.whole.replace(from, amount.size(), amount);
    return true;
  };
  const auto begin = at + blanks_at(text, at);
  const auto half = token_at(text, begin);
  if (const auto folded = fold(half); folded == "ruoi" && zeros > 0) {
    if (add("5" + std::string(zeros - 1, '0'))) at = begin + half.size();
    return;
  }
  auto more = read_digits(text.substr(begin));
  if (!more || !more->fraction.empty()) return;
  const auto behind = begin + more->used;
  const auto gap = behind + blanks_at(text, behind);
  const auto word = token_at(text, gap);
  const auto* const smaller = std::ranges::find(kScales, fold(word), &Scale::written);
  if (smaller == kScales.end() || smaller->zeros >= zeros) return;
  scale(*more, smaller->zeros);
  if (more->whole.size() <= zeros && add(more->whole)) at = gap + word.size();
}

/// "012.50" -> "12.5"; nothing when it is too long, or finer than `finest` digits behind the point.
std::optional<std::string> plain(Digits digits, std::size_t finest) {
  while (digits.fraction.ends_with('0')) digits.fraction.pop_back();
  const auto first = std::min(digits.whole.find_first_not_of('0'), digits.whole.size() - 1);
  digits.whole.erase(0, first);
  if (digits.whole.size() > kMostDigits || digits.fraction.size() > finest) return std::nullopt;
  return digits.fraction.empty() ? digits.whole : digits.whole + "." + digits.fraction;
}

Error no_amount(std::string_view text) { return {Next::give_up, "\"" + one_line(text, 40) + "\" is no amount"}; }

}  // namespace

Result<MoneyRead> read_money(std::string_view text, std::string_view usual_currency) {
  const auto all = text.substr(0, kLongest);
  auto at = blanks_at(all, 0);
  std::optional<std::string> currency;
  if (at < all.size() && !is_digit(all[at])) {
    const auto token = token_at(all, at);
    currency = currency_of(token);
    if (!currency) return no_amount(text);
    at += token.size();
    at += blanks_at(all, at);
  }
  auto digits = read_digits(all.substr(at));
  if (!digits) return no_amount(text);
  at += digits->used;
  if (at < all.size() && all[at] == '%') return no_amount(text);

  auto next = at + blanks_at(all, at);
  const auto word = token_at(all, next);
  const auto* const scaled = std::ranges::find(kScales, fold(word), &Scale::written);
  if (scaled != kScales.end()) {
    scale(*digits, scaled->zeros);
    at = next + word.size();
    add_smaller(all, *digits, scaled->zeros, at);
    next = at + blanks_at(all, at);
    if (const auto of = token_at(all, next); fold(of) == "de" || fold(of) == "of")
      next += of.size() + blanks_at(all, next + of.size());
  }
  if (!currency || currency->empty()) {
    const auto behind = token_at(all, next);
    if (const auto named = currency_of(behind)) {
      if (!currency || !named->empty()) currency = named;
      at = next + behind.size();
    }
  }
  auto amount = plain(*digits, 2);
  if (!amount) return no_amount(text);
  const bool is_dollar = currency && currency->empty() && all.find('$') < at;
  if (!currency || currency->empty()) currency = is_dollar ? dollars(usual_currency) : usual_currency;
  return MoneyRead{{std::move(*amount), std::move(*currency)}, at};
}

std::string to_text(const Money& money) {
  return money.currency.empty() ? money.amount : money.amount + " " + money.currency;
}

Money money_of(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) return {std::string(text), {}};
  return {std::string(text.substr(0, space)), std::string(text.substr(space + 1))};
}

std::string spell_money(const Money& money, std::string_view language) {
  // In Mexico "12.000" is twelve, also of the dollars that stand beside the pesos.
  constexpr auto kPoint = std::to_array<std::string_view>({"MXN", "USD", "GTQ", "HNL", "NIO", "PAB", "DOP", "PEN"});
  const bool has_point = language == "es" && std::ranges::find(kPoint, money.currency) != kPoint.end();
  const bool english = has_point || (language != "es" && language != "vi");
  const auto point = std::min(money.amount.find('.'), money.amount.size());
  std::string text;
  for (std::size_t i = 0; i < point; ++i) {
    if (i > 0 && (point - i) % 3 == 0) text += english ? ',' : '.';
    text += money.amount[i];
  }
  if (point < money.amount.size()) {
    auto fraction = money.amount.substr(point + 1);
    fraction.resize(std::max<std::size_t>(fraction.size(), 2), '0');
    text += (english ? "." : ",") + fraction;
  }
  return money.currency.empty() ? text : text + " " + money.currency;
}

std::optional<std::int64_t> cents_of(std::string_view amount) {
  constexpr std::int64_t kLargest = 1'000'000'000'000'000;
  const auto number_in = [](std::string_view text) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
  };
  const auto point = amount.find('.');
  const auto whole = number_in(amount.substr(0, point));
  if (!whole || *whole < 0 || *whole > kLargest) return std::nullopt;
  std::string part(point == std::string_view::npos ? "" : amount.substr(point + 1));
  part.resize(2, '0');
  const auto fraction = number_in(part);
  if (!fraction || *fraction < 0) return std::nullopt;
  return *whole * 100 + *fraction;
}

std::string amount_of_cents(std::int64_t cents) {
  auto amount = std::to_string(cents / 100);
  const auto rest = std::abs(cents % 100);
  if (rest == 0) return amount;
  amount += "." + std::to_string(rest + 100).substr(1);
  if (amount.ends_with('0')) amount.pop_back();
  return amount;
}

Result<std::string> read_number(std::string_view text) {
  constexpr std::size_t kFinest = 6;
  const auto all = trim(text).substr(0, kLongest);
  const bool negative = all.starts_with('-');
  const auto digits = read_digits(all.substr(negative ? 1 : 0));
  if (!digits || digits->used + (negative ? 1 : 0) != all.size()) return no_amount(text);
  auto number = plain(*digits, kFinest);
  if (!number) return no_amount(text);
  return negative && *number != "0" ? "-" + *number : *number;
}

}  // namespace leadmail::leads
