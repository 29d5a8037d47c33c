#include <nlohmann/json.hpp>

#include "daemon/admin/commands.h"
#include "daemon/admin/mail_source.h"
#include "daemon/admin/past_mail.h"
#include "daemon/admin/progress.h"
#include "mail/message/parse.h"

namespace leadmail::daemon::admin {
namespace {

namespace message = mail::message;

/// Two configs side by side on the same mail, one message after the other.
class Comparison {
 public:
  explicit Comparison(Desk& desk) : desk_(desk), progress_(desk.wants_progress(), "mails") {
    desk_.make_room_by(&progress_);
  }
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;
  ~Comparison() { desk_.make_room_by(nullptr); }

  /// How many there will be, where that is known.
  void expect(std::int64_t mails) { expected_ = mails; }

  Result<void> open(Config fresh) {
    Config now = desk_.config();
    if (auto signed_as = add_keys(now); !signed_as) return std::move(signed_as.error());
    fresh.rules.tokens = now.rules.tokens;
    reader_ = std::make_unique<PastMailReader>(now);
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
    if (auto read = reader_->read(mail); !read) return std::move(read.error());
    auto before = before_->take(mail);
    if (!before) return std::move(before.error());
    auto after = after_->take(mail);
    if (!after) return std::move(after.error());
    ++taken_;
    progress_.at(taken_, taken_, expected_);
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
  std::unique_ptr<PastMailReader> reader_{};
  std::unique_ptr<Simulation> before_{};
  std::unique_ptr<Simulation> after_{};
  Progress progress_;
  std::int64_t expected_ = 0;
  std::int64_t taken_ = 0;
  int mails_ = 0;
  int differences_ = 0;
};

/// The mail of the book, in the order in which it was taken.
Result<void> replay_book(Desk& desk, Comparison& comparison, std::optional<Time> since) {
  if (const auto counts = desk.book().counts(desk.now())) comparison.expect(counts->messages);
  return visit_past(desk, [&](PastMail mail) {
    const bool tells = !since || mail.taken >= *since;
    return comparison.take(std::move(mail), tells);
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
    if (!visited) return std::move(visited.error());
    if (const auto text = passed_over_text(path, *visited); !text.empty()) desk.warn(text);
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
