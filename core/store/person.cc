#include "core/store/person.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/store/mail_row.h"
#include "core/store/pack.h"
#include "core/store/reader.h"
#include "core/store/search.h"
#include "core/store/texts.h"

namespace leadmail::store {
namespace {

using Json = nlohmann::json;

const Sql kLeadsWith{"SELECT lead FROM contact_address WHERE address = :address"};
// Whole tables: a person may be spoken of anywhere.
constexpr const char* kMails =
    "SELECT id, lead, mailbox, direction, kind, received, message_id, from_name, from_address, subject, reply,"
    " signature, coalesce(text, '') FROM message ORDER BY id";
constexpr const char* kLetters = "SELECT id, lead, kind, created, content FROM outbox ORDER BY id";
constexpr const char* kRecipients = "SELECT rcpt_to FROM recipient WHERE outbox = :outbox ORDER BY rcpt_to";
constexpr const char* kBackups = "SELECT file, at FROM backup ORDER BY at, file";
constexpr const char* kOpenWords =
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, instance)";
constexpr const char* kStrayWords =
    "SELECT count(*) FROM temp.words WHERE NOT iif(doc % 2 = 0, EXISTS (SELECT 1 FROM message WHERE id = doc / 2),"
    " EXISTS (SELECT 1 FROM event WHERE id = doc / 2))";

Result<void> each_string(const Json& json, KeptRow& row, const std::function<Result<void>(const KeptRow&)>& each) {
  std::vector<const Json*> open{&json};
  while (!open.empty()) {
    const auto* const one = open.back();
    open.pop_back();
    if (one->is_structured()) {
      for (const auto& child : *one) open.push_back(&child);
    } else if (one->is_string()) {
      row.text = one->get<std::string>();
      if (auto done = each(row); !done) return done;
    }
  }
  return {};
}

class SqlitePersonReader final : public PersonReader {
 public:
  explicit SqlitePersonReader(std::unique_ptr<Connection> db) : db_(std::move(db)) {}

  Result<std::vector<LeadId>> leads_with(const std::vector<std::string>& addresses) override {
    std::vector<LeadId> leads;
    for (const auto& address : addresses) {
      auto query = db_->query(kLeadsWith);
      query.bind(":address", address);
      while (true) {
        auto row = query.step();
        if (!row) return std::move(row.error());
        if (!*row) break;
        leads.push_back(LeadId{query.integer(0)});
      }
    }
    std::ranges::sort(leads);
    leads.erase(std::unique(leads.begin(), leads.end()), leads.end());
    return leads;
  }

  Result<void> mails(const std::function<Result<void>(const KeptText&)>& each) override {
    auto query = db_->query(std::string(kMails));
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      const KeptText mail{.id = MailId{query.integer(0)},
                          .lead = query.id<LeadId>(1),
                          .mailbox = query.text(2),
                          .direction = query.text(3),
                          .kind = query.text(4),
                          .received = query.time(5),
                          .message_id = query.text(6),
                          .from_name = query.text(7),
                          .from_address = query.text(8),
                          .subject = query.text(9),
                          .reply = query.text(10),
                          .signature = query.text(11),
                          .text = query.text(12)};
      if (auto done = each(mail); !done) return done;
    }
  }

  Result<std::optional<std::string>> raw(MailId mail) override { return read_raw(*db_, packer_, mail); }

  Result<void> letters(const std::function<Result<void>(const KeptLetter&)>& each) override {
    auto query = db_->query(std::string(kLetters));
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return {};
      KeptLetter letter{.id = OutboxId{query.integer(0)},
                        .lead = query.id<LeadId>(1),
                        .kind = query.text(2),
                        .created = query.time(3)};
      if (!query.view(4).empty()) {
        if (auto done = packer_.unpack(query.view(4), letter.bytes); !done) return done;
      }
      auto recipients = db_->query(std::string(kRecipients));
      recipients.bind(":outbox", letter.id);
      for (auto one = recipients.step(); one && *one; one = recipients.step()) {
        letter.rcpt_to.push_back(recipients.text(0));
      }
      if (auto done = each(letter); !done) return done;
    }
  }

  Result<void> texts(const std::function<Result<void>(const KeptRow&)>& each) override {
    return each_text(*db_, [&](const TextPlace& place, std::string_view text) -> Result<void> {
      KeptRow row{.table = place.table, .column = place.column, .row = place.row};
      if (place.is_json) {
        const auto json = Json::parse(text, nullptr, false);
        if (!json.is_discarded()) return each_string(json, row, each);
      }
      row.text = text;
      return each(row);
    });
  }

  Result<std::int64_t> stray_words() override {
    if (auto opened = db_->run(kOpenWords); !opened) return std::move(opened.error());
    return db_->number(kStrayWords);
  }

  Result<std::vector<BackupFile>> backups() override {
    std::vector<BackupFile> all;
    auto query = db_->query(std::string(kBackups));
    while (true) {
      auto row = query.step();
      if (!row) return std::move(row.error());
      if (!*row) return all;
      all.push_back({query.text(0), query.time(1)});
    }
  }

 private:
  std::unique_ptr<Connection> db_;
  Packer packer_{};
};

}  // namespace

Result<std::unique_ptr<PersonReader>> PersonReader::open(const std::string& path) {
  if (auto checked = Reader::open(path); !checked) return std::move(checked.error());
  auto db = Connection::open(path, Connection::Mode::read);
  if (!db) return Error{Next::give_up, std::move(db.error().what)};
  if (auto done = (*db)->run("PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"); !done) {
    return Error{Next::give_up, std::move(done.error().what)};
  }
  return std::unique_ptr<PersonReader>(std::make_unique<SqlitePersonReader>(std::move(*db)));
}

}  // namespace leadmail::store
