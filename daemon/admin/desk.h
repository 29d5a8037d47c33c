// What every command of the tool works on: the config, the book to look at, a way to change it. Opens each only when a
// command asks for it. Changes go through a running daemon, or are made here, under its lock, when none runs.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/store/reader.h"
#include "daemon/admin/print.h"
#include "daemon/admin/view.h"
#include "daemon/config.h"

namespace leadmail::daemon::admin {

/// docs/json.md: the same for both programs.
enum Exit { fine = 0, failed = 1, usage = 2, bad_config = 3, no_database = 4 };

struct Globals {
  std::string config{"/etc/leadmail/leadmail.toml"};
  bool json = false;
  bool quiet = false;
};

class Progress;

class Desk {
 public:
  explicit Desk(Globals globals);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Reads the config; false when it is in error, and then all its errors are told and status() is bad_config.
  bool read_config();
  /// Reads the config and opens the book for looking; false: status() says what to return.
  bool open_book();
  /// Asks the daemon for a change, or makes it: the answer of daemon/actions.h. Error: nobody could be asked.
  /// `patience`: seconds in which a daemon has to answer.
  Result<Json> change(const Json& request, std::string_view bytes = {}, int patience = 120);
  /// The same for many changes, mails to ingest above all, that need not wait for each other: `told` gets the answer
  /// later, in the order of the changes, from this or one of the next calls. Some hundred are on their way at most.
  using Told = std::function<void(Result<Json>)>;
  void begin_change(const Json& request, std::string_view bytes, Told told);
  /// Until all changes that were begun have been told of; without it the last ones are made, and nobody hears of them.
  void finish_changes();
  /// The same for a question that only a running daemon can answer; nothing when none runs.
  std::optional<Json> ask_running(const Json& request);

  [[nodiscard]] const Config& config() const { return *config_; }
  [[nodiscard]] store::Reader& book() { return *book_; }
  [[nodiscard]] Place place() const;
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] const Terminal& terminal() const { return terminal_; }
  [[nodiscard]] bool is_json() const { return globals_.json; }
  /// Whether people are told how far long work is; the line of `progress` makes room for whatever else is written.
  [[nodiscard]] bool wants_progress() const { return !globals_.json && !globals_.quiet; }
  void make_room_by(Progress* progress) { progress_ = progress; }
  [[nodiscard]] const std::string& config_path() const { return globals_.config; }

  /// Tells what went wrong and remembers the exit status.
  int fail(std::string_view what, Exit status = failed);
  int fail(const Error& error);
  /// Only the status: what went wrong was told as a result.
  void note_failure() { status_ = status_ == fine ? failed : status_; }
  [[nodiscard]] int status() const { return status_; }

  void print_json(const Json& line) const;   ///< one line of JSON
  void print(std::string_view text) const;   ///< as it is
  void remark(std::string_view text) const;  ///< for people, unless --quiet or --json
  void warn(std::string_view what) const;    ///< on standard error, in every mode; the exit status stays

 private:
  struct Direct;
  struct Line;
  struct Begun;

  Result<void> open_direct();
  Result<Json> change_directly(const std::string& request, std::string_view bytes);
  std::shared_ptr<Begun> begin_directly(const std::string& request, std::string_view bytes);
  std::shared_ptr<Begun> begin_at_daemon(const std::string& request, std::string_view bytes);
  void finish_one();

  Globals globals_;
  Terminal terminal_;
  Time now_;
  std::optional<Config> config_{};
  std::unique_ptr<store::Reader> book_{};
  std::unique_ptr<Direct> direct_{};
  std::unique_ptr<Line> line_{};
  std::deque<std::shared_ptr<Begun>> begun_{};
  std::size_t bytes_begun_ = 0;
  Progress* progress_ = nullptr;
  int status_ = fine;
};

/// "L-123", "l-123" or "123"; nothing for anything else.
std::optional<LeadId> lead_named(std::string_view text);

/// A number of a queue's row, 1 or more.
std::optional<std::int64_t> number_named(std::string_view text);

}  // namespace leadmail::daemon::admin
