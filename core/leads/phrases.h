// What we say to users when something can't be done: every sentence in English, Spanish and Vietnamese, in one table.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace leadmail::leads {

enum class Phrase {
  unknown_verb,        ///< {0} verb, {1} near ones
  unknown_verb_alone,  ///< {0} verb
  not_yet,             ///< {0} verb
  too_many_commands,   ///< {0} how many are allowed
  too_long_command,    ///< {0} how many bytes are allowed
  needs_more,          ///< {0} verb, {1} example
  unknown_status,      ///< {0} what was written, {1} the statuses
  unknown_user,        ///< {0} what was written, {1} the users
  unknown_time,        ///< {0} what was written
  ambiguous_date,      ///< {0} what was written
  no_such_date,        ///< {0} what was written
  past_time,           ///< {0} what it means
  far_time,            ///< {0} what it means
  needs_time,          ///< {0} what was written
  no_next_contact,
  no_lead,            ///< which lead?
  nothing_to_do,      ///< an empty answer
  same_again,         ///< the same answer for the third time in a row
  no_address,         ///< {0} lead
  must_not_contact,   ///< {0} lead
  dead_address,       ///< {0} address
  stranger_answers,   ///< {0} address, {1} where answers go
  which_lead,         ///< {0} the leads it may belong to
  no_owner,           ///< of a lead; {0} why
  nobody_is_there,    ///< to take a new lead; {0} why, and who has it all the same
  unread_mail,        ///< {0} address, {1} why
  mailbox_stuck,      ///< {0} mailbox
  mailbox_stuck_why,  ///< {0} mailbox, {1} since when, {2} what its server says
  storm_stopped,
  storm_stopped_why,      ///< {0} mailbox, {1} what there was too much of
  mailbox_silent,         ///< {0} mailbox
  mailbox_silent_why,     ///< {0} mailbox, {1} since when, {2} why, if that is known
  login_refused,          ///< {0} mailbox
  login_refused_why,      ///< {0} mailbox, {1} since when, {2} what its server says
  mailbox_needs_you,      ///< {0} mailbox
  mailbox_needs_you_why,  ///< {0} mailbox, {1} since when, {2} what is the matter
  filing_stuck,           ///< {0} mailbox
  filing_stuck_why,       ///< {0} mailbox, {1} since when, {2} what its server says
  mails_missed,           ///< {0} mailbox
  mails_missed_why,       ///< {0} mailbox, {1} when, {2} folder and how many
  disk_low,
  disk_low_why,        ///< {0} where, {1} since when, {2} how much is free
  in_order_again,      ///< {0} the title of what is over
  in_order_again_why,  ///< {0} the title of what is over, {1} since when it was so, {2} until when
  too_large,
  command_below,  ///< {0} the line
  command_runs_on,
  not_plain_text,
  two_commands,  ///< {0} verb
  refused,       ///< {0} why; what to do
  not_one_author,
  not_by_a_person,
  not_a_user,
  not_authenticated,  ///< {0} what was seen
  no_token,
  wrong_date,
  also_for_others,        ///< the help's last line
  text_goes_to,           ///< {0} the address
  unknown_choice,         ///< {0} what was written, {1} what there is
  unknown_field,          ///< {0} what was written, {1} the fields
  neither_yes_nor_no,     ///< {0} what was written
  no_number,              ///< {0} what was written
  no_amount,              ///< {0} what was written
  line_without_price,     ///< {0} what was written
  line_without_quantity,  ///< {0} what was written
  two_currencies,         ///< {0} which
  to_come,                ///< {0} what was written, a day that is not over yet
  set_otherwise,          ///< {0} what was written, {1} the command that sets it
  still_organization,
  verdict_drop,
  verdict_going_well,  ///< {0} points missing
  verdict_close,
  wrong_scores,   ///< {0} how many, {1} lowest, {2} highest
  not_qualified,  ///< {0} what has to be answered first
  no_opportunity,
  no_quotation,
  needs_reason,  ///< {0} example
  needs_company,
  no_such_contact,  ///< {0} what was written
  bad_address,      ///< {0} what was written
  own_address,      ///< {0} address
  no_steps,
  held_unknown,           ///< {0} number
  held_decided,           ///< {0} number, {1} its state
  held_no_sender,         ///< {0} number
  held_not_the_domain,    ///< {0} domain
  held_accepted,          ///< {0} number, {1} of whom and about what
  held_blocked,           ///< {0} number, {1} what is blocked
  held_alone,             ///< other commands beside #accept and #block
  held_for_admins,        ///< {0} verb
  asks_to_be_left_alone,  ///< {0} the words
  wants_answers_at,       ///< {0} an address of Reply-To, {1} where answers go
  sends_invitation,       ///< {0} when, where and what
  calls_off_invitation,   ///< {0} the same
  came_encrypted,
  encloses_more,           ///< {0} mails
  below_stays_here,        ///< {0} address, {1} the words
  quoted_mail_stays_here,  ///< {0} address, {1} who wrote it and how it begins
  answers_a_robot,         ///< {0} address
  answer_is_encrypted,
  not_from_status,   ///< {0} status now, {1} wanted, {2} what is allowed
  comes_by_command,  ///< {0} status, {1} the commands that bring it
  was_customer,      ///< {0} leads
  silent_for,        ///< {0} days
  no_such_lead,      ///< {0} what was written
  at_tool,           ///< {0} verb, {1} the tool's own command
  unknown_list,      ///< {0} what was written
  no_such_mail,      ///< {0} lead
  not_repaired,      ///< {0} why
  stands_alone,      ///< {0} verb
  nothing_to_undo,
  undone_already,   ///< {0} when
  undone,           ///< {0} verbs, {1} when
  undo_depends,     ///< {0} what, {1} what was done to it later, {2} by whom and when
  undo_delivered,   ///< {0} mails
  same_address,     ///< {0} leads
  claimed_already,  ///< {0} lead, {1} owner
  please_confirm,   ///< {0} address, {1} the word
  not_confirmed,
  confirmed_late,
  cover_quotation,
  cover_files,        ///< {0} their names
  filed_not_sent,     ///< {0} names of files
  document_not_sent,  ///< {0} lead, {1} names of files
  withheld,           ///< {0} address
  late_acknowledge,   ///< {0} how long it may take
  late_first_answer,  ///< {0} how long it may take
  late_answer,        ///< {0} how long it may take
  soon_acknowledge,   ///< {0} working time that is left
  soon_first_answer,  ///< {0} working time that is left
  soon_answer,        ///< {0} working time that is left
  stands_in,          ///< {0} who is away, {1} his last day
  had_it_before,      ///< {0} who
  has_it_now,         ///< {0} who
  offered_again,      ///< {0} to which team
  lost_its_owner,     ///< {0} rule
  unclear_invite,     ///< {0} what was written
  one_a_line,         ///< {0} what was written, a command within another
  one_owner,          ///< {0} what was written behind the first name
  negated,            ///< {0} verb, {1} what was written
  unclear_time,       ///< {0} what was written
  time_apart,         ///< {0} what was written
  foreign_zone,       ///< {0} what was written
  unread_amount,      ///< {0} what was written
  nothing_left,       ///< {0} lead
  as_user,            ///< {0} verb
  names_no_lead,      ///< {0} verb
  text_at_tool,       ///< {0} the text
  by_mail_only,       ///< {0} verb
  not_its_mail,       ///< {0} lead
  part_of_another,    ///< {0} lead, {1} of which one
  stands_already,     ///< {0} lead
  is_one_lead,        ///< {0} lead
  merged_deals,       ///< {0} lead that is kept, {1} the other one, {2} its deals
  merged_next,        ///< {0} the next contact that stands, {1} the one that is dropped
  merged_ended,       ///< {0} the next contact that is dropped
  merged_otherwise,   ///< {0} lead that is gone, {1} what it said
  next_forbidden,     ///< {0} lead
  is_planned,         ///< {0} what
  same_organisation,  ///< {0} domain, {1} leads
  stray_date,         ///< {0} what was written beside the date
  needs_day,          ///< {0} what was written
  past_since,         ///< {0} what it means, {1} when it was written
  needs_year,         ///< {0} what was written, {1} the day that it would be
  no_end,             ///< {0} what was written
  away_replaces,
  reminded_later,   ///< {0} when
  nothing_changed,  ///< {0} verb
  unread_length,    ///< {0} what was written
};

/// The sentence in that language (English for an unknown one), {0}, {1} replaced. Arguments are taken literally.
std::string say(Phrase phrase, std::string_view language, std::initializer_list<std::string_view> arguments = {});

}  // namespace leadmail::leads
