// The mail of a company with as many leads as one likes, already understood: what the book is given for each of them.
// Every lead has five mails: the inquiry, a rep's answer, two more mails of the prospect, another answer. The same
// number is the same mail for ever, so that a book can go on growing where another run left it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/leads/inquiry.h"
#include "core/store/book.h"

namespace leadmail::bench {

constexpr std::uint64_t kMailsOfLead = 5;
constexpr int kUsers = 20;  ///< of the company, "rep01" to "rep20"
/// Leads come in blocks of so many, within which all first mails come before all second ones, and so on.
constexpr std::uint64_t kBlock = 1000;
/// So many leads are made from mail; what is beyond them are copies under other numbers.
constexpr std::uint64_t kWritten = 10'000;

struct GrowthMail {
  leads::Inquiry inquiry{};
  std::string raw{};
  store::Place place{};
  Time seen{};

  /// As the store takes it; not longer than this lives.
  [[nodiscard]] store::Incoming incoming() const {
    return {.place = place, .seen = seen, .inquiry = &inquiry, .raw = raw};
  }
};

/// The mail of that stage (0 to 4) of the lead with that number, which counts from 1.
GrowthMail mail_of(std::uint64_t lead, std::uint64_t stage, Time seen);
/// A mail that comes long after the others into an old conversation, of which `first` says how it began; `serial` is a
/// number that no lead has.
GrowthMail late_mail_of(const leads::Inquiry& first, std::uint64_t serial, Time seen);
/// What reps do to that lead besides, as commands of the tool; empty for most.
std::string commands_for(std::uint64_t lead);

/// When the block with that first lead begins: as many leads a day whatever the size of the book.
Time time_of(std::uint64_t lead);

/// A word that no other lead has, and a name that some have: for searching.
std::string rare_word(std::uint64_t lead);
std::string name_of(std::uint64_t lead);

}  // namespace leadmail::bench
