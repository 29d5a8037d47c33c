// `leadmail backup`, `verify` and `restore`: copies of the book.
#include "core/store/backup.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/admin/progress.h"

namespace leadmail::daemon::admin {
namespace {

/// Tells how far it is, as long as the line stands.
store::Progress teller(Progress& line) {
  return [&line](std::int64_t done, std::int64_t all) { line.at(done, done, all); };
}

}  // namespace

int run_backup(Desk& desk, const BackupArguments& arguments) {
  if (!desk.read_config()) return desk.status();
  {
    Progress line(desk.wants_progress(), "pages");
    const auto done = store::back_up(desk.config().store_path, arguments.file, teller(line));
    if (!done) return desk.fail(done.error());
  }
  desk.remark("copied to " + shown(arguments.file));
  // An erasure has to name the copies that still hold the person.
  const auto file = std::filesystem::absolute(arguments.file).lexically_normal().string();
  const auto noted = desk.change(Json{{"action", "backup"}, {"file", file}});
  const auto why_not = noted ? noted->value("error", "") : noted.error().what;
  if (!why_not.empty()) desk.warn("the copy is made; the book could not remember where: " + why_not);
  if (desk.is_json()) desk.print_json(Json{{"file", arguments.file}});
  return desk.status();
}

int run_verify(Desk& desk, const BackupArguments& arguments) {
  if (arguments.file.empty() && !desk.read_config()) return desk.status();
  const auto path = arguments.file.empty() ? desk.config().store_path : arguments.file;
  const auto look = [&] {  // the line is gone before anything else is told
    Progress line(desk.wants_progress(), "rows");
    return store::verify(path, teller(line));
  };
  const auto faults = look();
  if (!faults) return desk.fail(faults.error());
  if (desk.is_json()) desk.print_json(Json{{"file", path}, {"faults", *faults}});
  for (const auto& fault : *faults) desk.fail(fault);
  if (faults->empty()) desk.remark(shown(path) + " is sound");
  return desk.status();
}

int run_restore(Desk& desk, const BackupArguments& arguments) {
  if (!desk.read_config()) return desk.status();
  std::optional<Time> worked_until;
  if (!arguments.worked_until.empty()) {
    worked_until = parse_rfc3339(arguments.worked_until);
    if (!worked_until) return desk.fail("--worked-until needs a time like 2026-12-03T10:00:00Z", usage);
  }
  const auto put_back = [&] {
    Progress line(desk.wants_progress(), "pages");
    return store::restore(arguments.file, desk.config().store_path, worked_until, desk.now(), teller(line));
  };
  const auto restored = put_back();
  if (!restored) return desk.fail(restored.error());
  const auto until = to_rfc3339(restored->worked_until);
  if (desk.is_json()) {
    desk.print_json(Json{{"worked_until", until},
                         {"unknown", restored->mails},
                         {"erased", restored->erased},
                         {"kept_as", restored->kept_as.empty() ? Json(nullptr) : Json(restored->kept_as)}});
  }
  desk.remark("put back. Mail that came until " + until + " is read once more, and nobody is told of it;");
  desk.remark(std::to_string(restored->mails) + " mails that waited may have left since: see `leadmail outbox`");
  if (restored->erased > 0) desk.warn("people were erased since this copy was made, and are in it: erase them again");
  if (!restored->kept_as.empty()) desk.remark("what stood there is kept as " + shown(restored->kept_as));
  desk.remark("Reply tokens stay valid only with the keys they were signed with: " + shown(desk.config().keys_path));
  return desk.status();
}

}  // namespace leadmail::daemon::admin
