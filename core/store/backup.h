// Copies of the book: made while others write, looked through, put back. None holds a key or a password: those stand
// beside the book, never in it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"

namespace leadmail::store {

/// Told now and then: how much is done of how much, in pages of the file or in rows.
using Progress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Copies the book at `path` into the new file `target`, as the book stands at one moment; whoever writes it is not
/// held up. Only its owner may read the copy. It is there as a whole, and on disk, or not at all. Error (give_up):
/// `target` is there already, or can't be written; (stop): `path` is no book that this program reads.
Result<void> back_up(const std::string& path, const std::string& target, const Progress& progress);

/// Everything that is wrong with a book, a sentence each; nothing when it is sound: pages and indexes, rows that belong
/// together, each lead beside what its events add up to, the bytes of each mail. Changes nothing. Error: it can't be
/// read at all.
Result<std::vector<std::string>> verify(const std::string& path, const Progress& progress);

/// What a copy that is put back has missed.
struct Restored {
  Time worked_until{};      ///< mail that came until then was seen by the book that is lost
  std::int64_t mails = 0;   ///< that the copy promised, and that may have left since
  std::int64_t erased = 0;  ///< addresses and mails that were erased since the copy was made, and are in it still
  std::string kept_as{};    ///< where the book lies that stood there; "" when there was none
};

/// Puts the copy `source` in the place of the book at `path`, which no process may have open; what stood there is kept
/// beside it. The copy is behind the world, so that nothing is done twice: mail that came until `worked_until` (by
/// default: when the book that stood there was last written, or else when the copy was) is read once more, and nobody
/// is told of it; mail that was to be sent may have been: its fate is unknown, as after a crash (RFC 1047), and it is
/// handled so. Error (give_up): `source` is not sound; (stop): another process has the book.
Result<Restored> restore(const std::string& source, const std::string& path, std::optional<Time> worked_until, Time now,
                         const Progress& progress);

}  // namespace leadmail::store
