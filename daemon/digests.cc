#include "daemon/digests.h"

#include "core/leads/decide.h"
#include "core/leads/digest.h"
#include "daemon/letters.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

constexpr std::chrono::days kClockJump{3};  // a clock may be set back so far without a second digest

/// Whether that slot is to be told. A slot far ahead was noted while the clock was wrong.
bool is_new(const store::DigestMark& mark, Time slot, Time now) {
  return mark.slot < slot || mark.slot > now + kClockJump;
}

/// What users said by mail of days away: also of those gone by, on which no digest went out.
Result<leads::Absences> absences_lately(Engine& engine, Time now) {
  constexpr std::chrono::days kLately{60};
  leads::Absences absences;
  auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    auto said = transaction.absences(now - kLately);
    if (!said) return std::move(said.error());
    absences = std::move(*said);
    return {};
  });
  if (!done) return std::move(done.error());
  return absences;
}

Result<bool> send_one(store::Transaction& transaction, const Settings& settings, const leads::DigestReader& reader,
                      const leads::Absences& said, Time slot, Time now) {
  const auto& rules = settings.config.rules;
  const auto key = reader.key();
  auto mark = transaction.digest_mark(key);
  if (!mark) return std::move(mark.error());
  if (*mark && !is_new(**mark, slot, now)) return false;
  auto newest = transaction.newest_event();
  if (!newest) return std::move(newest.error());
  if (auto noted = transaction.set_digest_mark(key, {slot, *newest}); !noted) return std::move(noted.error());
  if (!*mark || leads::is_weekly_slot(reader, rules, slot, &said)) return false;

  auto facts = transaction.digest_facts(leads::digest_ask(reader, rules, (*mark)->event, now, &said));
  if (!facts) return std::move(facts.error());
  auto digest = leads::make_digest(reader, *facts, rules, now, &said);
  if (!digest) return false;
  const auto decision = leads::decide_digest(std::move(*digest), rules, slot, now);
  LetterWriter letters(settings, now);
  auto applied = transaction.apply(decision, now, letters);
  if (!applied) return std::move(applied.error()).in("the digest " + key);
  log("digest-sent", key, {{"USER", reader.user}}, decision.reason);
  return !applied->outbox.empty();
}

}  // namespace

Result<int> send_digests(Engine& engine) {
  const auto settings = engine.settings();
  const Time now = engine.now();
  const auto said = absences_lately(engine, now);
  if (!said) return said.error();
  int made = 0;
  for (const auto& reader : leads::digest_readers(settings->config.rules)) {
    const auto slot = leads::digest_slot(reader, settings->config.rules, now, &*said);
    if (!slot) continue;
    const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
      auto sent = send_one(transaction, *settings, reader, *said, *slot, now);
      if (!sent) return std::move(sent.error());
      made += *sent ? 1 : 0;
      return {};
    });
    if (!done) return done.error();
  }
  if (made > 0) engine.tell_news();
  return made;
}

}  // namespace leadmail::daemon
