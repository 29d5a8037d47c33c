// What commands do to a lead. All of one mail or none: the first that can't be done stops everything.
#pragma once

#include <string>
#include <vector>

#include "core/leads/command.h"
#include "core/leads/letter.h"
#include "core/leads/plan.h"

namespace leadmail::leads {

struct Answered;

/// What the commands may look at beside the lead, and what their mail brings.
struct Circumstances {
  const Answered* answered = nullptr;      ///< what they asked; nothing: nobody looked
  std::vector<std::string> message_ids{};  ///< that the mail answers, the strongest first
  std::vector<Attachment> attachments{};   ///< that others may see
  bool at_tool = false;                    ///< `leadmail do`: answers are printed, not mailed
  bool is_confirmed = false;
};

/// How a mail's commands ended.
struct Executed {
  std::vector<ResultLine> results{};  ///< before -> after of each thing that changed
  std::string text{};                 ///< what #help says
  std::string refused{};              ///< why nothing is to be done; the plan is then to be thrown away
  std::int64_t deed = 0;              ///< by which it can be taken back; 0: there is nothing to take back
  std::string needs_confirmation{};   ///< it mails to this new address: nothing is done before its writer says so again
  int looks = 0;                      ///< answers that were sent by themselves
  bool keeps_files = false;           ///< what came with the mail is filed on the lead
  bool sends_document = false;        ///< a quotation was made and its document goes to the prospect
};

/// Carries the commands out on the plan's lead, in order. `below` is the text under them: what a bare #note keeps, and
/// then empties. Nothing is sent to the prospect here.
Executed execute(const std::vector<Command>& commands, const User& user, Plan& plan, std::string& below,
                 const Circumstances& around = {});

/// What one usually does next with this lead, as one tap each.
std::vector<Tap> usual_steps(const Lead& lead, std::string_view language);

/// One tap that takes a deed back.
Tap undo_step(std::int64_t deed, std::string_view language);

/// The user that somebody wrote: id, full name, or first name if only one has it; case and accents do not matter.
const User* read_user(std::string_view text, const Rules& rules);

/// "ana, luis": the ids, for people who wrote a wrong one.
std::string user_list(const Rules& rules);

}  // namespace leadmail::leads
