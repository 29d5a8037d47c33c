// The text of the first config.
#include <algorithm>

#include "core/leads/address.h"
#include "daemon/admin/setup.h"
#include "daemon/options.h"

namespace leadmail::daemon::admin {
namespace {

template <typename Texts>
std::string list_of(const Texts& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + toml_text(text);
  return "[" + out + "]";
}

/// Lines of one section, each key with its text from the table of options.
class Writer {
 public:
  void section(std::string_view name, bool is_list) {
    section_ = name;
    text_ += is_list ? "\n[[" + std::string{name} + "]]\n" : "\n[" + std::string{name} + "]\n";
  }
  void set(std::string_view key, const std::string& value, std::string_view why = {}) {
    explain(key, why);
    text_ += std::string{key} + " = " + value + "\n";
  }
  /// A key that stays at its default, to be found.
  void offer(std::string_view key, const std::string& value = {}, std::string_view why = {}) {
    explain(key, why);
    const auto* const option = find_option(section_, key);
    const auto shown = value.empty() && option != nullptr ? std::string{option->default_value} : value;
    text_ += "# " + std::string{key} + " = " + shown + "\n";
  }
  void remark(std::string_view words) { text_ += "# " + std::string{words} + "\n"; }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  void explain(std::string_view key, std::string_view why) {
    if (const auto* const option = find_option(section_, key)) text_ += "# " + std::string{option->text} + "\n";
    if (!why.empty()) text_ += "# " + std::string{why} + "\n";
  }

  std::string section_{};
  std::string text_{};
};

void write_company(Writer& writer, const Answers& answers) {
  writer.section("company", false);
  writer.set("name", toml_text(answers.company));
  writer.set("timezone", toml_text(answers.timezone));
  writer.set("language", toml_text(answers.language));
  writer.offer("hours", R"({ days = ["mon","tue","wed","thu","fri"], from = "09:00", to = "18:00" })");
  writer.offer("holidays", R"(["2026-12-25"])");
  if (!answers.store.empty()) {
    writer.section("store", false);
    writer.set("path", toml_text(answers.store));
  }
  writer.section("admin", false);
  if (answers.admins.empty()) {
    writer.offer("addresses", R"(["it@acme.example"])");
  } else {
    writer.set("addresses", list_of(answers.admins));
  }
}

void write_servers(Writer& writer, const Setup& setup) {
  const auto& answers = setup.answers;
  writer.set("name", toml_text(mailbox_name(answers.address)));
  writer.set("address", toml_text(answers.address));
  writer.offer("aliases", "[]");
  writer.set("imap", toml_text(answers.imap));
  writer.set("smtp", toml_text(answers.smtp));
  if (answers.insecure) writer.set("insecure", "true");
  if (!answers.tls_ca.empty()) writer.set("tls_ca", toml_text(answers.tls_ca));
  writer.set("user", toml_text(answers.user.empty() ? answers.address : answers.user));
  if (!answers.oauth2) writer.set("password_file", toml_text(setup.password_file));
}

void write_folders(Writer& writer, const Setup& setup) {
  const auto& trial = setup.trial;
  if (setup.tried && trial.sent.empty()) {
    writer.set("sent", toml_text(""), "none was found on the server");
  } else if (!trial.sent.empty()) {
    writer.set("sent", toml_text(trial.sent));
  } else {
    writer.offer("sent");
  }
  if (trial.keeps_sent.value_or(false)) {
    writer.set("sent_copy", toml_text("never"), "seen at set-up: the server itself files what it sends");
  } else {
    writer.offer("sent_copy");
  }
  writer.offer("processed");
  writer.offer("baseline");
}

void write_trust(Writer& writer, const Setup& setup) {
  const auto& trial = setup.trial;
  if (trial.plus_addressing.has_value()) {
    writer.set("plus_addressing", *trial.plus_addressing ? "true" : "false", "tried at set-up");
  } else {
    writer.offer("plus_addressing");
  }
  auto trusted = trial.testimony.trusted;
  if (!setup.tried && !setup.known_authserv.empty()) trusted = {setup.known_authserv};
  if (!trusted.empty()) {
    writer.set("trusted_authserv", list_of(trusted));
    writer.offer("transport_auth");
    return;
  }
  writer.offer("trusted_authserv", R"(["mx.acme.example"])", setup.tried ? "none was seen at set-up" : "");
  writer.set("transport_auth", toml_text("none"));
}

void write_mailbox(Writer& writer, const Setup& setup) {
  writer.section("mailbox", true);
  write_servers(writer, setup);
  write_folders(writer, setup);
  write_trust(writer, setup);
  writer.offer("known_sender");
  writer.set("acknowledge", setup.answers.acknowledge ? "true" : "false");
  if (!setup.answers.oauth2) return;
  writer.section("mailbox.oauth2", false);
  for (const auto& [key, value] : setup.answers.oauth2->lines) writer.set(key, value);
}

void write_team(Writer& writer, const Answers& answers) {
  std::vector<std::string> ids;
  for (const auto& person : answers.team) {
    ids.push_back(person.id);
    writer.section("user", true);
    writer.set("id", toml_text(person.id));
    if (!person.name.empty()) writer.set("name", toml_text(person.name));
    writer.set("address", toml_text(person.address));
  }
  writer.section("team", true);
  writer.set("id", toml_text("sales"));
  writer.set("members", list_of(ids));
  writer.section("assign", true);
  writer.set("name", toml_text("everything"));
  writer.set("to",
             ids.size() == 1 ? "{ user = " + toml_text(ids.front()) + " }" : "{ round_robin = " + list_of(ids) + " }");
}

}  // namespace

std::string config_text(const Setup& setup) {
  Writer writer;
  writer.remark(
      "Written by `leadmail init`. Change it at will: `leadmail check` names every mistake, `systemctl reload");
  writer.remark("leadmaild` takes it up. Every other key: leadmail.toml(5), or `leadmail check --example`.");
  if (!setup.tried) writer.remark("Nothing was tried: servers and login are as the answers say.");
  write_company(writer, setup.answers);
  write_mailbox(writer, setup);
  write_team(writer, setup.answers);
  return std::move(writer).take();
}

std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view kHex{"0123456789ABCDEF"};
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7F) {
      out += std::string{"\\u00"} + kHex[byte >> 4U] + kHex[byte & 15U];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string mailbox_name(const std::string& address) {
  std::string name;
  for (const char c : leads::to_lower(leads::local_part_of(address))) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (plain && name.size() < 32) name += c;
  }
  return name.empty() ? "mailbox" : name;
}

}  // namespace leadmail::daemon::admin
