// The command language: whatever a mail's first lines say, reading and carrying them out is bounded and changes nothing
// when refused.
//
// Also: core/leads/{asked,held,money,quote_lines,value_label,verbs,when,when_dates,when_words}.cc
// Also: core/leads/execute*.cc
#include <cassert>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/leads/command.h"
#include "core/leads/decide.h"

using namespace leadmail;
using namespace leadmail::leads;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Rules rules{.users = {{.id = "ana", .name = "Ana López", .addresses = {"ana@acme.example"}}},
                           .mailboxes = {{.name = "sales", .address = "sales@acme.example"}}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = read_commands(text, size % 3 == 0 ? "es" : "vi");
  assert(read.commands.size() <= kMostCommands);
  assert(read.rest.size() <= size);

  Lead lead{.id = LeadId{7}};
  lead.values = {{"owner", "ana"}, {"mailbox", "sales"}};
  CommandAnswer answer;
  const auto decision = decide_commands(lead, "ana", text, rules, from_unix(1795532400), "fuzz", answer);
  assert(answer.refused.empty() || decision.effects.empty());
  return 0;
}
