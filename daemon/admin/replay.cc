#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/leads/zone.h"
#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"
#include "daemon/admin/simulation.h"
#include "daemon/config_values.h"
#include "daemon/keys.h"
#include "mail/message/parse.h"
#include "mail/worker/pool.h"

namespace leadmail::daemon::admin {
namespace {

namespace message = mail::message;

/// A folder that goes when it is no longer needed.
class Scratch {
 public:
  Scratch() {
    auto pattern = (std::filesystem::temp_directory_path() / "leadmail-replay-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_{};
};

/// An RFC 3339 time, or the beginning of a day in the company's zone.
std::optional<Time> since_named(const std::string& text, const std::string& zone) {
  if (const auto time = parse_rfc3339(text)) return time;
  const auto day = date_from(text);
  if (!day) return std::nullopt;
  return leads::to_utc(std::chrono::local_days{*day}, zone);
}

/// Two configs side by side on the same mail, one message after the other.
class Comparison {
 public:
  explicit Comparison(Desk& desk) : desk_(desk) {}

  Result<void> open(Config fresh) {
    Config now = desk_.config();
    struct stat status {};
    if (::stat(now.keys_path.c_str(), &status) == 0) {
      auto keys = load_keys(now.keys_path);
      if (!keys) return std::move(keys.error()).in("keys");
      now.rules.tokens = *keys;
      fresh.rules.tokens = std::move(*keys);
    }
    pool_ = std::make_unique<mail::worker::Pool>(
        mail::worker::PoolOptions{.workers = 1, .deadline = now.limits.parse_time});
    if (before_folder_.path().empty() || after_folder_.path().empty()) {
      return Error{Next::give_up, "no room for a temporary folder"};
    }
    auto before = Simulation::open(std::move(now), before_folder_.path());
    if (!before) return std::move(before.error());
    auto after = Simulation::open(std::move(fresh), after_folder_.path());
    if (!after) return std::move(after.error());
    before_ = std::move(*before);
    after_ = std::move(*after);
    return {};
  }

  Result<void> take(PastMail mail, bool tells) {
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
    auto before = before_->take(mail);
    if (!before) return std::move(before.error());
    auto after = after_->take(mail);
    if (!after) return std::move(after.error());
    if (!tells) return {};
    ++mails_;
    if (*before != *after) tell(mail, *before, *after);
    return {};
  }

  [[nodiscard]] int mails() const { return mails_; }
  [[nodiscard]] int differences() const { return differences_; }

 private:
  static Json to_json(const Fate& fate) {
    const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
    return Json{{"outcome", fate.outcome},
                {"lead", text(fate.lead)},
                {"owner", text(fate.owner)},
                {"status", text(fate.status)},
                {"mails", fate.mails}};
  }

  static std::string words_of(const Fate& fate) {
    std::string text = fate.outcome;
    for (const auto* part : {&fate.lead, &fate.owner, &fate.status}) text += part->empty() ? "" : " " + *part;
    for (const auto& mail : fate.mails) text += "; " + mail;
    return text;
  }

  void tell(const PastMail& mail, const Fate& before, const Fate& after) {
    ++differences_;
    const auto& identity = mail.message.identity;
    if (desk_.is_json()) {
      return desk_.print_json(Json{{"message_id", identity.message_id},
                                   {"mailbox", mail.place.mailbox},
                                   {"at", time_json(mail.taken)},
                                   {"subject", identity.subject},
                                   {"before", to_json(before)},
                                   {"after", to_json(after)}});
    }
    const auto from = identity.from.empty() ? std::string() : identity.from.front().address;
    desk_.print(shown(time_text(mail.taken, desk_.place()) + "  " + from + "  " + identity.subject) + "\n    " +
                shown(words_of(before)) + "\n => " + shown(words_of(after)) + "\n");
  }

  Desk& desk_;
  Scratch before_folder_{};
  Scratch after_folder_{};
  std::unique_ptr<mail::worker::Pool> pool_{};
  std::unique_ptr<Simulation> before_{};
  std::unique_ptr<Simulation> after_{};
  int mails_ = 0;
  int differences_ = 0;
};

bool is_sent(const Config& config, const store::LedgerEntry& entry) {
  const auto* const mailbox = config.mailbox(entry.mailbox);
  return mailbox != nullptr && !entry.folder.empty() && entry.folder == mailbox->sent;
}

/// The mail of the book, in the order in which it was taken.
Result<void> replay_book(Desk& desk, Comparison& comparison, std::optional<Time> since) {
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
    auto done = comparison.take(std::move(mail), !since || entry.at >= *since);
    if (!done) return std::move(done.error());
    return true;
  });
}

/// Mail from files, as if it had come to the first mailbox when it was written.
Result<void> replay_files(Desk& desk, Comparison& comparison, const std::vector<std::string>& paths) {
  const auto& config = desk.config();
  for (const auto& path : paths) {
    Result<void> taken;
    auto visited = visit_mail(path, config.limits.max_message, [&](FoundMail found) {
      PastMail mail;
      mail.place = {.mailbox = config.mailboxes.front().name, .file = found.name};
      mail.taken = mail.received = message::read_identity(found.raw).date.value_or(desk.now());
      mail.raw = std::move(found.raw);
      taken = comparison.take(std::move(mail), true);
      return static_cast<bool>(taken);
    });
    if (!visited) return visited;
    if (!taken) return taken;
  }
  return {};
}

}  // namespace

int run_replay(Desk& desk, const ReplayArguments& arguments) {
  if (!(arguments.paths.empty() ? desk.open_book() : desk.read_config())) return desk.status();
  std::optional<Time> since;
  if (!arguments.since.empty()) {
    since = since_named(arguments.since, desk.config().rules.timezone);
    if (!since)
      return desk.fail("'" + arguments.since + "' is no time; like 2026-03-01 or 2026-03-01T10:00:00Z", usage);
  }
  auto loaded = load_config(arguments.new_config);
  if (!loaded.config) {
    for (const auto& error : loaded.errors) {
      if (!error.warning) desk.fail(to_string(error), bad_config);
    }
    return bad_config;
  }
  Comparison comparison(desk);
  if (auto opened = comparison.open(std::move(*loaded.config)); !opened) return desk.fail(opened.error());
  const auto done =
      arguments.paths.empty() ? replay_book(desk, comparison, since) : replay_files(desk, comparison, arguments.paths);
  if (!done) return desk.fail(done.error());
  desk.remark(std::to_string(comparison.differences()) + " of " + std::to_string(comparison.mails()) +
              " mails would have gone otherwise");
  return desk.status();
}

}  // namespace leadmail::daemon::admin
