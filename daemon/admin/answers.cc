#include "daemon/admin/answers.h"

#include <algorithm>
#include <array>
#include <functional>

#include "core/leads/address.h"
#include "core/leads/zone.h"
#include "daemon/admin/provider.h"
#include "daemon/config_read.h"
#include "daemon/config_values.h"
#include "daemon/options.h"
#include "mail/message/address.h"

namespace leadmail::daemon::admin {
namespace {

constexpr std::size_t kMostColleagues = 1000;
constexpr std::size_t kLongestId = 32;

constexpr std::string_view kExample =
    R"(# Answers for `leadmail init --answers FILE`. What is commented out shows the default.
company = "Acme"                     # how mails to prospects name you
timezone = "America/Mexico_City"     # a name of the IANA database
language = "es"                      # en, es, vi

address = "sales@acme.example"       # the shared mailbox
# provider = "auto"                  # auto, own, gmail, microsoft365, yahoo, icloud, zoho, zoho-eu, fastmail
# imap = "imaps://imap.acme.example" # named here, nothing is looked up
# smtp = "smtps://smtp.acme.example"
# tls_ca = "/etc/ssl/acme-ca.pem"    # a private certificate authority
# insecure = false                   # no TLS: for a gateway on this machine only
# user = "sales@acme.example"        # the login; without it the address
password_from = "sales.password"     # a file with the password, for nobody else to read; or password = "…" here,
                                     # and then this file must be for nobody else to read; or [oauth2] below
# acknowledge = false                # tell prospects that their inquiry has arrived
admins = ["it@acme.example"]         # who gets alerts and the list of held mail
# store = "/var/lib/leadmail/leadmail.db"

team = ["Ana López <ana@acme.example>", "Luis Ortega <luis@acme.example>"]

# [oauth2]                           # a login by token instead of a password: the keys of [mailbox.oauth2], see
# client_id = "…"                    # docs/setup.md; somebody logs in while init runs, where the grant needs it
# tenant = "…"
)";

struct Key {
  std::string_view name{};
  NodeKind kind = NodeKind::text;
};

constexpr std::array kKeys{
    Key{"company"},
    Key{"timezone"},
    Key{"language"},
    Key{"address"},
    Key{"provider"},
    Key{"imap"},
    Key{"smtp"},
    Key{"tls_ca"},
    Key{"user"},
    Key{"password"},
    Key{"password_from"},
    Key{"acknowledge", NodeKind::boolean},
    Key{"insecure", NodeKind::boolean},
    Key{"store"},
    Key{"admins", NodeKind::list},
    Key{"team", NodeKind::list},
    Key{"oauth2", NodeKind::table},
};

std::string id_from(std::string_view address, const std::vector<Colleague>& taken) {
  std::string id;
  for (const char c : leads::to_lower(leads::local_part_of(address))) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    if (plain && id.size() < kLongestId) id += c;
  }
  if (id.empty()) id = "user";
  const auto is_taken = [&](const std::string& name) {
    return std::ranges::any_of(taken, [&](const Colleague& other) { return other.id == name; });
  };
  auto free = id;
  for (std::size_t number = 2; is_taken(free); ++number) free = id + std::to_string(number);
  return free;
}

class AnswersReader {
 public:
  explicit AnswersReader(const std::string& file) : file_(file) {}

  ReadAnswers read(std::string_view text) {
    const auto tree = parse_tree(text, file_, report_);
    if (!report_.failed()) take(tree.root);
    if (const auto* const oauth2 = tree.root.find("oauth2"); oauth2 != nullptr && !report_.failed()) {
      answers_.oauth2 = read_oauth2_answers(*oauth2, answers_.provider, tree, report_);
    }
    if (!report_.failed()) check(tree.root);
    return {std::move(answers_), report_.errors(tree.files.empty() ? std::vector{file_} : tree.files)};
  }

 private:
  void take(const Node& root) {
    for (const auto& member : root.members) {
      const auto* const key = std::ranges::find(kKeys, member.key, &Key::name);
      if (key == kKeys.end()) {
        report_.error(member.place, "unknown key '" + member.key + "'",
                      suggest(member.key, names_of(kKeys, &Key::name)));
      } else if (member.value.kind != key->kind) {
        report_.error(member.value.place, member.key + " must be " + std::string{name(key->kind)} + ", not " +
                                              std::string{name(member.value.kind)});
      } else {
        take(member);
      }
    }
  }

  void take(const Member& member) {
    if (member.value.kind == NodeKind::boolean) {
      (member.key == "insecure" ? answers_.insecure : answers_.acknowledge) = member.value.boolean;
    } else if (member.value.kind == NodeKind::list) {
      for (const auto& item : member.value.items) take_person(member.key, item);
    } else if (auto* const target = text_named(member.key); target != nullptr && member.value.kind == NodeKind::text) {
      *target = member.value.text;
      if (target->empty()) report_.error(member.value.place, member.key + " must not be empty", "leave it out");
    }
  }

  std::string* text_named(std::string_view key) {
    const std::array<std::pair<std::string_view, std::string*>, 12> texts{{
        {"company", &answers_.company},
        {"timezone", &answers_.timezone},
        {"language", &answers_.language},
        {"address", &answers_.address},
        {"provider", &answers_.provider},
        {"imap", &answers_.imap},
        {"smtp", &answers_.smtp},
        {"tls_ca", &answers_.tls_ca},
        {"user", &answers_.user},
        {"password", &answers_.password},
        {"password_from", &answers_.password_from},
        {"store", &answers_.store},
    }};
    const auto* const found = std::ranges::find(texts, key, [](const auto& entry) { return entry.first; });
    return found == texts.end() ? nullptr : found->second;
  }

  void take_person(const std::string& key, const Node& item) {
    if (item.kind != NodeKind::text) {
      report_.error(item.place, key + " is a list of texts");
      return;
    }
    auto person = colleague_from(item.text, answers_.team);
    if (person.address.empty()) {
      report_.error(item.place, "'" + item.text + "' is no address", "like \"Ana López <ana@acme.example>\"");
    } else if (key == "admins") {
      answers_.admins.push_back(std::move(person.address));
    } else if (answers_.team.size() < kMostColleagues) {
      answers_.team.push_back(std::move(person));
    }
  }

  void check(const Node& root) {
    if (answers_.address.empty()) report_.error(root.place, "address is missing", "the shared mailbox's");
    if (answers_.team.empty()) report_.error(root.place, "team is missing", R"(team = ["Ana <ana@acme.example>"])");
    const int logins =
        (answers_.password.empty() ? 0 : 1) + (answers_.password_from.empty() ? 0 : 1) + (answers_.oauth2 ? 1 : 0);
    if (logins != 1) report_.error(root.place, "there must be one of password_from, password and [oauth2]");
    check(root, "address", answers_.address, wrong_with_address);
    check(root, "timezone", answers_.timezone, wrong_with_timezone);
    check(root, "language", answers_.language, wrong_with_language);
    check(root, "imap", answers_.imap, [](std::string_view url) { return wrong_with_server(url, "imap"); });
    check(root, "smtp", answers_.smtp, [](std::string_view url) { return wrong_with_server(url, "smtp"); });
    check(root, "provider", answers_.provider, [](std::string_view id) {
      const bool known = id == "auto" || id == "own" || provider_named(id) != nullptr;
      return known ? std::string{} : "no provider of ours; use \"own\" with imap and smtp";
    });
    if (answers_.provider == "own" && (answers_.imap.empty() || answers_.smtp.empty())) {
      report_.error(root.place, "provider \"own\" needs imap and smtp");
    }
    for (auto* const path : {&answers_.tls_ca, &answers_.password_from, &answers_.store}) {
      if (!path->empty()) *path = absolute_path(*path, file_);
    }
  }

  void check(const Node& root, std::string_view key, const std::string& value,
             const std::function<std::string(std::string_view)>& wrong) {
    if (value.empty()) return;
    const auto* const member = root.member(key);
    const auto why = wrong(value);
    if (member != nullptr && !why.empty()) report_.error(member->value.place, std::string{key} + ": " + why);
  }

  const std::string& file_;
  Answers answers_{};
  ConfigReport report_{};
};

}  // namespace

ReadAnswers read_answers(std::string_view text, const std::string& file) { return AnswersReader(file).read(text); }

std::string_view answers_example() { return kExample; }

Colleague colleague_from(std::string_view written, const std::vector<Colleague>& taken) {
  const auto read = mail::message::read_addresses(written, 2);
  if (read.addresses.size() != 1 || read.has_group) return {};
  const auto& one = read.addresses.front();
  auto address = leads::with_lower_domain(one.address);
  if (!is_address(address)) return {};
  auto id = id_from(address, taken);
  return {std::move(id), one.name, std::move(address)};
}

std::string wrong_with_address(std::string_view address) {
  return is_address(address) ? std::string{} : "'" + std::string{address} + "' is no address";
}

std::string wrong_with_timezone(std::string_view zone) {
  if (leads::is_zone(zone)) return {};
  const auto near = nearest_zone(zone);
  return "no time zone of the IANA database" + (near.empty() ? std::string{} : "; did you mean " + near + "?");
}

std::string wrong_with_language(std::string_view language) {
  const bool known = language == "en" || language == "es" || language == "vi";
  return known ? std::string{} : "en, es or vi";
}

std::string wrong_with_server(std::string_view url, std::string_view service) {
  std::string why;
  return server_from(url, service, why) ? std::string{} : why;
}

}  // namespace leadmail::daemon::admin
