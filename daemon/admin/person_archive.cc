#include "daemon/admin/person_archive.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "daemon/admin/zip.h"
#include "daemon/mail_html.h"
#include "daemon/person.h"

namespace leadmail::daemon::admin {
namespace {

/// Gathers the parts, and the page that leads through them.
class Archive {
 public:
  Archive(Desk& desk, store::PersonReader& all, const Person& person, ZipFile& zip)
      : desk_(desk), all_(all), person_(person), zip_(zip), redaction_(redaction_of(person)) {}

  Result<void> write() {
    auto done = add_leads();
    if (done) done = add_mails();
    if (done) done = add_letters();
    if (done) done = add_rows();
    if (!done) return done;
    Json whole{{"made_at", time_json(desk_.now())}, {"addresses", person_.addresses}, {"names", person_.names},
               {"phones", person_.phones},          {"leads", std::move(leads_)},     {"mails", std::move(mails_)},
               {"sent", std::move(letters_)},       {"ledger", std::move(ledger_)},   {"elsewhere", std::move(rows_)}};
    const auto text = whole.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    if (done = zip_.add("person.json", text, desk_.now()); !done) return done;
    return zip_.add("index.html", page(), desk_.now());
  }

  [[nodiscard]] std::size_t mail_count() const { return numbers_.size(); }

 private:
  [[nodiscard]] bool is_about_him(const std::optional<LeadId>& lead) const {
    return lead && std::ranges::find(person_.leads, *lead) != person_.leads.end();
  }
  [[nodiscard]] bool speaks_of_him(std::string_view bytes) const {
    return mail::message::redact(bytes, redaction_).has_value();
  }

  Result<void> add_leads() {
    for (const auto* list : {&person_.leads, &person_.shared}) {
      for (const auto id : *list) {
        auto lead = desk_.book().lead(id);
        if (!lead) return std::move(lead.error());
        auto timeline = desk_.book().timeline(id);
        if (!timeline) return std::move(timeline.error());
        if (!*lead) continue;
        leads_.push_back(lead_json(**lead, *timeline, desk_.place().record));
        html_ += "<h2>" + to_string(id) + (list == &person_.shared ? " (with other contacts)" : "") + "</h2>\n<pre>" +
                 escape_html(lead_text(**lead, *timeline, desk_.place(), Terminal{})) + "</pre>\n";
        auto rows = desk_.book().ledger_of_lead(id);
        if (!rows) return std::move(rows.error());
        for (const auto& row : *rows) add_row(row);
      }
    }
    return {};
  }

  void add_row(const store::LedgerEntry& row) {
    if (std::ranges::find(told_, row.id) != told_.end()) return;
    told_.push_back(row.id);
    ledger_.push_back(ledger_json(row));
  }

  /// His mails, those of leads that are about him alone, and whatever else speaks of him.
  Result<void> add_mails() {
    std::vector<store::KeptText> listed;
    auto done = all_.mails([&](const store::KeptText& mail) -> Result<void> {
      listed.push_back(mail);
      return {};
    });
    if (!done) return done;
    html_ += "<h2>Mails</h2>\n<ul>\n";
    for (const auto& mail : listed) {
      auto raw = all_.raw(mail.id);
      if (!raw) return std::move(raw.error());
      const auto texts = mail.subject + "\n" + mail.from_name + "\n" + mail.from_address + "\n" + mail.text;
      const bool is_his = person_.mails.contains(mail.id) || is_about_him(mail.lead);
      if (!is_his && !person_.traces.are_in(texts) && !(*raw && speaks_of_him(**raw))) continue;
      if (done = add_mail(mail, *raw); !done) return done;
    }
    html_ += "</ul>\n";
    return {};
  }

  Result<void> add_mail(const store::KeptText& mail, const std::optional<std::string>& raw) {
    const auto file = raw ? name_of("mails") : std::string();
    Json entry{{"file", file.empty() ? Json(nullptr) : Json(file)},
               {"lead", mail.lead ? Json(to_string(*mail.lead)) : Json(nullptr)},
               {"at", time_json(mail.received)},
               {"direction", mail.direction},
               {"kind", mail.kind},
               {"from", {{"name", mail.from_name}, {"address", mail.from_address}}},
               {"subject", mail.subject},
               {"message_id", mail.message_id},
               {"text", mail.text.empty() ? mail.reply : mail.text}};
    mails_.push_back(std::move(entry));
    html_ +=
        "<li>" + link(file, time_text(mail.received, desk_.place()) + " " + mail.from_address + ": " + mail.subject);
    auto rows = desk_.book().ledger_of_message(mail.message_id);
    if (!rows) return std::move(rows.error());
    for (const auto& row : *rows) add_row(row);
    return raw ? zip_.add(file, *raw, mail.received) : Result<void>{};
  }

  Result<void> add_letters() {
    html_ += "<h2>Mails that we sent, or were to send</h2>\n<ul>\n";
    auto done = all_.letters([&](const store::KeptLetter& letter) -> Result<void> {
      const bool is_to_him =
          std::ranges::any_of(letter.rcpt_to, [&](const auto& address) { return person_.traces.are_in(address); });
      if (!is_to_him && !is_about_him(letter.lead) && !speaks_of_him(letter.bytes)) return {};
      const auto file = letter.bytes.empty() ? std::string() : name_of("sent");
      letters_.push_back(Json{{"file", file.empty() ? Json(nullptr) : Json(file)},
                              {"lead", letter.lead ? Json(to_string(*letter.lead)) : Json(nullptr)},
                              {"at", time_json(letter.created)},
                              {"kind", letter.kind},
                              {"to", letter.rcpt_to}});
      std::string to;
      for (const auto& address : letter.rcpt_to) to += " " + address;
      html_ += "<li>" + link(file, time_text(letter.created, desk_.place()) + " " + letter.kind + " to" + to);
      return letter.bytes.empty() ? Result<void>{} : zip_.add(file, letter.bytes, letter.created);
    });
    html_ += "</ul>\n";
    return done;
  }

  /// Whatever stands in no lead, mail or letter: the holding list, addresses that failed, corrections …
  Result<void> add_rows() {
    return all_.texts([&](const store::KeptRow& row) -> Result<void> {
      constexpr std::string_view kTold[] = {"lead", "event", "message", "ledger"};
      if (std::ranges::find(kTold, row.table) != std::end(kTold) || !person_.traces.are_in(row.text)) return {};
      rows_.push_back(Json{{"where", row.table + "." + row.column}, {"text", row.text}});
      return {};
    });
  }

  std::string name_of(const std::string& folder) {
    auto number = std::to_string(++numbers_[folder]);
    number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
    return folder + "/" + number + ".eml";
  }

  static std::string link(const std::string& file, const std::string& text) {
    const auto shown_text = escape_html(text);
    return file.empty() ? shown_text + " (its bytes are not kept)</li>\n"
                        : "<a href=\"" + file + "\">" + shown_text + "</a></li>\n";
  }

  [[nodiscard]] std::string page() const {
    std::string list;
    for (const auto& address : person_.addresses) list += "<li>" + escape_html(address) + "</li>\n";
    for (const auto& name : person_.names) list += "<li>" + escape_html(name) + "</li>\n";
    for (const auto& phone : person_.phones) list += "<li>" + escape_html(phone) + "</li>\n";
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>What is kept about " +
           escape_html(person_.addresses.front()) +
           "</title>\n<style>body { font-family: sans-serif; margin: 2em } pre { white-space: pre-wrap "
           "}</style></head>\n"
           "<body>\n<h1>What is kept about " +
           escape_html(person_.addresses.front()) + "</h1>\n<p>" + escape_html(desk_.config().rules.company) + ", " +
           escape_html(time_text(desk_.now(), desk_.place())) +
           ". The same for programs stands in person.json; mails lie in mails/ and sent/ as they came and "
           "went.</p>\n<ul>\n" +
           list + "</ul>\n" + html_ + "</body></html>\n";
  }

  Desk& desk_;
  store::PersonReader& all_;
  const Person& person_;
  ZipFile& zip_;
  mail::message::Redaction redaction_;
  std::string html_{};
  Json leads_ = Json::array();
  Json mails_ = Json::array();
  Json letters_ = Json::array();
  Json ledger_ = Json::array();
  Json rows_ = Json::array();
  std::vector<LedgerId> told_{};
  std::map<std::string, int> numbers_{};
};

/// A file's name of an address: letters, digits and dots stay.
std::string default_name(std::string_view address) {
  std::string name = "person-";
  for (const char c : address) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
    name += is_plain ? c : '-';
  }
  return name + ".zip";
}

}  // namespace

int run_person_export(Desk& desk, const PersonArguments& arguments) {
  if (!desk.open_book()) return desk.status();
  auto all = store::PersonReader::open(desk.config().store_path);
  if (!all) return desk.fail(all.error());
  const auto person = find_person(**all, desk.book(), arguments.address, desk.config().rules);
  if (!person) return desk.fail(person.error());
  const auto path = arguments.output.empty() ? default_name(arguments.address) : arguments.output;
  auto zip = ZipFile::make(path);
  if (!zip) return desk.fail(zip.error());
  Archive archive(desk, **all, *person, **zip);
  auto done = archive.write();
  if (done) done = (*zip)->close();
  if (!done) return desk.fail(done.error());
  if (desk.is_json()) {
    Json leads = Json::array();
    for (const auto* list : {&person->leads, &person->shared}) {
      for (const auto id : *list) leads.push_back(to_string(id));
    }
    desk.print_json(Json{{"file", path}, {"addresses", person->addresses}, {"leads", std::move(leads)}});
  }
  desk.remark("written to " + shown(path) + ". Look it through before you hand it over: it may speak of others too.");
  return desk.status();
}

}  // namespace leadmail::daemon::admin
