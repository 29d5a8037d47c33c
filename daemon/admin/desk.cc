#include "daemon/admin/desk.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <future>
#include <nlohmann/json.hpp>
#include <system_error>

#include "daemon/actions.h"
#include "daemon/admin/progress.h"
#include "daemon/control_protocol.h"
#include "daemon/engine.h"
#include "daemon/intake.h"
#include "daemon/log.h"

namespace leadmail::daemon::admin {

namespace {

/// Changes on their way at a time, and the bytes that came with them: enough for the store to commit many at once.
constexpr std::size_t kMostBegun = 150;
constexpr std::size_t kMostBytesBegun = 8UL * 1024 * 1024;

Result<Json> answer_of(Result<std::string> text) {
  if (!text) return std::move(text.error());
  auto json = Json::parse(*text, nullptr, false);
  if (!json.is_object()) return Error{Next::give_up, "the daemon's answer is no JSON"};
  return json;
}

}  // namespace

/// The daemon's own machinery, for a change while no daemon runs.
struct Desk::Direct {
  explicit Direct(std::unique_ptr<Engine> opened)
      : engine(std::move(opened)), intake(*engine), stream(intake.open_stream()) {}
  std::unique_ptr<Engine> engine;
  Intake intake;
  std::shared_ptr<Stream> stream;
};

/// The connection on which changes follow each other.
struct Desk::Line {
  DaemonConnection connection;
};

/// A change on its way.
struct Desk::Begun {
  std::function<Result<Json>()> answer{};  ///< waits for it
  Told told{};
  std::size_t bytes = 0;
};

Desk::Desk(Globals globals)
    : globals_(std::move(globals)),
      terminal_(terminal_of(stdout)),
      now_(std::chrono::floor<seconds>(std::chrono::system_clock::now())) {}

Desk::~Desk() = default;

bool Desk::read_config() {
  if (config_) return true;
  auto loaded = load_config(globals_.config);
  if (loaded.config) {
    config_ = std::move(loaded.config);
    return true;
  }
  for (const auto& error : loaded.errors) {
    if (!error.warning) fail(to_string(error), bad_config);
  }
  return false;
}

bool Desk::open_book() {
  if (!read_config()) return false;
  if (book_) return true;
  const auto& path = config_->store_path;
  if (::access(path.c_str(), R_OK) != 0) {
    const bool is_missing = errno == ENOENT;
    fail(path + ": " +
             (is_missing ? "there is no book yet; leadmaild makes it when it starts"
                         : std::generic_category().message(errno)),
         no_database);
    return false;
  }
  auto opened = store::Reader::open(path);
  if (!opened) {
    fail(opened.error().what, no_database);
    return false;
  }
  book_ = std::move(*opened);
  return true;
}

Place Desk::place() const {
  if (!config_) return {};
  return {.zone = config_->rules.timezone, .language = config_->rules.language, .record = config_->rules.record};
}

std::optional<Json> Desk::ask_running(const Json& request) {
  const auto answer = ask_daemon(config_->control_path, line_of(request));
  if (!answer) return std::nullopt;
  auto json = Json::parse(*answer, nullptr, false);
  if (!json.is_object() || !json.value("ok", false)) return std::nullopt;
  return json;
}

Result<Json> Desk::change(const Json& request, std::string_view bytes, int patience) {
  const auto text = line_of(request);
  if (direct_) return change_directly(text, bytes);
  auto answer = ask_daemon(config_->control_path, text, bytes, patience);
  if (!answer && answer.error().next == Next::retry) return change_directly(text, bytes);
  return answer_of(std::move(answer));
}

Result<void> Desk::open_direct() {
  if (direct_) return {};
  set_log_level(Level::warning);  // what went well, the command itself tells
  auto engine = Engine::open(*config_);
  if (!engine) return Error{Next::stop, engine.error().what};
  direct_ = std::make_unique<Direct>(std::move(*engine));
  return {};
}

Result<Json> Desk::change_directly(const std::string& request, std::string_view bytes) {
  if (auto opened = open_direct(); !opened) return std::move(opened.error());
  return Json::parse(run_action(*direct_->engine, direct_->intake, Running{}, request, bytes));
}

void Desk::begin_change(const Json& request, std::string_view bytes, Told told) {
  while (begun_.size() >= kMostBegun || bytes_begun_ >= kMostBytesBegun) finish_one();
  const auto text = line_of(request);
  auto begun = direct_ ? begin_directly(text, bytes) : begin_at_daemon(text, bytes);
  begun->told = std::move(told);
  begun->bytes = bytes.size();
  bytes_begun_ += begun->bytes;
  begun_.push_back(std::move(begun));
}

std::shared_ptr<Desk::Begun> Desk::begin_directly(const std::string& request, std::string_view bytes) {
  auto begun = std::make_shared<Begun>();
  if (auto opened = open_direct(); !opened) {
    begun->answer = [error = std::move(opened.error())] { return Result<Json>(error); };
    return begun;
  }
  auto promise = std::make_shared<std::promise<std::string>>();
  begun->answer = [answer = std::make_shared<std::future<std::string>>(promise->get_future())] {
    return answer_of(answer->get());
  };
  begin_action(*direct_->engine, direct_->intake, Running{}, direct_->stream, request, bytes,
               [promise](std::string answer) { promise->set_value(std::move(answer)); });
  return begun;
}

/// Or here, when no daemon runs.
std::shared_ptr<Desk::Begun> Desk::begin_at_daemon(const std::string& request, std::string_view bytes) {
  auto begun = std::make_shared<Begun>();
  if (!line_) {
    auto opened = DaemonConnection::open(config_->control_path);
    if (!opened && opened.error().next == Next::retry) return begin_directly(request, bytes);
    if (!opened) {
      begun->answer = [error = std::move(opened.error())] { return Result<Json>(error); };
      return begun;
    }
    line_ = std::make_unique<Line>(Line{std::move(*opened)});
  }
  auto sent = line_->connection.send(request, bytes);
  begun->answer = [this, sent = std::move(sent)]() -> Result<Json> {
    // A daemon that refuses a request hangs up early: its answer says why.
    auto answer = answer_of(line_->connection.receive());
    if (!answer && !sent) return sent.error();
    return answer;
  };
  return begun;
}

void Desk::finish_one() {
  const auto begun = std::move(begun_.front());
  begun_.pop_front();
  bytes_begun_ -= begun->bytes;
  begun->told(begun->answer());
}

void Desk::finish_changes() {
  while (!begun_.empty()) finish_one();
}

void Desk::warn(std::string_view what) const {
  if (progress_ != nullptr) progress_->clear();
  std::fputs(("leadmail: " + shown(what) + "\n").c_str(), stderr);
}

int Desk::fail(std::string_view what, Exit status) {
  warn(what);
  status_ = status;
  return status_;
}

int Desk::fail(const Error& error) { return fail(error.what, error.next == Next::stop ? no_database : failed); }

void Desk::print_json(const Json& line) const { std::fputs((line_of(line) + "\n").c_str(), stdout); }

void Desk::print(std::string_view text) const {
  if (progress_ != nullptr) progress_->clear();
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (progress_ != nullptr) std::fflush(stdout);
}

void Desk::remark(std::string_view text) const {
  if (globals_.quiet || globals_.json) return;
  print(std::string{text} + "\n");
}

std::optional<std::int64_t> number_named(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

std::optional<LeadId> lead_named(std::string_view text) {
  if (text.starts_with("L-") || text.starts_with("l-")) text.remove_prefix(2);
  const auto number = number_named(text);
  if (!number) return std::nullopt;
  return LeadId{*number};
}

}  // namespace leadmail::daemon::admin
