// How fast rules decide: mails a second by ten thousand rules of every kind of comparison, beside ten rules, in one
// interleaved run, CPU time. The goal: at least 1,000 mails a second.
#include <fmt/core.h>
#include <time.h>

#include <array>
#include <string>
#include <vector>

#include "core/leads/decide.h"
#include "core/leads/rule_index.h"

namespace leadmail::bench {
namespace {

using leads::Condition;
using Op = Condition::Op;

constexpr int kRounds = 5;
constexpr int kMailsARound = 200;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

/// What companies write: who by country, domain, product, words of the mail, numbers of orders.
Condition condition(int i) {
  const auto n = std::to_string(i);
  switch (i % 6) {
    case 0: return {.op = Op::is, .field = "country", .values = {"Land " + n}};
    case 1: return {.op = Op::contains, .field = "text", .values = {"product " + n}};
    case 2: return {.op = Op::matches, .field = "subject", .values = {"(?i)(order|pedido)[- #]*" + n + "\\b"}};
    case 3: return {.op = Op::domain, .field = "email", .values = {"customer" + n + ".example"}};
    case 4:
      return {.op = Op::all,
              .parts = {{.op = Op::exists, .field = "phone"},
                        {.op = Op::any,
                         .parts = {{.op = Op::in, .field = "product", .values = {"pump " + n, "valve " + n}},
                                   {.op = Op::matches, .field = "text", .values = {"serial: *" + n + "[A-Z]"}}}}}};
    default:
      return {.op = Op::all,
              .parts = {{.op = Op::none_of, .parts = {{.op = Op::is, .field = "language", .values = {"en"}}}},
                        {.op = Op::is, .field = "industry", .values = {"industry " + n}}}};
  }
}

leads::Rules company(int rules) {
  leads::Rules company;
  company.users = {leads::User{.id = "ana", .addresses = {"ana@acme.example"}},
                   leads::User{.id = "luis", .addresses = {"luis@acme.example"}}};
  company.teams = {leads::Team{.id = "mx", .members = {"ana", "luis"}, .lead = "ana"}};
  company.mailboxes = {leads::Mailbox{.name = "sales", .address = "sales@acme.example", .team = "mx"}};
  for (int i = 0; i < rules; ++i) {
    company.assign.push_back({.name = "rule " + std::to_string(i),
                              .when = condition(i),
                              .strategy = leads::AssignRule::Strategy::weighted,
                              .users = {"ana", "luis"}});
  }
  leads::prepare_rules(company);
  return company;
}

/// Two kilobytes of text; every tenth fits one rule.
leads::Inquiry mail(int i) {
  const auto n = std::to_string(i * 6 + 1);
  leads::Inquiry mail;
  mail.mailbox = "sales";
  mail.received = from_unix(1'790'000'000);
  mail.fingerprint = n;
  mail.from = {"Maria " + n, "maria" + n + "@far" + n + ".example"};
  mail.message_id = n + "@far.example";
  mail.subject = "Question about pump " + n;
  for (int line = 0; line < 30; ++line)
    mail.text += "We need twelve pumps for an irrigation system of forty hectares. ";
  if (i % 10 == 0) mail.text += "It is about product " + n;
  mail.reply = mail.text;
  return mail;
}

double seconds_for(const leads::Rules& rules, const std::vector<leads::Inquiry>& mails, int& by_rule) {
  const leads::Snapshot nothing;
  const auto start = cpu_seconds();
  for (const auto& one : mails) {
    const auto decision = leads::decide(one, nothing, rules, from_unix(1'790'000'100));
    for (const auto& effect : decision.effects) by_rule += std::holds_alternative<leads::Rotate>(effect) ? 1 : 0;
  }
  return cpu_seconds() - start;
}

int run() {
  const auto few = company(10);
  const auto many = company(10'000);
  std::vector<leads::Inquiry> mails;
  for (int i = 0; i < kMailsARound; ++i) mails.push_back(mail(i));
  double seconds_few = 0;
  double seconds_many = 0;
  int by_few = 0;
  int by_many = 0;
  for (int round = 0; round < kRounds; ++round) {
    seconds_few += seconds_for(few, mails, by_few);
    seconds_many += seconds_for(many, mails, by_many);
  }
  const double all = kRounds * kMailsARound;
  fmt::print("     10 rules  {:>9.0f} mails/s, {} of {} by a rule\n", all / seconds_few, by_few, static_cast<int>(all));
  fmt::print(" 10,000 rules  {:>9.0f} mails/s, {} of {} by a rule\n", all / seconds_many, by_many,
             static_cast<int>(all));
  fmt::print("ratio          {:>9.2f}\n", seconds_many / seconds_few);
  return all / seconds_many >= 1000 ? 0 : 1;
}

}  // namespace
}  // namespace leadmail::bench

int main() { return leadmail::bench::run(); }
