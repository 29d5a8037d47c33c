#include "core/leads/reach.h"

#include <algorithm>

#include "core/leads/fold.h"

namespace leadmail::leads {

Person answer_to(const Lead& lead) {
  const auto dead = lines_of(lead.value("dead"));
  std::vector<Person> people{{std::string(lead.value("last.in.name")), std::string(lead.value("last.in.from"))}};
  for (const auto& contact : lead.contacts()) {
    for (const auto& email : contact.emails) people.push_back({contact.name, email});
  }
  std::erase_if(people, [](const Person& person) { return person.address.empty(); });
  const auto alive = std::ranges::find_if(
      people, [&](const Person& person) { return std::ranges::find(dead, person.address) == dead.end(); });
  if (alive != people.end()) return *alive;
  return people.empty() ? Person{} : people.front();
}

}  // namespace leadmail::leads
