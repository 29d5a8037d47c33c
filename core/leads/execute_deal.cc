// #opportunity, #stage, #quote, #won, #lost, #order, #customer: from a qualified lead to a customer. Numbers of
// opportunities and quotations count from 1 on each lead; the last open one is meant.
#include <algorithm>

#include "core/leads/fold.h"
#include "core/leads/money.h"
#include "core/leads/quote_lines.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/zone.h"

namespace leadmail::leads {
namespace {

constexpr std::string_view kNoCurrency = "XXX";  // ISO 4217
constexpr int kMostDeals = 100;                  // opportunities, quotations, orders of one lead

std::string numbered(std::string_view what, int n, std::string_view part) {
  return std::string(what) + "." + std::to_string(n) + "." + std::string(part);
}

std::string_view part_of(const Lead& lead, std::string_view what, int n, std::string_view part) {
  return lead.value(numbered(what, n, part));
}

/// The highest number that is used; 0: none.
int last_number(const Lead& lead, std::string_view what, std::string_view part) {
  int n = 0;
  while (n < kMostDeals && !part_of(lead, what, n + 1, part).empty()) ++n;
  return n;
}

const StageSpec* stage_named(const RecordSpec& record, std::string_view id) {
  const auto& stages = stages_of(record);
  const auto found = std::ranges::find(stages, id, &StageSpec::id);
  return found == stages.end() ? nullptr : &*found;
}

/// The stage that ends an opportunity so; the company may call it as it likes.
const StageSpec* closing_stage(const RecordSpec& record, StageSpec::Closed how) {
  const auto& stages = stages_of(record);
  const auto found = std::ranges::find(stages, how, &StageSpec::closed);
  return found == stages.end() ? nullptr : &*found;
}

bool is_open_stage(const RecordSpec& record, std::string_view id) {
  const auto* const stage = stage_named(record, id);
  return stage == nullptr || stage->closed == StageSpec::Closed::no;
}

/// The last opportunity that is not closed; 0: none.
int open_opportunity(const Turn& turn) {
  for (int n = last_number(turn.lead(), "opportunity", "stage"); n > 0; --n) {
    if (is_open_stage(turn.plan.rules().record, part_of(turn.lead(), "opportunity", n, "stage"))) return n;
  }
  return 0;
}

/// The last quotation that is neither won nor lost; 0: none.
int open_quotation(const Lead& lead) {
  for (int n = last_number(lead, "quotation", "state"); n > 0; --n) {
    if (part_of(lead, "quotation", n, "state") == "open") return n;
  }
  return 0;
}

/// The quotation that an order confirms: the open one, else the last that was accepted; 0: none.
int ordered_quotation(const Lead& lead) {
  if (const auto open = open_quotation(lead); open > 0) return open;
  for (int n = last_number(lead, "quotation", "state"); n > 0; --n) {
    if (part_of(lead, "quotation", n, "state") == "accepted") return n;
  }
  return 0;
}

/// The stage at the beginning of `text`, by id or label in any language; `used` bytes of it.
const StageSpec* read_stage(std::string_view text, const RecordSpec& record, std::size_t& used) {
  const StageSpec* best = nullptr;
  used = 0;
  for (const auto& stage : stages_of(record)) {
    auto said = words_said(text, stage.id);
    for (const auto& [language, label] : stage.labels) said = std::max(said, words_said(text, label));
    if (said > used) {
      best = &stage;
      used = said;
    }
  }
  if (best != nullptr) return best;
  // "negotiation" for "Negotiation and review", "won" for "Closed won".
  auto rest = text;
  const auto word = fold(take_word(rest));
  for (const auto& stage : stages_of(record)) {
    const auto words = words_of(stage.id);
    const bool named = std::ranges::any_of(stage.labels, [&](const auto& label) {
      const auto folded = fold(label.second);
      const auto parts = words_of(folded);
      return word.size() >= 3 && std::ranges::find(parts, word) != parts.end();
    });
    if (!named) continue;
    if (best != nullptr) return nullptr;  // two that could be meant
    best = &stage;
  }
  if (best != nullptr) used = text.size() - rest.size();
  return best;
}

std::string stage_names(const Turn& turn) {
  std::string list;
  for (const auto& stage : stages_of(turn.plan.rules().record)) {
    const auto label = stage.labels.find(turn.language());
    list += (list.empty() ? "" : ", ") + (label == stage.labels.end() ? stage.id : label->second);
  }
  return list;
}

/// "60%": percent, or nothing.
std::optional<int> read_percent(std::string_view word) {
  while (word.ends_with(',') || word.ends_with(';')) word.remove_suffix(1);
  if (!word.ends_with('%') || word.size() > 4) return std::nullopt;
  int value = 0;
  for (const char c : word.substr(0, word.size() - 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= 100 && word.size() > 1 ? std::optional(value) : std::nullopt;
}

/// A day behind "close", "valid": the words that say it are taken off `rest`. False: refused.
bool take_day(Turn& turn, std::string_view& rest, bool is_duration, std::string& day) {
  auto context = context_for(turn, is_duration);
  context.is_date = true;
  auto text = trim(rest);
  auto behind = text;
  if (is_one_of(take_word(behind),
                {"until", "till", "hasta", "el", "den", "on", "by", "for", "por", "trong", "within"}))
    text = behind;
  const auto when = read_when(text, context);
  if (!when) {
    turn.refuse(when.error().what);
    return false;
  }
  day = to_rfc3339(when->at, offset_at(when->at, turn.user.timezone)).substr(0, 10);
  rest = trim(text.substr(when->used));
  // "close friday in two weeks" is another day. "2 weeks of support 500 EUR" is a line, "10.50 EUR" an amount.
  const auto stray = stray_date(rest, *when, context);
  const auto counted = read_when(rest, context);
  const auto money = read_money(rest, kNoCurrency);
  const bool is_line = (counted && counted->is_count && !counted->is_from_now && counted->used < rest.size()) ||
                       (money && money->money.currency != kNoCurrency);
  if (stray.empty() || stray.data() != behind_dash(rest).data() || is_line) return true;
  turn.refuse(Phrase::stray_date, {one_line(stray, 60)});
  return false;
}

/// What #opportunity and #quote may say, in any order.
struct DealWords {
  std::optional<Money> money{};
  std::optional<int> percent{};
  std::string close{};
  std::string valid_until{};
  std::string tax{};
  std::vector<QuoteLine> lines{};
  std::string lines_currency{};
  bool is_currency_said = false;  ///< with one of the lines
  bool says_total = false;
  const StageSpec* stage = nullptr;
  bool is_new = false;
  std::string note{};
  std::string currency{};           ///< of amounts without one
  bool is_number_in_words = false;  ///< the amount has no currency and stands behind words: "of 2026"
};

bool is_close_word(std::string_view word) {
  return is_one_of(word, {"close", "closes", "closing", "cierre", "cierra", "cerrar", "chot", "dong", "expected"});
}
bool is_valid_word(std::string_view word) {
  return is_one_of(word, {"valid", "valida", "valido", "validez", "vigencia", "hieu", "until", "till", "hasta", "den"});
}
bool is_stage_word(std::string_view word) { return is_one_of(word, {"stage", "etapa", "giai"}); }
bool is_tax_word(std::string_view word) { return is_one_of(word, {"tax", "vat", "iva", "thue", "igv", "mwst"}); }

constexpr std::size_t kMostLines = 50;  // of one quotation

/// Words that end a line of a quotation.
const std::vector<std::string_view>& line_ends() {
  static const std::vector<std::string_view> ends{
      "close",  "closes",  "closing",  "cierre", "cierra", "cerrar", "chot",  "dong", "valid",    "valida",
      "valido", "validez", "vigencia", "hieu",   "stage",  "etapa",  "giai",  "tax",  "vat",      "iva",
      "thue",   "igv",     "mwst",     "total",  "tong",   "note",   "nota",  "plus", "mas",      "and",
      "y",      "+",       "va",       "cong",   "until",  "till",   "hasta", "den",  "discount", "descuento",
      "rebate", "off",     "less",     "menos",  "giam",   "minus"};
  return ends;
}

/// "3 x Pump 400 EUR, …": false when refused; nothing when no line begins here.
std::optional<bool> take_line(Turn& turn, std::string_view& rest, DealWords& deal) {
  const auto read = read_quote_line(rest, deal.currency, line_ends());
  const bool is_remark = read && !read->is_marked && !read->has_price && deal.money;  // "12000 EUR for 3 pumps"
  if (!read || is_remark) return std::nullopt;
  const auto refuse = [&](Phrase phrase, const std::string& what) {
    turn.refuse(phrase, {what});
    return false;
  };
  if (!read->has_price) return refuse(Phrase::line_without_price, one_line(rest, 60));
  if (deal.lines.size() == kMostLines) return refuse(Phrase::too_many_commands, std::to_string(kMostLines));
  if (read->is_currency_said && deal.is_currency_said && read->currency != deal.lines_currency)
    return refuse(Phrase::two_currencies, deal.lines_currency + ", " + read->currency);
  if (read->is_currency_said || !deal.is_currency_said) deal.lines_currency = read->currency;
  deal.is_currency_said = deal.is_currency_said || read->is_currency_said;
  deal.lines.push_back(read->line);
  rest.remove_prefix(read->used);
  return true;
}

bool is_discount_word(std::string_view word) {
  while (word.ends_with(',') || word.ends_with('.') || word.ends_with(':')) word.remove_suffix(1);
  return is_one_of(word,
                   {"discount", "descuento", "dto", "rebate", "off", "less", "menos", "minus", "rabatt", "rebaja"});
}

/// What would change the amount, were it understood: "-12000", "150%", a discount, a second amount. No note may hide
/// it.
bool may_be_amount(std::string_view rest, const DealWords& deal) {
  auto behind = rest;
  auto word = take_word(behind);
  if (is_discount_word(word)) return true;
  while (word.ends_with(',') || word.ends_with(';') || word.ends_with('.')) word.remove_suffix(1);
  const bool has_digit = word.find_first_of("0123456789") != std::string_view::npos;
  if (has_digit &&
      (word.starts_with('-') || word.starts_with("\u2212") || word.starts_with("\u2013") || word.ends_with('%')))
    return true;
  if (has_digit && trim(behind).starts_with('%')) return true;
  const auto money = read_money(rest, kNoCurrency);
  return money && deal.money && money->money.currency != kNoCurrency;
}

/// "for", "total": an amount follows them.
bool ends_with_sum_word(std::string_view note) {
  const auto words = words_of(note);
  return !words.empty() &&
         is_one_of(words.back(), {"for", "por", "total", "total:", "amount", "importe", "monto", "valor", "value",
                                  "gia", "cho", "=", "de:", "at", "sum", "-", "\u2013"});
}

/// Takes one thing off the front of `rest`. False: refused.
bool take_one(Turn& turn, std::string_view& rest, DealWords& deal) {
  const auto& record = turn.plan.rules().record;
  auto behind = rest;
  const auto word = take_word(behind);
  if (is_one_of(word, {"new", "nueva", "nuevo", "moi"}) && !deal.money) {
    deal.is_new = true;
    rest = behind;
    return true;
  }
  if (const auto percent = read_percent(word)) {
    deal.percent = percent;
    rest = behind;
    return true;
  }
  if (auto after = behind; trim(take_word(after)) == "%") {  // "60 %"
    if (const auto percent = read_percent(std::string(word) + "%")) {
      deal.percent = percent;
      rest = after;
      return true;
    }
  }
  if (is_close_word(word)) {
    rest = behind;
    return take_day(turn, rest, false, deal.close);
  }
  if (is_valid_word(word)) {
    rest = behind;
    if (auto next = rest; is_one_of(take_word(next), {"luc"})) rest = next;  // hiệu lực
    return take_day(turn, rest, true, deal.valid_until);
  }
  if (is_stage_word(word)) {
    if (auto next = behind; is_one_of(take_word(next), {"doan"})) behind = next;  // giai đoạn
    std::size_t used = 0;
    deal.stage = read_stage(behind, record, used);
    if (deal.stage == nullptr) {
      turn.refuse(Phrase::unknown_choice, {one_line(behind, 40), stage_names(turn)});
      return false;
    }
    rest = trim(behind.substr(used));
    return true;
  }
  if (is_tax_word(word)) {
    auto next = behind;
    const auto rate = take_word(next);
    // "plus VAT": that there is one is worth a note.
    const bool says_rate = !rate.empty() && rate.front() >= '0' && rate.front() <= '9';
    if (!says_rate) {
      deal.note += (deal.note.empty() ? "" : " ") + one_line(word, 100);
      rest = behind;
      return true;
    }
    if (!read_percent(rate)) {
      turn.refuse(Phrase::no_number, {one_line(rate, 40)});
      return false;
    }
    deal.tax = one_line(rate, 10);
    rest = next;
    return true;
  }
  if (const auto taken = take_line(turn, rest, deal)) return *taken;
  if (is_one_of(word, {"total", "total:", "tong", "tong:"}) && !deal.lines.empty()) {
    if (auto next = behind; is_one_of(take_word(next), {"cong", "cong:"})) behind = next;  // tổng cộng
    deal.says_total = true;
    rest = behind;
    return true;
  }
  if (!deal.lines.empty() && !deal.says_total && read_money(rest, deal.currency)) {
    turn.refuse(Phrase::line_without_quantity, {one_line(rest, 60)});
    return false;
  }
  if (!deal.money) {
    if (const auto money = read_money(rest, deal.currency)) {
      const bool is_currency_said = read_money(rest, kNoCurrency)->money.currency != kNoCurrency;
      deal.is_number_in_words = !is_currency_said && !deal.note.empty() && !ends_with_sum_word(deal.note);
      deal.money = money->money;
      rest = trim(rest.substr(money->used));
      while (rest.starts_with(',') || rest.starts_with(';')) rest = trim(rest.substr(1));
      return true;
    }
  }
  if (may_be_amount(rest, deal)) {
    turn.refuse(Phrase::unread_amount, {one_line(rest, 40)});
    return false;
  }
  deal.note += (deal.note.empty() ? "" : " ") + one_line(word, 100);
  rest = behind;
  return true;
}

bool read_deal(Turn& turn, std::string_view text, DealWords& deal, std::string_view currency) {
  deal.currency = currency.empty() ? turn.plan.rules().record.currency : currency;
  auto rest = trim(text);
  while (!rest.empty()) {
    if (!take_one(turn, rest, deal)) return false;
  }
  return true;
}

/// What the lines add up to is the amount, unless another one was said. False: refused.
bool add_up(Turn& turn, DealWords& deal) {
  if (deal.lines.empty()) return true;
  if (deal.money && deal.is_currency_said && deal.money->currency != deal.lines_currency) {
    turn.refuse(Phrase::two_currencies, {deal.lines_currency + ", " + deal.money->currency});
    return false;
  }
  if (deal.money) return true;
  auto total = total_of(deal.lines);
  if (!total) {
    turn.refuse(Phrase::no_amount, {one_line(total.error().what, 60)});
    return false;
  }
  deal.money = Money{std::move(*total), deal.lines_currency};
  return true;
}

std::string lines_value(const std::vector<QuoteLine>& lines) {
  std::string text;
  for (const auto& line : lines) text += (text.empty() ? "" : "\n") + to_text(line);
  return text;
}

/// What the config wants answered and filled in first.
std::string unanswered(const Turn& turn) {
  std::string list;
  for (const auto& field : turn.plan.rules().record.fields) {
    if (!field.required || !turn.lead().value(field.name).empty()) continue;
    list += (list.empty() ? "" : ", ") + label_of(field, turn.language());
  }
  for (const auto& question : qualification()) {
    const auto& required = turn.plan.rules().record.required_answers;
    if (std::ranges::find(required, question.name) == required.end()) continue;
    const auto answer = turn.lead().value("qualification." + question.name + ".answer");
    if (answer.empty() || answer == "unknown") list += (list.empty() ? "" : ", ") + label_of(question, turn.language());
  }
  return list;
}

/// The status that a deal brings, where it may; a customer stays one.
void raise_status(const Turn& turn, Values& values, Status wanted) {
  if (!may_move(turn.lead().status(), wanted, Mover::deal)) return;
  values.emplace_back("status", std::string(name(wanted)));
}

void add_opportunity(Turn& turn, int n, const DealWords& deal, bool is_new, Values& values) {
  const auto& record = turn.plan.rules().record;
  const auto* stage = deal.stage;
  if (stage == nullptr && is_new) stage = &stages_of(record).front();
  const auto field = [&](std::string_view part) { return numbered("opportunity", n, part); };
  if (deal.money) {
    values.emplace_back(field("value"), deal.money->amount);
    if (!deal.money->currency.empty()) values.emplace_back(field("currency"), deal.money->currency);
  }
  if (stage != nullptr) values.emplace_back(field("stage"), stage->id);
  if (deal.percent || stage != nullptr) {
    values.emplace_back(field("probability"), std::to_string(deal.percent ? *deal.percent : stage->probability));
  }
  if (!deal.close.empty()) values.emplace_back(field("close"), deal.close);
  if (!deal.note.empty()) values.emplace_back(field("note"), deal.note);
}

/// False: the lead must not be dealt with so; refused.
bool may_deal(Turn& turn) {
  if (turn.lead().status() != Status::do_not_contact) return true;
  turn.refuse(Phrase::must_not_contact, {to_string(turn.lead().id)});
  return false;
}

/// Closes what is open, won or lost.
void close_deals(const Turn& turn, StageSpec::Closed how, const std::string& reason, Values& values) {
  const bool won = how == StageSpec::Closed::won;
  if (const auto n = open_quotation(turn.lead()); n > 0) {
    values.emplace_back(numbered("quotation", n, "state"), won ? "accepted" : "lost");
    if (!reason.empty()) values.emplace_back(numbered("quotation", n, "reason"), reason);
  }
  if (const auto n = open_opportunity(turn); n > 0) {
    if (const auto* const stage = closing_stage(turn.plan.rules().record, how)) {
      values.emplace_back(numbered("opportunity", n, "stage"), stage->id);
      values.emplace_back(numbered("opportunity", n, "probability"), std::to_string(stage->probability));
    }
    if (!reason.empty()) values.emplace_back(numbered("opportunity", n, "reason"), reason);
  }
}

std::string today(const Turn& turn) {
  return to_rfc3339(turn.plan.written(), offset_at(turn.plan.written(), turn.user.timezone)).substr(0, 10);
}

/// A customer from now on; an older date stays.
void make_customer(const Turn& turn, Values& values) {
  raise_status(turn, values, Status::converted);
  values.emplace_back("customer", "yes");
  if (turn.lead().value("customer.since").empty()) values.emplace_back("customer.since", today(turn));
}

/// "#customer not yet"
void refuse_taken_back(Turn& turn, Verb verb, std::string_view words) {
  turn.refuse(Phrase::negated, {verb_name(verb, turn.language()), one_line(words, 40)});
}

/// "#lost no", "#lost not yet": no reason at all.
bool is_denial_alone(std::string_view words) {
  const auto all = words_of(words);
  return !all.empty() && std::ranges::all_of(all, [](std::string_view word) {
    return is_one_of(word, {"no", "not", "yet", "never", "nope", "aun", "todavia", "khong", "chua"});
  });
}

void lose(Turn& turn, Verb verb, std::string_view words) {
  if (is_denial_alone(words)) return refuse_taken_back(turn, verb, words);
  const auto& lists = turn.plan.rules().record.lists;
  const auto list = lists.find("lost_reason");
  auto behind = trim(words);
  if (is_one_of(take_word(behind), {"because", "due", "por", "vi", "do"}) && !behind.empty()) words = behind;
  for (const std::string_view joint : {"of", "to", "culpa de"}) {
    if (const auto used = words.data() == behind.data() ? words_said(words, joint) : 0; used != 0)
      words = trim(words.substr(used));
  }
  auto reason = one_line(words, 200);
  if (reason.empty()) return turn.refuse(Phrase::needs_reason, {"#" + std::string(row_of(Verb::lost).example)});
  if (list != lists.end() && !list->second.empty()) {
    const auto found = read_entry(reason, list->second);
    if (!found) {
      std::string known;
      for (const auto& entry : list->second) known += (known.empty() ? "" : ", ") + entry;
      return turn.refuse(Phrase::unknown_choice, {reason, known});
    }
    reason = list->second[*found];
  }
  Values values;
  close_deals(turn, StageSpec::Closed::lost, reason, values);
  // Without a deal it is a lead that came to nothing.
  if (values.empty() && !may_move(turn.lead().status(), Status::lost_quotation, Mover::deal))
    return turn.refuse(Phrase::no_quotation);
  raise_status(turn, values, Status::lost_quotation);
  values.emplace_back("lost.reason", reason);
  turn.set(verb, EventType::deal, values, reason);
}

void win(Turn& turn, Verb verb) {
  Values values;
  close_deals(turn, StageSpec::Closed::won, {}, values);
  if (values.empty()) return turn.refuse(Phrase::no_opportunity);
  turn.set(verb, EventType::deal, values);
}

}  // namespace

bool is_qualified(Turn& turn) {
  const auto missing = unanswered(turn);
  if (missing.empty()) return true;
  turn.refuse(Phrase::not_qualified, {missing});
  return false;
}

void do_opportunity(Turn& turn, const Command& command) {
  DealWords deal;
  const auto currency = part_of(turn.lead(), "opportunity", open_opportunity(turn), "currency");
  if (!may_deal(turn) || !is_qualified(turn) || !read_deal(turn, command.arguments, deal, currency) ||
      !add_up(turn, deal))
    return;
  if (!deal.valid_until.empty() || !deal.tax.empty()) {
    const auto* const what = deal.tax.empty() ? "valid" : "tax";
    return turn.refuse(Phrase::set_otherwise, {what, "#" + std::string(row_of(Verb::quote).example)});
  }
  const auto open = deal.is_new ? 0 : open_opportunity(turn);
  const auto n = open > 0 ? open : last_number(turn.lead(), "opportunity", "stage") + 1;
  Values values;
  add_opportunity(turn, n, deal, open == 0, values);
  raise_status(turn, values, Status::opportunity);
  turn.set(Verb::opportunity, EventType::deal, values);
}

void do_stage(Turn& turn, const Command& command) {
  if (trim(command.arguments).empty()) return turn.refuse_short(Verb::stage);
  const auto& record = turn.plan.rules().record;
  std::size_t used = 0;
  const auto* const stage = read_stage(command.arguments, record, used);
  if (stage == nullptr)
    return turn.refuse(Phrase::unknown_choice, {one_line(command.arguments, 40), stage_names(turn)});
  if (stage->closed == StageSpec::Closed::lost)
    return lose(turn, Verb::stage, trim(std::string_view(command.arguments).substr(used)));
  if (stage->closed == StageSpec::Closed::won) return win(turn, Verb::stage);
  const auto n = open_opportunity(turn);
  if (n == 0) return turn.refuse(Phrase::no_opportunity);
  turn.set(Verb::stage, EventType::deal,
           {{numbered("opportunity", n, "stage"), stage->id},
            {numbered("opportunity", n, "probability"), std::to_string(stage->probability)}});
}

void do_quote(Turn& turn, const Command& command) {
  DealWords deal;
  if (!may_deal(turn) || !read_deal(turn, command.arguments, deal, {}) || !add_up(turn, deal)) return;
  if (!deal.money) return turn.refuse_short(Verb::quote);
  // The percentage of an opportunity is how likely it is; beside a price it would be a discount.
  if (deal.percent) return turn.refuse(Phrase::unread_amount, {std::to_string(*deal.percent) + "%"});
  Values values;
  auto opportunity = open_opportunity(turn);
  if (opportunity == 0) {
    if (!is_qualified(turn)) return;
    opportunity = last_number(turn.lead(), "opportunity", "stage") + 1;
    add_opportunity(turn, opportunity, deal, true, values);
  } else {
    add_opportunity(turn, opportunity, {.close = deal.close, .stage = deal.stage}, false, values);
  }
  const auto n = last_number(turn.lead(), "quotation", "state") + 1;
  // A new quotation on the same opportunity takes the place of the open one.
  if (const auto old = open_quotation(turn.lead()); old > 0)
    values.emplace_back(numbered("quotation", old, "state"), "replaced");
  const auto field = [&](std::string_view part) { return numbered("quotation", n, part); };
  values.emplace_back(field("state"), "open");
  if (!deal.lines.empty()) values.emplace_back(field("lines"), lines_value(deal.lines));
  values.emplace_back(field("total"), deal.money->amount);
  if (!deal.money->currency.empty()) values.emplace_back(field("currency"), deal.money->currency);
  if (!deal.tax.empty()) values.emplace_back(field("tax"), deal.tax);
  if (!deal.valid_until.empty()) values.emplace_back(field("valid_until"), deal.valid_until);
  if (!deal.note.empty()) values.emplace_back(field("note"), deal.note);
  values.emplace_back(field("opportunity"), std::to_string(opportunity));
  const auto files = attached_files(turn.around.attachments);
  if (const auto* const document = document_among(files)) {
    values.emplace_back(field("document"), line_of(*document));
    values.emplace_back("attachments", with_files(turn.lead().value("attachments"), files));
    turn.result.keeps_files = turn.result.sends_document = true;
  }
  raise_status(turn, values, Status::quotation);
  turn.set(Verb::quote, EventType::deal, values);
}

void do_lost(Turn& turn, const Command& command) { lose(turn, Verb::lost, command.arguments); }

void do_won(Turn& turn, const Command& command) {
  const auto text = trim(command.arguments);
  if (is_taken_back(text)) return refuse_taken_back(turn, Verb::won, text);
  // What was won is worth what the opportunity and the quotation say.
  for (auto rest = text; !rest.empty(); take_word(rest)) {
    const auto money = read_money(rest, kNoCurrency);
    const bool is_amount = money && (money->money.currency != kNoCurrency || rest.data() == text.data());
    if (is_amount) {
      return turn.refuse(Phrase::set_otherwise,
                         {one_line(rest, 40), "#" + std::string(row_of(Verb::opportunity).example)});
    }
  }
  win(turn, Verb::won);
}

void do_order(Turn& turn, const Command& command) {
  if (!may_deal(turn)) return;
  auto rest = trim(command.arguments);
  if (rest.empty()) return turn.refuse_short(Verb::order);
  const bool has_number = rest.find_first_of("0123456789") != std::string_view::npos;
  if (!has_number && is_taken_back(rest)) return refuse_taken_back(turn, Verb::order, rest);
  if (auto behind = rest; is_one_of(take_word(behind), {"no", "no.", "nr", "nr.", "num", "num.", "number", "numero",
                                                        "n.º", "n.o", "nº", "n°", "so"}) &&
                          !behind.empty()) {
    rest = behind;
  }
  if (rest.starts_with('#')) rest.remove_prefix(1);
  auto word = take_word(rest);
  while (word.ends_with(',') || word.ends_with(';') || word.ends_with(':')) word.remove_suffix(1);
  const auto number = one_line(word, 60);
  if (number.empty()) return turn.refuse_short(Verb::order);
  const auto quotation = ordered_quotation(turn.lead());
  auto currency = part_of(turn.lead(), "quotation", quotation, "currency");
  if (currency.empty()) currency = part_of(turn.lead(), "opportunity", open_opportunity(turn), "currency");
  DealWords deal;
  if (!read_deal(turn, rest, deal, currency) || !add_up(turn, deal)) return;
  // "12 of 2026": a year, a page, who knows; what was ordered says its currency.
  if (deal.is_number_in_words) return turn.refuse(Phrase::unread_amount, {one_line(rest, 40)});
  Values values;
  const auto n = last_number(turn.lead(), "order", "number") + 1;
  const auto field = [&](std::string_view part) { return numbered("order", n, part); };
  values.emplace_back(field("number"), number);
  values.emplace_back(field("at"), today(turn));
  auto money = deal.money.value_or(Money{});
  if (!deal.money && quotation > 0) {
    money = {std::string(part_of(turn.lead(), "quotation", quotation, "total")),
             std::string(part_of(turn.lead(), "quotation", quotation, "currency"))};
  }
  if (!money.amount.empty()) values.emplace_back(field("value"), money.amount);
  if (!money.currency.empty()) values.emplace_back(field("currency"), money.currency);
  if (quotation > 0) values.emplace_back(field("quotation"), std::to_string(quotation));
  close_deals(turn, StageSpec::Closed::won, {}, values);
  make_customer(turn, values);
  turn.set(Verb::order, EventType::deal, values);
}

void do_customer(Turn& turn, const Command& command) {
  if (!may_deal(turn)) return;
  if (is_taken_back(command.arguments)) return refuse_taken_back(turn, Verb::customer, command.arguments);
  Values values;
  close_deals(turn, StageSpec::Closed::won, {}, values);
  make_customer(turn, values);
  turn.set(Verb::customer, EventType::deal, values, one_line(command.arguments));
}

}  // namespace leadmail::leads
