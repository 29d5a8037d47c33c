#include "daemon/admin/autoconfig.h"

#include <expat.h>

#include <memory>
#include <vector>

#include "daemon/config_values.h"

namespace leadmail::daemon::admin {
namespace {

constexpr std::size_t kLargest = 256UL * 1024;
constexpr std::size_t kMostServers = 32;
constexpr std::size_t kLongestText = 512;
constexpr int kDeepest = 16;

struct Listed {
  bool is_incoming = false;
  std::string type{};
  std::string host{};
  std::string port{};
  std::string socket{};
  std::string user{};
  std::vector<std::string> logins{};
};

/// What the parser's callbacks gather.
struct Reader {
  XML_Parser parser = nullptr;
  std::vector<std::string> path{};
  std::string text{};
  std::optional<Listed> server{};
  std::vector<Listed> servers{};

  void stop() const { XML_StopParser(parser, XML_FALSE); }
};

Reader& reader_of(void* user) { return *static_cast<Reader*>(user); }

void on_start(void* user, const char* name, const char** attributes) {
  auto& reader = reader_of(user);
  reader.path.emplace_back(name);
  reader.text.clear();
  if (reader.path.size() > kDeepest || reader.servers.size() > kMostServers) return reader.stop();
  const auto& element = reader.path.back();
  if (element != "incomingServer" && element != "outgoingServer") return;
  reader.server = Listed{.is_incoming = element == "incomingServer"};
  for (; attributes[0] != nullptr; attributes += 2) {
    if (std::string_view{attributes[0]} == "type") reader.server->type = attributes[1];
  }
}

void on_end(void* user, const char*) {
  auto& reader = reader_of(user);
  const auto element = std::move(reader.path.back());
  reader.path.pop_back();
  if (!reader.server) return;
  auto& server = *reader.server;
  if (element == "hostname") server.host = reader.text;
  if (element == "port") server.port = reader.text;
  if (element == "socketType") server.socket = reader.text;
  if (element == "username") server.user = reader.text;
  if (element == "authentication" && server.logins.size() < kMostServers) server.logins.push_back(reader.text);
  reader.text.clear();
  if (element != "incomingServer" && element != "outgoingServer") return;
  reader.servers.push_back(std::move(server));
  reader.server.reset();
}

void on_text(void* user, const char* bytes, int size) {
  auto& reader = reader_of(user);
  const auto more = static_cast<std::size_t>(size);
  if (reader.text.size() + more <= kLongestText) reader.text.append(bytes, more);
}

/// No page of this kind needs one, and entities can be made to grow.
void on_document_type(void* user, const char*, const char*, const char*, int) { reader_of(user).stop(); }

std::string trimmed(std::string_view text) {
  while (!text.empty() && std::string_view{" \t\r\n"}.find(text.front()) != std::string_view::npos)
    text.remove_prefix(1);
  while (!text.empty() && std::string_view{" \t\r\n"}.find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  return std::string{text};
}

std::string filled(std::string text, std::string_view address) {
  const auto at = address.rfind('@');
  const auto put = [&text](std::string_view mark, std::string_view value) {
    for (auto found = text.find(mark); found != std::string::npos; found = text.find(mark, found + value.size())) {
      text.replace(found, mark.size(), value);
    }
  };
  put("%EMAILADDRESS%", address);
  put("%EMAILLOCALPART%", address.substr(0, at));
  put("%EMAILDOMAIN%", at == std::string_view::npos ? address : address.substr(at + 1));
  return trimmed(text);
}

bool takes_password(const Listed& server) {
  for (const auto& login : server.logins) {
    const auto word = trimmed(login);
    if (word == "password-cleartext" || word == "plain") return true;
  }
  return server.logins.empty();
}

/// "imaps://host:993"; "" when it has no TLS or is none of a server we can speak to.
std::string url_of(const Listed& server, const std::string& service, std::string_view address) {
  const auto socket = trimmed(server.socket);
  if (socket != "SSL" && socket != "STARTTLS") return {};
  auto url = service + (socket == "SSL" ? "s://" : "://") + filled(server.host, address);
  const auto port = trimmed(server.port);
  if (!port.empty()) url += ":" + port;
  std::string why;
  return server_from(url, service, why) ? url : std::string{};
}

struct Choice {
  std::string url{};
  std::string user{};
  bool by_password = false;
};

Choice choose(const std::vector<Listed>& servers, const std::string& service, std::string_view address) {
  Choice best;
  for (const auto& server : servers) {
    if (trimmed(server.type) != service || server.is_incoming != (service == "imap")) continue;
    const bool by_password = takes_password(server);
    if (!best.url.empty() && (best.by_password || !by_password)) continue;
    const auto url = url_of(server, service, address);
    if (!url.empty()) best = {url, filled(server.user, address), by_password};
  }
  return best;
}

}  // namespace

std::optional<FoundServers> servers_in(std::string_view page, std::string_view address) {
  if (page.size() > kLargest) return std::nullopt;
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                                             &XML_ParserFree);
  if (!parser) return std::nullopt;
  Reader reader{.parser = parser.get()};
  XML_SetUserData(parser.get(), &reader);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  if (XML_Parse(parser.get(), page.data(), static_cast<int>(page.size()), 1) != XML_STATUS_OK) return std::nullopt;

  const auto imap = choose(reader.servers, "imap", address);
  const auto smtp = choose(reader.servers, "smtp", address);
  if (imap.url.empty() && smtp.url.empty()) return std::nullopt;
  const bool locked = (!imap.url.empty() && !imap.by_password) || (!smtp.url.empty() && !smtp.by_password);
  return FoundServers{imap.url, smtp.url, imap.user.empty() ? smtp.user : imap.user, locked};
}

}  // namespace leadmail::daemon::admin
