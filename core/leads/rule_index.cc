#include "core/leads/rule_index.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <unordered_map>

#include "core/leads/address.h"
#include "core/leads/fold.h"
#include "core/leads/word_finder.h"

namespace leadmail::leads {
namespace {

using Op = Condition::Op;

/// One comparison without which the rule can't hold.
struct Key {
  const Condition* comparison = nullptr;
};

/// How much it costs to look for it; 0: it can't be looked for.
int cost(const Condition& condition) {
  switch (condition.op) {
    case Op::is:
    case Op::in:
    case Op::domain: return 1;
    case Op::contains:
      // "" stands in every text.
      return std::ranges::any_of(condition.values, [](const auto& value) { return fold(value).empty(); }) ? 0 : 2;
    case Op::matches: return 3;
    case Op::any: {
      int most = condition.parts.empty() ? 0 : 1;
      for (const auto& part : condition.parts) {
        const int one = cost(part);
        most = one == 0 || most == 0 ? 0 : std::max(most, one);
      }
      return most;
    }
    case Op::all: {
      int least = 0;
      for (const auto& part : condition.parts) {
        const int one = cost(part);
        if (one != 0 && (least == 0 || one < least)) least = one;
      }
      return least;
    }
    default: return 0;
  }
}

/// The comparisons of which one has to hold; only of conditions that have a cost.
void add_keys(const Condition& condition, std::vector<Key>& keys) {
  if (condition.op == Op::any) {
    for (const auto& part : condition.parts) add_keys(part, keys);
  } else if (condition.op == Op::all) {
    const auto least = std::ranges::min_element(condition.parts, {}, [](const Condition& part) {
      const int one = cost(part);
      return one == 0 ? 100 : one;
    });
    add_keys(*least, keys);
  } else {
    keys.push_back({&condition});
  }
}

/// Whether the literal parts of a pattern can be looked for in the text's bytes.
bool is_plain(const std::string& pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (static_cast<unsigned char>(pattern[i]) >= 0x80) return false;
    if (pattern[i] != '\\' || i + 1 >= pattern.size()) continue;
    const char next = pattern[++i];
    if (next == 'x' || (next >= '0' && next <= '9')) return false;
  }
  return true;
}

/// As the literal parts of patterns are written: small letters; and the two letters outside of ASCII that patterns
/// without regard to case take for letters of it.
std::string small(std::string_view text) {
  std::string lower;
  lower.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\xe2\x84\xaa")) {  // KELVIN SIGN
      lower += 'k';
      i += 2;
    } else if (text.substr(i).starts_with("\xc5\xbf")) {  // LATIN SMALL LETTER LONG S
      lower += 's';
      i += 1;
    } else {
      const char c = text[i];
      lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return lower;
}

}  // namespace

/// All comparisons with one field.
class RuleIndex::OfField {
 public:
  void add(const Condition& comparison, std::size_t rule) {
    for (const auto& value : comparison.values) {
      switch (comparison.op) {
        case Op::is:
        case Op::in: words_[comparable(comparison.field, value)].push_back(rule); break;
        case Op::domain: domains_[to_lower(value)].push_back(rule); break;
        case Op::contains: add_part(fold(value), rule); break;
        case Op::matches: add_pattern(value, rule); break;
        default: break;
      }
    }
  }

  void finish() {
    parts_.finish();
    if (patterned_.empty()) return;
    std::vector<std::string> literals;
    patterns_.Compile(&literals);
    for (const auto& literal : literals) literals_.add(literal);
    literals_.finish();
  }

  void find(const std::string& field, Fields& fields, std::vector<std::size_t>& found) const {
    if (!words_.empty()) {
      for (const auto& value : fields.comparable(field)) add_of(words_, value, found);
    }
    if (!domains_.empty()) {
      for (const auto& value : fields.values(field)) find_domain(value, found);
    }
    if (parts_.size() > 0) find_parts(fields.folded(field), found);
    const auto& values = fields.values(field);
    if (values.empty()) return;
    found.insert(found.end(), any_pattern_.begin(), any_pattern_.end());
    if (!patterned_.empty()) find_patterns(values, found);
  }

 private:
  using Places = std::unordered_map<std::string, std::vector<std::size_t>>;

  static void add_of(const Places& places, const std::string& key, std::vector<std::size_t>& found) {
    const auto known = places.find(key);
    if (known != places.end()) found.insert(found.end(), known->second.begin(), known->second.end());
  }

  void add_part(const std::string& part, std::size_t rule) {
    const auto number = parts_.add(part);
    if (number >= with_part_.size()) with_part_.resize(number + 1);
    with_part_[number].push_back(rule);
  }

  void add_pattern(const std::string& pattern, std::size_t rule) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(1 << 20);
    int id = 0;
    if (!is_plain(pattern) || patterns_.Add(pattern, options, &id) != RE2::NoError) {
      any_pattern_.push_back(rule);
    } else {
      patterned_.push_back(rule);  // the place is its id
    }
  }

  /// The domain itself and all above it.
  void find_domain(const std::string& value, std::vector<std::size_t>& found) const {
    auto domain = value.find('@') == std::string::npos ? to_lower(value) : std::string(domain_of(value));
    while (true) {
      add_of(domains_, domain, found);
      const auto dot = domain.find('.');
      if (dot == std::string::npos) return;
      domain.erase(0, dot + 1);
    }
  }

  void find_parts(const std::vector<std::string>& values, std::vector<std::size_t>& found) const {
    std::vector<char> seen;
    std::vector<std::size_t> numbers;
    for (const auto& value : values) parts_.find(value, seen, numbers);
    for (const auto number : numbers) found.insert(found.end(), with_part_[number].begin(), with_part_[number].end());
  }

  void find_patterns(const std::vector<std::string>& values, std::vector<std::size_t>& found) const {
    for (const auto& value : values) {
      std::vector<char> seen;
      std::vector<std::size_t> numbers;
      literals_.find(small(value), seen, numbers);
      const std::vector<int> literals(numbers.begin(), numbers.end());
      std::vector<int> possible;
      patterns_.AllPotentials(literals, &possible);
      for (const auto id : possible) found.push_back(patterned_.at(static_cast<std::size_t>(id)));
    }
  }

  Places words_{};
  Places domains_{};
  WordFinder parts_{};
  std::vector<std::vector<std::size_t>> with_part_{};
  re2::FilteredRE2 patterns_{3};
  std::vector<std::size_t> patterned_{};    ///< id of the pattern -> rule
  std::vector<std::size_t> any_pattern_{};  ///< rules whose patterns have to be tried
  WordFinder literals_{};
};

RuleIndex::RuleIndex(const std::vector<AssignRule>& rules) : rules_(rules.size()) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (cost(rules[i].when) == 0) {
      always_.push_back(i);
      continue;
    }
    std::vector<Key> keys;
    add_keys(rules[i].when, keys);
    for (const auto& key : keys) {
      auto& of_field = fields_[key.comparison->field];
      if (!of_field) of_field = std::make_unique<OfField>();
      of_field->add(*key.comparison, i);
    }
  }
  for (auto& [name, of_field] : fields_) of_field->finish();
}

RuleIndex::~RuleIndex() = default;

std::vector<std::size_t> RuleIndex::candidates(Fields& fields) const {
  auto found = always_;
  for (const auto& [name, of_field] : fields_) of_field->find(name, fields, found);
  std::ranges::sort(found);
  const auto twice = std::ranges::unique(found);
  found.erase(twice.begin(), twice.end());
  return found;
}

namespace {

void prepare(Condition& condition) {
  for (auto& part : condition.parts) prepare(part);
  if (condition.op != Op::is && condition.op != Op::in && condition.op != Op::contains) return;
  condition.folded.clear();
  for (const auto& value : condition.values) {
    condition.folded.push_back(condition.op == Op::contains ? fold(value) : comparable(condition.field, value));
  }
}

}  // namespace

void prepare_rules(Rules& rules) {
  std::ranges::stable_sort(rules.assign, {}, &AssignRule::priority);
  for (auto& rule : rules.assign) {
    prepare(rule.when);
    if (rule.unassign_when) prepare(*rule.unassign_when);
    if (rule.close_when) prepare(*rule.close_when);
  }
  rules.index = std::make_shared<const RuleIndex>(rules.assign);
}

}  // namespace leadmail::leads
