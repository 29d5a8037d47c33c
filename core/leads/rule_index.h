// Which of many rules may fit a message at all: thousands of them cost about as much as those that do fit. What it
// answers is never too little: a rule that is left out can't hold.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/leads/condition.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

class RuleIndex {
 public:
  explicit RuleIndex(const std::vector<AssignRule>& rules);
  ~RuleIndex();
  RuleIndex(const RuleIndex&) = delete;
  RuleIndex& operator=(const RuleIndex&) = delete;

  [[nodiscard]] std::size_t size() const { return rules_; }
  /// Places of the rules whose conditions may hold, in their order.
  [[nodiscard]] std::vector<std::size_t> candidates(Fields& fields) const;

 private:
  class OfField;

  std::size_t rules_ = 0;
  std::vector<std::size_t> always_{};                       ///< nothing can be said of them beforehand
  std::map<std::string, std::unique_ptr<OfField>> fields_;  // no {} here: OfField is not known yet
};

/// Sorts the rules by priority, folds their words, compiles what can be compiled once, and indexes them.
void prepare_rules(Rules& rules);

}  // namespace leadmail::leads
