#include "daemon/summaries.h"

#include <algorithm>

#include "core/leads/digest.h"
#include "core/leads/record.h"
#include "core/leads/text.h"
#include "daemon/amounts.h"
#include "daemon/labels.h"
#include "daemon/wording.h"

namespace leadmail::daemon {
namespace {

using leads::LetterKind;

/// In the reader's language.
struct Tongue {
  const leads::Rules& rules;
  std::string_view language;
  std::string_view zone;

  [[nodiscard]] std::string say(std::string_view en, std::string_view es, std::string_view vi) const {
    return std::string(language == "es" ? es : language == "vi" ? vi : en);
  }
  [[nodiscard]] std::string user(std::string_view id) const {
    const auto* const found = rules.user(id);
    return found == nullptr ? std::string(id) : found->name;
  }
  [[nodiscard]] std::string day(std::chrono::year_month_day day) const { return spell_day(day, language); }
  /// What has run out, as service_level.h names it.
  [[nodiscard]] std::string term(std::string_view name) const {
    if (name == "acknowledge") return say("nobody has acted", "sin atender", "chưa ai xử lý");
    if (name == "first_answer") return say("first answer is late", "primera respuesta tardía", "trễ trả lời lần đầu");
    return say("answer is late", "respuesta tardía", "trễ trả lời");
  }
};

std::string amounts_of(const std::map<std::string, std::int64_t>& sums, std::string_view language) {
  std::string text;
  for (const auto& [currency, cents] : sums) {
    if (cents != 0) text += (text.empty() ? "" : " + ") + spell_cents(cents, currency, language);
  }
  return text;
}

/// A list of leads, one tap each.
void add_list(Words& words, const std::string& name, const leads::DigestList& list, const Tongue& tongue,
              bool with_owner) {
  auto& entries = words.lists[name];
  for (const auto& line : list.lines) {
    std::string more;
    if (line.at) more = spell_time(*line.at, tongue.zone, tongue.language);
    if (line.day) more = tongue.say("valid until ", "válida hasta el ", "hiệu lực đến ") + tongue.day(*line.day);
    for (const auto& term : line.terms) more += (more.empty() ? "" : ", ") + tongue.term(term);
    if (with_owner && !line.owner.empty()) more += (more.empty() ? "" : ", ") + tongue.user(line.owner);
    entries.push_back({{"number", to_string(line.lead)},
                       {"who", leads::one_line(line.who, 100)},
                       {"line", more},
                       {"command", "#show " + to_string(line.lead)}});
  }
  if (list.count > 0) words.values[name + "_count"] = std::to_string(list.count);
  if (list.count > list.lines.size()) words.values[name + "_more"] = std::to_string(list.count - list.lines.size());
}

std::string stage_label(const std::string& id, const Tongue& tongue) {
  for (const auto& stage : leads::stages_of(tongue.rules.record)) {
    if (stage.id != id) continue;
    for (const auto language : {tongue.language, std::string_view("en")}) {
      if (const auto found = stage.labels.find(language); found != stage.labels.end()) return found->second;
    }
  }
  return id;
}

/// The chart: a bar for each stage, as long as its share of the largest one in the currency that most of it is in.
void add_pipeline(Words& words, const std::vector<leads::DigestStage>& pipeline, const Tongue& tongue) {
  std::map<std::string, std::int64_t> total;
  for (const auto& stage : pipeline) {
    for (const auto& [currency, cents] : stage.sums) total[currency] += cents;
  }
  const auto main = std::ranges::max_element(total, {}, [](const auto& sum) { return sum.second; });
  const auto length_of = [&](const leads::DigestStage& stage) -> std::int64_t {
    if (main == total.end() || main->second == 0) return stage.opportunities;
    const auto found = stage.sums.find(main->first);
    return found == stage.sums.end() ? 0 : found->second;
  };
  std::int64_t longest = 1;
  for (const auto& stage : pipeline) longest = std::max(longest, length_of(stage));
  for (const auto& stage : pipeline) {
    const auto percent =
        static_cast<std::int64_t>(100.0 * static_cast<double>(length_of(stage)) / static_cast<double>(longest));
    auto shown = amounts_of(stage.sums, tongue.language);
    shown = std::to_string(stage.opportunities) + (shown.empty() ? "" : " · " + shown);
    words.lists["pipeline"].push_back({{"label", stage_label(stage.stage, tongue)},
                                       {"percent", std::to_string(std::clamp<std::int64_t>(percent, 1, 100))},
                                       {"shown", shown}});
  }
  if (!pipeline.empty()) words.values["pipeline_total"] = amounts_of(total, tongue.language);
}

void add_members(Words& words, const leads::Digest& digest, const Tongue& tongue) {
  for (const auto& member : digest.members) {
    auto line = tongue.say("owed ", "por responder ", "chờ trả lời ") + std::to_string(member.owed) +
                tongue.say(", overdue ", ", vencidos ", ", quá hạn ") + std::to_string(member.overdue) +
                tongue.say(", new ", ", nuevos ", ", mới ") + std::to_string(member.fresh);
    if (member.late > 0) line += tongue.say(", late ", ", con retraso ", ", trễ ") + std::to_string(member.late);
    if (member.away_until)
      line += tongue.say("; away until ", "; no está hasta el ", "; vắng đến ") + tongue.day(*member.away_until);
    words.lists["members"].push_back({{"label", tongue.user(member.user)}, {"value", line}});
  }
}

void add_changes(Words& words, const leads::Digest& digest, const Tongue& tongue) {
  auto& list = words.lists["news"];
  if (digest.fresh.count > 0) {
    list.push_back({{"label", tongue.say("New leads", "Prospectos nuevos", "Khách hàng mới")},
                    {"value", std::to_string(digest.fresh.count)}});
  }
  for (const auto& [status, count] : digest.reached)
    list.push_back({{"label", label_of(status, tongue.language)}, {"value", std::to_string(count)}});
  if (const auto won = amounts_of(digest.won, tongue.language); !won.empty())
    list.push_back({{"label", tongue.say("Won", "Ganado", "Đã thắng")}, {"value", won}});
  if (!list.empty()) words.values["changed"] = "yes";
}

void add_decisions(Words& words, const leads::Digest& digest, const Tongue& tongue) {
  auto& list = words.lists["decisions"];
  if (digest.held > 0) {
    list.push_back({{"label", tongue.say("Mails on the holding list", "Correos retenidos", "Thư đang giữ lại")},
                    {"value", std::to_string(digest.held)}});
  }
  if (digest.unreadable > 0) {
    list.push_back({{"label", tongue.say("Mails that could not be read", "Correos ilegibles", "Thư không đọc được")},
                    {"value", std::to_string(digest.unreadable)}});
  }
}

void add_digest(Words& words, const leads::Digest& digest, const Tongue& tongue) {
  const bool is_team = !digest.reader.team.empty();
  words.values["team"] = digest.reader.team;
  if (digest.reader.weekly) words.values["weekly"] = "yes";
  const bool names_owners = is_team || !digest.stands_in_for.empty();
  for (const auto& id : digest.stands_in_for) {
    auto& names = words.values["stands_in"];
    names += (names.empty() ? "" : ", ") + tongue.user(id);
  }
  add_list(words, "late", digest.late, tongue, names_owners);
  add_list(words, "owed", digest.owed, tongue, names_owners);
  add_list(words, "overdue", digest.overdue, tongue, names_owners);
  add_list(words, "due", digest.due, tongue, names_owners);
  add_list(words, "fresh", digest.fresh, tongue, names_owners);
  add_list(words, "moved", digest.moved, tongue, names_owners);
  add_list(words, "lapsing", digest.lapsing, tongue, names_owners);
  add_list(words, "silent", digest.silent, tongue, names_owners);
  add_list(words, "nobodys", digest.nobodys, tongue, false);
  add_members(words, digest, tongue);
  add_pipeline(words, digest.pipeline, tongue);
  add_changes(words, digest, tongue);
  add_decisions(words, digest, tongue);
}

/// Late reminders: each with when it was due, what for, and a tap that puts it off.
void add_catchup(Words& words, const leads::Letter& letter, const Tongue& tongue) {
  auto& entries = words.lists["entries"];
  for (const auto& lead : letter.leads) {
    const auto next = lead.next();
    auto who = std::string(lead.value("name"));
    if (const auto company = lead.value("company"); !company.empty())
      who += (who.empty() ? "" : ", ") + std::string(company);
    auto line = next ? spell_time(next->at, tongue.zone, tongue.language) : std::string{};
    if (next && !next->note.empty()) line += ": " + leads::one_line(next->note, 200);
    if (next && next->by != letter.to_user)
      line += tongue.say(" (instead of ", " (en lugar de ", " (thay ") + tongue.user(next->by) + ")";
    entries.push_back({{"number", to_string(lead.id)},
                       {"who", leads::one_line(who, 100)},
                       {"line", line},
                       {"command", "#show " + to_string(lead.id)}});
  }
  words.values["count"] = letter.subject;
  if (letter.more) words.values["more"] = "yes";
}

/// What a calendar answered, and about what.
void add_rsvp(Words& words, const leads::Letter& letter, const Tongue& tongue) {
  words.values[letter.text] = "yes";
  const auto& from = letter.quoted_from;
  words.values["who"] = from.name.empty() ? from.address : from.name + " <" + from.address + ">";
  words.values["comment"] = excerpt(letter.quoted, 4000);
  const auto at = letter.next ? letter.next->at : letter.meeting ? letter.meeting->at : Time{};
  words.values["at"] = spell_time(at, tongue.zone, tongue.language);
  if (letter.meeting)
    words.values["kind"] = spell_value("event.1.kind", letter.meeting->kind, tongue.language, tongue.zone);
  for (auto& action : words.lists["actions"]) {
    auto& label = action["label"];
    if (label == "accept") label = tongue.say("Accept the new time", "Aceptar la nueva hora", "Nhận giờ mới");
    if (label == "keep") label = tongue.say("Keep the old time", "Mantener la hora", "Giữ giờ cũ");
  }
}

}  // namespace

void add_summary(Words& words, const leads::Letter& letter, const leads::Rules& rules, std::string_view language,
                 std::string_view zone) {
  const Tongue tongue{rules, language, zone};
  if (letter.counter) words.values["counter_at"] = spell_time(*letter.counter, zone, language);
  const bool is_for_another =
      letter.kind == LetterKind::reminder || letter.kind == LetterKind::escalation || letter.kind == LetterKind::rsvp;
  if (is_for_another && !letter.on_behalf_of.empty()) words.values["for_name"] = tongue.user(letter.on_behalf_of);
  if (letter.kind == LetterKind::digest && letter.digest) add_digest(words, *letter.digest, tongue);
  if (letter.kind == LetterKind::catchup) add_catchup(words, letter, tongue);
  if (letter.kind == LetterKind::rsvp) add_rsvp(words, letter, tongue);
}

}  // namespace leadmail::daemon
