#include "core/leads/merge.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/leads/address.h"
#include "core/leads/deals.h"
#include "core/leads/deciding.h"
#include "core/leads/fold.h"
#include "core/leads/meeting.h"
#include "core/leads/money.h"
#include "core/leads/numbered.h"
#include "core/leads/phrases.h"
#include "core/leads/service_level.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostOtherwise = 20;  // values that differ, in one sentence

bool is_one_of_these(std::string_view field, std::initializer_list<std::string_view> fields) {
  return std::ranges::find(fields, field) != fields.end();
}

bool begins_with_one(std::string_view field, std::initializer_list<std::string_view> beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view one) { return field.starts_with(one); });
}

std::string digits_of(std::string_view phone) {
  std::string digits;
  std::ranges::copy_if(phone, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

bool same_text(const std::string& one, const std::string& other) { return fold(one) == fold(other); }
bool same_address(const std::string& one, const std::string& other) { return to_lower(one) == to_lower(other); }
bool same_phone(const std::string& one, const std::string& other) {
  return digits_of(one) == digits_of(other) && !digits_of(one).empty();
}

using Same = bool (*)(const std::string&, const std::string&);

/// Lines of both, each once.
std::string both_lines(std::string_view kept, std::string_view other, Same same) {
  auto lines = lines_of(kept);
  for (auto& line : lines_of(other)) {
    if (std::ranges::none_of(lines, [&](const std::string& known) { return same(known, line); }))
      lines.push_back(std::move(line));
  }
  return join(lines, "\n");
}

bool share_a_line(std::string_view one, std::string_view other, Same same) {
  const auto known = lines_of(one);
  return std::ranges::any_of(lines_of(other), [&](const std::string& line) {
    return std::ranges::any_of(known, [&](const std::string& own) { return same(own, line); });
  });
}

std::string_view part(const Parts& parts, std::string_view name) {
  const auto found = parts.find(name);
  return found == parts.end() ? std::string_view{} : std::string_view(found->second);
}

std::int64_t number_in(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int rank(Status status) {
  switch (status) {
    case Status::lost_quotation: return 0;
    case Status::lead: return 1;
    case Status::replied: return 2;
    case Status::open: return 3;
    case Status::interested: return 4;
    case Status::opportunity: return 5;
    case Status::quotation: return 6;
    case Status::converted: return 7;
    case Status::do_not_contact: return 8;
  }
  return 0;
}

class Uniting {
 public:
  Uniting(const Lead& kept, const Lead& other, const Rules& rules, const User& reader, Time now)
      : before_(kept), other_(other), rules_(rules), reader_(reader), now_(now) {
    made_.kept = kept;
  }

  Union run(Brings brings) {
    // Whose they are is asked before the lists are one.
    const auto by_hand = told_by_hand();
    if (brings == Brings::everything) {
      take_fields();
      take_conversation();
    }
    if (other_.owed()) kept().values["owed"] = "yes";
    take_people();
    kept().values["by_hand"] = by_hand;
    take_lists();
    take_groups();
    take_deals();
    take_meetings();
    take_term();
    kept().values["status"] = name(status_of_both(before_, other_));
    keep_sales();
    take_next();
    if (!otherwise_.empty()) say_so(Phrase::merged_otherwise, {to_string(other_.id), join(otherwise_, "; ")});
    return std::move(made_);
  }

 private:
  Lead& kept() { return made_.kept; }
  [[nodiscard]] std::string_view has(std::string_view field) const { return made_.kept.value(field); }
  void take(const std::string& field, std::string_view value) { kept().values[field] = value; }

  void say_so(Phrase phrase, std::initializer_list<std::string_view> arguments) {
    made_.told.push_back(say(phrase, reader_.language, arguments));
  }

  /// "Company: X SA", as far as people know the value.
  void left_behind(std::string_view field, std::string_view value) {
    const auto label = value_label(field, reader_.language, rules_.record);
    if (label.empty() || is_one_of_these(field, {"language", "type", "status", "owed"})) return;
    if (otherwise_.size() < kMostOtherwise) {
      otherwise_.push_back(label + ": " + one_line(value, 80));
    } else if (otherwise_.size() == kMostOtherwise) {
      otherwise_.emplace_back("…");
    }
  }

  void take_fields() {
    for (const auto& [field, value] : other_.values) {
      const bool is_elsewhere = field.find('.') != std::string::npos || value.empty() ||
                                is_one_of_these(field, {"status", "owed", "withdrawn", "merged", "by_hand", "tags",
                                                        "phones", "addresses", "attachments", "dead", "newsletter"});
      if (is_elsewhere || (field == "related" && value == to_string(before_.id))) continue;
      if (field == "first_contact_at" && !has(field).empty()) {
        if (number_in(value) < number_in(has(field))) take(field, value);
      } else if (field == "offered") {
        if (before_.owner().empty() && other_.owner().empty() && has(field).empty()) take(field, value);
      } else if (has(field).empty()) {
        take(field, value);
      } else if (has(field) != value) {
        left_behind(field, value);
      }
    }
    if (before_.owner().empty() && !other_.owner().empty()) kept().values["offered"].clear();
    // Who wants no newsletters gets none, whatever else is known of him.
    if (has("newsletter").empty() || other_.value("newsletter") == "no") take("newsletter", other_.value("newsletter"));
  }

  void take_lists() {
    for (const auto* const field : {"tags", "addresses", "attachments"})
      take(field, both_lines(has(field), other_.value(field), same_text));
    take("phones", both_lines(has("phones"), other_.value("phones"), same_phone));
    take("dead", both_lines(has("dead"), other_.value("dead"), same_address));
  }

  /// Addresses that nobody but a user has told of, on either lead.
  std::string told_by_hand() {
    auto lines = lines_of(both_lines(before_.value("by_hand"), other_.value("by_hand"), same_address));
    std::erase_if(lines, [&](const std::string& line) { return is_proven(before_, line) || is_proven(other_, line); });
    return join(lines, "\n");
  }

  /// What is known of the newest mail. Addresses that were in either conversation are known in both.
  void take_conversation() {
    const auto participants = both_lines(has("last.participants"), other_.value("last.participants"), same_address);
    if (number_in(other_.value("last.at")) > number_in(has("last.at"))) {
      std::erase_if(kept().values, [](const auto& value) { return value.first.starts_with("last.in."); });
      for (const auto& [field, value] : other_.values) {
        if (field.starts_with("last.")) take(field, value);
      }
    }
    take("last.participants", participants);
  }

  /// Somebody whom both know is one person: known again by an address, else, where one of the two has none, by a phone
  /// or the name.
  [[nodiscard]] int known_as(const Parts& person) const {
    int found = 0;
    for (const auto& [number, known] : numbered_of(made_.kept, "contact")) {
      if (share_a_line(part(known, "emails"), part(person, "emails"), same_address)) return number;
      if (!part(known, "emails").empty() && !part(person, "emails").empty()) continue;
      const bool same_name = !part(known, "name").empty() && fold(part(known, "name")) == fold(part(person, "name"));
      const bool same_number = share_a_line(part(known, "phones"), part(person, "phones"), same_phone);
      if (found == 0 && (same_name || same_number)) found = number;
    }
    return found;
  }

  void take_people() {
    for (const auto& [unused, person] : numbered_of(other_, "contact")) {
      auto known = numbered_of(kept(), "contact");
      const auto number = known_as(person);
      if (number == 0) {
        int free = 1;
        while (known.contains(free)) ++free;
        put_numbered(kept(), "contact", free, person);
        continue;
      }
      auto& one = known[number];
      for (const auto& [name, value] : person) {
        auto& own = one[name];
        if (name == "emails") {
          own = both_lines(own, value, same_address);
        } else if (name == "phones") {
          own = both_lines(own, value, same_phone);
        } else if (own.empty()) {
          own = value;
        } else if (own != value && name != "name") {
          left_behind("contact.1." + name, value);
        }
      }
      put_numbered(kept(), "contact", number, one);
    }
  }

  /// An answer, a date, an evaluation that the kept lead does not have.
  void take_groups() {
    const bool is_scored = !has("evaluation.total").empty();
    if (is_scored && !other_.value("evaluation.total").empty() &&
        other_.value("evaluation.total") != has("evaluation.total"))
      left_behind("evaluation.total", other_.value("evaluation.total"));
    for (const auto& [field, value] : other_.values) {
      if (field.find('.') == std::string::npos || value.empty() ||
          begins_with_one(field,
                          {"contact.", "opportunity.", "quotation.", "order.", "event.", "next.", "last.", "sla."}))
        continue;
      if (field.starts_with("evaluation.")) {
        if (!is_scored) take(field, value);
      } else if (field.starts_with("qualification.")) {
        take_answer(field, value);
      } else if (has(field).empty()) {
        take(field, value);
      } else if (has(field) != value && !field.ends_with(".planned")) {
        left_behind(field, value);
      }
    }
  }

  /// An answer comes with its note.
  void take_answer(const std::string& field, const std::string& value) {
    const auto question = field.substr(0, field.rfind('.') + 1);
    const auto own = before_.value(question + "answer");
    if (own.empty() || own == "unknown") {
      take(field, value);
    } else if (has(field) != value) {
      left_behind(question.substr(0, question.size() - 1), value);
    }
  }

  void take_deals() {
    const auto own = deals_of(before_);
    const auto now = add_deals(kept(), other_);
    if (now.empty() || own.empty()) return;
    std::string list;
    for (const auto& [kind, numbers] : now) {
      for (const auto& [unused, number] : numbers) {
        const auto at = kind + "." + std::to_string(number) + ".";
        const auto* const amount = kind == "quotation" ? "total" : "value";
        auto label = value_label(at + amount, reader_.language, rules_.record);
        label = label.substr(0, label.find(':'));
        list += (list.empty() ? "" : "; ") + label;
        if (!has(at + amount).empty())
          list += ": " + std::string(has(at + amount)) + " " + std::string(has(at + "currency"));
      }
    }
    say_so(Phrase::merged_deals, {to_string(before_.id), to_string(other_.id), list});
  }

  /// A sale without an opportunity is told by the status alone. Where the status no longer tells it, it stands as an
  /// opportunity that was closed, so that it is counted as before.
  void keep_sales() {
    const auto sale_of = [](const Lead& lead) -> std::optional<Deal> {
      for (auto& deal : deals_of(lead)) {
        if (deal.kind == Deal::Kind::sale) return deal;
      }
      return std::nullopt;
    };
    std::vector<Deal> sales;
    for (const auto* const lead : {&before_, &other_}) {
      if (auto sale = sale_of(*lead)) sales.push_back(*std::move(sale));
    }
    if (sales.empty()) return;
    const auto still = sale_of(kept());
    if (sales.size() == 1 && still && still->state == sales.front().state) return;
    auto number = numbered_of(kept(), "opportunity").empty() ? 0 : numbered_of(kept(), "opportunity").rbegin()->first;
    for (const auto& sale : sales) {
      const bool is_won = sale.state == "won";
      const auto& stages = stages_of(rules_.record);
      const auto stage =
          std::ranges::find(stages, is_won ? StageSpec::Closed::won : StageSpec::Closed::lost, &StageSpec::closed);
      if (stage == stages.end()) continue;
      Parts parts{{"stage", stage->id}, {"probability", is_won ? "100" : "0"}};
      if (sale.cents) parts["value"] = amount_of_cents(*sale.cents);
      if (!sale.currency.empty()) parts["currency"] = sale.currency;
      put_numbered(kept(), "opportunity", ++number, parts);
    }
  }

  /// Under numbers that nothing has stood under: what was called off keeps its name there.
  void take_meetings() {
    const auto known = numbered_of(kept(), "event");
    int last = known.empty() ? 0 : known.rbegin()->first;
    for (const auto& [number, parts] : numbered_of(other_, "event")) {
      if (!part(parts, "kind").empty()) put_numbered(kept(), "event", ++last, parts);
    }
  }

  /// The term by which somebody has to answer.
  void take_term() {
    const bool brings_owner = before_.owner().empty() && !other_.owner().empty() && has("owner") == other_.owner();
    if (!brings_owner && (due_term(before_) || !due_term(other_))) return;
    std::erase_if(kept().values, [](const auto& value) { return value.first.starts_with("sla."); });
    for (const auto& [field, value] : other_.values) {
      if (field.starts_with("sla.")) take(field, value);
    }
  }

  void take_next() {
    const auto own = before_.next();
    const auto other = other_.next();
    if (kept().status() == Status::do_not_contact) {
      for (const auto& next : {own, other}) {
        if (next) say_so(Phrase::merged_ended, {next_words(*next, reader_, rules_)});
      }
      made_.own_dropped = own;
      made_.other_dropped = other;
    } else if (own && other) {
      const bool own_stands = comes_first(*own, *other);
      (own_stands ? made_.other_dropped : made_.own_dropped) = own_stands ? other : own;
      if (!own_stands) made_.moved = other;
      say_so(Phrase::merged_next, {next_words(own_stands ? *own : *other, reader_, rules_),
                                   next_words(own_stands ? *other : *own, reader_, rules_)});
    } else {
      made_.moved = other;
    }
    if (made_.own_dropped) {
      // The CANCEL counts too: what stands again later counts on from it. RFC 5546 §2.1.4
      for (const auto* const field : {"next.at", "next.by", "next.note", "next.answer"}) kept().values[field].clear();
      take("next.sequence", std::to_string(++made_.own_dropped->sequence));
    }
    if (made_.other_dropped) ++made_.other_dropped->sequence;
    if (!made_.moved) return;
    for (const auto* const field : {"next.at", "next.by", "next.note", "next.answer", "next.sequence", "next.uid"})
      take(field, other_.value(field));
  }

  /// The earlier of those that are still to come; one that has passed comes after them.
  [[nodiscard]] bool comes_first(const NextContact& own, const NextContact& other) const {
    const bool own_is_past = own.at <= now_;
    const bool other_is_past = other.at <= now_;
    return own_is_past == other_is_past ? own.at <= other.at : other_is_past;
  }

  const Lead& before_;
  const Lead& other_;
  const Rules& rules_;
  const User& reader_;
  Time now_;
  Union made_{};
  std::vector<std::string> otherwise_{};
};

}  // namespace

Status status_of_both(const Lead& one, const Lead& other) {
  const auto further = rank(one.status()) >= rank(other.status()) ? one.status() : other.status();
  // Replied is: his answer is awaited. Not while he waits for ours.
  const bool owed = one.owed() || other.owed();
  return further == Status::replied && owed ? Status::open : further;
}

Union unite(const Lead& kept, const Lead& other, Brings brings, const Rules& rules, const User& reader, Time now) {
  return Uniting(kept, other, rules, reader, now).run(brings);
}

Values difference(const Lead& before, const Lead& after) {
  Values values;
  for (const auto& [field, value] : after.values) {
    if (before.value(field) != value) values.emplace_back(field, value);
  }
  for (const auto& [field, value] : before.values) {
    if (!value.empty() && !after.values.contains(field)) values.emplace_back(field, "");
  }
  return values;
}

std::vector<ResultLine> lines_of_change(const Lead& before, const Lead& after, const User& reader, const Rules& rules) {
  std::vector<ResultLine> lines;
  for (const auto& [field, value] : difference(before, after)) {
    if (value_label(field, reader.language, rules.record).empty()) continue;
    lines.push_back({field, std::string(before.value(field)), value});
  }
  return lines;
}

std::string next_words(const NextContact& next, const User& reader, const Rules& rules) {
  auto text = local_words(next.at, reader);
  const auto* const who = rules.user(next.by);
  if (!next.by.empty()) text += ", " + (who == nullptr ? next.by : who->name);
  if (!next.note.empty()) text += ": " + next.note;
  return text;
}

}  // namespace leadmail::leads
