// The yardstick for writing a mail: the very rows that the store writes for it, inserted by prepared statements and
// nothing else. No snapshot, no decision, no reading back.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/store/transaction.h"
#include "daemon/engine.h"
#include "tests/bench/growth_mails.h"

namespace leadmail::bench {

class BareInserts {
 public:
  /// Opens the book a second time, with the settings of the one connection that writes.
  static Result<std::unique_ptr<BareInserts>> open(const std::string& path);
  ~BareInserts();
  BareInserts(const BareInserts&) = delete;
  BareInserts& operator=(const BareInserts&) = delete;

  /// Who writes the letters that a mail causes.
  using ComposerOf = std::function<store::Composer*(const GrowthMail&)>;
  /// Finds out which rows these mails make, and leaves the book as it was.
  Result<void> learn(const daemon::Settings& settings, const std::vector<GrowthMail>& mails,
                     const ComposerOf& composer_of);
  /// Inserts them in one transaction.
  Result<void> insert();
  /// How many rows were learnt last, words not counted.
  [[nodiscard]] std::size_t rows() const;
  [[nodiscard]] store::Desk& desk() { return desk_; }

 private:
  struct Rows;
  BareInserts();

  store::Desk desk_{};
  std::vector<Rows> rows_;
  store::PendingWords words_{};
};

}  // namespace leadmail::bench
