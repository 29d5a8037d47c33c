// A book that grows: mail after mail decided and written as the daemon does it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/store/transaction.h"
#include "daemon/engine.h"
#include "tests/bench/growth_mails.h"

namespace leadmail::bench {

/// The company's settings, as the config at that path says.
Result<std::shared_ptr<const daemon::Settings>> read_settings(const std::string& config);

/// Letters that say next to nothing, for where only their rows count.
class ShortComposer final : public store::Composer {
 public:
  Result<store::Outgoing> compose(const leads::Letter& letter, const leads::Lead* lead) override;
};

/// Reads the snapshot, decides, applies: what the daemon's transaction does with a mail that is understood.
Result<void> take(store::Transaction& transaction, const daemon::Settings& settings, const GrowthMail& mail,
                  store::Composer& composer);

/// Makes the book of the settings grow to so many leads, a multiple of a hundred, in transactions of a block; nothing
/// is synced on the way. `progress` is told how many there are. Error: a lead has not the number it should have.
Result<void> grow(const daemon::Settings& settings, std::uint64_t leads,
                  const std::function<void(std::uint64_t)>& progress);

/// How many leads the book was made with.
Result<std::uint64_t> leads_in(const std::string& path);

/// Waiting mail counts as sent, so that the outbox of a book does not grow as if no server were there.
Result<void> send_all(store::Desk& desk);

}  // namespace leadmail::bench
