#include "daemon/holding.h"

#include <algorithm>

#include "core/leads/decide.h"
#include "core/leads/text.h"
#include "core/leads/zone.h"
#include "daemon/letters.h"
#include "daemon/log.h"

namespace leadmail::daemon {
namespace {

constexpr int kMostListed = 100;         // in one mail; the rest comes when these are decided
constexpr std::size_t kMostActions = 5;  // more buttons would be a wall
constexpr std::size_t kMostLines = 4;
constexpr std::chrono::days kClockJump{3};  // a clock may be set back so far without a second list
constexpr std::size_t kLongestLine = 120;

/// Characters that turn the direction of text or join what is written apart. UAX #9, UTR #36
bool moves_text(std::string_view character) {
  static constexpr std::string_view kMovers[] = {"\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d",
                                                 "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200b", "\ufeff"};
  return std::ranges::find(kMovers, character) != std::end(kMovers);
}

/// One line of a stranger's text as an administrator may read it safely.
std::string neutral(std::string_view text, std::size_t longest) {
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = i + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0U) == 0x80U) ++next;
    const auto character = text.substr(i, next - i);
    if (!moves_text(character)) plain += character;
    i = next;
  }
  auto line = leads::one_line(plain, longest);
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"://", ":// "}, {"www.", "www ."}}) {
    for (auto at = line.find(from); at != std::string::npos; at = line.find(from, at + to.size())) {
      line.replace(at, from.size(), to);
    }
  }
  return line;
}

/// Why it is held, as core/leads/held.cc says it, in the reader's language; what was seen stays as it was seen.
std::string spell_reason(std::string_view reason, std::string_view language) {
  struct Words {
    std::string_view en;
    std::string_view es;
    std::string_view vi;
  };
  static constexpr Words kReasons[] = {
      {"may be no machine's after all", "puede que no sea de una máquina", "có thể không phải thư của máy"},
      {"may be no mailing after all", "puede que no sea un envío masivo", "có thể không phải thư gửi hàng loạt"},
      {"the provider takes it for spam", "el proveedor lo toma por correo no deseado", "nhà cung cấp coi là thư rác"}};
  for (const auto& words : kReasons) {
    if (language == "en" || !reason.starts_with(words.en)) continue;
    return std::string(language == "es" ? words.es : words.vi).append(reason.substr(words.en.size()));
  }
  return std::string(reason);
}

/// The first lines in which something stands, each marked as quoted.
std::string first_lines(std::string_view text) {
  std::string lines;
  for (std::size_t count = 0; count < kMostLines && !text.empty();) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = neutral(text.substr(0, end), kLongestLine);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    lines += (lines.empty() ? "> " : "\n> ") + line;
    ++count;
  }
  return lines;
}

/// Lists what waits, unless this slot is done.
Result<bool> list_held(store::Transaction& transaction, const Settings& settings, Time slot, Time now) {
  auto last = transaction.held_list_slot();
  if (!last) return std::move(last.error());
  // A slot far ahead was written while the clock was wrong.
  if (*last && **last >= slot && **last <= now + kClockJump) return false;
  if (auto noted = transaction.set_held_list_slot(slot); !noted) return std::move(noted.error());
  auto mails = transaction.held_waiting(kMostListed);
  if (!mails) return std::move(mails.error());
  if (mails->empty()) return false;
  auto count = transaction.count_held_waiting();
  if (!count) return std::move(count.error());
  const auto decision =
      leads::decide_holding_list(std::move(*mails), static_cast<std::size_t>(*count), settings.config.rules, slot, now);
  LetterWriter letters(settings, now);
  auto applied = transaction.apply(decision, now, letters);
  if (!applied) return std::move(applied.error()).in("the holding list");
  log("held-list", std::to_string(*count) + " wait", {}, decision.reason);
  return !applied->outbox.empty();
}

}  // namespace

Time holding_slot(const leads::Rules& rules, Time now) {
  const auto local = leads::to_local(now, rules.timezone);
  auto day = std::chrono::floor<std::chrono::days>(local);
  for (int back = 0; back < 3; ++back, day -= std::chrono::days{1}) {
    const auto slot = leads::to_utc(day + rules.held_at, rules.timezone);
    if (slot <= now) return slot;
  }
  return now;
}

Result<Time> send_holding_list(Engine& engine) {
  const auto settings = engine.settings();
  const Time now = engine.now();
  const Time slot = holding_slot(settings->config.rules, now);
  bool made_mail = false;
  const auto done = engine.write([&](store::Transaction& transaction) -> Result<void> {
    auto made = list_held(transaction, *settings, slot, now);
    if (!made) return std::move(made.error());
    made_mail = *made;
    return {};
  });
  if (!done) return done.error();
  if (made_mail) engine.tell_news();
  return slot;
}

Words::Entry held_words(const leads::HeldMail& mail, std::string_view zone, std::string_view language) {
  auto sender = neutral(mail.from_name, 60);
  if (!mail.from_address.empty()) sender += (sender.empty() ? "" : " ") + ("<" + neutral(mail.from_address, 100) + ">");
  if (!mail.sender.empty() && mail.sender != mail.from_address) sender += " (" + neutral(mail.sender, 100) + ")";
  return {{"number", std::to_string(mail.number)},
          {"sender", sender},
          {"subject", neutral(mail.subject, 120)},
          {"at", spell_time(mail.received, zone, language)},
          {"mailbox", mail.mailbox},
          {"reason", neutral(spell_reason(mail.reason, language), 200)},
          {"lines", first_lines(mail.text)}};
}

std::vector<std::pair<std::string, std::string>> held_actions(const std::vector<leads::HeldMail>& mails,
                                                              std::string_view language) {
  const bool es = language == "es";
  const bool vi = language == "vi";
  std::vector<std::pair<std::string, std::string>> actions;
  for (std::size_t i = 0; i < mails.size() && i < kMostActions; ++i) {
    const auto number = std::to_string(mails[i].number);
    actions.emplace_back((es ? "Aceptar " : vi ? "Chấp nhận " : "Accept ") + number, "#accept " + number);
    actions.emplace_back((es ? "Bloquear " : vi ? "Chặn " : "Block ") + number, "#block " + number);
  }
  return actions;
}

}  // namespace leadmail::daemon
