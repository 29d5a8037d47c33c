// The config as the rest of the daemon sees it: one checked, immutable value. Reads TOML 1.0, one file plus
// conf.d/*.toml beside it. There are no includes, no environment variables and no secrets in it: a secret is named and
// read afresh.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/leads/rules.h"
#include "core/store/retention.h"
#include "mail/message/form.h"
#include "mail/net/account.h"

namespace leadmail::daemon {

/// Where history ends for a mailbox that is read for the first time.
struct Baseline {
  enum class From { now, off, date };
  From from = From::now;
  Time date{};  ///< of From::date: older mail is history, mail from here on is taken silently
};

/// What happens to a mail in the inbox after our commit.
struct Processed {
  enum class Then { keep, seen, move };
  Then then = Then::keep;
  std::string folder{};  ///< of Then::move
};

/// Login by a token instead of a password. RFC 6749
struct OAuth2Config {
  enum class Provider { google, microsoft, generic };
  enum class Grant {
    device,              ///< a person types a code on any device. RFC 8628
    browser,             ///< a person logs in with a browser, which comes back to this machine. RFC 8252
    service_account,     ///< a key of Google, allowed to act for the mailbox. RFC 7523
    client_credentials,  ///< the program itself, by secret or certificate. RFC 6749 §4.4
  };
  Provider provider = Provider::generic;
  Grant grant = Grant::device;
  std::string client_id{};
  std::string client_secret_file{};  ///< absolute; this, `credential`, or none
  std::string credential{};          ///< name of a systemd credential that holds the client's secret
  std::string key_file{};            ///< of a service account (JSON), or the certificate's private key (PEM)
  std::string certificate_file{};    ///< PEM
  std::string token_endpoint{};
  std::string authorization_endpoint{};
  std::string device_endpoint{};
  std::string scope{};              ///< names separated by spaces
  std::string ca_file{};            ///< of the endpoints
  std::uint16_t redirect_port = 0;  ///< 0: any
  std::optional<std::chrono::sys_days> secret_expires{};

  /// A person has to log in; what comes of it is kept.
  [[nodiscard]] bool needs_person() const { return grant == Grant::device || grant == Grant::browser; }
  bool operator==(const OAuth2Config&) const = default;
};

/// One shared mailbox as the wires see it; what the rules know of it stands under the same name in Rules::mailboxes.
struct MailboxConfig {
  std::string name{};
  mail::net::Server imap{};
  mail::net::Server smtp{};
  std::string user{};
  std::string password_file{};  ///< absolute; this, `credential` or `oauth2`
  std::string credential{};     ///< name of a systemd credential
  std::optional<OAuth2Config> oauth2{};
  std::string inbox{"INBOX"};
  std::string sent{"Sent"};  ///< empty: there is none, or it is not to be watched
  Processed processed{};
  Baseline baseline{};
  std::vector<std::string> trusted_authserv{};  ///< lower case
  std::chrono::seconds idle_time{std::chrono::minutes{9}};
  std::chrono::seconds sweep_time{std::chrono::minutes{5}};  ///< look again even where nothing was announced
  std::chrono::seconds poll_time{std::chrono::minutes{1}};   ///< where the server has no IDLE
  int mails_a_minute = 30;                                   ///< 0: no limit
  enum class SentCopy { automatic, always, never };
  SentCopy sent_copy = SentCopy::automatic;  ///< whether we put a copy of an answer into Sent
  std::string region{};  ///< ISO 3166, upper case: where phone numbers without a calling code are from; "" for nowhere
};

/// What one message, one file and one process may cost.
struct Limits {
  std::uint64_t max_message = 150'000'000;  ///< bytes; of a longer one the header and the first 256 KiB are taken
  int parsers = 2;                          ///< worker processes
  int senders = 2;                          ///< SMTP threads
  std::chrono::seconds parse_time{20};      ///< a parser that needs longer is replaced
  int mails_a_minute_to_domain = 20;        ///< to people outside; 0: no limit
  int storm_mails = 20;                     ///< automatic ones to one domain within ten minutes; 0: no limit
  int notices_an_hour = 60;                 ///< to one user; what is above it is merged; 0: no limit
};

/// Mail to many leads ([newsletter]).
struct NewsletterConfig {
  std::string mailbox{};    ///< who sends it; "": the mailbox of each lead
  int mails_a_minute = 10;  ///< at most, whatever the account may send beside
};

/// Figures for Prometheus ([metrics]).
struct MetricsConfig {
  std::string address{};  ///< of this machine, where they may be asked for; "": nowhere
  std::uint16_t port = 0;
  std::string file{};  ///< absolute; where they are written each minute; "": nowhere
  bool operator==(const MetricsConfig&) const = default;
};

/// Telling the administrators of trouble ([admin]).
struct AlarmConfig {
  std::optional<mail::net::Server> smtp{};                      ///< the second route
  std::string from{};                                           ///< who writes on it; an address
  std::string user{};                                           ///< "": no login
  std::string password_file{};                                  ///< absolute
  std::chrono::seconds silent_after{std::chrono::minutes{30}};  ///< no look at an inbox for so long is trouble
};

enum class LogLevel { debug, info, warning, error };

struct Config {
  std::string file{};        ///< the main file, as it was named
  std::string store_path{};  ///< absolute
  std::string keys_path{};   ///< folder "keys" beside the store
  std::string control_path{};
  std::string templates_path{};
  std::string calendar_folder{};  ///< absolute; "": no calendars are kept there
  LogLevel log_level = LogLevel::info;
  bool log_personal = false;               ///< addresses, names and subjects may stand in the log
  std::vector<MailboxConfig> mailboxes{};  ///< same order and names as rules.mailboxes
  Limits limits{};
  NewsletterConfig newsletter{};
  MetricsConfig metrics{};
  AlarmConfig alarm{};
  store::Retention retention{};                  ///< how long what is kept; zero is for ever
  leads::Rules rules{};                          ///< complete but for the token keys
  std::vector<mail::message::FormRule> forms{};  ///< the site's own, in the order of the file

  [[nodiscard]] const MailboxConfig* mailbox(std::string_view name) const;
};

/// One thing wrong with the config, at its place. Lines and columns begin with 1; 0 where there is none.
struct ConfigError {
  std::string file{};
  int line = 0;
  int column = 0;
  std::string message{};
  std::string suggestion{};  ///< what to do about it; may be empty
  bool warning = false;      ///< the config can be used all the same
};

/// "leadmail.toml:12:3: error: unknown key 'adress' (did you mean 'address'?)"
std::string to_string(const ConfigError& error);

struct Loaded {
  std::optional<Config> config{};     ///< only when no error is worse than a warning
  std::vector<ConfigError> errors{};  ///< all of them at once, in the order of files and lines
};

/// Reads `path` and conf.d/*.toml beside it, in the order of their names: arrays of tables append, no key may stand
/// twice. Files above 4 MiB, and what is no regular file, are refused. Never throws.
Loaded load_config(const std::string& path);

/// The same for a text that is no file: tests and fuzzing. Relative paths are taken from `file`'s folder.
Loaded read_config(std::string_view text, const std::string& file);

/// The file that holds the password of this mailbox; "" where there is none.
std::string login_file(const MailboxConfig& mailbox);

/// The login of a mailbox with a password, its secret read afresh: from password_file (regular, ours or root's, closed
/// to others, at most 64 KiB; one newline at the end is dropped) or from $CREDENTIALS_DIRECTORY. The Error names the
/// file, never what is in it.
Result<mail::net::Login> read_login(const MailboxConfig& mailbox);

enum class SecretState { good, missing, closed, wrong };  ///< wrong: it is empty, or no single line

/// What keeps the password of a mailbox from being read.
SecretState state_of_secret(const MailboxConfig& mailbox);

/// The client's secret, read afresh by the same rules; empty where the config names none.
Result<std::string> read_client_secret(const OAuth2Config& oauth2);

/// A private key or a service account's file, by the same rules; of several lines.
Result<std::string> read_key_file(const std::string& path);

/// A certificate, which is no secret; at most 64 KiB.
Result<std::string> read_certificate_file(const std::string& path);

}  // namespace leadmail::daemon
