#include "daemon/token_file.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "daemon/secret_folder.h"

namespace leadmail::daemon {
namespace {

using nlohmann::json;

constexpr std::size_t kLongest = 64UL * 1024;

std::string name_of(const std::string& mailbox) { return "oauth2-" + mailbox; }

std::string to_text(const StoredLogin& login) {
  json object{{"refresh_token", login.refresh_token},
              {"client_id", login.client_id},
              {"token_endpoint", login.token_endpoint},
              {"logged_in", to_rfc3339(login.logged_in)}};
  if (login.ends) object["ends"] = to_rfc3339(*login.ends);
  return object.dump(1) + "\n";
}

std::optional<StoredLogin> from_text(const std::string& text) {
  const auto object = json::parse(text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  const auto member = [&](const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
  };
  StoredLogin login{member("refresh_token"), member("client_id"), member("token_endpoint")};
  login.logged_in = parse_rfc3339(member("logged_in")).value_or(Time{});
  login.ends = parse_rfc3339(member("ends"));
  if (login.refresh_token.empty()) return std::nullopt;
  return login;
}

Result<std::optional<StoredLogin>> read_in(const SecretFolder& folder, const std::string& path,
                                           const std::string& mailbox) {
  auto text = folder.read(name_of(mailbox), kLongest);
  if (!text) return std::move(text.error());
  if (!*text) return std::optional<StoredLogin>{};
  auto login = from_text(**text);
  if (!login) return Error{Next::stop, path + "/" + name_of(mailbox) + ": damaged: log in again"};
  return std::optional(std::move(*login));
}

/// Whoever holds the lock is the only writer, so what is half written is a dead one's.
Result<SecretFolder> open_to_write(const std::string& path, const std::string& mailbox) {
  auto folder = SecretFolder::open(path);
  if (!folder) return folder;
  if (auto locked = folder->lock(); !locked) return std::move(locked.error());
  folder->sweep(name_of(mailbox) + "-");
  return folder;
}

}  // namespace

std::string token_path(const std::string& keys_folder, const std::string& mailbox) {
  return keys_folder + "/" + name_of(mailbox);
}

Result<std::optional<StoredLogin>> read_login_token(const std::string& keys_folder, const std::string& mailbox) {
  const auto folder = SecretFolder::open(keys_folder);
  if (!folder) return folder.error();
  return read_in(*folder, keys_folder, mailbox);
}

Result<void> store_login_token(const std::string& keys_folder, const std::string& mailbox, const StoredLogin& login) {
  const auto folder = open_to_write(keys_folder, mailbox);
  if (!folder) return folder.error();
  return folder->write(name_of(mailbox), to_text(login));
}

Result<bool> exchange_login_token(const std::string& keys_folder, const std::string& mailbox, const std::string& before,
                                  const StoredLogin& login) {
  const auto folder = open_to_write(keys_folder, mailbox);
  if (!folder) return folder.error();
  const auto stands = read_in(*folder, keys_folder, mailbox);
  if (!stands) return stands.error();
  if (!*stands || (*stands)->refresh_token != before) return false;
  if (auto written = folder->write(name_of(mailbox), to_text(login)); !written) return std::move(written.error());
  return true;
}

}  // namespace leadmail::daemon
