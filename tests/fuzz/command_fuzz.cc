// The command language: whatever the first lines of mails say, reading and carrying them out is bounded, changes
// nothing when refused, and what it has changed can be read by the next one.
//
// Also: core/leads/{money,quote_lines,verbs,when,when_dates,when_words}.cc core/leads/execute.cc
// Also: core/leads/execute_{deal,event,lead,meeting,next,quality,record}.cc
#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/leads/asked.h"
#include "core/leads/command.h"
#include "core/leads/event.h"

using namespace leadmail;
using namespace leadmail::leads;

namespace {

const Rules kRules{
    .users =
        {{.id = "ana", .name = "Ana López", .addresses = {"ana@acme.example"}, .timezone = "Europe/Madrid"},
         {.id = "luis", .name = "Luis Ortega", .addresses = {"luis@acme.example"}, .language = "es"},
         {.id = "thu", .name = "Thu Trần", .addresses = {"thu@acme.example"}, .role = Role::manager, .language = "vi"}},
    .teams = {{.id = "mx", .members = {"ana", "luis"}, .lead = "ana"}},
    .mailboxes = {{.name = "sales", .address = "sales@acme.example", .team = "mx"}},
    .admins = {"it@acme.example"},
    .tokens = {{{1, std::string(32, 'k')}}}};
constexpr std::array<const char*, 3> kUsers{"ana", "luis", "thu"};
constexpr std::array<const char*, 3> kLanguages{"en", "es", "vi"};

/// A line that begins with an octet below 0x40 begins with the verb of that number, in the language of its user.
std::string spelled(std::string_view text, std::string_view language) {
  std::string all;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    const auto first = line.empty() ? 0xFFU : static_cast<unsigned char>(line.front());
    const bool names_verb = first < 0x40 && first != '#' && first != ' ';
    if (names_verb) all += verb_name(verbs()[first % verbs().size()].verb, language) + " ";
    all += names_verb ? line.substr(1) : line;
    all += '\n';
  }
  return all;
}

Lead lead_of(std::int64_t id) {
  Lead lead{.id = LeadId{id}, .created = from_unix(1795000000)};
  lead.values = {{"owner", "ana"},
                 {"mailbox", "sales"},
                 {"status", "open"},
                 {"name", "María Pérez"},
                 {"contact.1.name", "María Pérez"},
                 {"contact.1.emails", "maria@x.example"},
                 {"last.in.from", "maria@x.example"}};
  return lead;
}

/// What the book would answer: another lead, what stands in lists, and the mails of this one.
Answered answered(const Ask& ask, const Lead& lead) {
  Answered known{.is_read = true};
  for (const LeadId id : ask.stories) known.stories[id] = {id == lead.id ? lead : lead_of(id.value), {}};
  for (const LeadId id : ask.mails) known.mails[id].lead = id == lead.id ? lead : lead_of(id.value);
  for (std::size_t i = 0; i < ask.lists.size(); ++i) known.lists.push_back({{lead, lead_of(12)}, i % 2 == 1});
  if (!ask.addresses.empty()) known.same_people = {lead_of(12)};
  return known;
}

void carry_out(Lead& lead, const std::string& user, const std::string& text, Time now) {
  const auto ask = ask_of_tool(lead, user, text, kRules, now);
  const auto known = answered(ask, lead);
  CommandAnswer answer;
  const auto decision = decide_commands(lead, user, text, kRules, now, "fuzz", answer, &known);
  assert(answer.refused.empty() || decision.effects.empty());
  assert(!describe(decision).empty() || decision.effects.empty());
  for (const auto& effect : decision.effects) {
    if (const auto* record = std::get_if<Record>(&effect); record != nullptr && record->lead.id == lead.id) {
      fold(lead, record->event);
    }
  }
}

}  // namespace

/// Mails, a NUL between them; the first octet of each says whose it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  Lead lead = lead_of(7);
  auto now = from_unix(1795532400);
  for (int mails = 0; mails < 6 && !rest.empty(); ++mails) {
    const auto whose = static_cast<unsigned char>(rest.front()) % kUsers.size();
    const auto end = std::min(rest.find('\0', 1), rest.size());
    const auto text = spelled(rest.substr(1, end - 1), kLanguages[whose]);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const auto read = read_commands(text, kLanguages[whose]);
    assert(read.commands.size() <= kMostCommands);
    assert(read.rest.size() <= text.size());
    carry_out(lead, kUsers[whose], text, now);
    now += std::chrono::hours{7};
  }
  return 0;
}
