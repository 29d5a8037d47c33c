// How long what is kept. Nothing here forgets that a message was seen: its ledger row and its fingerprint stay for as
// long as the server could hand it out again, so that nothing is taken twice.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

#include "core/base/time.h"

namespace leadmail::store {

/// What may be pruned, in the order in which it is.
enum class Kept {
  automatic,   ///< mail that belongs to no lead; its ledger row stays
  quarantine,  ///< bytes of mail that could not be read
  held,        ///< the holding list: undecided mail becomes ignored, the bytes of blocked mail go
  raw,         ///< mail as it came; its text stays
  outbox,      ///< texts of mail that was sent, or never will be
  leads,       ///< leads that are lost or converted and rest, with all that belongs to them
  ledger,      ///< rows of past UIDVALIDITYs that say nothing but baseline or duplicate
  audit,       ///< the evidence of decisions, and what `#undo` needs
};
inline constexpr std::array kAllKept{Kept::automatic, Kept::quarantine, Kept::held,   Kept::raw,
                                     Kept::outbox,    Kept::leads,      Kept::ledger, Kept::audit};

/// As the config spells it.
constexpr std::string_view name(Kept what) {
  constexpr std::array<std::string_view, 8> kNames{"automatic", "quarantine", "held",   "raw",
                                                   "outbox",    "leads",      "ledger", "audit"};
  return kNames.at(static_cast<std::size_t>(what));
}

/// By Kept, counted from when we took it, or when the lead was last touched; 0 is for ever.
using Retention = std::array<std::chrono::seconds, kAllKept.size()>;

struct Pruned {
  std::int64_t rows = 0;   ///< mails, leads or rows of the ledger
  std::int64_t bytes = 0;  ///< of what was kept of them, as it was stored; about
  bool more = false;       ///< there is more to prune
};

}  // namespace leadmail::store
