// `leadmail person`: what the book holds about one person, to hand it over or to erase it.
#include "daemon/person.h"

#include <unistd.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/admin/person_archive.h"

namespace leadmail::daemon::admin {
namespace {

/// An erasure reads and writes the whole book.
constexpr int kPatience = 6 * 3600;

std::string list_of(const Json& names) {
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name.get<std::string>();
  return list.empty() ? "none" : list;
}

std::string number_of(const Json& object, const char* key) {
  return std::to_string(object.value(key, std::int64_t{0}));
}

void tell_who(const Desk& desk, const Json& found) {
  desk.remark("addresses   " + shown(list_of(found["addresses"])));
  desk.remark("names       " + shown(list_of(found["names"])));
  desk.remark("phones      " + shown(list_of(found["phones"])));
  desk.remark("leads       " + list_of(found["leads"]) + (found["leads"].empty() ? "" : ": about nobody else"));
  desk.remark("shared      " + list_of(found["shared"]) + (found["shared"].empty() ? "" : ": with other contacts"));
  desk.remark("mails       " + number_of(found, "mails") + " of his own");
}

void tell_copies(const Desk& desk, const Json& found) {
  const auto& copies = found["copies"];
  if (copies.empty()) return desk.remark("No copy of the book is known that was made before.");
  desk.remark("These copies were made before, and hold him still: delete them, or erase him again after a restore.");
  for (const auto& copy : copies) {
    desk.remark("  " + shown(copy.value("file", "")) +
                (copy["at"].is_string() ? ", " + copy["at"].get<std::string>() : "") +
                (copy.value("is_there", false) ? "" : " (not there any more: moved, or deleted)"));
  }
}

std::int64_t sum_of(const Json& hits) {
  std::int64_t sum = 0;
  for (const auto& hit : hits) sum += hit.get<std::int64_t>();
  return sum;
}

/// False: he does not want it.
bool confirmed(const std::string& address) {
  std::cerr << "This can't be taken back. Type the address to erase him: ";
  std::string typed;
  std::getline(std::cin, typed);
  return typed == address;
}

int tell_end(Desk& desk, const Json& done) {
  if (desk.is_json()) desk.print_json(done);
  const auto& gone = done["gone"];
  const auto& hits = done["hits"];
  desk.remark("gone        " + number_of(gone, "leads") + " leads, " + number_of(gone, "mails") + " mails");
  desk.remark("redacted    " + number_of(gone, "redacted") + " mails of others, " + number_of(gone, "letters") +
              " of ours, " + number_of(gone, "values") + " texts");
  tell_copies(desk, done);
  if (!done["compacted"].is_boolean()) {
    desk.fail("the file could not be written anew: " + done["compacted"].get<std::string>() +
              "; when there is room: leadmail prune --compact");
  }
  const auto sum = sum_of(hits);
  if (sum > 0) {
    return desk.fail("the search afterwards still found him: in " + number_of(hits, "rows") + " rows, " +
                     number_of(hits, "mails") + " mails, " + number_of(hits, "letters") + " letters, " +
                     number_of(hits, "words") + " words of the index");
  }
  desk.remark("searched every table and every mail for him: 0 hits");
  return desk.status();
}

int run_erase(Desk& desk, const PersonArguments& arguments) {
  if (!desk.read_config()) return desk.status();
  const bool asks = !arguments.yes && !arguments.dry_run;
  if (asks && ::isatty(STDIN_FILENO) != 1) return desk.fail("nobody can be asked here: --yes, or --dry-run", usage);
  Json request{{"action", "person-erase"}, {"address", arguments.address}, {"dry_run", true}};
  if (asks || arguments.dry_run) {
    const auto found = desk.change(request, {}, kPatience);
    if (!found) return desk.fail(found.error());
    if (!found->value("ok", false)) return desk.fail(found->value("error", "no answer"));
    if (arguments.dry_run && desk.is_json()) desk.print_json(*found);
    tell_who(desk, *found);
    const auto& hits = (*found)["hits"];
    desk.remark("found in    " + number_of(hits, "rows") + " texts, " + number_of(hits, "mails") + " mails, " +
                number_of(hits, "letters") + " mails of ours");
    if (arguments.dry_run) {
      tell_copies(desk, *found);
      desk.remark("nothing was changed");
      return desk.status();
    }
    if (!confirmed(arguments.address)) return desk.fail("nothing was changed");
  }
  request["dry_run"] = false;
  const auto done = desk.change(request, {}, kPatience);
  if (!done) return desk.fail(done.error());
  if (!done->value("ok", false)) return desk.fail(done->value("error", "no answer"));
  if (!asks) tell_who(desk, *done);
  return tell_end(desk, *done);
}

}  // namespace

int run_person(Desk& desk, const PersonArguments& arguments) {
  const bool is_export = arguments.action == "export";
  if (is_export && (arguments.dry_run || arguments.yes)) return desk.fail("--dry-run and --yes are for erase", usage);
  if (!is_export && !arguments.output.empty()) return desk.fail("--output is for export", usage);
  return is_export ? run_person_export(desk, arguments) : run_erase(desk, arguments);
}

}  // namespace leadmail::daemon::admin
