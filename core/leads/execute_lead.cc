// #status, #assign and #note: how the lead stands and whose it is.
#include <algorithm>

#include "core/leads/address.h"
#include "core/leads/calendar.h"
#include "core/leads/merge.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {

namespace {

/// "From Converted a lead does not go to Lead by hand. It may go to: …"
void refuse_status(Turn& turn, Status now, Status wanted) {
  std::string list;
  for (const auto status : reachable(now, Mover::hand)) {
    list += (list.empty() ? "" : ", ") + std::string(label(status, turn.language()));
  }
  auto why = say(Phrase::not_from_status, turn.language(),
                 {label(now, turn.language()), label(wanted, turn.language()), list});
  if (wanted == Status::lost_quotation) {
    why += " " + say(Phrase::comes_by_command, turn.language(),
                     {label(wanted, turn.language()), "#" + std::string(row_of(Verb::lost).example)});
  }
  turn.refuse(std::move(why));
}

}  // namespace

bool is_taken_back(std::string_view text) {
  auto rest = trim(text);
  auto word = take_word(rest);
  const bool is_broken_off = word.ends_with(',') || word.ends_with('.') || word.ends_with(';') || word.ends_with(':');
  while (!word.empty() && std::string_view(",.;:!?").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  if (is_one_of(word, {"yet", "todavia", "aun", "chua", "later", "luego", "maybe", "undo", "off", "remove", "cancel",
                       "quitar", "cancelar", "bo", "huy"}))
    return true;
  if (!is_one_of(word, {"no", "not", "never", "don't", "don\u2019t", "dont", "nope", "khong", "dung"})) return false;
  const auto words = words_of(rest);
  if (words.empty() || is_broken_off) return true;
  return !is_one_of(words.front(), {"interest", "interested", "interes",  "interesado", "interesada", "interesados",
                                    "quiere",   "quieren",    "desea",    "want",       "wants",      "wanted",
                                    "budget",   "need",       "needs",    "necesita",   "le",         "les",
                                    "longer",   "mas",        "more",     "reply",      "response",   "answer",
                                    "further",  "responde",   "contesta", "quan",       "muon",       "can",
                                    "phan",     "con",        "nhu",      "tra",        "hay",        "tiene"});
}

namespace {

/// "until march", "for 6 months", "hasta enero": as if it ended. Empty: nothing says so.
std::string_view end_in(std::string_view text, const WhenContext& context) {
  constexpr std::size_t kMostLooked = 40;
  auto rest = trim(text);
  for (std::size_t i = 0; i < kMostLooked && !rest.empty(); ++i) {
    const auto here = rest;
    const auto word = take_word(rest);
    if (is_one_of(word, {"until", "till", "til", "hasta"})) return here;
    const bool may_lead = is_one_of(word, {"for", "por", "durante", "trong", "before", "antes", "den", "toi"});
    if (may_lead && begins_date(rest, context)) return here;
    if (i == 0 && begins_date(here, context)) return here;
  }
  return {};
}

/// Another user behind the one who is named: "and ana", "/ana", "y ana".
bool names_another(std::string_view rest, const Turn& turn) {
  auto first = rest;
  if (is_one_of(take_word(first), {"and", "y", "e", "or", "va", "hoac", "&", "/", "+"})) return true;
  bool is_joined = false;
  for (const auto& mark : {"/", ",", "&", "+", ";"}) is_joined = is_joined || rest.find(mark) != std::string_view::npos;
  std::string text(rest);
  std::ranges::replace_if(
      text, [](char c) { return std::string_view("/,&+;").find(c) != std::string_view::npos; }, ' ');
  for (const auto word : words_of(text)) {
    if (is_one_of(word, {"and", "y", "e", "or", "o", "va", "hoac", "with", "con", "voi"})) is_joined = true;
    if (is_joined && read_user(word, turn.plan.rules()) != nullptr) return true;
  }
  return false;
}

}  // namespace

void do_status(Turn& turn, const Command& command) {
  auto& plan = turn.plan;
  const auto status = read_status(command.arguments);
  if (!status) {
    std::string list;
    for (const auto& row : statuses()) {
      list += (list.empty() ? "" : ", ") + std::string(label(row.status, turn.language()));
    }
    return turn.refuse(say(Phrase::unknown_status, turn.language(), {one_line(command.arguments, 40), list}));
  }
  const auto before = plan.lead().status();
  if (!may_move(before, *status, Mover::hand)) return refuse_status(turn, before, *status);
  const bool is_of_deal = *status == Status::opportunity || *status == Status::quotation;
  if (is_of_deal && before != *status && !is_qualified(turn)) return;
  plan.record_change(
      {.type = EventType::status, .by = turn.user.id, .cause = cause_of(Verb::status, plan), .text = "by hand"},
      {{"status", std::string(name(*status))}});
  turn.changed("status", std::string(name(before)), std::string(name(*status)));
  // Who must not be contacted is not to be called either.
  if (*status == Status::do_not_contact && plan.lead().next()) clear_next(turn, Verb::status);
}

void do_dnc(Turn& turn, const Command& command) {
  if (is_taken_back(command.arguments))
    return turn.refuse(Phrase::negated, {verb_name(Verb::dnc, turn.language()), one_line(command.arguments, 40)});
  if (const auto end = end_in(command.arguments, context_for(turn, true)); !end.empty())
    return turn.refuse(Phrase::no_end, {one_line(end, 40)});
  turn.set(Verb::dnc, EventType::status, {{"status", std::string(name(Status::do_not_contact))}},
           one_line(command.arguments));
  // Who must not be contacted is not to be called either.
  if (turn.lead().next()) clear_next(turn, Verb::dnc);
}

void do_assign(Turn& turn, const Command& command) {
  auto& plan = turn.plan;
  auto rest = trim(command.arguments);
  auto behind = rest;
  if (is_one_of(take_word(behind), {"to", "a", "al", "para", "cho", "for"}) && !behind.empty()) rest = behind;
  if (rest.starts_with('@')) rest.remove_prefix(1);
  while (rest.ends_with('.') || rest.ends_with(',')) rest.remove_suffix(1);
  if (is_one_of(rest, {"me", "myself", "mi", "yo", "toi", "minh"})) rest = turn.user.id;
  const auto* who = plan.rules().user_with_address(to_lower(rest));
  if (who == nullptr) who = read_user(rest, plan.rules());
  const bool is_whole = who != nullptr;
  auto name = is_whole ? rest : take_word(rest);
  if (!is_whole) {
    const auto end = std::min(name.find_first_of(",/&+;"), name.size());
    rest = name.substr(end).empty() ? rest : trim(std::string_view(name.data() + end, rest.data() + rest.size()));
    name = name.substr(0, end);
    who = read_user(name, plan.rules());
    if (who != nullptr && names_another(rest, turn)) return turn.refuse(Phrase::one_owner, {one_line(rest, 40)});
  }
  if (who == nullptr) {
    return turn.refuse(say(Phrase::unknown_user, turn.language(), {one_line(name, 40), user_list(plan.rules())}));
  }
  const auto before = std::string(plan.lead().owner());
  const bool changes = plan.record_change({.type = EventType::assigned,
                                           .by = turn.user.id,
                                           .cause = cause_of(Verb::assign, plan),
                                           .text = "by " + turn.user.name},
                                          {{"owner", who->id}});
  turn.changed("owner", before, who->id);
  if (hand_over_next(plan, before, *who, {.by = turn.user.id, .cause = cause_of(Verb::assign, plan)}))
    turn.changed("next.by", before, who->id);
  if (const auto next = plan.lead().next())
    turn.say_also(say(Phrase::is_planned, turn.language(), {next_words(*next, turn.user, plan.rules())}));
  if (changes && who->id != turn.user.id) {
    plan.send(Letter{
        .kind = LetterKind::notice, .to_user = who->id, .subject = std::string(plan.lead().value("last.in.subject"))});
  }
}

/// What a rep mails with the command is filed on the lead; the bytes stay in his mail.
void file_attachments(Turn& turn, Verb verb) {
  turn.result.keeps_files = true;
  turn.set(verb, EventType::fields,
           {{"attachments", with_files(turn.lead().value("attachments"), turn.around.attachments)}}, "attached");
}

/// A bare #note keeps all that stands below it: nothing of such a mail is for the customer.
void do_note(Turn& turn, const Command& command) {
  auto text = std::string(trim(command.arguments));
  if (text.empty()) text = std::exchange(turn.below, {});
  // A note may be a file alone: "#note" over a photo of the site.
  if (text.empty()) text = names_of(turn.around.attachments);
  if (text.empty()) {
    return turn.refuse(say(Phrase::needs_more, turn.language(),
                           {verb_name(Verb::note, turn.language()), "#" + std::string(row_of(Verb::note).example)}));
  }
  turn.plan.record({.type = EventType::note,
                    .by = turn.user.id,
                    .cause = cause_of(Verb::note, turn.plan),
                    .text = text,
                    .direction = "internal",
                    .files = turn.around.attachments});
  turn.changed("note", {}, one_line(text));
  file_attachments(turn, Verb::note);
}

}  // namespace leadmail::leads
