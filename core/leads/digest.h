// The summary by mail: what waits for a user or his team, what has changed since the last one, and the pipeline. Pure:
// the book is asked for facts (DigestAsk), the digest is made of them, and one that has nothing to say is none.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/leads/event.h"
#include "core/leads/lead.h"
#include "core/leads/rules.h"

namespace leadmail::leads {

/// For whom, about whom, and of which period.
struct DigestReader {
  std::string user{};  ///< who gets it
  std::string team{};  ///< about all of this team; "" about himself
  bool weekly = false;

  /// What the book knows it by: "daily ana", "weekly ana", "daily ana team mx".
  [[nodiscard]] std::string key() const;
};

/// Everybody who gets digests, as the rules say: each user his own, the lead of a team and the managers the team's.
std::vector<DigestReader> digest_readers(const Rules& rules);

/// The latest instant not after `now` at which a digest of that reader was to go out: at `DigestTimes::at` by his
/// clock, on a working day, or for a weekly one on the first working day of a week. A time that a change of the clock
/// skips or repeats: see to_utc. Nothing when he never works. A day on which he is away is no working day; `said`: days
/// that users said by mail, also those that have passed since the latest slot.
std::optional<Time> digest_slot(const DigestReader& reader, const Rules& rules, Time now,
                                const Absences* said = nullptr);

/// Whether the weekly digest takes the place of the daily one of that slot.
bool is_weekly_slot(const DigestReader& reader, const Rules& rules, Time slot, const Absences* said = nullptr);

/// What to read of the book.
struct DigestAsk {
  std::vector<std::string> users{};    ///< whose leads
  Time due_until{};                    ///< next contacts up to here
  std::optional<Time> silent_since{};  ///< answered leads of which nobody has heard since
  std::int64_t since_event = 0;        ///< events behind this one
  int limit = 5000;                    ///< of leads, and of events
};

struct DigestFacts {
  std::vector<Lead>
      leads{};  ///< of these users: those that wait for an answer, are due, have an opportunity or are silent
  std::vector<Lead> ownerless{};                 ///< of nobody, newest first, at most 50
  std::vector<std::pair<Lead, Event>> events{};  ///< on leads of these users: captured, assigned, status and deals
  int held = 0;                                  ///< mails on the holding list
  int unreadable = 0;                            ///< mails in quarantine
};

DigestAsk digest_ask(const DigestReader& reader, const Rules& rules, std::int64_t since_event, Time now,
                     const Absences* said = nullptr);

/// One lead of a list.
struct DigestLine {
  LeadId lead{};
  std::string who{};    ///< "María Pérez, Acme SA"
  std::string owner{};  ///< user id
  std::optional<Time> at{};
  std::optional<std::chrono::year_month_day> day{};  ///< where only a day is known
  std::vector<std::string> terms{};                  ///< of late ones: what has run out (service_level.h)
};

/// A list: the first lines, and how many there are in all.
struct DigestList {
  std::vector<DigestLine> lines{};
  std::size_t count = 0;
};

/// One stage of the pipeline.
struct DigestStage {
  std::string stage{};  ///< id of the config
  int opportunities = 0;
  std::map<std::string, std::int64_t> sums{};  ///< currency -> cents
};

/// One member of a team.
struct DigestMember {
  std::string user{};
  std::size_t owed = 0;
  std::size_t overdue = 0;
  std::size_t fresh = 0;
  std::size_t late = 0;
  std::optional<std::chrono::year_month_day> away_until{};
};

struct Digest {
  DigestReader reader{};
  std::vector<std::string> stands_in_for{};  ///< users who are away, and whose leads it tells of too
  DigestList late{};                         ///< what has run out by a rule's service level, and is not made good
  DigestList owed{};                         ///< other prospects who wait for an answer
  DigestList overdue{};                      ///< next contacts whose time has passed
  DigestList due{};                          ///< those of today, or of the week to come
  DigestList fresh{};                        ///< new since the last one
  DigestList moved{};                        ///< answers of calendars that somebody has to decide about
  DigestList nobodys{};                      ///< leads without an owner
  DigestList lapsing{};                      ///< open quotations whose validity has ended or ends soon
  DigestList silent{};                       ///< answered, and nobody has been heard of since
  std::vector<DigestMember> members{};
  std::vector<DigestStage> pipeline{};            ///< in the order of the stages, those without anything left out
  std::vector<std::pair<Status, int>> reached{};  ///< statuses that leads came into, and how many
  std::map<std::string, std::int64_t> won{};      ///< currency -> cents, of orders since the last one
  int held = 0;
  int unreadable = 0;
};

/// The mail of it, once for that reader and that day of his.
struct Decision;
Decision decide_digest(Digest digest, const Rules& rules, Time slot, Time now);

/// The digest, or nothing when nothing waits for anybody and nothing has changed. Lists hold at most 15 lines each. Of
/// somebody who is away his deputy's tells what waits.
std::optional<Digest> make_digest(const DigestReader& reader, const DigestFacts& facts, const Rules& rules, Time now,
                                  const Absences* said = nullptr);

}  // namespace leadmail::leads
