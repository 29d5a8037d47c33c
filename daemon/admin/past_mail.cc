#include "daemon/admin/past_mail.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "core/leads/zone.h"
#include "daemon/config_values.h"
#include "daemon/keys.h"
#include "mail/message/parse.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon::admin {
namespace {

namespace message = mail::message;

bool is_sent(const Config& config, const store::LedgerEntry& entry) {
  const auto* const mailbox = config.mailbox(entry.mailbox);
  return mailbox != nullptr && !entry.folder.empty() && entry.folder == mailbox->sent;
}

}  // namespace

Scratch::Scratch() {
  auto pattern = (std::filesystem::temp_directory_path() / "leadmail-replay-XXXXXX").string();
  if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

std::optional<Time> since_named(const std::string& text, const std::string& zone) {
  if (const auto time = parse_rfc3339(text)) return time;
  const auto day = date_from(text);
  if (!day) return std::nullopt;
  return leads::to_utc(std::chrono::local_days{*day}, zone);
}

Result<void> add_keys(Config& config) {
  struct stat status {};
  if (::stat(config.keys_path.c_str(), &status) != 0) return {};
  auto keys = load_keys(config.keys_path);
  if (!keys) return std::move(keys.error()).in("keys");
  config.rules.tokens = std::move(*keys);
  return {};
}

PastMailReader::PastMailReader(const Config& config)
    : pool_(std::make_unique<mail::worker::Pool>(
          mail::worker::PoolOptions{.workers = 1, .deadline = config.limits.parse_time})) {}

PastMailReader::~PastMailReader() = default;

Result<void> PastMailReader::read(PastMail& mail) {
  mail.message.identity = message::read_identity(mail.raw);
  auto content = pool_->parse({.raw = mail.raw});
  if (content) {
    mail.message.content = std::move(*content);
  } else if (content.error().next == Next::quarantine) {
    mail.unreadable = content.error().what;
  } else {
    return std::move(content.error());
  }
  message::classify(mail.message);
  return {};
}

Result<void> visit_past(Desk& desk, const std::function<Result<void>(PastMail)>& take) {
  return desk.book().taken([&](const store::PastEntry& past) -> Result<bool> {
    const auto& entry = past.entry;
    auto raw = desk.book().raw(past.mail);
    if (!raw) return std::move(raw.error());
    if (!*raw || desk.config().mailbox(entry.mailbox) == nullptr) return true;
    PastMail mail;
    mail.place = {entry.mailbox, entry.folder, entry.uid_validity, entry.uid, entry.file};
    mail.taken = entry.at;
    mail.received = past.received;
    mail.raw = std::move(**raw);
    mail.in_sent_folder = is_sent(desk.config(), entry);
    mail.is_history = entry.at - past.received > std::chrono::hours{24};
    if (entry.outcome == leads::name(leads::Outcome::lead)) mail.opened = entry.lead;
    if (auto done = take(std::move(mail)); !done) return std::move(done.error());
    return true;
  });
}

}  // namespace leadmail::daemon::admin
