#include "daemon/token_keeper.h"

#include <sys/stat.h>

#include <algorithm>
#include <utility>

namespace leadmail::daemon {
namespace {

namespace net = mail::net;
using std::chrono::minutes;
using std::chrono::seconds;
using Standing = LoginState::Standing;
using net::TokenTrouble;

/// A mail server that refuses each token must not make us ask for tokens without end; and several connections that were
/// refused with the same one are helped by one new.
constexpr seconds kBetweenForced{60};
/// After an answer that will not change by itself the same is said for so long.
constexpr seconds kRevokedPause = minutes{30};
constexpr seconds kMisconfiguredPause = minutes{5};
constexpr seconds kBusyPause{2};
constexpr seconds kSecretLook = std::chrono::hours{1};
constexpr seconds kEarlyPause = minutes{1};  ///< between attempts while the last token is still good

/// What tells one state of a file from another; empty when there is none.
std::string stamp_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return std::to_string(status.st_ino) + " " + std::to_string(status.st_size) + " " +
         std::to_string(status.st_mtim.tv_sec) + " " + std::to_string(status.st_mtim.tv_nsec);
}

}  // namespace

TokenKeeper::TokenKeeper(std::string mailbox, std::string keys_folder, KeeperWorld world)
    : mailbox_(std::move(mailbox)), keys_folder_(std::move(keys_folder)), world_(std::move(world)) {
  state_.mailbox = mailbox_;
  state_.since = world_.now();
  stamp_ = stamp_of(token_path(keys_folder_, mailbox_));
}

LoginState TokenKeeper::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

/// Call it with mutex_.
void TokenKeeper::stand(Standing standing, std::string trouble) {
  if (standing != state_.standing) state_.since = world_.now();
  recovered_ = recovered_ || (standing == Standing::good && state_.standing != Standing::good &&
                              state_.standing != Standing::unknown);
  state_.standing = standing;
  state_.trouble = std::move(trouble);
}

/// Call it with mutex_.
std::optional<net::Login> TokenKeeper::held_login(const MailboxConfig& mailbox, bool refused) const {
  const Time now = world_.now();
  if (held_.access.empty() || now >= held_.usable_until) return std::nullopt;
  if (refused && now - forced_at_ >= kBetweenForced) return std::nullopt;
  return net::Login{net::Login::Method::bearer, mailbox.user, held_.access};
}

std::optional<net::Login> TokenKeeper::ready(const MailboxConfig& mailbox, bool refused) const {
  const std::lock_guard lock(mutex_);
  return held_login(mailbox, refused);
}

Result<net::Login> TokenKeeper::login(const MailboxConfig& mailbox, bool refused) {
  const std::lock_guard one_at_a_time(fetching_);
  forget_when_changed(mailbox);
  {
    const std::lock_guard lock(mutex_);
    if (auto login = held_login(mailbox, refused)) return std::move(*login);
    if (failure_ && world_.now() < failure_->until) return failure_->error;
    if (refused) forced_at_ = world_.now();
  }
  return fetch(mailbox);
}

bool TokenKeeper::tend(const MailboxConfig& mailbox) {
  look_at_secret(mailbox);
  const std::unique_lock one_at_a_time(fetching_, std::try_to_lock);
  if (!one_at_a_time) return false;  // somebody is at it
  forget_when_changed(mailbox);
  bool is_due = false;
  {
    const std::lock_guard lock(mutex_);
    const bool waits = failure_ && world_.now() < failure_->until;
    is_due = !held_.access.empty() && !waits && world_.now() >= held_.refresh_at;
    if (is_due) held_.refresh_at = world_.now() + kEarlyPause;  // where it does not work, the old one is used meanwhile
  }
  if (is_due) (void)fetch(mailbox);
  const std::lock_guard lock(mutex_);
  return std::exchange(recovered_, false);
}

void TokenKeeper::look_at_secret(const MailboxConfig& mailbox) {
  const std::lock_guard lock(mutex_);
  if (world_.now() - secret_looked_at_ < kSecretLook) return;
  secret_looked_at_ = world_.now();
  state_.secret_ends = end_of_secret(*mailbox.oauth2);
}

/// A login that a person has just made, and a config that was just changed, make old answers void.
void TokenKeeper::forget_when_changed(const MailboxConfig& mailbox) {
  auto stamp = stamp_of(token_path(keys_folder_, mailbox_));
  const std::lock_guard lock(mutex_);
  const bool new_login = stamp != stamp_;
  if (!new_login && config_ == *mailbox.oauth2) return;
  stamp_ = std::move(stamp);
  config_ = *mailbox.oauth2;
  held_ = {};
  failure_.reset();
  if (new_login) unstored_.reset();
  recovered_ = recovered_ || new_login || needs_person(state_.standing);
}

/// Call it with fetching_.
Result<net::Login> TokenKeeper::fetch(const MailboxConfig& mailbox) {
  const auto& oauth2 = *mailbox.oauth2;
  StoredLogin stored;
  if (oauth2.needs_person()) {
    auto found = stored_for(oauth2);
    if (!found) return std::move(found.error());
    stored = std::move(*found);
  }
  auto fields = token_fields(oauth2, mailbox.user, stored.refresh_token, world_.now());
  if (!fields) return fail(Standing::misconfigured, std::move(fields.error()), seconds{0});
  const auto answer = ask_token_server(oauth2, std::move(*fields), world_.post, world_.is_stopped);
  if (!answer) {
    const auto standing = answer.error().next == Next::retry ? Standing::waiting : Standing::misconfigured;
    return fail(standing, answer.error(), kBusyPause);
  }
  if (!answer->token) return refused_by_server(answer->refusal);
  if (oauth2.needs_person()) {
    if (auto kept = keep_exchanged(std::move(stored), *answer->token); !kept) {
      return fail(Standing::waiting, std::move(kept.error()), kBusyPause);
    }
  }
  return take(mailbox, *answer->token);
}

/// What the person's login left, in memory where the disk would not take it.
Result<StoredLogin> TokenKeeper::stored_for(const OAuth2Config& oauth2) {
  if (unstored_) return *unstored_;
  auto stored = read_login_token(keys_folder_, mailbox_);
  if (!stored) return fail(Standing::misconfigured, {Next::give_up, stored.error().what}, seconds{0});
  const auto again = ": run `leadmail login " + mailbox_ + "`";
  if (!*stored) {
    return fail(Standing::missing, {Next::give_up, "invalid_grant: nobody has logged in yet" + again}, seconds{0});
  }
  if ((*stored)->client_id != oauth2.client_id || (*stored)->token_endpoint != oauth2.token_endpoint) {
    const char* const why = "invalid_grant: the login was made with another client_id or token_endpoint";
    return fail(Standing::missing, {Next::give_up, why + again}, seconds{0});
  }
  return std::move(**stored);
}

/// RFC 6749 §6: the old refresh token may be void from now on, so the new one is on the disk before anything else.
Result<void> TokenKeeper::keep_exchanged(StoredLogin login, const net::Token& token) {
  const bool is_new = !token.refresh.empty() && token.refresh != login.refresh_token;
  if (!is_new && !unstored_) {
    const std::lock_guard lock(mutex_);
    state_.login_ends = login.ends;
    return {};
  }
  if (!unstored_) exchanged_ = login.refresh_token;
  if (is_new) login.refresh_token = token.refresh;
  // An end that moves on with each exchange is none.
  const bool moves_on = is_new && token.refresh_life && login.ends &&
                        world_.now() + *token.refresh_life > *login.ends + std::chrono::hours{1};
  if (moves_on) login.ends.reset();
  unstored_ = login;
  auto stored = exchange_login_token(keys_folder_, mailbox_, exchanged_, login);
  if (!stored) return {Error{Next::retry, std::move(stored.error()).in("the exchanged token was not kept").what}};
  unstored_.reset();
  const std::lock_guard lock(mutex_);
  state_.login_ends = login.ends;
  // Where somebody has logged in meanwhile, his login is seen as a change and taken at the next look.
  if (*stored) stamp_ = stamp_of(token_path(keys_folder_, mailbox_));
  return {};
}

Result<net::Login> TokenKeeper::take(const MailboxConfig& mailbox, const net::Token& token) {
  const Time now = world_.now();
  const std::lock_guard lock(mutex_);
  held_ = {token.access, now + net::usable_for(token.life), now + net::refresh_after(token.life, world_.chance())};
  failure_.reset();
  state_.fetched = now;
  state_.token_ends = now + token.life;
  ++state_.tokens;
  stand(Standing::good, "");
  return net::Login{net::Login::Method::bearer, mailbox.user, held_.access};
}

Error TokenKeeper::fail(Standing standing, Error error, seconds pause) {
  const std::lock_guard lock(mutex_);
  ++state_.failures;
  // The token that is there is used to its end whatever happened: mail goes on, and so does the alarm about this.
  const bool still_good = standing == Standing::waiting && !held_.access.empty() && world_.now() < held_.usable_until;
  if (still_good) {
    state_.trouble = error.what;
  } else {
    stand(standing, error.what);
  }
  failure_ = Failure{error, world_.now() + pause};
  return error;
}

Error TokenKeeper::refused_by_server(const net::TokenRefusal& refusal) {
  std::string words = refusal.words;
  if (!refusal.advice.empty()) words += " (" + refusal.advice + ")";
  switch (refusal.trouble) {
    case TokenTrouble::revoked:
    case TokenTrouble::declined:
    case TokenTrouble::expired:
      // The code first, whatever the server called it, for those who sort by it.
      if (!words.starts_with("invalid_grant")) words = "invalid_grant: " + words;
      return fail(Standing::revoked, {Next::give_up, words + ": run `leadmail login " + mailbox_ + "`"}, kRevokedPause);
    case TokenTrouble::misconfigured:
      return fail(Standing::misconfigured, {Next::give_up, std::move(words)}, kMisconfiguredPause);
    case TokenTrouble::pending:
    case TokenTrouble::slow_down:
    case TokenTrouble::busy: break;
  }
  return fail(Standing::waiting, {Next::retry, "the token server: " + words}, refusal.retry_after.value_or(kBusyPause));
}

}  // namespace leadmail::daemon
