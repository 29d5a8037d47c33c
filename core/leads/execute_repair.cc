// #merge, #split, #move and #undo: what was decided or done wrongly is put right. Each stands alone in a mail.
#include <algorithm>

#include "core/leads/asked.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"
#include "core/leads/undo.h"

namespace leadmail::leads {
namespace {

RepairScene scene_of(const Turn& turn) {
  return {.number = turn.around.answered->next_repair,
          .by = turn.user.id,
          .rules = turn.plan.rules(),
          .now = turn.plan.now(),
          .language = turn.user.language};
}

/// The lead on which the command stands, with its mails; refused when nobody looked.
const LeadWithMails* own_mails(Turn& turn) {
  if (turn.around.answered == nullptr) return nullptr;
  const auto found = turn.around.answered->mails.find(turn.lead().id);
  if (found != turn.around.answered->mails.end()) return &found->second;
  turn.refuse(Phrase::no_such_lead, {to_string(turn.lead().id)});
  return nullptr;
}

/// The lead that the command names, if he may see it.
const LeadWithMails* other_mails(Turn& turn, Verb verb, std::string_view arguments) {
  const auto id = read_lead(arguments);
  if (!id) {
    turn.refuse_short(verb);
    return nullptr;
  }
  if (turn.around.answered == nullptr) return nullptr;
  const auto found = turn.around.answered->mails.find(*id);
  if (found != turn.around.answered->mails.end() && may_see(turn.user, found->second.lead, turn.plan.rules())) {
    return &found->second;
  }
  turn.refuse(Phrase::no_such_lead, {to_string(*id)});
  return nullptr;
}

/// The mail that is answered: itself, or the one because of which we wrote what is answered; else the last that the
/// prospect wrote.
std::optional<MailId> meant_mail(const Turn& turn, const LeadWithMails& lead) {
  for (const auto& id : turn.around.message_ids) {
    const auto names = [&](const KeptMail& mail) {
      return mail.message_id == id || std::ranges::find(mail.caused_ids, id) != mail.caused_ids.end();
    };
    const auto found = std::ranges::find_if(lead.mails, names);
    if (found != lead.mails.end()) return found->id;
  }
  const auto last = std::ranges::find(lead.mails.rbegin(), lead.mails.rend(), "in", &KeptMail::direction);
  if (last == lead.mails.rend()) return std::nullopt;
  return last->id;
}

/// Takes over what the repair decided; the plan goes on about the lead on which the command stands.
void adopt(Turn& turn, Result<Decision> repaired, std::string_view what, const std::string& from,
           const std::string& to) {
  if (!repaired) return turn.refuse(Phrase::not_repaired, {repaired.error().what});
  turn.plan.adopt(std::move(*repaired));
  turn.changed(std::string(what), from, to);
}

}  // namespace

void do_merge(Turn& turn, const Command& command) {
  const auto* const from = other_mails(turn, Verb::merge, command.arguments);
  if (from == nullptr) return;
  MergeTold told;
  adopt(turn, decide_merge(scene_of(turn), turn.lead(), *from, &told), "lead", to_string(from->lead.id),
        to_string(turn.lead().id));
  std::ranges::move(told.results, std::back_inserter(turn.result.results));
  for (const auto& sentence : told.sentences) turn.say_also(sentence);
}

void do_split(Turn& turn) {
  const auto* const own = own_mails(turn);
  if (own == nullptr) return;
  const auto mail = meant_mail(turn, *own);
  if (!mail) return turn.refuse(Phrase::no_such_mail, {to_string(turn.lead().id)});
  const auto kept = std::ranges::find(own->mails, *mail, &KeptMail::id);
  adopt(turn, decide_split(scene_of(turn), *own, *mail), "subject", to_string(turn.lead().id),
        one_line(kept->subject, 80));
}

void do_move(Turn& turn, const Command& command) {
  const auto* const to = other_mails(turn, Verb::move, command.arguments);
  if (to == nullptr) return;
  const auto* const own = own_mails(turn);
  if (own == nullptr) return;
  const auto mail = meant_mail(turn, *own);
  if (!mail) return turn.refuse(Phrase::no_such_mail, {to_string(turn.lead().id)});
  adopt(turn, decide_move(scene_of(turn), *own, *mail, to->lead), "lead", to_string(own->lead.id),
        to_string(to->lead.id));
}

void do_undo(Turn& turn, const Command& command) {
  const auto text = trim(command.arguments);
  const bool names_one = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (!text.empty() && !names_one) return turn.refuse_short(Verb::undo);
  if (turn.around.answered == nullptr) return;
  const auto& deed = turn.around.answered->deed;
  const bool is_his = deed && (deed->by == turn.user.id || turn.user.role != Role::rep);
  if (!is_his) return turn.refuse(Phrase::nothing_to_undo);
  if (deed->undone) return turn.refuse(Phrase::undone_already, {local_words(*deed->undone, turn.user)});
  if (!deed->obstacle.empty()) return turn.refuse(Phrase::not_repaired, {deed->obstacle});
  if (deed->repair) {
    auto scene = scene_of(turn);
    turn.plan.add(EndDeed{deed->number});
    turn.plan.adopt(decide_unrepair(scene, *deed->repair));
    turn.changed("lead", to_string(deed->repair->target.lead.id), to_string(deed->repair->source.id));
    return;
  }
  auto undone = undo(turn.plan, *deed, turn.user);
  if (!undone.refused.empty()) return turn.refuse(std::move(undone.refused));
  std::ranges::move(undone.results, std::back_inserter(turn.result.results));
  const auto what = say(Phrase::undone, turn.language(), {deed->verbs, local_words(deed->at, turn.user)});
  turn.result.text = undone.text.empty() ? what : what + "\n" + undone.text;
}

}  // namespace leadmail::leads
