#include "daemon/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <kainjow/mustache.hpp>

#include "daemon/wording_loader.h"
#include "mail/message/charset.h"
#include "mail/message/subject.h"

namespace leadmail::daemon {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::string_view kFieldPrefix = "field.";

/// How a value stands in what is made of a template.
using Escape = std::string (*)(std::string_view);

/// In a subject. A value is cut and not the whole, for the lead's tag may stand at its end.
std::string as_one_line(std::string_view value) {
  auto line = one_line_of(clean_text(value));
  line.resize(mail::message::utf8_prefix(line, mail::message::kLongestSubject).size());
  return line;
}

std::string as_html(std::string_view value) { return escape_html_lines(clean_text(value)); }

std::string fill(std::string_view text, const mustache::data& data, Escape escape) {
  mustache::mustache compiled{std::string(text)};
  compiled.set_custom_escape([escape](const std::string& value) { return escape(value); });
  return compiled.render(data);
}

mustache::data to_data(const Words& words) {
  mustache::data data;
  mustache::data fields;
  for (const auto& [name, value] : words.values) {
    if (value.empty()) continue;
    if (name.starts_with(kFieldPrefix)) {
      fields.set(name.substr(kFieldPrefix.size()), value);
    } else {
      data.set(name, value);
    }
  }
  data.set("field", fields);
  for (const auto& [name, entries] : words.lists) {
    mustache::data list{mustache::data::type::list};
    for (const auto& entry : entries) {
      mustache::data item;
      for (const auto& [key, value] : entry) item.set(key, value);
      list << item;
    }
    data.set(name, list);
  }
  return data;
}

mustache::data links_of(const Document& document, const LinkMaker& link) {
  mustache::data list{mustache::data::type::list};
  for (const auto& block : document) {
    if (block.kind != BlockKind::buttons || !link) continue;
    for (const auto& row : block.rows) {
      mustache::data item;
      item.set("label", row[0]);
      item.set("link", link(row[1]));
      list << item;
    }
  }
  return list;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (is_plain || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

}  // namespace

Result<Wording> Wording::load(const std::string& folder, const std::vector<std::string>& fields) {
  std::vector<ConfigError> errors;
  auto wording = Loader(folder, fields, errors).load();
  const auto first = std::ranges::find(errors, false, &ConfigError::warning);
  if (first != errors.end()) return Error{Next::give_up, to_string(*first)};
  return wording;
}

std::vector<ConfigError> Wording::check(const std::string& folder, const std::vector<std::string>& fields) {
  std::vector<ConfigError> errors;
  Loader(folder, fields, errors).load();
  return errors;
}

std::vector<std::string> template_fields(const leads::RecordSpec& record) {
  std::vector<std::string> names{"email", "phones", "addresses", "tags"};
  for (auto& field : leads::settable_fields(record)) names.push_back(std::move(field.name));
  return names;
}

Loaded with_templates_checked(Loaded loaded) {
  if (!loaded.config) return loaded;
  const auto fields = template_fields(loaded.config->rules.record);
  std::ranges::move(Wording::check(loaded.config->templates_path, fields), std::back_inserter(loaded.errors));
  const auto failed = std::ranges::find(loaded.errors, false, &ConfigError::warning);
  if (failed != loaded.errors.end()) loaded.config.reset();
  return loaded;
}

bool Wording::has(std::string_view name, std::string_view language) const {
  return letters_.contains(fmt::format("{}/{}", language, name)) || letters_.contains(fmt::format("en/{}", name));
}

const std::string& Wording::page_for(std::string_view name, std::string_view language,
                                     const std::string& layout) const {
  for (const auto& path : {fmt::format("{}/{}", language, name), fmt::format("{}/{}", language, layout)}) {
    if (const auto found = pages_.find(path); found != pages_.end()) return found->second;
  }
  return pages_.at(layout);
}

Rendered Wording::render(std::string_view name, std::string_view language, const Words& words,
                         const LinkMaker& link) const {
  auto found = letters_.find(fmt::format("{}/{}", language, name));
  if (found == letters_.end()) found = letters_.find(fmt::format("en/{}", name));
  assert(found != letters_.end());
  const Letter& letter = found->second;

  auto data = to_data(words);
  auto document = read_document(fill(letter.body, data, fence_value));
  shorten(document, link);
  Rendered rendered;
  rendered.subject = one_line_of(fill(letter.subject, data, as_one_line));
  rendered.text = to_text(document);
  rendered.own_words = own_words(document);

  data.set("subject", rendered.subject);
  data.set("language", std::string(language));
  data.set("buttons", links_of(document, link));
  data.set("content", to_html(document, link));
  rendered.html = fill(page_for(name, language, letter.layout), data, as_html);
  return rendered;
}

std::string mailto(std::string_view address, std::string_view subject, std::string_view body) {
  std::string target;
  for (const char c : address) target += c == '@' ? "@" : percent_encode(std::string_view(&c, 1));
  return fmt::format("mailto:{}?subject={}&body={}", target, percent_encode(subject), percent_encode(body));
}

std::string excerpt(std::string_view text, std::size_t max_bytes) {
  std::string out(shortened(text, max_bytes));
  return out.size() < text.size() ? out + "\n[…]" : out;
}

std::string quote_lines(std::string_view text, std::size_t max_bytes) {
  const auto shown = excerpt(text, max_bytes);
  std::string_view rest = shown;
  std::string out;
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    out.append("> ").append(rest.substr(0, end)).append("\n");
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return out;
}

}  // namespace leadmail::daemon
