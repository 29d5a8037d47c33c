#include "core/store/erasure.h"

#include <nlohmann/json.hpp>
#include <unordered_map>
#include <unordered_set>

#include "core/store/fold.h"
#include "core/store/lead_row.h"
#include "core/store/mail_row.h"
#include "core/store/remove.h"
#include "core/store/texts.h"
#include "core/store/transaction.h"

namespace leadmail::store {
namespace {

using Json = nlohmann::json;

const Sql kSomebodyErased{"SELECT 1 FROM erased LIMIT 1"};
const Sql kErased{"SELECT at FROM erased WHERE mark = :mark"};
const Sql kKeepMark{"INSERT INTO erased (mark, at) VALUES (:mark, :now) ON CONFLICT DO UPDATE SET at = excluded.at"};
const Sql kKeepBackup{"INSERT INTO backup (file, at) VALUES (:file, :at) ON CONFLICT DO UPDATE SET at = excluded.at"};
const Sql kMail{"SELECT fingerprint, message_id, lead FROM message WHERE id = :mail"};
const Sql kEmptyEvents{
    "UPDATE event SET text = '', files = '[]' WHERE lead = :lead AND message_id = :message_id AND message_id <> ''"};
const Sql kDropAddress{"DELETE FROM contact_address WHERE address = :address"};
const Sql kDropState{"DELETE FROM address_state WHERE address = :address"};
const Sql kUnblock{"DELETE FROM blocked_sender WHERE pattern = :address"};
const Sql kDropRecipient{
    "UPDATE recipient SET rcpt_to = 'erased-' || outbox || '-' || :number || '@erased.invalid', state = iif(state IN"
    " ('waiting', 'sending', 'deferred'), 'cancelled', state), reply = '' WHERE outbox = :outbox AND rcpt_to = "
    ":rcpt_to"};
constexpr const char* kRecipients = "SELECT outbox, rcpt_to FROM recipient";
constexpr const char* kCorrections = "DELETE FROM correction WHERE writer = :address";
constexpr const char* kAllMails = "SELECT id FROM message ORDER BY id";
constexpr const char* kAllLetters = "SELECT id, content FROM outbox WHERE content <> x'' ORDER BY id";
constexpr const char* kSetContent = "UPDATE outbox SET content = :content WHERE id = :id";
constexpr const char* kMailWords =
    "SELECT subject || char(10) || from_name || char(10) || from_address || char(10) || reply || char(10) || signature"
    " || char(10) || coalesce(text, '') FROM message WHERE id = :id";
constexpr const char* kEventRow = "SELECT type, text, changes, files FROM event WHERE id = :id";

/// A lead has no empty values.
bool is_empty(const Json::object_t::value_type& member) {
  return member.second.is_string() && member.second.get_ref<const std::string&>().empty();
}

/// Each string of a JSON text, changed; "" when nothing was, or the text is damaged.
std::string change_strings(std::string_view text, const Redact& change) {
  auto json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return {};
  bool changed = false;
  std::vector<Json*> open{&json};
  while (!open.empty()) {
    auto* const one = open.back();
    open.pop_back();
    if (one->is_structured()) {
      for (auto& child : *one) open.push_back(&child);
    } else if (one->is_string()) {
      if (auto fresh = change(one->get_ref<const std::string&>())) {
        *one = std::move(*fresh);
        changed = true;
      }
    }
  }
  if (changed && json.is_object()) std::erase_if(json.get_ref<Json::object_t&>(), is_empty);
  return changed ? json.dump(-1, ' ', false, Json::error_handler_t::replace) : std::string{};
}

/// One erasure, inside one transaction.
class Eraser {
 public:
  Eraser(Desk& desk, const Erasure& erasure, Time now) : desk_(desk), db_(*desk.db), erasure_(erasure), now_(now) {}

  Result<Erased> run() {
    auto done = remember();
    if (done) done = remove_his();
    if (done) done = forget_addresses();
    if (done) done = redact_mails();
    if (done) done = redact_letters();
    if (done) done = redact_texts();
    if (done) done = sweep();
    if (!done) return std::move(done.error()).in("erasing");
    return erased_;
  }

 private:
  Result<void> keep_mark(std::string_view what) {
    return db_.query(kKeepMark).bind(":mark", erasure_.mark(what)).bind(":now", now_).run();
  }

  Result<void> remember() {
    for (const auto& address : erasure_.addresses) {
      if (auto done = keep_mark(address); !done) return done;
    }
    return {};
  }

  /// As if it had never come, but that it is known when it comes again.
  Result<void> remove(MailId mail) {
    std::string fingerprint;
    std::string message_id;
    std::optional<LeadId> lead;
    {
      auto query = db_.query(kMail);
      auto row = query.bind(":mail", mail).step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      fingerprint = query.text(0);
      message_id = query.text(1);
      lead = query.id<LeadId>(2);
    }
    if (!fingerprint.empty()) {
      if (auto done = keep_mark(fingerprint); !done) return done;
    }
    if (lead) {
      touch_events_of(*lead, message_id);
      auto done = db_.query(kEmptyEvents).bind(":lead", *lead).bind(":message_id", message_id).run();
      if (!done) return done;
    }
    ++erased_.mails;
    return remove_mail(db_, mail, "erased person");
  }

  /// Their words are looked at again at the end.
  void touch_events_of(LeadId lead, const std::string& message_id) {
    auto query = db_.query("SELECT id FROM event WHERE lead = :lead AND message_id = :message_id");
    query.bind(":lead", lead).bind(":message_id", message_id);
    for (auto row = query.step(); row && *row; row = query.step()) events_.insert(query.integer(0));
  }

  Result<void> remove_his() {
    for (const auto mail : erasure_.mails) {
      if (auto done = remove(mail); !done) return done;
    }
    for (const auto lead : erasure_.leads) {
      if (auto done = remove_lead(db_, lead); !done) return done;
      ++erased_.leads;
    }
    return {};
  }

  Result<void> forget_addresses() {
    for (const auto& address : erasure_.addresses) {
      for (const auto* sql : {&kDropAddress, &kDropState, &kUnblock}) {
        if (auto done = db_.query(*sql).bind(":address", address).run(); !done) return done;
      }
      auto done = db_.query(std::string(kCorrections)).bind(":address", address).run();
      if (!done) return done;
    }
    std::vector<std::pair<OutboxId, std::string>> his;
    {
      auto query = db_.query(std::string(kRecipients));
      for (auto row = query.step(); row && *row; row = query.step()) {
        if (erasure_.text(query.view(1))) his.emplace_back(OutboxId{query.integer(0)}, query.text(1));
      }
    }
    int number = 0;
    for (const auto& [outbox, rcpt_to] : his) {
      auto done =
          db_.query(kDropRecipient).bind(":outbox", outbox).bind(":rcpt_to", rcpt_to).bind(":number", ++number).run();
      if (!done) return done;
    }
    return {};
  }

  Result<void> redact_mails() {
    std::vector<MailId> all;
    {
      auto query = db_.query(std::string(kAllMails));
      while (true) {
        auto row = query.step();
        if (!row) return std::move(row.error());
        if (!*row) break;
        all.push_back(MailId{query.integer(0)});
      }
    }
    for (const auto mail : all) {
      auto raw = read_raw(db_, desk_.packer, mail);
      if (!raw) return std::move(raw.error());
      if (!*raw) continue;
      const auto fresh = erasure_.mail(**raw);
      if (!fresh) continue;
      if (auto done = replace_raw(desk_, mail, *fresh); !done) return done;
      mails_.insert(mail.value);  // the names of its files are among its words
      ++erased_.redacted;
    }
    return {};
  }

  Result<void> redact_letters() {
    std::vector<std::pair<std::int64_t, std::string>> changed;
    {
      auto query = db_.query(std::string(kAllLetters));
      while (true) {
        auto row = query.step();
        if (!row) return std::move(row.error());
        if (!*row) break;
        std::string bytes;
        if (auto done = desk_.packer.unpack(query.view(1), bytes); !done) return done;
        if (auto fresh = erasure_.mail(bytes)) changed.emplace_back(query.integer(0), std::move(*fresh));
      }
    }
    for (const auto& [id, bytes] : changed) {
      auto packed = desk_.packer.pack(bytes);
      if (!packed) return std::move(packed.error());
      auto done = db_.query(std::string(kSetContent)).bind(":id", id).bind(":content", Blob{*packed}).run();
      if (!done) return done;
      ++erased_.letters;
    }
    return {};
  }

  /// Values of leads and their changes are cut alike, so that a lead stays what its events add up to.
  Result<void> redact_texts() {
    auto changed =
        change_texts(db_, [this](const TextPlace& place, std::string_view text) -> std::optional<std::string> {
          if (place.table == "erased") return std::nullopt;
          std::optional<std::string> fresh;
          if (place.is_json) {
            const bool is_value = place.column == "fields" || place.column == "changes";
            auto json = change_strings(text, is_value ? erasure_.value : erasure_.text);
            if (!json.empty()) fresh = std::move(json);
          } else {
            fresh = erasure_.text(text);
          }
          if (fresh && place.table == "message") mails_.insert(place.row);
          if (fresh && place.table == "event") events_.insert(place.row);
          return fresh;
        });
    if (!changed) return std::move(changed.error());
    erased_.values = *changed;
    return {};
  }

  Result<std::string> words_of_event(std::int64_t id) {
    auto query = db_.query(std::string(kEventRow));
    auto row = query.bind(":id", id).step();
    if (!row) return std::move(row.error());
    if (!*row) return std::string{};
    leads::Event event;
    event.type = leads::event_type_named(query.view(0)).value_or(leads::EventType::note);
    event.text = query.text(1);
    event.changes = leads::changes_from_json(query.view(2)).value_or(std::vector<leads::Change>{});
    event.files = leads::files_from_json(query.view(3)).value_or(std::vector<leads::Attachment>{});
    return fold_for_search(searched_text(event));
  }

  Result<void> sweep() {
    std::unordered_map<std::int64_t, std::string> words;
    for (const auto id : mails_) {
      auto query = db_.query(std::string(kMailWords));
      auto row = query.bind(":id", id).step();
      if (!row) return std::move(row.error());
      if (*row) words[search_row_of_mail(MailId{id})] = fold_for_search(query.view(0), kWholeText);
    }
    for (const auto id : events_) {
      auto folded = words_of_event(id);
      if (!folded) return std::move(folded.error());
      words[search_row_of_event(id)] = std::move(*folded);
    }
    return sweep_index(db_, words);
  }

  static constexpr std::size_t kWholeText = std::size_t{16} << 20;

  Desk& desk_;
  Connection& db_;
  const Erasure& erasure_;
  Time now_;
  Erased erased_{};
  std::unordered_set<std::int64_t> mails_{};
  std::unordered_set<std::int64_t> events_{};
};

}  // namespace

Result<bool> BookTransaction::somebody_was_erased() { return db().query(kSomebodyErased).step(); }

Result<std::optional<Time>> BookTransaction::erased(const std::vector<std::string>& marks) {
  std::optional<Time> latest;
  for (const auto& mark : marks) {
    auto query = db().query(kErased);
    auto row = query.bind(":mark", mark).step();
    if (!row) return std::move(row.error()).in("who was erased");
    if (*row && (!latest || query.time(0) > *latest)) latest = query.time(0);
  }
  return latest;
}

Result<void> BookTransaction::keep_backup(std::string_view file, Time at) {
  return db().query(kKeepBackup).bind(":file", file).bind(":at", at).run();
}

Result<Erased> BookTransaction::erase(const Erasure& erasure, Time now) { return Eraser(desk_, erasure, now).run(); }

}  // namespace leadmail::store
