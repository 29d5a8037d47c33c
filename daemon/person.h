// One person in the book: who he is, what he left where, and how it is taken out. Used through the control socket and
// by the tool itself. An address of our own, or of a user, is nobody's here.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/leads/lead.h"
#include "core/leads/rules.h"
#include "core/leads/traces.h"
#include "core/store/person.h"
#include "core/store/reader.h"
#include "daemon/engine.h"
#include "mail/message/redact.h"

namespace leadmail::daemon {

/// Somebody, as the book knows him.
struct Person {
  std::vector<std::string> addresses{};  ///< lower case; the one asked for first
  std::set<std::string> phones{};        ///< as written
  std::set<std::string> names{};
  std::vector<LeadId> leads{};    ///< about nobody else
  std::vector<LeadId> shared{};   ///< with other contacts
  std::set<MailId> mails{};       ///< that he wrote, or a form did for him
  std::set<MailId> about{};       ///< of his leads, by users and machines; what third people wrote there is theirs
  std::set<std::string> files{};  ///< SHA-256 of what he sent
  leads::Traces traces{};
};

/// Everything about the owner of `address`: his further addresses, phones and names are those of the contacts that bear
/// it. Error (give_up): no address, or one of our own.
Result<Person> find_person(store::PersonReader& all, store::Reader& book, std::string_view address,
                           const leads::Rules& rules);

/// How a mail's bytes are searched and cut for him.
mail::message::Redaction redaction_of(const Person& person);

/// Where he still is: in rows, in mails, in letters, in words of the full-text index.
struct Hits {
  std::int64_t rows = 0;
  std::int64_t mails = 0;
  std::int64_t letters = 0;
  std::int64_t words = 0;
  [[nodiscard]] std::int64_t sum() const { return rows + mails + letters + words; }
};
Result<Hits> search_for(store::PersonReader& all, const Person& person);

/// "person-erase": `address`, `dry_run`. Answers what goes or has gone, the hits of the search behind it, and the
/// copies of the book that were made before (control_protocol.h). Holds up all writing meanwhile.
nlohmann::json erase_person(Engine& engine, const nlohmann::json& request);

}  // namespace leadmail::daemon
