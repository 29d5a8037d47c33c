#include "core/leads/transition.h"

#include <array>
#include <string_view>

namespace leadmail::leads {
namespace {

constexpr std::size_t kStatuses = static_cast<std::size_t>(Status::do_not_contact) + 1;
using Row = std::array<std::string_view, kStatuses>;

// One row for each status now, one column for each status then: m mail, c clock, h hand, d deal.
// clang-format off: a table
constexpr std::array<Row, kStatuses> kMoves{{
    //                 lead  open   replied interested opportunity quotation lost  converted dnc
    /* lead        */ {"", "mch", "mh", "h", "hd", "hd", "d", "hd", "h"},
    /* open        */ {"h", "mc", "mh", "h", "hd", "hd", "d", "hd", "h"},
    /* replied     */ {"h", "mch", "m", "h", "hd", "hd", "d", "hd", "h"},
    /* interested  */ {"h", "h", "h", "", "hd", "hd", "d", "hd", "h"},
    /* opportunity */ {"", "h", "h", "h", "", "hd", "hd", "hd", "h"},
    /* quotation   */ {"", "h", "h", "h", "h", "d", "hd", "hd", "h"},
    /* lost        */ {"", "h", "h", "h", "hd", "hd", "", "hd", "h"},
    /* converted   */ {"", "", "", "h", "h", "h", "", "d", "h"},
    /* dnc         */ {"h", "h", "h", "h", "", "", "", "", ""},
}};
// clang-format on

constexpr char letter_of(Mover by) {
  switch (by) {
    case Mover::mail: return 'm';
    case Mover::clock: return 'c';
    case Mover::hand: return 'h';
    case Mover::deal: return 'd';
  }
  return '?';
}

}  // namespace

bool may_move(Status from, Status to, Mover by) {
  if (from == to) return true;
  const auto movers = kMoves.at(static_cast<std::size_t>(from)).at(static_cast<std::size_t>(to));
  return movers.find(letter_of(by)) != std::string_view::npos;
}

std::vector<Status> reachable(Status from, Mover by) {
  std::vector<Status> found;
  for (std::size_t i = 0; i < kStatuses; ++i) {
    const auto to = static_cast<Status>(i);
    if (to != from && may_move(from, to, by)) found.push_back(to);
  }
  return found;
}

Status status_after(Status status, Status wanted, Mover by) { return may_move(status, wanted, by) ? wanted : status; }

}  // namespace leadmail::leads
