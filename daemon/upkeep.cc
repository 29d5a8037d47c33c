#include "daemon/upkeep.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "daemon/retention.h"

namespace leadmail::daemon {
namespace {

using nlohmann::json;

json refuse(std::string_view why) { return {{"ok", false}, {"error", why}}; }

std::string text_of(const json& request, const char* key) {
  const auto found = request.find(key);
  return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

json prune_some(Engine& engine, const json& request) {
  const auto wanted = text_of(request, "what");
  const auto* const what = std::ranges::find(store::kAllKept, wanted, [](store::Kept one) { return store::name(one); });
  if (what == store::kAllKept.end()) return refuse("nothing is kept under the name of " + wanted);
  const auto pruned = prune_for(engine, *what, std::chrono::seconds{1});
  if (!pruned) return refuse(pruned.error().what);
  return {{"ok", true}, {"rows", pruned->rows}, {"bytes", pruned->bytes}, {"more", pruned->more}};
}

json compact_book(Engine& engine) {
  const auto done = engine.upkeep([](store::Book& book) { return book.compact(); });
  return done ? json{{"ok", true}} : refuse(done.error().what);
}

json note_backup(Engine& engine, const json& request) {
  const auto file = text_of(request, "file");
  if (!file.starts_with('/')) return refuse("a copy is named by its absolute path");
  const auto done =
      engine.write([&](store::Transaction& transaction) { return transaction.keep_backup(file, engine.now()); });
  return done ? json{{"ok", true}} : refuse(done.error().what);
}

}  // namespace leadmail::daemon
