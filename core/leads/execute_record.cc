// #set, #tag, #contact, #address: what is known of the lead.
#include <algorithm>
#include <array>

#include "core/leads/fold.h"
#include "core/leads/person_words.h"
#include "core/leads/text.h"
#include "core/leads/turn.h"

namespace leadmail::leads {
namespace {

constexpr std::size_t kMostEntries = 100;  // contacts, addresses, tags of one lead

std::string field_names(const Turn& turn) {
  std::vector<std::string> names;
  for (const auto& field : settable_fields(turn.plan.rules().record)) names.push_back(label_of(field, turn.language()));
  return join(names, ", ");
}

bool clears(std::string_view value) {
  return is_one_of(value, {"-", "none", "clear", "ninguno", "ninguna", "borrar", "nada", "xoa", "khong co"});
}

std::string digits_of(std::string_view phone) {
  std::string digits;
  std::ranges::copy_if(phone, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

/// Adds the words of `more` that `list` does not hold yet.
void add_new(std::vector<std::string>& list, const std::vector<std::string>& more) {
  for (const auto& entry : more) {
    const auto same = [&](const std::string& known) { return fold(known) == fold(entry); };
    if (list.size() < kMostEntries && std::ranges::none_of(list, same)) list.push_back(entry);
  }
}

/// Adds numbers that `list` does not hold yet, however they are written.
void add_new_phones(std::vector<std::string>& list, const std::vector<std::string>& more) {
  for (const auto& phone : more) {
    const auto same = [&](const std::string& known) { return digits_of(known) == digits_of(phone); };
    if (list.size() < kMostEntries && std::ranges::none_of(list, same)) list.push_back(phone);
  }
}

/// One of the addresses that is ours; nullptr: none is.
const std::string* own_address(const Turn& turn, const std::vector<std::string>& emails) {
  const auto& rules = turn.plan.rules();
  const auto own = std::ranges::find_if(emails, [&](const std::string& email) {
    return rules.user_with_address(email) != nullptr || rules.mailbox_with_address(email) != nullptr;
  });
  return own == emails.end() ? nullptr : &*own;
}

/// The addresses that nobody but a user has told of: before they get mail, he says so once more.
std::string marked_by_hand(const Lead& lead, const std::vector<std::string>& emails) {
  auto by_hand = lines_of(lead.value("by_hand"));
  for (const auto& email : emails) {
    if (!lead.is_contact(email)) add_new(by_hand, {email});
  }
  return join(by_hand, "\n");
}

void set_people(Turn& turn, Verb verb, Values values, const std::string& marked) {
  if (turn.lead().value("by_hand") != marked) values.emplace_back("by_hand", marked);
  turn.set(verb, EventType::contact, values);
  std::erase_if(turn.result.results, [](const ResultLine& line) { return line.field == "by_hand"; });
}

/// The number under which the lead has that person: by address, then phone, then name; 0: nobody.
std::size_t contact_number(const Lead& lead, const PersonWords& person) {
  const auto part = [&](std::size_t n, std::string_view what) {
    return lead.value("contact." + std::to_string(n) + "." + std::string(what));
  };
  std::size_t by_phone = 0;
  std::size_t by_name = 0;
  for (std::size_t n = 1; n <= kMostEntries; ++n) {
    for (const auto& email : lines_of(part(n, "emails"))) {
      if (std::ranges::find(person.emails, email) != person.emails.end()) return n;
    }
    for (const auto& phone : lines_of(part(n, "phones"))) {
      const auto same = [&](const std::string& written) { return digits_of(written) == digits_of(phone); };
      if (by_phone == 0 && std::ranges::any_of(person.phones, same)) by_phone = n;
    }
    const auto known = part(n, "name");
    if (by_name == 0 && !known.empty() && fold(known) == fold(person.name)) by_name = n;
  }
  return by_phone != 0 ? by_phone : by_name;
}

std::size_t free_number(const Lead& lead) {
  std::size_t n = 1;
  const auto taken = [&] {
    const auto prefix = "contact." + std::to_string(n) + ".";
    const auto found = lead.values.lower_bound(prefix);
    return found != lead.values.end() && found->first.starts_with(prefix);
  };
  while (n <= kMostEntries && taken()) ++n;
  return n;
}

/// "vip, trade fair" by commas, else one tag a word; a whole text that the config lists is one tag.
std::vector<std::string> tag_words(std::string_view text, const std::vector<std::string>& listed) {
  if (read_entry(text, listed)) return {std::string(trim(text))};
  std::vector<std::string> tags;
  if (text.find(',') == std::string_view::npos) {
    for (const auto& word : words_of(text)) tags.emplace_back(word);
    return tags;
  }
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    if (const auto tag = trim(text.substr(0, end)); !tag.empty()) tags.emplace_back(tag);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return tags;
}

/// "#set phone 55 1234 5678": the lead's own number; other people's come by #contact. False: it is about something
/// else.
bool set_phone(Turn& turn, const Command& command) {
  auto rest = trim(std::string_view(command.arguments));
  auto word = take_word(rest);
  while (word.ends_with(':') || word.ends_with('=')) word.remove_suffix(1);
  const bool is_vietnamese = is_one_of(word, {"dien"}) && is_one_of(take_word(rest), {"thoai"});
  if (!is_vietnamese &&
      !is_one_of(word, {"phone", "phones", "telephone", "tel", "mobile", "telefono", "telefonos", "movil", "celular"}))
    return false;
  while (rest.starts_with('=') || rest.starts_with(':')) rest = trim(rest.substr(1));
  auto phones = lines_of(turn.lead().value("phones"));
  auto own = lines_of(turn.lead().value("contact.1.phones"));
  constexpr std::size_t kFewestDigits = 5;
  if (clears(rest)) {
    phones.clear();
    own.clear();
  } else if (digits_of(rest).size() < kFewestDigits) {
    turn.refuse(Phrase::no_number, {one_line(rest, 40)});
    return true;
  } else {
    add_new_phones(phones, {one_line(rest, 60)});
    add_new_phones(own, {one_line(rest, 60)});
  }
  turn.set(Verb::set, EventType::fields, {{"phones", join(phones, "\n")}, {"contact.1.phones", join(own, "\n")}});
  return true;
}

/// "#set email maria@x.example": the lead's own address; other people's come by #contact. False: it is about something
/// else.
bool set_email(Turn& turn, const Command& command) {
  auto rest = trim(std::string_view(command.arguments));
  std::size_t used = 0;
  for (const std::string_view name : {"e-mail address", "email address", "e-mail", "email", "mail",
                                      "correo electronico", "correo", "dia chi email", "thu dien tu"}) {
    used = std::max(used, words_said(rest, name));
  }
  if (used == 0) return false;
  rest = trim(rest.substr(used));
  while (rest.starts_with('=') || rest.starts_with(':')) rest = trim(rest.substr(1));
  auto known = lines_of(turn.lead().value("contact.1.emails"));
  if (clears(rest)) {
    turn.set(Verb::set, EventType::contact, {{"contact.1.emails", ""}});
    return true;
  }
  const auto person = read_person(rest);
  if (person.emails.empty() || !person.wrong.empty()) {
    turn.refuse(Phrase::bad_address, {one_line(rest, 60)});
    return true;
  }
  if (const auto* const own = own_address(turn, person.emails)) {
    turn.refuse(Phrase::own_address, {*own});
    return true;
  }
  const auto marked = marked_by_hand(turn.lead(), person.emails);
  add_new(known, person.emails);
  set_people(turn, Verb::set, {{"contact.1.emails", join(known, "\n")}}, marked);
  return true;
}

/// Without the quotation marks that keyboards put around a value.
std::string_view without_quotes(std::string_view text) {
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"\"", "\""},
                                    {"\u201c", "\u201d"},
                                    {"\u201d", "\u201d"},
                                    {"\u00ab", "\u00bb"},
                                    {"\u201e", "\u201c"}}) {
    if (text.size() > open.size() + close.size() && text.starts_with(open) && text.ends_with(close))
      return trim(text.substr(open.size(), text.size() - open.size() - close.size()));
  }
  return text;
}

struct Otherwise {
  std::string_view name;
  Verb verb;
};

// What people may try to set that has a verb of its own.
constexpr auto kOtherwise = std::to_array<Otherwise>({{"owner", Verb::assign},
                                                      {"responsable", Verb::assign},
                                                      {"nguoi phu trach", Verb::assign},
                                                      {"status", Verb::status},
                                                      {"estado", Verb::status},
                                                      {"trang thai", Verb::status},
                                                      {"next contact", Verb::next},
                                                      {"next", Verb::next},
                                                      {"proximo contacto", Verb::next},
                                                      {"lien he tiep theo", Verb::next},
                                                      {"tags", Verb::tag},
                                                      {"tag", Verb::tag},
                                                      {"etiquetas", Verb::tag},
                                                      {"the", Verb::tag},
                                                      {"address", Verb::address},
                                                      {"addresses", Verb::address},
                                                      {"direccion", Verb::address},
                                                      {"dia chi", Verb::address},
                                                      {"contact", Verb::contact},
                                                      {"contacto", Verb::contact},
                                                      {"stage", Verb::stage},
                                                      {"etapa", Verb::stage},
                                                      {"giai doan", Verb::stage},
                                                      {"evaluation", Verb::score},
                                                      {"score", Verb::score},
                                                      {"opportunity", Verb::opportunity},
                                                      {"quotation", Verb::quote},
                                                      {"qualification", Verb::qualify}});

/// The verb that sets what somebody wanted to #set.
const Otherwise* set_otherwise(std::string_view words) {
  const Otherwise* best = nullptr;
  std::size_t used = 0;
  for (const auto& entry : kOtherwise) {
    if (const auto said = words_said(words, entry.name); said > used) {
      best = &entry;
      used = said;
    }
  }
  return best;
}

void refuse_field(Turn& turn, std::string_view words) {
  if (const auto* const other = set_otherwise(words)) {
    return turn.refuse(Phrase::set_otherwise,
                       {one_line(take_word(words), 40), "#" + std::string(row_of(other->verb).example)});
  }
  turn.refuse(Phrase::unknown_field, {one_line(take_word(words), 40), field_names(turn)});
}

/// An organization has a company name, whatever is changed about it.
bool stays_whole(Turn& turn, std::string_view field, std::string_view value) {
  const auto after = [&](std::string_view name) { return name == field ? value : turn.lead().value(name); };
  if (after("type") != "organization" || !after("company").empty()) return true;
  turn.refuse(field == "type" ? Phrase::needs_company : Phrase::still_organization);
  return false;
}

}  // namespace

void do_set(Turn& turn, const Command& command) {
  const auto& record = turn.plan.rules().record;
  const auto named = read_field(command.arguments, record);
  if (!named) {
    if (trim(command.arguments).empty()) return turn.refuse_short(Verb::set);
    if (set_phone(turn, command) || set_email(turn, command)) return;
    return refuse_field(turn, trim(command.arguments));
  }
  auto text = trim(std::string_view(command.arguments).substr(named->used));
  while (text.starts_with('=') || text.starts_with(':')) text = trim(text.substr(1));
  if (text.empty()) return turn.refuse_short(Verb::set);
  text = without_quotes(text);
  std::string value;
  if (!clears(text)) {
    auto read = read_value(named->field, text, context_for(turn, false), record);
    if (!read) return turn.refuse(read.error().what);
    value = std::move(*read);
  }
  if (!stays_whole(turn, named->field.name, value)) return;
  turn.set(Verb::set, EventType::fields, {{named->field.name, value}});
}

void do_tag(Turn& turn, const Command& command) {
  const auto& lists = turn.plan.rules().record.lists;
  const auto listed = lists.find("tag");
  const std::vector<std::string> known = listed == lists.end() ? std::vector<std::string>{} : listed->second;
  auto tags = lines_of(turn.lead().value("tags"));
  const auto words = tag_words(command.arguments, known);
  if (words.empty()) return turn.refuse_short(Verb::tag);
  for (const auto& word : words) {
    const bool drops = word.starts_with('-');
    auto tag = one_line(drops || word.starts_with('+') || word.starts_with('#') ? word.substr(1) : word, 60);
    if (drops) {
      std::erase_if(tags, [&](const std::string& old) { return fold(old) == fold(tag); });
      continue;
    }
    if (!known.empty()) {
      const auto found = read_entry(tag, known);
      if (!found) return turn.refuse(Phrase::unknown_choice, {tag, join(known, ", ")});
      tag = known[*found];
    }
    add_new(tags, {tag});
  }
  turn.set(Verb::tag, EventType::fields, {{"tags", join(tags, "\n")}});
}

void do_contact(Turn& turn, const Command& command) {
  const auto person = read_person(command.arguments);
  if (!person.wrong.empty()) return turn.refuse(Phrase::bad_address, {one_line(person.wrong, 60)});
  if (person.name.empty() && person.emails.empty() && person.phones.empty()) {
    if (trim(command.arguments).empty()) return turn.refuse_short(Verb::contact);
    return turn.refuse(Phrase::no_such_contact, {one_line(command.arguments, 60)});
  }
  if (const auto* const own = own_address(turn, person.emails)) return turn.refuse(Phrase::own_address, {*own});
  auto number = contact_number(turn.lead(), person);
  const bool is_new = number == 0;
  if (is_new) number = free_number(turn.lead());
  const auto field = [&](std::string_view part) {
    return "contact." + std::to_string(number) + "." + std::string(part);
  };
  auto emails = lines_of(turn.lead().value(field("emails")));
  auto phones = lines_of(turn.lead().value(field("phones")));
  add_new(emails, person.emails);
  add_new_phones(phones, person.phones);
  Values values;
  if (!person.name.empty()) values.emplace_back(field("name"), person.name);
  if (!emails.empty()) values.emplace_back(field("emails"), join(emails, "\n"));
  if (!phones.empty()) values.emplace_back(field("phones"), join(phones, "\n"));
  if (!person.role.empty()) values.emplace_back(field("role"), person.role);
  if (!person.more.empty()) values.emplace_back(field("title"), one_line(join(person.more, ","), 200));
  set_people(turn, Verb::contact, std::move(values), marked_by_hand(turn.lead(), person.emails));
}

void do_address(Turn& turn, const Command& command) {
  const auto text = one_line(command.arguments, 300);
  if (text.empty()) return turn.refuse_short(Verb::address);
  auto addresses = lines_of(turn.lead().value("addresses"));
  add_new(addresses, {text});
  turn.set(Verb::address, EventType::fields, {{"addresses", join(addresses, "\n")}});
}

}  // namespace leadmail::leads
