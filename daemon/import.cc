#include "daemon/import.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/leads/import.h"
#include "core/leads/tombstone.h"
#include "daemon/letters.h"
#include "daemon/log.h"
#include "mail/message/sha256.h"

namespace leadmail::daemon {
namespace {

using nlohmann::json;

json refuse(std::string_view why) { return {{"ok", false}, {"error", why}}; }

std::optional<leads::ImportFormat> format_of(const std::string& name, std::string_view bytes) {
  if (name.empty()) return leads::guess_format(bytes);
  if (name == "csv") return leads::ImportFormat::csv;
  if (name == "json") return leads::ImportFormat::json;
  if (name == "vcard") return leads::ImportFormat::vcard;
  return std::nullopt;
}

/// By what a row is known again: all that it says.
std::string key_of(const leads::ImportRow& row) {
  std::string all = row.old_lead + "\n" + std::to_string(to_unix(row.created)) + "\n";
  for (const auto& [field, value] : row.values)
    all += field + "\n" + std::to_string(value.size()) + "\n" + value + "\n";
  return mail::message::sha256_hex(all);
}

std::vector<std::string> addresses_of(const leads::ImportRow& row) {
  leads::Lead lead;
  for (const auto& [field, value] : row.values) lead.values.emplace(field, value);
  return lead.emails();
}

/// The rows of one file on their way into the book.
class Import {
 public:
  Import(Engine& engine, leads::ImportWish wish, bool dry_run)
      : engine_(engine), settings_(engine.settings()), wish_(std::move(wish)), dry_run_(dry_run) {}

  Result<void> run(store::Transaction& transaction, const std::vector<leads::ImportRow>& rows) {
    made = known = erased = json::array();
    for (const auto& row : rows) {
      if (auto done = take(transaction, row); !done)
        return std::move(done.error()).in("line " + std::to_string(row.line));
    }
    return {};
  }

  json made{};
  json known{};
  json erased = json::array();

 private:
  Result<void> take(store::Transaction& transaction, const leads::ImportRow& row) {
    auto is_gone = is_erased(transaction, row);
    if (!is_gone) return std::move(is_gone.error());
    if (*is_gone) {
      erased.push_back(row.line);
      return {};
    }
    const auto key = key_of(row);
    auto before = find(transaction, row, key);
    if (!before) return std::move(before.error());
    if (!before->empty()) {
      known.push_back({{"line", row.line}, {"lead", *before}});
      return {};
    }
    std::string lead = "line " + std::to_string(row.line);
    if (!dry_run_) {
      auto id = write(transaction, row, key);
      if (!id) return std::move(id.error());
      lead = to_string(*id);
    }
    made.push_back({{"line", row.line}, {"lead", lead}});
    seen_.emplace(key, lead);
    for (const auto& address : addresses_of(row)) seen_.emplace("@" + address, lead);
    if (!row.old_lead.empty()) leads_.emplace(row.old_lead, lead);
    return {};
  }

  /// Somebody who was erased does not come back by a table that is older than that.
  Result<bool> is_erased(store::Transaction& transaction, const leads::ImportRow& row) {
    std::vector<std::string> marks;
    for (const auto& address : addresses_of(row)) {
      marks.push_back(leads::tombstone(settings_->erasure_key, address));
    }
    auto at = transaction.erased(marks);
    if (!at) return std::move(at.error());
    return at->has_value();
  }

  /// The lead that this row is already; "" when it is none.
  Result<std::string> find(store::Transaction& transaction, const leads::ImportRow& row, const std::string& key) {
    auto lead = transaction.imported(key);
    if (!lead) return std::move(lead.error());
    if (*lead) return to_string(**lead);
    const auto addresses = addresses_of(row);
    auto leads = transaction.leads_with(addresses);
    if (!leads) return std::move(leads.error());
    if (const auto same = seen_.find(key); same != seen_.end()) return same->second;
    // Several leads of our own file may share a person; they are what they are.
    const bool is_own = !row.old_lead.empty();
    if (!leads->empty() && !(is_own && are_of_this_file(*leads))) return to_string(leads->front());
    for (const auto& address : addresses) {
      const auto same = seen_.find("@" + address);
      if (same != seen_.end() && !is_own) return same->second;
    }
    return std::string{};
  }

  [[nodiscard]] bool are_of_this_file(const std::vector<LeadId>& leads) const {
    return std::all_of(leads.begin(), leads.end(), [&](LeadId id) { return made_ids_.contains(id); });
  }

  Result<LeadId> write(store::Transaction& transaction, const leads::ImportRow& row, const std::string& key) {
    std::optional<LeadId> related;
    if (const auto named = row.values.find("related"); named != row.values.end()) {
      const auto now_called = leads_.find(named->second);
      if (now_called != leads_.end()) related = leads::lead_named(now_called->second);
    }
    const Time now = engine_.now();
    const auto& rules = settings_->config.rules;
    leads::Snapshot book;
    if (wish_.assigns) {
      auto read = transaction.snapshot(leads::assignment_query(rules), now);
      if (!read) return std::move(read.error());
      book = std::move(*read);
    }
    const auto decision = leads::decide_import(row, wish_, related, rules, now, book);
    LetterWriter letters(*settings_, now);
    auto applied = transaction.apply(decision, now, letters);
    if (!applied) return std::move(applied.error());
    const auto id = applied->lead.value_or(LeadId{});
    made_ids_.emplace(id, row.line);
    if (auto kept = transaction.keep_imported(key, id); !kept) return std::move(kept.error());
    return id;
  }

  Engine& engine_;
  std::shared_ptr<const Settings> settings_;
  leads::ImportWish wish_;
  bool dry_run_;
  std::map<std::string, std::string> seen_{};   // key or "@address" -> lead
  std::map<std::string, std::string> leads_{};  // as the file calls it -> as we do
  std::map<LeadId, std::size_t> made_ids_{};
};

json bad_rows(const std::vector<leads::BadRow>& rows) {
  json list = json::array();
  for (const auto& row : rows) list.push_back({{"line", row.line}, {"reason", row.reason}});
  return list;
}

leads::ColumnMap columns_of(const json& request) {
  leads::ColumnMap columns;
  const auto given = request.find("columns");
  if (given == request.end() || !given->is_object()) return columns;
  for (const auto& [heading, field] : given->items()) {
    if (field.is_string()) columns.emplace(heading, field.get<std::string>());
  }
  return columns;
}

}  // namespace

json import_leads(Engine& engine, const json& request, std::string_view bytes, const std::string& by) {
  const auto settings = engine.settings();
  const auto format = format_of(request.value("format", ""), bytes);
  if (!format) return refuse("no such format; there are csv, json and vcard");
  auto read = leads::read_import(bytes, *format, columns_of(request), settings->config.rules, engine.now());
  const bool stops = (!read.bad.empty() && !request.value("skip_bad", false)) ||
                     (!read.unknown_columns.empty() && !request.value("ignore_unknown", false));
  Import import(engine,
                {.by = by.empty() ? "admin" : by,
                 .file = request.value("file", "a file"),
                 .assigns = request.value("assign", false)},
                stops || request.value("dry_run", false));
  const auto done = engine.write([&](store::Transaction& transaction) { return import.run(transaction, read.rows); });
  if (!done) return refuse(done.error().what);
  const bool applied = !stops && !request.value("dry_run", false);
  if (applied) {
    log("imported", std::to_string(import.made.size()) + " leads imported");
    engine.tell_news();
  }
  return {{"ok", true},
          {"applied", applied},
          {"made", std::move(import.made)},
          {"known", std::move(import.known)},
          {"erased", std::move(import.erased)},
          {"bad", bad_rows(read.bad)},
          {"unknown_columns", std::move(read.unknown_columns)}};
}

}  // namespace leadmail::daemon
