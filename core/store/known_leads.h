// The leads that were read last, by the one connection that writes: mails of a day touch the same few over and over.
// Whatever changes a row of `lead` makes it forgotten, and so does each step back. Internal to core/store.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>

#include "core/base/result.h"
#include "core/leads/lead.h"

namespace leadmail::store {

class Connection;

class KnownLeads {
 public:
  /// From now on follows what the connection writes; it must outlive this. SQLite tells of every row but those that
  /// DELETE without WHERE or REPLACE take away: neither is used on `lead`.
  void follow(Connection& db);
  /// The lead as its row stands now; nothing: there is none. Error: as read_lead().
  Result<std::shared_ptr<const leads::Lead>> read(Connection& db, LeadId id);
  /// After a rollback, of whatever part.
  void forget() { leads_.clear(); }

 private:
  static constexpr std::size_t kMost = 500;

  std::unordered_map<std::int64_t, std::shared_ptr<const leads::Lead>> leads_{};
};

}  // namespace leadmail::store
