#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/leads/tombstone.h"
#include "core/store/erasure.h"
#include "daemon/log.h"
#include "daemon/person.h"

namespace leadmail::daemon {
namespace {

using nlohmann::json;

json refuse(std::string_view why) { return {{"ok", false}, {"error", why}}; }

json hits_of(const Hits& hits) {
  return {{"rows", hits.rows}, {"mails", hits.mails}, {"letters", hits.letters}, {"words", hits.words}};
}

json names_of(const std::vector<LeadId>& leads) {
  json names = json::array();
  for (const auto lead : leads) names.push_back(to_string(lead));
  return names;
}

/// Copies that were noted, and those that a restore or a migration left beside the book.
json copies_of(store::PersonReader& all, const std::string& store_path) {
  json copies = json::array();
  const auto add = [&](const std::string& file, const json& at) {
    std::error_code ignored;
    copies.push_back({{"file", file}, {"at", at}, {"is_there", std::filesystem::exists(file, ignored)}});
  };
  if (const auto noted = all.backups()) {
    for (const auto& one : *noted) add(one.file, to_rfc3339(one.at));
  }
  const std::filesystem::path book(store_path);
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(book.parent_path(), ignored)) {
    const auto name = entry.path().filename().string();
    const bool is_copy = name.starts_with(book.filename().string() + ".before-");
    if (is_copy && !name.ends_with("-wal") && !name.ends_with("-shm")) add(entry.path().string(), nullptr);
  }
  return copies;
}

json describe(const Person& person, store::PersonReader& all, const std::string& store_path) {
  return {{"ok", true},
          {"addresses", person.addresses},
          {"phones", person.phones},
          {"names", person.names},
          {"leads", names_of(person.leads)},
          {"shared", names_of(person.shared)},
          {"mails", person.mails.size()},
          {"copies", copies_of(all, store_path)}};
}

/// Both ways of reading, at one moment of the writer's.
struct Readers {
  std::unique_ptr<store::PersonReader> all{};
  std::unique_ptr<store::Reader> book{};
};

Result<Readers> open_readers(const std::string& path) {
  auto all = store::PersonReader::open(path);
  if (!all) return std::move(all.error());
  auto book = store::Reader::open(path);
  if (!book) return std::move(book.error());
  return Readers{std::move(*all), std::move(*book)};
}

store::Erasure erasure_of(const Person& person, const mail::message::Redaction& redaction, const std::string& key) {
  store::Erasure erasure;
  erasure.addresses = person.addresses;
  erasure.leads = person.leads;
  erasure.mails.assign(person.mails.begin(), person.mails.end());
  erasure.mails.insert(erasure.mails.end(), person.about.begin(), person.about.end());
  erasure.text = [&redaction](std::string_view text) { return without(text, redaction.find); };
  erasure.value = [&person](std::string_view text) -> std::optional<std::string> {
    auto fresh = person.traces.without_him(text);
    if (fresh == text) return std::nullopt;
    return fresh;
  };
  erasure.mail = [&redaction](std::string_view raw) { return mail::message::redact(raw, redaction); };
  erasure.mark = [&key](std::string_view what) { return leads::tombstone(key, what); };
  return erasure;
}

/// On the writer's thread: nothing comes into the book meanwhile.
class Erasing {
 public:
  Erasing(Engine& engine, std::string address)
      : settings_(engine.settings()), address_(std::move(address)), now_(engine.now()) {}

  Result<void> run(store::Book& book) {
    const auto& path = settings_->config.store_path;
    auto readers = open_readers(path);
    if (!readers) return failed(readers.error());
    auto person = find_person(*readers->all, *readers->book, address_, settings_->config.rules);
    if (!person) return failed(person.error());
    const auto redaction = redaction_of(*person);
    answer = describe(*person, *readers->all, path);
    *readers = {};  // an open reader would keep old pages in the log
    const auto erased = erase(book, erasure_of(*person, redaction, settings_->erasure_key));
    if (!erased) return failed(erased.error());
    answer["gone"] = {{"leads", erased->leads},
                      {"mails", erased->mails},
                      {"redacted", erased->redacted},
                      {"letters", erased->letters},
                      {"values", erased->values}};
    const auto compacted = book.compact();
    answer["compacted"] = compacted ? json(true) : json(compacted.error().what);
    return prove(*person, path);
  }

  json answer{};

 private:
  /// The caller is told; for the writer nothing has gone wrong.
  Result<void> failed(const Error& error) {
    answer = refuse(error.what);
    return error.next == Next::stop ? Result<void>(Error{Next::give_up, error.what}) : Result<void>{};
  }

  Result<store::Erased> erase(store::Book& book, const store::Erasure& erasure) {
    auto transaction = book.begin();
    if (!transaction) return std::move(transaction.error());
    auto erased = (*transaction)->erase(erasure, now_);
    if (!erased) return erased;
    if (auto committed = (*transaction)->commit(); !committed) return std::move(committed.error());
    return erased;
  }

  /// Reads everything once more.
  Result<void> prove(const Person& person, const std::string& path) {
    auto readers = open_readers(path);
    if (!readers) return failed(readers.error());
    const auto hits = search_for(*readers->all, person);
    if (!hits) return failed(hits.error());
    answer["hits"] = hits_of(*hits);
    return {};
  }

  std::shared_ptr<const Settings> settings_;
  std::string address_;
  Time now_;
};

json look(Engine& engine, const std::string& address) {
  const auto settings = engine.settings();
  auto readers = open_readers(settings->config.store_path);
  if (!readers) return refuse(readers.error().what);
  const auto person = find_person(*readers->all, *readers->book, address, settings->config.rules);
  if (!person) return refuse(person.error().what);
  auto answer = describe(*person, *readers->all, settings->config.store_path);
  const auto hits = search_for(*readers->all, *person);
  if (!hits) return refuse(hits.error().what);
  answer["hits"] = hits_of(*hits);
  return answer;
}

}  // namespace

json erase_person(Engine& engine, const json& request) {
  const auto address = request.value("address", "");
  if (request.value("dry_run", false)) return look(engine, address);
  Erasing erasing(engine, address);
  const auto done = engine.upkeep([&](store::Book& book) { return erasing.run(book); });
  if (!done) return refuse(done.error().what);
  if (erasing.answer.value("ok", false)) {
    // Nobody's name here: what a log keeps is not ours to erase.
    log("person-erased", "a person was erased",
        {{"LEADS", std::to_string(erasing.answer["leads"].size())},
         {"MAILS", std::to_string(erasing.answer["gone"]["mails"].get<std::int64_t>())}});
    engine.renew_settings();
    engine.tell_news();
  }
  return erasing.answer;
}

}  // namespace leadmail::daemon
