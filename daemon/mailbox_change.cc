#include "daemon/mailbox_change.h"

#include <algorithm>

namespace leadmail::daemon {
namespace {

bool is_same(const mail::net::Server& a, const mail::net::Server& b) {
  return a.host == b.host && a.port == b.port && a.security == b.security && a.ca_file == b.ca_file;
}

bool logs_in_alike(const MailboxConfig& a, const MailboxConfig& b) {
  return a.user == b.user && a.password_file == b.password_file && a.credential == b.credential && a.oauth2 == b.oauth2;
}

/// The same folder of the same account, whatever it is called.
bool is_same_place(const MailboxConfig& a, const MailboxConfig& b) {
  return a.imap.host == b.imap.host && a.imap.port == b.imap.port && a.user == b.user && a.inbox == b.inbox;
}

Result<void> expect_names_kept(const Config& before, const Config& after) {
  for (const auto& fresh : after.mailboxes) {
    if (before.mailbox(fresh.name) != nullptr) continue;
    for (const auto& old : before.mailboxes) {
      if (after.mailbox(old.name) != nullptr || !is_same_place(old, fresh)) continue;
      return Error{Next::give_up, "mailbox " + old.name + " is called " + fresh.name +
                                      " now: the book knows its mail by the name, so keep that; to begin anew under"
                                      " another one, reload without it first"};
    }
  }
  return {};
}

Result<void> expect_addresses_kept(const Config& before, const Config& after) {
  for (const auto& old : before.rules.mailboxes) {
    const auto* const fresh = after.rules.mailbox(old.name);
    if (fresh == nullptr || after.rules.mailbox_with_address(old.address) != nullptr) continue;
    return Error{Next::give_up, "mailbox " + old.name + " has another address: keep " + old.address +
                                    " in its aliases, for answers to it still come"};
  }
  return {};
}

}  // namespace

bool watches_alike(const MailboxConfig& before, const MailboxConfig& after) {
  return is_same(before.imap, after.imap) && logs_in_alike(before, after) && before.inbox == after.inbox &&
         before.sent == after.sent && before.idle_time == after.idle_time && before.sweep_time == after.sweep_time &&
         before.poll_time == after.poll_time;
}

bool sends_alike(const MailboxConfig& before, const MailboxConfig& after) {
  return is_same(before.smtp, after.smtp) && logs_in_alike(before, after);
}

Result<void> may_follow(const Config& before, const Config& after) {
  if (before.store_path != after.store_path) {
    return Error{Next::give_up, "[store] path can't change while the daemon runs; restart it"};
  }
  if (auto kept = expect_names_kept(before, after); !kept) return kept;
  return expect_addresses_kept(before, after);
}

}  // namespace leadmail::daemon
