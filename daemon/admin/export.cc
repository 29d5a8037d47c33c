// `leadmail export`: leads and contacts as tables, JSON and address cards, mail as mbox. Reads only.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "core/leads/csv.h"
#include "core/leads/exchange.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/mbox.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon::admin {
namespace {

/// Where it is written: standard output, or a file that is there as a whole or not at all.
class Sink {
 public:
  explicit Sink(const std::string& path) : path_(path) {
    file_ = path.empty() ? stdout : std::fopen((path + ".part").c_str(), "wbe");
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  ~Sink() {
    if (file_ != nullptr && file_ != stdout) {
      std::fclose(file_);
      std::remove((path_ + ".part").c_str());
    }
  }

  bool write(std::string_view text) {
    fine_ = fine_ && file_ != nullptr && std::fwrite(text.data(), 1, text.size(), file_) == text.size();
    return fine_;
  }

  /// False: not all of it could be written.
  bool close() {
    if (file_ == nullptr || std::fflush(file_) != 0) fine_ = false;
    if (file_ == stdout || file_ == nullptr) return fine_;
    const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    fine_ = fine_ && closed && std::rename((path_ + ".part").c_str(), path_.c_str()) == 0;
    return fine_;
  }

 private:
  std::string path_;
  std::FILE* file_ = nullptr;
  bool fine_ = true;
};

using Visit = std::function<bool(const leads::Lead&)>;

/// The leads that are meant, in the order of their numbers.
Result<void> each_lead(Desk& desk, const ExportArguments& arguments, const Visit& visit) {
  if (!arguments.lead.empty()) {
    const auto id = lead_named(arguments.lead);
    if (!id) return Error{Next::give_up, "'" + arguments.lead + "' names no lead; like L-123"};
    auto lead = desk.book().lead(*id);
    if (!lead) return std::move(lead.error());
    if (!*lead) return Error{Next::give_up, "no such lead: " + to_string(*id)};
    visit(**lead);
    return {};
  }
  std::vector<leads::Lead> all;
  auto listed = desk.book().list({}, [&](const leads::Lead& lead) {
    all.push_back(lead);
    return true;
  });
  if (!listed) return listed;
  std::ranges::sort(all, {}, &leads::Lead::id);
  for (const auto& lead : all) {
    if (!visit(lead)) break;
  }
  return {};
}

std::vector<leads::ExportRow> rows_of(const std::string& what, const leads::Lead& lead) {
  if (what == "contacts") return leads::contact_rows(lead);
  return {leads::export_row(lead)};
}

std::vector<std::string> contact_columns() {
  return {"lead", "number", "company", "name", "role", "title", "emails", "phones"};
}

Result<void> export_table(Desk& desk, const ExportArguments& arguments, Sink& sink) {
  std::set<std::string> names;
  auto looked = each_lead(desk, arguments, [&](const leads::Lead& lead) {
    for (const auto& [name, value] : leads::export_row(lead)) names.insert(name);
    return true;
  });
  if (!looked) return looked;
  const auto columns =
      arguments.what == "contacts" ? contact_columns() : leads::export_columns({names.begin(), names.end()});
  if (arguments.bom) sink.write("\xEF\xBB\xBF");
  sink.write(leads::csv_record(columns));
  return each_lead(desk, arguments, [&](const leads::Lead& lead) {
    for (const auto& row : rows_of(arguments.what, lead)) {
      std::vector<std::string> cells;
      cells.reserve(columns.size());
      for (const auto& column : columns) {
        const auto value = row.find(column);
        cells.push_back(value == row.end() ? std::string{} : value->second);
      }
      if (!sink.write(leads::csv_record(cells))) return false;
    }
    return true;
  });
}

Result<void> export_json(Desk& desk, const ExportArguments& arguments, Sink& sink) {
  return each_lead(desk, arguments, [&](const leads::Lead& lead) {
    for (const auto& row : rows_of(arguments.what, lead)) {
      Json object = Json::object();
      for (const auto& [name, value] : row) object[name] = value;
      if (!sink.write(line_of(object) + "\n")) return false;
    }
    return true;
  });
}

Result<void> export_cards(Desk& desk, const ExportArguments& arguments, Sink& sink) {
  return each_lead(desk, arguments, [&](const leads::Lead& lead) {
    return sink.write(arguments.what == "contacts" ? leads::contact_cards(lead) : leads::export_card(lead));
  });
}

Result<void> export_mail(Desk& desk, const ExportArguments& arguments, Sink& sink) {
  const auto wanted = arguments.lead.empty() ? std::nullopt : lead_named(arguments.lead);
  if (!arguments.lead.empty() && !wanted)
    return Error{Next::give_up, "'" + arguments.lead + "' names no lead; like L-123"};
  std::set<MailId> written;
  return desk.book().taken([&](const store::PastEntry& past) -> Result<bool> {
    if ((wanted && past.entry.lead != wanted) || !written.insert(past.mail).second) return true;
    auto raw = desk.book().raw(past.mail);
    if (!raw) return std::move(raw.error());
    return !*raw || sink.write(mbox_entry(**raw, past.received));
  });
}

/// The bytes of one attachment of the lead's mails, found by their hash.
Result<void> export_attachment(Desk& desk, const ExportArguments& arguments, Sink& sink) {
  const auto lead = lead_named(arguments.lead);
  if (!lead || arguments.sha256.empty())
    return Error{Next::give_up, "which one? --lead L-123 --sha256 HASH, as `leadmail show` names them"};
  auto rows = desk.book().ledger_of_lead(*lead);
  if (!rows) return std::move(rows.error());
  mail::worker::Pool pool({.workers = 1});
  for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
    auto raw = desk.book().raw_by_ledger(row->id);
    if (!raw) return std::move(raw.error());
    if (!*raw) continue;
    const auto content = pool.parse({.raw = **raw, .attachment_content = true});
    if (!content) continue;  // a mail that can't be read holds nothing that was filed
    for (const auto& file : content->attachments) {
      const bool is_it = file.sha256 == arguments.sha256 && file.content.size() == file.size;
      if (is_it) return sink.write(file.content) ? Result<void>{} : Error{Next::give_up, "cannot write it"};
    }
  }
  return Error{Next::give_up, "no mail of " + to_string(*lead) + " that is kept brought such an attachment"};
}

}  // namespace

int run_export(Desk& desk, const ExportArguments& arguments) {
  const bool is_mail = arguments.what == "mail";
  const bool is_attachment = arguments.what == "attachment";
  const auto format = !arguments.format.empty() ? arguments.format : is_mail ? "mbox" : "csv";
  if (is_mail != (format == "mbox") || (is_attachment && !arguments.format.empty()))
    return desk.fail("mail is exported as mbox, all else as csv, json or vcard", usage);
  if (!desk.open_book()) return desk.status();
  Sink sink(arguments.output);
  const auto run = is_attachment      ? export_attachment
                   : is_mail          ? export_mail
                   : format == "csv"  ? export_table
                   : format == "json" ? export_json
                                      : export_cards;
  if (auto done = run(desk, arguments, sink); !done) return desk.fail(done.error());
  if (!sink.close()) return desk.fail("cannot write " + (arguments.output.empty() ? "it" : arguments.output));
  return fine;
}

}  // namespace leadmail::daemon::admin
