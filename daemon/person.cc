#include "daemon/person.h"

#include <algorithm>

#include "core/leads/address.h"
#include "mail/message/subject.h"

namespace leadmail::daemon {
namespace {

constexpr int kMostRounds = 8;  ///< contacts that share an address with one that shares one with …
constexpr std::size_t kMostAddresses = 50;

bool is_ours(std::string_view address, const leads::Rules& rules) {
  return rules.user_with_address(address) != nullptr || rules.mailbox_with_address(address) != nullptr ||
         std::ranges::any_of(rules.admins, [&](const auto& admin) { return leads::to_lower(admin) == address; });
}

bool has(const std::vector<std::string>& list, const std::string& one) {
  return std::ranges::find(list, one) != list.end();
}

bool is_his(const leads::Contact& contact, const Person& person) {
  return std::ranges::any_of(contact.emails,
                             [&](const auto& email) { return has(person.addresses, leads::to_lower(email)); });
}

/// A contact without any address is somebody else when it has another name or phone.
bool is_somebody_else(const leads::Contact& contact, const Person& person) {
  if (is_his(contact, person)) return false;
  if (!contact.emails.empty()) return true;
  const bool new_name = !contact.name.empty() && !person.names.contains(contact.name);
  const bool new_phone =
      std::ranges::any_of(contact.phones, [&](const auto& phone) { return !person.phones.contains(phone); });
  return new_name || new_phone;
}

/// Takes up what the leads' contacts tell of him. True: an address was new.
Result<bool> learn(Person& person, store::PersonReader& all, store::Reader& book, const leads::Rules& rules) {
  auto ids = all.leads_with(person.addresses);
  if (!ids) return std::move(ids.error());
  bool learnt = false;
  for (const auto id : *ids) {
    auto lead = book.lead(id);
    if (!lead) return std::move(lead.error());
    if (!*lead) continue;
    for (const auto& contact : (*lead)->contacts()) {
      if (!is_his(contact, person)) continue;
      if (!contact.name.empty()) person.names.insert(contact.name);
      person.phones.insert(contact.phones.begin(), contact.phones.end());
      for (const auto& email : contact.emails) {
        const auto lower = leads::to_lower(email);
        if (has(person.addresses, lower) || is_ours(lower, rules) || person.addresses.size() >= kMostAddresses)
          continue;
        person.addresses.push_back(lower);
        learnt = true;
      }
    }
  }
  return learnt;
}

/// Which leads are about him alone.
Result<void> sort_leads(Person& person, store::PersonReader& all, store::Reader& book) {
  auto ids = all.leads_with(person.addresses);
  if (!ids) return std::move(ids.error());
  for (const auto id : *ids) {
    auto lead = book.lead(id);
    if (!lead) return std::move(lead.error());
    if (!*lead) continue;
    const bool shared =
        std::ranges::any_of((*lead)->contacts(), [&](const auto& one) { return is_somebody_else(one, person); });
    (shared ? person.shared : person.leads).push_back(id);
    // The lead's own phones may be told beside those of its contacts.
    if (!shared) {
      for (const auto& phone : leads::lines_of((*lead)->value("phones"))) person.phones.insert(phone);
    }
  }
  return {};
}

void add_words(Person& person, const store::KeptText& mail) {
  auto& traces = person.traces;
  traces.add_message_id(mail.message_id);
  traces.add_text(mail.reply.empty() ? mail.text : mail.reply);
  traces.add_text(mail.signature);
  const auto subject = mail::message::read_subject(mail.subject);
  if (!subject.is_reply && !subject.is_forward) traces.add_phrase(subject.base);
}

/// His mails, and his words in them. A form writes in his name.
Result<void> read_mails(Person& person, store::PersonReader& all) {
  return all.mails([&](const store::KeptText& mail) -> Result<void> {
    const bool wrote_it = has(person.addresses, leads::to_lower(mail.from_address));
    const auto in = [&](const std::vector<LeadId>& leads) {
      return mail.lead && std::ranges::find(leads, *mail.lead) != leads.end();
    };
    const bool is_form =
        mail.kind == "form" && (in(person.leads) || in(person.shared)) && person.traces.are_in(mail.text);
    if (!wrote_it && !is_form) {
      if (in(person.leads) && mail.direction != "in") person.about.insert(mail.id);
      return {};
    }
    person.mails.insert(mail.id);
    if (wrote_it && !mail.from_name.empty()) person.names.insert(mail.from_name);
    add_words(person, mail);
    return {};
  });
}

/// What came with his mails, as the timelines of his leads have it.
Result<void> read_files(Person& person, store::PersonReader& all, store::Reader& book) {
  std::set<std::string> ids;
  auto listed = all.mails([&](const store::KeptText& mail) -> Result<void> {
    if (person.mails.contains(mail.id) && !mail.message_id.empty()) ids.insert(mail.message_id);
    return {};
  });
  if (!listed) return listed;
  for (const auto* leads : {&person.leads, &person.shared}) {
    for (const auto id : *leads) {
      auto events = book.timeline(id);
      if (!events) return std::move(events.error());
      for (const auto& event : *events) {
        if (!ids.contains(event.message_id)) continue;
        for (const auto& file : event.files) person.files.insert(file.sha256);
      }
    }
  }
  return {};
}

}  // namespace

Result<Person> find_person(store::PersonReader& all, store::Reader& book, std::string_view address,
                           const leads::Rules& rules) {
  const auto asked = leads::to_lower(address);
  if (const auto at = asked.find('@'); at == std::string::npos || at == 0 || at + 1 == asked.size()) {
    return Error{Next::give_up, "'" + asked + "' is no address"};
  }
  if (is_ours(asked, rules)) {
    return Error{Next::give_up, asked + " is an address of a user, an administrator or a mailbox: the config has it"};
  }
  Person person{.addresses = {asked}};
  for (int round = 0; round < kMostRounds; ++round) {
    auto learnt = learn(person, all, book, rules);
    if (!learnt) return std::move(learnt.error());
    if (!*learnt) break;
  }
  if (auto done = sort_leads(person, all, book); !done) return std::move(done.error());
  for (const auto& one : person.addresses) person.traces.add_address(one);
  for (const auto& phone : person.phones) person.traces.add_phone(phone);
  if (auto done = read_mails(person, all); !done) return std::move(done.error());
  for (const auto& name : person.names) person.traces.add_phrase(name);
  if (auto done = read_files(person, all, book); !done) return std::move(done.error());
  return person;
}

mail::message::Redaction redaction_of(const Person& person) {
  return {.find = [&person](std::string_view text) { return person.traces.find(text); },
          .is_his_file = [&person](const std::string& hash) { return person.files.contains(hash); }};
}

Result<Hits> search_for(store::PersonReader& all, const Person& person) {
  Hits hits;
  const auto redaction = redaction_of(person);
  const auto speaks_of_him = [&](std::string_view bytes) {
    return mail::message::redact(bytes, redaction).has_value();
  };
  auto done = all.texts([&](const store::KeptRow& row) -> Result<void> {
    hits.rows += person.traces.are_in(row.text) ? 1 : 0;
    return {};
  });
  if (!done) return std::move(done.error());
  std::vector<MailId> mails;
  done = all.mails([&](const store::KeptText& mail) -> Result<void> {
    mails.push_back(mail.id);
    return {};
  });
  if (!done) return std::move(done.error());
  for (const auto mail : mails) {
    auto raw = all.raw(mail);
    if (!raw) return std::move(raw.error());
    if (*raw && speaks_of_him(**raw)) ++hits.mails;
  }
  done = all.letters([&](const store::KeptLetter& letter) -> Result<void> {
    if (speaks_of_him(letter.bytes)) ++hits.letters;
    return {};
  });
  if (!done) return std::move(done.error());
  auto stray = all.stray_words();
  if (!stray) return std::move(stray.error());
  hits.words = *stray;
  return hits;
}

}  // namespace leadmail::daemon
