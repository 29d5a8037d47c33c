// What people type, in three languages, as whole mails: read by the same path as mail that comes in, and decided.
// The tables beside this file say what each of them means; they were written from how people write.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "core/leads/asked.h"
#include "core/leads/decide.h"
#include "core/leads/fold.h"
#include "core/leads/text.h"
#include "core/leads/token.h"
#include "core/leads/zone.h"
#include "daemon/translate.h"
#include "mail/message/parse.h"

namespace leadmail::daemon {
namespace {

namespace message = mail::message;
using leads::Verb;

struct Utterance {
  int line = 0;
  std::string text{};
  std::string meant{};
};

std::string unescaped(std::string text) {
  const std::pair<std::string_view, std::string_view> kMarks[] = {{"\\n", "\n"},         {"{nbsp}", "\u00a0"},
                                                                  {"{nnbsp}", "\u202f"}, {"{zwsp}", "\u200b"},
                                                                  {"{bom}", "\ufeff"},   {"{rlm}", "\u200f"}};
  for (const auto& [mark, what] : kMarks) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + what.size())) {
      text.replace(at, mark.size(), what);
    }
  }
  return text;
}

std::vector<Utterance> table(const std::string& language) {
  std::ifstream file("tests/daemon/utterances/" + language + ".txt");
  std::vector<Utterance> rows;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const auto arrow = line.rfind(" => ");
    if (arrow == std::string::npos) continue;  // a comment
    rows.push_back({number, unescaped(line.substr(0, arrow)), line.substr(arrow + 4)});
  }
  return rows;
}

constexpr std::int64_t kLead = 7;

std::string zone_of(std::string_view language) {
  return language == "es" ? "America/Mexico_City" : language == "vi" ? "Asia/Ho_Chi_Minh" : "Europe/London";
}

Config config_for(const std::string& language) {
  Config config;
  auto& rules = config.rules;
  rules.company = "Acme";
  rules.language = language;
  rules.timezone = zone_of(language);
  const auto user = [&](const char* id, const char* name) {
    return leads::User{.id = id,
                       .name = name,
                       .addresses = {std::string(id) + "@acme.example"},
                       .language = language,
                       .timezone = rules.timezone};
  };
  rules.users = {user("ana", "Ana López"), user("luis", "Luis Ortega"), user("linh", "Nguyễn Thị Linh"),
                 user("tom", "Tom Baker")};
  rules.teams = {leads::Team{.id = "all", .members = {"ana", "luis", "linh", "tom"}, .lead = "ana"}};
  rules.mailboxes = {leads::Mailbox{
      .name = "sales", .address = "sales@acme.example", .transport_auth_required = false, .team = "all"}};
  rules.record.currency = language == "vi" ? "VND" : language == "es" ? "MXN" : "EUR";
  rules.record.fields = {{.name = "budget",
                          .type = leads::FieldType::money,
                          .labels = {{"es", "Presupuesto"}, {"vi", "Ngân sách"}},
                          .custom = true}};
  rules.record.steps = {{.id = "demo"}};
  rules.tokens.keys = {{1, std::string(32, 'k')}};
  return config;
}

Time now_in(std::string_view language) {
  const auto local = std::chrono::local_days{std::chrono::year{2026} / 11 / 18} + std::chrono::minutes{9 * 60 + 30};
  return leads::to_utc(local, zone_of(language));
}

leads::Lead some_lead(std::int64_t id) {
  leads::Lead lead{.id = LeadId{id}};
  lead.values = {{"mailbox", "sales"},
                 {"status", "quotation"},
                 {"name", "María Pérez"},
                 {"contact.1.name", "Rosa Gil"},
                 {"contact.1.emails", "rosa@x.example"},
                 {"last.in.from", "rosa@x.example"},
                 {"opportunity.1.stage", "proposal"},
                 {"opportunity.1.value", "100"},
                 {"opportunity.1.currency", "EUR"},
                 {"quotation.1.state", "open"},
                 {"quotation.1.total", "100"},
                 {"quotation.1.currency", "EUR"},
                 {"tags", "cold\nold"}};
  return lead;
}

/// The mail that Ana's program makes of it: an answer to our notice.
std::string mail_of(const std::string& text, const Config& config, Time now) {
  const auto token =
      leads::make_token({leads::Purpose::reply, LeadId{kLead}, "ana", "sales"}, config.rules.tokens, now);
  std::string body;
  for (const char c : text) body += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return "From: Ana <ana@acme.example>\r\nTo: sales+" + token +
         "@acme.example\r\nSubject: Re: pumps\r\nDate: Wed, 18 Nov 2026 09:29:00 " +
         (config.rules.language == "es"   ? "-0600"
          : config.rules.language == "vi" ? "+0700"
                                          : "+0000") +
         "\r\nMessage-ID: <u@acme.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: 8bit\r\n\r\n" +
         body + "\r\n";
}

struct Understood {
  leads::Decision decision{};
  leads::Ask ask{};
  leads::CommandText read{};
  leads::Lead before{};
  leads::Lead after{};
};

leads::Answered answers(const leads::Lead& lead) {
  leads::Answered answered{.is_read = true, .next_deed = 9, .next_repair = 3};
  leads::Event note{.type = leads::EventType::note, .by = "ana", .cause = "command #note in x", .text = "called"};
  for (const std::int64_t id : {7, 12, 123}) {
    const leads::KeptMail first{
        .id = MailId{id}, .message_id = "a", .from = {"Rosa", "rosa@x.example"}, .direction = "in"};
    const leads::KeptMail second{
        .id = MailId{id + 1000}, .message_id = "b", .from = {"Eva", "eva@x.example"}, .direction = "in"};
    answered.stories[LeadId{id}] = {some_lead(id), {note}};
    answered.mails[LeadId{id}] = {some_lead(id), {first, second}};
  }
  answered.lists = {{}, {}};
  answered.deed =
      leads::Deed{.number = 5, .by = "ana", .verbs = "#note", .done = {{lead.id, note}}, .leads = {{lead.id, lead}}};
  return answered;
}

Understood understand(const std::string& text, const std::string& language, const std::string& raw = {}) {
  const auto config = config_for(language);
  const auto now = now_in(language);
  const auto bytes = raw.empty() ? mail_of(text, config, now) : raw;
  message::Message mail;
  mail.identity = message::read_identity(bytes);
  mail.content = message::parse(bytes);
  message::classify(mail);
  const auto inquiry = to_inquiry(mail, bytes, {"sales", false, false, now}, config);
  leads::Snapshot known;
  Understood understood{.before = some_lead(kLead)};
  if (leads::fold(text).find("oportunidad") != std::string::npos || text.starts_with("#o") || text.starts_with("#O") ||
      leads::fold(text).starts_with("#co")) {
    for (const auto* const part : {"stage", "value", "currency"}) {
      understood.before.values.erase("opportunity.1." + std::string(part));
    }
  }
  if (text.find("-vip") != std::string::npos) understood.before.values["tags"] = "cold\nvip";
  known.by_token = {understood.before};
  understood.ask = leads::ask(inquiry, known, config.rules, now);
  known.answered = std::make_shared<leads::Answered>(answers(understood.before));
  understood.decision = leads::decide(inquiry, known, config.rules, now);
  understood.read = leads::read_commands(inquiry.command_text, language);
  understood.after = understood.before;
  for (const auto& effect : understood.decision.effects) {
    const auto* const record = std::get_if<leads::Record>(&effect);
    if (record == nullptr) continue;
    const bool is_new = !record->lead.id;
    if (is_new && record->event.type == leads::EventType::captured) understood.after = {};
    if (is_new || *record->lead.id == understood.before.id) leads::fold(understood.after, record->event);
  }
  return understood;
}

// How an outcome is spelled in the tables.

std::string local(std::string_view seconds_of_utc, std::string_view language) {
  const auto at = from_unix(std::strtoll(std::string(seconds_of_utc).c_str(), nullptr, 10));
  const auto text = to_rfc3339(at, leads::offset_at(at, zone_of(language))).substr(0, 16);
  return text.substr(0, 10) + " " + text.substr(11);
}

std::string digits(std::string_view text) {
  std::string all;
  std::ranges::copy_if(text, std::back_inserter(all), [](char c) { return c >= '0' && c <= '9'; });
  return all;
}

std::string numbered(const leads::Lead& lead, const std::string& what, const std::string& part) {
  std::string last;
  for (int n = 1; n < 20; ++n) {
    const auto value = lead.value(what + "." + std::to_string(n) + "." + part);
    if (!lead.value(what + "." + std::to_string(n) +
                    (what == "event"       ? ".kind"
                     : what == "quotation" ? ".state"
                                           : ".stage"))
             .empty())
      last = value;
  }
  return last;
}

std::string with(const std::string& text, const std::string& mark, std::string_view value) {
  return value.empty() ? text : text + mark + std::string(value);
}

/// "name=…; email=…": only what is there.
std::string person(const leads::Lead& lead, std::size_t number, bool is_new) {
  const auto part = [&](const char* name) {
    return std::string(lead.value("contact." + std::to_string(number) + "." + name));
  };
  std::string text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) text += (text.empty() ? " " : "; ") + std::string(name) + "=" + value;
  };
  const bool is_bare = is_new && part("name") == part("emails").substr(0, part("emails").find('@'));
  if (!is_bare) add("name", part("name"));
  add("email", part("emails"));
  add("phone", digits(part("phones")));
  if (is_new) add("company", std::string(lead.value("company")));
  add("title", part("title"));
  add("role", part("role"));
  return text;
}

std::string tags_changed(const Understood& u) {
  const auto before = leads::lines_of(u.before.value("tags"));
  const auto after = leads::lines_of(u.after.value("tags"));
  std::string text;
  for (const auto& tag : after) {
    if (std::ranges::find(before, tag) == before.end()) text += " +" + tag;
  }
  for (const auto& tag : before) {
    if (std::ranges::find(after, tag) == after.end()) text += " -" + tag;
  }
  return text;
}

std::string answers_of(const Understood& u) {
  std::vector<std::string> said;
  for (const auto* const topic : {"budget", "need", "authority"}) {
    const auto answer = u.after.value("qualification." + std::string(topic) + ".answer");
    if (!answer.empty()) said.push_back(std::string(topic) + " " + std::string(answer));
  }
  std::string text;
  for (const auto& one : said) text += (text.empty() ? " " : ", ") + one;
  return text;
}

std::string text_of_note(const Understood& u) {
  for (const auto& effect : u.decision.effects) {
    const auto* const record = std::get_if<leads::Record>(&effect);
    if (record != nullptr && record->event.type == leads::EventType::note) return record->event.text;
  }
  return {};
}

std::string list_words(const Understood& u) {
  if (u.ask.lists.empty()) return " ?";
  const auto& wish = u.ask.lists.front();
  if (!wish.text.empty()) return " " + wish.text;
  if (wish.status) return " " + std::string(leads::name(*wish.status));
  if (wish.due) return " due";
  return wish.owner && *wish.owner != "ana" ? " " + *wish.owner : "";
}

template <typename T>
const T* effect(const Understood& u) {
  for (const auto& one : u.decision.effects) {
    if (const auto* const found = std::get_if<T>(&one)) return found;
  }
  return nullptr;
}

std::string describe(const leads::Command& command, const Understood& u, const std::string& language) {
  const auto& lead = u.after;
  const auto value = [&](const char* field) { return std::string(lead.value(field)); };
  switch (command.verb) {
    case Verb::status: return "status " + value("status");
    case Verb::next: {
      auto text = "next " + local(value("next.at"), language);
      if (value("next.by") != "ana") text += " by " + value("next.by");
      return with(text, ": ", value("next.note"));
    }
    case Verb::snooze: return "snooze " + local(value("next.at"), language);
    case Verb::assign: return "assign " + value("owner");
    case Verb::claim: return value("owner") == "ana" ? "claim" : "claim?";
    case Verb::note: return "note: " + text_of_note(u);
    case Verb::tag: return "tag" + tags_changed(u);
    case Verb::help: return "help";
    case Verb::undo: return effect<leads::EndDeed>(u) != nullptr ? "undo" : "undo?";
    case Verb::show: {
      const auto id = leads::read_lead(command.arguments);
      return id ? "show " + to_string(*id) : "show";
    }
    case Verb::list: return "list" + list_words(u);
    case Verb::find: return "find" + list_words(u);
    case Verb::away: {
      const auto* const away = effect<leads::MarkAway>(u);
      return away != nullptr && away->until ? "away " + leads::to_text(*away->until) : "away?";
    }
    case Verb::set: {
      const auto field = !value("budget").empty() ? "budget" : "company";
      return "set " + std::string(field) + "=" + value(field);
    }
    case Verb::contact: return "contact" + person(lead, 2, false);
    case Verb::create: return "new" + person(lead, 1, true);
    case Verb::address: return "address " + value("addresses");
    case Verb::qualify: return "qualify" + answers_of(u);
    case Verb::score: {
      std::string text = "score";
      for (const auto& score : leads::lines_of(value("evaluation.scores"))) text += " " + score;
      return text;
    }
    case Verb::step:
      return value("step.demo.done_at").empty() ? "step demo planned " + value("step.demo.planned")
                                                : "step demo done " + value("step.demo.done_at");
    case Verb::opportunity: {
      auto text =
          "opportunity " + numbered(lead, "opportunity", "value") + " " + numbered(lead, "opportunity", "currency");
      const bool is_default = numbered(lead, "opportunity", "probability") == "10";
      if (command.arguments.find('%') != std::string::npos && !is_default)
        text += " " + numbered(lead, "opportunity", "probability") + "%";
      text = with(text, " close ", numbered(lead, "opportunity", "close"));
      if (numbered(lead, "opportunity", "stage") == "proposal") text += " stage proposal";
      return text;
    }
    case Verb::stage: return "stage " + value("opportunity.1.stage");
    case Verb::quote:
      return with("quote " + numbered(lead, "quotation", "total") + " " + numbered(lead, "quotation", "currency"),
                  " valid ", numbered(lead, "quotation", "valid_until"));
    case Verb::won: return value("quotation.1.state") == "accepted" ? "won" : "won?";
    case Verb::lost: return "lost: " + value("lost.reason");
    case Verb::order: return "order " + value("order.1.number");
    case Verb::customer: return value("customer").empty() ? "customer?" : "customer";
    case Verb::dnc: return value("status") == "do-not-contact" ? "dnc" : "dnc?";
    case Verb::event:
      return with("event " + numbered(lead, "event", "kind") + " " + local(numbered(lead, "event", "at"), language) +
                      " " + numbered(lead, "event", "length") + "m",
                  ": ", numbered(lead, "event", "place"));
    case Verb::merge: return "merge " + to_string(leads::read_lead(command.arguments).value_or(LeadId{}));
    case Verb::move: return "move " + to_string(leads::read_lead(command.arguments).value_or(LeadId{}));
    case Verb::split: return "split";
    default: return "?";
  }
}

std::string outcome(const Understood& u, const std::string& language) {
  for (const auto& one : u.decision.effects) {
    const auto* const send = std::get_if<leads::SendLetter>(&one);
    if (send == nullptr || !send->letter.is_refusal) continue;
    return u.decision.outcome == leads::Outcome::ignored ? "nothing" : "refused: " + send->letter.text;
  }
  if (u.read.commands.empty()) return "nothing";
  std::string text;
  for (const auto& command : u.read.commands) text += (text.empty() ? "" : " & ") + describe(command, u, language);
  return text;
}

/// A date without a time means any time of that day; "refused" and "nothing" may say more; "nothing" is also what is
/// refused because a command stands below the text.
bool is_as_meant(const std::string& meant, const std::string& got) {
  if (meant == "nothing") return got == "nothing" || got.starts_with("refused");
  if (meant == "refused") return got.starts_with("refused");
  if (got == meant) return true;
  std::string shorter;
  std::string rest = got;
  for (const auto* const verb : {"next ", "snooze "}) {
    for (auto at = rest.find(verb); at != std::string::npos; at = rest.find(verb, at + 1)) {
      auto without = rest;
      const auto day = at + std::string_view(verb).size() + 10;
      if (day + 6 <= without.size()) without.erase(day, 6);
      if (without == meant) return true;
    }
  }
  return false;
}

void hold_against(const std::string& language) {
  const auto rows = table(language);
  ASSERT_GE(rows.size(), 100U);
  std::size_t wrong = 0;
  for (const auto& row : rows) {
    const auto got = outcome(understand(row.text, language), language);
    if (is_as_meant(row.meant, got)) continue;
    ++wrong;
    GTEST_LOG_(INFO) << language << ".txt:" << row.line << ": " << row.text << "\n   meant: " << row.meant
                     << "\n   got:   " << got;
    EXPECT_FALSE(row.meant == "nothing" || row.meant == "refused")
        << "something was done that nobody meant: " << row.text;
  }
  GTEST_LOG_(INFO) << language << ": " << rows.size() - wrong << " of " << rows.size() << " as meant";
  EXPECT_LE(wrong * 100, rows.size()) << "at least 99 % as meant";
}

TEST(Utterances, English) { hold_against("en"); }
TEST(Utterances, Spanish) { hold_against("es"); }
TEST(Utterances, Vietnamese) { hold_against("vi"); }

}  // namespace
}  // namespace leadmail::daemon
