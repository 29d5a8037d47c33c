// `leadmail prune`: what [retention] says is too old goes.
#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/retention.h"

namespace leadmail::daemon::admin {
namespace {

/// Compacting a large book takes as long as copying it.
constexpr int kCompactPatience = 6 * 3600;

Result<store::Pruned> would_go(Desk& desk, store::Kept what, Time before) { return desk.book().prunable(what, before); }

/// A second at a time, so that the daemon does other things between.
Result<store::Pruned> prune(Desk& desk, store::Kept what) {
  store::Pruned all{.more = true};
  while (all.more) {
    const auto answer = desk.change(Json{{"action", "prune"}, {"what", store::name(what)}});
    if (!answer) return answer.error();
    if (!answer->value("ok", false)) return Error{Next::give_up, answer->value("error", "no answer")};
    all.rows += answer->value("rows", std::int64_t{0});
    all.bytes += answer->value("bytes", std::int64_t{0});
    all.more = answer->value("more", false);
  }
  return all;
}

void tell(const Desk& desk, store::Kept what, std::chrono::seconds life, const store::Pruned& pruned) {
  const bool for_ever = life == std::chrono::seconds{0};
  if (desk.is_json()) {
    desk.print_json(Json{{"what", store::name(what)},
                         {"kept", for_ever ? Json(nullptr) : Json(life.count())},
                         {"rows", pruned.rows},
                         {"bytes", pruned.bytes}});
    return;
  }
  auto line = std::string(store::name(what));
  line.resize(12, ' ');
  const auto days = std::chrono::floor<std::chrono::days>(life).count();
  if (for_ever) return desk.remark(line + "kept for ever");
  desk.remark(line + std::to_string(pruned.rows) + " older than " + std::to_string(days) + " days, " +
              std::to_string((pruned.bytes + 1023) / 1024) + " KiB");
}

}  // namespace

int run_prune(Desk& desk, const PruneArguments& arguments) {
  if (arguments.dry_run && arguments.compact) return desk.fail("--dry-run changes nothing, so compacts nothing", usage);
  if (arguments.dry_run ? !desk.open_book() : !desk.read_config()) return desk.status();
  const auto& retention = desk.config().retention;
  for (const auto what : store::kAllKept) {
    const auto before = prune_before(retention, what, desk.now());
    auto pruned = !before             ? Result<store::Pruned>(store::Pruned{})
                  : arguments.dry_run ? would_go(desk, what, *before)
                                      : prune(desk, what);
    if (!pruned) return desk.fail(pruned.error());
    tell(desk, what, retention.at(static_cast<std::size_t>(what)), *pruned);
  }
  if (arguments.dry_run) desk.remark("nothing was changed");
  if (!arguments.compact) return desk.status();
  const auto done = desk.change(Json{{"action", "compact"}}, {}, kCompactPatience);
  if (!done) return desk.fail(done.error());
  if (!done->value("ok", false)) return desk.fail(done->value("error", "no answer"));
  desk.remark("the file is written anew");
  return desk.status();
}

}  // namespace leadmail::daemon::admin
