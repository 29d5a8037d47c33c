// Forms in any layout, as we know them and as a config describes them; what is learned of them is TOML.
//
// Also: mail/message/form_*.cc mail/message/phone_number.cc
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "mail/message/charset.h"
#include "mail/message/form.h"
#include "mail/message/form_reader.h"
#include "mail/message/parse.h"
#include "mail/message/subject.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadmail::mail::message;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto fields = read_form(input);
  if (fields.size() > 200) std::abort();
  if (read_form_page(input).size() > 200) std::abort();
  read_form(input, input);
  form_key(input.substr(0, 80));
  form_values(fields);

  // A form described by what stands in it is found again.
  const FormRule rule{
      .name = "site", .subject = "quote", .labels = {{"name", "name"}, {"e-mail", "email"}, {"x", "ignore"}}};
  form_values(read_form(input, rule), rule);

  Message mail{.identity = {.subject = repair_utf8(input.substr(0, 60))}};
  mail.content.text = repair_utf8(input);
  mail.content.form = read_form(mail.content.text);
  if (!is_valid_utf8(learn_form(mail))) std::abort();
  const std::vector<FormRule> rules{rule};
  apply_form_rules(mail, rules);
  return 0;
}
