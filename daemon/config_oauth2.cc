// [mailbox.oauth2]: which provider, which grant, and what each of them needs. What a provider is known for is filled in
// here, so that nobody else has to know providers by name.
#include <algorithm>
#include <array>

#include "core/leads/address.h"
#include "daemon/config_read.h"
#include "daemon/config_values.h"
#include "mail/net/https_form.h"

namespace leadmail::daemon {
namespace {

using Grant = OAuth2Config::Grant;
using Provider = OAuth2Config::Provider;

constexpr std::string_view kSection{"mailbox.oauth2"};
constexpr std::string_view kGoogleScope{"https://mail.google.com/"};
constexpr std::string_view kMicrosoftScopes{
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"};
constexpr std::string_view kMicrosoftAppScope{"https://outlook.office365.com/.default"};

Provider provider_from(std::string_view text) {
  if (text == "google") return Provider::google;
  return text == "microsoft" ? Provider::microsoft : Provider::generic;
}

Grant grant_from(std::string_view text, Provider provider, bool has_device_endpoint) {
  if (text == "device") return Grant::device;
  if (text == "browser") return Grant::browser;
  if (text == "service_account") return Grant::service_account;
  if (text == "client_credentials") return Grant::client_credentials;
  if (provider == Provider::microsoft) return Grant::device;
  return provider == Provider::generic && has_device_endpoint ? Grant::device : Grant::browser;
}

std::string_view name(Grant grant) {
  switch (grant) {
    case Grant::device: return "device";
    case Grant::browser: return "browser";
    case Grant::service_account: return "service_account";
    case Grant::client_credentials: return "client_credentials";
  }
  return "device";
}

/// One part of the path of a URL: a GUID or a domain.
bool is_tenant(std::string_view text) {
  return text.size() <= 253 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
         });
}

class OAuth2Reader {
 public:
  OAuth2Reader(const Node& node, const ConfigTree& tree, ConfigReport& report)
      : table_(kSection, node), tree_(tree), report_(report) {}

  OAuth2Config read() {
    read_kind();
    read_client();
    read_endpoints();
    read_scope();
    check_grant();
    check_client();
    return std::move(config_);
  }

 private:
  void read_kind() {
    config_.provider = provider_from(table_.text("provider"));
    config_.grant = grant_from(table_.text("grant"), config_.provider, table_.has("device_endpoint"));
  }

  void read_client() {
    config_.client_id = table_.text("client_id");
    config_.credential = leads::to_lower(table_.text("credential"));
    config_.client_secret_file = path_of("client_secret_file");
    config_.key_file = path_of("key_file");
    config_.certificate_file = path_of("certificate_file");
    config_.ca_file = path_of("tls_ca");
    using Kind = SecretKind;
    for (const auto& [key, kind] :
         {std::pair{"client_secret_file", Kind::password}, std::pair{"key_file", Kind::key}}) {
      if (table_.has(key)) check_secret(path_of(key), kind, table_.place(key), report_);
    }
    for (const auto* const key : {"certificate_file", "tls_ca"}) {
      if (table_.has(key)) check_certificate_file(path_of(key), table_.place(key), report_);
    }
    if (table_.has("secret_expires")) {
      if (const auto day = date_from(table_.text("secret_expires")))
        config_.secret_expires = std::chrono::sys_days{*day};
    }
    const int port = table_.integer("redirect_port");
    if (port > 65535) report_.error(table_.place("redirect_port"), "redirect_port must be a port, at most 65535");
    config_.redirect_port = static_cast<std::uint16_t>(std::min(port, 65535));
  }

  std::string path_of(const char* key) {
    return table_.has(key) ? absolute_path(table_.text(key), tree_.files[table_.place(key).file]) : std::string{};
  }

  void read_endpoints() {
    if (config_.provider == Provider::google) {
      config_.token_endpoint = "https://oauth2.googleapis.com/token";
      config_.authorization_endpoint = "https://accounts.google.com/o/oauth2/v2/auth";
    } else if (config_.provider == Provider::microsoft) {
      const auto base = "https://login.microsoftonline.com/" + tenant() + "/oauth2/v2.0/";
      config_.token_endpoint = base + "token";
      config_.authorization_endpoint = base + "authorize";
      config_.device_endpoint = base + "devicecode";
    }
    take_endpoint("token_endpoint", config_.token_endpoint);
    take_endpoint("authorization_endpoint", config_.authorization_endpoint);
    take_endpoint("device_endpoint", config_.device_endpoint);
  }

  std::string tenant() {
    if (!table_.has("tenant")) return "organizations";
    if (!is_tenant(table_.text("tenant"))) {
      report_.error(table_.place("tenant"), "tenant must be the ID or a domain of the directory",
                    "Entra, Overview, Tenant ID");
    }
    return table_.text("tenant");
  }

  void take_endpoint(const char* key, std::string& endpoint) {
    if (!table_.has(key)) return;
    endpoint = table_.text(key);
    if (const auto usable = mail::net::usable_endpoint(endpoint); !usable) {
      report_.error(table_.place(key), std::string{key} + ": " + usable.error().what);
    }
  }

  void read_scope() {
    for (const auto& scope : table_.texts("scopes")) {
      if (scope.find(' ') != std::string::npos) {
        report_.error(table_.place("scopes"), "a scope has no spaces in it", "write each as a text of its own");
      }
      config_.scope += (config_.scope.empty() ? "" : " ") + scope;
    }
    if (!config_.scope.empty()) return;
    if (config_.provider == Provider::google) config_.scope = kGoogleScope;
    if (config_.provider == Provider::microsoft) {
      config_.scope = config_.grant == Grant::client_credentials ? kMicrosoftAppScope : kMicrosoftScopes;
    }
  }

  void wrong_grant(const std::string& why, const std::string& suggestion) {
    report_.error(table_.place("grant"), "grant " + std::string{name(config_.grant)} + ": " + why, suggestion);
  }

  void check_grant() {
    const bool google = config_.provider == Provider::google;
    if (google && config_.grant == Grant::device && !table_.has("device_endpoint")) {
      // "Allowed scopes" of Google's limited-input device flow: none of them is for mail.
      wrong_grant("Google does not allow mail to devices", "use browser or service_account");
    } else if (google && config_.grant == Grant::client_credentials) {
      wrong_grant("Google has none", "use service_account");
    } else if (!google && config_.grant == Grant::service_account) {
      wrong_grant("only Google has these", "use client_credentials");
    } else if (config_.grant == Grant::client_credentials && config_.provider == Provider::microsoft &&
               !has_own_tenant()) {
      wrong_grant("needs the tenant", "set tenant to the Directory (tenant) ID of the registration");
    }
    need_endpoint("token_endpoint", config_.token_endpoint, true);
    need_endpoint("authorization_endpoint", config_.authorization_endpoint, config_.grant == Grant::browser);
    need_endpoint("device_endpoint", config_.device_endpoint,
                  config_.grant == Grant::device && config_.provider != Provider::google);
    if (table_.has("tenant") && config_.provider != Provider::microsoft) {
      report_.error(table_.place("tenant"), "only Microsoft has tenants", "leave it out");
    }
  }

  bool has_own_tenant() {
    static constexpr std::array<std::string_view, 3> kShared{"common", "organizations", "consumers"};
    return table_.has("token_endpoint") ||
           (table_.has("tenant") &&
            std::ranges::find(kShared, leads::to_lower(table_.text("tenant"))) == kShared.end());
  }

  void need_endpoint(const char* key, const std::string& endpoint, bool is_needed) {
    if (!is_needed || !endpoint.empty()) return;
    report_.error(table_.node().place, "grant " + std::string{name(config_.grant)} + " needs " + key,
                  "the provider's documentation names it");
  }

  void check_client() {
    const bool service = config_.grant == Grant::service_account;
    const bool by_certificate = !config_.certificate_file.empty();
    const bool by_secret = !config_.client_secret_file.empty() || !config_.credential.empty();
    if (!config_.client_secret_file.empty() && !config_.credential.empty()) {
      report_.error(table_.place("credential"), "there is a client_secret_file too", "leave one of them out");
    }
    if (config_.client_id.empty() && !service) {
      report_.error(table_.node().place, "this oauth2 has no client_id",
                    "it is shown with the provider's registration");
    }
    if (service && config_.key_file.empty()) {
      report_.error(table_.node().place, "grant service_account needs key_file",
                    "the JSON key that Google's console makes");
    }
    if (by_certificate != !config_.key_file.empty() && !service) {
      report_.error(table_.node().place, "certificate_file and key_file belong together", "set both, or neither");
    }
    if (by_certificate && config_.grant != Grant::client_credentials) {
      report_.error(table_.place("certificate_file"), "a certificate is for the grant client_credentials",
                    "use client_secret_file");
    }
    if (config_.grant == Grant::client_credentials && by_secret == by_certificate) {
      report_.error(table_.node().place,
                    by_secret ? "there are a secret and a certificate" : "grant client_credentials needs a secret",
                    by_secret ? "leave one of them out" : "set client_secret_file, or certificate_file and key_file");
    }
  }

  TableReader table_;
  const ConfigTree& tree_;
  ConfigReport& report_;
  OAuth2Config config_{};
};

}  // namespace

OAuth2Config read_oauth2(const Node& node, const ConfigTree& tree, ConfigReport& report) {
  return OAuth2Reader(node, tree, report).read();
}

}  // namespace leadmail::daemon
