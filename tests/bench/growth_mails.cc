#include "tests/bench/growth_mails.h"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <string_view>

namespace leadmail::bench {
namespace {

constexpr std::int64_t kBegin = 1'480'000'000;  // 2016; a million leads take nine years
constexpr std::int64_t kSecondsOfLead = 300;
constexpr double kVocabulary = 30'000;

constexpr std::array<std::string_view, 40> kCommonWords = {
    "pump",  "price",   "please",  "offer",     "delivery", "thank",   "order",    "quotation",
    "valve", "send",    "water",   "machine",   "need",     "company", "terms",    "warranty",
    "units", "payment", "project", "design",    "pressure", "motor",   "question", "catalogue",
    "spare", "parts",   "visit",   "technical", "data",     "sheet",   "bomba",    "precio",
    "favor", "cotizar", "entrega", "gracias",   "pregunta", "máquina", "agua",     "filtro"};
constexpr std::array<std::string_view, 20> kFirstNames = {
    "María", "James", "Ana",   "Lukas", "Sofía",  "Robert", "Linh", "Olga",   "Pedro", "Emma",
    "Jorge", "Mei",   "Laura", "Ivan",  "Camila", "Thomas", "Anh",  "Hannah", "Diego", "Zoé"};
constexpr std::array<std::string_view, 10> kUsualSubjects = {
    "Quotation", "Price request",        "Cotización", "Question about your product", "Request for information",
    "Inquiry",   "Solicitud de precios", "Your offer", "Technical question",          "Spare parts"};
constexpr std::array<std::string_view, 5> kFreeMail = {"gmail.com", "hotmail.com", "yahoo.com", "outlook.com",
                                                       "gmx.net"};

/// Chance that is the same for the same numbers: splitmix64.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed * 0x9E37'79B9'7F4A'7C15ULL + 1) {}
  std::uint64_t next() {
    state_ += 0x9E37'79B9'7F4A'7C15ULL;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58'476D'1CE4'E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D0'49BB'1331'11EBULL;
    return mixed ^ (mixed >> 31U);
  }
  std::uint64_t below(std::uint64_t end) { return next() % end; }
  double part() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

/// A word that is as common as its rank says: the first forty are what such mail is full of, the others are made up.
std::string word(std::uint64_t rank) {
  if (rank < kCommonWords.size()) return std::string(kCommonWords[rank]);
  constexpr std::string_view kConsonants = "bcdfglmnprstv";
  constexpr std::string_view kVowels = "aeiou";
  std::string made;
  for (auto rest = rank + 1000; rest > 0; rest /= kConsonants.size() * kVowels.size()) {
    const auto syllable = rest % (kConsonants.size() * kVowels.size());
    made += kConsonants[syllable / kVowels.size()];
    made += kVowels[syllable % kVowels.size()];
  }
  return made;
}

/// Some words are in every third mail, most in hardly any. https://en.wikipedia.org/wiki/Zipf%27s_law
std::string words(Chance& chance, std::uint64_t count) {
  std::string text;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!text.empty()) text += i % 12 == 0 ? ".\n" : " ";
    text += word(static_cast<std::uint64_t>(std::pow(kVocabulary, chance.part())) - 1);
  }
  return text + ".";
}

/// Some companies have several people who ask; others write from where everybody has an address.
std::string domain_of(std::uint64_t lead) {
  if (lead % 5 < 2) return std::string(kFreeMail[lead / 5 % kFreeMail.size()]);
  return word(lead / 5 % 20'000 + 100) + fmt::format("{}.example", lead / 100'000);
}

std::string address_of(std::uint64_t lead) { return fmt::format("p{:08}@{}", lead, domain_of(lead)); }

/// Random to the index, as people's are.
std::string id_of(std::uint64_t lead, std::uint64_t stage) {
  Chance chance(lead * 64 + stage);
  return fmt::format("{:016x}.{:08}@{}", chance.next(), lead, domain_of(lead));
}

std::string user_of(std::uint64_t lead) { return fmt::format("rep{:02}", lead % kUsers + 1); }

std::string subject_of(std::uint64_t lead) {
  Chance chance(lead);
  const auto usual = std::string(kUsualSubjects[chance.below(kUsualSubjects.size())]);
  if (chance.below(10) < 1) return usual;
  return usual + " " + word(chance.below(3000)) + fmt::format(" {:08}", lead);
}

std::string key_of(const std::string& subject) {
  std::string key;
  for (const char c : subject) key += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return key;
}

/// Letters enough for the store to have something to keep.
std::string raw_of(const leads::Inquiry& inquiry) {
  return fmt::format(
      "Return-Path: <{0}>\r\nFrom: {1} <{0}>\r\nTo: Sales <sales@acme.example>\r\nSubject: {2}\r\n"
      "Message-ID: <{3}>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{4}\r\n",
      inquiry.from.address, inquiry.from.name, inquiry.subject, inquiry.message_id, inquiry.text);
}

void refer_to(leads::Inquiry& inquiry, std::uint64_t lead, std::uint64_t stages) {
  for (std::uint64_t stage = 0; stage < stages; ++stage) inquiry.references.push_back(id_of(lead, stage));
  inquiry.in_reply_to = {inquiry.references.back()};
  inquiry.subject = "Re: " + inquiry.subject;
  inquiry.subject_is_reply = true;
}

void write_by_rep(leads::Inquiry& inquiry, std::uint64_t lead) {
  const auto user = user_of(lead);
  inquiry.in_sent_folder = true;
  inquiry.from = {"Rep " + user.substr(3), user + "@acme.example"};
  inquiry.to = {{name_of(lead), address_of(lead)}};
}

void write_by_prospect(leads::Inquiry& inquiry, std::uint64_t lead) {
  inquiry.from = {name_of(lead), address_of(lead)};
  inquiry.to = {{"Sales", "sales@acme.example"}};
  inquiry.delivered_to = {"sales@acme.example"};
  inquiry.signature = inquiry.from.name + "\n" + domain_of(lead);
}

GrowthMail make(std::uint64_t lead, std::uint64_t stage, std::uint64_t answers, Time seen) {
  Chance chance(lead * 64 + stage + 17);
  GrowthMail mail;
  mail.seen = seen;
  auto& inquiry = mail.inquiry;
  inquiry.mailbox = "sales";
  inquiry.received = seen;
  inquiry.date = seen - std::chrono::seconds{20};
  inquiry.from_is_plain = true;
  inquiry.subject = subject_of(lead);
  inquiry.subject_key = key_of(inquiry.subject);
  inquiry.message_id = id_of(lead, stage);
  inquiry.fingerprint = fmt::format("{:016x}{:016x}", chance.next(), chance.next());
  inquiry.language = "en";
  inquiry.reply = words(chance, 20 + chance.below(50));
  if (answers > 0) refer_to(inquiry, lead, answers);
  const bool is_rep = stage == 1 || (stage == 4 && lead % 50 != 7);
  is_rep ? write_by_rep(inquiry, lead) : write_by_prospect(inquiry, lead);
  inquiry.text = inquiry.reply + (inquiry.signature.empty() ? "" : "\n-- \n" + inquiry.signature);
  mail.raw = raw_of(inquiry);
  mail.place = {.mailbox = "sales",
                .folder = is_rep ? "Sent" : "INBOX",
                .uid_validity = 7,
                .uid = static_cast<std::uint32_t>(lead * kMailsOfLead + stage)};
  return mail;
}

}  // namespace

GrowthMail mail_of(std::uint64_t lead, std::uint64_t stage, Time seen) { return make(lead, stage, stage, seen); }

GrowthMail late_mail_of(const leads::Inquiry& first, std::uint64_t serial, Time seen) {
  auto mail = make(serial, 0, 0, seen);
  auto& inquiry = mail.inquiry;
  inquiry.from = first.from;
  inquiry.subject = "Re: " + first.subject;
  inquiry.subject_key = first.subject_key;
  inquiry.subject_is_reply = true;
  inquiry.in_reply_to = inquiry.references = {first.message_id};
  mail.raw = raw_of(inquiry);
  mail.place.folder = "INBOX/late";
  return mail;
}

std::string commands_for(std::uint64_t lead) {
  Chance chance(lead + 99);
  std::string commands;
  const auto what = chance.below(100);
  if (what < 15) commands += fmt::format("#tag {}\n", word(chance.below(200)));
  if (what >= 10 && what < 30) commands += fmt::format("#quote {} EUR\n", 100 + chance.below(90'000));
  if (what >= 97) return commands + "#next in 20 days call\n";  // the few that stay open
  if (what < 22) return commands + fmt::format("#opportunity {} EUR\n#won\n", 100 + chance.below(90'000));
  if (what < 30) return commands + "#lost price\n";
  return commands + "#status converted\n";
}

Time time_of(std::uint64_t lead) { return from_unix(kBegin + static_cast<std::int64_t>(lead) * kSecondsOfLead); }

std::string rare_word(std::uint64_t lead) { return fmt::format("p{:08}", lead); }

std::string name_of(std::uint64_t lead) {
  Chance chance(lead + 7);
  auto family = word(100 + chance.below(5000));
  family.front() = static_cast<char>(family.front() - 'a' + 'A');
  return std::string(kFirstNames[chance.below(kFirstNames.size())]) + " " + family;
}

}  // namespace leadmail::bench
