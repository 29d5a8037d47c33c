// The small world that the tests of the thinking share: a company with two reps, a mailbox, keys, and a prospect who
// writes.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/leads/decide.h"
#include "core/leads/text.h"
#include "core/leads/token.h"

namespace leadmail::leads::world {

using namespace std::chrono_literals;

/// Tuesday, 24 November 2026, 09:00 in Mexico City.
inline Time now() { return *parse_rfc3339("2026-11-24T15:00:00Z"); }

inline Rules rules() {
  Rules rules;
  rules.company = "Acme";
  rules.timezone = "America/Mexico_City";
  rules.users = {
      User{.id = "ana", .name = "Ana López", .addresses = {"ana@acme.example"}, .timezone = "America/Mexico_City"},
      User{.id = "luis",
           .name = "Luis Ortega",
           .addresses = {"luis@acme.example"},
           .language = "es",
           .timezone = "America/Mexico_City"}};
  rules.teams = {Team{.id = "mx", .members = {"ana", "luis"}, .lead = "ana"}};
  rules.mailboxes = {Mailbox{.name = "sales",
                             .address = "sales@acme.example",
                             .aliases = {"info@acme.example"},
                             .acknowledge = true,
                             .team = "mx",
                             .source = "mail",
                             .language = "en"}};
  rules.admins = {"it@acme.example"};
  rules.tokens.keys = {{1, std::string(32, 'k')}};
  return rules;
}

/// A person outside writes to us for the first time.
inline Inquiry inquiry() {
  Inquiry inquiry;
  inquiry.mailbox = "sales";
  inquiry.received = now() - 1s;
  inquiry.fingerprint = "f1";
  inquiry.from = {"María Pérez", "maria@x.example"};
  inquiry.from_is_plain = true;
  inquiry.to = {{"", "sales@acme.example"}};
  inquiry.subject = "Question about pumps";
  inquiry.subject_key = "question about pumps";
  inquiry.date = now() - 10s;
  inquiry.message_id = "first@x.example";
  inquiry.authenticated = false;
  inquiry.authentication = "no Authentication-Results of a trusted server";
  inquiry.text = "How much are ten pumps?";
  inquiry.reply = inquiry.text;
  inquiry.command_text = inquiry.text;
  inquiry.language = "en";
  return inquiry;
}

/// A lead of María's, owned by Ana, whose last mail was first@x.example.
inline Lead lead(std::int64_t id = 7, Status status = Status::open) {
  Lead lead{.id = LeadId{id}, .created = now() - 48h};
  lead.values = {{"mailbox", "sales"},
                 {"status", std::string(name(status))},
                 {"owed", "yes"},
                 {"owner", "ana"},
                 {"name", "María Pérez"},
                 {"contact.1.name", "María Pérez"},
                 {"contact.1.emails", "maria@x.example"},
                 {"last.at", std::to_string(to_unix(now() - 48h))},
                 {"last.in.from", "maria@x.example"},
                 {"last.in.name", "María Pérez"},
                 {"last.in.id", "first@x.example"},
                 {"last.in.subject", "Question about pumps"},
                 {"language", "en"}};
  return lead;
}

inline std::string token_for(std::string_view user, std::int64_t id = 7, std::string_view mailbox = "sales") {
  const auto purpose = user.empty() ? Purpose::conversation : Purpose::reply;
  return make_token({purpose, LeadId{id}, std::string(user), std::string(mailbox)}, rules().tokens, now() - 24h);
}

/// Ana answers our notice about lead 7, as her mail program does it.
inline Inquiry answer_of_ana(std::string text) {
  auto mail = inquiry();
  mail.fingerprint = "f2";
  mail.from = {"Ana López", "ana@acme.example"};
  mail.message_id = "answer@acme.example";
  mail.subject = "Re: Question about pumps";
  mail.to = {{"", "sales+" + token_for("ana") + "@acme.example"}};
  mail.in_reply_to = {token_for("ana") + ".0123456789abcdef@acme.example"};
  mail.authenticated = true;
  mail.authentication = "auth=pass smtp.auth=ana@acme.example";
  mail.text = mail.reply = mail.command_text = std::move(text);
  return mail;
}

inline Snapshot knowing(const Lead& lead) {
  Snapshot known;
  known.by_token = {lead};
  known.thread_ids = {{lead.id, {"first@x.example"}}};
  return known;
}

inline std::vector<Letter> letters(const Decision& decision) {
  std::vector<Letter> letters;
  for (const auto& effect : decision.effects) {
    if (const auto* const send = std::get_if<SendLetter>(&effect)) letters.push_back(send->letter);
  }
  return letters;
}

/// The letter of that kind; an empty one, and a failure, when there is none.
/// What one tap may do, as one line.
inline std::string commands_of(const Letter& letter) {
  std::vector<std::string> commands;
  for (const auto& tap : letter.actions) commands.push_back(tap.command);
  return join(commands, "; ");
}

inline Letter letter(const Decision& decision, LetterKind kind) {
  for (auto& one : letters(decision)) {
    if (one.kind == kind) return one;
  }
  ADD_FAILURE() << "no letter of kind " << name(kind) << " in: " << describe(decision);
  return {};
}

inline bool sends(const Decision& decision, LetterKind kind) {
  const auto all = letters(decision);
  return std::ranges::any_of(all, [&](const Letter& one) { return one.kind == kind; });
}

/// Nobody who is no user gets a mail of this decision.
inline bool is_quiet_outside(const Decision& decision) {
  const auto all = letters(decision);
  return std::ranges::all_of(all, [](const Letter& one) { return one.to.empty() && one.cc.empty(); });
}

/// The lead as the decision leaves it.
inline Lead after(Lead lead, const Decision& decision) {
  for (const auto& effect : decision.effects) {
    if (const auto* const record = std::get_if<Record>(&effect)) fold(lead, record->event);
  }
  return lead;
}

inline std::string evidence(const Decision& decision) {
  std::string text;
  for (const auto& line : decision.evidence) text += line.step + ": " + line.found + "\n";
  return text;
}

}  // namespace leadmail::leads::world
