// Secrets: named by the config, read afresh for every login, never kept.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "daemon/config_read.h"
#include "daemon/descriptor.h"

namespace leadmail::daemon {
namespace {

constexpr std::size_t kMaxSecret = 64UL * 1024;

std::string reason(int error) { return std::generic_category().message(error); }

Error refused(const std::string& path, const std::string& why) { return Error{Next::give_up, path + ": " + why}; }

/// Opens it and looks at what was opened, so that nothing can be put in its place in between.
Result<Descriptor> open_secret(const std::string& path, bool is_credential) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return refused(path, reason(errno));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return refused(path, reason(errno));
  if (!S_ISREG(status.st_mode)) return refused(path, "a secret must be a regular file");
  if (is_credential) return file;  // systemd guards it; it shows an ACL as group bits. systemd.exec(5)
  if ((status.st_mode & 07) != 0) return refused(path, "everybody on this machine can open it");
  if ((status.st_mode & 070) != 0 && status.st_gid != ::getegid()) return refused(path, "another group can open it");
  if ((status.st_mode & 030) != 0) return refused(path, "its group can write it");
  const bool is_ours = status.st_uid == ::geteuid() || status.st_uid == 0 || ::geteuid() == 0;
  if (!is_ours) return refused(path, "it belongs to another user");
  return file;
}

Result<std::string> read_all(const std::string& path, int descriptor) {
  std::string text(kMaxSecret + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const auto got = ::read(descriptor, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refused(path, reason(errno));
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > kMaxSecret) return refused(path, "longer than 64 KiB");
  text.resize(size);
  return text;
}

Result<std::string> read_secret_text(const std::string& path, bool is_credential) {
  auto file = open_secret(path, is_credential);
  if (!file) return std::move(file.error());
  return read_all(path, file->get());
}

Result<std::string> read_secret(const std::string& path, bool is_credential) {
  auto text = read_secret_text(path, is_credential);
  if (!text) return text;
  if (text->ends_with('\n')) text->pop_back();
  if (text->ends_with('\r')) text->pop_back();
  if (text->empty()) return refused(path, "it is empty");
  // No login protocol can carry these; a second line is most often a mistake.
  if (text->find_first_of(std::string_view{"\0\r\n", 3}) != std::string::npos) {
    return refused(path, "it must hold one line");
  }
  return text;
}

/// Where systemd has put a credential. systemd.exec(5)
Result<std::string> credential_path(const std::string& name) {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");  // NOLINT(concurrency-mt-unsafe): set before we begin
  if (folder == nullptr) return Error{Next::give_up, "no systemd credentials ($CREDENTIALS_DIRECTORY)"};
  return std::string{folder} + "/" + name;
}

}  // namespace

void check_secret(const std::string& path, SecretKind kind, Place place, ConfigReport& report) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    report.warn(place, path + ": " + reason(errno), "this mailbox can't log in until the file is there");
    return;
  }
  const auto file = open_secret(path, false);
  if (file) {
    const auto content = kind == SecretKind::password ? read_secret(path, false) : read_secret_text(path, false);
    const bool is_empty = content && content->empty();
    if (!content) report.error(place, content.error().what);
    if (is_empty) report.error(place, path + ": it is empty");
    return;
  }
  if ((status.st_mode & 07) != 0) {
    report.error(place, file.error().what, "chmod 600 " + path);
  } else if (!S_ISREG(status.st_mode)) {
    report.error(place, file.error().what);
  } else {
    // Whoever asks may not be whom the daemon runs as.
    report.warn(place, file.error().what, "leadmaild must be able to read it, and nobody else");
  }
}

SecretState state_of_secret(const MailboxConfig& mailbox) {
  const bool is_credential = mailbox.password_file.empty();
  const auto path = login_file(mailbox);
  if (path.empty()) return SecretState::missing;
  const auto file = open_secret(path, is_credential);
  if (!file) return ::access(path.c_str(), F_OK) != 0 && errno == ENOENT ? SecretState::missing : SecretState::closed;
  return read_secret(path, is_credential) ? SecretState::good : SecretState::wrong;
}

std::string login_file(const MailboxConfig& mailbox) {
  if (!mailbox.password_file.empty()) return mailbox.password_file;
  auto given = credential_path(mailbox.credential);
  return given ? std::move(*given) : std::string{};
}

Result<mail::net::Login> read_login(const MailboxConfig& mailbox) {
  mail::net::Login login{.user = mailbox.user};
  auto path = mailbox.password_file;
  if (path.empty()) {
    auto given = credential_path(mailbox.credential);
    if (!given) return std::move(given.error()).in("mailbox " + mailbox.name);
    path = std::move(*given);
  }
  auto secret = read_secret(path, mailbox.password_file.empty());
  if (!secret) return std::move(secret.error()).in("mailbox " + mailbox.name);
  login.secret = std::move(*secret);
  return login;
}

Result<std::string> read_client_secret(const OAuth2Config& oauth2) {
  if (!oauth2.client_secret_file.empty()) return read_secret(oauth2.client_secret_file, false);
  if (oauth2.credential.empty()) return std::string{};
  auto path = credential_path(oauth2.credential);
  if (!path) return path;
  return read_secret(*path, true);
}

Result<std::string> read_key_file(const std::string& path) { return read_secret_text(path, false); }

Result<std::string> read_certificate_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.get() < 0) return refused(path, reason(errno));
  return read_all(path, file.get());
}

}  // namespace leadmail::daemon
